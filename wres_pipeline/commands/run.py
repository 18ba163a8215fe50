"""`wres run`: which organisations and year, the job through Dagster, and the table at the end."""

from __future__ import annotations

import dataclasses
import os
import shlex
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from wres_pipeline import background, warehouse
from wres_pipeline.commands import exit_status, live, terminal
from wres_pipeline.commands.making import make_period, month_end
from wres_pipeline.extracts.intake import folder
from wres_pipeline.extracts.outcomes import findings
from wres_pipeline.extracts.outcomes.findings import Finding
from wres_pipeline.pipelines import warehouse_slot
from wres_pipeline.pipelines.run_scope import RunScope
from wres_pipeline.quality import check_findings, extract_findings
from wres_pipeline.reference import ods_codes, years
from wres_pipeline.reference.shown_text import shown
from wres_pipeline.reports.release import sign_off
from wres_pipeline.reports.release.edition_folders import (
    INTERNAL,
    PUBLIC,
    EditionFolders,
    quality_folder,
    restricted_folder,
)
from wres_pipeline.settings import Settings

MADE, MADE_WITH_FAILED_CHECKS, NOT_MADE = 0, 1, 2
FIRST_DAY = "2015-04-01"
"""The day the standard began: no report on it is older. [ours]"""
FEW = 6
"""Organisations up to which three findings of each are shown, else one. [ours]"""
MOST_ORGANISATIONS = 40
"""Organisations whose findings the terminal shows. [ours]"""


@dataclasses.dataclass(frozen=True, slots=True)
class _Ended:
    """How a run ended: its exit status, what to say of what was left alone, whose outputs stand, what was not made and why,
    its failed checks (name, words, whether an error) and the month of the data-quality reports."""

    status: int
    left: str = ""
    made: Sequence[str] = ()
    problem: str = ""
    failed: Sequence[tuple[str, str, bool]] = ()
    month: date | None = None


def run(
    settings: Settings,
    *,
    organisations: list[str],
    year: int | None,
    reports_for: list[str],
    no_reports: bool,
    dated: str,
    strict: bool = False,
    quiet: bool = False,
    as_json: bool = False,
) -> int:
    """Run the annual job and print what was read, kept, quarantined and written; gives the exit status.

    quiet: only what was not made is said, on standard error. as_json: what became of the run, as JSON alone.
    """
    console = terminal.console(quiet=quiet, as_json=as_json)
    began = time.perf_counter()
    problem = refuse(settings, organisations, year, reports_for, dated)
    if problem:
        _end(settings, _Ended(NOT_MADE, problem=problem), year, 0, quiet=quiet, as_json=as_json)
        console.print(f"[bold]Not made.[/bold] {problem}")
        return NOT_MADE
    codes = list(dict.fromkeys(organisations)) or folder.organisations(settings.extracts)
    chosen = year or folder.latest_year(settings.extracts, codes)
    assert chosen is not None
    served = [code for code in codes if chosen in folder.reporting_years(settings.extracts, code)[1]]
    for code in sorted(set(codes) - set(served)):
        console.print(f"{code}: left out, its extracts hold nothing for {chosen}.")
    wanted = [code for code in dict.fromkeys(reports_for or served) if code in served]
    console.print(f"Reporting year {chosen}: {_few(served)} from {near(settings.extracts)}")
    if no_reports:
        wanted = []
    if told := warehouse.bring_up(settings.warehouse):
        console.print(told, markup=False)
    scope = scope_of(settings, served, wanted, dated)
    with (
        warehouse_slot.hold(settings.warehouse, "wres run", lambda words: console.print(words, markup=False)),
        background.process(settings.log),
    ):
        ended = _make(console, settings, scope, chosen, strict)
    took = time.perf_counter() - began
    if ended.status != NOT_MADE:
        console.print(
            f"Done in {took:.0f} s{ended.left}. `wres ui` shows the run, its lineage and its checks."
        )
        console.print(_next_step(settings, wanted, chosen), markup=False)
    _end(settings, ended, chosen, took, quiet=quiet, as_json=as_json)
    return ended.status


