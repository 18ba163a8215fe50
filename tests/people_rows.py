"""Rows of core tables about a person, written by hand: who they are goes to `core_identities`, the rest to the table itself."""

from __future__ import annotations

from typing import Any

import duckdb

WHO = ("first_name", "last_name", "date_of_birth", "ni_number", "email", "postcode")


def put(con: duckdb.DuckDBPyConnection, table: str, **row: Any) -> None:
    """A row of a table; of staff and applications with who the person is, where the row says it."""
    who = {name: row.pop(name) for name in WHO if name in row}
    _insert(con, table, row)
    if not who or table not in ("core_staff", "core_applications"):
        return
    number = "employee_number" if table == "core_staff" else "application_id"
    day = row.get("snapshot_date") if table == "core_staff" else row.get("as_at")
    known = {name: row.get(name) for name in ("organisation_code", "delivery_id", number)}
    _insert(con, "core_identities", {**known, "as_at": day, **who})


def _insert(con: duckdb.DuckDBPyConnection, table: str, row: dict[str, Any]) -> None:
    con.execute(
        f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values())
    )
