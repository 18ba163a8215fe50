"""What the texts of raw rows mean, as temporary look-up tables that the canonical tables' SQL joins: one row a distinct text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import duckdb

from wres_pipeline.extracts import contracts
from wres_pipeline.extracts.canonical import column_scales, pay_banding, values
from wres_pipeline.reference import local, survey
from wres_pipeline.reference.codes import cases, ethnic_lists, flags, job_roles, recruitment
from wres_pipeline.reference.local import LocalMappings
from wres_pipeline.reference.tables import fold
from wres_pipeline.warehouse import sql

if TYPE_CHECKING:
    from wres_pipeline.extracts.canonical.core import CoreTable

STAGES = ("applied", "shortlisted", "interviewed", "offered", "appointed")
QUESTION = re.compile(r"q\d+[a-z]?")
"""Columns of answers by respondent."""
MANDATORY_MARK = "NHS|MAND|"
CODE = "d.organisation_code"

Own = Mapping[str, LocalMappings]
"""The labels of each organisation's own, by its code."""


def resolve(con: duckdb.DuckDBPyConnection, table: CoreTable, own: Own) -> None:
    """Make the look-up tables that the table's SQL joins, for the deliveries in `core_scope`."""
    for name in table.lookups:
        LOOKUPS[name](con, table, own)
    if table.ethnic_origin:
        _ethnic_labels(con, table, own)
    if table.dates:
        _dates(con, table)
    if table.birth_date:
        _birth_dates(con, table)
    if table.flags:
        _flags(con, table, own)
    if table.flags_or_dates:
        _flags_or_dates(con, table, own)


def _distinct(
    con: duckdb.DuckDBPyConnection, raw: str, *columns: str, where: str = "TRUE"
) -> list[tuple[Any, ...]]:
    """The differing rows of expressions over a raw table (`r`) and the deliveries in `core_scope` (`d`)."""
    return con.execute(
        f"SELECT DISTINCT {', '.join(columns)} FROM {raw} r JOIN core_scope d USING (delivery_id) WHERE {where} ORDER BY ALL"  # noqa: S608
    ).fetchall()


def _text(column: str) -> str:
    return f"coalesce(r.\"{column}\", '')"


def _temporary_table(
    con: duckdb.DuckDBPyConnection,
    name: str,
    columns: Sequence[str],
    rows: Sequence[tuple[object, ...]],
    kinds: str = "",
) -> None:
    types = kinds.split() if kinds else ["VARCHAR"] * len(columns)
    declared = ", ".join(f"{column} {kind}" for column, kind in zip(columns, types, strict=True))
    con.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({declared})")
    if rows:
        lists = [[row[i] for row in rows] for i in range(len(columns))]
        picks = ", ".join(f"unnest(?::{kind}[])" for kind in types)
        con.execute(f"INSERT INTO {name} SELECT {picks}", lists)  # noqa: S608


def _labels(
    name: str,
    columns: tuple[str, ...],
    means: str,
    meaning: Callable[..., tuple[object, ...]],
    kinds: str = "",
) -> Callable[..., None]:
    """A look-up of what one or two columns say, by the organisation's own labels or else everybody's."""
    names = ["organisation_code", "text", "text_2"][: 1 + len(columns)] + means.split()

    def fill(con: duckdb.DuckDBPyConnection, table: CoreTable, own: Own) -> None:
        found = _distinct(con, table.raw, CODE, *map(_text, columns))
        rows = [(code, *texts, *meaning(own[code], *texts)) for code, *texts in found]
        _temporary_table(con, name, names, rows, kinds)

    return fill


def _placed(own: LocalMappings, staff_group: str, pay_scale: str) -> tuple[str, ...]:
    found = pay_banding.place(staff_group, pay_scale, own.staff_groups, own.pay_scales)
    return found.cluster, found.band


def _stage(own: LocalMappings, text: str) -> tuple[object, ...]:
    found = recruitment.stage(text, own.recruitment_stages)
    return (0, "", False) if found is None else (STAGES.index(found.reached), found.ended, True)


