"""The action plan as a form of four tables, in Word or a workbook: the plan, its actions, their targets, what was reported."""

from __future__ import annotations

from typing import Any

from wres_pipeline.reference import indicators
from wres_pipeline.reference.written_file import WrittenFile
from wres_pipeline.reference.written_form import (
    MARK,
    MARK_LABEL,
    Part,
    PlacedMapping,
    day,
    days,
    line,
    number,
    plain,
    read,
    sequence,
)

PLAN = Part(
    "plan",
    {
        "ODS code of the organisation": "organisation",
        "Title of the plan": "plan",
        "Adopted on": "adopted",
        MARK_LABEL: MARK,
    },
    records=False,
)
ACTIONS = Part(
    "actions",
    {
        "Action": "id",
        "What is done": "title",
        "Who leads it (a role)": "owner",
        "Due": "due",
        "Repeats": "recurs",
        "What it should achieve": "expected_outcome",
        "Indicators": "indicators",
        "Evidence": "evidence",
        "Done on": "done",
    },
    records=True,
)
TARGETS = Part(
    "targets",
    {
        "Action": "id",
        "Indicator": "indicator",
        "Measure": "measure",
        "Cluster": "cluster",
        "Band": "band",
        "Ethnic group": "ethnic_group",
        "Value": "value",
        "By": "by",
    },
    records=True,
)
UPDATES = Part("updates", {"Action": "id", "Date": "date", "What was reported": "text"}, records=True)
PARTS = (PLAN, ACTIONS, TARGETS, UPDATES)
_ONCE = frozenset({"", "no", "none", "once", "null", "n/a", "not repeated"})


def document(reader: WrittenFile, content: bytes) -> tuple[PlacedMapping, str]:
    """What the YAML of the same plan would hold, and the mark of the plan the form was filled from."""
    found = read(reader, content, PARTS)
    if len(found["plan"]) != 1:
        reader.fault("", "", f"the table with {', '.join(map(repr, PLAN.fields))} must stand there once")
    plan = found["plan"][0] if found["plan"] else PlacedMapping("the form")
    mark = line(plan.pop(MARK, ""))
    for field in ("organisation", "plan"):
        plan[field] = line(plan.get(field, ""))
    plan["adopted"] = day(plan.get("adopted", ""))
    plan["actions"] = [_action(entry) for entry in found["actions"]]
    by_id: dict[str, PlacedMapping] = {action["id"]: action for action in plan["actions"] if action.get("id")}
    for entry in found["targets"]:
        if action := _of(reader, entry, by_id):
            if "target" in action:
                reader.fault_at(entry.place, "an action has one target; this one has two")
            action["target"] = _filled(
                entry,
                indicator=_word(entry.get("indicator", "")),
                measure="_".join(line(entry.get("measure", "")).lower().split()),
                cluster=line(entry.get("cluster", "")),
                band=line(entry.get("band", "")),
                ethnic_group=line(entry.get("ethnic_group", "")),
                value=number(entry.get("value", "")),
                by=day(entry.get("by", "")),
            )
    for entry in found["updates"]:
        if action := _of(reader, entry, by_id):
            update = _filled(entry, date=day(entry.get("date", "")), text=line(entry.get("text", "")))
            action.setdefault("updates", []).append(update)
    return plan, mark


def _action(entry: PlacedMapping) -> PlacedMapping:
    recurs = line(entry.get("recurs", "")).lower()
    repeats = plain(recurs).replace("half yearly", "half-yearly").removeprefix("every ")
    repeats = {"year": "yearly", "half year": "half-yearly", "quarter": "quarterly", "month": "monthly"}.get(
        repeats, repeats
    )
    done = days(entry.get("done", ""))
    return _filled(
        entry,
        id=line(entry.get("id", "")),
        title=line(entry.get("title", "")),
        owner=line(entry.get("owner", "")),
        due=day(entry.get("due", "")),
        recurs="" if repeats in _ONCE else repeats,
        expected_outcome=line(entry.get("expected_outcome", "")),
        indicators=sequence(entry.get("indicators", ""), indicators.NUMBERS),
        evidence=line(entry.get("evidence", "")),
        done=done or None,
    )


def _filled(entry: PlacedMapping, **fields: Any) -> PlacedMapping:
    made = PlacedMapping(entry.place, entry.places, entry.labels)
    made.update({name: value for name, value in fields.items() if value not in (None, "")})
    return made


def _word(cell: Any) -> str:
    return "_".join(sequence(cell, indicators.NUMBERS))


def _of(reader: WrittenFile, entry: PlacedMapping, actions: dict[str, PlacedMapping]) -> PlacedMapping | None:
    """The action a row is about."""
    named = line(entry.get("id", ""))
    if named not in actions:
        reader.fault_at(f"{entry.place}, Action", "the table of actions has no action of this name")
    return actions.get(named)
