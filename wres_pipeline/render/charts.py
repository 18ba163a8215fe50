"""Charts as SVG files: few marks, words instead of colour alone, the same bytes from the same figures.

Colours are the Government Analysis Function's (afcharts). Every chart carries a title and a description
inside the file, for readers who cannot see it, and stands beside a table of the same figures. Nothing is
computed here: marks stand where the figures say, labels print the figures' own text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from textwrap import wrap
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from wres_pipeline.indicators.figure import Figure
from wres_pipeline.render.text import printable, slug, true_minus

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WIDTH = 4.9  # inches: small enough that the text can be read on a telephone
_ROW = 0.56
_LINE = 0.2  # inches from one line of a label to the next
_LABEL = 19  # characters of a line
_FURNITURE = 1.15
_FONT = "Arial, Helvetica, sans-serif"
GREY = "#4c6272"


@dataclass(frozen=True, slots=True)
class Mark:
    """One row of a chart: a label, a figure's place on the axis, its interval and its printed text.

    `value` None leaves the row without a mark: its text says why ('withheld', 'not calculable').
    An end of the interval that is None is open: an arrow is drawn to the edge when the other end stands.
    `paler` marks an earlier year: its mark is open. `group` gives the mark its colour and shape.
    """

    label: str
    value: float | None
    shown: str
    low: float | None = None
    high: float | None = None
    paler: bool = False
    group: str = ""
    interval: str = ""


@dataclass(frozen=True, slots=True)
class Plot:
    """The part of a picture in which marks are drawn: its corner and size as shares of the picture, its axes from end to end."""

    left: float
    bottom: float
    width: float
    height: float
    x: tuple[float, float]
    y: tuple[float, float]
    logarithmic: bool = False

    def axes(self, canvas: Any) -> Axes:
        """The axes on a picture of matplotlib's."""
        axes: Axes = canvas.add_axes((self.left, self.bottom, self.width, self.height))
        if self.logarithmic:
            axes.set_xscale("log")
        axes.set_xlim(*self.x)
        axes.set_ylim(*self.y)
        return axes

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Where a mark lies on the picture, in hundredths from its left and from its top."""
        low, high, at = (log(v) if self.logarithmic else v for v in (*self.x, x))
        across = self.left + self.width * (at - low) / (high - low)
        up = self.bottom + self.height * (y - self.y[0]) / (self.y[1] - self.y[0])
        return round(100 * across, 2), round(100 - 100 * up, 2)


@dataclass(frozen=True, slots=True)
class Values:
    """What a chart shows as the table under it: headings, rows of printed texts, and each mark's place and row."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    places: tuple[tuple[float, float, int], ...]


def values_of(marks: Sequence[Mark], plot: Plot, name: str) -> Values:
    """The values of a chart with a row a mark. name: the heading of the figures."""
    low, high = plot.x
    with_interval = any(one.interval for one in marks)
    return Values(
        head=("Row", name, "95% confidence interval") if with_interval else ("Row", name),
        rows=tuple((m.label, m.shown, m.interval or "–")[: 2 + with_interval] for m in marks),
        places=tuple(
            (*plot.place(min(max(one.value, low), high), row), row)
            for row, one in enumerate(marks)
            if one.value is not None
        ),
    )


def apart(levels: Sequence[float], gap: float) -> list[float]:
    """Places for names at these levels, in rising order, none nearer to the one below than the gap."""
    places: list[float] = []
    for level in levels:
        places.append(max(level, places[-1] + gap) if places else level)
    return places


def mark(label: str, figure: Figure, *, paler: bool = False) -> Mark:
    """The mark of one figure, as it stands, in the colour and shape of its ethnic group."""
    drawn = figure.state in ("value", "zero") and figure.value is not None
    return Mark(
        label=label,
        value=float(figure.value) if drawn and figure.value is not None else None,
        shown=figure.shown,
        low=figure.interval_low if drawn else None,
        high=figure.interval_high if drawn else None,
        paler=paler,
        group=figure.ethnic_group,
        interval=figure.interval_shown if drawn else "",
    )


