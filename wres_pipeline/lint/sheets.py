"""Workbooks and CSV files as documents of the lint."""

from __future__ import annotations

import csv
from pathlib import Path

from wres_pipeline.lint.documents import Document, UnreadablePage, regions, sentences


def read(path: Path) -> Document:
    """The tables and the lines of text of a workbook or a CSV file. Raises UnreadablePage for a damaged one."""
    return _csv(path) if path.suffix.lower() == ".csv" else _workbook(path)


def _csv(path: Path) -> Document:
    from wres_pipeline.indicators.figure import COLUMNS

    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        rows = [[cell.strip() for cell in row] for row in csv.reader(file)]
    document = Document(path.name)
    if rows and set(COLUMNS[:12]) <= set(rows[0]):
        document.figures = [dict(zip(rows[0], row, strict=False)) for row in rows[1:]]
    else:
        document.tables = regions(path.name, rows)
    return document


def _workbook(path: Path) -> Document:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(path)
    except CalamineError as error:
        raise UnreadablePage(f"{path.name} cannot be read as a workbook") from error
    document = Document(path.name)
    for sheet in book.sheet_names:
        rows = [[_cell(value) for value in row] for row in book.get_sheet_by_name(sheet).to_python()]
        place = f"{path.name}, sheet {sheet}"
        document.tables += regions(place, rows)
        for number, row in enumerate(rows, 1):
            filled = [cell for cell in row if cell]
            if len(filled) == 1 and " " in filled[0]:
                document.sentences += sentences(f"{place}, row {number}", sheet, filled[0])
    return document


def _cell(value: object) -> str:
    if isinstance(value, float):
        # the noise of binary arithmetic is not what the sheet shows
        short = f"{value:.10g}"
        return short if "e" not in short else f"{value:.6f}"
    return " ".join(str(value).split())
