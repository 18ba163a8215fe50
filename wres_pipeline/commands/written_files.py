"""Commands that write files for others: forms and letters in Word, charts as pictures."""

from __future__ import annotations

import dataclasses
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import typer
from lxml import html

from wres_pipeline import warehouse, whole_file
from wres_pipeline.action_plan import plan as action_plans
from wres_pipeline.commands import given
from wres_pipeline.commands.run import near, pasted
from wres_pipeline.commissioner import dashboard, own_returns
from wres_pipeline.indicators import store
from wres_pipeline.pipelines import editions
from wres_pipeline.pipelines.run_scope import RunScope
from wres_pipeline.pipelines.year_tables import desk_inputs
from wres_pipeline.reference import bounded_files, ods_codes, written_choice
from wres_pipeline.render.page import day
from wres_pipeline.render.picture import PictureError, png
from wres_pipeline.reports.annual import forms, notes
from wres_pipeline.reports.commissioner import provider_letter
from wres_pipeline.reports.figure_set import FigureSet
from wres_pipeline.reports.release.edition_folders import PUBLIC
from wres_pipeline.reports.release.figures_csv import NAME
from wres_pipeline.reports.site.indicator_view import drafts
from wres_pipeline.settings import Settings

MADE, WITH_ERRORS, NOT_MADE = 0, 1, 2
PLAN, NOTES = "plan", "notes"


def form(settings: Settings, what: str, code: str, year: int | None, *, workbook: bool, today: date) -> int:
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
        typer.echo("\n".join(f"wres: {problem}" for problem in problems), err=True)
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


TO_ANSWER = timedelta(days=28)
"""Time for an answer, where no day is given. [ours]"""


def letters(
    settings: Settings, code: str, year: int | None, by: date | None, template: Path | None, today: date
) -> int:
    """Write a letter for each provider of the year into the organisation's own folder; gives the exit status."""
    ods_codes.checked(code, "the organisation of the letters")
    scope = RunScope(settings, settings.extracts, settings.output, settings.warehouse, (code,), dated=today)
    year = year or scope.year_otherwise()
    by = by or today + TO_ANSWER
    if by <= today:
        typer.echo("wres: the day to answer by has passed already", err=True)
        return NOT_MADE
    with warehouse.connect(settings.warehouse) as con:
        figures = store.read(con, store.FIGURES, code, year)
        if not figures:
            return given.no_figures(settings, code, year)
        desk = dashboard.internal(desk_inputs(con, scope, code, year), figures)
        _, about = editions.internal_edition(con, scope, code, year)
        own = {
            one.provider.code: store.read(con, store.PROTECTED, one.provider.code, year)
            for one in desk.reviews
        }
    if not desk.reviews:
        typer.echo(
            f"wres: {code} has no providers in {year}: provider_returns.csv lists what they published",
            err=True,
        )
        return NOT_MADE
    context = dataclasses.replace(about, dated=today)
    folder = scope.folders(code, year).private / provider_letter.FOLDER
    apart = 0
    try:
        for review in desk.reviews:
            logged = [
                one
                for one in desk.log.figures
                if (one.provider_code, one.year) == (review.provider.code, year)
            ]
            found = own_returns.differences(logged, own[review.provider.code])
            apart += len(found)
            path = folder / f"letter-{review.provider.code.lower()}-{year}.docx"
            provider_letter.write_docx(review, found, context, by, path, template or provider_letter.TEMPLATE)
    except provider_letter.TemplateError as error:
        typer.echo(f"wres: {error}", err=True)
        return NOT_MADE
    typer.echo(
        f"{len(desk.reviews)} letters in {near(folder)}, answers asked for by {by.day} {by:%B %Y}; {apart} published figures differ "
        "from the providers' own returns here. They are correspondence: no run publishes them."
    )
    typer.echo("Next: read each, send it, and write what was sent into provider_comments.yaml.")
    return MADE


def write_template(path: Path) -> int:
    """Write the template of the letter for the commissioner's own wording; nothing is overwritten."""
    if path.exists():
        typer.echo(f"wres: {near(path)} is there already; left as it is", err=True)
        return NOT_MADE
    whole_file.write(path, provider_letter.TEMPLATE.read_bytes())
    typer.echo(
        f"{near(path)}: change it in Word, leaving the words in {{{{ }}}}; then wres letters CODE --template {pasted(path)}"
    )
    return MADE


FOLDERS = ("charts", "charts-commissioning")


def pictures(folder: Path, to: Path | None) -> int:
    """Draw the charts of the publication in `folder`; gives the exit status. to: where they go, a folder of their own beside the
    edition with true counts where nothing is said, since a publication that was signed takes no further file."""
    charts = [path for name in FOLDERS for path in sorted((folder / name).glob("*.svg"))]
    if not charts:
        typer.echo(f"wres: {folder}: there is no publication with charts here", err=True)
        return NOT_MADE
    source = _source(folder)
    to = to or _place(folder.resolve())
    faults = 0
    for chart in charts:
        try:
            whole_file.write(to / f"{chart.stem}.png", png(chart.read_bytes(), source))
        except PictureError as error:
            faults += 1
            typer.echo(f"wres: {chart.name}: {error}", err=True)
    typer.echo(f"{len(charts) - faults} pictures in {near(to)}: {source}")
    return WITH_ERRORS if faults else MADE


def _place(folder: Path) -> Path:
    *_, public, code, year = ("", "", "", *folder.parts)[-3:]
    if public == PUBLIC and len(folder.parts) > 3:
        return folder.parents[2] / code / year / "pictures"
    return folder.with_name(f"{folder.name}-pictures")


def _source(folder: Path) -> str:
    """Whose figures they are, of which edition, and what its pages are marked with."""
    described: dict[str, Any] = {}
    try:
        described = bounded_files.load_json(folder / f"{NAME}-metadata.json")
        issued = f", {day(date.fromisoformat(str(described['dc:issued'])))}"
    except (OSError, ValueError, KeyError, TypeError, json.JSONDecodeError):
        issued = ""
    whose = [str(described.get(name, "")) for name in ("dc:publisher", "dc:title")]
    named = whose[1] if whose[0] in whose[1] else ": ".join(one for one in whose if one)
    named = named or "Workforce Race Equality Standard return"
    return " ".join((f"Source: {named}{issued}, public edition.", *_markings(folder / "index.html")))


def _markings(page: Path) -> list[str]:
    try:
        tree = html.fromstring(page.read_bytes())
    except (OSError, ValueError, html.etree.LxmlError):
        return []
    found = tree.xpath("//section[contains(@class, 'wres-markings')]//p")
    return [" ".join(one.text_content().split()) for one in found]
