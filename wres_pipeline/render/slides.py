"""A deck of slides: a title that says the point, words, a native chart or table that can be edited, and speaker's notes.

The same slides give the same bytes: python-pptx and the workbooks inside its charts keep the hour they were made.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any

from wres_pipeline.render.archive import same_bytes
from wres_pipeline.render.page import PrintedFor, write_whole
from wres_pipeline.render.text import printable, property_text

_WHITE, _BME, _OTHER = "12436D", "F46A25", "4C6272"
_COLOURS = {"White": _WHITE, "BME": _BME}
_BOTTOM = 6.85
"""Inches from the top of a slide to its foot: a table ends above it."""
_SIZES = (14, 12, 11, 10)
"""Points of a table's text, largest first: the largest in which all its rows stand on the slide."""


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar chart: names along the axis, and for each series its numbers (None: nothing is shown for it)."""

    names: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]
    number_format: str = '0.0"%"'


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: heading cells, rows of text, and how wide each column is beside the others (alike when not given)."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide: `title` says the point in words, `points` stand left of `shown`; `notes` is what to say."""

    title: str
    points: tuple[str, ...] = ()
    shown: Bars | Grid | None = None
    notes: str = ""
    source: str = ""


def write(slides: Sequence[Slide], context: PrintedFor, title: str, path: Path) -> Path:
    """Write the deck to `path`, replaced whole, and give the path."""
    from pptx import Presentation
    from pptx.util import Inches

    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)
    for number, slide in enumerate(slides, 1):
        _slide(deck, slide, context, number, len(slides))
    about = deck.core_properties
    about.title, about.author = property_text(title), property_text(context.organisation_name)
    about.last_modified_by = property_text(context.organisation_name)
    about.comments, about.language, about.revision = property_text(" ".join(context.markings)), "en-GB", 1
    about.created = about.modified = datetime.combine(context.dated, time())
    out = io.BytesIO()
    deck.save(out)
    return write_whole(path, same_bytes(out.getvalue(), context.dated))


def _slide(deck: Any, slide: Slide, context: PrintedFor, number: int, of: int) -> None:
    from pptx.util import Inches, Pt

    page = deck.slides.add_slide(deck.slide_layouts[5])  # title only
    heading = page.shapes.title
    heading.left, heading.top, heading.width, heading.height = (Inches(x) for x in (0.6, 0.35, 12.1, 1.1))
    heading.text_frame.text = printable(slide.title)
    heading.text_frame.word_wrap = True
    for paragraph in heading.text_frame.paragraphs:
        paragraph.font.size, paragraph.font.bold = Pt(30), True
        paragraph.alignment = 1
    narrow = slide.shown is not None and not isinstance(slide.shown, Grid)
    if slide.points:
        _points(page, slide.points, 4.9 if narrow else 12.1, wide=not narrow)
    if isinstance(slide.shown, Bars):
        _chart(page, slide.shown)
    elif isinstance(slide.shown, Grid):
        _table(page, slide.shown, below=bool(slide.points))
    foot = page.shapes.add_textbox(Inches(0.6), Inches(6.95), Inches(12.1), Inches(0.4)).text_frame
    marks = property_text(" ".join(context.markings))
    foot.word_wrap = True
    foot.text = printable(f"{context.organisation_name}, {number} of {of}. {slide.source} {marks}".strip())
    foot.paragraphs[0].font.size = Pt(11)
    page.notes_slide.notes_text_frame.text = printable(slide.notes)


def _points(page: Any, points: Sequence[str], width: float, *, wide: bool) -> None:
    from pptx.util import Inches, Pt

    frame = page.shapes.add_textbox(Inches(0.6), Inches(1.6), Inches(width), Inches(5.0)).text_frame
    frame.word_wrap = True
    for number, words in enumerate(points):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.text = printable(words)
        paragraph.font.size = Pt(22 if wide and len(points) < 6 else 18)
        paragraph.space_after = Pt(10)


def _chart(page: Any, bars: Bars) -> None:
    from pptx.chart.data import CategoryChartData
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
    from pptx.util import Inches, Pt

    data = CategoryChartData(number_format=bars.number_format)
    data.categories = [printable(name) for name in bars.names]
    for name, values in bars.series:
        data.add_series(name, values)
    chart = page.shapes.add_chart(
        XL_CHART_TYPE.BAR_CLUSTERED, Inches(5.8), Inches(1.5), Inches(6.9), Inches(5.3), data
    ).chart
    chart.has_title = False
    chart.has_legend = len(bars.series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    chart.font.size = Pt(14)
    chart.category_axis.reverse_order = True
    chart.value_axis.minimum_scale = 0
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    plot = chart.plots[0]
    plot.gap_width, plot.has_data_labels = 60, True
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = bars.number_format, False
    for series in plot.series:
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = RGBColor.from_string(_COLOURS.get(series.name, _OTHER))


def _table(page: Any, grid: Grid, *, below: bool) -> None:
    from pptx.util import Inches, Pt

    top = 3.2 if below else 1.5
    widths = grid.widths or (1.0,) * len(grid.head)
    inches = [12.1 * width / sum(widths) for width in widths]
    size, rows = _fitting(grid, inches, _BOTTOM - top)
    heights = [_height(row, inches, size) for row in rows]
    frame = page.shapes.add_table(
        len(rows), len(grid.head), Inches(0.6), Inches(top), Inches(12.1), Inches(sum(heights))
    )
    table = frame.table
    for column, width in zip(table.columns, inches, strict=True):
        column.width = Inches(width)
    for number, row in enumerate(rows):
        table.rows[number].height = Inches(heights[number])
        for place, text in enumerate(row):
            cell = table.cell(number, place)
            cell.text = printable(text)
            cell.margin_top = cell.margin_bottom = Inches(0.03)
            cell.text_frame.paragraphs[0].font.size = Pt(size)


def _fitting(grid: Grid, inches: Sequence[float], room: float) -> tuple[int, list[tuple[str, ...]]]:
    """The size of the text, and the head with the rows that stand in `room` inches; what is left out is counted in a last row."""
    rows = [grid.head, *grid.rows]
    for size in _SIZES:
        if sum(_height(row, inches, size) for row in rows) <= room:
            return size, rows
    size, kept = _SIZES[-1], len(grid.rows)
    while kept:
        kept -= 1
        shown = [*rows[: kept + 1], (f"and {len(grid.rows) - kept} more", *[""] * (len(grid.head) - 1))]
        if sum(_height(row, inches, size) for row in shown) <= room:
            break
    return size, shown


def _height(row: Sequence[str], inches: Sequence[float], size: int) -> float:
    """Inches a row takes: its longest cell broken at words, a letter taken for 0.56 of the text's size wide."""
    lines = max(
        len(textwrap.wrap(text, max(1, int((width - 0.2) * 72 / (0.56 * size))))) or 1
        for text, width in zip(row, inches, strict=True)
    )
    return lines * size * 1.2 / 72 + 0.06
