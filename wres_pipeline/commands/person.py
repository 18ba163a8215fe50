"""`wres person find|export|erase`: the rights of a person over what is held of them. What it prints is restricted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import typer

from wres_pipeline import warehouse, whole_file
from wres_pipeline.extracts.outcomes import texts_not_shown
from wres_pipeline.governance import audit_trail, people, retention
from wres_pipeline.governance.people import Person
from wres_pipeline.pipelines import warehouse_slot
from wres_pipeline.reference import ods_codes
from wres_pipeline.reports.release.edition_folders import RESTRICTED
from wres_pipeline.settings import Settings

WHAT_STAYS = (
    "What stays: the row with its ethnicity, pay band and dates under a random number, so that the counts of the return and of "
    "every published figure agree with what they were counted from. No figure was changed."
)


def act(settings: Settings, what: str, code: str, known_by: str, value: str, *, really: bool = False) -> int:
    """Find, export or erase the person; gives the exit status, 1 where nobody is found."""
    ods_codes.checked(code, "--organisation")
    if not settings.warehouse.exists():
        typer.echo("There is no warehouse: nobody is held.")
        return 1
    value = value.encode(errors="replace").decode()  # what no extract can hold is nobody's
    with warehouse.connect(settings.warehouse) as con:
        person = people.find(con, code, known_by, value)
        if person is None:
            audit_trail.append(settings.dagster_home, f"person {what}", organisation=code, found="nobody")
            typer.echo(f"{code}: nobody is held by that {known_by.replace('_', ' ')}.")
            return 1
        places = list(people.held(con, person))
        content = people.export(con, person) if what == "export" else b""
    for found in places:
        typer.echo(f"{found.table}: {len(found.rows)} rows")
    files = _files(settings, code, person)
    for path in files:
        typer.echo(f"file: {path}")
    if what == "export":
        folder = settings.output / code / RESTRICTED / retention.COPIES_FOR_A_PERSON
        place = folder / f"export-{date.today():%Y-%m-%d}.csv"  # noqa: DTZ011
        place.parent.mkdir(parents=True, exist_ok=True)
        place.parent.chmod(whole_file.PRIVATE_FOLDER)
        whole_file.write(place, content)
        typer.echo(
            f"Written for the person: {place}. Look through it for what is about others before it is sent."
        )
    if what == "erase":
        return _erase(settings, code, person, files, really=really)
    audit_trail.append(settings.dagster_home, f"person {what}", organisation=code, found="one person")
    return 0


def _files(settings: Settings, code: str, person: Person) -> list[Path]:
    found = []
    for folder in (settings.extracts / code, settings.output / code / RESTRICTED):
        found += list(people.files_that_name(folder, person))
    return found


def _erase(settings: Settings, code: str, person: Person, files: list[Path], *, really: bool) -> int:
    typer.echo(WHAT_STAYS)
    restricted = settings.output / code / RESTRICTED
    for path in files:
        if restricted in path.parents:
            typer.echo(f"goes whole, and is made again by the next run: {path}")
        else:
            typer.echo(f"is the sender's: take the person out of it, or the file out of the folder: {path}")
    if not really:
        typer.echo("Nothing was changed. To erase: the same command with --really")
        return 0
    with warehouse_slot.hold(settings.warehouse, "an erasure", typer.echo):
        changed = people.erase(settings.warehouse, person)
        # which may hold the name alone; the next run lists the texts that are still there
        (restricted / texts_not_shown.FILE).unlink(missing_ok=True)
        for path in files:
            if restricted in path.parents:
                path.unlink(missing_ok=True)
    audit_trail.append(settings.dagster_home, "person erase", organisation=code, rows=sum(changed.values()))
    typer.echo(f"Erased in {len(changed)} tables; the database file was written anew.")
    return 0