def _ethnic_labels(con: duckdb.DuckDBPyConnection, table: CoreTable, own: Own) -> None:
    """What each text about ethnicity means: by the organisation's own list, the list its column is written in, or the
    national ones."""
    rows = []
    for code, written, text in _distinct(con, table.raw, CODE, "d.ethnic_list", _text("ethnic_origin")):
        means = ethnic_lists.resolve_of_column(text, written, own[code].ethnic_labels)
        rows.append((code, written, text, means.code, means.state, means.group))
    names = ("organisation_code", "ethnic_list", "text", "code", "state", "wres_group")
    _temporary_table(con, "label_ethnicity", names, rows)


def _employee_numbers(con: duckdb.DuckDBPyConnection, table: CoreTable, own: Own) -> None:
    """Numbers of a raw table that no staff list holds as they are written, and those they stand for."""
    con.execute(
        f"CREATE OR REPLACE TEMP VIEW numbers_written AS SELECT delivery_id, employee_number FROM {table.raw}"  # noqa: S608
    )
    rows = con.execute(sql(__package__, "employee_numbers.sql"), {"organisations": _codes(con)}).fetchall()
    _temporary_table(con, "employee_number_of", ("organisation_code", "as_written", "employee_number"), rows)


def _application_numbers(con: duckdb.DuckDBPyConnection, table: CoreTable, own: Own) -> None:
    rows = con.execute(sql(__package__, "application_numbers.sql"), {"organisations": _codes(con)}).fetchall()
    names = ("organisation_code", "identifier", "as_written", "longer")
    _temporary_table(con, "application_number_of", names, rows)


def _codes(con: duckdb.DuckDBPyConnection) -> list[str]:
    found = con.execute("SELECT DISTINCT organisation_code FROM core_scope ORDER BY 1").fetchall()
    return [row[0] for row in found]


def _events(con: duckdb.DuckDBPyConnection, table: CoreTable, own: Own) -> None:
    """The rows of an extract of events under one set of names, whatever its column of the day is called."""
    happened = table.event_date
    con.execute(
        f'CREATE OR REPLACE TEMP TABLE event_rows AS SELECT r.delivery_id, r.row_number, r.employee_number, r."{happened}" AS text, '  # noqa: S608
        f"l.kind, coalesce(l.date_orders ->> '{happened}', 'dmy') AS day_order FROM {table.raw} r "
        "JOIN core_scope USING (delivery_id) JOIN deliveries l USING (delivery_id)"
    )


def _event_dates(con: duckdb.DuckDBPyConnection, table: CoreTable, own: Own) -> None:
    _text_dates(con, _distinct(con, "event_rows", "r.day_order", "r.text", where="r.text IS NOT NULL"))


def _senior_roles(con: duckdb.DuckDBPyConnection, table: CoreTable, own: Own) -> None:
    found = _distinct(con, table.raw, _text("job_role"), _text("position_title"))
    rows = [(*row, any(job_roles.is_senior_medical_manager(text) for text in row)) for row in found]
    _temporary_table(con, "label_senior", ("text", "text_2", "senior"), rows, "VARCHAR VARCHAR BOOLEAN")


def _applicant_names(con: duckdb.DuckDBPyConnection, table: CoreTable, own: Own) -> None:
    """Names of applicants that came in one cell, parted."""
    in_one = "applicant_name IS NOT NULL AND nullif(trim(concat(applicant_first_name, applicant_last_name)), '') IS NULL"
    found = _distinct(con, table.raw, "applicant_name", where=in_one)
    rows = [(text, *(part or None for part in values.split_name(text))) for (text,) in found]
    _temporary_table(con, "text_applicant", ("text", "first_name", "last_name"), rows)


