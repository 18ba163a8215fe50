"""`wres backup` and `wres restore`: everything the pipeline keeps, encrypted, and back again."""

from __future__ import annotations

import shlex
from pathlib import Path

import typer

from wres_pipeline.governance import audit_trail, backup
from wres_pipeline.pipelines import warehouse_slot
from wres_pipeline.settings import Settings


def make(settings: Settings, target: Path) -> int:
    """Write an encrypted backup of one state: a run that is at work is waited for. Gives the exit status."""
    try:
        with warehouse_slot.hold(settings.warehouse, "wres backup", typer.echo):
            held = backup.make(settings, target)
    except backup.BackupError as error:
        typer.echo(f"wres: {error}", err=True)
        return 2
    audit_trail.append(settings.dagster_home, "backed up", files=len(held.files))
    typer.echo(
        f"{len(held.files):,} files in {target}, encrypted. Try it: wres restore {shlex.quote(str(target))} FOLDER"
    )
    return 0


def restore(source: Path, folder: Path) -> int:
    """Unpack a backup into a new folder; gives the exit status."""
    try:
        held = backup.restore(source, folder)
    except backup.BackupError as error:
        typer.echo(f"wres: {error}", err=True)
        return 2
    typer.echo(
        f"{len(held.files):,} files of {held.made} restored and held against their digests. To use them: set [folders] of "
        f"wres.toml to warehouse = {folder / 'warehouse.duckdb'}, dagster_home = {folder / 'home'}, output = "
        f"{folder / 'output'}, extracts = {folder / 'extracts'}"
    )
    return 0
