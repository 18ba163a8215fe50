"""`wres purge`: what has been kept long enough is shown, and taken out when asked to."""

from __future__ import annotations

from collections import Counter
from datetime import date

import typer

from wres_pipeline import warehouse
from wres_pipeline.extracts.intake.folder import year_ending
from wres_pipeline.governance import audit_trail, retention
from wres_pipeline.settings import Settings


def purge(settings: Settings, *, really: bool, today: date) -> int:
    """Say what goes, which figures can no longer be made again and which stay; take it out with `really`."""
    if not settings.warehouse.exists():
        typer.echo("There is no warehouse: nothing to purge.")
        return 0
    with warehouse.connect(settings.warehouse) as con:
        wanted = retention.due(con, settings.retention, today)
    files = retention.files_of(settings, wanted, today)
    if not wanted and not files:
        typer.echo(f"Nothing has been kept longer than settings allow on {today} ([retention] of wres.toml).")
        return 0
    for (code, kind, what), many in sorted(
        Counter((d.organisation_code, d.kind, d.what) for d in wanted).items()
    ):
        rows = sum(d.rows for d in wanted if (d.organisation_code, d.kind, d.what) == (code, kind, what))
        typer.echo(f"{code}: {what} of {many} {kind} deliveries, {rows:,} rows")
    typer.echo(f"{len(files)} files: raw extracts and people's files of the same age")
    for code, year in sorted(
        {(d.organisation_code, year_ending(d.period)) for d in wanted if d.what == retention.ROWS}
    ):
        typer.echo(
            f"{code} {year}: its figures can no longer be made again; they stay as counted, as do its publication and seal"
        )
    if not really:
        typer.echo("Nothing was changed. To take it out: wres purge --really")
        return 0
    gone = retention.purge(settings, wanted, today)
    audit_trail.append(
        settings.dagster_home, "purged", deliveries=len(wanted), files=len(gone), as_on=today.isoformat()
    )
    typer.echo("Taken out; the database file was written anew, so that nothing of it is left in its bytes.")
    return 0
