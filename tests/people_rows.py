"""Rows of core tables about a person, written by hand: who they are goes to `core_identities`, the rest to the table itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import duckdb

from wres_pipeline.schema.database import transaction

WHO = ("first_name", "last_name", "date_of_birth", "ni_number", "email", "postcode")


def put(con: duckdb.DuckDBPyConnection, table: str, **row: Any) -> None:
    """A row of a table; of staff and applications with who the person is, where the row says it."""
    put_all(con, [(table, row)])


def put_all(con: duckdb.DuckDBPyConnection, rows: Iterable[tuple[str, dict[str, Any]]]) -> None:
    """Rows of tables, as `put` each; those of the same columns by one statement, since each takes as long as all."""
    together: dict[tuple[str, ...], list[list[Any]]] = {}
    for table, given in rows:
        row = {name: value for name, value in given.items() if name not in WHO}
        who = {name: value for name, value in given.items() if name in WHO}
        together.setdefault((table, *row), []).append(list(row.values()))
        if who and table in ("core_staff", "core_applications"):
            number = "employee_number" if table == "core_staff" else "application_id"
            day = row.get("snapshot_date") if table == "core_staff" else row.get("as_at")
            known = {name: row.get(name) for name in ("organisation_code", "delivery_id", number)}
            whole = {**known, "as_at": day, **who}
            together.setdefault(("core_identities", *whole), []).append(list(whole.values()))
    with transaction(con):
        for (table, *names), values in together.items():
            con.executemany(
                f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", values
            )
