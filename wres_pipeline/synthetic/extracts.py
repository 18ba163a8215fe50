"""What each system would export of an invented organisation: tables under the canonical names of the
contracts.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from wres_pipeline.synthetic import catalogue, survey_tables, writing
from wres_pipeline.synthetic.catalogue import Texts
from wres_pipeline.synthetic.organisation import Organisation
from wres_pipeline.synthetic.people import Dates
from wres_pipeline.synthetic.recruitment import (
    ABSENT,
    DECLINED,
    OUTCOME,
    REJECTED,
    RESERVE,
    WITHDRAWN,
    WITHDRAWN_EARLY,
    Applications,
)
from wres_pipeline.synthetic.staff import (
    BANK,
    BOTH_PRIMARY,
    CATEGORY_LABELS,
    FIRST_PRIMARY,
    HOSTED,
    NEVER,
    SECOND_PRIMARY,
    STATUSES,
)
from wres_pipeline.synthetic.writing import Table, yes_no

STATUS_LABELS = catalogue.texts([label for label, _ in STATUSES])
SITES = catalogue.texts(["Headquarters", "North Office", "East Office"])
TRUST_SITES = catalogue.texts(
    ["Bay Infirmary", "St Ruan Hospital", "Moor View Hospital", "Community Services"]
)
DISABILITIES = catalogue.texts(["No", "Not Declared", "Yes"])
STAGES = {
    REJECTED: "Shortlisting: Rejected",
    WITHDRAWN_EARLY: "Withdrawn",
    OUTCOME: "Outcome",
    RESERVE: "Reserve",
    ABSENT: "Did not attend",
    WITHDRAWN: "Withdrawn",
    DECLINED: "Declined",
}


def write_extracts(folder: Path, made: Organisation) -> list[Path]:
    """Write every extract of an organisation into `folder`; returns the files written."""
    spec, written = made.spec, []

    def write(kind: str, date_part: str, table: Table, *, contract: str = "") -> None:
        # A system with nothing to say sends no file: a file of headings alone would be refused.
        if kind not in spec.missing and len(next(iter(table.values()))):
            style = spec.formats.get(kind, "csv")
            written.append(
                writing.write_extract(folder, contract or kind, f"{kind}_{date_part}", table, style)
            )

    for day in spec.snapshots:
        write("esr_staff_list", day.isoformat(), staff_list(made, np.datetime64(day, "D")))
    for day in spec.trac_dates:
        write("trac_applications", day.isoformat(), trac(made, np.datetime64(day, "D")))
    for year in spec.years:
        date_part = f"{year}-03-31"
        snapshot = np.datetime64(date_part, "D")
        write("employee_relations", date_part, employee_relations(made, snapshot))
        write("training", date_part, training(made, year))
        write("appraisals", date_part, appraisals(made, year))
        if spec.survey != "none":
            contract = "staff_survey" if spec.survey == "tidy" else "staff_survey_respondents"
            table = (
                survey_tables.tidy(made, year - 1)
                if spec.survey == "tidy"
                else survey_tables.respondents(made, year - 1)
            )
            write("staff_survey", str(year - 1), table, contract=contract)
        write("board", date_part, board(made, snapshot))
    return written


def staff_list(made: Organisation, day: np.datetime64) -> Table:
    """The ESR staff list of a day: one row an assignment."""
    staff, spec = made.staff, made.spec
    listed = staff.listed_at(day)
    listed = listed[np.argsort(staff.employee_number[listed].astype(str))]
    who = np.repeat(listed, staff.assignments[listed])
    ordinal = np.arange(len(who)) - np.repeat(
        np.cumsum(staff.assignments[listed]) - staff.assignments[listed], staff.assignments[listed]
    )
    post = np.where(ordinal == 0, staff.post_at(who, day), staff.second_post[who])
    category = CATEGORY_LABELS[staff.category[who]]
    category[(ordinal > 0) & staff.second_bank[who]] = CATEGORY_LABELS[BANK]
    hosted = staff.category[who] == HOSTED
    gone = staff.left[who] < day
    status = STATUS_LABELS[staff.status[who]]
    status[gone & (staff.recorded[who] % 2 == 0)] = "Terminate Process Assignment"
    status[gone & (staff.recorded[who] % 2 == 1)] = "Active Assignment"
    mode = staff.primary[who]
    primary = np.where(ordinal == 0, np.isin(mode, (FIRST_PRIMARY, BOTH_PRIMARY)), False)
    primary |= (ordinal == 1) & np.isin(mode, (SECOND_PRIMARY, BOTH_PRIMARY))
    fte = np.where(ordinal == 0, staff.fte[who], 0.2)
    posts = catalogue.posts()
    sites = TRUST_SITES if spec.kind == "trust" else SITES
    known_end = np.where(staff.left[who] <= day + np.timedelta64(60, "D"), staff.left[who], NEVER)
    people = staff.people
    return {
        "employee_number": staff.employee_number[who],
        "assignment_number": _assignment_numbers(staff.employee_number[who], ordinal),
        "is_primary": yes_no(primary),
        "ethnic_origin": catalogue.ethnicities().esr_label[staff.recorded_at(who, day)],
        "staff_group": posts.staff_group[post],
        "job_role": posts.job_role[post],
        "pay_scale": posts.pay_scale[post],
        "assignment_category": category,
        "assignment_status": status,
        "employee_category": np.where(fte >= 1.0, "Full Time", "Part Time").astype(object),
        "fte": catalogue.texts([f"{value:.2f}" for value in fte.tolist()]),
        "payroll_name": np.where(hosted, f"{spec.code} Hosted Services", f"{spec.code} Monthly").astype(
            object
        ),
        "org_l1": np.full(len(who), spec.name, dtype=object),
        "org_l4": sites[who % len(sites)],
        "first_name": people.first_name[who],
        "last_name": people.last_name[who],
        "date_of_birth": people.date_of_birth[who],
        "ni_number": people.ni_number[who],
        "email": people.email[who],
        "postcode": people.postcode[who],
        "gender": people.gender[who],
        "hire_date": staff.hired[who],
        "termination_date": known_end,
        "disability": DISABILITIES[who % 10 % 4 % 3],
    }


def _assignment_numbers(employee_number: Texts, ordinal: np.ndarray) -> Texts:
    numbers = employee_number.copy()
    for place in np.flatnonzero(ordinal > 0).tolist():
        numbers[place] = f"{employee_number[place]}-{ordinal[place] + 1}"
    return numbers


def stages(applications: Applications, who: np.ndarray, day: np.datetime64) -> Texts:
    """The stage TRAC shows on a day, from the events up to that day."""
    made = applications
    stage = np.full(len(who), "Shortlisting: Evaluate", dtype=object)
    steps: list[tuple[Dates, str]] = [
        (made.shortlisted, "Invited for Interview"),
        (made.interviewed, "Interview"),
        (made.offered, "Offer"),
        (made.appointed, "Starting"),
        (made.withdrew, "Withdrawn"),
    ]
    for events, label in steps:
        stage[events[who] <= day] = label
    decided = np.where(made.outcome[who] == REJECTED, made.applied[who] + 20, made.interviewed[who] + 3)
    decided = np.where(made.outcome[who] == ABSENT, made.shortlisted[who] + 16, decided)
    for outcome, label in STAGES.items():
        ended = made.withdrew[who] if outcome in (WITHDRAWN, WITHDRAWN_EARLY, DECLINED) else decided
        stage[(made.outcome[who] == outcome) & (ended <= day)] = label
    return stage


def trac(made: Organisation, day: np.datetime64) -> Table:
    """What TRAC holds on a day: one row an application."""
    applied, spec = made.applications, made.spec
    who = applied.held_at(day)
    persons, identity = applied.persons, applied.identity[who]
    posts = catalogue.posts()

    def by_then(events: Dates) -> Dates:
        return np.where(events[who] <= day, events[who], NEVER)

    shortlisted, appointed = by_then(applied.shortlisted), by_then(applied.appointed)
    return {
        "application_id": applied.application_id[who],
        "vacancy_reference": applied.vacancy_reference[who],
        "vacancy_title": posts.job_role[applied.post[who]],
        "staff_group": posts.staff_group[applied.post[who]],
        "pay_scale": posts.band[applied.post[who]],
        "applicant_first_name": persons.first_name[identity],
        "applicant_last_name": persons.last_name[identity],
        "date_of_birth": persons.date_of_birth[identity],
        "email": persons.email[identity],
        "postcode": persons.postcode[identity],
        "ni_number": persons.ni_number[identity],
        "date_applied": applied.applied[who],
        "stage": stages(applied, who, day),
        "shortlisted": shortlisted if spec.shortlisted_as_date else yes_no(~np.isnat(shortlisted)),
        "interviewed": yes_no(~np.isnat(by_then(applied.interviewed))),
        "offered": by_then(applied.offered),
        "appointed": yes_no(~np.isnat(appointed)),
        "start_date": np.where(np.isnat(appointed), NEVER, applied.starts[who]),
        "ethnic_origin": catalogue.ethnicities().trac_label[applied.said[who]],
        "gender": persons.gender[identity],
        "is_internal": yes_no(applied.internal[who]),
        "is_international": yes_no(applied.international[who]),
        "source": np.where(applied.through_nhs_jobs[who], "NHS Jobs", "TRAC").astype(object),
    }


def employee_relations(made: Organisation, day: np.datetime64) -> Table:
    """The case log on a day."""
    cases, staff = made.cases, made.staff
    who = np.flatnonzero(cases.opened <= day)
    formal = np.where(cases.formal[who] <= day, cases.formal[who], NEVER)
    closed = np.where(cases.closed[who] <= day, cases.closed[who], NEVER)
    member = cases.member[who]
    number = np.where((member >= 0) & cases.numbered[who], staff.employee_number[member], "").astype(object)
    disciplinary = cases.case_type[who] == "Disciplinary"
    stage = np.where(np.isnat(formal) & disciplinary, "Informal", "Formal investigation").astype(object)
    stage[~np.isnat(closed)] = "Closed"
    return {
        "case_reference": cases.reference[who],
        "employee_number": number,
        "case_type": cases.case_type[who],
        "opened": cases.opened[who],
        "formal_investigation_started": formal,
        "stage": stage,
        "outcome": np.where(np.isnat(closed), "", cases.outcome[who]).astype(object),
        "closed": closed,
        "ethnic_origin": catalogue.ethnicities().esr_label[cases.retyped[who]],
    }


def training(made: Organisation, year: int) -> Table:
    """The courses of a year."""
    rows = made.training[year]
    return {
        "employee_number": made.staff.employee_number[rows.member],
        "course": rows.course,
        "is_mandatory": yes_no(rows.mandatory),
        "completed": rows.completed,
        "requested": rows.requested,
        "approved": np.where(np.isnat(rows.requested), "", yes_no(rows.approved)).astype(object),
    }


def appraisals(made: Organisation, year: int) -> Table:
    """The last appraisals at the end of a year."""
    listed, held = made.appraisals[year]
    order = np.argsort(made.staff.employee_number[listed].astype(str))
    return {"employee_number": made.staff.employee_number[listed][order], "last_appraisal": held[order]}


def board(made: Organisation, day: np.datetime64) -> Table:
    """The board as its secretary lists it on a day: sitting members and spells that ended."""
    members = made.board
    return {
        "member_id": members.member,
        "role": members.role,
        "is_voting": yes_no(members.voting),
        "is_executive": yes_no(members.executive),
        "start": members.start,
        "end": np.where(members.end <= day, members.end, NEVER),
        "ethnic_origin": catalogue.ethnicities().esr_label[members.ethnicity],
    }
