"""`wres check FILE… | FOLDER`: what is understood of files, and of a whole delivery, before a run makes figures of it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import typer

from wres_pipeline import settings
from wres_pipeline.commands import terminal
from wres_pipeline.commands.run import near, pasted
from wres_pipeline.extracts.canonical import core
from wres_pipeline.extracts.intake import folder, folder_events, landing, resubmission
from wres_pipeline.extracts.naming import file_names
from wres_pipeline.extracts.outcomes import checking, findings, mapping_skeletons
from wres_pipeline.extracts.outcomes.findings import SEVERITY_WORDS, Finding
from wres_pipeline.extracts.outcomes.label_checks import UnknownLabel
from wres_pipeline.reference import local, ods_codes, years
from wres_pipeline.reference.local import LocalMappingError, LocalMappings
from wres_pipeline.reference.shown_text import shown
from wres_pipeline.render.text import one_line
from wres_pipeline.reports import delivery_findings
from wres_pipeline.settings import Settings

FINE, TO_LOOK_AT, BLOCKED = 0, 1, 2
NOTES_SHOWN = 20
"""Notes of an organisation that are printed; findings.csv of a run holds them all. [ours]"""


def check(
    places: list[Path], mappings: Path | None, year: int | None = None, *, write_mappings: bool = False
) -> int:
    """Print a page for each file, and for a folder the findings a run would make of it; the status is that of the worst:
    0 fine, 1 something to look at, 2 refused or blocked.

    Without `mappings`, the folder `mappings` beside each file is used, as a run would. `write_mappings`: add a line for every
    label no list knows to the files there, for somebody to fill in.
    """
    told, faults = settings.look()
    for fault in faults:
        typer.echo(f"Settings: {fault}")
    worst = BLOCKED if faults else FINE
    for number, place in enumerate(places):
        if number or faults:
            typer.echo("")
        if not place.exists():
            typer.echo(f"{place}: there is no such file or folder.")
            worst = BLOCKED
            continue
        status = _folder(place, year, told) if place.is_dir() else _file(place, mappings)
        worst = max(worst, status)
        if write_mappings:
            _write_mappings(place, mappings)
    if faults:
        typer.echo("Next: put the settings right, then wres check again: no run starts before.")
    if worst == FINE and all(not place.is_dir() for place in places):
        typer.echo(
            "Next: wres add FILE --organisation CODE puts a file in its place; wres check FOLDER looks at a whole delivery."
        )
    return worst


def _file(file: Path, mappings: Path | None) -> int:
    if file.suffix == ".toml":
        _, faults = settings.look(file)
        typer.echo("\n".join(faults) or f"{file.name}: read whole, nothing is wrong with it.")
        return BLOCKED if faults else FINE
    if (written := delivery_findings.of_written_file(file)) is not None:
        for one in written:
            typer.echo(f"{file.name}: {one.what}")
        if not written:
            typer.echo(f"{file.name}: read whole, nothing is wrong with it.")
        return TO_LOOK_AT if written else FINE
    try:
        own = LocalMappings.load(mappings or file.resolve().parent / local.FOLDER)
    except LocalMappingError as error:
        typer.echo(f"{file.name}: not looked at, since its own labels cannot be read.")
        typer.echo("\n".join(f"  {problem}" for problem in error.problems))
        return BLOCKED
    with terminal.at(f"Reading {file.name}"):
        page = checking.check_file(file, own)
    typer.echo("\n".join(map(one_line, page.as_text().split("\n"))))
    return page.exit_status


def _write_mappings(place: Path, mappings: Path | None) -> None:
    """Add what a person has to fill in to the mapping files of a file, or of every organisation of a folder."""
    if place.is_dir():
        extracts, codes = organisations_of(place)
        folders = [extracts / code for code in codes]
        files = [p for one in folders for p in sorted(one.iterdir()) if file_names.is_extract(p.name)]
    else:
        files = [place]
    wanted: dict[Path, list[UnknownLabel]] = {}
    for file in files:
        own = mappings or file.resolve().parent / local.FOLDER
        try:
            known = LocalMappings.load(own)
        except LocalMappingError:
            continue  # told by the check
        with terminal.at("Looking for labels no list knows"):
            page = checking.check_file(file, known)
        wanted.setdefault(own, []).extend(page.unknown_labels)
    added = {
        path: n for own, labels in wanted.items() for path, n in mapping_skeletons.write(own, labels).items()
    }
    for path, lines in added.items():
        typer.echo(
            f"{near(path)}: {lines} line{'s' if lines > 1 else ''} added; write what each means, then check again."
        )
    if not added:
        typer.echo("No label needs a line in a mapping.")


def _folder(place: Path, year: int | None, told: Settings) -> int:
    extracts, codes = organisations_of(place)
    if not codes:
        typer.echo(
            f"{place}: no extracts here. Put them into a folder named by the ODS code, such as {place / 'X01'}: "
            "wres add FILE --organisation X01 does it."
        )
        return BLOCKED
    if odd := next((code for code in codes if not ods_codes.is_code(code)), ""):
        typer.echo(
            f"{place}: the organisation's folder is not named by an ODS code ({shown(odd)}): one is {ods_codes.SHAPE}. Rename it, or move it away."
        )
        return BLOCKED
    chosen = year or folder.latest_year(extracts, codes)
    if chosen is None or chosen not in years.all_years():
        typer.echo(
            f"{place}: no file here serves a reporting year from {years.all_years()[0]} to {years.all_years()[-1]}. "
            "wres add FILE --organisation CODE puts an export in its place."
        )
        return BLOCKED
    written = delivery_findings.written_files(extracts, told.output, codes, chosen)
    for one in written:
        typer.echo(
            f"{one.organisation_code}: {SEVERITY_WORDS[one.severity]}: {one.file}: {one.what}\n    {one.remedy}"
        )
    found = findings_of_folder(extracts, codes, chosen, told)
    mine = findings.by_organisation(one for one in found if one not in written)
    typer.echo(f"{place}: {', '.join(codes)}, reporting year {chosen}")
    for code in codes:
        if code not in mine:
            typer.echo(f"{code}: nothing {'else ' if written else ''}needs attention.")
        for line in findings.in_words(mine.get(code, []), most=len(found)):
            typer.echo(f"{code}: {line}")
        for note in [one for one in mine.get(code, []) if one.severity == "note"][:NOTES_SHOWN]:
            typer.echo(f"{code}:   note: {f'{note.file}: ' if note.file else ''}{note.what}")
    if any(f.stops for f in found):
        typer.echo("Next: do what is said at those that block, then wres check again.")
        return BLOCKED
    typer.echo(f"Next: wres run --extracts {pasted(extracts)} --year {chosen}")
    return TO_LOOK_AT if any(f.to_act_on for f in found) else FINE


def organisations_of(place: Path) -> tuple[Path, list[str]]:
    """(folder of extracts, codes) of a folder that is an organisation's own, or holds the folders of several."""
    place = place.resolve()
    if any(p.is_file() and file_names.is_extract(p.name) for p in place.iterdir()):
        return place.parent, [place.name]
    return place, folder.organisations(place)


