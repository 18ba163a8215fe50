"""The public edition: written apart, looked through whole, and released only where nothing is found."""

from __future__ import annotations

import ctypes.util
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from wres_pipeline import background
from wres_pipeline.disclosure.register import release_store
from wres_pipeline.governance import audit_trail
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.pipelines import check_outcomes, editions
from wres_pipeline.pipelines.annual_return import RETURN, texts_read
from wres_pipeline.pipelines.run_scope import Run
from wres_pipeline.pipelines.step import Done, Fact, Step, one_by_one
from wres_pipeline.pipelines.year_tables import CHANGES, DESK, PROTECTED
from wres_pipeline.quality.expectations import Outcome
from wres_pipeline.reports.context import ReturnContext
from wres_pipeline.reports.release import release
from wres_pipeline.reports.release.edition_folders import DRAFT, EditionFolders

PUBLICATION = "report_publication"
NO_MISTAKE, NOTHING_WITHHELD = "publication_has_no_mistake_that_shows", "texts_say_nothing_withheld"


@dataclass(frozen=True, slots=True)
class Draft:
    """A public edition that is written, or still being drawn, and not released.

    content: the hash of all it is made from. read_by_the_lint: its pages, workbook and CSV file. no_pdf: why it has
    none, "" where it has one.
    """

    figures: list[Figure]
    about: ReturnContext
    content: str
    read_by_the_lint: tuple[Path, ...]
    drawn: tuple[background.Work[Any], ...]
    no_pdf: str


def _why_no_pdf(run: Run) -> str:
    """What draws the PDF is imported in the second process."""
    from wres_pipeline.reports.site import pdf

    if not run.scope.settings.reports.pdf:
        return "Not wanted: [reports] pdf is false in wres.toml."
    return background.submit(pdf.missing).result()


def _begin(run: Run, code: str) -> Draft:
    from wres_pipeline.reports.annual import reporting_template, return_workbook
    from wres_pipeline.reports.board_pack import board_paper, slides
    from wres_pipeline.reports.release import figures_csv
    from wres_pipeline.reports.site import pdf, site_pages

    with run.scope.open() as con:
        figures, about = editions.public_edition(con, run.scope, code, run.year)
        more = editions.desk_pages(con, run.scope, code, run.year)
        content = editions.publication_content(con, run.scope, code, run.year, figures, about)
    no_pdf = _why_no_pdf(run)
    folder = release.draft_folder(run.scope.folders(code, run.year))
    drawn = [] if no_pdf else [background.submit(pdf.write_pdf, figures, about, folder / pdf.NAME)]
    workbook = return_workbook.write_workbook(figures, about, folder / "annual-return.xlsx")
    open_data, _ = figures_csv.write(figures, about, folder)
    reporting_template.write_docx(figures, about, folder / reporting_template.NAME)
    slides.write(figures, about, folder / slides.NAME)
    board_paper.write(figures, about, folder / board_paper.NAME)
    downloads = site_pages.DOWNLOADS if no_pdf else (*site_pages.DOWNLOADS, site_pages.PDF_DOWNLOAD)
    pages, charts = site_pages.write(figures, about, folder, downloads=downloads, more=more)
    return Draft(figures, about, content, (*pages, workbook, open_data), (*drawn, charts), no_pdf)


def _finish(run: Run, code: str, draft: Draft) -> Done:
    from wres_pipeline import lint

    found = lint.lint_files(draft.read_by_the_lint)
    for work in draft.drawn:
        work.result()
    folders = run.scope.folders(code, run.year)
    told = "; ".join(f"{one.place}: {one.words}" for one in found)
    if not found:
        told = _release(run, code, draft, folders)
    left_out = [one.words for one in draft.about.texts_left_out]
    outcomes = (
        Outcome(
            NO_MISTAKE, PUBLICATION, check_outcomes.BLOCKING, code, not told,
            f"Not released; it stands in <organisation>/<year>/{DRAFT}. {told}"[:2000] if told else "nothing found",
            len(draft.read_by_the_lint),
        ),
        Outcome(
            NOTHING_WITHHELD, PUBLICATION, check_outcomes.WARNING, code, not left_out,
            "; ".join(left_out)[:2000] or "every text of the notes and of the action plan is in the public edition",
            1,
        ),
    )  # fmt: skip
    facts: dict[str, Fact] = {
        "files": len(draft.read_by_the_lint),
        "figures": len(draft.figures),
        "withheld": sum(f.state == "withheld" for f in draft.figures),
        "state": "not released" if told else "released",
        "pdf": draft.no_pdf or "written",
    }
    return Done(facts, outcomes, () if told else (folders.public / "index.html",))


def _release(run: Run, code: str, draft: Draft, folders: EditionFolders) -> str:
    """Release the draft and note it in the audit trail; why not, where a signed edition stands."""
    from wres_pipeline.reports.site import pdf

    try:
        release.release(
            folders,
            content=draft.content,
            dated=draft.about.dated,
            asked=run.scope.dated,
            replaced=("charts/*.svg", pdf.NAME),
        )
    except release.SignedEditionError as error:
        return str(error)
    with run.scope.open() as con:
        said = release_store.kept(con, code, "annual", str(run.year))
        if said is not None:
            editions.put_on_register(con, run.scope, said, draft.about.dated)
    home = run.scope.settings.dagster_home
    audit_trail.append(home, "released", organisation=code, year=run.year, content=draft.content[:12])
    return ""


@cache
def _what_draws_a_pdf() -> str:
    """The library that a PDF needs beside Python's own: an edition without one is made again when it comes."""
    return ctypes.util.find_library("pango-1.0-0") or ctypes.util.find_library("pango-1.0") or "none"


def _reads(run: Run, con: duckdb.DuckDBPyConnection, code: str) -> list[bytes | str]:
    return [*texts_read(run, con, code), _what_draws_a_pdf() if run.scope.settings.reports.pdf else "no PDF"]


PUBLICATION_STEP = Step(
    PUBLICATION, one_by_one(_begin, _finish), (PUBLICATION,), after=(CHANGES, PROTECTED, DESK, RETURN), extracts=True,
    reads=_reads,
)  # fmt: skip
