"""The pages of a return: one readable page for the internal edition, and the public site.

Every page is printed from the figures given and the context; the public site is given the protected figures.
Files are written whole and old pages of an earlier run that are no longer made are removed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wres_pipeline import background
from wres_pipeline.disclosure.rules.headlines import is_headline
from wres_pipeline.extracts.outcomes.findings import Finding
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import indicators
from wres_pipeline.render import page
from wres_pipeline.render.page import BreadcrumbItem
from wres_pipeline.reports.annual import notes
from wres_pipeline.reports.annual.sheets_about import outcome
from wres_pipeline.reports.annual.submission_checks import checks as submission_checks
from wres_pipeline.reports.context import Check, ReturnContext
from wres_pipeline.reports.figure_set import FigureSet
from wres_pipeline.reports.labels import indicator_named
from wres_pipeline.reports.release import notes_disclosure
from wres_pipeline.reports.site.desk import desk
from wres_pipeline.reports.site.five_questions import answers
from wres_pipeline.reports.site.glance import glance
from wres_pipeline.reports.site.indicator_charts import Chart
from wres_pipeline.reports.site.indicator_view import IndicatorView, drafts, page_name, views
from wres_pipeline.reports.site.key_findings import key_findings
from wres_pipeline.reports.site.overview_chart import overview_chart
from wres_pipeline.reports.site.sentences import data_quality

CHARTS = "charts"


@dataclass(frozen=True, slots=True)
class Download:
    """A file offered beside the pages: its address, its name in words and what it holds."""

    href: str
    text: str
    holds: str


@dataclass(frozen=True, slots=True)
class Publication:
    """What every page of one edition prints from."""

    figures: FigureSet
    context: ReturnContext
    views: tuple[IndicatorView, ...]
    checks: tuple[Check, ...]
    data_quality: tuple[str, ...]
    notes: notes.Notes

    @property
    def answers(self) -> dict[str, str]:
        """The author's answers to the template's own questions that are not blank."""
        return {name: words for name, words in self.notes.answers.items() if words}


def publication(figures: Iterable[Figure], context: ReturnContext) -> Publication:
    """Gather what the pages print. Raises notes.NotesError for a notes file that cannot be used."""
    found = FigureSet((*figures, *context.earlier), context.organisation_code, context.reporting_year)
    mine = notes.load(context.notes_file)
    if not context.internal:
        mine = notes_disclosure.without(mine, context.texts_left_out)
    return Publication(
        figures=found,
        context=context,
        views=views(found, context, mine),
        checks=context.checks + submission_checks(found),
        data_quality=data_quality(context),
        notes=mine,
    )


def write_notes_once(figures: Iterable[Figure], context: ReturnContext) -> bool:
    """Write the author's notes file with every drafted sentence, unless it is there; True when it was
    written.
    """
    if context.notes_file is None:
        return False
    found = FigureSet(figures, context.organisation_code, context.reporting_year)
    return notes.write_once(context.notes_file, drafts(found), context.title)


def write_internal(
    figures: Iterable[Figure],
    context: ReturnContext,
    folder: Path,
    *,
    downloads: Sequence[Download] | None = None,
    more: Sequence[BreadcrumbItem] = (),
    findings: Sequence[Finding] = (),
    moved: Sequence[str] = (),
) -> tuple[Path, background.Work[None]]:
    """Write `index.html` of the internal edition, one page with everything on it, with its charts and style
    sheets.

    `downloads` are the files offered; the workbook and figures.csv when not given. `more` are pages other
    parts write into the same folder, for the navigation. `findings`, `moved`: see `desk`. Gives the page's path, and
    its charts, which may still be drawn.
    """
    made = publication(figures, context)
    page.write_assets(folder)
    charts = draw_charts(made.views, folder)
    written = page.render(
        "site/internal.html.jinja",
        context,
        folder / "index.html",
        title=f"Annual return {context.reporting_year}",
        navigation=tuple(more),
        more=more,
        desk=desk(made.figures, context, made.checks, findings=findings, moved=moved),
        glance=glance(made.figures, {one.number: f"#{one.anchor}" for one in made.views}),
        **common_values(made, downloads if downloads is not None else DOWNLOADS[:3]),
    )
    return written, charts


def write(
    figures: Iterable[Figure],
    context: ReturnContext,
    folder: Path,
    *,
    downloads: Sequence[Download] | None = None,
    more: Sequence[BreadcrumbItem] = (),
) -> tuple[tuple[Path, ...], background.Work[None]]:
    """Write the publication's pages into `folder`: overview, indicators, data quality, method. Gives their
    paths, and their charts, which may still be drawn.

    Args:
        figures: the figures this edition may show: the protected ones for the public edition.
        context: see `ReturnContext`.
        folder: the folder of the site; its assets and charts stand in folders of their own.
        downloads: the files offered on the overview; those a run makes when not given.
        more: pages other parts write into the same folder, for the navigation.
    """
    made = publication(figures, context)
    navigation = (*standing_pages(), *more)
    common = common_values(made, downloads if downloads is not None else DOWNLOADS)
    picture = overview_chart(made.figures)
    page.write_assets(folder)
    charts = draw_charts(made.views, folder, also=(picture,) if picture else ())
    home = (BreadcrumbItem("Overview", "index.html"),)
    first: dict[str, Any] = {
        "picture": picture,
        "answers": answers(made.figures, context, made.checks),
        "findings": key_findings(made.figures),
        "glance": glance(made.figures, {one.number: one.page for one in made.views}),
        "kept_back": any(one.state == "withheld" and is_headline(one) for one in made.figures.figures),
    }

    def written(template: str, file: str, title: str, **values: Any) -> Path:
        return page.render(
            f"site/{template}.html.jinja", context, folder / file, title=title, navigation=navigation, **values, **common
        )  # fmt: skip

    title = f"Workforce race equality {context.reporting_year}"
    paths = [
        written("overview", "index.html", title, more=more, **first),
        written("key-facts", "key-facts.html", f"{title}: key facts", breadcrumb=home, **first),
    ]
    for before, one, after in zip((None, *made.views), made.views, (*made.views[1:], None), strict=False):
        named = f"{one.name}: {one.title[0].lower()}{one.title[1:]}" if one.number.isdigit() else one.title
        paths.append(
            written("indicator", one.page, named, breadcrumb=home, one=one, previous=before, following=after)
        )
    for name, title in (("data-quality", "Quality of the data"), ("method", "Method")):
        paths.append(written(name, f"{name}.html", title, breadcrumb=home))
    return tuple(paths), charts


DOWNLOADS: tuple[Download, ...] = (
    Download(
        "annual-return.xlsx", "Annual return", "Excel workbook: the submission's items and every figure"
    ),
    Download("figures.csv", "Figures", "CSV file: every figure, unrounded, for reuse"),
    Download("figures.csv-metadata.json", "About the figures file", "JSON file: what each column means"),
    Download("reporting-template.docx", "Annual reporting template", "Word document, filled in"),
    Download(
        "board-slides.pptx", "Slides for the board", "PowerPoint, charts that can be edited, speaker's notes"
    ),
    Download("board-paper.docx", "Paper for the board", "Word document"),
)
"""The files a run leaves beside the pages."""

PDF_DOWNLOAD = Download(
    "workforce-race-equality.pdf", "The whole publication", "PDF file, tagged for screen readers (PDF/UA-1)"
)
"""Offered as well where the machine can make it (see `pdf.missing`)."""


def common_values(made: Publication, downloads: Sequence[Download]) -> dict[str, Any]:
    """What every template of a publication prints, by name."""
    rows = [
        (
            rate.reporting_year,
            rate.people,
            rate.recorded,
            rate.declared,
            rate.declined,
            rate.not_recorded,
            rate.unmapped,
        )
        for rate in made.context.declaration
    ]
    return {
        "made": made,
        "views": made.views,
        "downloads": tuple(downloads),
        "charts": CHARTS,
        "declaration_rows": [[str(cell) or "not shown" for cell in row] for row in rows],
        "check_rows": [(c.name, outcome(c), c.severity, c.words) for c in made.checks],
        "summary_rows": [
            (one.name, one.title, headline.label, headline.shown, headline.before, headline.verdict or "none")
            for one in made.views
            for headline in one.headlines
        ],
    }


def standing_pages() -> tuple[BreadcrumbItem, ...]:
    """The pages of every publication, in order, for its navigation."""
    return (
        BreadcrumbItem("Overview", "index.html"),
        BreadcrumbItem("Key facts on one page", "key-facts.html"),
        *(
            BreadcrumbItem(
                f"{indicator_named(number)}: {title}" if number.isdigit() else title,
                page_name(number),
            )
            for number, title in ((rule.number, rule.title) for rule in indicators.REGISTRY)
        ),
        BreadcrumbItem("Quality of the data", "data-quality.html"),
        BreadcrumbItem("Method", "method.html"),
    )


def draw_charts(
    all_views: Sequence[IndicatorView], folder: Path, *, also: Sequence[Chart] = ()
) -> background.Work[None]:
    """Begin to draw every chart of the views, and those of `also`, into `folder`, where old ones are taken away."""
    target = folder / CHARTS
    charts = [*(chart for one in all_views for chart in one.charts), *also]
    wanted = {target / chart.name: chart.draw for chart in charts}
    for old in target.glob("*.svg"):
        if old not in wanted:
            old.unlink()
    return background.submit(_draw, wanted)


def _draw(wanted: Mapping[Path, Callable[[], bytes]]) -> None:
    for file, draw in wanted.items():
        page.write_whole(file, draw())