def ratio_chart(
    marks: Sequence[Mark], *, title: str, description: str, axis: str, equal: str = "Equal (1.0)"
) -> bytes:
    """Relative likelihoods or disparity ratios as points with intervals on a logarithmic axis, with a line
    at 1.

    Halves and doubles lie equally far from 1 on the axis, so that neither direction looks larger than it is.
    Returns the SVG file's bytes.
    """
    return _ratio_svg(tuple(marks), title, description, axis, equal)


@lru_cache(maxsize=64)  # the internal and the public edition of a run draw most charts alike
def _ratio_svg(marks: tuple[Mark, ...], title: str, description: str, axis: str, equal: str) -> bytes:
    plot = ratio_plot(marks)
    low, high = plot.x

    def draw(axes: Axes) -> None:
        ticks = [t for t in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50) if low <= t <= high]
        axes.set_xticks(ticks, [f"{t:g}" for t in ticks])
        axes.minorticks_off()
        axes.axvline(1, color=GREY, linewidth=1.2, linestyle=(0, (4, 3)), zorder=1)
        axes.text(1, -0.95, equal, ha="center", va="center", fontsize=11, color=GREY)
        _points(axes, marks, low, high)

    return _chart(marks, plot, draw, title=title, description=description, axis=axis)


def ratio_plot(marks: Sequence[Mark]) -> Plot:
    """Where the ratios are drawn."""
    ends = [1.0]
    for row in marks:
        ends += [x for x in (row.value, row.low, row.high) if x is not None and x > 0]
    low, high = min([0.5, *(0.85 * x for x in ends)]), max([2.0, *(1.15 * x for x in ends)])
    return _plot(marks, (low, high), logarithmic=True)


def percentage_plot(marks: Sequence[Mark], line: Mark | None = None) -> Plot:
    """Where the percentages are drawn."""
    ends = [x for row in (*marks, *([line] if line else [])) for x in (row.value, row.high) if x is not None]
    return _plot(marks, (0, min(100.0, max([10.0, *(1.15 * x for x in ends)]))))


def _plot(marks: Sequence[Mark], x: tuple[float, float], *, logarithmic: bool = False) -> Plot:
    row, rows = _row(marks), max(len(marks), 1)
    height = _FURNITURE + row * rows
    return Plot(0.40, 0.72 / height, 0.55, row * rows / height, x, (len(marks) - 0.4, -0.6), logarithmic)


def _labels(marks: Sequence[Mark]) -> list[list[str]]:
    return [wrap(true_minus(f"{one.label}: {one.shown}"), _LABEL) for one in marks]


def _row(marks: Sequence[Mark]) -> float:
    """The height of a row in inches: that of the label with the most lines."""
    return max([_ROW, *(len(lines) * _LINE + 0.1 for lines in _labels(marks))])


def percentage_chart(
    marks: Sequence[Mark], *, title: str, description: str, axis: str, line: Mark | None = None
) -> bytes:
    """Percentages as points with intervals on an axis from 0; `line` (the workforce, say) is drawn across.

    Returns the SVG file's bytes.
    """
    return _percentage_svg(tuple(marks), title, description, axis, line)


@lru_cache(maxsize=64)
def _percentage_svg(
    marks: tuple[Mark, ...], title: str, description: str, axis: str, line: Mark | None
) -> bytes:
    plot = percentage_plot(marks, line)
    high = plot.x[1]

    def draw(axes: Axes) -> None:
        axes.xaxis.set_major_formatter(lambda x, _: f"{x:g}%")
        axes.locator_params(axis="x", nbins=5)
        if line is not None and line.value is not None:
            axes.axvline(line.value, color=GREY, linewidth=1.2, linestyle=(0, (4, 3)), zorder=1)
            side = "left" if line.value < high / 2 else "right"
            axes.text(
                line.value,
                -0.95,
                f"{line.label} {line.shown}",
                ha=side,
                va="center",
                fontsize=11,
                color=GREY,
            )
        _points(axes, marks, 0, high)

    return _chart(marks, plot, draw, title=title, description=description, axis=axis)


