"""A function ended at every line it runs, as a kill or a power cut would end it: no cleaning up, nothing caught."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection
from types import FrameType
from typing import Any

KILLED = 77


def lines_of(work: Callable[[], object], files: Collection[str]) -> int:
    """How many lines of these source files `work` runs, in a process of its own; what it does is not undone."""
    read, write = os.pipe()
    if (child := os.fork()) == 0:
        count = 0

        def trace(frame: FrameType, event: str, _arg: Any) -> Any:
            nonlocal count
            if not frame.f_code.co_filename.endswith(tuple(files)):
                return None
            count += event == "line"
            return trace

        sys.settrace(trace)
        work()
        sys.settrace(None)
        os.write(write, str(count).encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(write)
    with os.fdopen(read) as told:
        return int(told.read())


def killed_at(work: Callable[[], object], files: Collection[str], line: int) -> bool:
    """Run `work` in a process that ends at its `line`-th line of these files; whether it was ended before it was done."""
    if (child := os.fork()) == 0:
        count = 0

        def trace(frame: FrameType, event: str, _arg: Any) -> Any:
            nonlocal count
            if not frame.f_code.co_filename.endswith(tuple(files)):
                return None
            count += event == "line"
            if count == line:
                os._exit(KILLED)
            return trace

        sys.settrace(trace)
        try:
            work()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == KILLED
