"""The one way into the warehouse: a file is landed whole as text, with its ledger entry, or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path

import duckdb

from wres_pipeline import schema, warehouse
from wres_pipeline.extracts import contracts
from wres_pipeline.extracts.intake import folder_counts
from wres_pipeline.extracts.intake.batch_load import Outcome, Together, together
from wres_pipeline.extracts.intake.deliveries import Delivery, LandingReport, Refusal
from wres_pipeline.extracts.intake.file_safety import Seen, look
from wres_pipeline.extracts.intake.refusal import RefusedFile
from wres_pipeline.extracts.intake.staged_file import Incoming
from wres_pipeline.extracts.naming import file_names
from wres_pipeline.reference.local import LocalMappings


def create_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Make every declared table and the raw table of every contract, where they are not there yet.

    A column that a contract has gained since is added to its raw table.
    """
    schema.bring_up(con)
    schema.add_to(con, raw_tables())


@cache
def raw_tables() -> tuple[schema.Table, ...]:
    """The raw table of each contract: one row a data row, verbatim text in the contract's columns."""
    delivery, number = (schema.table("quarantine").column(name) for name in ("delivery_id", "row_number"))
    extra = schema.Column(
        "extra", "JSON", "", '{"Ward": "4B"}', "What stood under headings no contract knows."
    )
    made = []
    for kind in contracts.kinds():
        contract = contracts.load(kind)
        columns = [schema.Column(c.name, "VARCHAR", "", "", c.description) for c in contract.columns]
        made.append(
            schema.Table(
                contract.table,
                "raw",
                f"{contract.one_row_is}, every cell as it arrived",
                (delivery, number, *columns, extra),
                restricted=any(c.personal for c in contract.columns),
            )
        )
    return tuple(made)


def land_folder(
    con: duckdb.DuckDBPyConnection,
    extracts: Path,
    organisations: Sequence[str] | None,
    *,
    now: datetime,
    mappings: LocalMappings | Mapping[str, LocalMappings],
    progress: Callable[[int, int, str], None] | None = None,
) -> LandingReport:
    """Land every extract under `extracts/<ODS>/` that has not landed yet; a bad file does not stop the
    others.

    `organisations`: None for every folder found. `mappings`: those of all, or of each organisation by its
    code. `progress(done, all, file name)` is called before each file.
    """
    create_tables(con)
    with _scratch(con) as scratch, together(con, scratch) as queue:
        folder = _Folder(con, scratch, queue, now, mappings)
        folder.find(extracts, organisations)
        for done, (code, path, within) in enumerate(folder.work):
            if progress is not None:
                progress(done, len(folder.work), path.name)
            folder.take(done, code, path, within)
        folder.note(queue.drain())
    report = folder.report()
    changes = folder_counts.bring_up_to_date(
        con, folder.codes, folder.present(), [d.delivery_id for d in report.landed]
    )
    report.returned, report.gone = list(changes.restored), list(changes.gone)
    return report


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
    with _scratch(con) as scratch:
        one = Incoming(
            con,
            path,
            organisation_code,
            within=path.parent,
            mappings=mappings,
            now=now,
            sequence=_next_sequence(con),
        )
        return one.known if one.known is not None else one.land(con, scratch)


