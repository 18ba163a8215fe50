"""`wres letters`: a letter to each provider about its return, from the review; correspondence, and no part of a publication."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from pathlib import Path

import typer

from wres_pipeline import warehouse, whole_file
from wres_pipeline.commands import given
from wres_pipeline.commands.exit_status import MADE, NOT_MADE
from wres_pipeline.commands.run import near, pasted
from wres_pipeline.commissioner import dashboard, own_returns
from wres_pipeline.indicators import store
from wres_pipeline.pipelines import editions
from wres_pipeline.pipelines.run_scope import RunScope
from wres_pipeline.pipelines.year_tables import desk_inputs
from wres_pipeline.reference import ods_codes
from wres_pipeline.reports.commissioner import provider_letter
from wres_pipeline.settings import Settings

TO_ANSWER = timedelta(days=28)
"""Time for an answer, where no day is given. [ours]"""


def write(
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
