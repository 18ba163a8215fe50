"""What else an organisation writes down about its people: cases, courses, appraisals, the staff survey,
the board.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from wres_pipeline.synthetic import catalogue
from wres_pipeline.synthetic.catalogue import Indexes, Texts
from wres_pipeline.synthetic.people import Dates, Random
from wres_pipeline.synthetic.spec import OrganisationSpec
from wres_pipeline.synthetic.staff import BANK, NEVER, Mask, Staff, draw_ethnicity

OTHER_TYPES = catalogue.texts(
    [
        "Grievance",
        "Bullying and Harassment",
        "Short-term sickness",
        "Long-term sickness",
        "Performance management",
    ]
)
OUTCOMES = catalogue.texts(
    [
        "No Case to Answer",
        "No Further Action",
        "Informal Action",
        "First Written Warning",
        "Final Written Warning",
        "Dismissal",
    ]
)
VOTING_EXECUTIVES = 4
BOARD_ROLES = (
    ("Chair", False), ("Chief Executive", True), ("Chief Finance Officer", True), ("Medical Director", True),
    ("Director of Nursing", True), ("Chief Operating Officer", True), ("Director of People", True),
    ("Non-Executive Director", False),
)  # fmt: skip


@dataclass(slots=True)
class Cases:
    """One element a case. `member` is a position in the staff (-1: left before the first list);
    `numbered` whether the case system holds the employee number; `retyped` what it holds on ethnicity, a
    position of `ethnicities()`.
    """

    reference: Texts
    member: Indexes
    numbered: Mask
    case_type: Texts
    opened: Dates
    formal: Dates
    closed: Dates
    outcome: Texts
    retyped: Indexes


@dataclass(slots=True)
class Training:
    """One element a course of a person; `completed` is NaT for a course asked for and not taken."""

    member: Indexes
    course: Texts
    mandatory: Mask
    completed: Dates
    requested: Dates
    approved: Mask


@dataclass(slots=True)
class Answers:
    """A staff survey at respondent level: one element a respondent; -1 in `ethnicity`: question not
    answered.

    `answers` holds, per question, 'yes', 'no', 'dont_know' or '' (not answered).
    """

    respondent: Texts
    ethnicity: Indexes
    answers: dict[str, Texts]


@dataclass(slots=True)
class Board:
    """One element a member's spell on the board."""

    member: Texts
    role: Texts
    voting: Mask
    executive: Mask
    start: Dates
    end: Dates
    ethnicity: Indexes


def cases(rng: Random, spec: OrganisationSpec, staff: Staff) -> Cases:
    """Employee-relations cases opened from a year before the first period on, formal disciplinary ones
    among them.
    """
    opens = np.datetime64(spec.first_day, "D") - 365
    span = int((np.datetime64(spec.last_day, "D") - opens).astype(np.int64))
    formal_count = int(rng.poisson(spec.cases_per_year * span / 365.25))
    counts = [formal_count, round(0.4 * formal_count), round(1.5 * formal_count)]
    n = sum(counts)
    kind = np.repeat([0, 1, 2], counts)
    opened = opens + rng.integers(0, max(span - 1, 1), n).astype("timedelta64[D]")
    bme = catalogue.ethnicities().wres_group[staff.people.ethnicity] == "BME"
    weights = np.where(bme, spec.bme_case_factor, 1.0) * np.where(staff.category > BANK, 0.0, 1.0)
    weights[staff.category == BANK] *= 0.4
    member = _in_post(rng, staff, weights, opened)
    member[rng.random(n) < 0.03] = -1
    formal = np.where(kind == 0, opened + rng.integers(2, 26, n).astype("timedelta64[D]"), NEVER)
    again = np.flatnonzero((kind == 0) & (rng.random(n) < 0.09))
    order = np.concatenate([np.arange(n), again])
    later = np.concatenate([np.zeros(n, dtype=np.int64), rng.integers(5, 60, len(again))]).astype(
        "timedelta64[D]"
    )
    member, kind, opened, formal = member[order], kind[order], opened[order] + later, formal[order] + later
    total = len(order)
    held = np.where(
        member >= 0, staff.people.ethnicity[member], draw_ethnicity(rng, spec.kind, rng.random(total) < 0.1)
    )
    retyped = np.where(rng.random(total) < 0.85, held, catalogue.ethnicities().index("Z"))
    return Cases(
        reference=catalogue.texts([f"ER{spec.code}{number:05d}" for number in rng.permutation(total) + 101]),
        member=member,
        numbered=(rng.random(total) >= 0.10),
        case_type=np.where(
            kind == 2, OTHER_TYPES[rng.integers(0, len(OTHER_TYPES), total)], "Disciplinary"
        ).astype(object),
        opened=opened,
        formal=formal,
        closed=opened + rng.integers(40, 200, total).astype("timedelta64[D]"),
        outcome=np.where(
            kind == 1, "Informal Action", OUTCOMES[rng.integers(0, len(OUTCOMES), total)]
        ).astype(object),
        retyped=retyped,
    )


def _in_post(rng: Random, staff: Staff, weights: npt.NDArray[np.float64], on: Dates) -> Indexes:
    """For each day somebody in post that day, drawn with these weights (-1 where nobody was found in
    twelve draws).
    """
    member = np.full(len(on), -1, dtype=np.int64)
    if weights.sum() == 0:
        return member
    for _ in range(12):
        wanted = np.flatnonzero(member < 0)
        drawn = rng.choice(len(staff), len(wanted), p=weights / weights.sum())
        there = (staff.hired[drawn] <= on[wanted]) & ~(staff.left[drawn] < on[wanted])
        member[wanted[there]] = drawn[there]
    return member


