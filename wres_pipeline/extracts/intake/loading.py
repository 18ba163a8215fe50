"""Prepared files into the warehouse: the rows of one file, or of many small ones with the same headings at
once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from wres_pipeline import schema
from wres_pipeline.extracts.canonical import column_scales, identities
from wres_pipeline.extracts.cell_checks import day_orders, left_out, repeated_columns
from wres_pipeline.extracts.contracts import Contract
from wres_pipeline.extracts.intake import deliveries
from wres_pipeline.extracts.intake.deliveries import Delivery, delivery_id
from wres_pipeline.extracts.intake.file_safety import Seen
from wres_pipeline.extracts.intake.refusal import RefusedFile
from wres_pipeline.extracts.naming.file_names import Named
from wres_pipeline.extracts.outcomes import rejected_rows
from wres_pipeline.extracts.reading.headings import heading_or_place
from wres_pipeline.extracts.reading.prepared import OWN_KEYS, PART, Prepared
from wres_pipeline.extracts.statements import load_many, load_rows, number_rows
from wres_pipeline.warehouse import sql

NUMBERED_AFTERWARDS = 16 << 20
"""Bytes from which a file loaded in place is numbered after loading: numbering while reading uses one core
only. [ours]"""
UNLOADABLE = "its rows cannot be loaded as text."
"""The last resort: no file is known that comes to it."""


class NotClean(Exception):
    """The file cannot be loaded in place after all; it is read again the careful way."""


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A prepared file on its way in: whose it is, what its name says, and its place in the ledger."""

    path: Path
    organisation_code: str
    within: Path
    seen: Seen
    digest: str
    named: Named
    prepared: Prepared
    loaded_at: datetime
    sequence: int

    @property
    def delivery_id(self) -> str:
        contract = self.prepared.contract
        return delivery_id(self.digest, contract.kind, self.organisation_code, self.named.period)

    @property
    def small(self) -> bool:
        """Whether it is loaded in place and numbered while it is read."""
        return self.prepared.in_place and self.seen[1] <= NUMBERED_AFTERWARDS

    @property
    def layout(self) -> tuple[object, ...]:
        """The same for files that one statement can load together."""
        p = self.prepared
        return (
            p.contract.kind, tuple(p.columns.items()), tuple(p.extras.items()), p.fields, p.skip, p.delimiter,
            p.header_row, p.sheet, tuple(p.headings), tuple(p.repeated),
        )  # fmt: skip


def load(con: duckdb.DuckDBPyConnection, arrivals: Sequence[StagedFile]) -> list[Delivery]:
    """Load files of one layout within the caller's transaction; returns their ledger entries, in that order.

    Several only where each is `small`. Raises NotClean where a file loaded in place cannot be, and
    RefusedFile where one cannot be taken at all: nothing of the transaction may then be kept.
    """
    first = arrivals[0].prepared
    contract = first.contract
    ids = [arrival.delivery_id for arrival in arrivals]
    _rows(con, arrivals, ids)
    twice = {one: repeated_columns.settle(con, first, one) for one in ids} if first.repeated else {}
    found = rejected_rows.count(con, first, ids)
    aside: dict[str, int] = {}
    notes: dict[str, list[str]] = {}
    for arrival, identity in zip(arrivals, ids, strict=True):
        prepared, counts = arrival.prepared, found[identity]
        if counts.rows != prepared.rows_in or not _in_order(prepared, counts):
            if prepared.in_place:
                raise NotClean
            raise RefusedFile(
                arrival.path.name,
                f"{prepared.rows_in} rows were read but {counts.rows} loaded.",
                "Export it again as CSV or a workbook.",
            )
        aside[identity] = rejected_rows.set_aside(con, prepared, identity, counts)
        if prepared.in_place and aside[identity] and _blank_rows(con, identity):
            raise NotClean
        short = identities.shortened(con, contract, prepared.columns, identity) if counts.uneven else []
        notes[identity] = [*prepared.notes, *short]
    elsewhere = left_out.said_in_unknown_columns(con, first, ids)
    _keep_what_is_used(con, first, ids)
    texts = day_orders.texts(con, first, ids, some_aside=any(aside.values()))
    scales = column_scales.of_deliveries(
        con, first, {one: a.named.survey_year for one, a in zip(ids, arrivals, strict=True)}
    )
    made = []
    for arrival, identity in zip(arrivals, ids, strict=True):
        orders, unread, unproven = day_orders.find(
            con, contract, texts[identity], identity, arrival.path.name
        )
        told = {"not_dates": unread, "notes": notes[identity], **scales[identity], **arrival.prepared.facts}
        if unproven:
            told["order_unproven"] = unproven
        if attendance := left_out.of_attendance(arrival.prepared):
            told["attendance"] = attendance
        told |= elsewhere.get(identity, {})
        if identity in twice:
            told["columns_twice"] = twice[identity]
        made.append(_entry(arrival, identity, aside[identity], orders, told))
    schema.append(con, deliveries.TABLE, made)
    return made


