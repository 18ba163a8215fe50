"""Cells and small workbooks of a spreadsheet program."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import IO

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The last four are the wide forms of the first, which a spreadsheet set to Japanese or Chinese takes for the same."""
_BLANKS = " \u00a0\u200b\ufeff"
"""Signs before it that a program may leave out."""


def begins_like_a_formula(text: str) -> bool:
    """Whether a spreadsheet may run the text."""
    return text.lstrip(_BLANKS).startswith(_STARTS)


def no_formula(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet may run it."""
    return f"'{text}" if begins_like_a_formula(text) else text


def as_written(cell: str) -> str:
    """The text of a cell that `no_formula` wrote."""
    return cell[1:] if cell.startswith("'") and begins_like_a_formula(cell[1:]) else cell


MOST_UNPACKED, MOST_PARTS, MOST_ROWS = 32 << 20, 1_000, 100_000
"""Bytes, parts and rows of a list that people write or fill in. [ours]"""
_CELL = re.compile(rb'\br="([A-Z]{1,3})(\d{1,9})"')


class NotSmallError(ValueError):
    """The workbook is far larger than anybody fills in."""


def refuse_others(path: Path | IO[bytes], name: str = "") -> None:
    """Raises NotSmallError for a workbook that unpacks to more than a hand fills in, or has a cell far from its list."""
    name = name or getattr(path, "name", "")
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as packed:
        parts = packed.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise NotSmallError(f"{name} is far larger than anybody fills in, and was not opened")
        for part in parts:
            if "worksheets/" in part.filename:
                with packed.open(part) as content:
                    cells = _CELL.findall(content.read(MOST_UNPACKED))
                if any(len(column) > 2 or int(row) > MOST_ROWS for column, row in cells):
                    raise NotSmallError(f"{name} is far larger than anybody fills in, and was not opened")
