"""`wres calendar`: the dates each body has to keep, as a page and an iCalendar file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import typer

from wres_pipeline.commands import run as command_run
from wres_pipeline.extracts.intake import folder
from wres_pipeline.reports.calendar import deadlines, writing
from wres_pipeline.settings import Settings

SHOWN = 5
"""Dates of a body the terminal shows."""


def write(settings: Settings, organisations: Sequence[str], today: date) -> int:
    """Write both files of each body and print what comes next; gives the exit status."""
    if problem := command_run.refuse_bodies(settings.extracts, organisations):
        typer.echo(f"wres: {problem}", err=True)
        return 2
    for code in organisations or folder.organisations(settings.extracts):
        name = settings.organisation(code).title
        shown, calendar = writing.write(code, name, settings.extracts, settings.output, today)
        ahead = [
            one
            for one in deadlines.of_body(code, settings.extracts, settings.output, today)
            if one.day >= today
        ]
        for one in ahead[:SHOWN]:
            typer.echo(f"{code}: {one.day}  {one.what}")
        typer.echo(f"{code}: all {len(ahead)} in {command_run.near(shown)} and {command_run.near(calendar)}")
    return 0
