"""Canonical tables: the accepted raw rows, typed, with what their labels mean.

SQL joins and keeps rows; what a label or a date means is decided once for each DISTINCT text by pure Python and
joined back. Rows are made delivery by delivery, only for deliveries that are new, superseded, or were made under
other rules, each kind in one transaction, so a re-run is idempotent and a killed one leaves the old rows whole.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from importlib.resources import files

import duckdb

from wres_pipeline.extracts import contracts
from wres_pipeline.extracts.canonical import column_scales, pay_banding, values
from wres_pipeline.reference import indicators, local, survey
from wres_pipeline.reference.codes import cases, ethnic_lists, flags, job_roles, recruitment
from wres_pipeline.reference.local import LocalMappings
from wres_pipeline.reference.tables import fold
from wres_pipeline.warehouse import sql, transaction

STAGES = ("applied", "shortlisted", "interviewed", "offered", "appointed")
QUESTION = re.compile(r"q\d+[a-z]?")
"""Columns of answers by respondent."""
MANDATORY_MARK = "NHS|MAND|"


@dataclass(frozen=True, slots=True)
class CoreTable:
    """A canonical table: the kind of delivery it is made from, its raw table, and the texts its labels stand in.

    statement: the SQL file that makes it, where that is not the table's name: one table can be made of two kinds.
    """

    name: str
    kind: str
    raw: str
    ethnic_origin: bool = False
    dates: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    flags_or_dates: tuple[str, ...] = ()
    birth_date: str = ""
    statement: str = ""

    @property
    def made_by(self) -> str:
        return self.statement or self.name


CORE_TABLES: tuple[CoreTable, ...] = (
    CoreTable(
        "core_assignments",
        "esr_staff_list",
        "raw_esr_staff_list",
        True,
        ("hire_date", "termination_date"),
        ("is_primary",),
    ),
    CoreTable(
        "core_applications",
        "trac_applications",
        "raw_trac_applications",
        True,
        ("date_applied", "start_date"),
        ("is_internal", "is_international"),
        ("shortlisted", "interviewed", "offered", "appointed"),
        "date_of_birth",
    ),
    CoreTable("core_recruitment_summary", "recruitment_summary", "raw_recruitment_summary", True),
    CoreTable(
        "core_disciplinary_cases",
        "employee_relations",
        "raw_employee_relations",
        True,
        ("formal_investigation_started", "opened", "closed"),
    ),
    CoreTable(
        "core_training", "training", "raw_training", False, ("completed", "requested"), ("is_mandatory",)
    ),
    CoreTable("core_appraisals", "appraisals", "raw_appraisals", False, ("last_appraisal",)),
    CoreTable("core_survey_results", "staff_survey", "raw_staff_survey"),
    CoreTable("core_survey_respondents", "staff_survey_respondents", "raw_staff_survey_respondents"),
    CoreTable(
        "core_board_members", "board", "raw_board", True, ("start", "end"), ("is_voting", "is_executive")
    ),
    CoreTable("core_wres_counts", "wres_counts", "raw_wres_counts"),
    CoreTable("core_provider_returns", "provider_returns", "raw_provider_returns"),
)
EVENTS = "core_events"
"""The table of everything that happened to a person and that an indicator needs no more of than the person and the day."""
CORE_TABLES += tuple(
    CoreTable(EVENTS, rule.events.kind, f"raw_{rule.events.kind}", dates=(rule.events.happened,))
    for rule in indicators.REGISTRY
    if rule.events
)
APPLICANTS = "core_identities_of_applicants"
IDENTITIES = (
    CoreTable("core_staff", "esr_staff_list", "raw_esr_staff_list", birth_date="date_of_birth"),
    CoreTable(
        "core_identities", "esr_staff_list", "raw_esr_staff_list", birth_date="date_of_birth",
        statement="core_identities_of_staff",
    ),
    CoreTable(
        "core_identities", "trac_applications", "raw_trac_applications", birth_date="date_of_birth", statement=APPLICANTS
    ),
)  # fmt: skip
"""Made after the others, and only for the organisations whose TRAC-to-ESR gap is asked for: who people are, which no figure reads,
and the staff as the gap reads them."""


def rules_fingerprint(own: LocalMappings) -> str:
    """What the canonical rows depend on beside the raw rows: reference files, SQL, and the organisation's mappings."""
    digest = hashlib.sha256(_package_fingerprint().encode())
    for name in sorted(f.name for f in fields(own)):
        digest.update(repr((name, sorted(dict(getattr(own, name)).items()))).encode())
    return digest.hexdigest()[:16]


