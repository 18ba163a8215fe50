"""The status of an action, derived from its dates on a given day: nobody types it.

The rule [ours], first that applies:

1. `done`: the round that is due was done on or before the day, and the action says where that can be seen;
2. `no evidence`: it was done, but nothing says where that can be seen;
3. `late`: the day is after the due date;
4. `due`: the due date is within the next 31 days;
5. `no evidence`: it is due later, but nothing has been heard of it for more than 183 days, from the day the
   plan
   was adopted or the last update;
6. `on track`.

A recurring action is judged by its next round that has not been done; once a round is done the action is
`done` until the next one comes within the 31 days.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from wres_pipeline.action_plan.plan import Action, Plan

DUE_WITHIN = timedelta(days=31)
QUIET_AFTER = timedelta(days=183)

DONE = "done"
ON_TRACK = "on track"
DUE = "due"
LATE = "late"
NO_EVIDENCE = "no evidence"
STATUSES = (DONE, ON_TRACK, DUE, LATE, NO_EVIDENCE)

MONTHS = {"yearly": 12, "half-yearly": 6, "quarterly": 3, "monthly": 1}


@dataclass(frozen=True, slots=True)
class Standing:
    """How an action stands on a day: its status, the due date it is judged by, and why, as a sentence."""

    status: str
    due: date
    because: str


def due_date(action: Action, rounds: int) -> date:
    """The due date after `rounds` rounds; the last day of a month stays the last day."""
    if not action.recurs or not rounds:
        return action.due
    months = action.due.month - 1 + rounds * MONTHS[action.recurs]
    year, month = action.due.year + months // 12, months % 12 + 1
    last = calendar.monthrange(year, month)[1]
    ends_month = action.due.day == calendar.monthrange(action.due.year, action.due.month)[1]
    return date(year, month, last if ends_month else min(action.due.day, last))


def standing(action: Action, plan: Plan, on: date) -> Standing:
    """The status of an action of the plan on a day."""
    rounds = [day for day in action.done if day <= on]
    finished = bool(rounds) and not action.recurs
    due = due_date(action, 0 if finished else len(rounds))
    if finished or (rounds and due - on > DUE_WITHIN):
        when = f"Done on {_day(rounds[-1])}"
        if not action.evidence:
            return Standing(NO_EVIDENCE, due, f"{when}, but nothing says where that can be seen.")
        return Standing(DONE, due, f"{when}{'' if finished else f'; next due on {_day(due)}'}.")
    if on > due:
        return Standing(LATE, due, f"It was due on {_day(due)}.")
    if due - on <= DUE_WITHIN:
        return Standing(DUE, due, f"Due on {_day(due)}.")
    heard = max([plan.adopted, *(one.day for one in action.updates if one.day <= on), *rounds])
    if on - heard > QUIET_AFTER:
        return Standing(NO_EVIDENCE, due, f"Nothing has been heard of it since {_day(heard)}.")
    return Standing(ON_TRACK, due, f"Due on {_day(due)}.")


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
