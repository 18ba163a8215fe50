"""Charts of the data-quality report: starters month by month with the break marked, and the declared
percentage.

As every chart: SVG with a title and a description inside, a table of the same figures beside it, no colour
that says anything alone.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from wres_pipeline.quality.figure import QualityFigure
from wres_pipeline.render.charts import colours, described, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SIZE = (6.2, 3.9)
_GREY = "#4c6272"
_PALE = "#aeb7bd"
_TEXT = "#212b32"


def arrivals_chart(
    months: Sequence[QualityFigure],
    break_month: str = "",
    repair_month: str = "",
    before: str = "",
    after: str = "",
) -> bytes:
    """The share of each month's starters whose ethnicity arrived, by size, with the break (and repair)
    marked.

    `months`: the section `arrivals`; `break_month`, `repair_month`: as in their breakdown values
    (`2020-11`) or ""; `before`, `after`: the shares on both sides as shown. Returns the SVG file's bytes.
    """
    title = "Starters whose declared ethnicity arrived in ESR"
    said = [f"{len(months)} months, {months[0].breakdown_value} to {months[-1].breakdown_value}."]
    if break_month:
        said.append(f"Arrival broke in {break_month}: {before} before, {after} after.")
    if repair_month:
        said.append(f"It was repaired in {repair_month}.")
    said.append("Larger marks are months with more starters. The table beside the chart holds every month.")

    def draw(axes: Axes) -> None:
        dark, bright = colours()
        names = [m.breakdown_value for m in months]
        most = max((m.denominator or 1) for m in months)
        for place, month in enumerate(months):
            value = float(month.value) if month.value is not None else 0.0
            lost = (
                bool(break_month)
                and names[place] >= break_month
                and not (repair_month and names[place] >= repair_month)
            )
            axes.plot(
                [place],
                [value],
                marker="D" if lost else "o",
                markersize=5 + 7 * ((month.denominator or 1) / most) ** 0.5,
                markerfacecolor="white" if lost else dark,
                markeredgecolor=bright if lost else dark,
                markeredgewidth=2,
                clip_on=False,
            )
        for name, words in ((break_month, "broke"), (repair_month, "repaired")):
            if name in names:
                line = names.index(name) - 0.5
                axes.axvline(line, color=_GREY, linewidth=1.4, linestyle=(0, (4, 3)), zorder=1)
                axes.text(line, 106, f"{words} {name}", ha="center", va="bottom", fontsize=11, color=_TEXT)
        axes.set_xlim(-0.8, len(months) - 0.2)
        axes.set_ylim(0, 100)
        _months(axes, names)
        axes.yaxis.set_major_formatter(lambda y, _: f"{y:g}%")

    return _drawn(draw, title, " ".join(said), "Month of start")


def trend_chart(points: Sequence[QualityFigure], target: float) -> bytes:
    """The declared percentage of every staff list with its limits, and the target as a line.

    `points`: the declared figures of the section `trend`; `target`: a share 0–1. Returns the SVG file's
    bytes.
    """
    title = "Staff who have declared their ethnicity, by staff list"
    first, last = points[0], points[-1]
    limits = f" Limits of noise: {last.interval_shown}." if last.interval_shown else ""
    said = (
        f"{len(points)} staff lists. {first.shown} on {first.breakdown_value}, {last.shown} on {last.breakdown_value}; "
        f"target {100 * target:g}%.{limits} The table beside the chart holds every point."
    )

    def draw(axes: Axes) -> None:
        dark, _ = colours()
        values = [float(p.value) if p.value is not None else 0.0 for p in points]
        ends = [*values, 100 * target]
        for limit, words in ((last.interval_low, "lower limit"), (last.interval_high, "upper limit")):
            if limit is not None:
                axes.axhline(limit, color=_GREY, linewidth=1.1, linestyle=(0, (1, 2)))
                axes.text(-0.4, limit, words, fontsize=10, color=_GREY, ha="left", va="bottom")
                ends.append(limit)
        axes.axhline(100 * target, color=_TEXT, linewidth=1.3, linestyle=(0, (4, 3)))
        axes.text(-0.4, 100 * target, "target", fontsize=10, color=_TEXT, ha="left", va="bottom")
        axes.plot(range(len(values)), values, color=dark, linewidth=2, marker="o", markersize=7)
        axes.set_xlim(-0.5, len(points) - 0.5)
        axes.set_ylim(max(0, min(ends) - 3), min(100.5, max(ends) + 2))
        _months(axes, [p.breakdown_value for p in points])
        axes.yaxis.set_major_formatter(lambda y, _: f"{y:g}%")

    return _drawn(draw, title, said, "Staff list of")


def _months(axes: Axes, names: Sequence[str], most: int = 9) -> None:
    every = -(-len(names) // most)
    places = list(range(0, len(names), every))
    axes.set_xticks(places, [names[place] for place in places], rotation=35, ha="right", fontsize=10)


def _drawn(draw: Callable[[Axes], None], title: str, description: str, axis: str) -> bytes:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib.figure import Figure as Canvas

    with matplotlib.rc_context(style(title)):
        canvas = Canvas(figsize=_SIZE, facecolor="white")
        axes = canvas.add_axes((0.10, 0.25, 0.87, 0.64))
        axes.tick_params(color=_PALE, labelcolor=_TEXT)
        axes.grid(visible=True, axis="y", color="#d8dde0", linewidth=0.8)
        axes.set_axisbelow(True)
        axes.set_xlabel(axis, fontsize=11, color=_TEXT, loc="right")
        draw(axes)
        out = io.StringIO()
        canvas.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return described(out.getvalue(), title, description)
