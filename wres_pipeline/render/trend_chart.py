"""Percentages or ratios over the years, at their true distance: White, BME and what they are compared with.

Lines are drawn within one definition only: where the figures of a year rest on another basis the line is broken and
the break is marked.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from wres_pipeline.indicators.figure import Figure
from wres_pipeline.render.charts import GREY, Plot, Values, apart, colours, described, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SIZE = (6.4, 3.7)
_CLOSE = 0.075
"""Labels nearer to each other than this share of the axis are moved apart. [ours]"""


@dataclass(frozen=True, slots=True)
class Point:
    """A year's value with its printed text, its 95% interval and the definition it rests on."""

    year: int
    value: float
    shown: str
    low: float | None = None
    high: float | None = None
    basis: str = ""
    interval: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A series: its name, its ethnic group ("" for none, drawn grey) and its points, oldest first."""

    name: str
    group: str
    points: tuple[Point, ...]


def line(name: str, figures: Sequence[Figure], *, group: str | None = None) -> Line:
    """The series of the figures that have a value to show, oldest first, in their ethnic group's colour."""
    shown = [f for f in figures if f.state in ("value", "zero") and f.value is not None]
    points = tuple(
        Point(
            f.reporting_year,
            float(f.value or 0),
            f.shown,
            f.interval_low,
            f.interval_high,
            f.basis,
            f.interval_shown,
        )
        for f in sorted(shown, key=lambda f: f.reporting_year)
    )
    own = shown[-1].ethnic_group if shown else ""
    return Line(name, own if group is None else group, points)


def trend_chart(
    lines: Sequence[Line], *, title: str, description: str, unit: str = "%", equal: float | None = None
) -> bytes:
    """The SVG of the series. `unit` is set after the axis' numbers; `equal` draws a dashed line."""
    return _svg(tuple(lines), title, description, unit, equal)


@lru_cache(maxsize=64)
def _svg(lines: tuple[Line, ...], title: str, description: str, unit: str, equal: float | None) -> bytes:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib.figure import Figure as Canvas

    years = _years(lines)
    with matplotlib.rc_context(style(title)):
        canvas = Canvas(figsize=_SIZE, facecolor="white")
        axes = _plot(lines, unit, equal).axes(canvas)
        axes.set_xticks(years, [str(year) for year in years])
        axes.yaxis.set_major_formatter(lambda y, _: f"{y:g}{unit}")
        axes.locator_params(axis="y", nbins=5)
        axes.tick_params(color="#aeb7bd", labelcolor="#212b32")
        axes.grid(visible=True, axis="y", color="#d8dde0", linewidth=0.8)
        axes.set_axisbelow(True)
        if equal is not None:
            axes.axhline(equal, color=GREY, linewidth=1.2, linestyle=(0, (4, 3)), zorder=1)
        for one in lines:
            _draw(axes, one)
        _breaks(axes, lines)
        _names(axes, lines)
        out = io.StringIO()
        canvas.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return described(out.getvalue(), title, description)


def _years(lines: Sequence[Line]) -> list[int]:
    return sorted({point.year for one in lines for point in one.points})


def _plot(lines: Sequence[Line], unit: str, equal: float | None) -> Plot:
    years = _years(lines)
    ends = [x for one in lines for p in one.points for x in (p.value, p.high, p.low) if x is not None]
    high = max([*ends, equal or 0.0]) * 1.08 or 1.0
    top = min(high, 100.0) if unit == "%" else high
    return Plot(0.10, 0.12, 0.60, 0.82, (years[0] - 0.3, years[-1] + 0.3), (0, top))


def trend_values(lines: Sequence[Line], unit: str = "%", equal: float | None = None) -> Values:
    """The values of the series, a row a year."""
    plot, years = _plot(lines, unit, equal), _years(lines)
    told = {
        (one.name, p.year): f"{p.shown} ({p.interval})" if p.interval else p.shown
        for one in lines
        for p in one.points
    }
    return Values(
        head=("Year", *(one.name for one in lines)),
        rows=tuple((str(year), *(told.get((one.name, year), "–") for one in lines)) for year in years),
        places=tuple(
            (*plot.place(p.year, p.value), years.index(p.year)) for one in lines for p in one.points
        ),
    )


def _look(group: str) -> tuple[str, str]:
    white, bme = colours()
    return {"White": (white, "o"), "BME": (bme, "D")}.get(group, (GREY, "s"))


def _draw(axes: Axes, one: Line) -> None:
    colour, marker = _look(one.group)
    for basis in dict.fromkeys(point.basis for point in one.points):
        part = [point for point in one.points if point.basis == basis]
        axes.plot([p.year for p in part], [p.value for p in part], color=colour, linewidth=2, zorder=3)
    shift = {"White": -0.03, "BME": 0.03}.get(one.group, 0.0)
    for point in one.points:
        if point.low is not None and point.high is not None:
            x = point.year + shift
            axes.plot((x, x), (point.low, point.high), color=colour, linewidth=1.2, alpha=0.7, zorder=2)
        axes.plot([point.year], [point.value], marker, color=colour, markersize=8, clip_on=False, zorder=4)


def _breaks(axes: Axes, lines: Sequence[Line]) -> None:
    found = {
        (before.year + now.year) / 2
        for one in lines
        for before, now in zip(one.points, one.points[1:], strict=False)
        if before.basis != now.basis
    }
    for place in sorted(found):
        axes.axvline(place, color="#aeb7bd", linewidth=1.2, linestyle=(0, (1, 2)), zorder=1)
        axes.text(place, 0.99, "new definition", transform=axes.get_xaxis_transform(), rotation=90, ha="right",
                  va="top", fontsize=9.5, color=GREY)  # fmt: skip


def _names(axes: Axes, lines: Sequence[Line]) -> None:
    """Each series is named at its end, with the last number; names that would touch are moved apart."""
    low, high = axes.get_ylim()
    last = sorted((one for one in lines if one.points), key=lambda one: one.points[-1].value)
    places = apart([one.points[-1].value for one in last], _CLOSE * (high - low))
    for one, place in zip(last, places, strict=True):
        axes.text(
            1.03, place, f"{one.name} {one.points[-1].shown}", transform=axes.get_yaxis_transform(), va="center",
            fontsize=11.5, color=_look(one.group)[0] if one.group != "BME" else "#a33c04",
        )  # fmt: skip