def findings_of_folder(
    extracts: Path, codes: list[str], year: int, told: Settings | None = None
) -> list[Finding]:
    """What a run of `year` would find in the folders of these organisations: landed, built and looked at in memory."""
    now = datetime(1970, 1, 1)  # noqa: DTZ001 - nothing of the time stays
    told = told or settings.load()
    own, faulty = local.of_organisations(extracts, codes)
    codes = list(own)
    unread = [
        one
        for code, error in faulty.items()
        for one in delivery_findings.of_faulty_mappings(extracts, told.output, code, year, error)
    ]
    with duckdb.connect(":memory:") as con:
        with terminal.at("Reading the extracts") as told_how_far:
            report = landing.land_folder(con, extracts, codes, now=now, mappings=own, progress=told_how_far)
        with terminal.at("Checking the extracts"):
            folder_events.keep(con, extracts, codes, report)
            resubmission.record(con, own, now=now)
            core.build(con, core.CORE_TABLES, codes, own)
            found = delivery_findings.gather(
                con, extracts, told.output, codes, years.load(year), own, on=datetime.now(UTC).date(),
                numbers_found=told.targets.numbers_found, declaration_target=told.targets.declaration, limits=told.plausibility,
            )  # fmt: skip
    return findings.in_order([*unread, *found])


def lint(places: list[Path]) -> int:
    """Print what was found in each file or folder; the status is 0 nothing, 1 something, 2 a file that cannot be read."""
    from wres_pipeline import lint as rules

    found = 0
    for place in places:
        try:
            if not place.exists():
                raise rules.UnreadablePage(f"{place}: there is no such file")
            findings = rules.lint_folder(place) if place.is_dir() else rules.lint_file(place)
        except rules.UnreadablePage as error:
            typer.echo(f"wres: {error}", err=True)
            return 2
        found += len(findings)
        typer.echo(f"{place}: {len(findings) or 'nothing'} found")
        for one in findings:
            expected = f", expected {one.expected}" if one.expected else ""
            typer.echo(
                f"  {rules.RULES[one.rule]}\n    {one.place}: found {one.found}{expected}. {one.words}"
            )
    return 1 if found else 0
