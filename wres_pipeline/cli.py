"""The command `wres`: thin; every command reads its options, calls one function and prints a short table."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from wres_pipeline.commands import given, service, terminal

MADE, NOT_MADE = 0, 2
_INTERRUPTED = 130
"""What Typer gives back for a command that was stopped with Ctrl+C."""

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="The NHS Workforce Race Equality Standard (WRES) return, from extracts to publication.",
)


def main() -> None:
    """Entry point: errors the user can act on are printed as one line, exit status 2."""
    from wres_pipeline.governance import rights
    from wres_pipeline.reference.local import LocalMappingError
    from wres_pipeline.reference.ods_codes import OdsCodeError
    from wres_pipeline.settings import SettingsError
    from wres_pipeline.warehouse import WarehouseError

    atexit.register(_leave_at_once)
    rights.keep_to_the_owner()
    try:
        status = app(standalone_mode=False) or MADE
        if status == _INTERRUPTED:
            raise KeyboardInterrupt
        sys.exit(status)
    except (OdsCodeError, SettingsError, LocalMappingError, WarehouseError) as error:
        typer.echo(f"wres: {error}", err=True)
        sys.exit(NOT_MADE)
    except (typer.Abort, KeyboardInterrupt):
        typer.echo(
            "wres: stopped. What stood before still stands: extracts that have landed stay landed, and every output is the old "
            "one or the new one, whole. Run again to go on.",
            err=True,
        )
        sys.exit(NOT_MADE)
    except Exception as error:  # noqa: BLE001 - the last resort: no traceback reaches a user
        from wres_pipeline.commands import exit_status

        sys.exit(exit_status.unforeseen(error))


def _leave_at_once() -> None:
    """Give the prompt back as soon as everything is said: taking imported modules apart takes Python seconds, and then DuckDB's
    binding tells of each that was left whole.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # nobody reads it any more, or it is closed
            stream.flush()
    gc.freeze()
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - a device, no path of ours
        os.dup2(nowhere.fileno(), 2)


