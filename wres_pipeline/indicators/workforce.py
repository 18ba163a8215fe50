"""Indicator 1 and the race disparity ratios, from the headcount by cluster and band."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from wres_pipeline.indicators.counts import ALL, BME, GROUPS, WHITE, Groups, Workforce
from wres_pipeline.indicators.figure_builder import Comparison, FigureBuilder, Result, in_percent, quotient
from wres_pipeline.reference.codes import pay_bands
from wres_pipeline.statistics import extremes, intervals

TIERS = ("lower", "middle", "upper")
#: measure → (lower tier, higher tier)
STEPS: dict[str, tuple[str, str]] = {
    "lower_to_middle": ("lower", "middle"),
    "middle_to_upper": ("middle", "upper"),
    "lower_to_upper": ("lower", "upper"),
}
AFC_CLUSTERS = ("clinical", "non_clinical")


def rows() -> list[tuple[str, str]]:
    """(cluster, band) of every row of indicator 1 in printing order; a blank band is a cluster's total."""
    found: list[tuple[str, str]] = []
    for cluster, bands in pay_bands.BANDS_BY_CLUSTER.items():
        for place, band in enumerate(bands):
            found.append((cluster, band))
            if cluster == pay_bands.MEDICAL and place == 0:
                found.append((cluster, pay_bands.SENIOR_MEDICAL_MANAGER))
        found.append((cluster, ""))
    found.append(("", ""))
    return found


def indicator_1(maker: FigureBuilder, workforce: Workforce | None, absent: str) -> Result:
    """Headcount and percentage of every band, cluster and the whole workforce, by ethnic group.

    Percentages are of the row's whole headcount, Unknown included. The percentage of BME staff in a band is
    compared with the rest of the workforce; the subset of senior medical managers and the totals are not.
    `absent` is the state of every figure where there is no staff list.
    """
    result = Result()
    whole = workforce.total if workforce else Groups()
    for cluster, band in rows():
        if workforce is None or (workforce.only_total and (cluster or band)):
            for group in (*GROUPS, ALL):
                result.figures.append(
                    maker.absent("headcount", "people", absent, cluster=cluster, band=band, group=group)
                )
            for group in GROUPS:
                result.figures.append(
                    maker.absent("percentage", "percent", absent, cluster=cluster, band=band, group=group)
                )
            continue
        people = _row(workforce, cluster, band)
        note = _not_placed(workforce, cluster, band)
        for group in (*GROUPS, ALL):
            result.figures.append(
                maker.people(
                    "headcount",
                    people.of(group),
                    cluster=cluster,
                    band=band,
                    group=group,
                    unknown=people.unknown,
                    note=note,
                )
            )
        for group in GROUPS:
            figure = maker.share(
                "percentage",
                people.of(group),
                people.total,
                cluster=cluster,
                band=band,
                group=group,
                bounds=(None, None)
                if group not in (WHITE, BME)
                else in_percent(extremes.share(people.of(group), people.unknown, people.total)),
                note=note,
            )
            result.figures.append(figure)
            if group == BME and band and band != pay_bands.SENIOR_MEDICAL_MANAGER:
                rest = (whole.bme - people.bme, whole.total - people.total)
                result.comparisons.append(
                    Comparison(figure.key, "breakdowns", rest, (people.bme, people.total))
                )
    return result


def race_disparity(maker: FigureBuilder, workforce: Workforce | None, absent: str) -> Result:
    """The three ratios for clinical, non-clinical and both: (White high ÷ low) ÷ (BME high ÷ low).

    Agenda for Change staff only. Each is an odds ratio, so its interval is the score interval of one.
    """
    result = Result()
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
            white = (higher.white, higher.white + lower.white)
            bme = (higher.bme, higher.bme + lower.bme)
            value = disparity(lower, higher)
            figure = maker.ratio(
                measure,
                value,
                intervals.odds_ratio(white, bme),
                cluster=cluster,
                bounds=extremes.odds_ratio((*higher,), (*lower,)),
                note="" if value is not None else f"There are too few people in the {low} or {high} bands.",
            )
            result.figures.append(figure)
            result.comparisons.append(Comparison(figure.key, disparity_family(measure, cluster), white, bme))
    return result


def disparity_family(measure: str, cluster: str) -> str:
    """Lower to upper over both clusters is a headline figure; the other eight ratios are a family apart
    [ours].
    """
    return "headline" if (measure, cluster) == ("lower_to_upper", "") else "disparity"


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


def _row(workforce: Workforce, cluster: str, band: str) -> Groups:
    if band == pay_bands.SENIOR_MEDICAL_MANAGER:
        return workforce.senior_medical
    if band:
        return workforce.cells.get((cluster, band), Groups())
    return workforce.where(cluster or None)


def _not_placed(workforce: Workforce, cluster: str, band: str) -> str:
    """What a total holds that none of its rows does: people whose staff group or pay scale no list knows.

    No count in it: a note is printed beside figures that may have to be withheld; the count is among the left
    out.
    """
    if band:
        return ""
    if cluster:
        known = frozenset(pay_bands.BANDS_BY_CLUSTER[cluster])
        if workforce.where(cluster).total != workforce.where(cluster, known).total:
            return "Holds people on a pay scale that no list knows: in this total, in no band."
        return ""
    if not workforce.only_total and workforce.total.total != sum(
        workforce.where(name).total for name in pay_bands.BANDS_BY_CLUSTER
    ):
        return "Holds people of a staff group that no list knows: in this total, in no cluster."
    return ""
