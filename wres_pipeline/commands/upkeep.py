"""Commands about an installation: the web UI, what is wrong with it, and the dates to keep."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import typer

from wres_pipeline.commands import run as command_run
from wres_pipeline.commands.run import told_of_defaults
from wres_pipeline.extracts.intake import folder
from wres_pipeline.governance import installation
from wres_pipeline.governance.installation import Found, Grade
from wres_pipeline.reports.calendar import deadlines, writing
from wres_pipeline.settings import FOLDERS, Settings

A_BUSY_MACHINE = {"DAGSTER_GRPC_TIMEOUT_SECONDS": "300"}
"""A busy machine takes longer to begin a run than the minute Dagster waits, and the run is lost then."""


def start(settings: Settings, port: int) -> int:
    """Start `dagster dev` on 127.0.0.1 and say the address; gives its exit status when it ends."""
    from wres_pipeline.orchestration import recovery
    from wres_pipeline.orchestration.home import prepare_home

    if lacking := told_of_defaults(Path.cwd()):
        typer.echo(f"wres: {lacking} WRES_SETTINGS names a settings file from any folder.", err=True)
        return 2
    home = prepare_home(settings.dagster_home)
    ended = recovery.end_dead_runs_of_the_home()
    beside = Path(sys.executable).parent / "dagster"
    program = str(beside) if beside.exists() else shutil.which("dagster")
    if program is None:
        typer.echo("wres: dagster is not installed in this environment; run `make run` once first", err=True)
        return 2
    for run in ended:
        typer.echo(f"Run {run[:8]} is marked as failed: its process was gone.")
    typer.echo(f"The web UI is at http://127.0.0.1:{port} (stop it with Ctrl+C). Runs are kept in {home}")
    told = {
        **A_BUSY_MACHINE,
        **os.environ,
        **{f"WRES_{name.upper()}": str(getattr(settings, name)) for name in FOLDERS},
    }
    return subprocess.call(
        [program, "dev", "-m", "wres_pipeline.definitions", "-h", "127.0.0.1", "-p", str(port)], env=told
    )


MARKS: dict[Grade, str] = {"well": "ok   ", "look": "look ", "wrong": "WRONG"}


def examine(settings: Settings, *, try_channels: bool = False) -> int:
    """Print everything that was looked at; gives 0 for all well, 1 for something to look at, 2 for something wrong."""
    from wres_pipeline.orchestration import health

    looks: list[Callable[[], Iterator[Found]]] = [
        installation.versions,
        lambda: installation.folders(settings),
        lambda: installation.written_to(settings),
        lambda: installation.clock(settings),
        lambda: installation.disk(settings),
        lambda: installation.key_and_warehouse(settings),
        lambda: installation.encryption(settings),
        lambda: health.at_work(settings),
        lambda: installation.the_warehouse(settings),
        lambda: health.the_home(settings),
        lambda: health.channels(settings, send=try_channels),
    ]
    worst = 0
    for look in looks:
        for found in _looked(look):
            typer.echo(f"{MARKS[found.grade]} {found.words}")
            if found.remedy:
                typer.echo(f"        What to do: {found.remedy}")
            worst = max(worst, list(MARKS).index(found.grade))
    return worst


def _looked(look: Callable[[], Iterator[Found]]) -> Iterator[Found]:
    """What a look finds; one that cannot be carried through is found wrong itself, and keeps nothing from the others."""
    try:
        yield from look()
    except PermissionError as error:
        place = Path(error.filename).parent  # it may be no file yet, in a folder of another's
        remedy = f"as root: give it to the user of the pipeline: chown -R {installation.user()} {place}"
        yield Found("wrong", f"{error.filename} may not be read by this user", remedy)
    except Exception as error:  # noqa: BLE001 - a broken installation breaks anywhere
        what = next(iter(str(error).splitlines()), "")
        yield Found(
            "wrong",
            f"a look was broken off by {type(error).__name__}: {what}",
            "put right what else is told here, then wres doctor again; where nothing else is, tell us",
        )


SHOWN = 5
"""Dates of a body the terminal shows."""


def write(settings: Settings, organisations: Sequence[str], today: date) -> int:
    """Write both files of each body and print what comes next; gives the exit status."""
    if problem := command_run.refuse_bodies(settings.extracts, organisations):
        typer.echo(f"wres: {problem}", err=True)
        return 2
    for code in organisations or folder.organisations(settings.extracts):
        name = settings.organisation(code).title
        shown, calendar = writing.write(code, name, settings.extracts, settings.output, today)
        ahead = [
            one
            for one in deadlines.of_body(code, settings.extracts, settings.output, today)
            if one.day >= today
        ]
        for one in ahead[:SHOWN]:
            typer.echo(f"{code}: {one.day}  {one.what}")
        typer.echo(f"{code}: all {len(ahead)} in {command_run.near(shown)} and {command_run.near(calendar)}")
    return 0
