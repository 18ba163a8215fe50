"""The internal edition: the annual return workbook, figures.csv and a page, checked before it takes its place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from wres_pipeline import background
from wres_pipeline.extracts.outcomes import findings
from wres_pipeline.indicators import history
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.pipelines import check_outcomes, editions, fingerprints
from wres_pipeline.pipelines.run_scope import Run
from wres_pipeline.pipelines.step import Done, Fact, Step, one_by_one
from wres_pipeline.pipelines.year_tables import CHANGES, DESK, PROTECTED
from wres_pipeline.quality import extract_findings
from wres_pipeline.quality.expectations import Outcome
from wres_pipeline.quality.history import plausibility
from wres_pipeline.reference import written_choice, years
from wres_pipeline.reports.context import ReturnContext
from wres_pipeline.reports.release import release, sign_off

RETURN, NOTES = "report_annual_return", "author_notes"
AGREES, ODD = "return_agrees_with_itself", "return_is_not_odd"
LINKED = ("annual-return.xlsx", "index.html", "deliveries.html")
"""Files of the internal edition that the catalogue links to."""


def _no_beginning(run: Run, code: str) -> None:
    return None


def _notes(run: Run, code: str, _: None) -> Done:
    """The author's notes with every drafted sentence, where there are none yet; what was written there stays."""
    from wres_pipeline.reports.site import site_pages

    with run.scope.open() as con:
        figures, about = editions.internal_edition(con, run.scope, code, run.year)
    site_pages.write_notes_once(figures, about)
    return Done(files=(run.scope.folders(code, run.year).notes,))


@dataclass(frozen=True, slots=True)
class Begun:
    """A return that is written but for what the second process still draws. folder: where, beside its place."""

    figures: list[Figure]
    about: ReturnContext
    outcomes: tuple[Outcome, ...]
    folder: Path
    drawn: tuple[background.Work[Any], ...]


def _begin(run: Run, code: str) -> Begun:
    from wres_pipeline.reports.annual import return_workbook
    from wres_pipeline.reports.figure_set import FigureSet
    from wres_pipeline.reports.quality import deliveries_page
    from wres_pipeline.reports.release import figures_csv
    from wres_pipeline.reports.site import since_last_run, site_pages

    with run.scope.open() as con:
        figures, about = editions.internal_edition(con, run.scope, code, run.year)
        more = (*editions.desk_pages(con, run.scope, code, run.year), deliveries_page.PAGE)
        measures = plausibility.read(con, code, run.year)
        found = extract_findings.read(con, [code], run.year)
    outcomes = _checks_of(figures, code, run.year)
    folders = run.scope.folders(code, run.year)
    agrees = outcomes[0].passed
    folder = release.internal_copy(folders) if agrees else folders.draft / folders.internal.name
    workbook = background.submit(
        return_workbook.write_workbook, figures, about, folder / "annual-return.xlsx"
    )
    standing = folder / figures_csv.NAME
    before = editions.read_published(standing) if standing.exists() else None
    moved = since_last_run.told(folder, before, FigureSet(figures, code, run.year))
    figures_csv.write(figures, about, folder)
    _, charts = site_pages.write_internal(figures, about, folder, more=more, findings=found, moved=moved)
    deliveries_page.write(measures, found, about, folder)
    return Begun(figures, about, outcomes, folder, (workbook, charts))


def _checks_of(figures: list[Figure], code: str, year: int) -> tuple[Outcome, Outcome]:
    """The checks of the return against itself; its counts stand in the edition only."""
    from wres_pipeline.reports.annual import submission_checks
    from wres_pipeline.reports.figure_set import FigureSet

    found = submission_checks.checks(FigureSet(figures, code, year))

    def outcome(check: str, severity: str) -> Outcome:
        broken = [one.name for one in found if one.passed is False and one.severity == severity]
        told = f"Does not hold, see Checks in the edition with true counts: {'; '.join(broken)}"
        return Outcome(
            check, RETURN, severity, code, not broken, told if broken else "as expected", len(found)
        )

    return outcome(AGREES, check_outcomes.BLOCKING), outcome(ODD, check_outcomes.WARNING)


def _finish(run: Run, code: str, begun: Begun) -> Done:
    for work in begun.drawn:
        work.result()
    state = "complete" if begun.about.complete else f"incomplete: {', '.join(begun.about.missing_kinds)}"
    facts: dict[str, Fact] = {"figures": len(begun.figures), "state": state}
    folders = run.scope.folders(code, run.year)
    if begun.outcomes[0].passed:
        release.internal_waits(folders, begun.folder)
    place = folders.internal if begun.outcomes[0].passed else begun.folder
    return Done(facts, begun.outcomes, tuple(place / name for name in LINKED))


def texts_read(run: Run, con: duckdb.DuckDBPyConnection, code: str) -> list[bytes | str]:
    """What only printed pages read: the author's texts, sign-off, findings, comparisons, and figures of earlier years."""
    folders = run.scope.folders(code, run.year)
    return fingerprints.content_of(
        *(editions.edition_file(run.scope, code, each) for each in years.all_years() if each < run.year),
        *written_choice.beside(folders.notes),
        *written_choice.beside(run.scope.extracts / code / editions.ACTIONS),
        folders.private / sign_off.FILE,
        folders.private / findings.FILE_NAME,
    ) + [history.mark(con, code, run.year - 1), repr(plausibility.read(con, code, run.year))]


NOTES_STEP = Step(NOTES, one_by_one(_no_beginning, _notes), after=(CHANGES, PROTECTED, DESK), extracts=True)
RETURN_STEP = Step(
    RETURN,
    one_by_one(_begin, _finish),
    (RETURN,),
    after=(CHANGES, PROTECTED, DESK),
    extracts=True,
    reads=texts_read,
)