def build(
    con: duckdb.DuckDBPyConnection,
    tables: Iterable[CoreTable],
    organisations: Sequence[str],
    mappings: Mapping[str, LocalMappings],
) -> dict[str, int]:
    """Bring `tables` up to date for `organisations`; returns the deliveries (re)made per table.

    `mappings` holds an organisation's own labels by its code; an organisation it does not hold has none.
    """
    con.execute(sql(__package__, "identifier_macros.sql"))
    made: dict[str, int] = {}
    own = {code: mappings.get(code) or LocalMappings.load(None) for code in organisations}
    fingerprints = {code: rules_fingerprint(found) for code, found in own.items()}
    for table in tables:
        marker = table.name
        rules = _with_neighbours(con, table, fingerprints)
        gone = [row[0] for row in con.execute(sql(__package__, "core_superseded.sql"), [marker]).fetchall()]
        due = [
            row[0]
            for row in con.execute(
                sql(__package__, "core_due.sql"), [list(rules), list(rules.values()), marker, table.kind]
            ).fetchall()
        ]
        made[table.name] = made.get(table.name, 0) + len(due)
        if not due and not gone:
            continue
        with transaction(con):
            con.execute(
                f"DELETE FROM {table.name} WHERE delivery_id IN (SELECT unnest(?::VARCHAR[]))",  # noqa: S608
                [gone + due],
            )
            con.execute(
                "DELETE FROM core_built WHERE core_table = ? AND delivery_id IN (SELECT unnest(?::VARCHAR[]))",
                [marker, gone + due],
            )
            if due:
                con.execute(sql(__package__, "core_scope.sql"), [due])
                con.execute(sql(__package__, "core_quarantined.sql"))
                _resolve_texts(con, table, own)
                con.execute(sql(__package__, f"{table.made_by}.sql"))
                con.execute(
                    "INSERT INTO core_built (delivery_id, core_table, rules) SELECT d.delivery_id, ?, w.rules FROM core_scope d JOIN "
                    "(SELECT unnest(?::VARCHAR[]) AS organisation_code, unnest(?::VARCHAR[]) AS rules) w USING (organisation_code)",
                    [marker, list(rules), list(rules.values())],
                )
    return made


NUMBERS_FROM = {
    "core_training": "esr_staff_list",
    "core_disciplinary_cases": "esr_staff_list",
    "core_appraisals": "esr_staff_list",
    EVENTS: "esr_staff_list",
    "core_applications": "trac_applications",
    APPLICANTS: "trac_applications",
}
"""Tables whose numbers are read beside other files of the organisation, and the kind of those files: another staff list can show
what a number stands for."""


def _with_neighbours(
    con: duckdb.DuckDBPyConnection, table: CoreTable, rules: Mapping[str, str]
) -> dict[str, str]:
    """What the rows of a table depend on, with the files its numbers are read beside."""
    if table.made_by not in NUMBERS_FROM:
        return dict(rules)
    beside: dict[str, list[str]] = {code: [] for code in rules}
    for code, delivery in con.execute(
        "SELECT organisation_code, delivery_id FROM current_deliveries WHERE kind = ? AND organisation_code IN "
        "(SELECT unnest(?::VARCHAR[])) ORDER BY ALL",
        [NUMBERS_FROM[table.made_by], list(rules)],
    ).fetchall():
        beside[code].append(delivery)
    return {
        code: hashlib.sha256(f"{rules[code]} {' '.join(beside[code])}".encode()).hexdigest()[:16]
        for code in rules
    }