def _end(
    settings: Settings, ended: _Ended, year: int | None, took: float, *, quiet: bool, as_json: bool
) -> None:
    """What is said at the end where the run itself said nothing: JSON, or on standard error what was not made."""
    if as_json:
        live.as_json(
            {
                "status": ended.status,
                "year": year,
                "problem": ended.problem,
                "made": list(ended.made),
                "seconds": round(took, 1),
                "failed_checks": live.in_rows(ended.failed),
                "written": [
                    {"organisation": code, "what": what, "where": str(path)}
                    for code, what, path in (places(settings, ended.made, year, ended.month) if year else ())
                ],
                "next": _next_step(settings, list(ended.made), year) if year and ended.made else "",
            }
        )
    elif quiet and ended.problem:
        Console(stderr=True, highlight=False, soft_wrap=True).print(
            f"Not made. {ended.problem}", markup=False
        )


def _next_step(settings: Settings, codes: list[str], year: int) -> str:
    """What to do after a run: read the desk of the first body, which says what is in the way."""
    if not codes:
        return f"Next: wres run --year {year} without --no-reports writes the return"
    folders = {code: EditionFolders(settings.output, code, year) for code in codes}
    code = next((code for code, one in folders.items() if not sign_off.is_signed(one.private)), "")
    if not code:
        return f"Next: nothing to sign; wres verify {pasted(folders[codes[0]].public)} says whether it stands as it was signed"
    desk = folders[code].internal / "index.html"
    return f"Next: open {near(desk)}; when nothing stops it, wres sign-off {code} --year {year} --body … --role … --date …"


def told_of_defaults(base: Path) -> str:
    """What to say to a command given in the folder `base` where no settings file is read; blank where one is."""
    if os.environ.get("WRES_SETTINGS") or (base / "wres.toml").exists():
        return ""
    above = next((folder for folder in base.parents if (folder / "wres.toml").exists()), None)
    what = f"go to {above}, where one is" if above else "`wres init` writes one"
    return (
        f"there is no wres.toml in {base}, so the default settings are used: no names, systems or policy of your own. If you "
        f"have not meant that, {what}."
    )


def scope_of(settings: Settings, served: list[str], wanted: list[str], dated: str = "") -> RunScope:
    """The scope of a command's run: organisations, and those whose reports are made."""
    return RunScope(
        settings,
        settings.extracts,
        settings.output,
        settings.warehouse,
        tuple(served),
        tuple(wanted),
        not wanted,
        date.fromisoformat(dated) if dated else None,
    )


def _make(console: Console, settings: Settings, scope: RunScope, year: int, strict: bool) -> _Ended:
    """Make what is due of the year, and of the month's quality reports, and say how it ended."""
    wanted = scope.report_codes()
    latest = folder.latest_month(settings.extracts, wanted) if wanted else None
    month = month_end(latest) if latest else None
    with live.followed(console):
        annual = make_period(settings, scope, year)
    report(console, settings, scope.codes(), year)
    tell_checks(console, annual.failed_checks)
    if annual.problem:
        console.print(
            f"[bold]Not made.[/bold] {escape(exit_status.without_class(annual.problem))}. The log is {near(settings.log)}"
        )
    made = [code for code in wanted if code in annual.made]
    if annual.problem and not made:
        return _Ended(
            NOT_MADE, problem=exit_status.without_class(annual.problem), failed=annual.failed_checks
        )
    failed, steps, due = list(annual.failed_checks), annual.steps, annual.due
    if month is not None and made:
        with live.followed(console):
            quality = make_period(settings, dataclasses.replace(scope, reports_for=tuple(made)), month)
        news = [each for each in quality.failed_checks if each not in annual.failed_checks]
        failed += news
        tell_checks(console, news)
        if quality.problem:
            console.print(
                f"[bold]The month's quality report was not made.[/bold] {escape(exit_status.without_class(quality.problem))}."
            )
            failed.append(("quality", quality.problem, True))
        steps, due = steps + quality.steps, due + quality.due
    written(console, settings, made, year, latest)
    if annual.problem:
        return _Ended(NOT_MADE, "", made, exit_status.without_class(annual.problem), failed, latest)
    left = f"; nothing had changed, and all {steps} steps stand as they were made" if not due else ""
    if due and due < steps:
        left = f"; {steps - due} of {steps} steps had not changed and were left alone"
    with warehouse.connect(settings.warehouse) as con:
        found = extract_findings.read(con, scope.codes(), year)
    return _Ended(exit_status.of_made(failed, found, strict=strict), left, made, "", failed, latest)