def _version(wanted: bool) -> None:
    if wanted:
        from wres_pipeline import __version__

        typer.echo(f"wres {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """The NHS Workforce Race Equality Standard (WRES) return, from extracts to publication.

    The year: wres init, wres add, wres check, wres run, wres sign-off. Each command ends by saying the next.
    """


@app.command()
def run(
    organisation: given.Organisations = None,
    year: Annotated[
        int | None, typer.Option(help="Reporting year. Default: the latest with a 31 March staff list.")
    ] = None,
    extracts: given.Extracts = None,
    output: given.Output = None,
    warehouse: given.Warehouse = None,
    reports_for: Annotated[
        list[str] | None, typer.Option(help="Make reports for this organisation only; may be given again.")
    ] = None,
    no_reports: Annotated[bool, typer.Option("--no-reports", help="Figures only.")] = False,
    date: Annotated[
        str, typer.Option(help="Date the reports carry, as 2021-06-30. Default: the snapshot's.")
    ] = "",
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit status 1 for warnings too, not for errors alone.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Say only what was not made.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print what became of the run as JSON, and nothing else.")
    ] = False,
) -> None:
    """Make the annual return: read the extracts, check them, work out the figures, write the reports."""
    with terminal.at(quiet=quiet or as_json):
        from wres_pipeline.commands import run as command_run

    settings = given.settings(extracts, output, warehouse)
    if told := command_run.told_of_defaults(Path.cwd()):
        typer.echo(f"wres: {told}", err=True)
    status = command_run.run(
        settings,
        organisations=organisation or [],
        year=year,
        reports_for=reports_for or [],
        no_reports=no_reports,
        dated=date,
        strict=strict,
        quiet=quiet,
        as_json=as_json,
    )
    raise typer.Exit(status)


@app.command()
def quality(
    month: Annotated[
        str, typer.Option(help="Month, as 2021-02. Default: the latest with a staff list.")
    ] = "",
    organisation: given.Organisations = None,
    extracts: given.Extracts = None,
    output: given.Output = None,
    warehouse: given.Warehouse = None,
) -> None:
    """Make the ethnicity data-quality report of a month, with the TRAC-to-ESR gap and the correction list."""
    with terminal.at():
        from wres_pipeline.commands import quality as command_quality

    raise typer.Exit(
        command_quality.run(given.settings(extracts, output, warehouse), month, organisation or [])
    )


@app.command("sign-off")
def sign_off(
    organisation: given.OneOrganisation,
    year: Annotated[int, typer.Option(help="Reporting year of the publication.")],
    body: Annotated[str, typer.Option(help="The body that approved it, such as Governing Body.")],
    role: Annotated[str, typer.Option(help="Role of the person who signs for it, never a name.")],
    date: Annotated[str, typer.Option(help="Day of approval, as 2021-09-07.")],
    extracts: given.Extracts = None,
    output: given.Output = None,
    warehouse: given.Warehouse = None,
) -> None:
    """Record that a body approved the publication as it stands, and mark its pages so."""
    with terminal.at():
        from wres_pipeline.commands import publication

    raise typer.Exit(
        publication.sign_off(
            given.settings(extracts, output, warehouse), organisation, year, body, role, date
        )
    )


@app.command()
def pictures(
    folder: given.Publication,
    to: Annotated[Path | None, typer.Option(help="Folder to write to. Default: beside the return.")] = None,
) -> None:
    """Draw every chart of a publication as PNG, with its title and source inside, for slides and posts."""
    with terminal.at("Drawing the charts"):
        from wres_pipeline.commands import written_files

        status = written_files.pictures(folder, to)
    raise typer.Exit(status)


@app.command()
def verify(
    folder: given.Publication,
    seal: Annotated[str, typer.Option(help="The seal as it was minuted, to be compared.")] = "",
) -> None:
    """Say whether a publication is as it was signed off: unchanged, changed after sign-off, or unsigned."""
    with terminal.at():
        from wres_pipeline.commands import publication

    raise typer.Exit(publication.verify(folder, seal))


@app.command()
def correct(
    organisation: given.OneOrganisation,
    year: Annotated[int, typer.Option(help="Reporting year of the signed publication.")],
    reason: Annotated[str, typer.Option(help="Why it is corrected; every reader sees it.")],
    output: given.Output = None,
) -> None:
    """Begin a new version of a signed publication; the signed one stays, whole, beside it."""
    from wres_pipeline.commands import publication

    raise typer.Exit(publication.correct(given.settings(output=output), organisation, year, reason))


@app.command()
def policy(
    organisation: given.OneOrganisation,
    year: Annotated[int, typer.Option(help="Reporting year.")],
    output: given.Output = None,
    warehouse: given.Warehouse = None,
) -> None:
    """What each rule about small numbers would leave of a year's headline figures, side by side."""
    from wres_pipeline.commands import policy as command_policy

    raise typer.Exit(
        command_policy.compare(given.settings(output=output, warehouse=warehouse), organisation, year)
    )


@app.command()
def releases(
    organisation: given.OneOrganisation,
    withdraw: Annotated[str, typer.Option(help="A release that never left the building.")] = "",
    role: Annotated[str, typer.Option(help="Role of the person who says so, never a name.")] = "",
    because: Annotated[str, typer.Option(help="How it is known.")] = "",
    date: Annotated[str, typer.Option(help="Day of the decision, as 2021-06-30. Default: today.")] = "",
    output: given.Output = None,
    warehouse: given.Warehouse = None,
) -> None:
    """What was released of an organisation, and taking an edition off that never left the building."""
    from wres_pipeline.commands import publication

    settings = given.settings(output=output, warehouse=warehouse)
    if not withdraw:
        raise typer.Exit(publication.show(settings, organisation))
    on = publication.day(date)
    raise typer.Exit(publication.withdraw(settings, organisation, withdraw, role, because, on))


@app.command()
def lint(
    places: Annotated[
        list[Path], typer.Argument(help="Pages, workbooks, CSV files or folders of them, anybody's.")
    ],
) -> None:
    """Look for mistakes a published WRES page shows by itself: ratios, directions, totals, signs, groups swapped."""
    from wres_pipeline.commands import check as command_check

    raise typer.Exit(command_check.lint(places))


@app.command()
def check(
    places: Annotated[
        list[Path], typer.Argument(help="Extracts to look at, or a folder of them: a whole delivery.")
    ],
    mappings: Annotated[
        Path | None, typer.Option(help="Folder of own labels. Default: the folder mappings beside each file.")
    ] = None,
    year: Annotated[
        int | None, typer.Option(help="Reporting year a folder is looked at for. Default: the latest.")
    ] = None,
    write_mappings: Annotated[
        bool,
        typer.Option("--write-mappings", help="Add a line for every unknown label to the mapping files."),
    ] = False,
) -> None:
    """Say what a file is, what was understood, what was not, and what to do; of a folder, what a run would find."""
    with terminal.at():
        from wres_pipeline.commands import check as command_check

    raise typer.Exit(command_check.check(places, mappings, year, write_mappings=write_mappings))


@app.command()
def init(
    code: Annotated[str, typer.Option(help="ODS code, such as RJ8.")] = "",
    name: Annotated[str, typer.Option(help="Name, as it stands on a report.")] = "",
    kind: Annotated[str, typer.Option(help="NHS trust, Integrated care board, …")] = "",
    board_lead: Annotated[str, typer.Option(help="Role that leads for the WRES on the board.")] = "",
    author: Annotated[str, typer.Option(help="Team that makes the return.")] = "",
    contact: Annotated[str, typer.Option(help="Address readers can write to.")] = "",
    area: Annotated[str, typer.Option(help="Local authorities it serves, with commas between.")] = "",
    extracts: given.Extracts = None,
) -> None:
    """Begin: write the settings, the folder and an example plan of your organisation. Asks what is not given."""
    with terminal.at():
        from wres_pipeline.commands import init as command_init

    told = {
        "code": code, "name": name, "kind": kind, "board_lead": board_lead, "author": author, "contact": contact,
        "area": area,
    }  # fmt: skip
    answers = command_init.ask(told, may_ask=sys.stdin.isatty())
    settings = given.settings(extracts)
    raise typer.Exit(command_init.init(answers, Path.cwd(), settings.extracts))


@app.command()
def form(
    what: Annotated[str, typer.Argument(help="plan or notes.")],
    organisation: given.OneOrganisation,
    year: Annotated[int | None, typer.Option(help="notes: the reporting year. Default: the latest.")] = None,
    workbook: Annotated[bool, typer.Option("--workbook", help="A workbook instead of a Word file.")] = False,
    extracts: given.Extracts = None,
    output: given.Output = None,
    warehouse: given.Warehouse = None,
) -> None:
    """Write the action plan, or the author's notes, as a Word form to fill in, with what stands now; a run reads it back."""
    with terminal.at():
        from wres_pipeline.commands import written_files

    settings, today = given.settings(extracts, output, warehouse), given.today()
    raise typer.Exit(written_files.form(settings, what, organisation, year, workbook=workbook, today=today))


@app.command()
def add(
    files: Annotated[list[Path], typer.Argument(help="Files, folders or zip files, named as they came.")],
    organisation: Annotated[str, typer.Option(help="ODS code of the organisation they are about.")],
    yes: Annotated[bool, typer.Option("--yes", help="Copy without asking.")] = False,
    day: Annotated[str, typer.Option(help="The day they show, as 2021-03-31, where no name says it.")] = "",
    extracts: given.Extracts = None,
) -> None:
    """Look into files, say what each is and of which day, and put a copy under the right name in its place."""
    with terminal.at():
        from wres_pipeline.commands import add as command_add

    chosen = given.day(day)
    raise typer.Exit(command_add.add(given.settings(extracts), files, organisation, yes=yes, day=chosen))


@app.command()
def letters(
    organisation: Annotated[str, typer.Argument(help="ODS code of the commissioner.")] = "",
    year: Annotated[int | None, typer.Option(help="Reporting year. Default: the latest.")] = None,
    by: Annotated[str, typer.Option(help="Day to answer by, as 2021-12-31. Default: in four weeks.")] = "",
    template: Annotated[Path | None, typer.Option(help="A Word template of your own.")] = None,
    write_template: Annotated[
        Path | None, typer.Option(help="Write the template to this file, to be changed in Word.")
    ] = None,
    extracts: given.Extracts = None,
    output: given.Output = None,
    warehouse: given.Warehouse = None,
) -> None:
    """Write a letter to each provider: what was found, what is asked, by when. Internal; no run publishes it."""
    with terminal.at("Reading the reviews"):
        from wres_pipeline.commands import written_files

    if write_template:
        raise typer.Exit(written_files.write_template(write_template))
    day, today = given.day(by), given.today()
    raise typer.Exit(
        written_files.letters(
            given.settings(extracts, output, warehouse), organisation, year, day, template, today
        )
    )


@app.command()
def deliveries(
    organisation: given.Organisations = None,
    land_again: Annotated[
        bool,
        typer.Option("--land-again", help="Land again every file whose rows are not all in the warehouse."),
    ] = False,
    extracts: given.Extracts = None,
    warehouse: given.Warehouse = None,
) -> None:
    """List the files that landed, which of them count, and why the others do not."""
    from wres_pipeline.commands import deliveries as command_deliveries

    raise typer.Exit(
        command_deliveries.show(
            given.settings(extracts, None, warehouse), organisation or [], land_again=land_again
        )
    )


service.add_to(app)


if __name__ == "__main__":
    main()
