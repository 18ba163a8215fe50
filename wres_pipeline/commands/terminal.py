"""The terminal of a command: where it prints, and a line that moves while a command is at something.

Nothing heavy is imported here: the first line of a command moves while everything else is imported.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

_SHORT = 40


def console(*, quiet: bool = False, as_json: bool = False) -> Console:
    """The console a command prints to: wide where nobody looks, and none at all where silence or JSON is asked for."""
    silent = quiet or as_json
    if sys.stdout.isatty():
        return Console(file=_own_way_to_the_terminal(), highlight=False, soft_wrap=True, quiet=silent)
    return Console(highlight=False, soft_wrap=True, width=140, quiet=silent)


def _own_way_to_the_terminal() -> IO[str]:
    """Standard output under a descriptor of its own: Dagster points the usual one at a file while steps run, and nothing is
    drawn by a console that finds a file where its terminal was."""
    return os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding=sys.stdout.encoding, errors=sys.stdout.errors)


def moving_line(out: Console) -> Progress:
    """A line that moves ten times a second and tells the time that has gone by; its tasks need the fields `at` and `following`."""
    return Progress(
        SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=18), TextColumn("{task.fields[at]}"),
        TimeElapsedColumn(), TextColumn("{task.fields[following]}", style="dim"),
        console=out, transient=True, redirect_stderr=False,
    )  # fmt: skip


@contextmanager
def at(words: str = "Starting", *, quiet: bool = False) -> Iterator[Callable[[int, int, str], None]]:
    """Show on a terminal that the command is at `words` while the work inside goes on; elsewhere, and if `quiet`, nothing.

    Gives a function that is told how far it is: parts done, of how many, and at which.
    """
    out = console(quiet=quiet)
    if out.quiet or not out.is_terminal:
        yield lambda done, of, name: None
        return
    line = moving_line(out)
    task = line.add_task(f"{escape(words)} …", total=None, at="", following="")

    def told(done: int, of: int, name: str) -> None:
        line.update(task, completed=done, total=of or None, at=escape(how_far(done, of, name)))

    with line:
        yield told


def how_far(done: int, of: int, name: str) -> str:
    """Parts done of how many, and at which, as a moving line shows them."""
    from wres_pipeline.render.text import printable

    counted = f"{done:,} of {of:,}" if of > 1 else ""
    return f"{counted} {printable(name)[:_SHORT]}".strip()