def refuse(
    settings: Settings, organisations: list[str], year: int | None, reports_for: list[str], dated: str = ""
) -> str:
    """Why there is nothing to run, in words the user can act on; empty when there is."""
    extracts = settings.extracts
    if problem := refuse_bodies(extracts, [*organisations, *reports_for]):
        return problem
    found = folder.organisations(extracts)
    codes = organisations or found
    served = {code: folder.reporting_years(extracts, code)[1] for code in codes}
    every = set().union(*served.values())
    if not every:
        return (
            f"No file in {near(extracts)} is named as an extract. Name files by kind and day, such as "
            "esr_staff_list_2021-03-31.csv."
        )
    if year is not None and year not in years.all_years():
        return f"There are no settings for {year}; there are settings for {years.all_years()[0]} to {years.all_years()[-1]}."
    if year is not None and year not in every:
        return f"The extracts of {_few(codes)} hold nothing for {year}; they serve {', '.join(map(str, sorted(every)))}."
    latest = folder.latest_year(extracts, codes)
    if year is None and latest not in years.all_years():
        return (
            f"The latest extracts are for {latest}, for which there are no settings ({years.all_years()[0]} to "
            f"{years.all_years()[-1]}). Put the file's name right, or choose a year with --year."
        )
    if dated and not _is_day(dated):
        return f"{dated!r} is not a date: write it as 2021-06-30."
    if dated and not FIRST_DAY <= dated <= f"{date.today().year + 1}-12-31":  # noqa: DTZ011
        return f"{dated} is no date of a report: it lies before {FIRST_DAY}, or later than next year."
    return ""


def refuse_bodies(extracts: Path, organisations: Sequence[str]) -> str:
    """Why these organisations (none named: all) are not to be found in the folder of extracts; empty when they are."""
    if not extracts.is_dir():
        return f"There is no folder {near(extracts)}. `wres init` makes it, with a folder for each organisation named by its ODS code."
    found = folder.organisations(extracts)
    if not found:
        return f"{near(extracts)} holds no organisation: put the extracts into a folder named by the ODS code, such as X01."
    for code in found:
        if code != code.upper():
            return f"ODS codes are written in capitals: rename the folder {near(extracts / code)} to {code.upper()}."
    for code in found:
        if not ods_codes.is_code(code):
            return (
                f"{near(extracts)} holds a folder that is not named by an ODS code ({shown(code)}): one is {ods_codes.SHAPE}. "
                "Rename it, or move it away."
            )
    for code in organisations:
        if not ods_codes.is_code(code):
            meant = f" Did you mean {code.upper()}?" if code.upper() in found else ""
            return f"{code[:40]!r} is not an ODS code: one is {ods_codes.SHAPE}.{meant}"
        if code not in found:
            return f"{near(extracts)} holds no folder {code}; there are {_few(found)}."
    return ""


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def tell_checks(console: Console, failed: Sequence[tuple[str, str, bool]]) -> None:
    """Each failed check, in words."""
    for name, words, is_error in failed:
        if name in check_findings.COUNTED | check_findings.ALSO_FINDINGS:
            continue
        mark = "error" if is_error else "to look at"
        console.print(f"Check failed ({mark}): {name.replace('_', ' ')}. {words}", markup=False)


def report(console: Console, settings: Settings, codes: list[str], year: int) -> None:
    """What stands in the ledger for these organisations: files, rows in, accepted and quarantined."""
    with warehouse.connect(settings.warehouse) as con:
        rows = con.execute(
            "SELECT kind, count(*), sum(rows_in), sum(rows_accepted), sum(rows_quarantined) FROM deliveries "
            "WHERE present AND organisation_code IN (SELECT unnest(?::VARCHAR[])) GROUP BY kind ORDER BY kind",
            [codes],
        ).fetchall()
        found = extract_findings.read(con, codes, year)
    table = Table("extract", title="Read", title_justify="left")
    for heading in ("files", "rows in", "kept", "quarantined"):
        table.add_column(heading, justify="right")
    for kind, *numbers in rows:
        table.add_row(kind, *(f"{int(number):,}" for number in numbers))
    console.print(table)
    tell_findings(console, settings, codes, year, found)


