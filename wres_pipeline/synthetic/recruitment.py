"""Vacancies and applications: who applied, how far each came and when, and which starter is which member
of staff.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from wres_pipeline.synthetic import catalogue, people, slips
from wres_pipeline.synthetic.catalogue import Indexes, Texts
from wres_pipeline.synthetic.people import Dates, People, Random, Slips
from wres_pipeline.synthetic.spec import OrganisationSpec
from wres_pipeline.synthetic.staff import LATEST_START, NEVER, SUBSTANTIVE, Mask, Staff, draw_ethnicity

STARTER, MOVER, WITHDREW, NEVER_ENTERED, LOSER = range(5)
OUTCOMES = ("rejected", "withdrawn_early", "outcome", "reserve", "absent", "withdrawn", "declined", "won")
REJECTED, WITHDRAWN_EARLY, OUTCOME, RESERVE, ABSENT, WITHDRAWN, DECLINED, WON = range(len(OUTCOMES))
SHORTLISTED_FATES = ((OUTCOME, 0.70), (RESERVE, 0.08), (ABSENT, 0.09), (WITHDRAWN, 0.08), (DECLINED, 0.05))
SHORTLISTED_WHITE, SHORTLISTED_BME = 0.27, 0.20
UNDISCLOSED = 0.05
REPEATS = 0.75
INTERNAL = 0.07
TRAC_KEEPS = np.timedelta64(400, "D")
TRAC_KEEPS_STARTED = np.timedelta64(200, "D")


@dataclass(slots=True)
class Applications:
    """One element an application. `member` is a position in the staff (-1: not of the staff); `identity`
    in `persons`.

    Events that never happen are NaT. `said` is what was declared in TRAC. `role` says what kind of winner
    (or loser).
    """

    persons: People
    identity: Indexes
    member: Indexes
    role: Indexes
    outcome: Indexes
    vacancy: Indexes
    post: Indexes
    applied: Dates
    shortlisted: Dates
    interviewed: Dates
    offered: Dates
    appointed: Dates
    starts: Dates
    withdrew: Dates
    said: Indexes
    internal: Mask
    international: Mask
    through_nhs_jobs: Mask
    application_id: Texts
    vacancy_reference: Texts
    deletes: bool = True

    def __len__(self) -> int:
        return len(self.identity)

    def held_at(self, day: np.datetime64) -> Indexes:
        """What TRAC holds on a day; where it deletes, nothing submitted 400 days ago, nobody who started
        200 days ago.
        """
        if not self.deletes:
            return np.flatnonzero(self.applied <= day)
        started = np.where(self.appointed <= day, self.starts, NEVER)
        gone = (self.applied <= day - TRAC_KEEPS) | (started <= day - TRAC_KEEPS_STARTED)
        return np.flatnonzero((self.applied <= day) & ~gone)


def simulate(rng: Random, spec: OrganisationSpec, staff: Staff) -> Applications:
    """The applications of the spec's years; chooses the internal movers and promotes them in `staff`."""
    first, last = np.datetime64(spec.first_day, "D"), np.datetime64(spec.last_day, "D")
    starters = np.flatnonzero(staff.trac_said >= 0)
    movers, moves_on = _movers(rng, staff, round(0.3 * len(starters)), first, last)
    withdrew, absent = round(0.05 * len(starters)), round(0.012 * len(starters))
    unfilled = round(0.12 * len(starters)) + (1 if spec.applications_per_year else 0)
    role = np.repeat(
        [STARTER, MOVER, WITHDREW, NEVER_ENTERED, LOSER],
        [len(starters), len(movers), withdrew, absent, unfilled],
    )
    span = int((last + LATEST_START - first).astype(np.int64))
    anywhere = first + rng.integers(0, span, withdrew + absent + unfilled).astype("timedelta64[D]")
    starts = np.concatenate([staff.hired[starters], moves_on, anywhere])
    member = np.concatenate([starters, movers, np.full(withdrew + absent + unfilled, -1)])
    closing = starts - rng.integers(62, 116, len(role)).astype("timedelta64[D]")
    winners = role != LOSER
    post = np.where(member >= 0, staff.post[member], rng.choice(staff.post, len(role)) if len(staff) else 0)
    post[role == MOVER] = staff.later_post[movers]
    others = max(round(spec.applications_per_year * span / 365.25) - int(winners.sum()), 0)
    apply = np.zeros(0, dtype=np.int64)
    if len(role):
        apply = rng.multinomial(others, np.full(len(role), 1 / len(role)))
    vacancy = np.concatenate([np.flatnonzero(winners), np.repeat(np.arange(len(role)), apply)]).astype(
        np.int64
    )
    won = int(winners.sum())
    made = _applicants(rng, spec, staff, member[winners], role[winners], int(apply.sum()), vacancy)
    made = _events(rng, spec, made, closing, starts, won)
    made.post = post[vacancy]
    made.deletes = spec.trac_deletes
    _name(rng, spec, made, closing)
    order = np.lexsort((made.application_id.astype(str), made.applied))
    return _reorder(made, order)


