"""Charts of the data-quality report: starters month by month with the break marked, the declared percentage over time,
and who has not declared.

As every chart: SVG with a title and a description inside, a table of the same figures on the page, no colour that says
anything alone. Time runs at its true distance.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap
from typing import TYPE_CHECKING

from wres_pipeline.quality.figure import QualityFigure
from wres_pipeline.render.charts import Plot, Values, apart, colours, described, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WIDE = (7.6, 3.2)
_BAR_WIDTH, _BAR_ROW = 4.6, 0.42
_LABEL = 26
_GREY = "#4c6272"
_PALE = "#aeb7bd"
_TEXT = "#212b32"
_TICKS = 8
_CLOSE = 0.09
"""Names of lines nearer to each other than this share of the axis are moved apart. [ours]"""


@dataclass(frozen=True, slots=True)
class Bar:
    """A group's bar: its label, its length and what is printed at its end."""

    label: str
    value: float
    shown: str


def in_words(stamp: str) -> str:
    """A day or month as people write it: '2021-03-31' → '31 March 2021', '2020-11' → 'November 2020'; else as it is."""
    parts = stamp.split("-")
    if not all(part.isdigit() for part in parts) or not 2 <= len(parts) <= 3:
        return stamp
    on = date(int(parts[0]), int(parts[1]), int(parts[2]) if len(parts) == 3 else 1)
    return f"{on.day} {on:%B %Y}" if len(parts) == 3 else f"{on:%B %Y}"


def arrivals_chart(
    months: Sequence[QualityFigure],
    break_month: str = "",
    repair_month: str = "",
    before: str = "",
    after: str = "",
) -> bytes:
    """The share of each month's starters whose ethnicity arrived, by size, with the break (and repair) marked.

    `months`: the section `arrivals`; `break_month`, `repair_month`: as in their breakdown values
    (`2020-11`) or ""; `before`, `after`: the shares on both sides as shown. Returns the SVG file's bytes.
    """
    title = "Starters whose declared ethnicity arrived in ESR"
    names = [m.breakdown_value for m in months]
    said = [f"{len(months)} months, {in_words(names[0])} to {in_words(names[-1])}."]
    if break_month:
        said.append(f"Arrival broke in {in_words(break_month)}: {before} before, {after} after.")
    if repair_month:
        said.append(f"It was repaired in {in_words(repair_month)}.")
    said.append("Larger marks are months with more starters. The table on the page holds every month.")

    def draw(axes: Axes) -> None:
        dark, bright = colours()
        most = max((m.denominator or 1) for m in months)
        for month in months:
            name = month.breakdown_value
            lost = bool(break_month) and name >= break_month and not (repair_month and name >= repair_month)
            axes.plot(
                [_place(name)],
                [float(month.value) if month.value is not None else 0.0],
                marker="D" if lost else "o",
                markersize=4 + 6 * ((month.denominator or 1) / most) ** 0.5,
                markerfacecolor="white" if lost else dark,
                markeredgecolor=bright if lost else dark,
                markeredgewidth=2,
                clip_on=False,
            )
        for name, words in ((break_month, "broke"), (repair_month, "repaired")):
            if name in names:
                line = _place(name) - 15
                axes.axvline(line, color=_GREY, linewidth=1.4, linestyle=(0, (4, 3)), zorder=1)
                axes.text(
                    line,
                    104,
                    f"{words} {in_words(name)}",
                    ha="center",
                    va="bottom",
                    fontsize=11,
                    color=_TEXT,
                )
        _time_axis(axes, names)

    return _over_time(_months_plot(months), draw, title, " ".join(said), "Month of start")


def _months_plot(months: Sequence[QualityFigure]) -> Plot:
    return _plot([m.breakdown_value for m in months], (0, 100))


def arrivals_values(months: Sequence[QualityFigure]) -> Values:
    """The values of the chart of arrivals."""
    return _values(months, _months_plot(months), ("Month of start", "Ethnicity arrived"))


def _values(found: Sequence[QualityFigure], plot: Plot, head: tuple[str, str]) -> Values:
    return Values(
        head=head,
        rows=tuple((in_words(f.breakdown_value), f.shown) for f in found),
        places=tuple(
            (*plot.place(_place(f.breakdown_value), float(f.value or 0)), row) for row, f in enumerate(found)
        ),
    )


def trend_values(points: Sequence[QualityFigure], target: float) -> Values:
    """The values of the chart of the declared percentage."""
    return _values(points, _trend_plot(points, target), ("Staff list of", "Declared"))


def _levels(points: Sequence[QualityFigure], target: float) -> list[tuple[float, str, tuple[int, int]]]:
    """The lines across the chart from the lowest up: where, their names and their dashes."""
    last = points[-1]
    found = [
        (last.interval_low, "lower limit", (1, 2)),
        (100 * target, "target", (4, 3)),
        (last.interval_high, "upper limit", (1, 2)),
    ]
    return sorted((level, words, dashes) for level, words, dashes in found if level is not None)


def _trend_plot(points: Sequence[QualityFigure], target: float) -> Plot:
    ends = [float(p.value or 0) for p in points] + [level for level, _, _ in _levels(points, target)]
    limits = (max(0, min(ends) - 3), min(100.5, max(ends) + 2))
    return _plot([p.breakdown_value for p in points], limits)