def _event_rows(con: duckdb.DuckDBPyConnection, table: CoreTable) -> None:
    """The rows of an extract of events under one set of names, whatever its column of the day is called."""
    (happened,) = table.dates
    con.execute(
        f'CREATE OR REPLACE TEMP TABLE event_rows AS SELECT r.delivery_id, r.row_number, r.employee_number, r."{happened}" AS text, '  # noqa: S608
        f"l.kind, coalesce(l.date_orders ->> '{happened}', 'dmy') AS day_order FROM {table.raw} r "
        "JOIN core_scope USING (delivery_id) JOIN deliveries l USING (delivery_id)"
    )


def _numbers_of_people(con: duckdb.DuckDBPyConnection, raw: str) -> None:
    """Numbers of a raw table that no staff list holds as they are written, and those they stand for."""
    con.execute(
        f"CREATE OR REPLACE TEMP VIEW numbers_written AS SELECT delivery_id, employee_number FROM {raw}"  # noqa: S608
    )
    rows = con.execute(sql(__package__, "employee_numbers.sql"), {"organisations": _codes(con)}).fetchall()
    _temporary_table(con, "employee_number_of", ("organisation_code", "as_written", "employee_number"), rows)


def _numbers_of_applications(con: duckdb.DuckDBPyConnection) -> None:
    rows = con.execute(sql(__package__, "application_numbers.sql"), {"organisations": _codes(con)}).fetchall()
    names = ("organisation_code", "identifier", "as_written", "longer")
    _temporary_table(con, "application_number_of", names, rows)


def _codes(con: duckdb.DuckDBPyConnection) -> list[str]:
    found = con.execute("SELECT DISTINCT organisation_code FROM core_scope ORDER BY 1").fetchall()
    return [row[0] for row in found]


def _package_fingerprint() -> str:
    global _FINGERPRINT
    if not _FINGERPRINT:
        digest = hashlib.sha256()
        for package, folder, ending in (
            ("wres_pipeline.reference", "", (".yaml", ".py")),
            ("wres_pipeline.reference", "lists", (".csv",)),
            ("wres_pipeline.reference", "codes", (".py",)),
            ("wres_pipeline.extracts.canonical", "sql", (".sql",)),
            ("wres_pipeline.extracts.canonical", "", (".py",)),
        ):
            place = files(package).joinpath(folder) if folder else files(package)
            for entry in sorted(place.iterdir(), key=lambda e: e.name):
                if entry.is_file() and entry.name.endswith(ending):
                    digest.update(entry.name.encode())
                    digest.update(entry.read_bytes())
        for one in indicators.folders():
            for path in sorted(one.glob("*.*")):
                digest.update(path.name.encode() + path.read_bytes())
        _FINGERPRINT = digest.hexdigest()
    return _FINGERPRINT


_FINGERPRINT = ""


def _resolve_texts(
    con: duckdb.DuckDBPyConnection, table: CoreTable, own: Mapping[str, LocalMappings]
) -> None:
    """Fill the temporary look-up tables the table's SQL joins: one row a distinct text, with what it means."""
    if table.name in NUMBERS_FROM:
        if table.name == EVENTS:
            _event_rows(con, table)
        if table.name == "core_applications":
            _numbers_of_applications(con)
        else:
            _numbers_of_people(con, table.raw)
    if table.ethnic_origin:
        _ethnic_labels(con, table.raw, own)
    if table.name == "core_assignments":
        _labels(
            con, table.raw, "label_placement", ("staff_group", "pay_scale"), ("cluster", "band"), own,
            lambda mine, group, scale: _placed(group, scale, mine),
        )  # fmt: skip
        _labels(
            con, table.raw, "label_category", ("assignment_category",), ("reason",), own,
            lambda mine, text: (pay_banding.category_exclusion(text, mine.assignment_categories),),
        )  # fmt: skip
        _labels(
            con, table.raw, "label_status", ("assignment_status",), ("reason",), own,
            lambda mine, text: (pay_banding.status_exclusion(text, mine.assignment_statuses),),
        )  # fmt: skip
        _labels(
            con, table.raw, "label_payroll", ("payroll_name",), ("reason",), own,
            lambda mine, text: (pay_banding.payroll_exclusion(text, mine.payrolls),),
        )  # fmt: skip
        _senior_roles(con, table.raw)
    if table.name == "core_applications":
        _labels(
            con, table.raw, "label_stage", ("stage",), ("reached", "ended", "known"), own,
            lambda mine, text: _stage(text, mine.recruitment_stages),
        )  # fmt: skip
        con.execute("ALTER TABLE label_stage ALTER reached TYPE INTEGER")
        con.execute("ALTER TABLE label_stage ALTER known TYPE BOOLEAN")
    if table.name == "core_applications" or table.made_by == APPLICANTS:
        _applicants(con)
    if table.name == "core_disciplinary_cases":
        _labels(
            con, table.raw, "label_case", ("case_type",), ("kind",), own,
            lambda mine, text: (cases.kind(text, mine.case_types) or "unmapped",),
        )  # fmt: skip
    if table.name == "core_training":
        _courses(con)
    if table.name == "core_recruitment_summary":
        _numbers(con, table.raw, ("applications",))
    if table.name == "core_wres_counts":
        _numbers(con, table.raw, ("value",))
    if table.name == "core_survey_results":
        _survey_groups(con, "raw_staff_survey", own)
        _survey_questions(con, "raw_staff_survey", own)
        _survey_measures(con, own)
        _percentages(con, table.raw)
        _numbers(con, table.raw, ("base",))
    if table.name == "core_survey_respondents":
        _survey_groups(con, "raw_staff_survey_respondents", own)
        _survey_questions(con, "raw_staff_survey_respondents", own)
    if table.dates:
        texts = _event_texts(con) if table.name == EVENTS else _ordered_texts(con, table, table.dates)
        _dates(con, texts)
    if table.birth_date:
        _birth_dates(con, table)
    if table.flags:
        _flags(con, table, own)
    if table.flags_or_dates:
        _flags_or_dates(con, table, own)


