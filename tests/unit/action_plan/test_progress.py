"""The plan as a whole: counts of statuses and whom to warn."""

from __future__ import annotations

from datetime import date

from wres_pipeline.action_plan.plan import Action, Plan
from wres_pipeline.action_plan.progress import progress


def act(action_id: str, due: date, done: tuple[date, ...] = (), evidence: str = "") -> Action:
    return Action(action_id, "Title", "Role", due, evidence=evidence, done=done)


PLAN = Plan(
    "X01",
    "Plan",
    date(2021, 5, 1),
    (
        act("A1", date(2021, 9, 30)),
        act("A2", date(2021, 7, 31)),
        act("A3", date(2022, 3, 31)),
        act("A4", date(2021, 6, 30), (date(2021, 6, 1),), "minutes"),
        act("A5", date(2021, 6, 30), (date(2021, 6, 1),)),
    ),
)


def test_every_status_is_counted_and_the_statuses_sum_to_the_actions() -> None:
    found = progress(PLAN, {}, 2021, date(2021, 9, 15))
    assert found.counts == {"done": 1, "on track": 1, "due": 1, "late": 1, "no evidence": 1}


def test_actions_to_warn_of_come_earliest_due_first() -> None:
    found = progress(PLAN, {}, 2021, date(2021, 9, 15))
    assert [one.action.action_id for one in found.attention] == ["A5", "A2", "A1"]
