"""The status of an action, as a table: what is written in the plan, the day, and what it says."""

from __future__ import annotations

from datetime import date

import pytest

from wres_pipeline.action_plan.plan import Action, Plan, Update
from wres_pipeline.action_plan.status import due_date, standing

ADOPTED = date(2021, 4, 1)


def action(due: str, done: str = "", recurs: str = "", evidence: str = "minutes", heard: str = "") -> Action:
    return Action(
        "A1",
        "An action",
        "A role",
        date.fromisoformat(due),
        recurs,
        evidence=evidence,
        done=tuple(date.fromisoformat(day) for day in done.split()),
        updates=(Update(date.fromisoformat(heard), "Begun"),) if heard else (),
    )


ONCE = [
    # due          done          evidence   last heard     the day        status
    ("2021-09-30", "2021-09-01", "minutes", "", "2021-09-01", "done"),
    ("2021-09-30", "2021-12-01", "minutes", "", "2021-12-01", "done"),  # late, but done
    ("2021-09-30", "2021-09-02", "minutes", "", "2021-09-01", "due"),  # done only tomorrow
    ("2021-09-30", "2021-09-01", "", "", "2021-09-01", "no evidence"),  # done, and nothing shows it
    ("2021-09-30", "", "minutes", "", "2021-10-01", "late"),
    ("2021-09-30", "", "minutes", "", "2021-09-30", "due"),  # the due date itself is not late
    ("2021-09-30", "", "minutes", "", "2021-08-30", "due"),  # 31 days before
    ("2021-09-30", "", "minutes", "", "2021-08-29", "on track"),  # 32 days before
    ("2022-09-30", "", "minutes", "", "2021-10-01", "on track"),  # 183 days after adoption
    ("2022-09-30", "", "minutes", "", "2021-10-02", "no evidence"),  # 184: nothing heard of it
    ("2022-09-30", "", "minutes", "2021-09-01", "2022-01-15", "on track"),  # heard of since
    ("2022-09-30", "", "minutes", "2022-02-01", "2022-01-15", "no evidence"),  # not heard of yet
]


@pytest.mark.parametrize(("due", "done", "evidence", "heard", "day", "status"), ONCE)
def test_an_action_to_be_done_once(
    due: str, done: str, evidence: str, heard: str, day: str, status: str
) -> None:
    plan = Plan("X01", "Plan", ADOPTED, ())
    found = standing(action(due, done, evidence=evidence, heard=heard), plan, date.fromisoformat(day))
    assert found.status == status


YEARLY = [
    # first due     rounds done               the day       status         due date it is judged by
    ("2021-08-31", "", "2021-08-15", "due", "2021-08-31"),
    ("2021-08-31", "2021-08-20", "2021-09-15", "done", "2022-08-31"),
    ("2021-08-31", "2021-08-20", "2022-08-01", "due", "2022-08-31"),
    ("2021-08-31", "2021-08-20", "2022-09-01", "late", "2022-08-31"),
    ("2021-08-31", "2021-08-20 2022-08-01", "2022-09-01", "done", "2023-08-31"),
    ("2021-08-31", "2021-08-20 2022-08-01", "2021-09-15", "done", "2022-08-31"),  # looked at in the past
]


@pytest.mark.parametrize(("first", "done", "day", "status", "judged_by"), YEARLY)
def test_an_action_that_recurs_every_year(
    first: str, done: str, day: str, status: str, judged_by: str
) -> None:
    plan = Plan("X01", "Plan", ADOPTED, ())
    found = standing(action(first, done, "yearly"), plan, date.fromisoformat(day))
    assert (found.status, found.due) == (status, date.fromisoformat(judged_by))


ROUNDS = [
    ("2020-02-29", "yearly", 1, "2021-02-28"),
    ("2021-08-31", "quarterly", 1, "2021-11-30"),
    ("2021-11-30", "quarterly", 1, "2022-02-28"),
    ("2021-01-31", "monthly", 1, "2021-02-28"),
    ("2021-01-15", "half-yearly", 3, "2022-07-15"),
    ("2021-01-15", "", 3, "2021-01-15"),
]


@pytest.mark.parametrize(("first", "recurs", "rounds", "expected"), ROUNDS)
def test_the_due_date_of_a_later_round(first: str, recurs: str, rounds: int, expected: str) -> None:
    assert due_date(action(first, recurs=recurs), rounds) == date.fromisoformat(expected)
