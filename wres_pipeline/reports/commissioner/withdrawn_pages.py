"""What of an earlier run's commissioner's pages is taken away: pages no longer made, and all of them when unsafe.

A public page that was safe when it was written may not be so beside figures written since: where disclosure control
cannot show that this run's pages are safe, the earlier ones do not stay either.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from wres_pipeline.render import page
from wres_pipeline.render.page import BreadcrumbItem
from wres_pipeline.reports.context import ReturnContext

FILES = (
    "providers.html",
    "provider-*.html",
    "provider-review-*.docx",
    "benchmark.html",
    "survey-history.html",
    "population.html",
    "fair-process.html",
    "action-plan.html",
    "charts-commissioning/*.svg",
)
"""Every file of the desk in a folder of a publication, as patterns."""


def remove_old(folder: Path, kept: Collection[Path] = ()) -> None:
    """Take away every file of the desk in `folder` that is not among `kept`."""
    for pattern in FILES:
        for old in folder.glob(pattern):
            if old not in kept:
                old.unlink()


def withdraw(pages: Sequence[BreadcrumbItem], context: ReturnContext, folder: Path) -> tuple[Path, ...]:
    """Take every file of the desk away and put a page in each place of `pages` that says so, since other pages name it.

    Gives the paths of those pages.
    """
    remove_old(folder)
    page.write_assets(folder)
    return tuple(
        page.render(
            "commissioner/withdrawn.html.jinja",
            context,
            folder / one.href,
            title=one.text,
            breadcrumb=(BreadcrumbItem("Overview", "index.html"),),
            navigation=(BreadcrumbItem("Overview", "index.html"),),
        )
        for one in pages
    )
