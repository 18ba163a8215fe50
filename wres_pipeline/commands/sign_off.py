"""`wres sign-off`: a body has approved the publication as it stands."""

from __future__ import annotations

from datetime import date

import typer

from wres_pipeline import warehouse
from wres_pipeline.reports.sign_off import SignOffError, record
from wres_pipeline.settings import Settings


def sign(settings: Settings, code: str, year: int, body: str, role: str, day: str) -> int:
    """Record the sign-off and write the editions again with their new marking; gives the exit status."""
    from wres_pipeline.orchestration import reports, running
    from wres_pipeline.orchestration.resources import Scope

    try:
        signed_on = date.fromisoformat(day)
    except ValueError:
        typer.echo(f"wres: {day!r} is not a date: write it as 2021-09-07", err=True)
        return 2
    scope = Scope(extracts=str(settings.extracts), output=str(settings.output))
    folder = reports.year_folder(scope, code, year)
    if not (folder / reports.PUBLIC / "index.html").exists():
        typer.echo(
            f"wres: there is no publication in {folder / reports.PUBLIC}: make it with wres run first",
            err=True,
        )
        return 2
    with warehouse.connect(settings.warehouse) as con:
        figures, about = reports.public_edition(con, scope, code, year)
        content = reports.publication_content(con, scope, code, year, figures, about)
    try:
        place = record(folder, body=body, role=role, signed_on=signed_on, content=content)
    except SignOffError as error:
        typer.echo(f"wres: {error}", err=True)
        return 2
    ran = running.run_job(
        settings,
        "annual_return",
        str(year),
        organisations=[code],
        reports_for=[code],
        no_reports=False,
        dated="",
        groups=("annual_reports",),
    )
    if not ran.success:
        typer.echo(
            f"wres: recorded in {place}, but the pages were not written again: {ran.problem}", err=True
        )
        return 2
    typer.echo(
        f"Signed off by {body} on {signed_on}; recorded in {place}. A change of content after this will show."
    )
    return 0
