"""Findings about single files: what was refused, not used, gone, set aside, or not understood.

Everything comes from the ledger, the quarantine and the raw rows, so that `wres check` (which lands into memory) and
`wres run` (which lands into the warehouse) are told the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import duckdb

from wres_pipeline import schema
from wres_pipeline.extracts import contracts
from wres_pipeline.extracts.contracts import Contract
from wres_pipeline.extracts.intake import resubmission
from wres_pipeline.extracts.intake.deliveries import Delivery
from wres_pipeline.extracts.intake.deliveries import find as entry
from wres_pipeline.extracts.intake.folder_events import GONE, NOT_USED, REFUSED, RESTORED, TABLE, FolderEvent
from wres_pipeline.extracts.naming.shown_names import shown_name
from wres_pipeline.extracts.outcomes.findings import Finding, Severity
from wres_pipeline.extracts.reading.headings import nearest
from wres_pipeline.reference.years import ReportingYear
from wres_pipeline.warehouse import sql

NOTHING_TO_DO = "Nothing to do"
HEADINGS_NAMED = 5
"""Unknown headings that a note names. [ours]"""
SURVEYS = frozenset({"staff_survey", "staff_survey_respondents", "staff_survey_organisations"})


@dataclass(frozen=True, slots=True)
class Concerned:
    """Which deliveries a run is about: those its year's figures are made from, and, where known, one month's list."""

    year: ReportingYear | None

    def uses(self, delivery: Delivery) -> bool:
        """Whether the year's return reads the delivery (a finding about another never blocks it)."""
        if self.year is None or delivery.period is None:
            return True
        if delivery.kind in SURVEYS:
            return delivery.survey_year is None or delivery.survey_year == self.year.survey_year
        if delivery.kind in ("esr_staff_list", "board"):
            return delivery.period == self.year.snapshot_date
        return self.year.period_start < delivery.period <= self.year.submission_deadline


def find(
    con: duckdb.DuckDBPyConnection,
    organisations: Sequence[str],
    year: ReportingYear | None,
) -> list[Finding]:
    """Every finding about a single file of these organisations as a file, in no order; what its cells mean is told by
    `cell_checks`. year: None takes every file as used."""
    concerned = Concerned(year)
    codes = list(organisations)
    deliveries = [
        replace(d, file_name=shown_name(d.file_name))
        for d in schema.read(
            con,
            "current_deliveries",
            Delivery,
            order="organisation_code, kind, period, file_name",
            organisation_code=codes,
        )
    ]
    found = list(_events(con, codes))
    found += _set_aside(con, codes, concerned, {d.delivery_id: d for d in deliveries})
    found += _two_of_one_day(con, codes)
    for delivery in deliveries:
        used = concerned.uses(delivery)
        found += _reading(delivery, used)
    return found


def about(
    delivery: Delivery,
    code: str,
    severity: Severity,
    what: str,
    remedy: str,
    *,
    column: str = "",
    rows: int = 0,
    example: str = "",
) -> Finding:
    """A finding about one delivery."""
    return Finding(
        code, severity, delivery.organisation_code, what, remedy, file=shown_name(delivery.file_name), kind=delivery.kind,
        period=delivery.period, column=column, rows=rows, example=example, content=delivery.content_hash,
    )  # fmt: skip


def _events(con: duckdb.DuckDBPyConnection, codes: list[str]) -> Iterator[Finding]:
    for found in schema.read(con, TABLE, FolderEvent, order="ALL", organisation_code=codes):
        code, name, event, kind, period = (
            found.organisation_code, found.file_name, found.event, found.kind, found.period,
        )  # fmt: skip
        reason, remedy = found.reason, found.remedy
        if event == REFUSED:
            yield Finding(
                "file_refused", "look_at", code, f"The file was refused: {reason}", remedy, file=name
            )
        elif event == NOT_USED:
            severity: Severity = "note" if remedy.startswith(NOTHING_TO_DO) else "look_at"
            yield Finding("file_not_used", severity, code, f"Not used: {reason}", remedy, file=name)
        elif event == GONE:
            counts = _counts_now(con, code, kind, period)
            yield Finding(
                "file_gone", "look_at", code,
                f"The file counted in the run before and is no longer in the folder; {counts} counts now.",
                f"Nothing to do, if that is right; else put {name} back into the folder {code}.",
                file=name, kind=kind, period=period,
            )  # fmt: skip
        elif event == RESTORED:
            yield Finding(
                "file_restored", "note", code,
                "The file is known from an earlier run, did not count in the last one, and counts again.",
                "Nothing to do, if that is right; else take it out of the folder.",
                file=name, kind=kind, period=period,
            )  # fmt: skip


