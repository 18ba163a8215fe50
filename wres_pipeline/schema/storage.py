"""Rows of a declared table: put in place of a partition, added, and read back as dataclasses."""

# ruff: noqa: S608 - names of tables and columns come from the declarations; values are bound

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

import duckdb

from wres_pipeline.schema.database import transaction
from wres_pipeline.schema.records import columns_of, maker
from wres_pipeline.schema.table import Table, table

Wanted = Any
Row = TypeVar("Row")


def replace(con: duckdb.DuckDBPyConnection, name: str, rows: Iterable[object], **partition: Wanted) -> None:
    """Put `rows` in place of what the table holds for the partition, all or nothing.

    rows: dataclasses with a field for each column. partition: a column and its value, or a list of its values; none for
    the whole table.
    """
    with transaction(con):
        discard(con, name, **partition)
        append(con, name, rows)


def discard(con: duckdb.DuckDBPyConnection, name: str, **partition: Wanted) -> None:
    """Delete what the table holds for the partition."""
    where, bound = _where(table(name), partition)
    con.execute(f"DELETE FROM {name}{where}", bound)


def append(con: duckdb.DuckDBPyConnection, name: str, rows: Iterable[object]) -> None:
    """Add rows to the table, in one statement."""
    declared = table(name)
    lists = columns_of(declared, rows)
    if not lists[0]:
        return
    names = ", ".join(column.quoted for column in declared.columns)
    picks = ", ".join(f"unnest(?::{column.type}[])" for column in declared.columns)
    con.execute(f"INSERT INTO {name} ({names}) SELECT {picks}", lists)


def read(
    con: duckdb.DuckDBPyConnection,
    name: str,
    row_type: type[Row],
    *,
    order: str = "rowid",
    **partition: Wanted,
) -> list[Row]:
    """The rows of the partition, in the order they were put in, as `row_type`."""
    declared = table(name)
    where, bound = _where(declared, partition)
    names = ", ".join(column.quoted for column in declared.columns)
    found = con.execute(f"SELECT {names} FROM {name}{where} ORDER BY {order}", bound).fetchall()
    made, columns = maker(declared, row_type), declared.names
    return [made(dict(zip(columns, row, strict=True))) for row in found]


def _where(declared: Table, partition: dict[str, Wanted]) -> tuple[str, dict[str, Any]]:
    if not partition:
        return "", {}
    terms = []
    for name, wanted in partition.items():
        column = declared.column(name)
        several = isinstance(wanted, list | tuple | set | frozenset)
        terms.append(
            f"list_contains(${name}::{column.type}[], {column.quoted})"
            if several
            else f"{column.quoted} = ${name}"
        )
    bound = {
        name: list(wanted) if isinstance(wanted, tuple | set | frozenset) else wanted
        for name, wanted in partition.items()
    }
    return " WHERE " + " AND ".join(terms), bound
