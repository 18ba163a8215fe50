"""Dagster's event log in SQLite with its connections kept open.

The stock storage makes a new engine and a new connection for every event: with every statement compiled anew that is
about ten milliseconds an event, a fifth of the time of a year's run. The files are the same ones, in the same place
and form: a home may go back to the stock storage at any time by taking `event_log_storage` out of its dagster.yaml.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlalchemy
from dagster import StringSource
from dagster._core.events.log import EventLogEntry
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._serdes import ConfigurableClassData

KEPT_OPEN = 16
"""Databases with a connection kept open: one a run and one for all; the web UI reads many runs in its time."""


class EventStore(SqliteEventLogStorage):
    """The event log of a Dagster home (`home`, its folder), one SQLite file a run and one index of all."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._engines: OrderedDict[str, sqlalchemy.Engine] = OrderedDict()
        self._tables: set[str] = set()
        super().__init__(base_dir, inst_data)

    @classmethod
    def config_type(cls) -> Any:
        """The home's folder: given by the environment in dagster.yaml, so that a home can be moved."""
        return {"home": StringSource}

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> EventStore:
        """Where the stock storage keeps its files in a home."""
        return cls(str(Path(config_value["home"]) / "history" / "runs"), inst_data)

    def has_table(self, table_name: str) -> bool:
        """Whether the index has the table; one that is there stays."""
        if table_name not in self._tables and super().has_table(table_name):
            self._tables.add(table_name)
        return table_name in self._tables

    @contextmanager
    def _connect(self, shard: str) -> Iterator[sqlalchemy.Connection]:
        with self._db_lock:
            engine = self._engine(shard)
            with engine.connect() as connection, connection.begin():
                yield connection

    def store_event(self, event: EventLogEntry) -> None:
        """Store an event, and touch the run's file: the web UI watches it, and SQLite wrote to the one beside it."""
        super().store_event(event)
        with suppress(FileNotFoundError):
            os.utime(self.path_for_shard(event.run_id))

    def _engine(self, shard: str) -> sqlalchemy.Engine:
        engine = self._engines.get(shard)
        if engine is None:
            engine = sqlalchemy.create_engine(
                self.conn_string_for_shard(shard),
                pool_size=1,
                connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS, "check_same_thread": False},
            )
            sqlalchemy.event.listen(engine, "connect", _keep_without_waiting_for_the_disk)
            self._initdb(engine)
            self._engines[shard] = engine
            while len(self._engines) > KEPT_OPEN:
                self._engines.popitem(last=False)[1].dispose()
        self._engines.move_to_end(shard)
        return engine

    def _let_go(self) -> None:
        with self._db_lock:
            while self._engines:
                self._engines.popitem()[1].dispose()

    def wipe(self) -> None:
        """Take every event away; the files of the runs go with them."""
        self._let_go()
        super().wipe()

    def dispose(self) -> None:
        """Close every connection."""
        super().dispose()
        self._let_go()


def _keep_without_waiting_for_the_disk(connection: Any, _: Any) -> None:
    """With a write-ahead log a power cut may take the last events of the log, and cannot spoil it."""
    connection.execute("PRAGMA synchronous=NORMAL")
