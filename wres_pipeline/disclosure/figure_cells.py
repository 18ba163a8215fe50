"""Which count each figure is, which counts it is worked out from, and which sums the counts of a return obey.

The same person stands in several tables: the workforce of indicators 1, 3, 4 and 9 is one count here. Rules
of what is a total of what: the standard's rows of indicator 1 and its checks on a return [recalled].
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from wres_pipeline.disclosure.proof.cells import CellKey
from wres_pipeline.disclosure.rules.policy import RELEASED, Policy
from wres_pipeline.indicators import merged_bands, shapes
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.indicators.shapes import tier_ratio
from wres_pipeline.indicators.shapes.likelihood_ratio import ROLLING
from wres_pipeline.reference import indicators
from wres_pipeline.reference.codes import pay_bands

GROUPS = indicators.rule(indicators.WORKFORCE).grouping.groups
SURVEY = frozenset(indicators.SURVEY)
STAFF, BOARD = "staff", "board"

#: (indicator, measure) of the figures that are counts of people, and the table of counts each belongs to
TABLES: dict[tuple[str, str], str] = {
    (rule.number, measure): table for rule in indicators.REGISTRY for measure, table in rule.cells.items()
}
#: indicator -> (table of those it happened to, table of those it could happen to)
LIKELIHOODS = {
    rule.number: (rule.cells[events], rule.cells[base])
    for rule in map(indicators.rule, indicators.LIKELIHOODS)
    for base, events in (rule.base_and_events,)
}
#: table -> the table that it is a part of, person for person
PART_OF = {part: whole for rule in indicators.REGISTRY for part, whole in rule.part_of.items()}
#: measure of the disparity ratios -> (lower tier, higher tier)
TIERS_OF = tier_ratio.STEPS
#: a total of the board and the two that make it up
BOARD_SPLITS = (("board", ("voting", "non_voting")), ("board", ("executive", "non_executive")))
_CONSULTANTS = pay_bands.BANDS_BY_CLUSTER["medical_and_dental"][0]
_AFC_CLUSTERS = ("clinical", "non_clinical")


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Tie:
    """`total` = the sum of `parts` + whoever is in none of them (`whole`: nobody is, by definition)."""

    total: CellKey
    parts: tuple[CellKey, ...]
    whole: bool = True


_STATE_OF_ALL, _STATE_OF_UNKNOWN = "people", "unknown"


def people_key(organisation: str, day: date, breakdown: str, value: str, state: str) -> CellKey:
    """The count of the staff of a day: of all (`people`), of Unknown ethnicity, or in one state of knowledge.

    breakdown: blank, `cluster`, `band` or another of the data-quality report. On a 31 March the staff and those of Unknown
    ethnicity, whole and by cluster, are counts of that year's return.
    """
    if (day.month, day.day) == (3, 31) and state in (_STATE_OF_ALL, _STATE_OF_UNKNOWN):
        group = "" if state == _STATE_OF_ALL else "Unknown"
        if breakdown in ("", "cluster"):
            return (organisation, str(day.year), "staff", value if breakdown else "", "", group)
    return ("people", organisation, day.isoformat(), "of staff", breakdown, value, state)


def month_ties(keys: Iterable[CellKey]) -> list[tuple[CellKey, tuple[CellKey, ...]]]:
    """A band of the data-quality report is that band of all clusters of the return of the same 31 March."""
    there = set(keys)
    found: list[tuple[CellKey, tuple[CellKey, ...]]] = []
    for key in sorted(key for key in there if len(key) == 7 and key[0] == "people" and key[4] == "band"):
        _, organisation, day, _, _, band, state = key
        if not day.endswith("-03-31") or state not in (_STATE_OF_ALL, _STATE_OF_UNKNOWN):
            continue
        group = "" if state == _STATE_OF_ALL else "Unknown"
        parts = tuple(
            (organisation, day[:4], "staff", cluster, band, group)
            for cluster, bands in pay_bands.BANDS_BY_CLUSTER.items()
            if band in bands
        )
        if parts and all(part in there for part in parts):
            found.append((key, parts))
    return found


def is_count(figure: Figure) -> bool:
    """Whether the figure is a number of people."""
    return figure.unit == "people"


def is_rolling(figure: Figure) -> bool:
    """Whether the figure is an average of two years: all but those it could happen to, which are of one day."""
    return (
        figure.basis == ROLLING
        and TABLES.get((figure.indicator, figure.measure)) != LIKELIHOODS[figure.indicator][1]
    )


def is_decided(key: CellKey, policy: Policy) -> bool:
    """Whether the count is printed as it is by a decision of the body: its board, whose names are public."""
    return policy.board == RELEASED and key[2:3] == ("board",)


def key_of(figure: Figure) -> CellKey:
    """The count that a figure in people is."""
    table = TABLES.get((figure.indicator, figure.measure), f"{figure.indicator}:{figure.measure}")
    cluster, band = figure.cluster, figure.band
    if table == "board" and band == "workforce":
        table, band = "staff", ""
    return (figure.organisation_code, str(figure.reporting_year), table, cluster, band, figure.ethnic_group)


def row_of(figure: Figure) -> CellKey:
    """The row of indicator 1 that a headcount or percentage stands in: what the keys of its counts have in common."""
    return (figure.organisation_code, str(figure.reporting_year), STAFF, figure.cluster, figure.band)


def needs(figure: Figure) -> tuple[CellKey, ...]:
    """The counts that a figure which is not a count is worked out from, as its shape says; none for the staff survey.

    A measure this room does not know is taken to rest on two counts of its own.
    """
    if is_count(figure):
        return ()
    place = (figure.organisation_code, str(figure.reporting_year))
    if figure.indicator in indicators.NUMBERS:
        rule = indicators.rule(figure.indicator)
        if figure.measure in {measure.name for measure in rule.measures}:
            return shapes.shape_of(rule).needs(rule, figure, place)
    own = (*place, f"{figure.indicator}:{figure.measure}", figure.cluster, figure.band, figure.ethnic_group)
    return (*own, "numerator"), (*own, "denominator")


def on_top_first(figure: Figure, reference: T, focus: T) -> tuple[T, T]:
    """What belongs to the two groups of a ratio, that of the group on top first."""
    rule = indicators.rule(figure.indicator)
    on_top = rule.above_and_below[0] == rule.grouping.reference
    return (reference, focus) if on_top else (focus, reference)


def verdict_needs(figure: Figure) -> tuple[CellKey, ...]:
    """The counts beyond its own that a figure's verdict rests on: a band is compared with the rest of the workforce."""
    if figure.indicator != indicators.WORKFORCE or is_count(figure):
        return ()
    place = (figure.organisation_code, str(figure.reporting_year), STAFF, "", "")
    return (*place, figure.ethnic_group), (*place, "")


