"""How far a run is, told while it goes on to whoever listens: a command's terminal, or nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """A step that is under way: `done` of its `all` parts (files of a landing, organisations of a step), and at what.

    at: the file or organisation that is worked at, "" at the beginning of a step.
    """

    step: str
    done: int = 0
    all: int = 0
    at: str = ""


_listener: Callable[[Progress], None] | None = None


@contextmanager
def told_to(listener: Callable[[Progress], None]) -> Iterator[None]:
    """Have `listener` called with every step, file and organisation begun inside."""
    global _listener
    before, _listener = _listener, listener
    try:
        yield
    finally:
        _listener = before


def tell(step: str, done: int = 0, of: int = 0, at: str = "") -> None:
    """Tell the listener, if there is one."""
    if _listener is not None:
        _listener(Progress(step, done, of, at))
