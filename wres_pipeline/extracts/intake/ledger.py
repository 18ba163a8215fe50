"""The rule of conservation: rows in = rows accepted + rows quarantined, for every delivery, counted again
from the rows."""

# ruff: noqa: S608 - table names come from the contract files

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from wres_pipeline.extracts.contracts import kinds, load
from wres_pipeline.extracts.naming.shown_names import shown_name


@dataclass(frozen=True, slots=True)
class Account:
    """What the ledger says of a delivery's rows, and what is there. stored: rows in the raw table; numbered:
    different row numbers among them; aside: different rows in the quarantine."""

    delivery_id: str
    organisation_code: str
    kind: str
    period: date | None
    file_name: str
    rows_in: int
    rows_accepted: int
    rows_quarantined: int
    stored: int
    numbered: int
    aside: int

    @property
    def adds_up(self) -> bool:
        return (
            self.rows_in == self.rows_accepted + self.rows_quarantined
            and self.rows_in == self.stored == self.numbered
            and self.rows_quarantined == self.aside
        )

    def __str__(self) -> str:
        return (
            f"{self.organisation_code} {shown_name(self.file_name)}: {self.rows_in} rows in, {self.rows_accepted} "
            f"accepted and {self.rows_quarantined} quarantined by the ledger; {self.stored} stored under "
            f"{self.numbered} row numbers, {self.aside} of them quarantined."
        )


def accounts(con: duckdb.DuckDBPyConnection, organisations: Sequence[str] | None = None) -> list[Account]:
    """The account of every delivery, of these organisations only where they are given.

    Counts the raw and quarantine tables themselves, so a row lost, doubled or set aside without an entry
    shows. A raw table that is not there, as in a warehouse kept since before its kind was read, holds no rows.
    """
    wanted = None if organisations is None else list(organisations)
    there = {name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    return [Account(*row) for row in con.execute(_statement(there), {"organisations": wanted}).fetchall()]


def discrepancies(con: duckdb.DuckDBPyConnection) -> list[Account]:
    """Every delivery whose account does not add up; empty when all is well."""
    return [account for account in accounts(con) if not account.adds_up]


def _statement(there: Collection[str]) -> str:
    counted = "SELECT delivery_id, count(*) AS stored, count(DISTINCT row_number) AS numbered"
    tables = [load(kind).table for kind in kinds()]
    stored = " UNION ALL ".join(
        [f"{counted} FROM quarantine WHERE false GROUP BY 1"]
        + [f"{counted} FROM {table} GROUP BY 1" for table in tables if table in there]
    )
    return f"""
        -- one row is a delivery, with its rows counted again
        WITH stored AS ({stored}),
             aside AS (SELECT delivery_id, count(DISTINCT row_number) AS aside FROM quarantine GROUP BY 1)
        SELECT d.delivery_id, d.organisation_code, d.kind, d.period, d.file_name, d.rows_in, d.rows_accepted,
        d.rows_quarantined, coalesce(s.stored, 0), coalesce(s.numbered, 0), coalesce(a.aside, 0)
        FROM deliveries d LEFT JOIN stored s USING (delivery_id) LEFT JOIN aside a USING (delivery_id)
        WHERE $organisations IS NULL OR list_contains($organisations::VARCHAR[], d.organisation_code)
        ORDER BY d.sequence
    """
