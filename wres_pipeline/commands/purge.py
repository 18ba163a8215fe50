"""`wres purge`: what has been kept long enough is shown, and taken out when asked to."""

from __future__ import annotations

from datetime import date

import typer

from wres_pipeline.commands.exit_status import MADE, NOT_MADE
from wres_pipeline.governance import purging
from wres_pipeline.governance.committed_files import CommittedFilesError
from wres_pipeline.pipelines import warehouse_slot
from wres_pipeline.settings import Settings


def purge(settings: Settings, *, really: bool, today: date) -> int:
    """Say what goes, which figures can no longer be made again and which stay; take it out with `really`."""
    try:
        with warehouse_slot.hold(settings.warehouse, "wres purge", typer.echo):
            told = purging.purge(settings, today, really=really)
    except CommittedFilesError as error:
        typer.echo(f"wres: {error}", err=True)
        return NOT_MADE
    for line in told:
        typer.echo(line)
    if told and not really:
        typer.echo("Nothing was changed. To take it out: wres purge --really")
    elif not told:
        typer.echo(f"Nothing has been kept longer than settings allow on {today} ([retention] of wres.toml).")
    return MADE
