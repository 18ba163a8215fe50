"""`wres correct`: a signed publication is put by whole, and its correction made as a new version that says why."""

from __future__ import annotations

from datetime import date

import typer

from wres_pipeline.governance import audit_trail
from wres_pipeline.reports.release import release, seal
from wres_pipeline.reports.release.edition_folders import EditionFolders
from wres_pipeline.reports.release.sign_off import SignOffError
from wres_pipeline.settings import Settings


def correct(settings: Settings, code: str, year: int, reason: str) -> int:
    """Put the signed edition by; gives the exit status. The new version is made by the next run and needs its own sign-off."""
    folders = EditionFolders(settings.output, code, year)
    try:
        number = release.correct(folders, reason=reason, today=date.today())  # noqa: DTZ011 - the day of the command
    except (release.ReleaseError, SignOffError, seal.SealError) as error:
        typer.echo(f"wres: {error}", err=True)
        return 2
    audit_trail.append(
        settings.dagster_home, "opened for correction", organisation=code, year=year, version=number
    )
    typer.echo(
        f"Version {number - 1} stays whole in {folders.public / f'version-{number - 1}'}. "
        f"Next: wres run --organisation {code} --year {year}, then wres sign-off for version {number}"
    )
    return 0
