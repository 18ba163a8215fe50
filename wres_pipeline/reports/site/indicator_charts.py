"""The charts that stand on an indicator's page, each with a title and the same figures in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from wres_pipeline.indicators.workforce import rows as workforce_rows
from wres_pipeline.reference import indicators
from wres_pipeline.render.charts import Mark, mark, percentage_chart, ratio_chart
from wres_pipeline.render.text import slug
from wres_pipeline.reports.figure_set import FigureSet
from wres_pipeline.reports.labels import BOARD, CLUSTERS, MEASURES, indicator_named
from wres_pipeline.reports.site.narrative import RATIO_INDICATORS, SURVEY_INDICATORS

_INTERVALS = "Lines show the 95% confidence intervals."


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: the name of its file, its title, the words a reader who cannot see it gets, and how to draw
    it.
    """

    name: str
    title: str
    description: str
    caption: str
    draw: Callable[[], bytes]


def charts(number: str, figures: FigureSet) -> tuple[Chart, ...]:
    """The charts of one indicator; none where not a single figure could be drawn."""
    if number == "1":
        made = [_bands(cluster, figures) for cluster in CLUSTERS if cluster]
    elif number in RATIO_INDICATORS:
        made = [_ratio(number, figures)]
    elif number in SURVEY_INDICATORS:
        made = [_survey(number, figures)]
    elif number == "9":
        made = [_board(figures)]
    else:
        made = [_disparity(figures)]
    return tuple(chart for chart in made if chart is not None)


def _bands(cluster: str, figures: FigureSet) -> Chart | None:
    marks = []
    for in_cluster, band in workforce_rows():
        if in_cluster != cluster or not band:
            continue
        figure = figures.get("1", "percentage", cluster=cluster, band=band, group="BME")
        if figure.state != "not_calculable":  # a band that nobody is in has no percentage
            marks.append(mark(band, figure))
    line = mark("Workforce", figures.get("1", "percentage", group="BME"))
    return _percentages(
        f"{CLUSTERS[cluster]} staff: BME percentage by band, {figures.year}",
        marks,
        axis="BME staff in the band",
        line=line,
    )


def _ratio(number: str, figures: FigureSet) -> Chart | None:
    measure = indicators.rule(number).ratio or ""
    marks = [
        mark(str(year), figures.get(number, measure, year=year), paler=year != figures.year)
        for year in figures.this_and_last
    ]
    name = MEASURES[measure]
    return _ratios(f"{indicator_named(number)}: {name[0].lower()}{name[1:]}", marks, axis=name)


def _survey(number: str, figures: FigureSet) -> Chart | None:
    marks = [
        mark(
            f"{group} {year}",
            figures.get(number, "percentage", group=group, year=year),
            paler=year != figures.year,
        )
        for year in figures.this_and_last
        for group in ("BME", "White")
    ]
    if not any(m.value is not None for m in marks):
        marks = [
            mark(
                f"All staff {year}", figures.get(number, "percentage", year=year), paler=year != figures.year
            )
            for year in figures.this_and_last
        ]
    return _percentages(
        f"{indicator_named(number)}: percentage of staff by ethnic group", marks, axis="Staff who answered"
    )


def _board(figures: FigureSet) -> Chart | None:
    marks = [
        mark(
            f"{words} {year}",
            figures.get("9", "percentage", band=band, group="BME", year=year),
            paler=year != figures.year,
        )
        for year in figures.this_and_last
        for band, words in BOARD.items()
        if band in ("board", "voting", "executive")
    ]
    line = mark("Workforce", figures.get("9", "percentage", band="workforce", group="BME"))
    return _percentages(
        "Indicator 9: BME percentage of the board and of the workforce", marks, axis="BME members", line=line
    )


def _disparity(figures: FigureSet) -> Chart | None:
    marks = [
        mark(
            f"{words}, {MEASURES[m.name].split(',')[0].lower()}",
            figures.get("race_disparity", m.name, cluster=cluster),
        )
        for cluster, words in (("", "All"), ("clinical", "Clinical"), ("non_clinical", "Non-clinical"))
        for m in indicators.rule("race_disparity").measures
    ]
    return _ratios(f"Race disparity ratios, {figures.year}", marks, axis="Ratio, White ÷ BME")


def _ratios(title: str, marks: Sequence[Mark], *, axis: str) -> Chart | None:
    if not any(m.value is not None for m in marks):
        return None
    description = f"{_spoken(marks)} At 1.0, White and BME people are equally likely. {_INTERVALS}"
    return Chart(
        name=f"{slug(title)}.svg",
        title=title,
        description=description,
        caption=f"{title}. {_INTERVALS}{_filled(marks)}",
        draw=partial(ratio_chart, tuple(marks), title=title, description=description, axis=axis),
    )


def _percentages(title: str, marks: Sequence[Mark], *, axis: str, line: Mark | None = None) -> Chart | None:
    if not any(m.value is not None for m in marks):
        return None
    across = (
        f" The dashed line is the workforce: {line.shown}."
        if line is not None and line.value is not None
        else ""
    )
    description = f"{_spoken(marks)}{across} {_INTERVALS}"
    return Chart(
        name=f"{slug(title)}.svg",
        title=title,
        description=description,
        caption=f"{title}. {_INTERVALS}{across}{_filled(marks)}",
        draw=partial(
            percentage_chart, tuple(marks), title=title, description=description, axis=axis, line=line
        ),
    )


def _spoken(marks: Sequence[Mark]) -> str:
    return "; ".join(f"{m.label}: {m.shown}" for m in marks) + "."


def _filled(marks: Sequence[Mark]) -> str:
    return " Filled marks: this year. Open marks: the year before." if any(m.paler for m in marks) else ""
