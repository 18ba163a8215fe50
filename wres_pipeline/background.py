"""A second process beside this one: what is slow to import or to draw is done there while this one goes on.

Great Expectations takes several seconds to import, and the charts, workbooks and PDF of a return as long to draw. A
command that needs them starts the process once (`process`); `submit` hands it work from anywhere below. Where no
process stands by, as in a run that Dagster's web UI started, the same work is done at once in this one: callers need
not know.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread
from typing import Any, Generic, ParamSpec, TypeVar

P = ParamSpec("P")
A = TypeVar("A")
T = TypeVar("T")

_process: ProcessPoolExecutor | None = None
_then: list[Callable[[], Any]] = []


@dataclass(frozen=True, slots=True)
class Work(Generic[T]):
    """Work handed over; `result` waits for it, and raises what it raised."""

    _future: Future[T]
    _again: Callable[[], T]

    def result(self) -> T:
        """What the work gave. Work whose process died (killed, out of memory) is done again in this one."""
        try:
            return self._future.result()
        except BrokenProcessPool:
            return self._again()


@contextmanager
def process(log: Path) -> Iterator[None]:
    """Have a second process stand by while the work inside goes on.

    It starts with the first work it is given, and ends with the block, and with this process however that ends. What
    libraries print to its standard error goes to the file `log`. A machine with one processor gets none: the two would
    take turns. Within another such block the process of that one is used, and what was handed to it is done at the end.
    """
    global _process
    if _process is not None:
        try:
            yield
        finally:
            with suppress(BrokenProcessPool):
                _process.submit(int).result()
        return
    if (os.cpu_count() or 1) < 2:
        yield
        return
    log.parent.mkdir(parents=True, exist_ok=True)
    spawn = multiprocessing.get_context("spawn")  # a fork would take DuckDB's locks and threads along
    open_while_wanted, ours = spawn.Pipe(duplex=False)
    _process = ProcessPoolExecutor(1, mp_context=spawn, initializer=_begin, initargs=(open_while_wanted, log))
    try:
        yield
    finally:
        _then.clear()
        ours.close()
        _process.shutdown(wait=True, cancel_futures=True)
        open_while_wanted.close()
        _process = None


def prepare(*first: Callable[[], Any], then: Sequence[Callable[[], Any]] = ()) -> None:
    """Let the second process, where there is one, begin with `first`, such as the imports that the next work needs; when
    that work is done it goes on with `then`, what later work needs.
    """
    if _process is None:
        return
    with suppress(BrokenProcessPool):
        for each in first:
            _process.submit(each)
    _then.extend(then)


def submit(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Work[T]:
    """Begin `function` in the second process, or do it now where there is none.

    The function, what it is given and what it gives cross between processes: functions of a module, and values that
    pickle. What it writes it writes to files of its own.
    """

    def again() -> T:
        return function(*args, **kwargs)

    if _process is not None:
        try:
            work = Work(_process.submit(function, *args, **kwargs), again)
            while _then:
                _process.submit(_then.pop(0))
            return work
        except BrokenProcessPool:
            pass
    done: Future[T] = Future()
    try:
        done.set_result(again())
    except Exception as error:  # noqa: BLE001 - told by `result`, as work of the other process is
        done.set_exception(error)
    return Work(done, again)


def prefetch(begin: Callable[[A], T], each: Iterable[A]) -> Iterator[T]:
    """What `begin` gives of each, in order, where the next is begun before one is gone on with.

    So the second process has work of the next while the first finishes the one before, and no more than two of many
    are held at a time.
    """
    begun: deque[T] = deque()
    for one in each:
        begun.append(begin(one))
        if len(begun) > 1:
            yield begun.popleft()
    yield from begun


def _begin(open_while_wanted: Connection, log: Path) -> None:
    """End this process when the other end of the pipe is closed: by its owner, or by the owner's death.

    An import under way cannot be called off, and a parent that is killed calls nothing off. A key pressed to stop the
    command reaches both processes, and is the parent's to answer.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with log.open("a", encoding="utf-8") as out:
        os.dup2(out.fileno(), 2)

    def watch() -> None:
        with suppress(EOFError, OSError):
            open_while_wanted.recv_bytes()
        os._exit(0)

    Thread(target=watch, name="end-with-the-pipe", daemon=True).start()
