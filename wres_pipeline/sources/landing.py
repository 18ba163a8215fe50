"""The one way into the warehouse: a file is landed whole as text, with its ledger entry, or not at all."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import duckdb

from wres_pipeline.reference.local import LocalMappings
from wres_pipeline.sources import contracts, day_orders, file_names, identities, quarantine, reading
from wres_pipeline.sources.guard import Seen, look
from wres_pipeline.sources.headings import showable
from wres_pipeline.sources.reading.prepared import OWN_KEYS, PART, Prepared
from wres_pipeline.sources.refusal import RefusedFile
from wres_pipeline.sources.statements import create_raw, load_rows, number_rows
from wres_pipeline.warehouse import sql, transaction


@dataclass(frozen=True, slots=True)
class Delivery:
    """One file as the ledger holds it. reading: how it was understood (format, header row, unknown headings,
    notes)."""

    delivery_id: str
    content_hash: str
    kind: str
    organisation_code: str
    period: date | None
    survey_year: int | None
    file_name: str
    sheet: str
    loaded_at: datetime
    sequence: int
    rows_in: int
    rows_accepted: int
    rows_quarantined: int
    date_orders: dict[str, str]
    reading: dict[str, object]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not loaded: whose, which, why, and what its sender can do."""

    organisation_code: str
    file_name: str
    reason: str
    remedy: str


@dataclass(slots=True)
class LandingReport:
    """What became of every file of a folder. skipped: (organisation, file name) of files that are no extract.
    returned: content that landed before, was replaced, and now stands in the folder again instead of its
    replacement."""

    landed: list[Delivery] = field(default_factory=list)
    already: list[Delivery] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    returned: list[Delivery] = field(default_factory=list)


UNLOADABLE = "its rows cannot be loaded as text."
"""The last resort: no file is known that comes to it."""


class _NotClean(Exception):
    """The file cannot be loaded in place after all; it is read again the careful way."""