def _labels(
    con: duckdb.DuckDBPyConnection,
    raw: str,
    name: str,
    columns: tuple[str, ...],
    means: tuple[str, ...],
    own: Mapping[str, LocalMappings],
    resolve: Callable[..., tuple[str | None, ...]],
) -> None:
    texts = ", ".join(f"coalesce(r.\"{column}\", '')" for column in columns)
    found = con.execute(
        f"SELECT DISTINCT d.organisation_code, {texts} FROM {raw} r JOIN core_scope d USING (delivery_id) ORDER BY ALL"  # noqa: S608
    ).fetchall()
    rows = [(*row, *resolve(own[row[0]], *row[1:])) for row in found]
    names = ["organisation_code", "text", "text_2"][: 1 + len(columns)] + list(means)
    _temporary_table(con, name, names, rows)


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


def _ethnic_labels(con: duckdb.DuckDBPyConnection, raw: str, own: Mapping[str, LocalMappings]) -> None:
    """What each text about ethnicity means: by the organisation's own list, the list its column is written in, or the
    national ones."""
    found = con.execute(
        f"SELECT DISTINCT d.organisation_code, d.ethnic_list, coalesce(r.ethnic_origin, '') FROM {raw} r "  # noqa: S608
        "JOIN core_scope d USING (delivery_id) ORDER BY ALL"
    ).fetchall()
    rows = [
        (code, written, text, *_ethnicity(text, written, own[code].ethnic_labels))
        for code, written, text in found
    ]
    names = ("organisation_code", "ethnic_list", "text", "code", "state", "wres_group")
    _temporary_table(con, "label_ethnicity", names, rows)


def _ethnicity(text: str, written: str, own: Mapping[str, str]) -> tuple[str | None, ...]:
    found = ethnic_lists.resolve_of_column(text, written, own)
    return found.code, found.state, found.group


def _placed(staff_group: str, pay_scale: str, own: LocalMappings) -> tuple[str, ...]:
    found = pay_banding.place(staff_group, pay_scale, own.staff_groups, own.pay_scales)
    return found.cluster, found.band


def _stage(text: str, own: Mapping[str, str]) -> tuple[str | None, ...]:
    found = recruitment.stage(text, own)
    if found is None:
        return "0", "", "false"
    return str(STAGES.index(found.reached)), found.ended, "true"