def trend_chart(points: Sequence[QualityFigure], target: float) -> bytes:
    """The declared percentage of every staff list with its limits, and the target as a line.

    `points`: the declared figures of the section `trend`; `target`: a share 0–1. Returns the SVG file's bytes.
    """
    title = "Staff who have declared their ethnicity, by staff list"
    first, last = points[0], points[-1]
    limits = f" Limits of noise: {last.interval_shown}." if last.interval_shown else ""
    said = (
        f"{len(points)} staff lists. {first.shown} on {in_words(first.breakdown_value)}, {last.shown} on "
        f"{in_words(last.breakdown_value)}; target {100 * target:g}%.{limits} The table on the page holds every point."
    )
    plot = _trend_plot(points, target)

    def draw(axes: Axes) -> None:
        dark, _ = colours()
        levels = _levels(points, target)
        names = apart([level for level, _, _ in levels], _CLOSE * (plot.y[1] - plot.y[0]))
        for (level, words, dashes), place in zip(levels, names, strict=True):
            axes.axhline(level, color=_GREY, linewidth=1.2, linestyle=(0, dashes))
            axes.text(
                1.01, place, words, fontsize=10.5, color=_TEXT, va="center", transform=axes.get_yaxis_transform()
            )  # fmt: skip
        axes.plot(
            [_place(p.breakdown_value) for p in points],
            [float(p.value or 0) for p in points],
            color=dark,
            linewidth=2,
            marker="o",
            markersize=7,
        )
        _time_axis(axes, [p.breakdown_value for p in points])

    return _over_time(plot, draw, title, said, "Staff list of")


def bar_chart(bars: Sequence[Bar], title: str) -> bytes:
    """Bars from 0 in the order given, each with its label and its text. Returns the SVG file's bytes."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib.figure import Figure as Canvas

    height = 0.55 + _BAR_ROW * len(bars)
    with matplotlib.rc_context(style(title)):
        canvas = Canvas(figsize=(_BAR_WIDTH, height), facecolor="white")
        axes = _bar_plot(bars).axes(canvas)
        axes.barh(range(len(bars)), [bar.value for bar in bars], height=0.62, color=_GREY)
        most = max(bar.value for bar in bars)
        axes.axis("off")
        for place, bar in enumerate(bars):
            _label(axes, place, bar.label)
            axes.text(
                1.02 * bar.value + 0.02 * most,
                place,
                bar.shown,
                va="center",
                ha="left",
                fontsize=10.5,
                color=_TEXT,
            )
        canvas.text(
            0.02, 1 - 0.18 / height, title, fontsize=11.5, fontweight="bold", color=_TEXT, va="center"
        )
        out = io.StringIO()
        canvas.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return described(out.getvalue(), title, "; ".join(f"{bar.label}: {bar.shown}" for bar in bars) + ".")


def _bar_plot(bars: Sequence[Bar]) -> Plot:
    rows = _BAR_ROW * len(bars)
    return Plot(
        0.44, 0.02, 0.36, rows / (0.55 + rows), (0, max(b.value for b in bars)), (len(bars) - 0.4, -0.6)
    )


def bar_values(bars: Sequence[Bar], head: tuple[str, str]) -> Values:
    """The values of a chart of bars; a mark is the end of a bar."""
    plot = _bar_plot(bars)
    return Values(
        head=head,
        rows=tuple((bar.label, bar.shown) for bar in bars),
        places=tuple((*plot.place(bar.value, row), row) for row, bar in enumerate(bars)),
    )


def _label(axes: Axes, place: int, label: str) -> None:
    lines = wrap(label, _LABEL)
    for number, line in enumerate(lines):
        at = place + (number - (len(lines) - 1) / 2) * 0.4
        axes.text(
            -0.03,
            at,
            line,
            transform=axes.get_yaxis_transform(),
            ha="right",
            va="center",
            fontsize=10.5,
            color=_TEXT,
        )


def _place(stamp: str) -> int:
    """Where a day, or the middle of a month, lies on the axis: days, so that time runs at its true distance."""
    year, month, *rest = (int(part) for part in stamp.split("-"))
    return date(year, month, rest[0] if rest else 15).toordinal()


def _time_axis(axes: Axes, names: Sequence[str]) -> None:
    """Ticks at the points themselves, as many as fit beside one another."""
    low, high = axes.get_xlim()
    shown: list[int] = []
    for place in sorted({_place(name) for name in names}, reverse=True):
        if not shown or shown[-1] - place >= (high - low) / _TICKS:
            shown.append(place)
    axes.set_xticks(shown, [f"{date.fromordinal(place):%b %Y}" for place in shown], fontsize=10)


def _plot(names: Sequence[str], y: tuple[float, float]) -> Plot:
    places = [_place(name) for name in names]
    return Plot(0.08, 0.2, 0.77, 0.62, (min(places) - 20, max(places) + 20), y)


def _over_time(plot: Plot, draw: Callable[[Axes], None], title: str, description: str, axis: str) -> bytes:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib.figure import Figure as Canvas

    with matplotlib.rc_context(style(title)):
        canvas = Canvas(figsize=_WIDE, facecolor="white")
        axes = plot.axes(canvas)
        axes.yaxis.set_major_formatter(lambda y, _: f"{y:g}%")
        axes.tick_params(color=_PALE, labelcolor=_TEXT)
        axes.grid(visible=True, axis="y", color="#d8dde0", linewidth=0.8)
        axes.set_axisbelow(True)
        axes.set_xlabel(axis, fontsize=11, color=_TEXT, loc="right")
        canvas.text(0.02, 0.94, title, fontsize=12, fontweight="bold", color=_TEXT, va="center")
        draw(axes)
        out = io.StringIO()
        canvas.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return described(out.getvalue(), title, description)
