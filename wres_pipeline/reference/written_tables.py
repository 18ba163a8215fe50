"""The tables of a Word file or a workbook that somebody fills in, as rows of cells with their places.

Read from the parts of the zip, within bounds, and never opened by a word processor: nothing in them is run. A cell merged
downwards stands for every row it covers; one merged sideways cannot be told apart and is a fault, as is a change that is
tracked and that nobody accepted: what is printed are words that stand.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from lxml import etree
from python_calamine import CalamineWorkbook

from wres_pipeline.reference import spreadsheets

Cell = str | date | float
LARGEST, MOST_ROWS, DEEPEST = 8 << 20, 5_000, 200
"""Bytes of the file, rows of all its tables, elements within each other. [ours]"""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OTHER_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TRACKED = frozenset(
    W + name for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge")
)
_CHARACTERS = {W + "tab": " ", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}


class TablesError(ValueError):
    """A file whose tables cannot be used; `problems` are each a place, blank for the file itself, and what to do."""

    def __init__(self, words: str = "", problems: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(words)
        self.problems = tuple(problems) or (("", words),)


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: how its place is called, and its rows as (row number from 1, cells)."""

    place: str
    rows: list[tuple[int, list[Cell]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables of a file, and the words of a Word file that stand after its first table and outside all of them."""

    grids: list[Grid]
    outside: list[tuple[str, str]]


def read(content: bytes, name: str) -> Tables:
    """The tables of a .docx or .xlsx file. Raises TablesError with every place that keeps them from being used."""
    if len(content) > LARGEST:
        raise TablesError(
            f"larger than {LARGEST >> 20} megabytes, which no form is; take the pictures out of it"
        )
    try:
        spreadsheets.refuse_others(io.BytesIO(content), name)
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = {part.filename for part in packed.infolist()}
            if any("vbaproject" in part.lower() for part in parts):
                raise TablesError("holds macros, which no form needs; save it as a document without them")
            if name.lower().endswith(".docx"):
                return _of_word(packed.read("word/document.xml"))
            return _of_workbook(packed, content)
    except spreadsheets.NotSmallError:
        raise TablesError("unpacks to far more than anybody fills in, and was not opened") from None
    except TablesError:
        raise
    except (
        zipfile.BadZipFile,
        zlib.error,
        KeyError,
        NotImplementedError,
        RuntimeError,
        OSError,
        EOFError,
        ValueError,
    ):
        kind = "Word document (.docx)" if name.lower().endswith(".docx") else "workbook (.xlsx)"
        raise TablesError(
            f"cannot be opened as a {kind}: damaged, protected by a password, or of another kind; save it again as one, "
            "without a password"
        ) from None


# --- Word


def _of_word(part: bytes) -> Tables:
    root = _xml(part)
    grids: list[Grid] = []
    outside: list[tuple[str, str]] = []
    problems: list[tuple[str, str]] = []
    body = root.find(W + "body")
    for block in _within(body, {W + "p", W + "tbl"}) if body is not None else ():
        after = f"after table {len(grids)}"
        if block.tag == W + "tbl":
            grids.append(_table(block, f"table {len(grids) + 1}", problems))
        else:
            problems += [(after if grids else "before table 1", _NOT_ACCEPTED)] if _tracked(block) else []
            if grids and not _is_heading(block) and (text := _paragraph(block)):
                outside.append((after, text))
    if sum(len(grid.rows) for grid in grids) > MOST_ROWS:
        raise TablesError(f"more than {MOST_ROWS:,} rows")
    if problems:
        raise TablesError(problems=problems)
    return Tables(grids, outside)


_NOT_ACCEPTED = "holds a tracked change that nobody has accepted or rejected yet; do so (Review, Accept or Reject), then save"


def _xml(part: bytes) -> Any:
    if b"<!DOCTYPE" in part.upper().replace(b"\0", b""):
        raise TablesError("holds declarations that no word processor writes, and was not read")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(part, parser)
    except etree.XMLSyntaxError:
        raise zipfile.BadZipFile from None


def _within(element: Any, wanted: set[str], depth: int = 0) -> Iterator[Any]:
    """Elements of a kind, through content controls and the like, and not within each other."""
    if depth > DEEPEST:
        raise TablesError(f"tables or controls nested more than {DEEPEST} deep")
    for child in element:
        if child.tag in wanted:
            yield child
        elif isinstance(child.tag, str) and not child.tag.endswith("Pr"):
            yield from _within(child, wanted, depth + 1)


def _table(table: Any, place: str, problems: list[tuple[str, str]]) -> Grid:
    rows: list[tuple[int, list[Cell]]] = []
    above: dict[int, Cell] = {}
    for number, row in enumerate(_within(table, {W + "tr"}), start=1):
        if _tracked(row):
            problems.append((f"{place}, row {number}", _NOT_ACCEPTED))
        cells: list[Cell] = [""] * _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
        for cell in _within(row, {W + "tc"}):
            about = cell.find(W + "tcPr")
            span = _number(about.find(W + "gridSpan") if about is not None else None, 1)
            merged = about.find(W + "vMerge") if about is not None else None
            if next(cell.iter(W + "tbl"), None) is not None:
                problems.append(
                    (
                        f"{place}, row {number}",
                        "a table stands within the table; write its words into the cell",
                    )
                )
            if span > 1:
                problems.append(
                    (f"{place}, row {number}", "cells are merged from left to right; split them again")
                )
            goes_on = merged is not None and merged.get(W + "val", "continue") == "continue"
            text = above.get(len(cells), "") if goes_on else _words(cell)
            above[len(cells)] = text
            cells += [text, *[""] * (min(span, 64) - 1)]
        rows.append((number, cells))
    return Grid(place, rows)


def _is_heading(paragraph: Any) -> bool:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style is not None and style.get(W + "val", "").lower().startswith(("heading", "title"))


def _number(element: Any, otherwise: int) -> int:
    found = element.get(W + "val", "") if element is not None else ""
    return min(int(found), 64) if found.isdigit() else otherwise


def _tracked(element: Any) -> bool:
    return any(one.tag in _TRACKED for one in element.iter())


def _words(cell: Any) -> str:
    return "\n\n".join(text for p in cell.iter(W + "p") if (text := _paragraph(p)))


def _paragraph(paragraph: Any) -> str:
    return "".join(_pieces(paragraph, 0)).strip()


def _pieces(element: Any, depth: int) -> Iterator[str]:
    if depth > DEEPEST:
        raise TablesError(f"text nested more than {DEEPEST} deep")
    for child in element:
        if child.tag == W + "t":
            yield child.text or ""
        elif child.tag in _CHARACTERS:
            yield _CHARACTERS[child.tag]
        elif child.tag == W + "sdt" and child.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
            continue
        elif isinstance(child.tag, str) and child.tag not in (W + "p", W + "txbxContent", _OTHER_FALLBACK):
            yield from _pieces(child, depth + 1)


# --- workbook


def _of_workbook(packed: zipfile.ZipFile, content: bytes) -> Tables:
    for part in packed.namelist():
        if part.endswith(".xml") and b"<!ENTITY" in packed.read(part):
            raise TablesError("holds declarations that no spreadsheet program writes, and was not read")
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        grids: list[Grid] = []
        problems: list[tuple[str, str]] = []
        for title in book.sheet_names:
            sheet = book.get_sheet_by_name(title)
            rows = [list(row) for row in sheet.to_python(skip_empty_area=False)]
            place = f"sheet {len(grids) + 1}"
            for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
                if right > left:
                    problems.append(
                        (f"{place}, row {top + 1}", "cells are merged from left to right; split them again")
                    )
                for row in rows[top + 1 : bottom + 1]:
                    row[left] = rows[top][left]
            grids.append(
                Grid(place, [(n, [_cell(one) for one in row]) for n, row in enumerate(rows, start=1)])
            )
    except TablesError:
        raise
    except Exception:  # the library has an error for each kind of damage
        raise zipfile.BadZipFile from None
    if sum(len(grid.rows) for grid in grids) > MOST_ROWS:
        raise TablesError(f"more than {MOST_ROWS:,} rows")
    if problems:
        raise TablesError(problems=problems)
    return Tables(grids, [])


def _cell(value: Any) -> Cell:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date) or (isinstance(value, float) and not isinstance(value, bool)):
        return int(value) if isinstance(value, float) and value.is_integer() else value
    return str(value).strip()


def filled(row: Sequence[Cell]) -> bool:
    """Whether anything stands in a row."""
    return any(cell != "" for cell in row)
