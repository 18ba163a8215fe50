"""The commands of an installation that others use: its web UI, its Dagster home, its state and its dates."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wres_pipeline.commands import given


def add_to(app: typer.Typer) -> None:
    """Add these commands to `wres`."""
    for command in (ui, home, doctor, calendar, figures):
        app.command()(command)


def ui(
    port: Annotated[int, typer.Option(help="Port of the web UI.")] = 3000,
    extracts: Annotated[Path | None, typer.Option(help="Folder of extracts.")] = None,
    output: Annotated[Path | None, typer.Option(help="Folder the reports are written to.")] = None,
    warehouse: Annotated[Path | None, typer.Option(help="The DuckDB file.")] = None,
) -> None:
    """Start Dagster's web UI on this machine only, with its schedules and sensors."""
    from wres_pipeline.commands import ui as command_ui

    raise typer.Exit(command_ui.start(given.settings(extracts, output, warehouse), port))


def home() -> None:
    """Make the Dagster home, its settings and storage, where it has none, and print the folder: services need it before they start."""
    from wres_pipeline.orchestration.home import make_storage, prepare_home

    made = prepare_home(given.settings(None, None, None).dagster_home)
    make_storage(made)
    typer.echo(made)


def doctor(
    try_channels: Annotated[
        bool, typer.Option("--try-channels", help="Send a trial message by every way of [alerts].")
    ] = False,
) -> None:
    """Say what is wrong with this installation: folders, versions, disk, warehouse, Dagster home, channels; with remedies."""
    from wres_pipeline import settings as settings_module
    from wres_pipeline.commands import doctor as command_doctor

    # read alone: putting rights in order first would hide what is looked for
    raise typer.Exit(command_doctor.examine(settings_module.load(), try_channels=try_channels))


def calendar(
    organisation: Annotated[
        list[str] | None, typer.Option(help="ODS code; may be given again. Default: all.")
    ] = None,
    extracts: Annotated[Path | None, typer.Option(help="Folder of extracts.")] = None,
    output: Annotated[Path | None, typer.Option(help="Folder the reports are written to.")] = None,
) -> None:
    """Write the dates to keep (snapshot, submission, sign-off, publication, actions) as a page and an iCalendar file."""
    from datetime import date

    from wres_pipeline.commands import calendar as command_calendar

    settings = given.settings(extracts, output, None)
    today = date.today()  # noqa: DTZ011 - the day of the command
    raise typer.Exit(command_calendar.write(settings, organisation or [], today))


def figures(
    organisation: Annotated[
        list[str] | None, typer.Option(help="ODS code; may be given again. Default: all.")
    ] = None,
    year: Annotated[list[int] | None, typer.Option(help="Reporting year; may be given again.")] = None,
    edition: Annotated[
        str, typer.Option(help="public, internal (true counts), system-public or system-internal.")
    ] = "public",
    where: Annotated[str, typer.Option(help="A condition on the columns, such as \"indicator = '2'\".")] = "",
    to: Annotated[Path | None, typer.Option(help="The CSV file to write. Default: the terminal.")] = None,
    warehouse: Annotated[Path | None, typer.Option(help="The DuckDB file.")] = None,
) -> None:
    """Print figures of the warehouse as CSV, chosen by body, year and condition."""
    from wres_pipeline.commands import figures as command_figures

    file = given.settings(None, None, warehouse).warehouse
    raise typer.Exit(command_figures.show(organisation or [], year or [], edition, where, to, file))
