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

from wres_pipeline.commands import service, terminal
from wres_pipeline.commands.given import settings as _settings

MADE, MADE_WITH_FAILED_CHECKS, NOT_MADE = 0, 1, 2
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
        sys.exit(_unforeseen(error))


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


def _unforeseen(error: Exception) -> int:
    """Say what an error of the machine is, or where the report of a fault of ours stands; gives the exit status."""
    show = getattr(error, "show", None)
    if show is not None and hasattr(error, "exit_code"):  # what the command line says of its own options
        show()
        return NOT_MADE
    from wres_pipeline import settings as settings_module
    from wres_pipeline.commands import exit_status
    from wres_pipeline.governance.audit_trail import AuditTrailError
    from wres_pipeline.reports.release.seal import SealError
    from wres_pipeline.reports.release.sign_off import SignOffError

    if isinstance(error, AuditTrailError | SealError | SignOffError):
        typer.echo(f"wres: {error}", err=True)
        return NOT_MADE
    try:
        settings = settings_module.load()
        home, warehouse = settings.dagster_home, settings.warehouse
    except settings_module.SettingsError:
        home = warehouse = Path.cwd()
    if words := exit_status.foreseen(error, home, warehouse):
        typer.echo(f"wres: {words}", err=True)
        return NOT_MADE
    place = exit_status.report_of_fault(error, home)
    typer.echo(
        f"wres: this is a fault of ours, not of your files. Its report is {place}; look through it for people before you send "
        "it. What stood before still stands.",
        err=True,
    )
    return exit_status.FAULT


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
    organisation: Annotated[
        list[str] | None, typer.Option(help="ODS code; may be given again. Default: all.")
    ] = None,
    year: Annotated[
        int | None, typer.Option(help="Reporting year. Default: the latest with a 31 March staff list.")
    ] = None,
    extracts: Annotated[
        Path | None, typer.Option(help="Folder of extracts, one folder an organisation.")
    ] = None,
    output: Annotated[Path | None, typer.Option(help="Folder the reports are written to.")] = None,
    warehouse: Annotated[Path | None, typer.Option(help="The DuckDB file.")] = None,
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

    settings = _settings(extracts, output, warehouse)
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
    organisation: Annotated[
        list[str] | None, typer.Option(help="ODS code; may be given again. Default: all.")
    ] = None,
    extracts: Annotated[
        Path | None, typer.Option(help="Folder of extracts, one folder an organisation.")
    ] = None,
    output: Annotated[Path | None, typer.Option(help="Folder the reports are written to.")] = None,
    warehouse: Annotated[Path | None, typer.Option(help="The DuckDB file.")] = None,
) -> None:
    """Make the ethnicity data-quality report of a month, with the TRAC-to-ESR gap and the correction list."""
    with terminal.at():
        from wres_pipeline.commands import quality as command_quality

    settings = _settings(extracts, output, warehouse)
    raise typer.Exit(command_quality.run(settings, month, organisation or []))


@app.command("sign-off")
def sign_off(
    organisation: Annotated[str, typer.Argument(help="ODS code.")],
    year: Annotated[int, typer.Option(help="Reporting year of the publication.")],
    body: Annotated[str, typer.Option(help="The body that approved it, such as Governing Body.")],
    role: Annotated[str, typer.Option(help="Role of the person who signs for it, never a name.")],
    date: Annotated[str, typer.Option(help="Day of approval, as 2021-09-07.")],
    extracts: Annotated[
        Path | None, typer.Option(help="Folder of extracts, one folder an organisation.")
    ] = None,
    output: Annotated[Path | None, typer.Option(help="Folder the reports are written to.")] = None,
    warehouse: Annotated[Path | None, typer.Option(help="The DuckDB file.")] = None,
) -> None:
    """Record that a body approved the publication as it stands, and mark its pages so."""
    with terminal.at():
        from wres_pipeline.commands import sign_off as command_sign_off

    settings = _settings(extracts, output, warehouse)
    raise typer.Exit(command_sign_off.sign(settings, organisation, year, body, role, date))


@app.command()
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
    from wres_pipeline.commands import person as command_person

    known = {
        "employee_number": employee_number,
        "application_id": application_id,
        "ni_number": ni_number,
        "email": email,
    }
    given = {name: value for name, value in known.items() if value}
    if act not in ("find", "export", "erase") or len(given) != 1:
        typer.echo(
            "wres: say find, export or erase, and give exactly one number or address of the person", err=True
        )
        raise typer.Exit(NOT_MADE)
    ((known_by, value),) = given.items()
    if value == "-":
        value = typer.prompt(known_by.replace("_", " "), hide_input=True)
    settings = _settings(None, None, None)
    raise typer.Exit(command_person.act(settings, act, organisation, known_by, value, really=really))


