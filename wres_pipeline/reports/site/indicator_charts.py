"""The charts that stand on an indicator's page, each with a title and the same figures in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from wres_pipeline.reference.indicators import IndicatorRule
from wres_pipeline.render.charts import (
    Mark,
    Values,
    percentage_chart,
    percentage_plot,
    ratio_chart,
    ratio_plot,
    values_of,
)
from wres_pipeline.render.text import slug
from wres_pipeline.render.trend_chart import Line, line, trend_chart, trend_values
from wres_pipeline.reports.figure_set import FigureSet
from wres_pipeline.reports.narrative_text import wordings

_INTERVALS = "Lines show the 95% confidence intervals."


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: the name of its file, its title, the words a reader who cannot see it gets, how to draw it, and its
    values.
    """

    name: str
    title: str
    description: str
    caption: str
    draw: Callable[[], bytes]
    values: Values


def groups_over_years(rule: IndicatorRule, measure: str, figures: FigureSet) -> Chart | None:
    """Both groups over every year there is."""
    lines = [
        line(group, [figures.get(rule.number, measure, group=group, year=year) for year in figures.years])
        for group in rule.grouping.compared
    ]
    return trend(
        f"{rule.name}: {wordings()[rule.number].short.lower()}, {' and '.join(rule.grouping.compared)}", lines
    )


def trend(title: str, lines: Sequence[Line]) -> Chart | None:
    """Lines over the years; None where nothing could be drawn."""
    lines = [one for one in lines if one.points]
    if not lines:
        return None
    said = "; ".join(f"{one.name} {p.year}: {p.shown}" for one in lines for p in one.points)
    broken = any(len({p.basis for p in one.points}) > 1 for one in lines)
    about = f" {_INTERVALS}" + (
        " A line is broken where the definition changed: the two sides are not comparable." if broken else ""
    )
    return Chart(
        name=f"{slug(title)}.svg",
        title=title,
        description=f"{said}.{about}",
        caption=f"{title}.{about}",
        draw=partial(trend_chart, tuple(lines), title=title, description=f"{said}.{about}"),
        values=trend_values(lines),
    )


def ratios(rule: IndicatorRule, title: str, marks: Sequence[Mark], *, axis: str) -> Chart | None:
    """Ratios on a scale on which 1.0 is even; None where nothing could be drawn."""
    if not any(m.value is not None for m in marks):
        return None
    description = f"{_spoken(marks)} At 1.0, {' and '.join(rule.grouping.compared)} people are equally likely. {_INTERVALS}"
    return Chart(
        name=f"{slug(title)}.svg",
        title=title,
        description=description,
        caption=f"{title}. {_INTERVALS}{_filled(marks)}",
        draw=partial(ratio_chart, tuple(marks), title=title, description=description, axis=axis),
        values=values_of(marks, ratio_plot(marks), axis),
    )


def percentages(title: str, marks: Sequence[Mark], *, axis: str, across: Mark | None = None) -> Chart | None:
    """Percentages, with one to compare them with across all; None where nothing could be drawn."""
    if not any(m.value is not None for m in marks):
        return None
    said = (
        f" The dashed line is the workforce: {across.shown}."
        if across is not None and across.value is not None
        else ""
    )
    description = f"{_spoken(marks)}{said} {_INTERVALS}"
    return Chart(
        name=f"{slug(title)}.svg",
        title=title,
        description=description,
        caption=f"{title}. {_INTERVALS}{said}{_filled(marks)}",
        draw=partial(
            percentage_chart, tuple(marks), title=title, description=description, axis=axis, line=across
        ),
        values=values_of(marks, percentage_plot(marks, across), axis),
    )


def _spoken(marks: Sequence[Mark]) -> str:
    return "; ".join(f"{m.label}: {m.shown}" for m in marks) + "."


def _filled(marks: Sequence[Mark]) -> str:
    return " Filled marks: this year. Open marks: earlier years." if any(m.paler for m in marks) else ""