def training(rng: Random, spec: OrganisationSpec, staff: Staff, year: int) -> Training:
    """A year's courses of the people listed at its end (and few completed the year before, or never
    taken).
    """
    table = catalogue.rows("courses.csv")
    mandatory = catalogue.texts([row["course"] for row in table if row["mandatory"] == "Y"])
    chosen = catalogue.texts([row["course"] for row in table if row["mandatory"] == "N"])
    last = np.datetime64(date(year, 3, 31), "D")
    listed = staff.listed_at(last)
    bme = catalogue.ethnicities().wres_group[staff.people.ethnicity[listed]] == "BME"
    takes = rng.random(len(listed)) < np.where(bme, spec.training_bme, spec.training_white)
    courses = np.where(takes, 1 + rng.poisson(0.35, len(listed)), 0).clip(0, len(chosen))
    must = np.repeat(listed, spec.mandatory_courses)
    may = np.repeat(listed, courses)
    ordinal = (
        np.concatenate([np.arange(count) for count in courses])
        if len(courses)
        else np.zeros(0, dtype=np.int64)
    )
    offset = np.repeat(rng.integers(0, len(chosen), len(listed)), courses)
    asked = listed[rng.random(len(listed)) < 0.04]
    turn = np.tile(np.arange(spec.mandatory_courses), len(listed)) + must
    names = np.concatenate(
        [
            mandatory[turn % len(mandatory)],
            chosen[(offset + ordinal.astype(np.int64)) % len(chosen)],
            chosen[rng.integers(0, len(chosen), len(asked))],
        ]
    )
    member = np.concatenate([must, may, asked])
    n = len(member)
    completed = last - rng.integers(0, 365, n).astype("timedelta64[D]")
    early = (rng.random(n) < 0.03) & (np.arange(n) < len(must) + len(may))
    completed[early] -= np.timedelta64(365, "D")
    completed = np.maximum(completed, staff.hired[member])
    requested = completed - rng.integers(20, 90, n).astype("timedelta64[D]")
    if len(asked):
        completed[-len(asked) :] = NEVER
    approved = rng.random(n) < 0.6
    approved[~np.isnat(completed)] = True
    order = np.lexsort((names.astype(str), staff.employee_number[member].astype(str)))
    mandatory_row = np.arange(n) < len(must)
    requested[mandatory_row] = NEVER
    return Training(
        member[order], names[order], mandatory_row[order], completed[order], requested[order], approved[order]
    )


def appraisals(rng: Random, staff: Staff, year: int) -> tuple[Indexes, Dates]:
    """The people listed at the end of a year and the day of their last appraisal (NaT: none yet)."""
    last = np.datetime64(date(year, 3, 31), "D")
    listed = staff.listed_at(last)
    held = last - rng.integers(0, 560, len(listed)).astype("timedelta64[D]")
    return listed, np.where((rng.random(len(listed)) < 0.08) | (held < staff.hired[listed]), NEVER, held)


def survey(rng: Random, spec: OrganisationSpec, staff: Staff, survey_year: int) -> Answers:
    """The answers of those who answered, from the people in post on 1 October of the survey year."""
    day = np.datetime64(date(survey_year, 10, 1), "D")
    listed = staff.listed_at(day)
    answering = listed[(rng.random(len(listed)) < spec.response) & (staff.category[listed] < BANK)]
    n = len(answering)
    ethnicity = staff.people.ethnicity[answering]
    bme = catalogue.ethnicities().wres_group[ethnicity] == "BME"
    given = np.where(rng.random(n) < 0.04, -1, ethnicity)
    answers = {}
    leaning = rng.random(n)
    for row in catalogue.rows("survey_questions.csv"):
        if not int(row["first_year"]) <= survey_year <= int(row["last_year"]):
            continue
        rate = np.where(bme, float(row["bme"]), float(row["white"]))
        # Half of what decides an answer is the respondent, so managers and colleagues overlap as they do.
        yes = np.where(rng.random(n) < 0.5, leaning, rng.random(n)) < rate
        made = np.where(yes, "yes", "no").astype(object)
        if row["answers"] == "yes_no_dont_know":
            made[~yes & (rng.random(n) < 0.45)] = "dont_know"
        made[rng.random(n) < 0.02] = ""
        answers[row["question"]] = made
    order = rng.permutation(n)
    respondent = catalogue.texts([f"R{number:05d}" for number in range(1, n + 1)])
    return Answers(respondent, given[order], {name: made[order] for name, made in answers.items()})


def board(rng: Random, spec: OrganisationSpec) -> Board:
    """The board over the spec's years: sitting members, and two spells that ended."""
    n = spec.board + 2
    roles = [BOARD_ROLES[min(place, len(BOARD_ROLES) - 1)] for place in range(spec.board)]
    roles += [("Chief Finance Officer", True), ("Non-Executive Director", False)]
    executive = np.array([flag for _, flag in roles], dtype=bool)
    voting = ~executive | (np.cumsum(executive) <= VOTING_EXECUTIVES)
    first = np.datetime64(spec.first_day, "D")
    start = first - rng.integers(40, 1500, n).astype("timedelta64[D]")
    end = np.full(n, NEVER)
    end[spec.board :] = first + rng.integers(30, 300, 2).astype("timedelta64[D]")
    bme = np.zeros(n, dtype=bool)
    bme[rng.permutation(spec.board)[: spec.board_bme]] = True
    ethnicity = draw_ethnicity(rng, spec.kind, bme, plain=True)
    ethnicity[(rng.random(n) < 0.06) & ~bme] = catalogue.ethnicities().index("Z")
    return Board(
        member=catalogue.texts([f"B{number:03d}" for number in range(1, n + 1)]),
        role=catalogue.texts([role for role, _ in roles]),
        voting=voting,
        executive=executive,
        start=start,
        end=end,
        ethnicity=ethnicity,
    )
