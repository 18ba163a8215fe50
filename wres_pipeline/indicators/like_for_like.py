"""Like compared with like: indicator 2 within vacancies, indicators 3 and 4 within cluster and band.

A pooled ratio mixes posts of different competition and staff of different work: a fair body can show 1.3. Within
vacancies, or bands, it shows 1.0. Offers that were turned down are counted as appointments in a row of their own, as
nobody has seen whether they count. For the internal edition: these rows rest on counts that disclosure control has not
looked at. Rules [ours]; rates simulated in docs/evidence/like_for_like.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from wres_pipeline.extracts.canonical import pay_banding
from wres_pipeline.indicators.counts import BME, WHITE, Groups
from wres_pipeline.indicators.figure import shown_text, state_of
from wres_pipeline.reference import indicators
from wres_pipeline.reference.codes import pay_bands
from wres_pipeline.reference.margins import Margins, in_force
from wres_pipeline.statistics import intervals
from wres_pipeline.statistics.stratified import Stratum, Unit, WithinStrata, mantel_haenszel, within_strata
from wres_pipeline.statistics.verdict_rule import TOO_FEW, by_interval, untested

if TYPE_CHECKING:
    from wres_pipeline.reference.local import LocalMappings

POOLED, WITHIN_VACANCIES, WITHIN_BANDS = "pooled", "within vacancies", "within cluster and band"
OFFERS = "offers turned down counted as appointments"
NO_PROGRAMMES = "without international recruitment"
INTERNAL, EXTERNAL = "internal applicants", "external applicants"
#: strata that must tell something before a ratio within strata has a word
FEWEST_TELLING = 5
Place = tuple[str, str]


class Application(NamedTuple):
    """A shortlisted application: vacancy (None where TRAC names none) and person as numbers, and what it is of."""

    vacancy: int | None
    person: int
    group: str
    appointed: bool
    offered: bool
    internal: bool | None
    international: bool | None
    staff_group: str | None
    pay_scale: str | None


@dataclass(frozen=True, slots=True)
class LikeForLike:
    """A ratio, pooled or within strata: a row of `like_for_like`; its direction is that of the indicator's ratio."""

    organisation_code: str
    reporting_year: int
    indicator: str
    compared: str
    subset: str
    numerator_above: int
    trials_above: int
    numerator_below: int
    trials_below: int
    telling: int | None = None
    value: float | None = None
    state: str = "not_calculable"
    interval_low: float | None = None
    interval_high: float | None = None
    verdict: str = ""
    shown: str = ""
    note: str = ""


def of_applications(
    organisation_code: str, year: int, applications: Sequence[Application], own: LocalMappings | None = None
) -> list[LikeForLike]:
    """Indicator 2: pooled and within vacancies, for all applications and for each part that both groups stand in."""
    known = [one for one in applications if one.group in (WHITE, BME)]
    if not known:
        return []
    made = []
    for subset, of in _subsets(known, own).items():
        if not subset or _enough(of):
            made += _pair(organisation_code, year, subset, of, offers=False)
    declined = [one for one in known if one.offered and not one.appointed]
    if declined:
        made += _pair(organisation_code, year, OFFERS, known, offers=True)
    return made


def _enough(of: Sequence[Application]) -> bool:
    white, bme = (
        (sum(one.appointed for one in of if one.group == group), sum(one.group == group for one in of))
        for group in (WHITE, BME)
    )
    return not untested(white, bme)


def _subsets(known: Sequence[Application], own: LocalMappings | None) -> dict[str, list[Application]]:
    found: dict[str, list[Application]] = {"": list(known)}
    if any(one.international for one in known):
        found[NO_PROGRAMMES] = [one for one in known if not one.international]
    if any(one.internal is not None for one in known):
        found[INTERNAL] = [one for one in known if one.internal]
        found[EXTERNAL] = [one for one in known if one.internal is False]
    clusters: dict[str, list[Application]] = defaultdict(list)
    bands: dict[str, list[Application]] = defaultdict(list)
    for one in known:
        place = pay_banding.place(
            one.staff_group, one.pay_scale, own.staff_groups if own else None, own.pay_scales if own else None
        )
        clusters[place.cluster].append(one)
        bands[place.band].append(one)
    for cluster in pay_bands.BANDS_BY_CLUSTER:
        if clusters.get(cluster):
            found[cluster] = clusters[cluster]
    for band in dict.fromkeys(band for bands_of in pay_bands.BANDS_BY_CLUSTER.values() for band in bands_of):
        if bands.get(band):
            found[band] = bands[band]
    return found


