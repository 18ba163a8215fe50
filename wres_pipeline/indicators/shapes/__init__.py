"""The shapes of indicators: what is worked out of each, and which counts every figure of it rests on.

A shape gives `figures` (with the comparisons behind their verdicts), `needs` (the counts a figure that is no count itself is
worked out from, as disclosure control knows them), `basis` (the definition behind its figures in a year), `scale` (how two
groups are compared: `ratio`, `odds` or `points`) and `family` (which comparisons or changes a figure shares its chance of a
false word with). What is shown of it stands in `reports/site/shapes/`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from wres_pipeline.indicators.shapes import (
    difference_of_shares,
    headcount_by_band,
    likelihood_ratio,
    survey_percentage,
    tier_ratio,
)
from wres_pipeline.reference import indicators

if TYPE_CHECKING:
    from wres_pipeline.indicators.counts import OrganisationCounts
    from wres_pipeline.indicators.figure import Figure
    from wres_pipeline.indicators.figure_builder import FigureBuilder, Result
    from wres_pipeline.reference.indicators import IndicatorRule
    from wres_pipeline.reference.years import ReportingYear

Keys = tuple[tuple[str, ...], ...]
"""Counts, each as (organisation, year, table, cluster, band, group)."""


class Shape(Protocol):
    """What every shape gives."""

    def figures(
        self,
        maker: FigureBuilder,
        rule: IndicatorRule,
        counts: OrganisationCounts,
        year: ReportingYear,
        absent: str,
    ) -> Result:
        """Its figures, and the comparisons of groups behind them."""

    def needs(self, rule: IndicatorRule, figure: Figure, place: tuple[str, str]) -> Keys:
        """The counts that a figure which is no count is worked out from; place: organisation and year."""

    def basis(self, rule: IndicatorRule, year: ReportingYear) -> str:
        """The definition behind its figures of a year; "" where there is but one."""

    def scale(self, rule: IndicatorRule) -> str:
        """On which scale two groups are compared: `ratio`, `odds` or `points`."""

    def family(self, rule: IndicatorRule, figure: Figure) -> str:
        """The comparisons, or changes, that a figure shares its chance of a false word with."""


_SHAPES = {
    indicators.HEADCOUNT_BY_BAND: headcount_by_band,
    indicators.LIKELIHOOD_RATIO: likelihood_ratio,
    indicators.SURVEY_PERCENTAGE: survey_percentage,
    indicators.DIFFERENCE_OF_SHARES: difference_of_shares,
    indicators.TIER_RATIO: tier_ratio,
}


def shape_of(rule: IndicatorRule) -> Shape:
    """The shape of an indicator."""
    return cast("Shape", _SHAPES[rule.shape])