def _courses(con: duckdb.DuckDBPyConnection, table: CoreTable, own: Own) -> None:
    found = _distinct(con, table.raw, _text("course"))
    rows = [(text, text.strip().upper().startswith(MANDATORY_MARK) or None) for (text,) in found]
    _temporary_table(con, "label_course", ("text", "mandatory"), rows, "VARCHAR BOOLEAN")


def _survey_groups(con: duckdb.DuckDBPyConnection, table: CoreTable, own: Own) -> None:
    blank = survey.ALL_STAFF if table.kind == "staff_survey" else "Unknown"
    rows = []
    for code, year, text in _distinct(con, table.raw, CODE, "d.survey_year", _text("ethnic_group")):
        mine = local.SURVEY_GROUPS.get(LocalMappings.of_survey(own[code].survey_groups, year, text) or "")
        means = survey.ethnic_group(text, year) if text.strip() else blank
        rows.append((code, year, text, means if mine is None else mine))
    _temporary_table(
        con, "label_survey_group", ("organisation_code", "survey_year", "text", "wres_group"), rows,
        "VARCHAR INTEGER VARCHAR VARCHAR",
    )  # fmt: skip


def _survey_questions(con: duckdb.DuckDBPyConnection, table: CoreTable, own: Own) -> None:
    """The organisation's own names of questions, put in the place of the file's. In answers by respondent, whose columns
    the contract names, only where they are written for the survey's year."""
    by_respondent = table.kind == "staff_survey_respondents"
    columns = contracts.load(table.kind).columns if by_respondent else ()
    named = [f"'{c.name}'" for c in columns if QUESTION.fullmatch(c.name)] or [_text("question")]
    rows = []
    for code, year, text in _distinct(con, table.raw, CODE, "d.survey_year", f"unnest([{', '.join(named)}])"):
        mine = own[code].survey_questions
        means = (
            mine.get(f"{year} {fold(text)}") if by_respondent else LocalMappings.of_survey(mine, year, text)
        )
        otherwise = f"{text[:1].upper()}{text[1:]}" if by_respondent else text.strip()
        rows.append((code, year, text, means or otherwise))
    _temporary_table(
        con, "label_survey_question", ("organisation_code", "survey_year", "text", "means"), rows,
        "VARCHAR INTEGER VARCHAR VARCHAR",
    )  # fmt: skip


def _percentages(con: duckdb.DuckDBPyConnection, table: CoreTable, own: Own) -> None:
    found = _distinct(con, table.raw, "d.percent_scale", "r.percent", where="r.percent IS NOT NULL")
    rows = [(scale, text, column_scales.percent(text, scale)) for scale, text in found]
    _temporary_table(con, "text_percent", ("scale", "text", "value"), rows, "VARCHAR VARCHAR DOUBLE")


def _numbers(column: str, con: duckdb.DuckDBPyConnection, table: CoreTable, own: Own) -> None:
    found = _distinct(con, table.raw, f"r.{column}", where=f"r.{column} IS NOT NULL")
    rows = [(text, values.parse_number(text)) for (text,) in found]
    _temporary_table(con, "text_number", ("text", "value"), rows, "VARCHAR DOUBLE")


def _dates(con: duckdb.DuckDBPyConnection, table: CoreTable) -> None:
    texts: set[tuple[Any, ...]] = set()
    for column in table.dates:
        texts.update(
            _distinct(con, table.raw, f"d.{column}_order", f'r."{column}"', where=f'r."{column}" IS NOT NULL')
        )
    _text_dates(con, sorted(texts))


def _text_dates(con: duckdb.DuckDBPyConnection, texts: Sequence[tuple[Any, ...]]) -> None:
    rows = [(order, text, values.parse_date(text, order)) for order, text in texts]
    _temporary_table(con, "text_date", ("day_order", "text", "value"), rows, "VARCHAR VARCHAR DATE")


