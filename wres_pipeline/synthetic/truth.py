"""What is true of an invented organisation, in plain files beside the extracts; the pipeline never reads
them.

Dates are ISO, flags Y and N, ethnicity both as it is (`true_code`) and as ESR holds it (`recorded_code`,
`state`, `wres_group`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

import numpy as np

from wres_pipeline.synthetic import catalogue, survey_tables, writing
from wres_pipeline.synthetic.catalogue import Indexes, Texts
from wres_pipeline.synthetic.organisation import Organisation
from wres_pipeline.synthetic.recruitment import MOVER
from wres_pipeline.synthetic.staff import SECOND_PRIMARY
from wres_pipeline.synthetic.writing import Table, yes_no

NORMAL_LAG = np.timedelta64(56, "D")


def write_truth(folder: Path, made: Organisation, written: Sequence[Path]) -> None:
    """Write the truth of an organisation into `folder`; `written` are the extracts that were delivered."""
    spec = made.spec
    for day in spec.snapshots:
        _write(folder, f"persons_{day.isoformat()}", persons(made, np.datetime64(day, "D")))
    _write(folder, "applications", applications(made))
    for year in spec.years:
        snapshot = np.datetime64(date(year, 3, 31), "D")
        _write(folder, f"links_{year}-03-31", links(made, snapshot))
        _write(folder, f"training_{year}-03-31", training(made, year))
        if spec.survey != "none":
            _write(folder, f"survey_{year - 1}", survey(made, year))
    _write(folder, "cases", cases(made))
    _write(folder, "board", board(made))
    about = asdict(spec) | {
        "snapshots": [day.isoformat() for day in spec.snapshots],
        "delivered": [path.stem for path in written],
        "trac_dates": [day.isoformat() for day in spec.trac_dates],
        "invented": "Every organisation and person here is invented.",
    }
    text = json.dumps(about, indent=1, default=str, sort_keys=True, ensure_ascii=False) + "\n"
    (folder / "organisation.json").write_text(text, encoding="utf-8")


def _write(folder: Path, stem: str, table: Table) -> None:
    writing.write_csv(folder / f"{stem}.csv", table, iso=True)


def persons(made: Organisation, day: np.datetime64) -> Table:
    """One row a person on the staff list of a day: where the person stands, and whether counted."""
    staff = made.staff
    who = staff.listed_at(day)
    who = who[np.argsort(staff.employee_number[who].astype(str))]
    labels, posts = catalogue.ethnicities(), catalogue.posts()
    recorded, post = staff.recorded_at(who, day), staff.counted_post_at(who, day)
    reason = staff.exclusion_at(who, day)
    return {
        "employee_number": staff.employee_number[who],
        "true_code": labels.code[staff.people.ethnicity[who]],
        "recorded_code": labels.code[recorded],
        "state": labels.state[recorded],
        "wres_group": labels.wres_group[recorded],
        "cluster": posts.cluster[post],
        "band": posts.band[post],
        "senior_medical_manager": yes_no(posts.senior_medical_manager[post]),
        "assignments": catalogue.texts([str(count) for count in staff.assignments[who].tolist()]),
        "primary_is_second": yes_no(staff.primary[who] == SECOND_PRIMARY),
        "counted": yes_no(reason == ""),
        "exclusion_reason": reason,
    }


def applications(made: Organisation) -> Table:
    """One row an application with every event of its life, also those after the last extract."""
    rows, labels = made.applications, catalogue.ethnicities()
    return {
        "application_id": rows.application_id,
        "employee_number": _number_of(made, rows.member),
        "said_code": labels.national[rows.said],
        "said_state": labels.state[rows.said],
        "wres_group": labels.wres_group[rows.said],
        "applied": rows.applied,
        "shortlisted": rows.shortlisted,
        "appointed": rows.appointed,
        "starts": rows.starts,
        "withdrew": rows.withdrew,
        "internal_mover": yes_no(rows.role == MOVER),
    }


def _number_of(made: Organisation, member: Indexes) -> Texts:
    if not len(made.staff):
        return np.full(len(member), "", dtype=object)
    return np.where(member >= 0, made.staff.employee_number[member], "").astype(object)


def last_seen(made: Organisation, day: np.datetime64) -> np.ndarray:
    """Per application, the date of the last TRAC extract up to `day` that still holds it (NaT: none)."""
    seen = np.full(len(made.applications), np.datetime64("NaT", "D"))
    for extract in made.spec.trac_dates:
        when = np.datetime64(extract, "D")
        if when <= day:
            seen[made.applications.held_at(when)] = when
    return seen


def links(made: Organisation, day: np.datetime64) -> Table:
    """One row an application known to be appointed by `day`: the member of staff it is, and the state of
    its ethnicity.
    """
    rows, staff = made.applications, made.staff
    seen = last_seen(made, day)
    which = np.flatnonzero(rows.appointed <= seen)
    member, said = rows.member[which], rows.said[which]
    found = np.full(len(which), np.datetime64("NaT", "D"))
    for snapshot in made.spec.snapshots:
        when = np.datetime64(snapshot, "D")
        if when <= day and len(staff):
            listed = np.zeros(len(staff) + 1, dtype=bool)
            listed[staff.listed_at(when)] = True
            found[listed[member]] = when
    in_esr = ~np.isnat(found)
    held = np.full(len(which), catalogue.ethnicities().index("BL"))
    for snapshot in np.unique(found[in_esr]):
        here = found == snapshot
        held[here] = staff.recorded_at(member[here], snapshot)
    state = _states(said, held, in_esr)
    due = rows.starts[which] <= day
    settled = np.isin(state.astype(str), ("in_sync", "minor_difference", "conflict", "not_declared"))
    recent = rows.starts[which] > day - NORMAL_LAG
    state[recent & ~settled] = "not_yet_due"
    state[~due] = "not_yet_due"
    state[rows.role[which] == MOVER] = "internal_mover"
    state[rows.withdrew[which] <= seen[which]] = "withdrawn"
    shown = in_esr & ~np.isin(state.astype(str), ("withdrawn",))
    return {
        "application_id": rows.application_id[which],
        "employee_number": np.where(shown, _number_of(made, member), "").astype(object),
        "state": state,
        "starts": rows.starts[which],
    }


def _states(said: Indexes, held: Indexes, in_esr: np.ndarray) -> Texts:
    labels = catalogue.ethnicities()
    state = np.full(len(said), "in_sync", dtype=object)
    state[labels.national[said] != labels.national[held]] = "minor_difference"
    state[labels.wres_group[said] != labels.wres_group[held]] = "conflict"
    state[labels.state[held] == "declined"] = "not_stated_in_esr"
    state[labels.state[held] == "not_recorded"] = "missing_in_esr"
    state[labels.state[said] != "declared"] = "not_declared"
    state[~in_esr] = "not_found"
    return state


def cases(made: Organisation) -> Table:
    """One row a case: its person, and what the case system holds of the person."""
    rows, labels = made.cases, catalogue.ethnicities()
    return {
        "case_reference": rows.reference,
        "employee_number": _number_of(made, rows.member),
        "numbered": yes_no(rows.numbered & (rows.member >= 0)),
        "case_type": rows.case_type,
        "opened": rows.opened,
        "formal": rows.formal,
        "retyped_group": labels.wres_group[rows.retyped],
    }


def training(made: Organisation, year: int) -> Table:
    """One row a course of a person in a year's extract."""
    rows = made.training[year]
    return {
        "employee_number": made.staff.employee_number[rows.member],
        "mandatory": yes_no(rows.mandatory),
        "completed": rows.completed,
    }


def survey(made: Organisation, year: int) -> Table:
    """One row a respondent: WRES group (blank: not given) and an answer a question."""
    rows, labels = made.surveys[year], catalogue.ethnicities()
    kinds = survey_tables.kinds_of_answer()
    group = np.where(rows.ethnicity < 0, "", labels.wres_group[rows.ethnicity]).astype(object)
    return {"respondent": rows.respondent, "wres_group": group} | {
        question: rows.answers[question] for question in kinds if question in rows.answers
    }


def board(made: Organisation) -> Table:
    """One row a spell on the board."""
    rows, labels = made.board, catalogue.ethnicities()
    return {
        "member_id": rows.member,
        "voting": yes_no(rows.voting),
        "executive": yes_no(rows.executive),
        "start": rows.start,
        "end": rows.end,
        "wres_group": labels.wres_group[rows.ethnicity],
    }
