"""The commands of an installation: its web UI, its Dagster home, its state, its dates, and the safekeeping of what it holds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wres_pipeline.commands import given


def add_to(app: typer.Typer) -> None:
    """Add these commands to `wres`."""
    for command in (
        ui, home, doctor, calendar, figures, sample, residents, counts, person, purge, encrypt, decrypt, backup, restore, audit,
    ):  # fmt: skip
        app.command()(command)


def ui(
    port: Annotated[int, typer.Option(help="Port of the web UI.")] = 3000,
    extracts: given.Extracts = None,
    output: given.Output = None,
    warehouse: given.Warehouse = None,
) -> None:
    """Start Dagster's web UI on this machine only, with its schedules and sensors."""
    from wres_pipeline.commands import upkeep

    raise typer.Exit(upkeep.start(given.settings(extracts, output, warehouse), port))


def home() -> None:
    """Make the Dagster home, its settings and storage, where it has none, and print the folder: services need it before they start."""
    from wres_pipeline.orchestration.home import make_storage, prepare_home

    made = prepare_home(given.settings().dagster_home)
    make_storage(made)
    typer.echo(made)


def doctor(
    try_channels: Annotated[
        bool, typer.Option("--try-channels", help="Send a trial message by every way of [alerts].")
    ] = False,
) -> None:
    """Say what is wrong with this installation: folders, versions, disk, warehouse, Dagster home, channels; with remedies."""
    from wres_pipeline import settings as settings_module
    from wres_pipeline.commands import upkeep

    # read alone: putting rights in order first would hide what is looked for
    raise typer.Exit(upkeep.examine(settings_module.load(), try_channels=try_channels))


def calendar(
    organisation: given.Organisations = None,
    extracts: given.Extracts = None,
    output: given.Output = None,
) -> None:
    """Write the dates to keep (snapshot, submission, sign-off, publication, actions) as a page and an iCalendar file."""
    from wres_pipeline.commands import upkeep

    settings = given.settings(extracts, output)
    raise typer.Exit(upkeep.write(settings, organisation or [], given.today()))


def figures(
    organisation: given.Organisations = None,
    year: Annotated[list[int] | None, typer.Option(help="Reporting year; may be given again.")] = None,
    edition: Annotated[
        str, typer.Option(help="public, internal (true counts), system-public or system-internal.")
    ] = "public",
    where: Annotated[str, typer.Option(help="A condition on the columns, such as \"indicator = '2'\".")] = "",
    to: Annotated[Path | None, typer.Option(help="The CSV file to write. Default: the terminal.")] = None,
    warehouse: given.Warehouse = None,
) -> None:
    """Print figures of the warehouse as CSV, chosen by body, year and condition."""
    from wres_pipeline.commands import figures as command_figures

    file = given.settings(warehouse=warehouse).warehouse
    raise typer.Exit(command_figures.show(organisation or [], year or [], edition, where, to, file))


def person(
    act: Annotated[str, typer.Argument(help="find, export or erase.")],
    organisation: Annotated[str, typer.Option(help="ODS code.")],
    employee_number: Annotated[str, typer.Option(help="The person's employee number.")] = "",
    application_id: Annotated[str, typer.Option(help="Or the id of an application of theirs.")] = "",
    ni_number: Annotated[str, typer.Option(help="Or their NI number, as the extract writes it.")] = "",
    email: Annotated[str, typer.Option(help="Or their email address, as the extract writes it.")] = "",
    really: Annotated[
        bool, typer.Option("--really", help="erase: do it; without, it is only shown.")
    ] = False,
) -> None:
    """Find everything held of one person, export it for them, or erase them. Restricted.

    Give - as the number or address to be asked for it: it then stands in no list of processes and no history of commands.
    """
    from wres_pipeline.commands import safekeeping

    known = {
        "employee_number": employee_number,
        "application_id": application_id,
        "ni_number": ni_number,
        "email": email,
    }
    told = {name: value for name, value in known.items() if value}
    if act not in ("find", "export", "erase") or len(told) != 1:
        typer.echo(
            "wres: say find, export or erase, and give exactly one number or address of the person", err=True
        )
        raise typer.Exit(2)
    ((known_by, value),) = told.items()
    if value == "-":
        value = typer.prompt(known_by.replace("_", " "), hide_input=True)
    settings = given.settings()
    raise typer.Exit(safekeeping.of_person(settings, act, organisation, known_by, value, really=really))