def _birth_dates(con: duckdb.DuckDBPyConnection, table: CoreTable) -> None:
    """Dates of birth: a year of two digits is the latest that is not after the day of the extract."""
    column = f'r."{table.birth_date}"'
    found = _distinct(
        con, table.raw, "d.period", f"d.{table.birth_date}_order", column, where=f"{column} IS NOT NULL"
    )
    rows = [
        (period, order, text, values.parse_date(text, order, latest=period)) for period, order, text in found
    ]
    _temporary_table(
        con, "text_birth", ("period", "day_order", "text", "value"), rows, "DATE VARCHAR VARCHAR DATE"
    )


def _flags(con: duckdb.DuckDBPyConnection, table: CoreTable, own: Own) -> None:
    rows = []
    for column in table.flags:
        found = _distinct(con, table.raw, CODE, _text(column))
        rows += [(code, column, text, flag(column, text, own[code].flags)) for code, text in found]
    names = ("organisation_code", "column_name", "text", "value")
    _temporary_table(con, "text_flag", names, rows, "VARCHAR VARCHAR VARCHAR BOOLEAN")


def _flags_or_dates(con: duckdb.DuckDBPyConnection, table: CoreTable, own: Own) -> None:
    rows = []
    for column in table.flags_or_dates:
        found = _distinct(con, table.raw, CODE, f"d.{column}_order", _text(column))
        rows += [
            (code, column, order, text, *flag_or_date(column, text, order, own[code].flags))
            for code, order, text in found
        ]
    names = ("organisation_code", "column_name", "day_order", "text", "value", "on_date")
    _temporary_table(con, "text_flag_or_date", names, rows, "VARCHAR VARCHAR VARCHAR VARCHAR BOOLEAN DATE")


def flag(column: str, text: str, own: Mapping[str, str]) -> bool | None:
    """Yes or no, by the organisation's own words, the column's own words, or the words everybody uses; None: not known."""
    if flags.known(column, text, own):
        return flags.meaning(column, text, own)
    return values.parse_yes_no(text)


def flag_or_date(
    column: str, text: str, order: str, own: Mapping[str, str]
) -> tuple[bool | None, date | None]:
    """As `flag`, for a column that may give a day instead: a day is a yes on that day."""
    if flags.known(column, text, own):
        return flags.meaning(column, text, own), None
    return values.parse_yes_no_or_date(text, order)


LOOKUPS: Mapping[str, Callable[[duckdb.DuckDBPyConnection, CoreTable, Own], None]] = {
    "placement": _labels("label_placement", ("staff_group", "pay_scale"), "cluster band", _placed),
    "category": _labels(
        "label_category", ("assignment_category",), "reason",
        lambda mine, text: (pay_banding.category_exclusion(text, mine.assignment_categories),),
    ),
    "status": _labels(
        "label_status", ("assignment_status",), "reason",
        lambda mine, text: (pay_banding.status_exclusion(text, mine.assignment_statuses),),
    ),
    "payroll": _labels(
        "label_payroll", ("payroll_name",), "reason",
        lambda mine, text: (pay_banding.payroll_exclusion(text, mine.payrolls),),
    ),
    "stage": _labels(
        "label_stage", ("stage",), "reached ended known", _stage, "VARCHAR VARCHAR INTEGER VARCHAR BOOLEAN"
    ),
    "case_type": _labels(
        "label_case", ("case_type",), "kind", lambda mine, text: (cases.kind(text, mine.case_types) or "unmapped",)
    ),
    # the organisation's own words for what a percentage counts, put in the place of the file's
    "survey_measures": _labels(
        "label_survey_measure", ("measure",), "means",
        lambda mine, text: (mine.survey_measures.get(fold(text), text.strip()),),
    ),
    "survey_groups": _survey_groups,
    "survey_questions": _survey_questions,
    "senior_roles": _senior_roles,
    "applicant_names": _applicant_names,
    "courses": _courses,
    "percentages": _percentages,
    "employee_numbers": _employee_numbers,
    "application_numbers": _application_numbers,
    "events": _events,
    "event_dates": _event_dates,
    **{column: partial(_numbers, column) for column in ("applications", "value", "base")},
}  # fmt: skip
"""What a canonical table can name among its `lookups`."""
