"""Reading `actions.yaml`, or the same plan as a form in Word or a workbook: as its owner wrote it, or every fault in it at
once.

Shape of the YAML [ours]; of the forms: see `plan_form`::

    organisation: X01            # ODS code
    plan: Title of the plan
    adopted: 2021-05-25          # the date a body adopted it
    actions:
      - id: A01                  # once in the plan
        title: …
        owner: a role, never a person's name
        due: 2021-08-31          # of a recurring action, the first one
        recurs: yearly           # yearly, half-yearly, quarterly, monthly or null
        expected_outcome: …
        indicators: ["2", "7"]   # those it should move
        target: {indicator: "2", measure: …, cluster: …, band: …, ethnic_group: …, value: 1.0, by: 2022-03-31}
        evidence: where it can be seen that it was done
        done: 2021-06-08         # or a list of dates, one a round of a recurring action
        updates: [{date: 2021-04-12, text: …}]
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from wres_pipeline.action_plan import plan_form
from wres_pipeline.reference import indicators, written_choice, written_form
from wres_pipeline.reference.shown_text import shown_of_a_written_file, without_people
from wres_pipeline.reference.written_file import WrittenFile, WrittenFileError

RECURS = ("", "yearly", "half-yearly", "quarterly", "monthly")

PLAN_FIELDS = ("organisation", "plan", "adopted", "actions")
ACTION_FIELDS = (
    "id",
    "title",
    "owner",
    "due",
    "recurs",
    "expected_outcome",
    "indicators",
    "target",
    "evidence",
    "done",
    "updates",
)
_ID = re.compile(r"[A-Za-z]{0,4}[-. ]?\d{1,4}(?:[.-]\d{1,3})?[A-Za-z]?", re.ASCII)
"""An id that may be named: a letter or some and a number, A01. Another is called by its place in the plan."""

TARGET_FIELDS = ("indicator", "measure", "cluster", "band", "ethnic_group", "value", "by")
UPDATE_FIELDS = ("date", "text")


class PlanError(WrittenFileError):
    """A plan that cannot be used; `problems` names each fault: file, action, field, what was found
    and allowed.
    """


@dataclass(frozen=True, slots=True)
class Target:
    """The figure an action should bring to `value` (in the measure's own unit) by a date."""

    indicator: str
    measure: str
    value: float
    by: date
    cluster: str = ""
    band: str = ""
    ethnic_group: str = ""


@dataclass(frozen=True, slots=True)
class Update:
    """What was reported on a day."""

    day: date
    text: str


@dataclass(frozen=True, slots=True)
class Action:
    """One action as written. `done` are the days it was done, one a round; `recurs` is blank for
    once only.
    """

    action_id: str
    title: str
    owner: str
    due: date
    recurs: str = ""
    expected_outcome: str = ""
    indicators: tuple[str, ...] = ()
    target: Target | None = None
    evidence: str = ""
    done: tuple[date, ...] = ()
    updates: tuple[Update, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """An organisation's plan."""

    organisation_code: str
    title: str
    adopted: date
    actions: tuple[Action, ...]


def load(path: Path) -> Plan | None:
    """The plan in `path` or the form beside it; None when there is none, or one that cannot be used: a broken plan stops no
    return, and the findings of the run say what is wrong with it."""
    return written_choice.choose(path, read).found


def parse(content: bytes | str, name: str) -> Plan:
    """The plan in the text of a file called `name`. Raises PlanError with every fault found."""
    return read(content, name)[0]


def read(content: bytes | str, name: str) -> tuple[Plan, str]:
    """The plan, and the mark of the plan that a form was filled from; blank for YAML. Raises as `parse`."""
    reader = _PlanFile(name)
    mark = ""
    try:
        if isinstance(content, bytes) and name.lower().endswith(written_form.SUFFIXES):
            document, mark = plan_form.document(reader, content)
        else:
            document = reader.document(content)
        plan = reader.plan(document)
    except WrittenFileError as error:
        raise PlanError(error.problems) from error
    if reader.problems or plan is None:
        raise PlanError(reader.problems)
    return plan, mark


class _PlanFile(WrittenFile):
    def plan(self, document: Any) -> Plan | None:
        if not isinstance(document, Mapping):
            self.fault("", "", f"a plan has the fields {', '.join(PLAN_FIELDS)}")
            return None
        self.known("plan", document, PLAN_FIELDS)
        actions = document.get("actions")
        if not isinstance(actions, list) or not actions:
            self.fault("plan", "actions", "must be a list of at least one action")
            actions = []
        found = [self.action(one, number) for number, one in enumerate(actions, start=1)]
        seen: set[str] = set()
        for action in found:
            if action.action_id and action.action_id in seen:
                self.fault(
                    f"action {action.action_id if _ID.fullmatch(action.action_id) else shown_of_a_written_file(action.action_id)}",
                    "id",
                    "stands twice in the plan",
                )
            seen.add(action.action_id)
        return Plan(
            self.code("plan", document, "organisation"),
            without_people(self.text("plan", document, "plan", required=True), "Action plan"),
            self.day("plan", document, "adopted") or date.min,
            tuple(found),
        )

    def action(self, entry: Any, number: int) -> Action:
        if not isinstance(entry, Mapping):
            self.fault(f"action number {number}", "", f"must have the fields {', '.join(ACTION_FIELDS)}")
            entry = {"id": f"number {number}", "title": "?", "owner": "?", "due": date.min}
        named = str(entry.get("id") or "")
        where = f"action {named if _ID.fullmatch(named) else f'number {number}'}"
        self.known(where, entry, ACTION_FIELDS)
        recurs = self.text(where, entry, "recurs")
        if recurs not in RECURS:
            self.fault(
                where,
                "recurs",
                f"{shown_of_a_written_file(recurs)} is not one of {', '.join(filter(None, RECURS))}, or null",
            )
        numbers = self.sequence(where, entry, "indicators")
        for one in numbers:
            if str(one) not in indicators.NUMBERS:
                self.fault(
                    where,
                    "indicators",
                    f"{shown_of_a_written_file(one)} is not one of {', '.join(indicators.NUMBERS)}",
                )
        return Action(
            self.text(where, entry, "id", required=True),
            self.words(where, entry, "title", required=True),
            self.words(where, entry, "owner", required=True),
            self.day(where, entry, "due") or date.min,
            recurs,
            self.words(where, entry, "expected_outcome"),
            tuple(str(one) for one in numbers),
            self.target(where, entry.get("target")),
            self.words(where, entry, "evidence"),
            self.days(where, entry.get("done"), recurs),
            tuple(self.update(where, one) for one in self.sequence(where, entry, "updates")),
        )

    def target(self, where: str, entry: Any) -> Target | None:
        if entry is None:
            return None
        if not isinstance(entry, Mapping):
            self.fault(where, "target", f"must have the fields {', '.join(TARGET_FIELDS)}, or be null")
            return None
        self.known(f"{where}, target", entry, TARGET_FIELDS)
        place, number = f"{where}, target", self.text(where, entry, "indicator")
        measure = self.text(where, entry, "measure")
        if number not in indicators.NUMBERS:
            self.fault(
                place,
                "indicator",
                f"{shown_of_a_written_file(number)} is not one of {', '.join(indicators.NUMBERS)}",
            )
        else:
            allowed = [one.name for one in indicators.rule(number).measures]
            if measure not in allowed:
                self.fault(
                    place,
                    "measure",
                    f"{shown_of_a_written_file(measure)} is not one of indicator {number}'s: {', '.join(allowed)}",
                )
        value = entry.get("value")
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.fault(place, "value", f"{shown_of_a_written_file(value)} is not a number")
            value = 0.0
        return Target(
            number,
            measure,
            float(value),
            self.day(place, entry, "by") or date.min,
            *(self.text(where, entry, field) for field in ("cluster", "band", "ethnic_group")),
        )

    def update(self, where: str, entry: Any) -> Update:
        if not isinstance(entry, Mapping):
            self.fault(where, "updates", f"each update has the fields {', '.join(UPDATE_FIELDS)}")
            return Update(date.min, "")
        self.known(f"{where}, updates", entry, UPDATE_FIELDS)
        return Update(
            self.day(f"{where}, updates", entry, "date") or date.min,
            self.words(f"{where}, updates", entry, "text", required=True),
        )

    def days(self, where: str, value: Any, recurs: str) -> tuple[date, ...]:
        if value is None:
            return ()
        given = value if isinstance(value, list) else [value]
        if len(given) > 1 and not recurs:
            self.fault(where, "done", "has several dates, but the action does not recur")
        found = [self.one_day(where, "done", one) for one in given]
        return tuple(sorted(one for one in found if one is not None))
