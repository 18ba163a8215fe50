"""Commands about a publication: sign-off, verifying, correcting, and what was released."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from wres_pipeline import warehouse
from wres_pipeline.commands import live, terminal
from wres_pipeline.commands.making import make_period
from wres_pipeline.commands.run import pasted, scope_of
from wres_pipeline.governance import audit_trail
from wres_pipeline.pipelines import editions, warehouse_slot
from wres_pipeline.reference import ods_codes, years
from wres_pipeline.render import page as render_page
from wres_pipeline.render.text import one_line
from wres_pipeline.reports.release import release, seal
from wres_pipeline.reports.release.edition_folders import PUBLIC, EditionFolders
from wres_pipeline.reports.release.release import Released, ReleaseError, released
from wres_pipeline.reports.release.sign_off import SignOffError, check_day, earlier_versions, record
from wres_pipeline.settings import Settings, SettingsError


def _to_be_signed(folder: EditionFolders, code: str, year: int, signed_on: date) -> Released:
    """The release that stands. Raises SignOffError where it is signed already, or cannot have been approved that day."""
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
    return public


def sign_off(settings: Settings, code: str, year: int, body: str, role: str, day: str) -> int:
    """Record the sign-off and write the editions again with their new marking; gives the exit status."""
    try:
        signed_on = date.fromisoformat(day)
    except ValueError:
        typer.echo(f"wres: {day!r} is not a date: write it as 2021-09-07", err=True)
        return 2
    folder = EditionFolders(settings.output, code, year)
    try:
        public = _to_be_signed(folder, code, year, signed_on)
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


UNCHANGED, CHANGED_OR_UNSIGNED, NOT_A_PUBLICATION = 0, 1, 2
MOST_TOLD = 20


def verify(folder: Path, expected: str = "") -> int:
    """Print whether the folder is unchanged, changed after sign-off, or unsigned; 0 only for unchanged.

    expected: the seal as it was minuted. Where the pipeline's own outputs are at hand, its private copy of the seal counts.
    """
    if not folder.is_dir() or not any(folder.iterdir()):
        typer.echo(f"wres: {folder}: there is no publication here", err=True)
        return NOT_A_PUBLICATION
    try:
        found = seal.verify(folder, _private_copy(folder.resolve()))
    except seal.SealError as error:
        typer.echo(f"wres: {error}", err=True)
        return CHANGED_OR_UNSIGNED
    differs = dict(found.differs)
    if expected and found.seal != expected.strip().lower():
        differs["the seal"] = "not the one expected"
    if found.state == "unsigned":
        typer.echo(f"{folder}: unsigned. `wres sign-off` records that a body approved it.")
        return CHANGED_OR_UNSIGNED
    state = "changed after sign-off" if differs else found.state
    typer.echo(one_line(f"{folder}: {state}; {found.signed}. Seal {found.seal}"))
    for name, how in list(differs.items())[:MOST_TOLD]:
        typer.echo(one_line(f"  {how}: {name}"))
    if len(differs) > MOST_TOLD:
        typer.echo(f"  and {len(differs) - MOST_TOLD} more")
    return CHANGED_OR_UNSIGNED if differs else UNCHANGED


def _private_copy(folder: Path) -> Path | None:
    """The private folder of an edition that stands where a run released it; None for a copy somewhere else."""
    *_, public, code, year = ("", "", "", *folder.parts)[-3:]
    private = folder.parents[2] / code / year if public == PUBLIC and len(folder.parts) > 3 else None
    return private if private is not None and (private / seal.FILE).exists() else None


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


def show(settings: Settings, code: str) -> int:
    """Print the register of one body."""
    from wres_pipeline.disclosure.register import release_store

    ods_codes.checked(code, "the organisation")
    with warehouse.connect(settings.warehouse) as con:
        found = release_store.every(con, settings.output / code, code)
    table = Table(title=f"{code}: what was released")
    for heading in ("release", "to whom", "dated", "counts printed", "withheld", "remarks"):
        table.add_column(heading)
    for one in found:
        said = [each.how for each in one.counts.values()]
        table.add_row(
            release_store.file_name(one),
            one.audience,
            one.dated,
            str(said.count("printed")),
            str(said.count("withheld")),
            one.withdrawn or one.replaces,
        )
    Console().print(table)
    Console().print(
        "Every later edition is tried against all of them. One that never left the building: wres releases "
        f"{code} --withdraw NAME --role ROLE --because REASON",
        highlight=False,
        markup=False,
    )
    return 0


def day(given: str) -> date:
    """The day of a decision, today where none is given. Raises SettingsError for what is no date."""
    try:
        return date.fromisoformat(given) if given else datetime.now(UTC).date()
    except ValueError as error:
        raise SettingsError(f"{given!r} is not a date: write it as 2021-06-30") from error


def withdraw(settings: Settings, code: str, name: str, role: str, because: str, on: date) -> int:
    """Take a release off what readers are held to know; the entry stays. 2 where the name is none, or a reason is missing."""
    from wres_pipeline.disclosure.register import release_store

    ods_codes.checked(code, "the organisation")
    if not role.strip() or not because.strip():
        typer.echo("wres: to withdraw a release takes --role and --because, which are kept", err=True)
        return 2
    words = f"Withdrawn by the {role.strip()} on {on.isoformat()}: {because.strip()}"
    try:
        with warehouse.connect(settings.warehouse) as con:
            release_store.withdraw(con, settings.output / code, code, name, words)
    except release_store.RegisterError as error:
        typer.echo(f"wres: {error}", err=True)
        return 2
    typer.echo(f"{name}: {words}. Next: wres run --organisation {code}")
    return 0
