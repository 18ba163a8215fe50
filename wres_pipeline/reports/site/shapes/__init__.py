"""What is shown of each shape of indicator: tables, charts, sentences, the figures to look at first.

A shape gives `tables`, `charts`, `draft` (sentences, in reading order), `headlines` (the figures to look at first, with their
names), `groups_of` (the two figures it compares), `reported` (what the reporting template prints) and `finding` (one sentence
for the head of a return). What is worked out of it stands in `indicators/shapes/`.
"""

from __future__ import annotations

from typing import Protocol, cast

from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import indicators
from wres_pipeline.reference.indicators import IndicatorRule
from wres_pipeline.reports.figure_set import FigureSet
from wres_pipeline.reports.site.indicator_charts import Chart
from wres_pipeline.reports.site.indicator_tables import Table
from wres_pipeline.reports.site.sentences import Said
from wres_pipeline.reports.site.shapes import (
    difference_of_shares,
    headcount_by_band,
    likelihood_ratio,
    survey_percentage,
    tier_ratio,
)


class ShownShape(Protocol):
    """What every shape gives."""

    def tables(self, rule: IndicatorRule, figures: FigureSet) -> tuple[Table, ...]:
        """The tables of its page."""

    def charts(self, rule: IndicatorRule, figures: FigureSet) -> list[Chart | None]:
        """The charts of its page; None where nothing could be drawn."""

    def draft(self, rule: IndicatorRule, figures: FigureSet) -> tuple[str, ...]:
        """Its sentences of this year, in reading order."""

    def headlines(self, rule: IndicatorRule, figures: FigureSet) -> list[tuple[str, Figure]]:
        """The figures to look at first, with their names."""

    def groups_of(
        self, rule: IndicatorRule, figures: FigureSet, year: int | None = None
    ) -> tuple[Figure | None, Figure | None]:
        """The two figures that it compares: of the group set against, and of the one the standard is about."""

    def reported(self, rule: IndicatorRule, figures: FigureSet) -> list[tuple[str, Figure]]:
        """What the reporting template prints, with names."""

    def finding(self, rule: IndicatorRule, figures: FigureSet) -> Said | None:
        """One sentence for the head of a return; None where its figures are not told."""


_SHAPES = {
    indicators.HEADCOUNT_BY_BAND: headcount_by_band,
    indicators.LIKELIHOOD_RATIO: likelihood_ratio,
    indicators.SURVEY_PERCENTAGE: survey_percentage,
    indicators.DIFFERENCE_OF_SHARES: difference_of_shares,
    indicators.TIER_RATIO: tier_ratio,
}


def shown(rule: IndicatorRule) -> ShownShape:
    """How the figures of an indicator are shown."""
    return cast("ShownShape", _SHAPES[rule.shape])


def draft(number: str, figures: FigureSet) -> tuple[str, ...]:
    """The sentences of one indicator of this year, in reading order."""
    rule = indicators.rule(number)
    return shown(rule).draft(rule, figures)


def charts(number: str, figures: FigureSet) -> tuple[Chart, ...]:
    """The charts of one indicator; none where not a single figure could be drawn."""
    rule = indicators.rule(number)
    return tuple(chart for chart in shown(rule).charts(rule, figures) if chart is not None)


def groups_of(
    number: str, figures: FigureSet, year: int | None = None
) -> tuple[Figure | None, Figure | None]:
    """The figures of the two groups that an indicator compares; None where it has none."""
    rule = indicators.rule(number)
    return shown(rule).groups_of(rule, figures, year)


def headline_of(number: str, figures: FigureSet, year: int | None = None) -> Figure | None:
    """The ratio or the difference of an indicator; None for those that have only percentages."""
    rule = indicators.rule(number)
    if rule.shape in (indicators.HEADCOUNT_BY_BAND, indicators.SURVEY_PERCENTAGE):
        return None
    one = rule.headline
    return figures.get(number, one.measure, cluster=one.cluster, band=one.band, group=one.group, year=year)


def two_years(number: str, figures: FigureSet) -> Table:
    """The figures of one indicator this year and the year before, one a row: for the reporting template."""
    rule, before = indicators.rule(number), figures.year - 1
    rows = [
        (name, figure.shown, figures.same(figure, before).shown)
        for name, figure in shown(rule).reported(rule, figures)
    ]
    return Table(
        caption=f"{rule.title}, {figures.year} and {before}",
        head=("Figure", str(figures.year), str(before)),
        rows=tuple(rows),
        numeric=(1, 2),
    )
