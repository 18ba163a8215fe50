"""How much likelier one group is to be found in a higher tier of pay than in a lower one, against another group."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from wres_pipeline.indicators.counts import Groups, OrganisationCounts, Workforce
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.indicators.figure_builder import Comparison, FigureBuilder, Result, quotient
from wres_pipeline.reference.codes import pay_bands
from wres_pipeline.statistics import extremes, intervals

if TYPE_CHECKING:
    from wres_pipeline.indicators.shapes import Keys
    from wres_pipeline.reference.indicators import IndicatorRule
    from wres_pipeline.reference.years import ReportingYear

TIERS = ("lower", "middle", "upper")
#: measure → (lower tier, higher tier)
STEPS: dict[str, tuple[str, str]] = {
    "lower_to_middle": ("lower", "middle"),
    "middle_to_upper": ("middle", "upper"),
    "lower_to_upper": ("lower", "upper"),
}
AFC_CLUSTERS = ("clinical", "non_clinical")


def figures(
    maker: FigureBuilder, rule: IndicatorRule, counts: OrganisationCounts, year: ReportingYear, absent: str
) -> Result:
    """The three ratios for clinical, non-clinical and both: (White high ÷ low) ÷ (BME high ÷ low).

    Agenda for Change staff only. Each is an odds ratio, so its interval is the score interval of one.
    """
    result = Result()
    workforce = counts.workforce
    for cluster in (*AFC_CLUSTERS, ""):
        tiers = (
            {tier: _tier(workforce, cluster, tier) for tier in TIERS}
            if workforce and not workforce.only_total
            else {}
        )
        for measure, (low, high) in STEPS.items():
            if not tiers:
                result.figures.append(maker.absent(measure, "ratio", absent, cluster=cluster))
                continue
            lower, higher = tiers[low], tiers[high]
            reference = (higher.white, higher.white + lower.white)
            focus = (higher.bme, higher.bme + lower.bme)
            value = disparity(lower, higher)
            figure = maker.ratio(
                measure,
                value,
                intervals.odds_ratio(reference, focus),
                cluster=cluster,
                bounds=extremes.odds_ratio((*higher,), (*lower,)),
                reason="" if value is not None else f"There are too few people in the {low} or {high} bands.",
            )
            result.figures.append(figure)
            result.comparisons.append(Comparison(figure.key, family(rule, figure), reference, focus))
    return result


def needs(rule: IndicatorRule, figure: Figure, place: tuple[str, str]) -> Keys:
    """The counts of both groups in the two tiers."""
    return tuple(
        (*place, "tier", figure.cluster, tier, group)
        for tier in STEPS[figure.measure]
        for group in rule.grouping.compared
    )


def basis(rule: IndicatorRule, year: ReportingYear) -> str:
    """The same in every year."""
    return ""


def scale(rule: IndicatorRule) -> str:
    """A ratio of odds."""
    return "odds"


def family(rule: IndicatorRule, figure: Figure) -> str:
    """Lower to upper over both clusters is a headline figure; the other eight ratios are a family apart
    [ours].
    """
    whole = (rule.headline.measure, rule.headline.cluster)
    return "headline" if (figure.measure, figure.cluster) == whole else "disparity"


def disparity(lower: Groups, higher: Groups) -> Fraction | None:
    """(White higher ÷ White lower) ÷ (BME higher ÷ BME lower); None for a division by nobody."""
    white, bme = quotient(higher.white, lower.white), quotient(higher.bme, lower.bme)
    return None if white is None or not bme else white / bme


def tier_bands(tier: str) -> frozenset[str]:
    """The Agenda for Change bands of a tier."""
    return _tiers()[tier]


@cache
def _tiers() -> dict[str, frozenset[str]]:
    bands = pay_bands.BANDS_BY_CLUSTER[AFC_CLUSTERS[0]]
    return {tier: frozenset(band for band in bands if pay_bands.tier(band) == tier) for tier in TIERS}


def _tier(workforce: Workforce, cluster: str, tier: str) -> Groups:
    people = Groups()
    for name in (cluster,) if cluster else AFC_CLUSTERS:
        people = people.plus(workforce.where(name, tier_bands(tier)))
    return people
