"""Whether somebody stopped the run with Ctrl+C: a library the key falls into can turn it into an error of its own.

DuckDB, stopped while it looks for pandas, says that pandas is lacking. So the signal is taken down beside its handling.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_pipe: int | None = None
_came = False


@contextmanager
def watched() -> Iterator[None]:
    """Take down an interrupt that comes inside, however it is handled; only the main thread can, another goes on as it is."""
    global _pipe, _came
    if _pipe is not None or threading.current_thread() is not threading.main_thread():
        yield
        return
    reading, writing = os.pipe()
    for end in (reading, writing):
        os.set_blocking(end, False)
    before = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    _pipe, _came = reading, False
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        _pipe, _came = None, False
        os.close(reading)
        os.close(writing)


def stop_if_asked() -> None:
    """Raise KeyboardInterrupt where an interrupt has come since `watched` began, and do nothing elsewhere."""
    global _came
    if _pipe is not None:
        with suppress(BlockingIOError):
            _came = _came or signal.SIGINT in os.read(_pipe, 4096)
    if _came:
        raise KeyboardInterrupt
