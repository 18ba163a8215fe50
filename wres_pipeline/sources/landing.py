"""The one way into the warehouse: a file is landed whole as text, with its ledger entry, or not at all."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import duckdb

from wres_pipeline.reference.local import LocalMappings
from wres_pipeline.sources import contracts, day_orders, file_names, identities, quarantine, reading
from wres_pipeline.sources.contracts import Contract
from wres_pipeline.sources.deliveries import Delivery, LandingReport, Refusal, delivery_id, find
from wres_pipeline.sources.guard import Seen, look
from wres_pipeline.sources.headings import showable
from wres_pipeline.sources.reading.prepared import OWN_KEYS, PART, Prepared
from wres_pipeline.sources.refusal import RefusedFile
from wres_pipeline.sources.statements import create_raw, load_rows, number_rows
from wres_pipeline.warehouse import sql, transaction

READER = 1
"""Raised when the reader itself reads differently, so that what landed before is read again."""
NUMBERED_AFTERWARDS = 16 << 20
"""Bytes from which a file loaded in place is numbered after loading: numbering while reading uses one core
only. [ours]"""
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
    ids = frozenset(row[0] for row in con.execute("SELECT delivery_id FROM deliveries").fetchall())
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
                con, path, code, now=now, mappings=mappings, within=folder, before=seen.get(path), landed=ids
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


def _land(
    con: duckdb.DuckDBPyConnection,
    path: Path,
    code: str,
    *,
    now: datetime,
    mappings: LocalMappings,
    within: Path,
    before: Seen | None,
    landed: frozenset[str] | None = None,
) -> tuple[Delivery, bool]:
    """(ledger entry, whether it is new). `landed`: ids known to be in the ledger, None to ask it.

    What landed under other headings, the organisation's own or the contract's, is read again in its old
    place: a heading made known counts from the next run on.
    """
    named = file_names.identify(path.name)
    seen = look(path, within)
    if before is not None and before != seen:
        raise _changing(path.name)
    digest = content_hash(path)
    candidates = [contracts.load(kind) for kind in named.kinds]
    again: Delivery | None = None
    for contract in candidates:
        identity = delivery_id(digest, contract.kind, code, named.period)
        known = find(con, identity) if landed is None or identity in landed else None
        if known is not None and known.reading.get("read_with") == read_with(contract, mappings):
            return known, False
        again = again or known
    with tempfile.TemporaryDirectory(prefix="wres-") as scratch:
        for careful in (False, True):
            target = Path(scratch) / f"rows-{int(careful)}.csv"
            prepared = reading.prepare(
                path, candidates, mappings.headings, target, careful=careful, survey_year=named.survey_year
            )
            try:
                with transaction(con):
                    if again is not None:
                        _forget(con, again)
                    prepared.read_with = read_with(prepared.contract, mappings)
                    delivery = _load(con, path, prepared, digest, code, named, now, again)
                    if look(path, within) != seen:
                        raise _changing(path.name)
                return delivery, True
            except _NotClean:
                continue
    raise RefusedFile(path.name, "its rows cannot be told apart.", "Export it again as CSV or a workbook.")


def read_with(contract: Contract, mappings: LocalMappings) -> str:
    """What the reading of a file depends on beside its bytes: the reader, its contract and the organisation's
    headings."""
    own = repr(sorted(mappings.headings.items()))
    return hashlib.sha256(f"{READER} {contracts.fingerprint(contract.kind)} {own}".encode()).hexdigest()[:12]


def _forget(con: duckdb.DuckDBPyConnection, delivery: Delivery) -> None:
    tables = [contracts.load(delivery.kind).table, "quarantine", "deliveries"]
    if con.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'core_built'").fetchone():
        tables.append("core_built")
    for table in tables:
        con.execute(f"DELETE FROM {table} WHERE delivery_id = ?", [delivery.delivery_id])  # noqa: S608 - own tables


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
    again: Delivery | None,
) -> Delivery:
    contract = prepared.contract
    identity = delivery_id(digest, contract.kind, code, named.period)
    delimiter = prepared.delimiter if prepared.in_place else PART
    large = prepared.in_place and path.stat().st_size > NUMBERED_AFTERWARDS
    first = None if large else prepared.header_row + 1
    try:
        con.execute(
            load_rows(prepared, first),
            [identity, *prepared.extras, str(prepared.source), prepared.skip, delimiter],
        )
    except duckdb.Error:
        if prepared.in_place:
            raise _NotClean from None
        raise RefusedFile(path.name, UNLOADABLE, "Export it again as CSV or a workbook.") from None
    if large:
        con.execute(number_rows(contract), [prepared.header_row + 1, identity])
    loaded, aside, uneven = quarantine.set_aside(con, prepared, identity)
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
    if uneven:
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
        "read_with": prepared.read_with,
    }
    if again is None:
        counted = con.execute("SELECT coalesce(max(sequence), 0) + 1 FROM deliveries").fetchone()
        assert counted is not None
        sequence, loaded_at = counted[0], now
    else:
        sequence, loaded_at = again.sequence, again.loaded_at
    delivery = Delivery(
        identity, digest, contract.kind, code, named.period, named.survey_year, path.name, prepared.sheet,
        loaded_at, sequence, prepared.rows_in, loaded - aside, aside, orders, about,
    )  # fmt: skip
    con.execute(
        "INSERT INTO deliveries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            delivery.delivery_id, digest, contract.kind, code, named.period, named.survey_year, path.name,
            prepared.sheet, loaded_at, sequence, delivery.rows_in, delivery.rows_accepted, delivery.rows_quarantined,
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
