"""One file on its way into the warehouse: looked at, recognised, prepared, landed whole or not at all."""

from __future__ import annotations

import hashlib
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

import duckdb

from wres_pipeline.extracts import contracts, reading
from wres_pipeline.extracts.contracts import Contract
from wres_pipeline.extracts.intake.deliveries import Delivery, delivery_id, find
from wres_pipeline.extracts.intake.file_safety import Seen, look
from wres_pipeline.extracts.intake.loading import NotClean, StagedFile, load
from wres_pipeline.extracts.intake.refusal import RefusedFile
from wres_pipeline.extracts.naming import file_names
from wres_pipeline.reference.local import LocalMappings
from wres_pipeline.warehouse import into_the_file, transaction

READER = 3
"""Raised when the reader itself reads differently, so that what landed before is read again."""


class Incoming:
    """A file looked at: what its name says, what it holds, and whether it landed before.

    What landed under other headings, the organisation's own or the contract's, is read again in its old
    place (`again`): a heading made known counts from the next run on.
    """

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        path: Path,
        code: str,
        *,
        within: Path,
        mappings: LocalMappings,
        now: datetime,
        sequence: int,
        before: Seen | None = None,
        landed: set[str] | None = None,
    ) -> None:
        """`before`: as it was seen before; `landed`: ids known to be in the ledger, None to ask it.

        Raises RefusedFile for what is no plain, complete file, or has no name of an extract.
        """
        self.path, self.code, self.within, self.mappings = path, code, within, mappings
        self.now, self.sequence = now, sequence
        self.named = file_names.identify(path.name)
        self.seen = look(path, within)
        if before is not None and before != self.seen:
            raise changing(path.name)
        self.digest = content_hash(path)
        self.candidates = [contracts.load(kind) for kind in self.named.kinds]
        self.known: Delivery | None = None
        self.again: Delivery | None = None
        for contract in self.candidates:
            identity = delivery_id(self.digest, contract.kind, code, self.named.period)
            earlier = find(con, identity) if landed is None or identity in landed else None
            if earlier is not None and earlier.reading.get("read_with") == read_with(contract, mappings):
                self.known = earlier
                return
            self.again = self.again or earlier

    def prepare(self, scratch: Path, *, careful: bool = False) -> StagedFile:
        """Understand it, and write a normalised copy to `scratch` where it cannot be loaded in place.

        Raises RefusedFile for what cannot be read whole.
        """
        prepared = reading.prepare(
            self.path,
            self.candidates,
            self.mappings.headings,
            scratch / f"rows-{self.sequence}-{int(careful)}.csv",
            careful=careful,
            survey_year=self.named.survey_year,
        )
        prepared.read_with = read_with(prepared.contract, self.mappings)
        now, sequence = self.now, self.sequence
        if self.again is not None:
            now, sequence = self.again.loaded_at, self.again.sequence
        return StagedFile(
            self.path, self.code, self.within, self.seen, self.digest, self.named, prepared, now, sequence
        )

    def land(
        self, con: duckdb.DuckDBPyConnection, scratch: Path, arrival: StagedFile | None = None
    ) -> Delivery:
        """Land it alone: as it stands where it is clean, else the careful way. `arrival`: already
        prepared."""
        for careful in (False, True):
            if arrival is None or careful:
                arrival = self.prepare(scratch, careful=careful)
            try:
                with nullcontext() if arrival.small else into_the_file(con), transaction(con):
                    if self.again is not None:
                        forget(con, self.again.kind, self.again.delivery_id)
                    (delivery,) = load(con, [arrival])
                    if look(self.path, self.within) != self.seen:
                        raise changing(self.path.name)
                return delivery
            except NotClean:
                continue
            finally:
                if not arrival.prepared.in_place:
                    arrival.prepared.source.unlink(missing_ok=True)
        raise RefusedFile(
            self.path.name, "its rows cannot be told apart.", "Export it again as CSV or a workbook."
        )


def read_with(contract: Contract, mappings: LocalMappings) -> str:
    """What the reading of a file depends on beside its bytes: the reader, its contract and the organisation's
    headings."""
    own = repr(sorted(mappings.headings.items()))
    return hashlib.sha256(f"{READER} {contracts.fingerprint(contract.kind)} {own}".encode()).hexdigest()[:12]


def content_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def forget(con: duckdb.DuckDBPyConnection, kind: str, delivery_id: str) -> None:
    """Take a delivery out of its raw table, the quarantine and the ledger, so that its file lands again."""
    tables = (contracts.load(kind).table, "quarantine", "deliveries", "core_built")
    for table in tables:
        con.execute(f"DELETE FROM {table} WHERE delivery_id = ?", [delivery_id])  # noqa: S608 - own tables


def changing(name: str) -> RefusedFile:
    return RefusedFile(
        name,
        "it changed while it was being read: it is still being written.",
        "Run again when it is complete.",
    )