def _movers(
    rng: Random, staff: Staff, wanted: int, first: np.datetime64, last: np.datetime64
) -> tuple[Indexes, Dates]:
    """Internal movers and the day they move; the move promotes them one band where there is one."""
    able = np.flatnonzero((staff.category <= SUBSTANTIVE) & (staff.hired < first) & np.isnat(staff.left))
    movers = rng.choice(able, min(wanted, len(able)), replace=False) if len(able) else able
    moves_on = first + rng.integers(0, int((last - first).astype(np.int64)) + 30, len(movers)).astype(
        "timedelta64[D]"
    )
    staff.promoted_on[movers] = moves_on
    return movers, moves_on


def _applicants(
    rng: Random,
    spec: OrganisationSpec,
    staff: Staff,
    winner: Indexes,
    role: Indexes,
    losers: int,
    vacancy: Indexes,
) -> Applications:
    """Who the applicants are: winners first, then the rest, of whom some are staff, some winners
    elsewhere, some repeat.
    """
    won = len(winner)
    outside = int((winner < 0).sum())
    pool = max(round(losers * REPEATS), 1) if losers else 0
    bme = np.concatenate(
        [rng.random(outside) < spec.bme_share_hired, rng.random(pool) < spec.bme_share_applicants]
    )
    ethnicity = draw_ethnicity(rng, spec.kind, bme, plain=True)
    today = np.datetime64(spec.last_day, "D")
    strangers = people.make(rng, ethnicity, today=today, serial=len(staff) * 3)
    serial = len(staff) * 3 + len(strangers)
    known = winner[winner >= 0]
    typed = slips.typed_again(rng, staff.people.take(known), Slips(), serial=serial)
    internal_losers = (
        np.flatnonzero(rng.random(losers) < INTERNAL) if len(staff) else np.zeros(0, dtype=np.int64)
    )
    able = np.flatnonzero(staff.category <= SUBSTANTIVE)
    inside = rng.choice(able, len(internal_losers)) if len(able) else np.zeros(0, dtype=np.int64)
    internal_losers = internal_losers[: len(inside)]
    typed_inside = slips.typed_again(rng, staff.people.take(inside), Slips(), serial=serial + won)
    persons = People.together([typed, typed_inside, strangers])
    identity = np.empty(won + losers, dtype=np.int64)
    identity[:won][winner >= 0] = np.arange(len(known))
    base = len(known) + len(inside)
    identity[:won][winner < 0] = base + np.arange(outside)
    if losers:
        drawn = base + outside + rng.integers(0, pool, losers)
        drawn[internal_losers] = len(known) + np.arange(len(inside))
        elsewhere = np.flatnonzero(rng.random(losers) < 0.01)
        if won:
            drawn[elsewhere] = identity[:won][rng.integers(0, won, len(elsewhere))]
        identity[won:] = drawn
    said = np.where(
        rng.random(len(persons)) < UNDISCLOSED, catalogue.ethnicities().index("Z"), persons.ethnicity
    )
    from_trac = staff.trac_said[known] >= 0
    said[: len(known)][from_trac] = staff.trac_said[known][from_trac]
    member = np.full(won + losers, -1, dtype=np.int64)
    member[:won] = winner
    inside_flag = np.zeros(won + losers, dtype=bool)
    inside_flag[:won] = (role == MOVER) & (rng.random(won) < 0.95)
    inside_flag[won:][internal_losers] = True
    roles = np.full(won + losers, LOSER, dtype=np.int64)
    roles[:won] = role
    group = catalogue.ethnicities().wres_group[persons.ethnicity[identity]] == "BME"
    n = won + losers
    names = ("applied", "shortlisted", "interviewed", "offered", "appointed", "starts", "withdrew")
    never: dict[str, Any] = {name: np.full(n, NEVER) for name in names}
    return Applications(
        **never,
        persons=persons,
        identity=identity,
        member=member,
        role=roles,
        outcome=np.full(n, REJECTED),
        vacancy=vacancy,
        post=np.zeros(n, dtype=np.int64),
        said=said[identity],
        internal=inside_flag,
        international=group & ~inside_flag & (rng.random(n) < 0.10),
        through_nhs_jobs=rng.random(n) < 0.8,
        application_id=np.empty(n, dtype=object),
        vacancy_reference=np.empty(n, dtype=object),
    )


