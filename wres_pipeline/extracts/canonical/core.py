"""Canonical tables: the accepted raw rows, typed, with what their labels mean.

SQL joins and keeps rows; what a label or a date means is decided once for each DISTINCT text by pure Python and
joined back. Rows are made delivery by delivery, only for deliveries that are new, superseded, or were made under
other rules, each kind in one transaction, so a re-run is idempotent and a killed one leaves the old rows whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from importlib.resources import files

import duckdb

from wres_pipeline.extracts.canonical import core_texts
from wres_pipeline.reference import indicators
from wres_pipeline.reference.local import LocalMappings
from wres_pipeline.warehouse import sql, transaction


@dataclass(frozen=True, slots=True)
class CoreTable:
    """A canonical table: the kind of delivery it is made from, its raw table, and the texts its labels stand in.

    lookups: what else its SQL joins, of `core_texts.LOOKUPS`. statement: the SQL file that makes it, where that is not the
    table's name: one table can be made of two kinds.
    """

    name: str
    kind: str
    raw: str
    ethnic_origin: bool = False
    dates: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    flags_or_dates: tuple[str, ...] = ()
    birth_date: str = ""
    lookups: tuple[str, ...] = ()
    statement: str = ""
    event_date: str = ""

    @property
    def made_by(self) -> str:
        return self.statement or self.name


CORE_TABLES: tuple[CoreTable, ...] = (
    CoreTable(
        "core_assignments", "esr_staff_list", "raw_esr_staff_list", True,
        dates=("hire_date", "termination_date"), flags=("is_primary",),
        lookups=("placement", "category", "status", "payroll", "senior_roles"),
    ),
    CoreTable(
        "core_applications", "trac_applications", "raw_trac_applications", True,
        dates=("date_applied", "start_date"), flags=("is_internal", "is_international"),
        flags_or_dates=("shortlisted", "interviewed", "offered", "appointed"), birth_date="date_of_birth",
        lookups=("application_numbers", "stage", "applicant_names"),
    ),
    CoreTable(
        "core_recruitment_summary", "recruitment_summary", "raw_recruitment_summary", True, lookups=("applications",)
    ),
    CoreTable(
        "core_disciplinary_cases", "employee_relations", "raw_employee_relations", True,
        dates=("formal_investigation_started", "opened", "closed"), lookups=("employee_numbers", "case_type"),
    ),
    CoreTable(
        "core_training", "training", "raw_training",
        dates=("completed", "requested"), flags=("is_mandatory",), lookups=("employee_numbers", "courses"),
    ),
    CoreTable(
        "core_appraisals", "appraisals", "raw_appraisals", dates=("last_appraisal",), lookups=("employee_numbers",)
    ),
    CoreTable(
        "core_survey_results", "staff_survey", "raw_staff_survey",
        lookups=("survey_groups", "survey_questions", "survey_measures", "percentages", "base"),
    ),
    CoreTable(
        "core_survey_respondents", "staff_survey_respondents", "raw_staff_survey_respondents",
        lookups=("survey_groups", "survey_questions"),
    ),
    CoreTable(
        "core_board_members", "board", "raw_board", True,
        dates=("start", "end"), flags=("is_voting", "is_executive"),
    ),
    CoreTable("core_wres_counts", "wres_counts", "raw_wres_counts", lookups=("value",)),
    CoreTable("core_provider_returns", "provider_returns", "raw_provider_returns"),
)  # fmt: skip
EVENTS = "core_events"
"""The table of everything that happened to a person and that an indicator needs no more of than the person and the day."""
CORE_TABLES += tuple(
    CoreTable(
        EVENTS, rule.events.kind, f"raw_{rule.events.kind}", lookups=("events", "employee_numbers", "event_dates"),
        event_date=rule.events.happened,
    )
    for rule in indicators.REGISTRY
    if rule.events
)  # fmt: skip
APPLICANTS = "core_identities_of_applicants"
IDENTITIES = (
    CoreTable("core_staff", "esr_staff_list", "raw_esr_staff_list", birth_date="date_of_birth"),
    CoreTable(
        "core_identities", "esr_staff_list", "raw_esr_staff_list", birth_date="date_of_birth",
        statement="core_identities_of_staff",
    ),
    CoreTable(
        "core_identities", "trac_applications", "raw_trac_applications", birth_date="date_of_birth",
        lookups=("applicant_names",), statement=APPLICANTS,
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
                core_texts.resolve(con, table, own)
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