def _keep_what_is_used(con: duckdb.DuckDBPyConnection, prepared: Prepared, ids: Sequence[str]) -> None:
    """Let go of what stood under headings that no contract knows, once the rows have been told apart and set aside.

    Nothing reads it; where a mapping says later what a heading is, the file is read again. What a row that was set aside
    held stays with its reason.
    """
    own = [name for name in prepared.extras if name in OWN_KEYS]
    if prepared.extras and not own:
        con.execute(
            f"UPDATE {prepared.contract.table} SET extra = NULL WHERE list_contains(?::VARCHAR[], delivery_id)",  # noqa: S608
            [list(ids)],
        )


def _rows(con: duckdb.DuckDBPyConnection, arrivals: Sequence[StagedFile], ids: Sequence[str]) -> None:
    prepared = arrivals[0].prepared
    delimiter = prepared.delimiter if prepared.in_place else PART
    try:
        if len(arrivals) > 1:
            before, above = [], 0
            for arrival in arrivals:
                before.append(above - prepared.header_row)
                above += arrival.prepared.rows_in
            paths = [str(arrival.prepared.source) for arrival in arrivals]
            con.execute(
                load_many(prepared),
                [*prepared.extras, paths, prepared.skip, delimiter, paths, [*ids], before],
            )
            return
        numbered_later = prepared.in_place and not arrivals[0].small
        con.execute(
            load_rows(prepared, None if numbered_later else prepared.header_row + 1),
            [ids[0], *prepared.extras, str(prepared.source), prepared.skip, delimiter],
        )
    except duckdb.Error:
        if prepared.in_place:
            raise NotClean from None
        raise RefusedFile(
            arrivals[0].path.name, UNLOADABLE, "Export it again as CSV or a workbook."
        ) from None
    if numbered_later:
        con.execute(number_rows(prepared.contract), [prepared.header_row + 1, ids[0]])


def _in_order(prepared: Prepared, counts: rejected_rows.Found) -> bool:
    """Whether rows numbered while loading have the numbers of this file: its neighbours' rows would show."""
    if not prepared.in_place or not counts.rows:
        return True
    return (counts.first, counts.last) == (prepared.header_row + 1, prepared.header_row + prepared.rows_in)


def _entry(
    arrival: StagedFile,
    identity: str,
    aside: int,
    orders: dict[str, str],
    told: dict[str, object],
) -> Delivery:
    prepared = arrival.prepared
    contract: Contract = prepared.contract
    about: dict[str, object] = {
        "format": prepared.format,
        "encoding": prepared.encoding,
        "delimiter": prepared.delimiter,
        "header_row": prepared.header_row,
        "blank_rows": prepared.blank_rows,
        "unknown_headings": [
            heading_or_place(text, index + (1 if prepared.in_place else 0))
            for text, index in prepared.extras.items()
            if text not in OWN_KEYS and not any(text in again for again in prepared.repeated.values())
        ],
        "columns_missing": [c.name for c in contract.columns if c.name not in prepared.columns],
        "one_row_is": prepared.unit or contract.one_row_is,
        "read_with": prepared.read_with,
        **told,
    }
    return Delivery(
        identity, arrival.digest, contract.kind, arrival.organisation_code, arrival.named.period,
        arrival.named.survey_year, arrival.path.name, prepared.sheet, arrival.loaded_at, arrival.sequence,
        prepared.rows_in, prepared.rows_in - aside, aside, orders, about,
    )  # fmt: skip


def _blank_rows(con: duckdb.DuckDBPyConnection, identity: str) -> bool:
    """Whether a row without any value was loaded: such a row is no row, and only the careful way leaves it
    out."""
    found = con.execute(sql(__package__, "blank_rows.sql"), [identity]).fetchone()
    return found is not None and found[0] > 0
