"""The page of a system: its members, and every indicator of all of them together.

Printed from one edition of the system's figures, in a folder of its own; nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from wres_pipeline.indicators.figure import Figure
from wres_pipeline.render import page
from wres_pipeline.reports.annual.notes import Notes
from wres_pipeline.reports.context import ReturnContext
from wres_pipeline.reports.figure_set import FigureSet
from wres_pipeline.reports.release import figures_csv
from wres_pipeline.reports.site import site_pages
from wres_pipeline.reports.site.five_questions import answers
from wres_pipeline.reports.site.glance import glance
from wres_pipeline.reports.site.indicator_view import views
from wres_pipeline.reports.site.key_findings import key_findings

PAGE = "index.html"


@dataclass(frozen=True, slots=True)
class Member:
    """One organisation of the system: `people` its headcount as its public edition prints it, `status` its sign-off."""

    code: str
    name: str
    people: str
    status: str


def write(
    figures: Iterable[Figure], members: Sequence[Member], context: ReturnContext, folder: Path
) -> tuple[Path, ...]:
    """Write the page with its charts and style sheets into `folder`; gives the page's path."""
    found = FigureSet(figures, context.organisation_code, context.reporting_year)
    shown = views(found, context, Notes())
    page.write_assets(folder)
    site_pages.draw_charts(shown, folder).result()
    return (
        page.render(
            "commissioner/system.html.jinja",
            context,
            folder / PAGE,
            title=f"Workforce race equality {context.reporting_year}: the system",
            members=[(one.name, one.code, one.people, one.status) for one in members],
            views=shown,
            answers=answers(found, context, (), members=len(members)),
            findings=key_findings(found),
            glance=glance(found, {one.number: f"#{one.anchor}" for one in shown}),
            charts=site_pages.CHARTS,
            downloads=site_pages.DOWNLOADS[1:3],
        ),
    )


def remove(folder: Path) -> None:
    """Take away the page, the figures and the charts that an earlier run left in `folder`."""
    for name in (PAGE, figures_csv.NAME, f"{figures_csv.NAME}-metadata.json", f"{site_pages.CHARTS}/*.svg"):
        for old in folder.glob(name):
            old.unlink()
