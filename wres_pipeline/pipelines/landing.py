"""Extracts into the warehouse: what is new is landed, and the canonical rows are brought up to date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import duckdb

from wres_pipeline.extracts.canonical import core
from wres_pipeline.extracts.intake import folder_events, landing, resubmission
from wres_pipeline.extracts.intake.deliveries import LandingReport
from wres_pipeline.extracts.outcomes import findings as finding_list
from wres_pipeline.extracts.outcomes.findings import Finding
from wres_pipeline.governance import retention
from wres_pipeline.indicators import count_reading
from wres_pipeline.pipelines import fingerprints, progress, records
from wres_pipeline.pipelines.run_scope import Run, RunScope
from wres_pipeline.pipelines.step import Done, Fact, Step, together
from wres_pipeline.quality import extract_findings
from wres_pipeline.reference import local
from wres_pipeline.reference.local import LocalMappingError
from wres_pipeline.reports import delivery_findings

LAND, CORE, IDENTITIES = "land_extracts", "core_tables", "core_identities"
ALWAYS = ""
"""The period of what belongs to no period."""


@dataclass(frozen=True, slots=True)
class Landed:
    """What a landing did. unchanged: organisations whose folder is as it was landed before. faults: organisation ->
    why nothing of it was landed."""

    report: LandingReport
    unchanged: tuple[str, ...] = ()
    faults: dict[str, LocalMappingError] = field(default_factory=dict)


def folder_key(scope: RunScope, con: duckdb.DuckDBPyConnection, code: str) -> str:
    """What a landing of the organisation reads."""
    return fingerprints.digest([fingerprints.code_version(), fingerprints.extracts_of(scope, con, code)])


def changed(scope: RunScope, con: duckdb.DuckDBPyConnection) -> list[str]:
    """The organisations of the run whose folder is not as it was when it was landed last."""
    return [
        code
        for code in scope.codes()
        if records.key_of(con, LAND, code, ALWAYS) != folder_key(scope, con, code)
    ]


def land(scope: RunScope, con: duckdb.DuckDBPyConnection) -> Landed:
    """Land every new file of the organisations of the run; a folder that is as it was is not read again.

    An organisation whose own labels cannot be read is left out and told: its files are understood by them.
    """
    due = set(changed(scope, con))
    mappings, faults = scope.readable_mappings()
    codes = [code for code in mappings if code in due]
    unchanged = tuple(code for code in mappings if code not in due)
    now = datetime.now(UTC).replace(tzinfo=None)
    report = landing.land_folder(
        con,
        scope.extracts,
        codes,
        now=now,
        mappings=mappings,
        progress=lambda done, files, name: progress.tell(LAND, done, files, name),
    )
    rows = sum(one.rows_in for one in report.landed)
    progress.tell(LAND, len(report.landed), len(report.landed), f"{rows:,} rows")
    retention.blank_again(con, scope.settings.retention)
    resubmission.record(con, {code: mappings[code] for code in codes}, now=now)
    folder_events.keep(con, scope.extracts, codes, report)
    for code in codes:
        key = folder_key(scope, con, code)
        records.keep(con, LAND, code, ALWAYS, key=key, digest="", done=Done(), files={}, writes=())
    return Landed(report, unchanged, faults)


def build_core(
    scope: RunScope, con: duckdb.DuckDBPyConnection, tables: Sequence[core.CoreTable], codes: Sequence[str]
) -> dict[str, int]:
    """Bring canonical tables up to date with the deliveries and own labels of organisations; deliveries made a table.

    Raises LocalMappingError for labels that cannot be read.
    """
    mappings = {code: scope.mappings(code) for code in codes}
    try:
        return core.build(con, list(tables), list(codes), mappings)
    finally:
        count_reading.forget()


def build_selected(scope: RunScope, con: duckdb.DuckDBPyConnection, names: Sequence[str]) -> dict[str, int]:
    """Bring these canonical tables up to date for every organisation whose own labels can be read; deliveries made a
    table. People's particulars are made only where reports are."""
    tables = [table for table in (*core.CORE_TABLES, *core.IDENTITIES) if table.name in names]
    mappings, _ = scope.readable_mappings()
    reported = [code for code in mappings if code in set(scope.report_codes())]
    made = core.build(con, [t for t in tables if t not in core.IDENTITIES], list(mappings), mappings)
    return made | core.build(con, [t for t in tables if t in core.IDENTITIES], reported, mappings)


def in_words(landed: Landed) -> list[str]:
    """What a landing did, a line each; names of files and organisations only."""
    report = landed.report
    told = [
        f"{len(report.landed)} files landed, {len(report.already)} already there, {len(report.refused)} refused, "
        f"{len(report.returned)} put back; {len(landed.unchanged)} folders unchanged"
    ]
    told += [f"{one.organisation_code}: {one.file_name} was refused: {one.reason}" for one in report.refused]
    return told + [f"{code}: nothing was landed: {why}" for code, why in landed.faults.items()]


def _core(run: Run, codes: Sequence[str]) -> dict[str, Done]:
    with run.scope.open() as con:
        try:
            build_core(run.scope, con, core.CORE_TABLES, codes)
        except LocalMappingError:
            if run.as_at is None:
                _tell_faulty_mappings(run, con, codes)
            raise
    return {code: Done() for code in codes}


def _tell_faulty_mappings(run: Run, con: duckdb.DuckDBPyConnection, codes: Sequence[str]) -> None:
    """No findings are looked for in extracts whose labels cannot be read: this is the organisation's finding."""
    scope = run.scope
    _, faults = local.of_organisations(scope.extracts, codes)
    found = [
        one
        for code, error in faults.items()
        for one in delivery_findings.of_faulty_mappings(scope.extracts, scope.output, code, run.year, error)
    ]
    keep_findings(run, con, list(faults), found)


def _identities(run: Run, codes: Sequence[str]) -> dict[str, Done]:
    with run.scope.open() as con:
        build_core(run.scope, con, core.IDENTITIES, codes)
    return {code: Done() for code in codes}


CORE_STEPS = (
    Step(CORE, together(_core), extracts=True, reports=False),
    Step(IDENTITIES, together(_identities), after=(CORE,), extracts=True),
)
"""What every run begins with: a mapping that was added, or a delivery that came back, counts before anything is made
of it, also when a run is started again in the middle."""


def keep_findings(
    run: Run, con: duckdb.DuckDBPyConnection, codes: Sequence[str], found: Sequence[Finding]
) -> dict[str, Done]:
    """Replace the findings of these organisations and the run's year, in the table and in each one's `findings.csv`."""
    extract_findings.keep(con, codes, run.year, found)
    mine = finding_list.by_organisation(found)
    made = {}
    for code in codes:
        file = run.scope.folders(code, run.year).private / finding_list.FILE_NAME
        finding_list.write_csv(mine.get(code, []), file)
        facts: dict[str, Fact] = {
            words: sum(1 for f in mine.get(code, []) if f.severity == severity)
            for severity, words in finding_list.SEVERITY_WORDS.items()
        }
        made[code] = Done(facts, files=(file,))
    return made
