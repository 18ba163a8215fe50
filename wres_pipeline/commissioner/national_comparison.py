"""An organisation's own indicators beside the national values of the year, where one was published.

The national values held are those of NHS trusts; a commissioning body is another kind of
organisation, and every row says so. Not every indicator has a value in every year.
"""

from __future__ import annotations

from collections.abc import Sequence

from wres_pipeline.commissioner.figure import CommissioningFigure, figure
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import indicators, national
from wres_pipeline.reference.national import NationalValue

SECTION = "national"
WITHIN = "cannot be told apart from the national figure"
ABOVE = "above the national figure"
BELOW = "below the national figure"
NO_INTERVAL = "no interval to compare with"


def figures(organisation_code: str, reporting_year: int, own: Sequence[Figure]) -> list[CommissioningFigure]:
    """A row for each national value of the year: the national value, with the own figure's verdict
    beside it.

    The verdict compares the national value with the own figure's 95% interval.
    """
    rows = []
    for value in national.values():
        if value.reporting_year != reporting_year:
            continue
        mine = _matching(own, value)
        rows.append(
            figure(
                organisation_code,
                reporting_year,
                SECTION,
                organisation_code,
                value.measure,
                value=float(value.value),
                unit=value.unit,
                places=value.places,
                breakdown=value.indicator,
                ethnic_group=value.ethnic_group,
                interval_low=mine.interval_low if mine else None,
                interval_high=mine.interval_high if mine else None,
                verdict=verdict(mine, float(value.value), 0.5 * 10**-value.places),
                note=f"{value.scope}.",
                own_shown=mine.shown if mine else "not there",
                source=f"{value.source}: {value.address}",
            )
        )
    return rows


def _matching(own: Sequence[Figure], value: NationalValue) -> Figure | None:
    band = indicators.rule(value.indicator).headline.band
    for one in own:
        if (one.indicator, one.measure, one.cluster, one.band, one.ethnic_group) == (
            value.indicator,
            value.measure,
            "",
            band,
            value.ethnic_group,
        ):
            return one
    return None


def verdict(mine: Figure | None, value: float, rounding: float = 0.0) -> str:
    """Whether the own figure differs from a national value, by its own interval; its state when it
    has no value. rounding: how far the printed value may be from the exact one.
    """
    if mine is None:
        return "not collected"
    if mine.state not in ("value", "zero"):
        return mine.shown
    if mine.interval_low is None and mine.interval_high is None:
        return NO_INTERVAL
    if mine.interval_high is not None and mine.interval_high < value - rounding:
        return BELOW
    if mine.interval_low is not None and mine.interval_low > value + rounding:
        return ABOVE
    return WITHIN
