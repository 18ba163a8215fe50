"""Small files landed many at a time, on both cores, in the order of the folder: one statement over many files
costs little more than over one."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Condition

import duckdb

from wres_pipeline import warehouse
from wres_pipeline.extracts.intake.deliveries import Delivery
from wres_pipeline.extracts.intake.file_safety import look
from wres_pipeline.extracts.intake.loading import NotClean, StagedFile, load
from wres_pipeline.extracts.intake.refusal import RefusedFile
from wres_pipeline.extracts.intake.staged_file import Incoming, changing
from wres_pipeline.warehouse import transaction

TOGETHER = 96 << 20
"""Bytes of small files landed in one transaction. [ours: a nation's 1,500 files in a dozen, and none of
them large beside what DuckDB holds in memory]"""
WORKERS = 2
"""Transactions at work at once; DuckDB leaves the interpreter to the other while it loads. [ours]"""

File = tuple[int, Incoming, StagedFile]
"""(place in the folder, the file, the file prepared)"""
Outcome = tuple[int, Delivery | RefusedFile]
"""(place in the folder, its ledger entry or why it was refused)"""


class _Turns:
    """Transactions work side by side and commit one after the other, in the order they were given: the same
    folder makes the same warehouse."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._turn = 0

    def wait(self, number: int) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._turn == number)

    def end(self, number: int) -> None:
        self.wait(number)
        with self._changed:
            self._turn += 1
            self._changed.notify_all()


class Together:
    """Files that wait for each other and land together; where one prevents it, each half by itself.

    What becomes of them is told by `ended` and `drain`, each file once.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, scratch: Path, pool: ThreadPoolExecutor) -> None:
        self._con, self._scratch, self._pool = con, scratch, pool
        self._waiting: list[File] = []
        self._bytes = self._given = 0
        self._running: deque[Future[list[Outcome]]] = deque()
        self._turns = _Turns()

    def add(self, file: File) -> list[Outcome]:
        """Let the file wait, and land all that waits once it is enough; what became of earlier ones."""
        self._waiting.append(file)
        self._bytes += file[2].seen[1]
        if self._bytes <= TOGETHER:
            return []
        ended = self._running.popleft().result() if len(self._running) >= WORKERS else []
        self._land()
        return ended

    def drain(self) -> list[Outcome]:
        """Land what waits and wait for all that is being landed."""
        self._land()
        ended: list[Outcome] = []
        while self._running:
            ended.extend(self._running.popleft().result())
        return ended

    def _land(self) -> None:
        files, self._waiting, self._bytes = self._waiting, [], 0
        if files:
            self._running.append(
                self._pool.submit(self._in_turn, warehouse.cursor(self._con), self._given, files)
            )
            self._given += 1

    def _in_turn(self, own: duckdb.DuckDBPyConnection, number: int, files: Sequence[File]) -> list[Outcome]:
        try:
            with own:
                return self._halving(own, number, files)
        finally:
            self._turns.end(number)

    def _halving(self, con: duckdb.DuckDBPyConnection, number: int, files: Sequence[File]) -> list[Outcome]:
        if len(files) == 1:
            self._turns.wait(number)
            place, one, _ = files[0]
            try:
                return [(place, one.land(con, self._scratch))]
            except RefusedFile as refused:
                return [(place, refused)]
        try:
            return self._all(con, number, files)
        except (NotClean, RefusedFile):
            half = len(files) // 2
            return self._halving(con, number, files[:half]) + self._halving(con, number, files[half:])

    def _all(self, con: duckdb.DuckDBPyConnection, number: int, files: Sequence[File]) -> list[Outcome]:
        layouts: dict[tuple[object, ...], list[tuple[int, StagedFile]]] = {}
        for place, _, arrival in files:
            layouts.setdefault(arrival.layout, []).append((place, arrival))
        landed: list[Outcome] = []
        with transaction(con):
            for group in layouts.values():
                made = load(con, [arrival for _, arrival in group])
                landed.extend(zip((place for place, _ in group), made, strict=True))
            for _, one, arrival in files:
                if look(one.path, one.within) != arrival.seen:
                    raise changing(one.path.name)
            self._turns.wait(number)
        return landed


@contextmanager
def together(con: duckdb.DuckDBPyConnection, scratch: Path) -> Iterator[Together]:
    """A place for small files to wait in; what is being landed when it is left ends first."""
    with ThreadPoolExecutor(WORKERS, thread_name_prefix="landing") as pool:
        yield Together(con, scratch, pool)
