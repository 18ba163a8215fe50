"""Appointed applicants and members of staff of any number, with the truth about who is whom, for judging
linkage.

The people and their slips are those of `synthetic.people`; here they are given what makes linking them
hard: twins, members of one household with one name, a changed name, a person in ESR twice, movers inside
the organisation, starters who withdrew or never came, honorary staff, and others who share a date of birth
and a name by chance.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

from evidence import linkage_tables as writing_tables
from wres_pipeline.synthetic import catalogue, people, slips
from wres_pipeline.synthetic.people import People, Slips

Positions = npt.NDArray[np.int64]

#: what became of an appointed application, and how common it is
KINDS: dict[str, float] = {
    "starter": 0.66,
    "internal": 0.20,
    "withdrawn": 0.05,
    "never_came": 0.03,
    "not_yet": 0.04,
    "honorary": 0.02,
}

#: slips between TRAC and ESR, harsher than those of the sample
HARD = Slips(
    name_typo=0.025,
    name_typo_bme=0.05,
    known_as=0.08,
    names_swapped=0.008,
    ni_missing=0.20,
    ni_temporary=0.03,
    email_other=0.40,
    email_missing=0.10,
    moved_house=0.12,
)

TWINS, HOUSEHOLD_NAMESAKES, TWICE_IN_ESR = 0.006, 0.003, 0.002
UNFLAGGED_INTERNAL, BLANK_START, KNOWN_BY_ANOTHER_NAME = 0.06, 0.03, 0.015
DECLARED, DECLINED = 0.93, 0.05
SYNC_BEFORE, SYNC_AFTER = 0.97, 0.10
BME = 0.25


@dataclass(frozen=True, slots=True)
class Plan:
    """How many appointed applications and staff, and what to take away from them."""

    applications: int
    staff: int
    seed: int
    organisation_code: str = "XLK"
    as_at: date = date(2021, 3, 31)
    broke_on: date = date(2020, 11, 1)
    ni_and_email: bool = True
    slips: Slips = HARD


def build(con: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Append to `core_applications` and `core_staff`, and to `linkage_truth`.

    `linkage_truth`: one row an application, `application_id, employee_numbers VARCHAR[] (empty = not in
    ESR), state, kind, wres_group, ethnic_code`.
    """
    rng = np.random.default_rng(plan.seed)
    today = np.datetime64(plan.as_at)
    staff = _people(rng, plan.staff, today, serial=0)
    kinds = rng.choice(list(KINDS), size=plan.applications, p=list(KINDS.values())).astype(object)
    person = _who_applied(rng, kinds, plan.staff)
    outside = np.flatnonzero(person < 0)
    strangers = _people(rng, len(outside), today, serial=10_000_000)
    everyone = People.together([staff, strangers])
    person[outside] = plan.staff + np.arange(len(outside))
    _relatives(rng, everyone, plan.staff)
    staff = everyone.take(np.arange(plan.staff))

    applicants = slips.typed_again(rng, everyone.take(person), plan.slips, serial=20_000_000)
    again = np.flatnonzero(rng.random(len(person)) < KNOWN_BY_ANOTHER_NAME)
    applicants.first_name[again] = rng.permutation(applicants.first_name)[again]
    starts, applied, hired = _dates(rng, kinds, person, plan, today)
    trac, esr, states = _ethnicity(rng, kinds, person, everyone.ethnicity, starts, plan)
    unflagged = rng.random(len(kinds)) < UNFLAGGED_INTERNAL
    flagged = np.where(kinds == "internal", ~unflagged, False)
    shown_starts = starts.copy()
    shown_starts[rng.random(len(starts)) < BLANK_START] = np.datetime64("NaT")
    honorary = np.zeros(plan.staff, dtype=bool)
    honorary[person[kinds == "honorary"]] = True

    writing_tables.write_staff(
        con, staff if plan.ni_and_email else _without_keys(staff), esr, hired, honorary, plan
    )
    writing_tables.write_applications(
        con,
        applicants if plan.ni_and_email else _without_keys(applicants),
        trac,
        shown_starts,
        applied,
        kinds,
        flagged,
        plan,
    )
    writing_tables.write_truth(con, person, plan.staff, kinds, states, everyone.ethnicity, plan)
    twice = rng.choice(plan.staff, size=int(plan.staff * TWICE_IN_ESR), replace=False)
    writing_tables.write_second_records(con, np.sort(twice), plan)


def _people(rng: np.random.Generator, n: int, today: np.datetime64, serial: int) -> People:
    known = catalogue.ethnicities()
    weights = known.weights["trust"].copy()
    for group, share in (("White", 1 - BME), ("BME", BME), ("Unknown", 0.0)):
        members = known.wres_group == group
        weights[members] *= share / max(weights[members].sum(), 1e-9)
    ethnicity = rng.choice(len(weights), size=n, p=weights / weights.sum())
    return people.make(rng, ethnicity, today=today, serial=serial)


