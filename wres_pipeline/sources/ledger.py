"""The rule of conservation: rows in = rows accepted + rows quarantined, for every delivery, counted again
from the rows."""

# ruff: noqa: S608 - table names come from the contract files

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from wres_pipeline.sources.contracts import kinds, load


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """A delivery whose rows do not add up. stored: rows in the raw table; aside: of them, in the
    quarantine."""

    delivery_id: str
    organisation_code: str
    file_name: str
    rows_in: int
    rows_accepted: int
    rows_quarantined: int
    stored: int
    aside: int

    def __str__(self) -> str:
        return (
            f"{self.organisation_code} {self.file_name}: {self.rows_in} rows in, {self.rows_accepted} "
            f"accepted and "
            f"{self.rows_quarantined} quarantined by the ledger; {self.stored} stored, {self.aside} of "
            f"them quarantined."
        )


def discrepancies(con: duckdb.DuckDBPyConnection) -> list[Discrepancy]:
    """Every delivery for which the ledger's three numbers and the stored rows do not agree; empty when all is
    well.

    Counts the raw and quarantine tables themselves, so a row lost, doubled or set aside without an entry
    shows.
    """
    return [Discrepancy(*row) for row in con.execute(_statement()).fetchall()]


def _statement() -> str:
    stored = " UNION ALL ".join(
        f"SELECT delivery_id, count(*) AS stored, count(DISTINCT row_number) AS numbered FROM "
        f"{load(kind).table} GROUP BY 1"
        for kind in kinds()
    )
    return f"""
        -- one row is a delivery whose rows do not add up
        WITH stored AS ({stored}),
             aside AS (SELECT delivery_id, count(DISTINCT row_number) AS aside FROM quarantine GROUP BY 1)
        SELECT d.delivery_id, d.organisation_code, d.file_name, d.rows_in, d.rows_accepted,
        d.rows_quarantined, coalesce(s.stored, 0), coalesce(a.aside, 0)
        FROM deliveries d LEFT JOIN stored s USING (delivery_id) LEFT JOIN aside a USING (delivery_id)
        WHERE d.rows_in <> d.rows_accepted + d.rows_quarantined OR d.rows_in <> coalesce(s.stored, 0)
           OR coalesce(s.numbered, 0) <> coalesce(s.stored, 0) OR d.rows_quarantined <> coalesce(a.aside, 0)
        ORDER BY d.sequence
    """
