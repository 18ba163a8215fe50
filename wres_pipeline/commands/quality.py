"""`wres quality`: the ethnicity data-quality report of one month, from stored deliveries and new ones."""

from __future__ import annotations

import re
from datetime import date

from rich.markup import escape

from wres_pipeline import warehouse
from wres_pipeline.commands import live, terminal
from wres_pipeline.commands import run as command_run
from wres_pipeline.commands.making import make_period, month_end
from wres_pipeline.extracts.intake import folder
from wres_pipeline.pipelines import warehouse_slot
from wres_pipeline.reports.release import edition_folders
from wres_pipeline.settings import Settings

FIRST_MONTH = date(2015, 4, 1)


def run(settings: Settings, month: str, organisations: list[str]) -> int:
    """Run the monthly job and print its failed checks and where its files are; gives the exit status."""
    console = terminal.console()
    problem = command_run.refuse(settings, organisations, None, [])
    chosen: date | None = None
    codes = organisations or folder.organisations(settings.extracts)
    if not problem and month:
        chosen = _month(month)
        if chosen is None or chosen < FIRST_MONTH:
            problem = f"{month!r} is not a month from {FIRST_MONTH:%Y-%m} on: write it as 2021-02."
        elif (latest := folder.latest_month(settings.extracts, codes)) is None or chosen > latest:
            problem = f"There is no staff list of {chosen:%B %Y}; the latest of {', '.join(codes)} is " + (
                f"of {latest:%B %Y}: --month {latest:%Y-%m}." if latest else "not there yet."
            )
    elif not problem:
        chosen = folder.latest_month(settings.extracts, codes)
        if chosen is None:
            problem = f"There is no ESR staff list of {', '.join(codes)}: nothing to report the quality of."
    if problem or chosen is None:
        console.print(f"[bold]Not made.[/bold] {problem}")
        return command_run.NOT_MADE
    console.print(f"Month {chosen:%B %Y}: {', '.join(codes)}")
    if told := warehouse.bring_up(settings.warehouse):
        console.print(told, markup=False)
    scope = command_run.scope_of(settings, codes, codes)
    with (
        warehouse_slot.hold(
            settings.warehouse, "wres quality", lambda words: console.print(words, markup=False)
        ),
        live.followed(console),
    ):
        made = make_period(settings, scope, month_end(chosen))
    command_run.tell_checks(console, made.failed_checks)
    if made.problem:
        console.print(f"[bold]Not made.[/bold] {escape(made.problem)}.")
    if not made.due:
        console.print("Nothing had changed: the reports stand as they were made.")
    for code in made.made:
        for path in (
            edition_folders.quality_folder(settings.output, code, chosen) / "index.html",
            edition_folders.restricted_folder(settings.output, code, chosen),
        ):
            if path.exists():
                console.print(f"{code}: {command_run.near(path)}", markup=False)
    if made.problem:
        return command_run.NOT_MADE
    return command_run.MADE_WITH_FAILED_CHECKS if made.failed_checks else command_run.MADE


def _month(text: str) -> date | None:
    found = re.fullmatch(r"(\d{4})-(\d{2})", text)
    if not found or not 1 <= int(found[2]) <= 12 or not int(found[1]):
        return None
    return date(int(found[1]), int(found[2]), 1)
