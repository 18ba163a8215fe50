"""What every workbook has in common: columns and rows in which no text is cut, A4 pages, and texts that are data.

gptables reads '[…](…)' as a link and '$$' as a note; xlsxwriter is told not to read '='.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from textwrap import wrap
from typing import Any

from wres_pipeline.render.text import printable

ONE_TABLE = "This worksheet contains one table."


def write(
    path: Path,
    sheets: Mapping[str, Any],
    cover: Any,
    notes: Sequence[tuple[str, str]],
    lay_out: Callable[[Any], None],
    *,
    dated: date,
    **properties: str,
) -> None:
    """Write a workbook: cover, contents, notes, then a table a sheet. lay_out: is given the book before it is closed.
    properties: of the document, whose dates are `dated`, never the clock's."""
    import gptables
    import pandas as pd

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # notes are listed whether or not a table refers to them
        book = gptables.produce_workbook(
            str(path),
            dict(sheets),
            cover=cover,
            notes_table=pd.DataFrame(notes, columns=["reference", "Note"]),
            notesheet_options={"title": "Notes", "instructions": ONE_TABLE},
            contentsheet_options={
                "title": "Contents",
                "column_names": ["Worksheet", "What it holds"],
                "instructions": ONE_TABLE,
            },
            auto_width=False,
            workbook_options={"strings_to_formulas": False, "strings_to_urls": False},
        )
        lay_out(book)
        book.set_properties({**properties, "created": datetime.combine(dated, time())})
        book.close()


def lay_out(
    page: Any,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    *,
    above: int = 2,
    used: float,
) -> None:
    """Widths and heights of a sheet with a table, its heading kept in sight, on A4 landscape pages as wide as it is.

    above: rows over the heading. used: the part of a column's width that text fills before it wraps.
    """
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    page.set_row(above, height(head, widths, used))
    for number, row in enumerate(rows):
        page.set_row(above + 1 + number, height(row, widths, used))
    page.freeze_panes(above + 1, 1)
    on_paper(page)
    page.repeat_rows(above)


def on_paper(page: Any) -> None:
    """A4 landscape, one page wide."""
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)


def height(texts: Sequence[str], widths: Sequence[float], used: float) -> float:
    """Points that a row of wrapped 12-point text needs."""
    lines = max(len(wrap(text, max(1, int(width * used)))) for text, width in zip(texts, widths, strict=True))
    return 16.0 * max(lines, 1)


def as_data(words: str, blank: str) -> str:
    """Text as data; blank: what stands for a text of nothing."""
    clean = printable(words).replace("](", "] (").replace("$$", "$ $")
    if not any(character.isalnum() for character in clean):
        return f"text: {clean}" if clean.strip() else blank
    return clean