def bounds_need(figure: Figure) -> tuple[CellKey, ...]:
    """The counts that a figure's bounds are worked out from: its own, with every group beside each."""
    found: dict[CellKey, None] = {}
    for key in needs(figure):
        for group in (key[-1], *GROUPS) if key[-1] in ("", *GROUPS) else (key[-1],):
            found[(*key[:-1], group)] = None
    return tuple(found)


def ties(keys: Iterable[CellKey]) -> list[Tie]:
    """The sums that the counts of one organisation and year obey, over the counts that its figures name."""
    there = set(keys)
    rows = {key[:-1] for key in there if key[-1] in ("", *GROUPS)}
    found = [Tie((*row, ""), tuple((*row, g) for g in GROUPS if (*row, g) in there)) for row in sorted(rows)]
    bands: dict[CellKey, list[str]] = defaultdict(list)
    for row in sorted(rows):
        if (
            row[2] == STAFF
            and row[3]
            and row[4] not in ("", pay_bands.SENIOR_MEDICAL_MANAGER, *merged_bands.rows())
        ):
            bands[row[:4]].append(row[4])
    for group in ("", *GROUPS):
        clusters: dict[CellKey, list[CellKey]] = defaultdict(list)
        for cluster, names in sorted(bands.items()):
            parts = tuple((*cluster, band, group) for band in names)
            total = (*cluster, "", group)
            if total in there:
                found.append(Tie(total, parts))
                parts = (total,)
            clusters[cluster[:3]].extend(parts)
        for whole, members in clusters.items():
            found.append(Tie((*whole, "", "", group), tuple(members)))
        for place in sorted({(row[0], row[1]) for row in rows if row[2] == "board"}):
            for total_band, split in BOARD_SPLITS:
                board = [(*_board_row(place, band), group) for band in (total_band, *split)]
                found.append(Tie(board[0], tuple(board[1:])))
    found += [Tie(key, tier_parts(key)) for key in sorted(there) if key[2] == "tier"]
    found += [Tie(key, merged_parts(key)) for key in sorted(there) if is_merged(key)]
    return [
        Tie(tie.total, tuple(part for part in tie.parts if part in there), _is_whole(tie, there))
        for tie in found
        if tie.total in there and any(part in there for part in tie.parts)
    ]


def limits(keys: Iterable[CellKey]) -> list[tuple[CellKey, CellKey]]:
    """(larger, smaller): counts that cannot exceed another of the same publication."""
    there = set(keys)
    found = []
    for key in sorted(key for key in there if len(key) == 6):
        org, year, table, cluster, band, group = key
        if table in PART_OF:
            found.append(((org, year, PART_OF[table], cluster, band, group), key))
        if table == "staff" and band == pay_bands.SENIOR_MEDICAL_MANAGER:
            found.append(((*key[:4], _CONSULTANTS, group), key))
    return [(larger, smaller) for larger, smaller in found if larger in there]


def years_parts(key: CellKey, added_up: Iterable[int]) -> tuple[CellKey, ...]:
    """The counts of single years that a count of several years together adds up."""
    org, _year, table, cluster, _band, group = key
    return tuple((org, str(year), table, cluster, "", group) for year in added_up)


def is_merged(key: CellKey) -> bool:
    """Whether the count is of several bands of indicator 1 together."""
    return key[2:3] == (STAFF,) and key[4] in merged_bands.rows()


def merged_parts(key: CellKey) -> tuple[CellKey, ...]:
    """The counts of single bands that a count of several bands together adds up."""
    return tuple((*key[:3], cluster, band, key[-1]) for cluster, band in merged_bands.parts(*key[3:5]))


def tier_parts(key: CellKey) -> tuple[CellKey, ...]:
    """The counts that a count of a tier adds up: its bands, or for both clusters together the two tiers."""
    org, year, _table, cluster, tier, group = key
    if not cluster:
        return tuple((org, year, "tier", each, tier, group) for each in _AFC_CLUSTERS)
    return tuple(
        (org, year, "staff", cluster, band, group)
        for band in pay_bands.BANDS_BY_CLUSTER[cluster]
        if pay_bands.tier(band) == tier
    )


def _board_row(place: tuple[str, str], band: str) -> tuple[str, ...]:
    return (*place, "staff", "", "") if band == "workforce" else (*place, "board", "", band)


def _is_whole(tie: Tie, there: set[CellKey]) -> bool:
    # a split by ethnic group is whole only with all three groups; every other sum names all its parts or has
    # a rest
    by_group = tie.total[-1] == "" and all(part[:-1] == tie.total[:-1] for part in tie.parts)
    return all(part in there for part in tie.parts) and (not by_group or len(tie.parts) == len(GROUPS))