def _pair(
    organisation_code: str, year: int, subset: str, of: Sequence[Application], *, offers: bool
) -> list[LikeForLike]:
    units = [
        Unit(one.vacancy, one.person, one.group == WHITE, one.offered if offers else one.appointed)
        for one in of
    ]
    white, bme = (_counted(units, above=above) for above in (True, False))
    placed = [one for one in units if one.stratum is not None]
    lost = len(units) - len(placed)
    note = f"{lost} applications without a vacancy are in the pooled ratio alone." if lost else ""
    ((number, _),) = indicators.counting("shortlisted")
    base = LikeForLike(organisation_code, year, number, POOLED, subset, *white, *bme)
    within = LikeForLike(
        organisation_code,
        year,
        number,
        WITHIN_VACANCIES,
        subset,
        *_counted(placed, above=True),
        *_counted(placed, above=False),
        note=note,
    )
    return [_pooled(base), _within(within, within_strata(placed))]


def of_staff(
    organisation_code: str,
    year: int,
    indicator: str,
    workforce: Mapping[Place, Groups],
    happened: Mapping[Place, Groups],
    *,
    years: int = 1,
) -> list[LikeForLike]:
    """Indicator 3 or 4: pooled over the same people, and within each cluster and band."""
    above, below = indicators.rule(indicator).above_and_below
    strata = []
    for place, people in workforce.items():
        if place[1] == pay_banding.UNMAPPED:
            continue
        done = happened.get(place, Groups())
        strata.append(
            Stratum((done.of(above), people.of(above) * years), (done.of(below), people.of(below) * years))
        )
    sums = [
        sum(pick(one) for one in strata)
        for pick in (
            lambda s: s.above[0],
            lambda s: s.above[1],
            lambda s: s.below[0],
            lambda s: s.below[1],
        )
    ]
    if not sums[1] or not sums[3]:
        return []
    base = LikeForLike(organisation_code, year, indicator, POOLED, "", *sums)
    note = "People on no known pay scale, and cases of people no staff list knows, are left out of both."
    return [
        _pooled(replace(base, note=note)),
        _within(replace(base, compared=WITHIN_BANDS, note=note), mantel_haenszel(strata)),
    ]


def _counted(units: Iterable[Unit], *, above: bool) -> tuple[int, int]:
    of = [one.success for one in units if one.above == above]
    return sum(of), len(of)


def _pooled(row: LikeForLike) -> LikeForLike:
    above, below = (row.numerator_above, row.trials_above), (row.numerator_below, row.trials_below)
    value = None
    if above[1] and below[1] and below[0]:
        value = above[0] * below[1] / (above[1] * below[0])
    return _judged(row, value, intervals.koopman(above, below), enough=not untested(above, below))


def _within(row: LikeForLike, found: WithinStrata) -> LikeForLike:
    above, below = (row.numerator_above, row.trials_above), (row.numerator_below, row.trials_below)
    enough = not untested(above, below) and found.telling >= FEWEST_TELLING
    return _judged(replace(row, telling=found.telling), found.ratio, found.interval, enough=enough)


def _judged(
    row: LikeForLike, value: float | None, interval: intervals.Interval, *, enough: bool
) -> LikeForLike:
    state = state_of(value)
    row = replace(
        row,
        value=value,
        state=state,
        interval_low=interval[0],
        interval_high=interval[1],
        verdict="" if enough else TOO_FEW,
        shown=shown_text(value, "ratio", state),
    )
    return judged(row)


def judged(row: LikeForLike, own: Margins | None = None) -> LikeForLike:
    """The row with the word its interval has within the margin in force; too few stays."""
    margin = in_force(row.indicator, own)
    word = by_interval(
        (row.interval_low, row.interval_high), (margin.low, margin.high), 1.0, enough=row.verdict != TOO_FEW
    )
    return replace(row, verdict=word)
