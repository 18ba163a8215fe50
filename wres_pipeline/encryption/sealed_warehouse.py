"""A warehouse that is stored encrypted, opened: one process at a time, its log and what does not fit in memory encrypted too."""

from __future__ import annotations

import shutil
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from wres_pipeline.encryption import duckdb_files, sealed_file

NAME = "warehouse"
"""The name the database has in a connection; a file opened by DuckDB itself is called by its file's name."""
ADDRESS = duckdb_files.SCHEME + "://"


class InUseError(RuntimeError):
    """Another process has the warehouse open."""


@dataclass
class _Opened:
    """The database of this process at one place: its connections share it, as those of a file opened by DuckDB itself do."""

    root: duckdb.DuckDBPyConnection
    lock: FileLock
    connections: int = 0


_OPENED: dict[str, _Opened] = {}
_GUARD = threading.Lock()


def connect(place: Path) -> duckdb.DuckDBPyConnection:
    """A connection to the encrypted warehouse at `place`, made where there is none; `disconnect` ends it.

    Raises InUseError when another process has it open, and KeyProblemError without the key it was made with.
    """
    with _GUARD:
        at = str(place.resolve())
        opened = _OPENED.get(at) or _open(place)
        _OPENED[at] = opened
        opened.connections += 1
        connection = opened.root.cursor()
        connection.execute(f"USE {NAME}")
        return connection


def disconnect(place: Path, connection: duckdb.DuckDBPyConnection) -> None:
    """Close a connection; with the last one of this process the warehouse is written out and let go."""
    with _GUARD:
        at = str(place.resolve())
        opened = _OPENED[at]
        opened.connections -= 1
        if not opened.connections:
            del _OPENED[at]
        try:
            connection.close()
        finally:
            if not opened.connections:
                _let_go(opened)


def _let_go(opened: _Opened) -> None:
    """Write the database out and close it here, in this thread and before the lock is given back: one that was left to be
    collected would write to the file later, from any thread, while another process may have it."""
    try:
        with suppress(duckdb.Error):  # a write that failed stays in the log, and is read back
            opened.root.execute(f"CHECKPOINT {NAME}")
        opened.root.execute(f"DETACH {NAME}")
    finally:
        opened.root.close()
        opened.lock.release()


def attach(connection: duckdb.DuckDBPyConnection, place: Path, name: str, *, sealed: bool) -> None:
    """Attach another database file to a connection, one that is stored encrypted or plain."""
    where = str(place)
    if sealed:
        with suppress(duckdb.Error):  # the connection's database knows the file system already
            connection.register_filesystem(duckdb_files.SealedFiles())
        where = duckdb_files.address(place)
    connection.execute(f"ATTACH {_quoted(where)} AS {name}")


def _open(place: Path) -> _Opened:
    if place.exists():
        sealed_file.check(place)
    lock = FileLock(place.with_name(place.name + ".open"), timeout=0, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        raise InUseError(str(place)) from None
    root = duckdb.connect(":memory:")
    try:
        log = place.with_name(place.name + ".wal")
        unfinished = log.exists()
        spilled = place.with_name(place.name + ".tmp")
        shutil.rmtree(spilled, ignore_errors=True)
        attach(root, place, NAME, sealed=True)
        root.execute(f"SET temp_directory = {_quoted(duckdb_files.address(spilled))}")
        if (
            unfinished
        ):  # of a process that was killed: written out now, since DuckDB cannot cut a torn end off here
            root.execute(f"CHECKPOINT {NAME}")
    except BaseException:
        root.close()
        lock.release()
        raise
    return _Opened(root, lock)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
