"""Workforce, leadership and board against the residents the organisation serves.

Leadership is Agenda for Change band 8a and above with very senior managers, both clusters [ours, after the
tiers of the race disparity ratio]. Unknown ethnicity stays in the denominator, as in indicator 9, and its
effect is shown. Parity is the smallest whole number of BME people at which their share is at least the
residents' share [ours].
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from wres_pipeline.commissioner.figure import CommissioningFigure, figure
from wres_pipeline.indicators.figure import Figure, half_up, number_shown
from wres_pipeline.reference import indicators
from wres_pipeline.reference.codes import pay_bands
from wres_pipeline.reference.codes.ethnicity import GROUPS
from wres_pipeline.reference.population import Residents
from wres_pipeline.statistics.intervals import wilson

LEADERSHIP_CLUSTERS = ("non_clinical", "clinical")
LEADERSHIP_TIER = "upper"

SAME = "cannot be told apart from the residents' share"
BELOW = "below the residents' share"
ABOVE = "above the residents' share"
DEPENDS = "below the residents' share, unless many of Unknown ethnicity are BME"
NOBODY = "cannot be worked out"


@dataclass(frozen=True, slots=True)
class Makeup:
    """Head-counts by ethnic group of one body of people; `state` says why there are none."""

    body: str
    counts: Mapping[str, int]
    state: str = "value"

    @property
    def people(self) -> int:
        """Everybody, Unknown included."""
        return sum(self.counts.get(group, 0) for group in GROUPS)


@dataclass(frozen=True, slots=True)
class Parity:
    """`expected` people (not a whole number) would be the residents' share; `needed` whole ones, `more`
    than now.
    """

    expected: Fraction
    needed: int
    more: int


def parity(bme: int, people: int, residents_bme: int, residents: int) -> Parity:
    """BME people a body of `people` needs for the residents' share, and how many more than it has.

    Raises ValueError when there are no residents.
    """
    if residents <= 0:
        raise ValueError("parity needs residents")
    expected = Fraction(people * residents_bme, residents)
    needed = ceil(expected)
    return Parity(expected, needed, max(0, needed - bme))


def makeups(figures: Sequence[Figure]) -> list[Makeup]:
    """Workforce, leadership and board of one organisation and year, from its figures of indicators 1 and 9.

    Given protected figures it works with what the public edition shows: where a count it needs is withheld,
    so is the result, and nothing can be learnt from it that the figures do not say.
    """
    headcount = {
        (one.indicator, one.cluster, one.band, one.ethnic_group): one
        for one in figures
        if one.measure == "headcount"
    }
    upper = [band for band in _bands() if pay_bands.tier(band) == LEADERSHIP_TIER]
    return [
        _sum("workforce", [[headcount.get((indicators.WORKFORCE, "", "", group))] for group in GROUPS]),
        _sum(
            "leadership",
            [
                [
                    headcount.get((indicators.WORKFORCE, cluster, band, group))
                    for cluster in LEADERSHIP_CLUSTERS
                    for band in upper
                ]
                for group in GROUPS
            ],
        ),
        _sum("board", [[headcount.get((indicators.BOARD, "", "board", group))] for group in GROUPS]),
    ]


def _bands() -> list[str]:
    return list(
        dict.fromkeys(band for cluster in LEADERSHIP_CLUSTERS for band in pay_bands.BANDS_BY_CLUSTER[cluster])
    )


def _sum(body: str, by_group: list[list[Figure | None]]) -> Makeup:
    everything = [one for group in by_group for one in group]
    present = [one for one in everything if one is not None]
    if not present:
        return Makeup(body, {}, "not_collected")
    for state in ("withheld", "not_collected", "not_required", "not_calculable"):
        if any(one.state == state for one in present):
            return Makeup(body, {}, state)
    return Makeup(
        body,
        {
            name: int(sum(Fraction(one.value or 0) for one in group if one is not None))
            for name, group in zip(GROUPS, by_group, strict=True)
        },
    )


def figures(
    organisation_code: str,
    reporting_year: int,
    bodies: Sequence[Makeup],
    residents: Residents | None,
    why: str = "",
) -> list[CommissioningFigure]:
    """Rows per body: BME share, people needed for parity; and the residents' own row.

    Without residents (`why` says the reason) the shares stand and the comparison is not collected.
    """
    area = " and ".join(residents.areas) if residents else "residents"
    share = Fraction(residents.bme, residents.residents) if residents else None
    rows = [
        figure(
            organisation_code,
            reporting_year,
            "population",
            "residents",
            "bme_share",
            value=100 * share if share is not None else None,
            state="" if share is not None else "not_collected",
            ethnic_group="BME",
            numerator=residents.bme if residents else None,
            denominator=residents.residents if residents else None,
            subject_name=area,
            source=residents.source if residents else "",
            note="Residents of all ages."
            if residents and residents.ages == "all"
            else (f"Residents aged {residents.ages}." if residents else why),
        )
    ]
    for body in bodies:
        rows += _body(organisation_code, reporting_year, body, residents, share, why)
    return rows


def _body(
    organisation_code: str,
    reporting_year: int,
    body: Makeup,
    residents: Residents | None,
    share: Fraction | None,
    why: str,
) -> list[CommissioningFigure]:
    bme, people, unknown = body.counts.get("BME", 0), body.people, body.counts.get("Unknown", 0)
    known = body.state == "value" and people > 0
    state = body.state if body.state != "value" else ("" if people else "not_calculable")
    low, high = wilson(bme, people) if known else (None, None)
    shown_share = figure(
        organisation_code,
        reporting_year,
        "population",
        body.body,
        "bme_share",
        value=100 * Fraction(bme, people) if known else None,
        state=state,
        ethnic_group="BME",
        numerator=bme if known else None,
        denominator=people if known else None,
        interval_low=None if low is None else 100 * low,
        interval_high=None if high is None else 100 * high,
        verdict=verdict(body.counts, share) if known and share is not None else "",
        note=_unknown_words(bme, unknown, people) if known else "",
        subject_name=body.body,
    )
    if residents is None or not known:
        needed = figure(
            organisation_code,
            reporting_year,
            "population",
            body.body,
            "parity_more",
            unit="people",
            state=state or "not_collected",
            ethnic_group="BME",
            note="" if state else why,
            subject_name=body.body,
        )
        return [shown_share, needed]
    found = parity(bme, people, residents.bme, residents.residents)
    exact = half_up(found.expected, 1)
    needed = figure(
        organisation_code,
        reporting_year,
        "population",
        body.body,
        "parity_more",
        value=found.more,
        unit="people",
        ethnic_group="BME",
        numerator=bme,
        denominator=people,
        note=f"The residents' share of {people:,} is {exact}: it takes {found.needed:,}; there are {bme:,}.",
        subject_name=body.body,
    )
    return [shown_share, needed]


def verdict(counts: Mapping[str, int], share: Fraction) -> str:
    """The BME share against the residents' share, by Wilson's 95% interval; Unknown counted both ways
    before `below`.
    """
    people = sum(counts.get(group, 0) for group in GROUPS)
    if not people:
        return NOBODY
    low, high = wilson(counts.get("BME", 0), people)
    assert low is not None and high is not None
    if low > share:
        return ABOVE
    if high >= share:
        return SAME
    _, highest = wilson(counts.get("BME", 0) + counts.get("Unknown", 0), people)
    assert highest is not None
    return BELOW if highest < share else DEPENDS


def _unknown_words(bme: int, unknown: int, people: int) -> str:
    if not unknown:
        return ""
    low, high = 100 * Fraction(bme, people), 100 * Fraction(bme + unknown, people)
    return (
        f"Between {number_shown(low, 'percent')} and {number_shown(high, 'percent')}, whatever the ethnicity "
        "of those of whom it is not known."
    )