class _Folder:
    """The files of a folder on their way in, each with what became of it."""

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        scratch: Path,
        queue: Together,
        now: datetime,
        mappings: LocalMappings | Mapping[str, LocalMappings],
    ) -> None:
        self.con, self.scratch, self.queue, self.now, self.mappings = con, scratch, queue, now, mappings
        self.work: list[tuple[str, Path, Path]] = []
        self.codes: list[str] = []
        self.seen: dict[Path, Seen] = {}
        self.ids = {row[0] for row in con.execute("SELECT delivery_id FROM deliveries").fetchall()}
        self.base = _next_sequence(con)
        self.waiting: dict[int, str] = {}
        self.skipped: list[tuple[str, str]] = []
        self.refused: list[tuple[int, Refusal]] = []
        self.landed: dict[int, Delivery] = {}
        self.already: dict[int, Delivery] = {}

    def find(self, extracts: Path, organisations: Sequence[str] | None) -> None:
        """Fill `work`: (organisation, file, its folder), in the order in which they count."""
        there = extracts.is_dir()
        folders = {p.name.upper(): p for p in sorted(extracts.iterdir()) if p.is_dir()} if there else {}
        for code in sorted(folders) if organisations is None else [o.upper() for o in organisations]:
            if code not in folders:
                missing = Refusal(
                    code,
                    str(extracts.name),
                    f"it has no folder {code}.",
                    f"Put the extracts of {code} into a folder of that name.",
                )
                self.refused.append((-1, missing))
                continue
            self.codes.append(code)
            for path in sorted(folders[code].iterdir(), key=lambda p: file_names.natural_order(p.name)):
                if file_names.is_extract(path.name):
                    self.work.append((code, path, folders[code]))
                elif not path.name.startswith("."):
                    self.skipped.append((code, path.name))
        for _, path, within in self.work:
            try:
                self.seen[path] = look(path, within)
            except RefusedFile:
                continue

    def take(self, place: int, code: str, path: Path, within: Path) -> None:
        """Land the file, or let it wait for others."""
        try:
            one = Incoming(
                self.con,
                path,
                code,
                within=within,
                mappings=self.mappings if isinstance(self.mappings, LocalMappings) else self.mappings[code],
                now=self.now,
                sequence=self.base + place,
                before=self.seen.get(path),
                landed=self.ids,
            )
            if one.known is not None:
                self.already[place] = one.known
                return
            arrival = one.prepare(self.scratch)
            if arrival.delivery_id in self.ids and one.again is None:
                self.note(self.queue.drain())  # the same content twice, and the first still on its way
                self.take(place, code, path, within)
            elif arrival.small and one.again is None:
                self.waiting[place] = arrival.delivery_id
                self.ids.add(arrival.delivery_id)
                self.note(self.queue.add((place, one, arrival)))
            else:
                self.note(self.queue.drain())
                self.note([(place, one.land(self.con, self.scratch, arrival))])
        except RefusedFile as refused:
            self.note([(place, refused)])

    def note(self, outcomes: Sequence[Outcome]) -> None:
        """What became of files."""
        for place, outcome in outcomes:
            if isinstance(outcome, RefusedFile):
                code = self.work[place][0]
                self.refused.append((place, Refusal(code, outcome.name, outcome.reason, outcome.remedy)))
                self.ids.discard(self.waiting.pop(place, ""))
            else:
                self.landed[place] = outcome
                self.ids.add(outcome.delivery_id)

    def present(self) -> list[folder_counts.Present]:
        """Every file that could be read, in the order of the folder, with its delivery."""
        found = {**self.already, **self.landed}
        return [
            folder_counts.Present(found[place].delivery_id, self.work[place][1].name)
            for place in sorted(found)
        ]

    def report(self) -> LandingReport:
        """What became of every file, in the order of the folder."""
        return LandingReport(
            landed=[self.landed[place] for place in sorted(self.landed)],
            already=[self.already[place] for place in sorted(self.already)],
            refused=[refusal for _, refusal in sorted(self.refused, key=lambda pair: pair[0])],
            skipped=self.skipped,
        )


@contextmanager
def _scratch(con: duckdb.DuckDBPyConnection) -> Iterator[Path]:
    """A folder for normalised copies beside the warehouse, gone afterwards.

    What a killed run left there is removed: those copies hold people's rows, and no other run can be using
    them, since the warehouse has one writer.
    """
    place = warehouse.place_of(con)
    if place is None:
        with tempfile.TemporaryDirectory(prefix="wres-") as folder:
            yield Path(folder)
        return
    scratch = place.with_name(place.name + ".scratch")
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(mode=0o700)
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _next_sequence(con: duckdb.DuckDBPyConnection) -> int:
    counted = con.execute("SELECT coalesce(max(sequence), 0) + 1 FROM deliveries").fetchone()
    assert counted is not None
    return int(counted[0])