def _who_applied(rng: np.random.Generator, kinds: npt.NDArray[Any], staff: int) -> Positions:
    """Position in the staff of each applicant, -1 for people who are not (yet) in ESR."""
    person = np.full(len(kinds), -1, dtype=np.int64)
    single = np.flatnonzero(np.isin(kinds, ["starter", "honorary"]))
    person[single] = rng.permutation(staff)[: len(single)]
    internal = np.flatnonzero(kinds == "internal")
    settled = np.setdiff1d(np.arange(staff), person[single])
    person[internal] = rng.choice(settled if len(settled) else np.arange(staff), size=len(internal))
    for kind, share in (("withdrawn", 0.1), ("not_yet", 0.3)):
        some = np.flatnonzero((kinds == kind) & (rng.random(len(kinds)) < share))
        free = rng.permutation(np.setdiff1d(settled, person[internal]))[: len(some)]
        person[some[: len(free)]] = free
        settled = np.setdiff1d(settled, free)
    return person


def _relatives(rng: np.random.Generator, everyone: People, staff: int) -> None:
    """Make some people twins of, or namesakes in the household of, somebody else: in place."""
    n = len(everyone)
    draw = rng.random(n)
    twins = np.flatnonzero(draw < TWINS)
    other = rng.integers(0, staff, len(twins))
    for field in ("last_name", "date_of_birth", "postcode", "ethnicity"):
        getattr(everyone, field)[twins] = getattr(everyone, field)[other]
    namesakes = np.flatnonzero((draw >= TWINS) & (draw < TWINS + HOUSEHOLD_NAMESAKES))
    other = rng.integers(0, staff, len(namesakes))
    for field in ("first_name", "last_name", "postcode", "gender", "ethnicity"):
        getattr(everyone, field)[namesakes] = getattr(everyone, field)[other]


def _dates(
    rng: np.random.Generator, kinds: npt.NDArray[Any], person: Positions, plan: Plan, today: np.datetime64
) -> tuple[npt.NDArray[Any], npt.NDArray[Any], npt.NDArray[Any]]:
    n = len(kinds)
    back = rng.integers(64, 430, n).astype("timedelta64[D]")
    starts = today - back
    mondays = starts - (starts.astype(np.int64) + 3) % 7
    starts = np.where(rng.random(n) < 0.8, mondays, starts)
    coming = kinds == "not_yet"
    starts[coming] = today + rng.integers(-25, 60, int(coming.sum())).astype("timedelta64[D]")
    applied = starts - rng.integers(45, 150, n).astype("timedelta64[D]")
    hired = today - rng.integers(500, 7000, plan.staff).astype("timedelta64[D]")
    new = np.flatnonzero(np.isin(kinds, ["starter", "honorary", "not_yet"]) & (person < plan.staff))
    late = rng.choice([0, 0, 0, 0, 0, 0, 0, 0, 1, 7, 14, -7, 30], len(new)).astype("timedelta64[D]")
    hired[person[new]] = starts[new] + late
    return starts, applied, hired


def _ethnicity(
    rng: np.random.Generator,
    kinds: npt.NDArray[Any],
    person: Positions,
    true: Positions,
    starts: npt.NDArray[Any],
    plan: Plan,
) -> tuple[Positions, Positions, npt.NDArray[Any]]:
    """What TRAC holds per application, what ESR holds per member of staff, and the state each application
    is truly in.
    """
    known = catalogue.ethnicities()
    declined, blank = known.index("Z"), known.index("BL")
    n = len(kinds)
    draw = rng.random(n)
    trac = np.where(draw < DECLARED, true[person], np.where(draw < DECLARED + DECLINED, declined, blank))
    esr = true[: plan.staff].copy()
    esr[rng.random(plan.staff) < 0.04] = declined
    waiting = person[kinds == "not_yet"]
    esr[waiting[waiting < plan.staff]] = blank
    states = np.array(
        [
            {"internal": "internal_mover", "never_came": "not_found", "not_yet": "not_yet_due"}.get(k, k)
            for k in kinds
        ],
        dtype=object,
    )
    compared = np.flatnonzero(np.isin(kinds, ["starter", "honorary"]))
    broken = starts[compared] >= np.datetime64(plan.broke_on)
    arrived = rng.random(len(compared)) < np.where(broken, SYNC_AFTER, SYNC_BEFORE)
    noise = rng.random(len(compared))
    for here, came, luck in zip(compared, arrived, noise, strict=True):
        who = person[here]
        if trac[here] in (declined, blank):
            states[here] = "not_declared"
            esr[who] = blank
        elif not came:
            states[here] = "missing_in_esr" if luck < 0.85 else "not_stated_in_esr"
            esr[who] = blank if luck < 0.85 else declined
        else:
            esr[who] = _recorded(known, int(trac[here]), luck)
            states[here] = _compared(known, int(trac[here]), int(esr[who]))
    return trac, esr, states


def _recorded(known: catalogue.Ethnicities, declared: int, luck: float) -> int:
    if luck < 0.97:
        return declared
    same = known.wres_group == known.wres_group[declared]
    choices = np.flatnonzero((same if luck < 0.985 else ~same) & (known.state == "declared"))
    return int(choices[int(luck * 1e6) % len(choices)])


def _compared(known: catalogue.Ethnicities, trac: int, esr: int) -> str:
    if known.national[trac] == known.national[esr]:
        return "in_sync"
    return "minor_difference" if known.wres_group[trac] == known.wres_group[esr] else "conflict"


def _without_keys(persons: People) -> People:
    blank = catalogue.texts([""] * len(persons))
    return replace(persons, ni_number=blank, email=blank.copy())