@app.command()
def purge(
    really: Annotated[bool, typer.Option("--really", help="Take it out; without, it is only shown.")] = False,
    warehouse: Annotated[Path | None, typer.Option(help="The DuckDB file.")] = None,
) -> None:
    """Show what has been kept longer than the settings allow, and take it out for good with --really."""
    from datetime import date as day

    from wres_pipeline.commands import purge as command_purge

    today = day.today()  # noqa: DTZ011 - the day of the command
    raise typer.Exit(command_purge.purge(_settings(None, None, warehouse), really=really, today=today))


@app.command()
def encrypt(
    warehouse: Annotated[Path | None, typer.Option(help="The DuckDB file.")] = None,
) -> None:
    """Store the warehouse encrypted, under the key of WRES_KEY, WRES_KEY_FILE or the system's key store."""
    from wres_pipeline.commands import encrypt as command_encrypt

    raise typer.Exit(command_encrypt.encrypt(_settings(None, None, warehouse)))


@app.command()
def decrypt(
    warehouse: Annotated[Path | None, typer.Option(help="The DuckDB file.")] = None,
) -> None:
    """Store an encrypted warehouse open again."""
    from wres_pipeline.commands import encrypt as command_encrypt

    raise typer.Exit(command_encrypt.decrypt(_settings(None, None, warehouse)))


@app.command()
def backup(
    file: Annotated[
        Path, typer.Argument(help="The file to write; the key comes from WRES_KEY or WRES_KEY_FILE.")
    ],
    warehouse: Annotated[Path | None, typer.Option(help="The DuckDB file.")] = None,
) -> None:
    """Write everything the pipeline keeps into one encrypted file."""
    from wres_pipeline.commands import backup as command_backup

    raise typer.Exit(command_backup.make(_settings(None, None, warehouse), file))


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A backup that wres backup made.")],
    folder: Annotated[Path, typer.Argument(help="A new folder; nothing is overwritten.")],
) -> None:
    """Unpack a backup into a new folder, each file held against its digest."""
    from wres_pipeline.commands import backup as command_backup

    raise typer.Exit(command_backup.restore(file, folder))


@app.command()
def audit(
    last: Annotated[int, typer.Option(help="How many of the last acts to show; 0 for all.")] = 20,
) -> None:
    """Show who did what and when, and whether the audit trail is as it was written."""
    from wres_pipeline.commands import audit as command_audit

    raise typer.Exit(command_audit.audit(_settings(None, None, None), last))


@app.command()
def pictures(
    folder: Annotated[
        Path, typer.Argument(help="A publication: the folder a run released, or a copy of it.")
    ],
    to: Annotated[Path | None, typer.Option(help="Folder to write to. Default: beside the return.")] = None,
) -> None:
    """Draw every chart of a publication as PNG, with its title and source inside, for slides and posts."""
    with terminal.at("Drawing the charts"):
        from wres_pipeline.commands import pictures as command_pictures

        status = command_pictures.write(folder, to)
    raise typer.Exit(status)


@app.command()
def verify(
    folder: Annotated[
        Path, typer.Argument(help="A publication: the folder a run released, or a copy of it.")
    ],
    seal: Annotated[str, typer.Option(help="The seal as it was minuted, to be compared.")] = "",
) -> None:
    """Say whether a publication is as it was signed off: unchanged, changed after sign-off, or unsigned."""
    with terminal.at():
        from wres_pipeline.commands import verify as command_verify

    raise typer.Exit(command_verify.verify(folder, seal))


@app.command()
def correct(
    organisation: Annotated[str, typer.Argument(help="ODS code.")],
    year: Annotated[int, typer.Option(help="Reporting year of the signed publication.")],
    reason: Annotated[str, typer.Option(help="Why it is corrected; every reader sees it.")],
    output: Annotated[Path | None, typer.Option(help="Folder the reports are written to.")] = None,
) -> None:
    """Begin a new version of a signed publication; the signed one stays, whole, beside it."""
    from wres_pipeline.commands import correct as command_correct

    raise typer.Exit(command_correct.correct(_settings(None, output, None), organisation, year, reason))


