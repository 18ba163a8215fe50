"""`wres releases`: what left the building, and taking an edition off that never did."""

from __future__ import annotations

from datetime import UTC, date, datetime

import typer
from rich.console import Console
from rich.table import Table

from wres_pipeline import warehouse
from wres_pipeline.reference import ods_codes
from wres_pipeline.settings import Settings, SettingsError


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
