"""The figures a reader looks at first, and what of each a public edition says.

Twenty a year: the share of BME staff; likelihoods and ratio of 2, 3 and 4; White and BME of 5 to 8; the board against the
workforce; the disparity from lower to upper bands over both clusters [ours].
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wres_pipeline.indicators import years_together
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import indicators

SAYS = ("value", "pooled", "range", "words", "nothing")


def is_headline(figure: Figure) -> bool:
    """Whether the figure is one of the twenty."""
    rule = indicators.rule(figure.indicator)
    if rule.shape in (indicators.LIKELIHOOD_RATIO, indicators.SURVEY_PERCENTAGE):
        compared = figure.unit == "percent" and figure.ethnic_group in rule.grouping.compared
        return (compared or figure.unit == "ratio") and not figure.band
    return indicators.Place(*figure.key[3:]) == rule.headline


def says(figure: Figure) -> str:
    """How much is said of a figure: one of SAYS."""
    if figure.state in ("value", "zero"):
        return "value"
    if figure.range_low is not None and figure.range_low == figure.range_high:
        return "value"
    if figure.has(years_together.FLAG):
        return "pooled"
    if figure.range_low is not None or (figure.state == "not_calculable" and figure.bound_low is not None):
        return "range"
    return "words" if figure.verdict or figure.state == "not_calculable" else "nothing"


def count_by_saying(figures: Iterable[Figure], year: int) -> Mapping[str, int]:
    """Of the headline figures of a year that were collected, how many say what."""
    found = dict.fromkeys(SAYS, 0)
    for one in figures:
        if (
            one.reporting_year == year
            and is_headline(one)
            and one.state not in ("not_collected", "not_required")
        ):
            found[says(one)] += 1
    return found
