"""`wres ui`: Dagster's web UI on loopback, with the same Dagster home the runs are recorded in, from any folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import typer

from wres_pipeline.commands.run import told_of_defaults
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
