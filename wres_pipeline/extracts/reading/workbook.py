"""Spreadsheets (xlsx, xlsm, xls, xlsb, ods), through python-calamine; the content decides, not the name's
ending."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from wres_pipeline.extracts.contracts import Contract
from wres_pipeline.extracts.intake.refusal import RefusedFile
from wres_pipeline.extracts.reading import cell_details, published_survey, wide
from wres_pipeline.extracts.reading.cell_details import CellDetails
from wres_pipeline.extracts.reading.headings import DEEPEST_HEADER, TALLEST_HEADER
from wres_pipeline.extracts.reading.prepared import (
    Prepared,
    Row,
    choose,
    normalise,
    refuse_headings,
    reshaped,
)  # fmt: skip
from wres_pipeline.extracts.reading.workbook_safety import OLE, ZIP, damaged, locked, refuse_unsafe

PUBLISHED = "staff_survey_organisations"


def is_workbook(first: bytes) -> bool:
    return first.startswith((ZIP, OLE))


def open_workbook(path: Path, name: str) -> tuple[CalamineWorkbook, dict[str, bool]]:
    """The workbook, after looking whether it can be unpacked safely, and which of its parts hold marks of cell details.

    Raises RefusedFile for a password, a truncated or damaged file, and one that would unpack to far more than
    it is.
    """
    marks = refuse_unsafe(path, name, cell_details.MARKS)
    try:
        with path.open("rb") as file:
            return CalamineWorkbook.from_filelike(file), marks
    except BaseException as error:
        raise _unreadable(name, error) from None


def prepare(
    path: Path,
    name: str,
    candidates: Sequence[Contract],
    local: Mapping[str, str],
    target: Path,
    survey_year: int | None,
) -> Prepared:
    """Read the one sheet that holds the kind's columns; refused when two do, or none.

    A published staff survey is the exception: every sheet that is a table of percentages is read.
    """
    book, marks = open_workbook(path, name)

    def details(title: str) -> CellDetails:
        return cell_details.read(path, title, marks)

    fitting: list[tuple[str, CalamineSheet]] = []
    best: tuple[int, str, list[list[str]]] = (-1, "", [])
    empty, width = True, 0
    tops: dict[str, tuple[int, int, int]] = {}
    fits_wide: tuple[str, CalamineSheet] | None = None
    for title in book.sheet_names:
        sheet = _sheet(book, title, name)
        head = [list(row) for _, row in islice(_rows(sheet, name), DEEPEST_HEADER + TALLEST_HEADER)]
        first, second = [*map(_filled, head), 0, 0][:2]
        tops[title] = (first, second, sheet.height)
        empty = empty and not any(cell.strip() for row in head for cell in row)
        chosen, miss = choose(head, candidates, local)
        if chosen is not None:
            fitting.append((title, sheet))
            width = _filled(head[chosen.header.row])
        elif fits_wide is None and wide.recognise(head, candidates) is not None:
            fits_wide = title, sheet
        score = len(miss.header.match.columns) if miss is not None else 0
        if score > best[0]:
            best = score, title, head
    if len(fitting) > 1:
        raise RefusedFile(
            name,
            f"{len(fitting)} of its sheets hold the same columns: {', '.join(title for title, _ in fitting)}.",
            "Leave one sheet, or send each as a file of its own.",
        )
    if empty:
        raise RefusedFile(name, "there is nothing in it.", "Send the extract again.")
    if not fitting and fits_wide is not None:
        title, sheet = fits_wide
        rows = _rows(sheet, name, details(title))
        return wide.normalise_any(rows, name, candidates, local, target, format="workbook", sheet=title)
    published = [c for c in candidates if c.kind == PUBLISHED]
    if not fitting and published and (sheets := _published_sheets(book, name, published[0], details)):
        long = published_survey.long_rows(sheets, published[0], survey_year)
        prepared = normalise(long, name, published, local, target, format="published workbook")
        prepared.sheet = sheets[0][0] if len(sheets) == 1 else ""
        return reshaped(prepared, "a percentage")
    if not fitting:
        _, miss = choose(best[2], candidates, local)
        raise refuse_headings(name, best[2], candidates, miss, local)
    title, sheet = fitting[0]
    found = details(title)
    prepared = normalise(
        _rows(sheet, name, found), name, candidates, local, target, format="workbook", sheet=title
    )
    _tell(prepared, book, sheet, found)
    as_wide = {
        other: rows for other, (first, second, rows) in tops.items() if width > 2 and first == second == width
    }
    if more := sum(rows for other, rows in as_wide.items() if other != title):
        prepared.facts["sheet_as_wide"] = more
    aside = [other for other in book.sheet_names if other != title]
    if aside:
        prepared.notes.append(f"sheets not read: {', '.join(aside)}")
    return prepared


def _filled(row: Sequence[str]) -> int:
    return sum(1 for cell in row if cell.strip())


def _published_sheets(
    book: CalamineWorkbook, name: str, contract: Contract, details: Callable[[str], CellDetails]
) -> list[tuple[str, list[list[str]], published_survey.Merged]]:
    found: list[tuple[str, list[list[str]], published_survey.Merged]] = []
    for title in book.sheet_names:
        sheet = _sheet(book, title, name)
        rows = [list(row) for _, row in _rows(sheet, name)]
        merged = sheet.merged_cell_ranges
        if merged is None:
            merged = details(title).merged
        if published_survey.is_published(rows, merged, contract):
            shown = [list(row) for _, row in _rows(sheet, name, details(title), merge=False)]
            found.append((title, shown, merged))
    return found


def _tell(prepared: Prepared, book: CalamineWorkbook, sheet: CalamineSheet, details: CellDetails) -> None:
    """What of the sheet a person who looks at it does not see, and which of its cells stand for several rows."""
    first, last = prepared.header_row + 1, prepared.header_row + prepared.rows_in + prepared.blank_rows
    if struck := sum(first <= row <= last for row in details.struck):
        prepared.facts["struck_rows"] = struck
    if hidden := sum(first <= row <= last for row in details.hidden):
        prepared.facts["hidden_rows"] = hidden
    of_sheet = next((m for m in book.sheets_metadata if m.name == sheet.name), None)
    if of_sheet is not None and of_sheet.visible != SheetVisibleEnum.Visible:
        prepared.facts["hidden_sheet"] = sheet.name
    columns = {index - 1: name for name, index in prepared.columns.items()}
    spread: dict[str, int] = {}
    for (top, left), (bottom, _) in _merged(sheet, details):
        if bottom > top >= prepared.header_row and left in columns:
            spread[columns[left]] = spread.get(columns[left], 0) + bottom - top
    if spread:
        prepared.facts["merged_cells"] = spread


def _merged(sheet: CalamineSheet, details: CellDetails) -> published_survey.Merged:
    return details.merged if (told := sheet.merged_cell_ranges) is None else told


def cell_text(value: Any) -> str:
    """A cell as text: whole numbers without `.0`, days as ISO dates, times of day kept, TRUE and FALSE as
    shown."""
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return "" if value is None else str(value)


def _sheet(book: CalamineWorkbook, title: str, name: str) -> CalamineSheet:
    try:
        return book.get_sheet_by_name(title)
    except BaseException as error:
        raise _unreadable(name, error) from None


def _rows(
    sheet: CalamineSheet, name: str, details: CellDetails = cell_details.NOTHING, *, merge: bool = True
) -> Iterator[Row]:
    """The rows as texts. `merge`: a cell merged over several rows is read in each."""
    try:
        if sheet.start is None:
            return
        before = [""] * sheet.start[1]
        tall = [m for m in _merged(sheet, details) if m[1][0] > m[0][0]] if merge else []
        if not details and not tall:
            for number, row in enumerate(sheet.iter_rows(), start=1):
                yield number, [*before, *[c if c.__class__ is str else cell_text(c) for c in row]]
            return
        rows = ((number, [*before, *row]) for number, row in enumerate(sheet.iter_rows(), start=1))
        for number, cells in cell_details.over(rows, details, tall):
            yield number, [c if c.__class__ is str else cell_text(c) for c in cells]
    except RefusedFile:
        raise
    except BaseException as error:
        if isinstance(error, (GeneratorExit, KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        raise _unreadable(name, error) from None


def _unreadable(name: str, error: BaseException) -> RefusedFile | BaseException:
    if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
        return error
    if "password" in str(error).lower() or "encrypt" in str(error).lower():
        return locked(name)
    return damaged(name)