def purge(
    really: Annotated[bool, typer.Option("--really", help="Take it out; without, it is only shown.")] = False,
    warehouse: given.Warehouse = None,
) -> None:
    """Show what has been kept longer than the settings allow, and take it out for good with --really."""
    from wres_pipeline.commands import safekeeping

    raise typer.Exit(
        safekeeping.purge(given.settings(warehouse=warehouse), really=really, today=given.today())
    )


def encrypt(
    warehouse: given.Warehouse = None,
) -> None:
    """Store the warehouse encrypted, under the key of WRES_KEY, WRES_KEY_FILE or the system's key store."""
    from wres_pipeline.commands import safekeeping

    raise typer.Exit(safekeeping.encrypt(given.settings(warehouse=warehouse)))


def decrypt(
    warehouse: given.Warehouse = None,
) -> None:
    """Store an encrypted warehouse open again."""
    from wres_pipeline.commands import safekeeping

    raise typer.Exit(safekeeping.decrypt(given.settings(warehouse=warehouse)))


def backup(
    file: Annotated[
        Path, typer.Argument(help="The file to write; the key comes from WRES_KEY or WRES_KEY_FILE.")
    ],
    warehouse: given.Warehouse = None,
) -> None:
    """Write everything the pipeline keeps into one encrypted file."""
    from wres_pipeline.commands import safekeeping

    raise typer.Exit(safekeeping.back_up(given.settings(warehouse=warehouse), file))


def restore(
    file: Annotated[Path, typer.Argument(help="A backup that wres backup made.")],
    folder: Annotated[Path, typer.Argument(help="A new folder; nothing is overwritten.")],
) -> None:
    """Unpack a backup into a new folder, each file held against its digest."""
    from wres_pipeline.commands import safekeeping

    raise typer.Exit(safekeeping.restore(file, folder))


def audit(
    last: Annotated[int, typer.Option(help="How many of the last acts to show; 0 for all.")] = 20,
) -> None:
    """Show who did what and when, and whether the audit trail is as it was written."""
    from wres_pipeline.commands import safekeeping

    raise typer.Exit(safekeeping.audit(given.settings(), last))


def counts(
    tables: Annotated[
        str,
        typer.Option(
            help="Folder of Parquet files, or catalogue.schema of the platform. Default: the settings'."
        ),
    ] = "",
    organisation: given.Organisations = None,
    year: Annotated[
        int | None, typer.Option(help="Reporting year. Default: the newest there are rules for.")
    ] = None,
    extracts: given.Extracts = None,
) -> None:
    """Count where the rows live, on Spark, and hand the counts over as extracts (needs the extra `spark`)."""
    from wres_pipeline.commands import made_extracts

    raise typer.Exit(made_extracts.counts(given.settings(extracts), tables, organisation or [], year))


def sample(
    folder: Annotated[Path, typer.Argument(help="Folder to write to.")] = Path("data/sample"),
    preset: Annotated[str, typer.Option(help="sample, teaching, acute or nation.")] = "sample",
    seed: Annotated[int | None, typer.Option(help="Another seed gives other invented people.")] = None,
    staff: Annotated[
        int | None, typer.Option(help="nation only: staff in all, instead of 1,500,000.")
    ] = None,
) -> None:
    """Write extracts of fictional organisations, all people invented, with the known truth beside them."""
    from wres_pipeline.commands import made_extracts

    raise typer.Exit(made_extracts.sample(folder, preset, seed, staff))


def residents(
    file: Annotated[Path, typer.Argument(help="A census table of ethnic group by area, as published (CSV).")],
    organisation: Annotated[str, typer.Option(help="ODS code of the organisation that serves the areas.")],
    area: Annotated[
        list[str] | None,
        typer.Option(help="Name or code of an area; may be given again. Default: the settings'."),
    ] = None,
    extracts: given.Extracts = None,
) -> None:
    """Take the residents of the areas an organisation serves from the 2021 Census' own file."""
    from wres_pipeline.commands import made_extracts

    raise typer.Exit(made_extracts.residents(given.settings(extracts), file, organisation, area or []))