def tell_findings(
    console: Console, settings: Settings, codes: list[str], year: int, found: Sequence[Finding]
) -> None:
    """Each organisation's worst findings with what to do, how many more there are, and where they all stand."""
    mine = findings.by_organisation(found)
    for code in [c for c in codes if c in mine][:MOST_ORGANISATIONS]:
        for line in findings.in_words(mine[code], most=3 if len(mine) <= FEW else 1):
            console.print(f"{code}: {line}", markup=False)
        console.print(
            f"{code}: all {len(mine[code])} in {near(settings.output / code / str(year) / findings.FILE_NAME)}",
            markup=False,
        )
    if len(mine) > MOST_ORGANISATIONS:
        rest = list(mine)[MOST_ORGANISATIONS:]
        console.print(
            f"and {len(rest)} more organisations with findings, each in its own {findings.FILE_NAME}: {', '.join(rest)}",
            markup=False,
        )


def places(
    settings: Settings, codes: Sequence[str], year: int, month: date | None
) -> list[tuple[str, str, Path]]:
    """Where the return and the reports of each organisation, and of the systems they are in, are: (code, what, file)."""
    from wres_pipeline.reports.site import pdf

    found: list[tuple[str, str, Path]] = []
    for code in codes:
        place = EditionFolders(settings.output, code, year)
        found += [
            (code, "annual return", place.internal / "annual-return.xlsx"),
            (code, "page", place.internal / "index.html"),
            (code, "figures", place.internal / "figures.csv"),
            (code, "public edition", place.public / "index.html"),
            (code, "as a PDF", place.public / pdf.NAME),
        ]
        if month:
            found.append((code, "data quality", quality_folder(settings.output, code, month) / "index.html"))
            found.append((code, "restricted", restricted_folder(settings.output, code, month)))
    for system in settings.systems.values():
        place = EditionFolders(settings.output, system.code, year)
        if set(codes) & set(system.members):
            found.append((system.code, f"system, {INTERNAL}", place.internal / "index.html"))
            found.append((system.code, f"system, {PUBLIC}", place.public / "index.html"))
    return [one for one in found if one[2].exists()]


def written(console: Console, settings: Settings, codes: list[str], year: int, month: date | None) -> None:
    """Where the return and the reports of each organisation are."""
    from wres_pipeline.reports.site import pdf

    if not codes:
        return
    table = Table("organisation", "what", title="Written", title_justify="left")
    table.add_column("where", overflow="fold")
    for code, what, path in places(settings, codes, year, month):
        table.add_row(code, what, near(path))
    console.print(table)
    for system in settings.systems.values():
        others = [code for code in system.members if code not in codes]
        made = EditionFolders(settings.output, system.code, year).internal.exists()
        if others and len(others) < len(system.members) and not made:
            console.print(f"{system.code}: not made without {_few(others)}; run them as well.")
    lacking = ""
    if settings.reports.pdf and not all(
        (EditionFolders(settings.output, code, year).public / pdf.NAME).exists() for code in codes
    ):
        with terminal.at("Looking at what was written", quiet=console.quiet):
            lacking = background.submit(pdf.missing).result()
    if lacking:
        console.print(f"No PDF of the public edition: {lacking}", markup=False)


def _few(codes: list[str]) -> str:
    return ", ".join(codes) if len(codes) <= 6 else f"{len(codes)} organisations"


def pasted(path: Path) -> str:
    """`near`, as a shell takes it when the command it stands in is pasted: a name with blanks or a pound sign in quotation marks."""
    return (
        shlex.quote(near(path)) if os.name != "nt" else f'"{near(path)}"' if " " in near(path) else near(path)
    )


def near(path: Path) -> str:
    """A path as the user would type it: from the folder they stand in, where it is below that."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
