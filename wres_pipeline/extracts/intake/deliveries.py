"""The ledger's entries: what was delivered, and what became of every file of a folder."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import duckdb

from wres_pipeline import schema

TABLE = "deliveries"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One file as the ledger holds it. reading: how it was understood (format, header row, unknown headings,
    notes). present: whether the file stands in the folder."""

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
    present: bool = True


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
    returned: content that landed in an earlier run, did not count, and counts now. gone: counted before, and
    its file is no longer there."""

    landed: list[Delivery] = field(default_factory=list)
    already: list[Delivery] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    returned: list[Delivery] = field(default_factory=list)
    gone: list[Delivery] = field(default_factory=list)


def find(con: duckdb.DuckDBPyConnection, delivery_id: str) -> Delivery | None:
    """The ledger entry of a delivery."""
    held = schema.read(con, TABLE, Delivery, delivery_id=delivery_id)
    return held[0] if held else None


def delivery_id(content_hash: str, kind: str, organisation_code: str, period: date | None) -> str:
    """The same for the same content of the same kind, organisation and period, on every machine."""
    key = "\x1f".join((content_hash, kind, organisation_code, "" if period is None else period.isoformat()))
    return hashlib.sha256(key.encode()).hexdigest()[:24]


def current(con: duckdb.DuckDBPyConnection, organisations: Sequence[str]) -> list[Delivery]:
    """The deliveries of these organisations that count, in the order they came."""
    counting = {row[0] for row in con.execute("SELECT delivery_id FROM current_deliveries").fetchall()}
    held = schema.read(
        con, TABLE, Delivery, order="sequence, delivery_id", organisation_code=list(organisations)
    )
    return [one for one in held if one.delivery_id in counting]