def _senior_roles(con: duckdb.DuckDBPyConnection, raw: str) -> None:
    found = con.execute(
        f"SELECT DISTINCT coalesce(job_role, ''), coalesce(position_title, '') FROM {raw} JOIN core_scope USING (delivery_id) "  # noqa: S608
        "ORDER BY ALL"
    ).fetchall()
    rows = [(*row, any(job_roles.is_senior_medical_manager(text) for text in row)) for row in found]
    _temporary_table(con, "label_senior", ("text", "text_2", "senior"), rows, "VARCHAR VARCHAR BOOLEAN")


def _applicants(con: duckdb.DuckDBPyConnection) -> None:
    """Names of applicants that came in one cell, parted."""
    found = con.execute(
        "SELECT DISTINCT applicant_name FROM raw_trac_applications JOIN core_scope USING (delivery_id) "
        "WHERE applicant_name IS NOT NULL AND nullif(trim(concat(applicant_first_name, applicant_last_name)), '') IS NULL "
        "ORDER BY ALL"
    ).fetchall()
    rows = [(text, *(part or None for part in values.split_name(text))) for (text,) in found]
    _temporary_table(con, "text_applicant", ("text", "first_name", "last_name"), rows)


def _courses(con: duckdb.DuckDBPyConnection) -> None:
    found = con.execute(
        "SELECT DISTINCT coalesce(course, '') FROM raw_training JOIN core_scope USING (delivery_id) ORDER BY ALL"
    ).fetchall()
    rows = [(text, text.strip().upper().startswith(MANDATORY_MARK) or None) for (text,) in found]
    _temporary_table(con, "label_course", ("text", "mandatory"), rows, "VARCHAR BOOLEAN")


def _survey_groups(con: duckdb.DuckDBPyConnection, raw: str, own: Mapping[str, LocalMappings]) -> None:
    found = con.execute(
        f"SELECT DISTINCT d.organisation_code, d.survey_year, coalesce(r.ethnic_group, '') FROM {raw} r "  # noqa: S608
        "JOIN core_scope d USING (delivery_id) ORDER BY ALL"
    ).fetchall()
    blank = survey.ALL_STAFF if raw == "raw_staff_survey" else "Unknown"
    rows = []
    for code, year, text in found:
        mine = local.SURVEY_GROUPS.get(LocalMappings.of_survey(own[code].survey_groups, year, text) or "")
        means = survey.ethnic_group(text, year) if text.strip() else blank
        rows.append((code, year, text, means if mine is None else mine))
    _temporary_table(
        con, "label_survey_group", ("organisation_code", "survey_year", "text", "wres_group"), rows,
        "VARCHAR INTEGER VARCHAR VARCHAR",
    )  # fmt: skip


def _survey_questions(con: duckdb.DuckDBPyConnection, raw: str, own: Mapping[str, LocalMappings]) -> None:
    """The organisation's own names of questions, put in the place of the file's. In answers by respondent, whose columns
    the contract names, only where they are written for the survey's year."""
    by_respondent = raw == "raw_staff_survey_respondents"
    named = (
        [
            f"'{c.name}'"
            for c in contracts.load("staff_survey_respondents").columns
            if QUESTION.fullmatch(c.name)
        ]
        if by_respondent
        else ["coalesce(r.question, '')"]
    )
    found = con.execute(
        f"SELECT DISTINCT d.organisation_code, d.survey_year, unnest([{', '.join(named)}]) FROM {raw} r "  # noqa: S608
        "JOIN core_scope d USING (delivery_id) ORDER BY ALL"
    ).fetchall()
    rows = []
    for code, year, text in found:
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


def _survey_measures(con: duckdb.DuckDBPyConnection, own: Mapping[str, LocalMappings]) -> None:
    """The organisation's own words for what a percentage counts, put in the place of the file's."""
    found = con.execute(
        "SELECT DISTINCT d.organisation_code, coalesce(r.measure, '') FROM raw_staff_survey r "
        "JOIN core_scope d USING (delivery_id) ORDER BY ALL"
    ).fetchall()
    rows = [(code, text, own[code].survey_measures.get(fold(text), text.strip())) for code, text in found]
    _temporary_table(con, "label_survey_measure", ("organisation_code", "text", "means"), rows)


