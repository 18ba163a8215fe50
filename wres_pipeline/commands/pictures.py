"""`wres pictures FOLDER`: every chart of a publication as PNG, with its title and source inside, for slides and posts."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import typer
from lxml import html

from wres_pipeline import whole_file
from wres_pipeline.commands.run import near
from wres_pipeline.reference import bounded_json
from wres_pipeline.render.page import day
from wres_pipeline.render.picture import PictureError, png
from wres_pipeline.reports.release.edition_folders import PUBLIC
from wres_pipeline.reports.release.figures_csv import NAME

MADE, WITH_ERRORS, NOT_MADE = 0, 1, 2
FOLDERS = ("charts", "charts-commissioning")


def write(folder: Path, to: Path | None) -> int:
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
        described = bounded_json.load(folder / f"{NAME}-metadata.json")
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
