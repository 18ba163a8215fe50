"""The DuckDB file every layer is kept in: opening it, its SQL files, and all-or-nothing writes.

Short connections only: an open writer keeps every other process out of the file, readers included.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path

import duckdb

from wres_pipeline import whole_file

CHECKPOINT = "1GB"
"""Log from which it is worked into the file before the connection closes: at DuckDB's own 16 MB a nation's extracts
were written over and over, and landing took a third longer. A killed run's log is read back when the file is next
opened. [ours]"""


class WarehouseBusyError(RuntimeError):
    """Another process holds the warehouse open; says which file and what to do."""


@contextmanager
def connect(path: Path | str, *, read_only: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the warehouse at `path` (made with its folder when absent) and always close it.

    Raises `WarehouseBusyError` when another process has it open.
    """
    place = str(path)
    new = place != ":memory:" and not Path(place).exists()
    if new:
        Path(place).parent.mkdir(parents=True, exist_ok=True, mode=whole_file.PRIVATE_FOLDER)
    try:
        connection = duckdb.connect(place, read_only=read_only)
    except duckdb.IOException as error:
        if "lock" not in str(error).lower():
            raise
        raise WarehouseBusyError(
            f"{place}: another run, or a program such as the DuckDB shell, has the warehouse open. "
            "Wait for it to end or close it, then run again; nothing was changed."
        ) from error
    if new:
        Path(place).chmod(whole_file.PRIVATE_FILE)  # it will hold people, whoever opened it
    try:
        connection.execute("SET preserve_insertion_order = true")
        connection.execute(f"SET checkpoint_threshold = '{CHECKPOINT}'")
        yield connection
    finally:
        connection.close()


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
