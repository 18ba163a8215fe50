"""Commands that keep people's data safe: the trail of acts, purging, one person, encryption and backups."""

from __future__ import annotations

import shlex
from datetime import date
from pathlib import Path

import typer

from wres_pipeline import warehouse, whole_file
from wres_pipeline.commands.exit_status import MADE, NOT_MADE
from wres_pipeline.encryption import key
from wres_pipeline.extracts.outcomes import texts_not_shown
from wres_pipeline.governance import audit_trail, backup, people, purging, retention
from wres_pipeline.governance.committed_files import CommittedFilesError
from wres_pipeline.governance.people import Person
from wres_pipeline.governance.rewriting import rewritten
from wres_pipeline.pipelines import warehouse_slot
from wres_pipeline.reference import ods_codes
from wres_pipeline.render.text import one_line
from wres_pipeline.reports.release.edition_folders import RESTRICTED
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


def back_up(settings: Settings, target: Path) -> int:
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


def encrypt(settings: Settings) -> int:
    """Store the warehouse encrypted under the key of the environment, key file or key store; gives the exit status."""
    try:
        key.required()
    except key.KeyProblemError as error:
        typer.echo(f"wres: {error}", err=True)
        return NOT_MADE
    return _stored(settings, sealed=True)


def decrypt(settings: Settings) -> int:
    """Store the warehouse open again; gives the exit status."""
    return _stored(settings, sealed=False)


def _stored(settings: Settings, *, sealed: bool) -> int:
    place, word = settings.warehouse, "encrypted" if sealed else "open"
    if not place.exists():
        typer.echo("There is no warehouse yet: the first run makes it, encrypted where there is a key.")
        return MADE
    with warehouse_slot.hold(place, f"a change to {word}", typer.echo):
        with warehouse.connect(place):  # with its key, and the copies of a change that was killed go
            already = warehouse.is_sealed(place) == sealed
        if already:
            typer.echo(f"{place} is {word} already; nothing was changed.")
            return MADE
        rewritten(place, lambda con: None, sealed=sealed)
        audit_trail.append(settings.dagster_home, f"stored {word}", warehouse=place.name)
    if sealed:
        typer.echo(
            f"{place} is encrypted. Without the key nobody reads it, nor do you: keep the key apart from it and from its "
            "backups. What stood in it before may still be in the disk's free space, and in copies made before."
        )
    else:
        typer.echo(f"{place} is open: who can read the file can read the people in it.")
    return MADE


WHAT_STAYS = (
    "What stays: the row with its ethnicity, pay band and dates under a random number, so that the counts of the return and of "
    "every published figure agree with what they were counted from. No figure was changed."
)


def of_person(
    settings: Settings, what: str, code: str, known_by: str, value: str, *, really: bool = False
) -> int:
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