@app.command()
def policy(
    organisation: Annotated[str, typer.Argument(help="ODS code.")],
    year: Annotated[int, typer.Option(help="Reporting year.")],
    output: Annotated[Path | None, typer.Option(help="Folder the reports are written to.")] = None,
    warehouse: Annotated[Path | None, typer.Option(help="The DuckDB file.")] = None,
) -> None:
    """What each rule about small numbers would leave of a year's headline figures, side by side."""
    from wres_pipeline.commands import policy as command_policy

    raise typer.Exit(command_policy.compare(_settings(None, output, warehouse), organisation, year))


@app.command()
def releases(
    organisation: Annotated[str, typer.Argument(help="ODS code.")],
    withdraw: Annotated[str, typer.Option(help="A release that never left the building.")] = "",
    role: Annotated[str, typer.Option(help="Role of the person who says so, never a name.")] = "",
    because: Annotated[str, typer.Option(help="How it is known.")] = "",
    date: Annotated[str, typer.Option(help="Day of the decision, as 2021-06-30. Default: today.")] = "",
    output: Annotated[Path | None, typer.Option(help="Folder the reports are written to.")] = None,
    warehouse: Annotated[Path | None, typer.Option(help="The DuckDB file.")] = None,
) -> None:
    """What was released of an organisation, and taking an edition off that never left the building."""
    from wres_pipeline.commands import releases as command_releases

    settings = _settings(None, output, warehouse)
    if not withdraw:
        raise typer.Exit(command_releases.show(settings, organisation))
    on = command_releases.day(date)
    raise typer.Exit(command_releases.withdraw(settings, organisation, withdraw, role, because, on))


@app.command()
def lint(
    places: Annotated[
        list[Path], typer.Argument(help="Pages, workbooks, CSV files or folders of them, anybody's.")
    ],
) -> None:
    """Look for mistakes a published WRES page shows by itself: ratios, directions, totals, signs, groups swapped."""
    from wres_pipeline.commands import lint as command_lint

    raise typer.Exit(command_lint.lint(places))


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
    extracts: Annotated[Path | None, typer.Option(help="Folder of extracts.")] = None,
) -> None:
    """Begin: write the settings, the folder and an example plan of your organisation. Asks what is not given."""
    with terminal.at():
        from wres_pipeline.commands import init as command_init

    given = {
        "code": code, "name": name, "kind": kind, "board_lead": board_lead, "author": author, "contact": contact,
        "area": area,
    }  # fmt: skip
    answers = command_init.ask(given, may_ask=sys.stdin.isatty())
    settings = _settings(extracts, None, None)
    raise typer.Exit(command_init.init(answers, Path.cwd(), settings.extracts))


@app.command()
def form(
    what: Annotated[str, typer.Argument(help="plan or notes.")],
    organisation: Annotated[str, typer.Argument(help="ODS code.")],
    year: Annotated[int | None, typer.Option(help="notes: the reporting year. Default: the latest.")] = None,
    workbook: Annotated[bool, typer.Option("--workbook", help="A workbook instead of a Word file.")] = False,
    extracts: Annotated[Path | None, typer.Option(help="Folder of extracts.")] = None,
    output: Annotated[Path | None, typer.Option(help="Folder the reports are written to.")] = None,
    warehouse: Annotated[Path | None, typer.Option(help="The DuckDB file.")] = None,
) -> None:
    """Write the action plan, or the author's notes, as a Word form to fill in, with what stands now; a run reads it back."""
    from datetime import date

    with terminal.at():
        from wres_pipeline.commands import form as command_form

    settings, today = _settings(extracts, output, warehouse), date.today()  # noqa: DTZ011 - the day of the command
    raise typer.Exit(command_form.write(settings, what, organisation, year, workbook=workbook, today=today))


@app.command()
def add(
    files: Annotated[list[Path], typer.Argument(help="Files, folders or zip files, named as they came.")],
    organisation: Annotated[str, typer.Option(help="ODS code of the organisation they are about.")],
    yes: Annotated[bool, typer.Option("--yes", help="Copy without asking.")] = False,
    day: Annotated[str, typer.Option(help="The day they show, as 2021-03-31, where no name says it.")] = "",
    extracts: Annotated[Path | None, typer.Option(help="Folder of extracts.")] = None,
) -> None:
    """Look into files, say what each is and of which day, and put a copy under the right name in its place."""
    from datetime import date

    with terminal.at():
        from wres_pipeline.commands import add as command_add

    try:
        chosen = date.fromisoformat(day) if day else None
    except ValueError:
        typer.echo(f"wres: {day!r} is not a day: write it as 2021-03-31", err=True)
        raise typer.Exit(NOT_MADE) from None
    raise typer.Exit(
        command_add.add(_settings(extracts, None, None), files, organisation, yes=yes, day=chosen)
    )