def _percentages(con: duckdb.DuckDBPyConnection, raw: str) -> None:
    found = con.execute(
        f"SELECT DISTINCT d.percent_scale, r.percent FROM {raw} r JOIN core_scope d USING (delivery_id) "  # noqa: S608
        "WHERE r.percent IS NOT NULL ORDER BY ALL"
    ).fetchall()
    rows = [(scale, text, column_scales.percent(text, scale)) for scale, text in found]
    _temporary_table(con, "text_percent", ("scale", "text", "value"), rows, "VARCHAR VARCHAR DOUBLE")


def _numbers(con: duckdb.DuckDBPyConnection, raw: str, columns: Sequence[str]) -> None:
    found = {
        row[0]
        for column in columns
        for row in con.execute(
            f"SELECT DISTINCT {column} FROM {raw} JOIN core_scope USING (delivery_id) WHERE {column} IS NOT NULL"  # noqa: S608
        ).fetchall()
    }
    rows = [(text, values.parse_number(text)) for text in sorted(found)]
    _temporary_table(con, "text_number", ("text", "value"), rows, "VARCHAR DOUBLE")


def _ordered_texts(
    con: duckdb.DuckDBPyConnection, table: CoreTable, columns: Sequence[str]
) -> list[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for column in columns:
        found.update(
            con.execute(
                f'SELECT DISTINCT d.{column}_order, r."{column}" FROM {table.raw} r JOIN core_scope d USING (delivery_id) '  # noqa: S608
                f'WHERE r."{column}" IS NOT NULL'
            ).fetchall()
        )
    return sorted(found)


def _event_texts(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    return con.execute(
        "SELECT DISTINCT day_order, text FROM event_rows WHERE text IS NOT NULL ORDER BY ALL"
    ).fetchall()


def _dates(con: duckdb.DuckDBPyConnection, texts: Sequence[tuple[str, str]]) -> None:
    rows = [(order, text, values.parse_date(text, order)) for order, text in texts]
    _temporary_table(con, "text_date", ("day_order", "text", "value"), rows, "VARCHAR VARCHAR DATE")


def _birth_dates(con: duckdb.DuckDBPyConnection, table: CoreTable) -> None:
    """Dates of birth: a year of two digits is the latest that is not after the day of the extract."""
    column = table.birth_date
    found = con.execute(
        f'SELECT DISTINCT d.period, d.{column}_order, r."{column}" FROM {table.raw} r JOIN core_scope d USING (delivery_id) '  # noqa: S608
        f'WHERE r."{column}" IS NOT NULL ORDER BY ALL'
    ).fetchall()
    rows = [
        (period, order, text, values.parse_date(text, order, latest=period)) for period, order, text in found
    ]
    _temporary_table(
        con, "text_birth", ("period", "day_order", "text", "value"), rows, "DATE VARCHAR VARCHAR DATE"
    )


def _flags(con: duckdb.DuckDBPyConnection, table: CoreTable, own: Mapping[str, LocalMappings]) -> None:
    rows = []
    for column in table.flags:
        found = con.execute(
            f"SELECT DISTINCT d.organisation_code, coalesce(r.\"{column}\", '') FROM {table.raw} r "  # noqa: S608
            "JOIN core_scope d USING (delivery_id) ORDER BY ALL"
        ).fetchall()
        rows += [(code, column, text, flag(column, text, own[code].flags)) for code, text in found]
    names = ("organisation_code", "column_name", "text", "value")
    _temporary_table(con, "text_flag", names, rows, "VARCHAR VARCHAR VARCHAR BOOLEAN")


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


def _flags_or_dates(
    con: duckdb.DuckDBPyConnection, table: CoreTable, own: Mapping[str, LocalMappings]
) -> None:
    rows = []
    for column in table.flags_or_dates:
        found = con.execute(
            f"SELECT DISTINCT d.organisation_code, d.{column}_order, coalesce(r.\"{column}\", '') FROM {table.raw} r "  # noqa: S608
            "JOIN core_scope d USING (delivery_id) ORDER BY ALL"
        ).fetchall()
        rows += [
            (code, column, order, text, *flag_or_date(column, text, order, own[code].flags))
            for code, order, text in found
        ]
    names = ("organisation_code", "column_name", "day_order", "text", "value", "on_date")
    _temporary_table(con, "text_flag_or_date", names, rows, "VARCHAR VARCHAR VARCHAR VARCHAR BOOLEAN DATE")
