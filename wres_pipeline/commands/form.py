"""`wres form`: the action plan or the author's notes as a form in Word or a workbook, filled with what stands now."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import typer

from wres_pipeline import warehouse
from wres_pipeline.action_plan import plan as action_plans
from wres_pipeline.commands import given
from wres_pipeline.commands.exit_status import MADE, NOT_MADE
from wres_pipeline.commands.run import near, pasted
from wres_pipeline.indicators import store
from wres_pipeline.pipelines import editions
from wres_pipeline.pipelines.run_scope import RunScope
from wres_pipeline.reference import ods_codes, written_choice
from wres_pipeline.reports.annual import forms, notes
from wres_pipeline.reports.figure_set import FigureSet
from wres_pipeline.reports.site.indicator_view import drafts
from wres_pipeline.settings import Settings

PLAN, NOTES = "plan", "notes"


def write(settings: Settings, what: str, code: str, year: int | None, *, workbook: bool, today: date) -> int:
    """Write the form where a run reads it; nothing that is there is overwritten. Gives the exit status."""
    ods_codes.checked(code, "the organisation of the form")
    scope = RunScope(settings, settings.extracts, settings.output, settings.warehouse, (code,))
    if what not in (PLAN, NOTES):
        typer.echo(f"wres: say {PLAN} or {NOTES}", err=True)
        return NOT_MADE
    year = year or scope.year_otherwise()
    text = scope.extracts / code / editions.ACTIONS if what == PLAN else scope.folders(code, year).notes
    path = text.with_suffix(".xlsx" if workbook else ".docx")
    if path.exists():
        typer.echo(f"wres: {near(path)} is there already; edit that, or move it away first", err=True)
        return NOT_MADE
    if what == PLAN:
        mine = written_choice.choose(text, action_plans.read)
        problems, file = mine.problems, mine.file
        if not problems:
            forms.write_plan(mine.found, code, path, today)
    else:
        written = written_choice.choose(text, notes.read, notes.Notes())
        problems, file = written.problems, written.file
        if not problems and not _write_notes(scope, code, year, written.found or notes.Notes(), path, today):
            return given.no_figures(settings, code, year)
    if problems:
        typer.echo("\n".join(f"wres: {problem}" for _, problem in problems), err=True)
        return NOT_MADE
    typer.echo(f"{near(path)}: written{f', filled from {file.name}' if file else ''}.")
    if file:
        typer.echo(f"From now on it counts in place of {file.name}, as long as nobody changes that one.")
    typer.echo(
        f"Next: fill it in, then wres check {pasted(path)} says what cannot be read, and wres run takes it in."
    )
    return MADE


def _write_notes(scope: RunScope, code: str, year: int, mine: notes.Notes, path: Path, today: date) -> bool:
    """Write the form of the notes; False where the year has no figures to write about."""
    with warehouse.connect(scope.warehouse) as con:
        if not store.read(con, store.FIGURES, code, year):
            return False
        found, about = editions.internal_edition(con, scope, code, year)
    forms.write_notes(mine, drafts(FigureSet(found, code, year)), about.title, path, today)
    return True
