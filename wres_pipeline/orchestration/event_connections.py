"""Dagster's event log in SQLite writes an event in a third of the time when its connections stay open for a run.

The stock class makes an engine and a connection for every event and closes both. What is kept here is kept from outside, for
the length of a run, in the process that runs it: no settings of a home name it, other storages (Postgres) are left alone,
and so is a version of Dagster whose class is built otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import Lock
from typing import Any, Protocol, cast

import dagster as dg
import sqlalchemy
from sqlalchemy.pool import StaticPool

PATIENCE = 30
"""Seconds a connection waits for another process that writes: Dagster's own number."""


class _StockLog(Protocol):
    """What is used of Dagster's `SqliteEventLogStorage`; a log that lacks any of it is left as it is."""

    _connect: Callable[[str], AbstractContextManager[sqlalchemy.Connection]]
    _initialized_dbs: set[str]
    _db_lock: Any

    def conn_string_for_shard(self, shard_name: str) -> str: ...


@contextmanager
def kept_open(instance: dg.DagsterInstance) -> Iterator[bool]:
    """Keep the event log's connections open while the work inside goes on; gives whether that could be done.

    A file of the log that has not been used before is opened, and made, by Dagster's own code.
    """
    if not _is_stock(instance.event_log_storage):
        yield False
        return
    log = cast("_StockLog", instance.event_log_storage)
    stock = log._connect  # noqa: SLF001 - a version without it is left as it is
    engines: dict[str, sqlalchemy.Engine] = {}

    @contextmanager
    def connect(shard: str) -> Iterator[sqlalchemy.Connection]:
        if shard not in log._initialized_dbs:  # noqa: SLF001
            with stock(shard) as connection:
                yield connection
            return
        with log._db_lock:  # noqa: SLF001 - one connection a file serves all threads, one at a time, as in the stock class
            if shard not in engines:
                engines[shard] = sqlalchemy.create_engine(
                    log.conn_string_for_shard(shard),
                    poolclass=StaticPool,
                    connect_args={"timeout": PATIENCE, "check_same_thread": False},
                )
            with engines[shard].begin() as connection:
                yield connection

    log._connect = connect  # noqa: SLF001
    try:
        yield True
    finally:
        log._connect = stock  # noqa: SLF001
        for engine in engines.values():
            engine.dispose()


def _is_stock(log: object) -> bool:
    """Whether it is the class whose connections are known to us, with all that is used of it."""
    return (
        type(log).__name__ == "SqliteEventLogStorage"
        and type(log).__module__.startswith("dagster.")
        and callable(getattr(log, "_connect", None))
        and callable(getattr(log, "conn_string_for_shard", None))
        and isinstance(getattr(log, "_initialized_dbs", None), set)
        and isinstance(getattr(log, "_db_lock", None), type(Lock()))
    )
