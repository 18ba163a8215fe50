"""The plan of a run: its steps in order, which organisations a period serves, and carrying it out, whoever asks for it.

The command, the web UI, the schedules and the sensors all run this.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from wres_pipeline.extracts.intake import folder
from wres_pipeline.pipelines import checks, landing, performing, systems, year_tables
from wres_pipeline.pipelines.annual_return import NOTES, NOTES_STEP, RETURN_STEP
from wres_pipeline.pipelines.commissioner_desk import COMMISSIONING_STEP
from wres_pipeline.pipelines.month_reports import MONTH_REPORTS
from wres_pipeline.pipelines.month_tables import MONTH_TABLES
from wres_pipeline.pipelines.publication import PUBLICATION_STEP
from wres_pipeline.pipelines.run_scope import Run, RunScope
from wres_pipeline.pipelines.step import Step, StepResult
from wres_pipeline.pipelines.year_tables import YEAR_TABLES
from wres_pipeline.reports.release import release

YEAR: tuple[Step, ...] = (
    *landing.CORE_STEPS,
    *YEAR_TABLES,
    systems.SYSTEM_TABLES_STEP,
    NOTES_STEP,
    RETURN_STEP,
    PUBLICATION_STEP,
    COMMISSIONING_STEP,
    systems.SYSTEM_PAGES_STEP,
)
"""Extracts that have landed to the annual return of one reporting year."""
MONTH: tuple[Step, ...] = (*landing.CORE_STEPS, *MONTH_TABLES, *MONTH_REPORTS)
"""Extracts that have landed to the ethnicity data quality of one month."""
ALWAYS = frozenset(
    {
        landing.CORE,
        landing.IDENTITIES,
        checks.EXTRACT_CHECKS,
        year_tables.FINDINGS,
        checks.FINDING_CHECKS,
        checks.FIGURE_CHECKS,
        NOTES,
    }
)
"""Steps that no asset stands for: they come before whatever is asked for, so that a gate never rests on old checks."""


def served(scope: RunScope, codes: Sequence[str], year: int) -> list[str]:
    """The organisations whose extracts hold something for the reporting year, in the order given."""
    return [code for code in codes if year in folder.reporting_years(scope.extracts, code)[1]]


def steps_for(plan: Sequence[Step], assets: Collection[str]) -> set[str]:
    """The names of the steps that make these assets, with those that come before whatever is made."""
    return {step.name for step in plan if step.name in ALWAYS or set(step.assets) & set(assets)}


def make_year(
    scope: RunScope, year: int, codes: Sequence[str], wanted: Collection[str] | None = None
) -> Iterator[StepResult]:
    """Carry out the year's plan for those of the organisations that it serves."""
    bodies = served(scope, codes, year)
    for code in bodies:
        release.begin(scope.folders(code, year))
    try:
        yield from performing.perform(
            Run(scope, year), YEAR, bodies, systems=systems.systems_of(scope), wanted=wanted
        )
    finally:  # a return whose publication was not made
        for code in bodies:
            release.settle(scope.folders(code, year))


def make_month(
    scope: RunScope, as_at: date, codes: Sequence[str], wanted: Collection[str] | None = None
) -> Iterator[StepResult]:
    """Carry out the plan of the month that ends on the day."""
    run = Run(scope, folder.year_ending(as_at), as_at)
    yield from performing.perform(run, MONTH, codes, wanted=wanted)


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a plan stands, and what of it is due.

    due: names of the steps that have to be carried out for an organisation at least. results: what stands, a result a
    step and organisation.
    """

    due: tuple[str, ...]
    results: tuple[StepResult, ...]

    def assets(self, plan: Sequence[Step]) -> list[str]:
        """The assets that are to be made."""
        return [asset for step in plan if step.name in self.due for asset in step.assets]

    def made_whole(self, codes: Sequence[str], last: str) -> list[str]:
        """The organisations of which a step stands."""
        there = {one.organisation_code for one in self.results if one.step == last}
        return [code for code in codes if code in there]


def look_at_year(scope: RunScope, con: duckdb.DuckDBPyConnection, year: int) -> Standing:
    """What of the year's plan stands for the organisations of the run that the year serves."""
    bodies = served(scope, scope.codes(), year)
    due, results = performing.due(Run(scope, year), con, YEAR, bodies, systems.systems_of(scope))
    return Standing(tuple(due), tuple(results))


def look_at_month(scope: RunScope, con: duckdb.DuckDBPyConnection, as_at: date) -> Standing:
    """What of the month's plan stands for the organisations whose reports are made."""
    run = Run(scope, folder.year_ending(as_at), as_at)
    due, results = performing.due(run, con, MONTH, scope.report_codes(), ())
    return Standing(tuple(due), tuple(results))


def make_checks(scope: RunScope, year: int, codes: Sequence[str]) -> Iterator[StepResult]:
    """Bring the canonical rows up to date and put the checks of extracts to them."""
    steps = [step for step in YEAR if step.name in (landing.CORE, landing.IDENTITIES, checks.EXTRACT_CHECKS)]
    yield from performing.perform(Run(scope, year), steps, codes)
