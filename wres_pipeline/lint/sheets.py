"""Workbooks and CSV files as documents of the lint."""

from __future__ import annotations

import csv
from pathlib import Path

from wres_pipeline.lint.documents import Document, Prose, UnreadablePage, regions, titled


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
    from wres_pipeline.extracts.intake.refusal import RefusedFile
    from wres_pipeline.extracts.reading import cell_details, workbook

    document = Document(path.name)
    try:
        book, marks = workbook.open_workbook(path, path.name)
        for title in book.sheet_names:
            held = enumerate(book.get_sheet_by_name(title).to_python(skip_empty_area=False), start=1)
            shown = cell_details.over(held, cell_details.read(path, title, marks), ())
            _sheet(document, title, [[_cell(value) for value in row] for _, row in shown])
    except RefusedFile as error:
        raise UnreadablePage(f"{path.name} cannot be read as a workbook") from error
    return titled(document)


def _sheet(document: Document, title: str, rows: list[list[str]]) -> None:
    """The tables of a sheet, and its lines of text: cells that stand alone in their row."""
    place = f"{document.name}, sheet {title}"
    document.tables += regions(place, rows)
    prose = Prose(document, title, place=place, unit="row")
    for number, row in enumerate(rows, 1):
        filled = [cell for cell in row if cell]
        if len(filled) == 1 and " " in filled[0]:
            prose.count = number - 1
            prose.add(filled[0])
        elif filled:
            prose.close()
    prose.close()


def _cell(value: object) -> str:
    if isinstance(value, float):
        # the noise of binary arithmetic is not what the sheet shows
        short = f"{value:.10g}"
        return short if "e" not in short else f"{value:.6f}"
    return " ".join(str(value).split())
