"""What every workbook has in common: columns and rows in which no text is cut, A4 pages, and texts that are data.

gptables reads '[…](…)' as a link and '$$' as a note; xlsxwriter is told not to read '='.
"""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

from wres_pipeline.render.text import printable


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
