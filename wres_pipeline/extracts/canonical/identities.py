"""Ids that a spreadsheet may have shortened: reported in the ledger, never mended."""

# ruff: noqa: S608 - identifiers come from the contract files, quoted; values are bound

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from wres_pipeline.extracts.contracts import Contract
from wres_pipeline.extracts.statements import quoted

SHORTEST_FULL = 6
"""Digits an id column must have before a shorter id is odd. [ours]"""


def shortened(
    con: duckdb.DuckDBPyConnection, contract: Contract, columns: Mapping[str, int], delivery_id: str
) -> list[str]:
    """Notes on ids that lost, or may have lost, their leading zeros; counts only.

    Proven where the assignment number still begins with the full employee number; likely where ids of digits only have
    one length, some begin with 0, and fewer than half are shorter.
    """
    needed = [c for c in contract.of_type("id") if c.required == "row" and c.name in columns]
    if not needed:
        return []
    if {"employee_number", "assignment_number"} <= set(columns):
        found = con.execute(_proven(contract), [delivery_id]).fetchone()
        if found is not None and found[0]:
            return [
                f"{found[0]} employee numbers lost their leading zeros (their assignment numbers have them)"
            ]
    column = needed[0]
    lengths = con.execute(_lengths(contract, column.name), [delivery_id]).fetchall()
    if not lengths or lengths[-1][0] < SHORTEST_FULL or not lengths[-1][2]:
        return []
    shorter = sum(count for _, count, _ in lengths[:-1])
    if not shorter or 2 * shorter > sum(count for _, count, _ in lengths):
        return []
    return [
        f"{shorter} values of {column.headings[0]} are shorter than {lengths[-1][0]} digits: they may have lost "
        "leading zeros"
    ]


def _proven(contract: Contract) -> str:
    return (
        f"SELECT count(*) FROM {contract.table} WHERE delivery_id = ? AND starts_with(assignment_number, '0') "
        "AND employee_number <> '' AND NOT starts_with(employee_number, '0') "
        "AND starts_with(ltrim(assignment_number, '0'), employee_number)"
    )


def _lengths(contract: Contract, name: str) -> str:
    column = quoted(name)
    return (
        f"SELECT length({column}), count(*), count(*) FILTER (WHERE starts_with({column}, '0')) FROM {contract.table} "
        f"WHERE delivery_id = ? AND TRY_CAST({column} AS BIGINT) IS NOT NULL GROUP BY 1 ORDER BY 1"
    )
