"""The plan and the author's notes as forms, filled with what stands now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from wres_pipeline.action_plan import plan_form
from wres_pipeline.action_plan.plan import RECURS, Plan
from wres_pipeline.reference import indicators
from wres_pipeline.reference.written_choice import mark as mark_of
from wres_pipeline.reference.written_form import Part
from wres_pipeline.render.form_file import FormTable, write
from wres_pipeline.reports.annual import notes, notes_form
from wres_pipeline.reports.annual.notes import Notes
from wres_pipeline.reports.labels import indicator_named

ROOM = 3
"""Empty rows at the foot of a table."""
ABOUT = (
    "Write in the white cells; leave the grey ones as they are. Add rows as you need them. Dates as 31 October 2026 or "
    "31/10/2026. Only the tables are read. Accept or reject tracked changes before you hand it over; comments are not read.",
    "wres check says where something cannot be read, by table and row.",
)


def write_plan(plan: Plan | None, code: str, path: Path, today: date) -> Path:
    """Write the form of an organisation's plan, filled from `plan` where there is one."""
    return write(path, f"Action plan of {code}", ABOUT, plan_tables(plan, code), today)


def write_notes(
    mine: Notes, drafts: Mapping[str, Sequence[str]], title: str, path: Path, today: date
) -> Path:
    """Write the form of the author's notes. drafts: the drafted sentences by indicator, with which the author's words stand."""
    rows = _workbook_notes if path.suffix == ".xlsx" else _word_notes
    return write(path, f"Notes for: {title}", ABOUT, [*rows(mine, drafts), _answers(mine)], today)


def plan_tables(plan: Plan | None, code: str) -> list[FormTable]:
    """The four tables of a plan."""
    said = {
        "organisation": plan.organisation_code if plan else code,
        "plan": plan.title if plan else "",
        "adopted": _day(plan.adopted) if plan else "",
        "made_from": mark_of(plan) if plan else "",
    }
    actions = [
        {
            "id": one.action_id, "title": one.title, "owner": one.owner, "due": _day(one.due), "recurs": one.recurs,
            "expected_outcome": one.expected_outcome, "indicators": ", ".join(one.indicators), "evidence": one.evidence,
            "done": "; ".join(map(_day, one.done)),
        }
        for one in (plan.actions if plan else ())
    ]  # fmt: skip
    targets = [
        {
            "id": one.action_id, "indicator": one.target.indicator, "measure": one.target.measure,
            "cluster": one.target.cluster, "band": one.target.band, "ethnic_group": one.target.ethnic_group,
            "value": f"{one.target.value:g}", "by": _day(one.target.by),
        }
        for one in (plan.actions if plan else ())
        if one.target
    ]  # fmt: skip
    updates = [
        {"id": one.action_id, "date": _day(update.day), "text": update.text}
        for one in (plan.actions if plan else ())
        for update in one.updates
    ]
    measures = "; ".join(
        f"{indicator_named(n)}: {', '.join(one.name for one in indicators.rule(n).measures)}"
        for n in indicators.NUMBERS
    )
    return [
        FormTable(
            "The plan", (), (), [(label, said[name]) for label, name in plan_form.PLAN.fields.items()], (80, 180)
        ),
        _records(
            plan_form.ACTIONS, "Actions", actions, (18, 50, 32, 25, 22, 38, 26, 30, 26),
            ("Actions: a row for each. Leads are roles, never names of people. Repeats: "
             f"{', '.join(filter(None, RECURS))}, or blank. Indicators: those it should move, as 2, 7.",),
        ),
        _records(
            plan_form.TARGETS, "Targets", targets, (18, 24, 76, 34, 24, 30, 20, 30),
            ("Targets: the figure an action should bring to a value by a day; a row for an action that has one. "
             f"Measures. {measures}.",),
        ),
        _records(
            plan_form.UPDATES, "What was reported", updates, (18, 40, 202),
            ("What was reported: a row for each day and action.",),
        ),
    ]  # fmt: skip


def _records(
    part: Part,
    title: str,
    entries: Sequence[Mapping[str, str]],
    widths: Sequence[int],
    guidance: Sequence[str],
) -> FormTable:
    rows = [tuple(entry[name] for name in part.fields.values()) for entry in entries]
    blank = [("",) * len(part.fields)] * ROOM
    return FormTable(title, guidance, tuple(part.fields), [*rows, *blank], widths)


def _entry(number: str, mine: Notes, drafted: Sequence[str]) -> dict[str, str]:
    one = mine.of(number)
    named = f"{indicator_named(number)}: {indicators.rule(number).title}"
    return {
        "section": named if indicators.rule(number).numbered else indicators.rule(number).title,
        "drafted": "\n\n".join(drafted),
        "text": one.text, "adds": one.adds, "action_taken": one.action_taken, "action_planned": one.action_planned,
        "draft": notes.mark(drafted) if not (one.text or one.adds) else one.draft,
    }  # fmt: skip


def _word_notes(mine: Notes, drafts: Mapping[str, Sequence[str]]) -> list[FormTable]:
    found = []
    for number, drafted in drafts.items():
        said = _entry(number, mine, drafted)
        rows = [(label, said[name]) for label, name in notes_form.INDICATOR.fields.items()]
        found.append(FormTable(indicator_named(number), (), (), rows, (60, 200)))
    return found


def _workbook_notes(mine: Notes, drafts: Mapping[str, Sequence[str]]) -> list[FormTable]:
    rows = []
    for number, drafted in drafts.items():
        said = _entry(number, mine, drafted)
        rows.append(tuple(said[name] for name in notes_form.INDICATORS.fields.values()))
    return [
        FormTable(
            "Indicators", (), tuple(notes_form.INDICATORS.fields), rows, (60, 120, 100, 100, 80, 80, 30)
        )
    ]


def _answers(mine: Notes) -> FormTable:
    said = {**mine.answers, "made_from": mark_of(mine)}
    rows = [(label, said.get(name, "")) for label, name in notes_form.ANSWERS.fields.items()]
    return FormTable("Questions of the reporting template", (), (), rows, (80, 180))


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
