"""The DuckDB file every layer is kept in: opening it, its SQL files, and all-or-nothing writes.

Short connections only: an open writer keeps every other process out of the file, readers included.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from wres_pipeline import schema, whole_file
from wres_pipeline.schema.database import WarehouseError, sql, transaction

__all__ = ["WarehouseBusyError", "WarehouseError", "bring_up", "connect", "sql", "transaction"]

CHECKPOINT = "1GB"
"""Log from which it is worked into the file before the connection closes: at DuckDB's own 16 MB a nation's extracts
were written over and over, and landing took a third longer. A killed run's log is read back when the file is next
opened. [ours]"""


PATIENCE = 60.0
"""Seconds a run waits for a program that has the warehouse open, such as a look at a figure."""
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 5.0


class WarehouseBusyError(WarehouseError):
    """Another process holds the warehouse open; says which file and what to do."""


@contextmanager
def connect(
    path: Path | str, *, read_only: bool = False, patience: float = 0
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the warehouse at `path` (made with its folder and tables when absent) and always close it.

    An older warehouse is brought up to this version first, unless it is opened `read_only`. Raises `WarehouseBusyError`
    when another process has it open and still has after `patience` seconds, in which it is tried again, at first soon and
    then less often; `schema.NewerWarehouseError` when a newer version made it.
    """
    with _opened(str(path), read_only=read_only, patience=patience) as connection:
        if not read_only and (told := schema.bring_up(connection)):
            logging.getLogger(__name__).warning("%s: %s", path, told)
        yield connection


def bring_up(path: Path) -> str:
    """Bring the warehouse at `path` up to this version where there is one; what was done in a line, "" for nothing.

    One that another run has open is left to that run, or to the next connection.
    """
    if not path.exists():
        return ""
    try:
        with _opened(str(path), read_only=False) as connection:
            return schema.bring_up(connection)
    except WarehouseBusyError:
        return ""


def _connected(place: str, *, read_only: bool, patience: float) -> duckdb.DuckDBPyConnection:
    began, pause = time.monotonic(), FIRST_PAUSE
    while True:
        try:
            return duckdb.connect(place, read_only=read_only)
        except duckdb.IOException as error:
            if "lock" not in str(error).lower():
                raise
            if time.monotonic() - began + pause > patience:
                raise WarehouseBusyError(
                    f"{place}: another run, or a program such as the DuckDB shell, has the warehouse open. "
                    "Wait for it to end or close it, then run again; nothing was changed."
                ) from error
        time.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


@contextmanager
def _opened(place: str, *, read_only: bool, patience: float = 0) -> Iterator[duckdb.DuckDBPyConnection]:
    new = place != ":memory:" and not Path(place).exists()
    if new:
        Path(place).parent.mkdir(parents=True, exist_ok=True, mode=whole_file.PRIVATE_FOLDER)
    connection = _connected(place, read_only=read_only, patience=patience)
    if new:
        Path(place).chmod(whole_file.PRIVATE_FILE)  # it will hold people, whoever opened it
    try:
        connection.execute("SET preserve_insertion_order = true")
        connection.execute(f"SET checkpoint_threshold = '{CHECKPOINT}'")
        yield connection
    finally:
        connection.close()