def _counts_now(con: duckdb.DuckDBPyConnection, code: str, kind: str, period: date | None) -> str:
    row = con.execute(
        "SELECT file_name FROM current_deliveries WHERE organisation_code = ? AND kind = ? AND period IS NOT DISTINCT FROM ?",
        [code, kind, period],
    ).fetchone()
    return shown_name(str(row[0])) if row else "no file of this kind and day"


def _set_aside(
    con: duckdb.DuckDBPyConnection, codes: list[str], concerned: Concerned, deliveries: Mapping[str, Delivery]
) -> Iterator[Finding]:
    for identity, reason, column, remedy, rows, first, shape in con.execute(
        sql(__package__, "set_aside_by_reason.sql"), [codes]
    ).fetchall():
        delivery = deliveries[identity]
        severity: Severity = "note" if remedy.startswith(NOTHING_TO_DO) else "look_at"
        where = f"row {first}" if rows == 1 else f"the first is row {first}"
        yield about(
            delivery, "rows_not_used", severity, f"{rows:,} rows are not used: {reason} ({where}).", remedy,
            column=column, rows=rows, example=shape or "",
        )  # fmt: skip
    for delivery in deliveries.values():
        if delivery.rows_accepted == 0:
            yield about(
                delivery,
                "nothing_usable",
                "blocks" if concerned.uses(delivery) else "look_at",
                f"No row of the file can be used ({delivery.rows_in:,} rows in).",
                "Mend what the other findings about this file say, and put the new export in its place.",
                rows=delivery.rows_in,
            )


def _two_of_one_day(con: duckdb.DuckDBPyConnection, codes: list[str]) -> Iterator[Finding]:
    moved = {(r.earlier_delivery, r.later_delivery): r for r in resubmission.all_recorded(con)}
    for row in con.execute(sql(__package__, "two_of_one_day.sql"), [codes]).fetchall():
        other, counting = entry(con, row[0]), entry(con, row[1])
        assert other is not None and counting is not None
        change = moved.get((other.delivery_id, counting.delivery_id))
        between = f" Between them: {change.counts_in_words()}." if change else ""
        yield about(
            counting,
            "two_files_of_one_day",
            "look_at",
            f"Two files of one kind and day stand in the folder: {shown_name(counting.file_name)} counts, {shown_name(other.file_name)} does "
            f"not.{between}",
            "Take the one that is wrong out of the folder; to keep both, the one that counts is the later by name.",
            rows=counting.rows_in,
        )


def _headings(delivery: Delivery, contract: Contract, gone: set[str], used: bool) -> Iterator[Finding]:
    """A finding for each unknown heading that may be a column the file lacks, and one note about all the others."""
    others = []
    for heading in _texts(delivery.reading.get("unknown_headings")):
        like = [(known, column) for known, column in nearest(heading, contract)]
        missing = sorted({column for _, column in like} & gone)
        if not missing:
            others.append(heading)
            continue
        yield about(
            delivery,
            "heading_not_known",
            "look_at" if used else "note",
            f"The heading {heading!r} is not known: its values are not kept; it is near "
            f"{' or '.join(repr(known) for known, _ in like)}.",
            f"To use it, add the line {_heading_cell(heading)},{missing[0]} to mappings/headings.csv beside the extracts "
            "(first line label,means).",
            column=missing[0],
        )
    if others:
        named = ", ".join(repr(heading) for heading in others[:HEADINGS_NAMED])
        more = f" and {len(others) - HEADINGS_NAMED} more" if len(others) > HEADINGS_NAMED else ""
        yield about(
            delivery,
            "headings_not_used",
            "note",
            f"{len(others)} columns have headings that are not known, and are not kept: {named}{more}.",
            f"{NOTHING_TO_DO}, if no figure needs them; else add a line heading,column for each to mappings/headings.csv "
            "beside the extracts (first line label,means).",
            rows=0,
        )


def _reading(delivery: Delivery, used: bool) -> Iterator[Finding]:
    contract = contracts.load(delivery.kind)
    gone = set(_texts(delivery.reading.get("columns_missing")))
    yield from _headings(delivery, contract, gone, used)
    for column, order in delivery.date_orders.items():
        if order == "mdy":
            yield about(
                delivery,
                "month_before_day",
                "note",
                f"Dates in {column} are read with the month before the day, since some can be read no other way.",
                "Nothing to do, if that is how the file was exported.",
                column=column,
            )
    for note in _texts(delivery.reading.get("notes")):
        yield about(
            delivery,
            "how_it_was_read",
            "note",
            f"{note[:1].upper()}{note[1:]}.",
            f"{NOTHING_TO_DO}, if that is right.",
        )


def _texts(found: object) -> list[str]:
    return [str(item) for item in found] if isinstance(found, list) else []


def _heading_cell(heading: str) -> str:
    place = re.match(r"column \d+(?= \()", heading)
    return f"<the heading of {place[0]}>" if place else _csv_cell(heading)


def _csv_cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\n') else text