def _points(axes: Axes, marks: Sequence[Mark], low: float, high: float) -> None:
    white, bme = colours()
    for place, row in enumerate(marks):
        colour = {"White": white, "BME": bme}.get(row.group, GREY)
        if row.value is None:
            continue  # its state stands in the label
        if row.low is not None or row.high is not None:
            ends = (max(low, row.low if row.low is not None else low), min(high, _or(row.high, high)))
            axes.plot(ends, (place, place), color=colour, linewidth=2.2, solid_capstyle="butt", zorder=2)
            if row.high is None:
                axes.plot([high], [place], marker=">", color=colour, markersize=7, clip_on=False, zorder=3)
            if row.low is None:
                axes.plot([low], [place], marker="<", color=colour, markersize=7, clip_on=False, zorder=3)
        axes.plot(
            [min(max(row.value, low), high)],
            [place],
            marker="D" if row.group == "BME" else "o",
            markersize=9,
            markerfacecolor="white" if row.paler else colour,
            markeredgecolor=colour,
            markeredgewidth=2,
            clip_on=False,
            zorder=4,
        )


def _or(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value


def colours() -> tuple[str, str]:
    """The colour of White and the colour of BME people in every chart."""
    from afcharts.af_colours import get_af_colours

    dark, bright = get_af_colours("duo")
    return dark, bright


def style(title: str) -> Any:
    """The settings every chart is drawn with; the title makes its bytes the same every time."""
    return {
        "svg.hashsalt": slug(title),
        "svg.fonttype": "none",  # real text: it can be read out, searched and resized
        # The only face every machine has; wider than Arial, so that nothing is cut.
        "font.family": ["DejaVu Sans"],
        "font.size": 12,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.spines.left": False,
        "axes.edgecolor": "#aeb7bd",
    }


def _chart(marks: Sequence[Mark], plot: Plot, draw: Any, *, title: str, description: str, axis: str) -> bytes:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib.figure import Figure as Canvas

    with matplotlib.rc_context(style(title)):
        row = _row(marks)
        height = _FURNITURE + row * max(len(marks), 1)
        canvas = Canvas(figsize=(_WIDTH, height), facecolor="white")
        axes = plot.axes(canvas)
        axes.set_yticks([])
        for place, lines in enumerate(_labels(marks)):
            _label(axes, place, lines, row)
        axes.tick_params(axis="x", color="#aeb7bd", labelcolor="#212b32")
        axes.grid(visible=True, axis="x", color="#d8dde0", linewidth=0.8)
        axes.set_axisbelow(True)
        axes.set_xlabel(axis, fontsize=11, color="#212b32", loc="right")
        draw(axes)
        out = io.StringIO()
        canvas.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return described(out.getvalue(), title, description)


def _label(axes: Axes, place: int, lines: Sequence[str], row: float) -> None:
    """A label line by line, each its own text: a block would be set for another machine's font."""
    for number, line in enumerate(lines):
        axes.text(
            -0.05,
            place + (number - (len(lines) - 1) / 2) * _LINE / row,
            line,
            transform=axes.get_yaxis_transform(),
            ha="right",
            va="center",
            fontsize=12,
            color="#212b32",
        )


def described(svg: str, title: str, description: str) -> bytes:
    """The SVG with its title and description inside, for readers who cannot see it."""
    named = slug(title) or "chart"
    start = svg.index("<svg")
    end = svg.index(">", start)
    opening = svg[start:end]
    opening += f' role="img" aria-labelledby="{named}-title {named}-description"'
    words = (
        f'\n <title id="{named}-title">{escape(printable(title))}</title>'
        f'\n <desc id="{named}-description">{escape(printable(description))}</desc>'
    )
    body = re.sub(r"<metadata>.*?</metadata>", "", svg[end + 1 :], count=1, flags=re.DOTALL)
    body = body.replace("'DejaVu Sans'", _FONT)
    return (svg[:start] + opening + ">" + words + body).encode("utf-8")