@app.command()
def counts(
    tables: Annotated[
        str,
        typer.Option(
            help="Folder of Parquet files, or catalogue.schema of the platform. Default: the settings'."
        ),
    ] = "",
    organisation: Annotated[
        list[str] | None, typer.Option(help="ODS code; may be given again. Default: all.")
    ] = None,
    year: Annotated[
        int | None, typer.Option(help="Reporting year. Default: the newest there are rules for.")
    ] = None,
    extracts: Annotated[Path | None, typer.Option(help="Folder of extracts.")] = None,
) -> None:
    """Count where the rows live, on Spark, and hand the counts over as extracts (needs the extra `spark`)."""
    from wres_pipeline.commands import counts as command_counts

    raise typer.Exit(command_counts.take(_settings(extracts, None, None), tables, organisation or [], year))


@app.command()
def residents(
    file: Annotated[Path, typer.Argument(help="A census table of ethnic group by area, as published (CSV).")],
    organisation: Annotated[str, typer.Option(help="ODS code of the organisation that serves the areas.")],
    area: Annotated[
        list[str] | None,
        typer.Option(help="Name or code of an area; may be given again. Default: the settings'."),
    ] = None,
    extracts: Annotated[Path | None, typer.Option(help="Folder of extracts.")] = None,
) -> None:
    """Take the residents of the areas an organisation serves from the 2021 Census' own file."""
    from wres_pipeline.commands import residents as command_residents

    raise typer.Exit(command_residents.add(_settings(extracts, None, None), file, organisation, area or []))


@app.command()
def letters(
    organisation: Annotated[str, typer.Argument(help="ODS code of the commissioner.")] = "",
    year: Annotated[int | None, typer.Option(help="Reporting year. Default: the latest.")] = None,
    by: Annotated[str, typer.Option(help="Day to answer by, as 2021-12-31. Default: in four weeks.")] = "",
    template: Annotated[Path | None, typer.Option(help="A Word template of your own.")] = None,
    write_template: Annotated[
        Path | None, typer.Option(help="Write the template to this file, to be changed in Word.")
    ] = None,
    extracts: Annotated[Path | None, typer.Option(help="Folder of extracts.")] = None,
    output: Annotated[Path | None, typer.Option(help="Folder the reports are written to.")] = None,
    warehouse: Annotated[Path | None, typer.Option(help="The DuckDB file.")] = None,
) -> None:
    """Write a letter to each provider: what was found, what is asked, by when. Internal; no run publishes it."""
    from datetime import date

    with terminal.at("Reading the reviews"):
        from wres_pipeline.commands import letters as command_letters

    if write_template:
        raise typer.Exit(command_letters.write_template(write_template))
    try:
        day = date.fromisoformat(by) if by else None
    except ValueError:
        typer.echo(f"wres: {by!r} is not a day: write it as 2021-12-31", err=True)
        raise typer.Exit(NOT_MADE) from None
    today = date.today()  # noqa: DTZ011 - the day of the command
    settings = _settings(extracts, output, warehouse)
    raise typer.Exit(command_letters.write(settings, organisation, year, day, template, today))


@app.command()
def deliveries(
    organisation: Annotated[
        list[str] | None, typer.Option(help="ODS code; may be given again. Default: all.")
    ] = None,
    land_again: Annotated[
        bool,
        typer.Option("--land-again", help="Land again every file whose rows are not all in the warehouse."),
    ] = False,
    extracts: Annotated[Path | None, typer.Option(help="Folder of extracts.")] = None,
    warehouse: Annotated[Path | None, typer.Option(help="The DuckDB file.")] = None,
) -> None:
    """List the files that landed, which of them count, and why the others do not."""
    from wres_pipeline.commands import deliveries as command_deliveries

    raise typer.Exit(
        command_deliveries.show(
            _settings(extracts, None, warehouse), organisation or [], land_again=land_again
        )
    )


@app.command()
def sample(
    folder: Annotated[Path, typer.Argument(help="Folder to write to.")] = Path("data/sample"),
    preset: Annotated[str, typer.Option(help="sample, teaching, acute or nation.")] = "sample",
    seed: Annotated[int | None, typer.Option(help="Another seed gives other invented people.")] = None,
    staff: Annotated[
        int | None, typer.Option(help="nation only: staff in all, instead of 1,500,000.")
    ] = None,
) -> None:
    """Write extracts of fictional organisations, all people invented, with the known truth beside them."""
    from wres_pipeline.commands import sample as command_sample

    raise typer.Exit(command_sample.write(folder, preset, seed, staff))


service.add_to(app)


if __name__ == "__main__":
    main()
