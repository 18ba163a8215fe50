"""`wres sign-off`: a body has approved the publication as it stands: the one that was released, with the date it carries."""

from __future__ import annotations

from datetime import date

import typer

from wres_pipeline.commands import live, terminal
from wres_pipeline.commands.making import make_period
from wres_pipeline.commands.run import pasted, scope_of
from wres_pipeline.governance import audit_trail
from wres_pipeline.pipelines import editions, warehouse_slot
from wres_pipeline.reference import years
from wres_pipeline.render import page as render_page
from wres_pipeline.reports.release import seal
from wres_pipeline.reports.release.edition_folders import EditionFolders
from wres_pipeline.reports.release.release import ReleaseError, released
from wres_pipeline.reports.release.sign_off import SignOffError, check_day, earlier_versions, record
from wres_pipeline.settings import Settings


def sign(settings: Settings, code: str, year: int, body: str, role: str, day: str) -> int:
    """Record the sign-off and write the editions again with their new marking; gives the exit status."""
    try:
        signed_on = date.fromisoformat(day)
    except ValueError:
        typer.echo(f"wres: {day!r} is not a date: write it as 2021-09-07", err=True)
        return 2
    folder = EditionFolders(settings.output, code, year)
    try:
        public = released(folder)
        check_day(
            signed_on,
            dated=public.dated,
            snapshot=years.load(year).snapshot_date,
            today=date.today(),  # noqa: DTZ011
        )
        if seal.read(folder.private) is not None:
            raise SignOffError(
                f"the publication of {year} is signed off already (wres verify {pasted(folder.public)}); a correction is a new "
                f'version: wres correct {code} --year {year} --reason "…"'
            )
    except (ReleaseError, SignOffError, seal.SealError) as error:
        typer.echo(f"wres: {error}", err=True)
        return 2
    scope = scope_of(settings, [code], [code], public.asked.isoformat() if public.asked else "")
    with terminal.at("Looking at what was released"), scope.open() as con:
        figures, about = editions.public_edition(con, scope, code, year)
        content = editions.publication_content(con, scope, code, year, figures, about)
    if content != public.content:
        typer.echo(
            "wres: what the publication is made from (figures, notes, action plan, settings) is no longer what was "
            "released: look at it again after wres run, then sign it off",
            err=True,
        )
        return 2
    try:
        place = record(folder.private, body=body, role=role, signed_on=signed_on, content=content)
    except SignOffError as error:
        typer.echo(f"wres: {error}", err=True)
        return 2
    out = terminal.console()
    with warehouse_slot.hold(settings.warehouse, "wres sign-off", typer.echo), live.followed(out):
        made = make_period(settings, scope, year)
    if made.problem:
        typer.echo(
            f"wres: recorded in {place}, but the pages were not written again: {made.problem}", err=True
        )
        return 2
    version = len(earlier_versions(folder.private)) + 1
    signed = {
        "organisation": code,
        "reporting_year": year,
        "version": version,
        "body": body.strip(),
        "role": role.strip(),
    }
    mark = seal.write(folder.public, folder.private, {**signed, "date": signed_on.isoformat()})
    audit_trail.append(
        settings.dagster_home, "signed off", organisation=code, year=year, version=version, seal=mark
    )
    typer.echo(
        f"Signed off by {body} on {render_page.day(signed_on)}; recorded in {place}. Seal of all its files, for the minutes: {mark}\n"
        f"A change of any file after this shows: wres verify {pasted(folder.public)}"
    )
    return 0
