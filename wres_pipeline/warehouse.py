"""The DuckDB file every layer is kept in: opening it, its SQL files, and all-or-nothing writes.

Short connections only: an open writer keeps every other process out of the file, readers included. A warehouse that is new is
stored encrypted where there is a key (`encryption.key`); one that is there stays as it is until `wres encrypt` or `wres decrypt`.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from wres_pipeline import schema, whole_file
from wres_pipeline.encryption import key, sealed_file, sealed_warehouse
from wres_pipeline.schema.database import WarehouseError, sql, transaction

__all__ = ["WarehouseBusyError", "WarehouseError", "bring_up", "connect", "sql", "transaction"]

CHECKPOINT = "1GB"
"""Log from which it is worked into the file before the connection closes: at DuckDB's own 16 MB a nation's extracts
were written over and over, and landing took a third longer. A killed run's log is read back when the file is next
opened. [ours]"""


PATIENCE = 60.0
"""Seconds a run waits for a program that has the warehouse open, such as a look at a figure."""
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 5.0

LINGERS = 0.2
"""Seconds for which a run leaves the warehouse open after a connection, in case the next one comes: opening the file takes 20 ms,
and a run opens it some 250 times. A program that waits for it gets it where the run does something longer. [ours]"""


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


def attach(connection: duckdb.DuckDBPyConnection, place: Path, name: str, *, sealed: bool) -> None:
    """Attach another database file to a connection under a name, one that is stored encrypted or plain."""
    sealed_warehouse.attach(connection, place, name, sealed=sealed)


def is_sealed(place: Path) -> bool:
    """Whether the warehouse at `place` is, or would be made, encrypted. Raises WarehouseError for a key that is no key, and
    for a folder."""
    if place.is_dir():
        raise WarehouseError(
            f"{place}: this is a folder; the warehouse is a file, such as {place / 'wres.duckdb'}"
        )
    try:
        return sealed_file.is_sealed(place) if place.exists() else key.given() is not None
    except key.KeyProblemError as error:
        raise WarehouseError(str(error)) from None


def place_of(connection: duckdb.DuckDBPyConnection) -> Path | None:
    """The file of the open warehouse; None for one in memory."""
    found = connection.execute(
        "SELECT path FROM duckdb_databases() WHERE database_name = current_database()"
    ).fetchone()
    return Path(found[0].removeprefix(sealed_warehouse.ADDRESS)) if found and found[0] else None


def cursor(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Another connection to the database that is open, such as one for another thread."""
    own = connection.cursor()
    name = connection.execute("SELECT current_database()").fetchall()[0][0].replace('"', '""')
    own.execute(f'USE "{name}"')
    return own


COPIES = (".changing", ".rewritten", ".copied")
"""Endings of the copies that `governance.rewriting` works on, and of the one a backup is made from."""


def _clear_copies(place: Path) -> None:
    """Take away what a killed rewriting left, which may be plain: whoever has the warehouse open is the only one to rewrite it."""
    for ending in COPIES:
        for part in ("", ".wal", ".open"):
            place.with_name(place.name + ending + part).unlink(missing_ok=True)


def _connected(place: str, *, read_only: bool, sealed: bool, patience: float) -> duckdb.DuckDBPyConnection:
    began, pause = time.monotonic(), FIRST_PAUSE
    while True:
        try:
            if sealed:
                return sealed_warehouse.connect(Path(place))
            return duckdb.connect(place, read_only=read_only)
        except key.KeyProblemError as error:
            raise WarehouseError(str(error)) from None
        except (duckdb.IOException, sealed_warehouse.InUseError) as error:
            if "lock" not in str(error).lower() and not isinstance(error, sealed_warehouse.InUseError):
                raise
            if time.monotonic() - began + pause > patience:
                raise WarehouseBusyError(
                    f"{place}: another run, or a program such as the DuckDB shell, has the warehouse open. "
                    "Wait for it to end or close it, then run again; nothing was changed."
                ) from error
        time.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


@contextmanager
def into_the_file(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """What is committed within goes into the file itself, not into the log first: for one large transaction, which would
    otherwise be written twice."""
    connection.execute("SET checkpoint_threshold = '1MB'")
    try:
        yield
    finally:
        connection.execute(f"SET checkpoint_threshold = '{CHECKPOINT}'")


class _Lingering:
    """The last connection of this process to a plain warehouse, left open for a moment."""

    def __init__(self) -> None:
        self.wanted = 0
        self._lock = threading.Lock()
        self._left: tuple[str, duckdb.DuckDBPyConnection, threading.Timer] | None = None

    def leave(self, place: str, connection: duckdb.DuckDBPyConnection) -> None:
        """Take over a connection that nobody needs any more."""
        self.close()
        timer = threading.Timer(LINGERS, self.close)
        timer.daemon = True
        with self._lock:
            self._left = (place, connection, timer)
        timer.start()

    @contextmanager
    def held(self, place: str) -> Iterator[bool]:
        """Whether it holds this warehouse open, which it then goes on to do until the block ends."""
        with self._lock:
            left, self._left = self._left, None
        if left is not None:
            left[2].cancel()
            if left[0] != place:
                left[1].close()
                left = None
        try:
            yield left is not None
        finally:
            if left is not None:
                left[1].close()

    def close(self) -> None:
        with self.held(""):
            pass


_lingering = _Lingering()


@contextmanager
def lingering() -> Iterator[None]:
    """Leave the warehouse open for a moment after each connection of the work inside, and closed at its end."""
    _lingering.wanted += 1
    try:
        yield
    finally:
        _lingering.wanted -= 1
        _lingering.close()


@contextmanager
def _opened(place: str, *, read_only: bool, patience: float = 0) -> Iterator[duckdb.DuckDBPyConnection]:
    in_memory = place == ":memory:"
    new = not in_memory and not Path(place).exists()
    if read_only:
        _lingering.close()  # DuckDB opens a file one way at a time
    with _lingering.held(place) as held:
        # To look into a file that is open would let go of DuckDB's lock on it; one that is held is not sealed.
        sealed = not held and not in_memory and is_sealed(Path(place))
        if new:
            Path(place).parent.mkdir(parents=True, exist_ok=True, mode=whole_file.PRIVATE_FOLDER)
        connection = _connected(place, read_only=read_only, sealed=sealed, patience=patience)
    if new:
        Path(place).chmod(whole_file.PRIVATE_FILE)  # it will hold people, whoever opened it
    if not read_only and not in_memory:
        _clear_copies(Path(place))
    stay = False
    try:
        connection.execute("SET preserve_insertion_order = true")
        connection.execute(f"SET checkpoint_threshold = '{CHECKPOINT}'")
        yield connection
        stay = _lingering.wanted > 0 and not (read_only or in_memory)
    finally:
        if sealed:
            sealed_warehouse.disconnect(Path(place), connection)
        elif stay:
            _lingering.leave(place, connection)
        else:
            connection.close()
