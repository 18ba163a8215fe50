"""Ends what the tests started when the tests themselves were ended, however that was: their process is at the other end of a
pipe, and the system closes it. A process of its own, with nothing but the standard library.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path


def groups_below(pid: int) -> set[int]:
    """The process groups of a process and everything below it: Dagster starts runs in groups of their own."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text().rpartition(")")[2].split()
        except (OSError, ProcessLookupError):
            continue
        parents.setdefault(int(words[1]), []).append(int(stat.parent.name))
    found, groups = [pid], {pid}
    while found:
        for child in parents.get(found.pop(), []):
            found.append(child)
            try:
                groups.add(os.getpgid(child))
            except ProcessLookupError:
                continue
    return groups


def end(pid: int, number: int = signal.SIGKILL) -> None:
    """Send a signal to a process and everything below it."""
    for group in groups_below(pid):
        try:
            os.killpg(group, number)
        except ProcessLookupError:
            continue


def main() -> None:
    """Read ids of processes, a line each, until the pipe is closed; then end them."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    for pid in [int(line) for line in sys.stdin]:
        end(pid)


if __name__ == "__main__":
    main()