def create_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Make the ledger, the quarantine and every raw table, where they are not there yet."""
    there = {row[0] for row in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if {"deliveries", "quarantine", *(contracts.load(kind).table for kind in contracts.kinds())} <= there:
        return
    con.execute(sql(__package__, "ledger.sql"))
    for kind in contracts.kinds():
        con.execute(create_raw(kind))


def land_folder(
    con: duckdb.DuckDBPyConnection,
    extracts: Path,
    organisations: Sequence[str] | None,
    *,
    now: datetime,
    mappings: LocalMappings,
    progress: Callable[[int, int, str], None] | None = None,
) -> LandingReport:
    """Land every extract under `extracts/<ODS>/` that has not landed yet; a bad file does not stop the
    others.

    `organisations`: None for every folder found. `progress(done, all, file name)` is called before each file.
    """
    create_tables(con)
    report = LandingReport()
    work: list[tuple[str, Path, Path]] = []
    folders = (
        {p.name.upper(): p for p in sorted(extracts.iterdir()) if p.is_dir()} if extracts.is_dir() else {}
    )
    for code in sorted(folders) if organisations is None else [o.upper() for o in organisations]:
        if code not in folders:
            report.refused.append(
                Refusal(
                    code,
                    str(extracts.name),
                    f"it has no folder {code}.",
                    f"Put the extracts of {code} into a folder of that name.",
                )
            )
            continue
        for path in sorted(folders[code].iterdir(), key=lambda p: file_names.natural_order(p.name)):
            if file_names.is_extract(path.name):
                work.append((code, path, folders[code]))
            elif not path.name.startswith("."):
                report.skipped.append((code, path.name))
    seen: dict[Path, Seen] = {}
    for _, path, folder in work:
        try:
            seen[path] = look(path, folder)
        except RefusedFile:
            continue
    for done, (code, path, folder) in enumerate(work):
        if progress is not None:
            progress(done, len(work), path.name)
        try:
            delivery, new = _land(
                con, path, code, now=now, mappings=mappings, within=folder, before=seen.get(path)
            )
        except RefusedFile as refused:
            report.refused.append(Refusal(code, refused.name, refused.reason, refused.remedy))
            continue
        (report.landed if new else report.already).append(delivery)
    _put_back(con, report, now)
    return report


def _put_back(con: duckdb.DuckDBPyConnection, report: LandingReport, now: datetime) -> None:
    """Where the folder holds only earlier content of a period again, that content counts again: the folder is
    the truth."""
    here = {d.delivery_id: d for d in (*report.landed, *report.already)}
    if not report.already:
        return
    for superseded, current in con.execute(sql(__package__, "superseded.sql"), [list(here)]).fetchall():
        if current in here:
            continue
        con.execute(
            "UPDATE deliveries SET sequence = (SELECT max(sequence) + 1 FROM deliveries), loaded_at = ? "
            "WHERE delivery_id = ?",
            [now, superseded],
        )
        found = find(con, superseded)
        assert found is not None
        report.returned.append(found)


def land_file(
    con: duckdb.DuckDBPyConnection,
    path: Path,
    organisation_code: str,
    *,
    now: datetime,
    mappings: LocalMappings,
) -> Delivery:
    """Land one file for an organisation, in one transaction.

    Returns its ledger entry; that of the earlier landing when the same content of the same kind and period
    landed before. Raises RefusedFile, and leaves the warehouse as it was, when it cannot be taken.
    """
    create_tables(con)
    return _land(con, path, organisation_code, now=now, mappings=mappings, within=path.parent, before=None)[0]


def find(con: duckdb.DuckDBPyConnection, delivery_id: str) -> Delivery | None:
    """The ledger entry of a delivery."""
    row = con.execute("SELECT * FROM deliveries WHERE delivery_id = ?", [delivery_id]).fetchone()
    if row is None:
        return None
    return Delivery(*[*row[:13], json.loads(row[13]), json.loads(row[14])])


def delivery_id(content_hash: str, kind: str, organisation_code: str, period: date | None) -> str:
    """The same for the same content of the same kind, organisation and period, on every machine."""
    key = "\x1f".join((content_hash, kind, organisation_code, "" if period is None else period.isoformat()))
    return hashlib.sha256(key.encode()).hexdigest()[:24]


def _land(
    con: duckdb.DuckDBPyConnection,
    path: Path,
    code: str,
    *,
    now: datetime,
    mappings: LocalMappings,
    within: Path,
    before: Seen | None,
) -> tuple[Delivery, bool]:
    named = file_names.identify(path.name)
    seen = look(path, within)
    if before is not None and before != seen:
        raise _changing(path.name)
    digest = content_hash(path)
    for kind in named.kinds:
        known = find(con, delivery_id(digest, kind, code, named.period))
        if known is not None:
            return known, False
    candidates = [contracts.load(kind) for kind in named.kinds]
    with tempfile.TemporaryDirectory(prefix="wres-") as scratch:
        for careful in (False, True):
            target = Path(scratch) / f"rows-{int(careful)}.csv"
            prepared = reading.prepare(
                path, candidates, mappings.headings, target, careful=careful, survey_year=named.survey_year
            )
            try:
                with transaction(con):
                    delivery = _load(con, path, prepared, digest, code, named, now)
                    if look(path, within) != seen:
                        raise _changing(path.name)
                return delivery, True
            except _NotClean:
                continue
    raise RefusedFile(path.name, "its rows cannot be told apart.", "Export it again as CSV or a workbook.")


def content_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _load(
    con: duckdb.DuckDBPyConnection,
    path: Path,
    prepared: Prepared,
    digest: str,
    code: str,
    named: file_names.Named,
    now: datetime,
) -> Delivery:
    contract = prepared.contract
    identity = delivery_id(digest, contract.kind, code, named.period)
    delimiter = prepared.delimiter if prepared.in_place else PART
    try:
        con.execute(
            load_rows(prepared), [identity, *prepared.extras, str(prepared.source), prepared.skip, delimiter]
        )
    except duckdb.Error:
        if prepared.in_place:
            raise _NotClean from None
        raise RefusedFile(path.name, UNLOADABLE, "Export it again as CSV or a workbook.") from None
    if prepared.in_place:
        con.execute(number_rows(contract), [prepared.header_row + 1, identity])
    loaded, aside = quarantine.set_aside(con, prepared, identity)
    if loaded != prepared.rows_in:
        if prepared.in_place:
            raise _NotClean
        raise RefusedFile(
            path.name,
            f"{prepared.rows_in} rows were read but {loaded} loaded.",
            "Export it again as CSV or a workbook.",
        )
    if prepared.in_place and aside and _blank_rows(con, identity):
        raise _NotClean
    prepared.notes.extend(identities.shortened(con, contract, prepared.columns, identity))
    orders, unread = day_orders.find(con, prepared, identity, path.name, aside > 0)
    about = {
        "format": prepared.format,
        "encoding": prepared.encoding,
        "delimiter": prepared.delimiter,
        "header_row": prepared.header_row,
        "blank_rows": prepared.blank_rows,
        "unknown_headings": [showable(text) for text in prepared.extras if text not in OWN_KEYS],
        "columns_missing": [c.name for c in contract.columns if c.name not in prepared.columns],
        "not_dates": unread,
        "notes": prepared.notes,
        "one_row_is": prepared.unit or contract.one_row_is,
    }
    sequence = con.execute("SELECT coalesce(max(sequence), 0) + 1 FROM deliveries").fetchone()
    assert sequence is not None
    delivery = Delivery(
        identity, digest, contract.kind, code, named.period, named.survey_year, path.name, prepared.sheet, now,
        sequence[0], prepared.rows_in, loaded - aside, aside, orders, about,
    )  # fmt: skip
    con.execute(
        "INSERT INTO deliveries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            delivery.delivery_id, digest, contract.kind, code, named.period, named.survey_year, path.name,
            prepared.sheet, now, delivery.sequence, delivery.rows_in, delivery.rows_accepted, delivery.rows_quarantined,
            json.dumps(orders, sort_keys=True), json.dumps(about, sort_keys=True),
        ],
    )  # fmt: skip
    return delivery


def _blank_rows(con: duckdb.DuckDBPyConnection, identity: str) -> bool:
    """Whether a row without any value was loaded: such a row is no row, and only the careful way leaves it
    out."""
    found = con.execute(sql(__package__, "blank_rows.sql"), [identity]).fetchone()
    return found is not None and found[0] > 0


def _changing(name: str) -> RefusedFile:
    return RefusedFile(
        name,
        "it changed while it was being read: it is still being written.",
        "Run again when it is complete.",
    )