def _days(rng: Random, low: int, high: int, n: int) -> npt.NDArray[np.timedelta64]:
    return rng.integers(low, high, n).astype("timedelta64[D]")


def _events(
    rng: Random, spec: OrganisationSpec, made: Applications, closing: Dates, starts: Dates, won: int
) -> Applications:
    """When each application was made, shortlisted, interviewed, offered, appointed, given up."""
    vacancies, n = len(closing), len(made)
    shortlisting = closing + _days(rng, 2, 10, vacancies)
    interviews = shortlisting + _days(rng, 6, 17, vacancies)
    made.applied = closing[made.vacancy] - (15 * rng.random(n) ** 1.6).astype("timedelta64[D]")
    bme = catalogue.ethnicities().wres_group[made.persons.ethnicity[made.identity]] == "BME"
    passes = rng.random(n) < np.where(bme, SHORTLISTED_BME, SHORTLISTED_WHITE)
    passes[:won] = True
    if spec.nobody_shortlisted:
        passes[:] = False
    fates, shares = zip(*SHORTLISTED_FATES, strict=True)
    early = rng.random(n) < 0.08
    made.outcome = np.where(
        passes, rng.choice(fates, n, p=shares), np.where(early, WITHDRAWN_EARLY, REJECTED)
    )
    made.outcome[:won] = np.where(passes[:won], WON, REJECTED)
    winner = made.outcome == WON
    made.shortlisted = np.where(passes, shortlisting[made.vacancy], NEVER)
    came = passes & ~np.isin(made.outcome, (ABSENT, WITHDRAWN))
    made.interviewed = np.where(came, interviews[made.vacancy], NEVER)
    offer = winner | (made.outcome == DECLINED)
    made.offered = np.where(offer, interviews[made.vacancy] + _days(rng, 1, 8, n), NEVER)
    made.appointed = np.where(winner, made.offered + _days(rng, 10, 24, n), NEVER)
    made.starts = np.where(winner, starts[made.vacancy], NEVER)
    between = (
        ((made.starts - made.appointed).astype(np.int64).clip(1) * rng.random(n))
        .clip(1)
        .astype("timedelta64[D]")
    )
    gave_up = np.where(made.role == WITHDREW, made.appointed + between, NEVER)
    gave_up = np.where(made.outcome == DECLINED, made.offered + _days(rng, 1, 6, n), gave_up)
    gave_up = np.where(made.outcome == WITHDRAWN, made.shortlisted + _days(rng, 1, 6, n), gave_up)
    gave_up = np.where(made.outcome == WITHDRAWN_EARLY, made.applied + _days(rng, 1, 6, n), gave_up)
    made.withdrew = gave_up
    if spec.nobody_shortlisted:
        made.member[:], made.role[:] = -1, LOSER
    return made


def _name(rng: Random, spec: OrganisationSpec, made: Applications, closing: Dates) -> None:
    """Application and vacancy references; the number has no meaning."""
    years = (closing.astype("datetime64[Y]").astype(np.int64) + 1970) % 100
    prefix = 100 + spec.seed * 37 % 900
    numbers = rng.permutation(len(closing)) + 1
    references = catalogue.texts(
        [
            f"{prefix}-{spec.code}-{year:02d}-{number:05d}"
            for year, number in zip(years.tolist(), numbers.tolist(), strict=True)
        ]
    )
    made.vacancy_reference = references[made.vacancy]
    serial = rng.permutation(len(made)) + 1
    made.application_id = catalogue.texts([f"AR-{prefix}-{number:07d}" for number in serial.tolist()])


def _reorder(made: Applications, order: Indexes) -> Applications:
    columns = {name: getattr(made, name) for name in Applications.__dataclass_fields__}
    return Applications(
        **{name: value if name in ("persons", "deletes") else value[order] for name, value in columns.items()}
    )
