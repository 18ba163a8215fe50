"""Headcount and share of each group in every pay band, and in the whole workforce."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wres_pipeline.indicators.counts import ALL, Groups, OrganisationCounts, Workforce
from wres_pipeline.indicators.figure import UNPLACED, Figure
from wres_pipeline.indicators.figure_builder import Comparison, FigureBuilder, Result, in_percent
from wres_pipeline.reference.codes import pay_bands
from wres_pipeline.statistics import extremes

if TYPE_CHECKING:
    from wres_pipeline.indicators.shapes import Keys
    from wres_pipeline.reference.indicators import IndicatorRule
    from wres_pipeline.reference.years import ReportingYear

HEADCOUNT, PERCENTAGE = "headcount", "percentage"


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


def figures(
    maker: FigureBuilder, rule: IndicatorRule, counts: OrganisationCounts, year: ReportingYear, absent: str
) -> Result:
    """Headcount and percentage of every band, cluster and the whole workforce, by group.

    Percentages are of the row's whole headcount, Unknown included. The percentage of BME staff in a band is
    compared with the rest of the workforce; the subset of senior medical managers and the totals are not.
    `absent` is the state of every figure where there is no staff list.
    """
    result = Result()
    for cluster, band in rows():
        if counts.workforce is None or (counts.workforce.only_total and (cluster or band)):
            _absent(result, maker, rule, absent, cluster, band)
        else:
            _present(result, maker, rule, counts.workforce, cluster, band)
    return result


def _absent(
    result: Result, maker: FigureBuilder, rule: IndicatorRule, state: str, cluster: str, band: str
) -> None:
    groups = rule.grouping.groups
    for measure, unit, of in ((HEADCOUNT, "people", (*groups, ALL)), (PERCENTAGE, "percent", groups)):
        for group in of:
            result.figures.append(maker.absent(measure, unit, state, cluster=cluster, band=band, group=group))


def _present(
    result: Result, maker: FigureBuilder, rule: IndicatorRule, workforce: Workforce, cluster: str, band: str
) -> None:
    grouping, whole = rule.grouping, workforce.total
    people = _row(workforce, cluster, band)
    note = _not_placed(workforce, cluster, band)
    flags = UNPLACED if note else ""
    for group in (*grouping.groups, ALL):
        result.figures.append(
            maker.people(
                HEADCOUNT,
                people.of(group, grouping),
                cluster=cluster,
                band=band,
                group=group,
                unknown=people.unknown,
                note=note,
                flags=flags,
            )
        )
    for group in grouping.groups:
        count = people.of(group, grouping)
        figure = maker.share(
            PERCENTAGE,
            count,
            people.total,
            cluster=cluster,
            band=band,
            group=group,
            bounds=(None, None)
            if group == grouping.unknown
            else in_percent(extremes.share(count, people.unknown, people.total)),
            note=note,
            flags=flags,
        )
        result.figures.append(figure)
        if group == grouping.focus and band and band != pay_bands.SENIOR_MEDICAL_MANAGER:
            rest = (whole.of(group, grouping) - count, whole.total - people.total)
            result.comparisons.append(Comparison(figure.key, "breakdowns", rest, (count, people.total)))


def needs(rule: IndicatorRule, figure: Figure, place: tuple[str, str]) -> Keys:
    """The group's count in the row, and the row's headcount."""
    row = (*place, rule.cells[HEADCOUNT], figure.cluster, figure.band)
    return (*row, figure.ethnic_group), (*row, "")


def basis(rule: IndicatorRule, year: ReportingYear) -> str:
    """The same in every year."""
    return ""


def scale(rule: IndicatorRule) -> str:
    """Percentage points."""
    return "points"


def family(rule: IndicatorRule, figure: Figure) -> str:
    """The whole workforce is a headline; a cluster or a band is not."""
    return "breakdowns" if figure.cluster or figure.band else "headline"


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
