"""One run at a time at a warehouse: a run holds the slot from its first step to its last, so that nothing comes between
what was checked and what is made of it. The system takes the slot back when the process of the run is gone."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

LOCK, HOLDER = ".slot", ".slot.json"
"""Endings of the file that is locked and of the one that says who has it, beside the warehouse."""
POLL = 0.2
SAY_AGAIN = 60.0
"""Seconds after which a waiting run says again what it waits for."""

_held: dict[Path, int] = {}


@contextmanager
def hold(warehouse: Path, what: str, say: Callable[[str], None]) -> Iterator[None]:
    """Wait for the slot, say for whom and since when, and hold it inside; a process that holds it already goes on.

    what: the run in words, told to others that wait. Waiting is ended by an interrupt, like any other work.
    """
    place = warehouse.resolve()
    if _held.get(place):
        _held[place] += 1
        try:
            yield
        finally:
            _held[place] -= 1
        return
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = FileLock(str(place) + LOCK, mode=0o600)
    _wait(lock, place, say)
    _held[place] = 1
    try:
        told = {
            "what": what,
            "process": os.getpid(),
            "since": datetime.now().astimezone().isoformat("T", "seconds"),
        }
        Path(str(place) + HOLDER).write_text(json.dumps(told), encoding="utf-8")
        yield
    finally:
        del _held[place]
        Path(str(place) + HOLDER).unlink(missing_ok=True)
        lock.release()


def is_held(warehouse: Path) -> bool:
    """Whether another process holds the slot now."""
    place = Path(str(warehouse.resolve()) + LOCK)
    if not place.exists():
        return False
    lock = FileLock(str(place), mode=0o600)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    return False


def holder(warehouse: Path) -> str:
    """Who holds the slot, in words: which run, in which process, since when."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        told = json.loads(Path(str(warehouse.resolve()) + HOLDER).read_text(encoding="utf-8"))
        since = datetime.fromisoformat(told["since"])
        return f"{told['what']} (process {told['process']}, at work since {since:%H:%M:%S on %d %B})"
    return "another run"


def _wait(lock: FileLock, place: Path, say: Callable[[str], None]) -> None:
    said = 0.0
    while True:
        try:
            lock.acquire(timeout=0)
            return
        except Timeout:
            if not said or time.monotonic() - said > SAY_AGAIN:
                say(f"Waiting for {holder(place)} to be done with the warehouse {place.name}.")
                said = time.monotonic()
        time.sleep(POLL)
