"""`wres audit`: the trail of what was done with the data and by whom, and whether it holds."""

from __future__ import annotations

import typer

from wres_pipeline.governance import audit_trail
from wres_pipeline.render.text import one_line
from wres_pipeline.settings import Settings

HOLDS, BROKEN = 0, 1


def audit(settings: Settings, last: int) -> int:
    """Print the last acts and whether every line is as it was written; 1 where one is not."""
    home = settings.dagster_home
    try:
        entries = list(audit_trail.read(home))
    except audit_trail.AuditTrailError as error:
        typer.echo(f"wres: {error}", err=True)
        return BROKEN
    for entry in entries[-last:] if last else entries:
        if entry is None:
            typer.echo("(a line that is no entry)")
            continue
        facts = ", ".join(f"{name} {value}" for name, value in entry.facts.items())
        typer.echo(one_line(f"{entry.number}  {entry.at}  {entry.user}  {entry.act}  {facts}"))
    found = audit_trail.breaks(home)
    for words in found:
        typer.echo(one_line(f"wres: {home / audit_trail.FILE}: {words}"), err=True)
    if not found:
        typer.echo(
            f"{len(entries):,} acts; every line is as it was written. Mark of the last: {audit_trail.head(home)}"
        )
    return BROKEN if found else HOLDS
