"""The age of a warehouse: `schema_version` says which declarations it was made under, and this brings an older one up.

Columns and tables that were declared since are added by themselves. What cannot be (a column renamed, a type changed,
rows moved) is a file of `migrations/`, named by its number; the newest number is the version. Everything happens in one
transaction: a killed run leaves the warehouse as old as it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files

import duckdb

from wres_pipeline.schema.database import WarehouseError, transaction
from wres_pipeline.schema.table import Table, stored_tables, views

TABLE = "schema_version"


class NewerWarehouseError(WarehouseError):
    """The warehouse was made by a newer version of the pipeline; says which and what to do."""


@cache
def migrations() -> dict[int, str]:
    """Version -> the SQL that brings a warehouse of the version before up to it, in order."""
    found = {
        int(entry.name.split("_", 1)[0]): entry.read_text(encoding="utf-8")
        for entry in files(__package__).joinpath("migrations").iterdir()
        if entry.name.endswith(".sql")
    }
    return dict(sorted(found.items()))


def newest_version() -> int:
    """The version this program makes warehouses of."""
    return max(migrations())


def version_of(con: duckdb.DuckDBPyConnection) -> int:
    """The version a warehouse is of; 0 for one of before there were versions."""
    held = _held(con)
    return held[0] if held else 0


@cache
def declared() -> str:
    """Sixteen hex digits over every table, column, type and view: another means that something may be lacking."""
    statements = [each.create_statement() for each in stored_tables()] + [*views().values()]
    return hashlib.sha256("\n".join(statements).encode()).hexdigest()[:16]


def bring_up(con: duckdb.DuckDBPyConnection) -> str:
    """Make every declared table and view that is not there, and bring an older warehouse up; returns what was done in a
    line, "" for a new or current one.

    Raises NewerWarehouseError for a warehouse of a later version, and leaves it as it is.
    """
    held = _held(con)
    if held == (newest_version(), declared()):
        return ""
    version = held[0] if held else 0
    if version > newest_version():
        raise NewerWarehouseError(
            f"the warehouse is of version {version}, made by a newer wres_pipeline; this one knows versions up to "
            f"{newest_version()}. Install the newer one, or name another file with --warehouse; nothing was changed."
        )
    new = held is None and not _columns(con)
    with transaction(con):
        for number, statements in migrations().items():
            if number > version and not new:
                con.execute(statements)
        added = add_to(con, stored_tables())
        for statement in views().values():
            con.execute(statement)
        con.execute(
            f"INSERT INTO {TABLE} (version, declared, brought_up_at) VALUES (?, ?, ?)",  # noqa: S608
            [newest_version(), declared(), datetime.now(UTC).replace(tzinfo=None)],
        )
    return "" if new else _told(version, added)


def add_to(con: duckdb.DuckDBPyConnection, tables: Iterable[Table]) -> list[str]:
    """Make the tables that are not there, and add to the others the columns they lack; returns those, `table.column`."""
    there = _columns(con)
    added = []
    for each in tables:
        if each.name not in there:
            con.execute(each.create_statement())
            continue
        for column in each.columns:
            if column.name.lower() not in there[each.name]:
                con.execute(f"ALTER TABLE {each.name} ADD COLUMN {column.definition}")
                added.append(f"{each.name}.{column.name}")
    return added


def _held(con: duckdb.DuckDBPyConnection) -> tuple[int, str] | None:
    try:
        found = con.execute(
            f"SELECT version, declared FROM {TABLE} ORDER BY version DESC, brought_up_at DESC LIMIT 1"  # noqa: S608
        ).fetchall()
    except duckdb.CatalogException:
        return None
    return (int(found[0][0]), str(found[0][1])) if found else None


def _columns(con: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    """Table -> its columns in small letters, of the tables of the warehouse itself."""
    found: dict[str, set[str]] = {}
    for name, column in con.execute(
        "SELECT table_name, column_name FROM duckdb_columns() "
        "WHERE NOT internal AND database_name = current_database() AND schema_name = 'main'"
    ).fetchall():
        found.setdefault(name, set()).add(column.lower())
    return found


def _told(version: int, added: list[str]) -> str:
    added_columns = "1 column" if len(added) == 1 else f"{len(added)} columns"
    what = f"{added_columns} added ({', '.join(added)})" if added else "no column had to be added"
    return f"The warehouse was of version {version} and has been brought up to version {newest_version()}: {what}."
