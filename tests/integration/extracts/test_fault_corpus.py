"""Every fault of the corpus, for every kind it can befall, comes out as expected: none is unexplained."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from tests.integration.extracts import faults_of_form, faults_of_rows, faults_refused  # noqa: F401 - they register
from tests.integration.extracts.clean_extracts import Table, clean
from tests.integration.extracts.faults import CORPUS, Fault
from wres_pipeline.extracts import contracts
from wres_pipeline.extracts.intake import landing, ledger
from wres_pipeline.extracts.intake.refusal import RefusedFile
from wres_pipeline.extracts.statements import quoted
from wres_pipeline.reference.local import LocalMappings

NOW = datetime(2026, 11, 24)
CASES = [(fault, kind) for fault in CORPUS for kind in fault.kinds]


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        landing.create_tables(connection)
        yield connection


def usable_rows(
    con: duckdb.DuckDBPyConnection, delivery: landing.Delivery, table: Table
) -> list[tuple[str, ...]]:
    """The accepted raw rows in the order of the clean table's headings; a blank is an empty text."""
    contract = contracts.load(delivery.kind)
    known = contracts.known_headings(contract)
    names = [known[contracts.heading_key(h)][0] for h in table.headings]
    picks = ", ".join(f"coalesce({quoted(n)}, '')" for n in names)
    return con.execute(
        f"SELECT {picks} FROM {contract.table} r WHERE delivery_id = ? AND row_number NOT IN "
        "(SELECT row_number FROM quarantine WHERE delivery_id = ?) ORDER BY row_number",
        [delivery.delivery_id, delivery.delivery_id],
    ).fetchall()


def test_the_corpus_holds_at_least_sixty_named_faults() -> None:
    assert len({fault.name for fault in CORPUS}) >= 60
    assert len({fault.name for fault in CORPUS}) == len(CORPUS)


@pytest.mark.parametrize(("fault", "kind"), CASES, ids=[f"{f.name} - {k}" for f, k in CASES])
def test_a_fault_comes_out_as_expected(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, request: pytest.FixtureRequest, fault: Fault, kind: str
) -> None:
    folder = tmp_path / "X01"
    folder.mkdir()
    table = clean(kind)
    path = fault.build(table, folder)
    organisation = request.node.name
    before = con.execute("SELECT count(*) FROM deliveries").fetchone()
    if fault.refused:
        with pytest.raises(RefusedFile) as refusal:
            landing.land_file(con, path, organisation, now=NOW, mappings=LocalMappings())
        assert fault.refused in str(refusal.value)
        assert path.name in str(refusal.value)
        assert con.execute("SELECT count(*) FROM deliveries").fetchone() == before
        return
    delivery = landing.land_file(con, path, organisation, now=NOW, mappings=LocalMappings())
    accepted = len(table.rows) if fault.accepted is None else fault.accepted
    found = dict(
        con.execute(
            "SELECT reason, count(*) FROM quarantine WHERE delivery_id = ? GROUP BY 1", [delivery.delivery_id]
        ).fetchall()
    )
    wanted = dict(fault.quarantined)
    assert len(found) == len(wanted) and all(
        any(reason.startswith(start) and found[reason] == rows for reason in found)
        for start, rows in wanted.items()
    ), found
    assert delivery.kind == kind
    assert delivery.rows_accepted == accepted
    assert delivery.rows_quarantined == sum(wanted.values())
    assert delivery.rows_in == delivery.rows_accepted + delivery.rows_quarantined
    if fault.notes:
        assert fault.notes in str(delivery.reading)
    if fault.same_rows:
        assert usable_rows(con, delivery, table) == [tuple(r) for r in table.rows]


def test_every_delivery_of_the_corpus_adds_up(con: duckdb.DuckDBPyConnection) -> None:
    assert ledger.discrepancies(con) == []
