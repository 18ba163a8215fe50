"""Pay bands added up to wider rows: said where those of single bands cannot be printed.

A row stands among the figures of indicator 1 and names its bands where others name one: `Band 4 and below`. Bands 1 to 4, 5 to 7,
8a and above [ours, after the groups that national reports use]; of each cluster, and of both together with no cluster named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cache

from wres_pipeline.indicators.figure import Figure
from wres_pipeline.indicators.figure_builder import FigureBuilder, in_percent
from wres_pipeline.indicators.shapes.headcount_by_band import HEADCOUNT, PERCENTAGE
from wres_pipeline.indicators.shapes.tier_ratio import AFC_CLUSTERS
from wres_pipeline.reference import indicators
from wres_pipeline.reference.codes import pay_bands
from wres_pipeline.statistics import extremes

CLUSTERS = ("non_clinical", "clinical", "")
"""Those whose bands are added up; blank: both together."""
UPPER = "Band 8a and above"
_LAST = {"Band 4 and below": "Band 4", "Bands 5 to 7": "Band 7", UPPER: "VSM"}


@cache
def rows() -> Mapping[str, tuple[str, ...]]:
    """Name of each wider row, from the lowest -> its bands."""
    bands = pay_bands.BANDS_BY_CLUSTER[AFC_CLUSTERS[0]]
    found, first = {}, 0
    for name, last in _LAST.items():
        end = bands.index(last) + 1
        found[name], first = tuple(bands[first:end]), end
    return found


def parts(cluster: str, band: str) -> tuple[tuple[str, str], ...]:
    """(cluster, band) of the rows that a wider row adds up; none of any other row."""
    within = (cluster,) if cluster else AFC_CLUSTERS
    return tuple((each, one) for each in within for one in rows().get(band, ()))


def is_merged(figure: Figure) -> bool:
    """Whether the figure is of several bands together."""
    return figure.indicator == indicators.WORKFORCE and figure.band in rows()


def is_headcount_of_all(figure: Figure) -> bool:
    """Whether the figure is the headcount of a wider row, of which every such row has one."""
    return is_merged(figure) and figure.measure == HEADCOUNT and not figure.ethnic_group


def figures(of: Sequence[Figure]) -> list[Figure]:
    """The wider rows of every organisation and year whose bands are all told; rows that nobody is in are left out."""
    rule = indicators.rule(indicators.WORKFORCE)
    groups = (*rule.grouping.groups, "")
    people: dict[tuple[str, int], dict[tuple[str, str, str], Figure]] = {}
    for one in of:
        if (one.indicator, one.measure) == (rule.number, HEADCOUNT) and one.state in ("value", "zero"):
            where = people.setdefault((one.organisation_code, one.reporting_year), {})
            where[one.cluster, one.band, one.ethnic_group] = one
    made: list[Figure] = []
    for place, there in people.items():
        for cluster in CLUSTERS:
            for band in rows():
                cells = {
                    group: [there.get((*part, group)) for part in parts(cluster, band)] for group in groups
                }
                if all(None not in each for each in cells.values()):
                    made += _row(
                        place, cluster, band, {group: _sum(each) for group, each in cells.items()}, there
                    )
    return made


def _sum(cells: Iterable[Figure | None]) -> int:
    return sum(int(Fraction(one.value or 0)) for one in cells if one is not None)


def _row(
    place: tuple[str, int],
    cluster: str,
    band: str,
    counts: Mapping[str, int],
    there: Mapping[tuple[str, str, str], Figure],
) -> list[Figure]:
    rule = indicators.rule(indicators.WORKFORCE)
    everybody, unknown = counts[""], counts[rule.grouping.unknown]
    if not everybody:
        return []
    first = there[(*parts(cluster, band)[0], "")]
    maker = FigureBuilder(*place, rule.number, first.rule_version, first.deliveries, first.basis)
    made = [
        maker.people(HEADCOUNT, count, cluster=cluster, band=band, group=group, unknown=unknown)
        for group, count in counts.items()
    ]
    for group in rule.grouping.groups:
        open_ends = extremes.share(counts[group], unknown, everybody)
        bounds = (None, None) if group == rule.grouping.unknown else in_percent(open_ends)
        made.append(
            maker.share(
                PERCENTAGE, counts[group], everybody, cluster=cluster, band=band, group=group, bounds=bounds
            )
        )
    return made
