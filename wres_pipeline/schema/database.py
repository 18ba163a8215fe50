"""All-or-nothing writes, and the text of SQL files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files

import duckdb


class WarehouseError(RuntimeError):
    """The warehouse cannot be used now, in words that say what to do."""


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Everything inside happens, or nothing of it: a killed run leaves the old state whole."""
    connection.execute("BEGIN TRANSACTION")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@cache
def sql(package: str, name: str) -> str:
    """The text of the SQL file `name` in the folder `sql` beside the modules of `package`."""
    return files(package).joinpath("sql", name).read_text(encoding="utf-8")
