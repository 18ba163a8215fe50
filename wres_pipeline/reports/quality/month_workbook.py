"""The data-quality report as an accessible workbook: a cover, contents and notes, then one table a sheet.

Made with gptables (Analysis Function guidance). The same figures give the same bytes: its dates are the
report's.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wres_pipeline import whole_file
from wres_pipeline.quality.figure import QualityFigure, places
from wres_pipeline.render import workbook
from wres_pipeline.render.workbook import as_data, lay_out, on_paper
from wres_pipeline.reports.quality.month_table import Cell, Table

if TYPE_CHECKING:
    import gptables

    from wres_pipeline.reports.quality.month_report import About

NAME = "ethnicity-data-quality.xlsx"
_WIDEST = 46
_USED = 0.95
_FORMATS = {"percent": "0.0", "ratio": "0.00", "percentage_points": "0.0"}

NOTES: tuple[tuple[str, str], ...] = (
    ("rounding", "Percentages are rounded once to one decimal and ratios to two, halves upwards."),
    ("interval", "The 95% confidence interval: how far a small number can move a percentage by chance."),
    (
        "recorded",
        "Recorded: the record holds an answer, 'prefer not to say' included (declared and declined).",
    ),
    ("declared", "Declared: the person named an ethnic group."),
    ("none", "None: there is nothing to show in the cell."),
    ("not calculable", "Not calculable: the group is empty, so that there is nothing to divide by."),
    ("withheld", "Withheld: not shown in this version, because it could say something about a person."),
)


def notes_of(about: About) -> list[tuple[str, str]]:
    """The notes of an edition: how its counts are, and what its words mean."""
    if about.edition == "internal":
        return [("counts", "Counts are exact."), *NOTES]
    counts = f"Counts are to the nearest {about.nearest}; all else is worked out from them: months cannot be subtracted."
    return [("counts", counts), *NOTES]


def write(tables: Sequence[Table], about: About, path: Path) -> Path:
    """Write the workbook to `path`, replaced whole, and give the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".part.xlsx")
    try:
        _write(beside, tables, about)
        whole_file.put(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    return path


def _write(path: Path, tables: Sequence[Table], about: About) -> None:
    import gptables

    cover = gptables.Cover(
        title=_plain(about.title),
        intro=[_plain(words) for words in about.markings]
        + [f"Organisation: {_plain(about.organisation_name)} ({about.organisation_code})."],
        about=[
            "How complete and consistent the record of ethnicity is.",
            "Whether what people declare when they apply (TRAC) arrives in the staff record (ESR).",
        ],
        contact=[_plain(about.contact) or "No contact is set."],
        width=100,
    )
    workbook.write(
        path,
        {table.tab: _sheet(table) for table in tables},
        cover,
        notes_of(about),
        lambda book: _lay_out(book, tables, about),
        dated=about.dated,
        title=about.title,
        author=about.organisation_name,
        company=about.organisation_name,
        comments=" ".join(about.markings),
    )


def _sheet(table: Table) -> gptables.GPTable:
    import gptables
    import pandas as pd

    rows = [[_value(cell) for cell in row] for row in table.rows]
    formats: list[dict[str, Any]] = []
    for number, row in enumerate(table.rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, QualityFigure) and isinstance(rows[number - 1][column], int | float):
                shape = "#,##0" if not places(cell.unit) else _FORMATS[cell.unit]
                formats.append({"cell": {"cells": (number, column), "format": {"num_format": shape}}})
    return gptables.GPTable(
        table=pd.DataFrame(rows, columns=list(table.head), dtype=object),
        table_name=f"table_{table.name}",
        title=_plain(table.title),
        instructions=workbook.ONE_TABLE,
        legend=[_plain(words) for words in table.words],
        index_columns={2: 0},
        additional_formatting=[
            {"column": {"columns": list(range(len(table.head))), "format": {"valign": "top"}}},
            {"column": {"columns": list(table.numeric), "format": {"align": "right"}}},
            *formats,
        ],
    )


def _value(cell: Cell) -> str | int | float:
    if isinstance(cell, QualityFigure):
        return _plain(cell.shown) if cell.rounded is None else cell.rounded
    return _plain(cell)


def _lay_out(book: Any, tables: Sequence[Table], about: About) -> None:
    cover = book.get_worksheet_by_name("Cover")
    on_paper(cover)
    lay_out(
        book.get_worksheet_by_name("Contents"),
        ("Worksheet", "What it holds"),
        [[table.tab, table.title] for table in tables],
        [30, 80],
        used=_USED,
    )
    lay_out(
        book.get_worksheet_by_name("Notes"),
        ("Note number", "Note"),
        [[str(number), words] for number, (_, words) in enumerate(notes_of(about), start=1)],
        [14, 100],
        used=_USED,
    )
    for table in tables:
        rows = [[str(_value(cell)) for cell in row] for row in table.rows]
        widths = [
            _width(table.head[column], [row[column] for row in rows]) for column in range(len(table.head))
        ]
        lay_out(
            book.get_worksheet_by_name(table.tab),
            table.head,
            rows,
            widths,
            above=2 + len(table.words),
            used=_USED,
        )


def _width(head: str, texts: Sequence[str]) -> float:
    longest = max((len(text) for text in texts), default=0)
    word = max(len(part) for text in (*texts, head) for part in (text.split() or [""]))
    return max(11, word + 2, min(1.05 * longest + 3, _WIDEST))


def _plain(words: str) -> str:
    return as_data(words, "none")
