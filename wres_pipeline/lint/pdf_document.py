"""A PDF as a document of the lint: ruled tables, and the text around them as paragraphs.

A PDF keeps no headings and no tables, only letters and lines at places: a table without lines is read as text.
"""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any

from wres_pipeline.lint.documents import Document, Prose, Table, UnreadablePage, heading_rows, titled

PAGES = 400
"""Pages that are read of one file. [ours]"""
_BULLETS = ("•", "\uf0b7", "◦", "▪", "●")
_SHORT = 0.75
"""A line shorter than this share of the widest of its block, and that ends in a number, is an item: it was not wrapped. [ours]"""
_HEADING = re.compile(r"^(?:(?i:indicator|metric)\s+[1-9]\b|[0-9]{1,2}(?:\.[0-9]{1,2})*\s+[A-Z])")


def read(path: Path) -> Document:
    """The PDF at `path`. Raises UnreadablePage for one that is damaged or asks for a password."""
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    document = Document(path.name)
    prose = Prose(document)
    try:
        with pdfplumber.open(path) as file:
            for number, page in enumerate(file.pages[:PAGES], 1):
                _page(page, number, prose)
                page.close()
    except Exception as error:  # pdfminer raises errors of its own, struct and key errors alike
        raise UnreadablePage(f"{path.name} cannot be read as a PDF") from error
    prose.close()
    return titled(document)


def _page(page: Any, number: int, prose: Prose) -> None:
    """The blocks of one page from top to bottom: a table where lines rule one, else text."""
    top = 0.0
    for found in sorted(page.find_tables(), key=lambda table: table.bbox[1]):
        _text(page, top, found.bbox[1], prose)
        rows = [[" ".join((cell or "").split()) for cell in row] for row in found.extract()]
        if len(rows) > 1 and max(len(row) for row in rows) > 1:
            prose.close()
            heads = heading_rows(rows)
            place = f"{prose.document.name}, page {number}, table {len(prose.document.tables) + 1}"
            prose.document.tables.append(
                Table(place, prose.line_above, prose.heading, rows[:heads], rows[heads:])
            )
        else:
            for row in rows:
                prose.add(" ".join(row))
        top = max(top, found.bbox[3])
    _text(page, top, page.height, prose)


def _text(page: Any, top: float, bottom: float, prose: Prose) -> None:
    """Lines between two heights, joined to paragraphs: a line that ends no sentence goes on in the next."""
    if bottom - top < 2:
        return
    text = page.crop((0, max(0.0, top), page.width, min(bottom, page.height))).extract_text() or ""
    running = ""
    widest = max((len(line) for line in text.splitlines()), default=0)
    for line in text.splitlines():
        item = line.lstrip().startswith(_BULLETS)
        line = line.strip(f" {''.join(_BULLETS)}")
        if item:
            prose.add(running)
            running = ""
        if _HEADING.match(line) and len(line) < 160:
            prose.add(running)
            running = ""
            prose.head(line)
            continue
        running = f"{running} {line}".strip()
        if re.search(r"[.:!?]$", line) or (
            (item or len(line) < _SHORT * widest) and re.search(r"\d\s*%?$", line)
        ):
            prose.add(running)
            running = ""
    prose.add(running)
