"""Making what is due of a period through Dagster, and nothing where nothing is: what `wres run` and `wres quality` share."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wres_pipeline import background
from wres_pipeline.pipelines import checks, landing, month_reports, plan, year_tables
from wres_pipeline.pipelines.publication import PUBLICATION
from wres_pipeline.pipelines.run_scope import RunScope
from wres_pipeline.pipelines.step import Step, StepResult
from wres_pipeline.quality import expectations
from wres_pipeline.quality.expectations import Outcome
from wres_pipeline.reports import drawing_imports
from wres_pipeline.settings import Settings

ANNUAL_JOB, MONTHLY_JOB = "annual_return", "ethnicity_data_quality"


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a period.

    problem: what was not made and why, "" for nothing. failed_checks: (check, words, whether an error). made: the
    organisations whose reports (figures, where no reports are asked for) stand. due: steps carried out, of `steps`.
    """

    problem: str
    failed_checks: list[tuple[str, str, bool]]
    made: list[str]
    due: int
    steps: int


def month_end(first: date) -> date:
    """The last day of a month."""
    return first.replace(day=monthrange(first.year, first.month)[1])


def make_period(settings: Settings, scope: RunScope, period: int | date) -> Made:
    """Make what is due of a reporting year, or of the month that ends on a day, and say how all of it stands."""
    steps = plan.YEAR if isinstance(period, int) else plan.MONTH
    landed, before = _look(scope, period)
    problem = ""
    if landed or before.due:
        problem = _run(settings, scope, period, [] if landed else before.assets(steps), before.due)
    _, after = _look(scope, period) if landed or before.due else (landed, before)
    bodies = scope.codes() if isinstance(period, int) else scope.report_codes()
    due = len(steps) if landed else len(before.due)
    made = after.made_whole(bodies, _last_of(scope, period))
    return Made(problem, failed_checks(steps, after.results), made, due, len(steps))


def _last_of(scope: RunScope, period: int | date) -> str:
    """The step that stands for the whole."""
    if not isinstance(period, int):
        return month_reports.QUALITY
    return PUBLICATION if scope.report_codes() else year_tables.FIGURES


def _look(scope: RunScope, period: int | date) -> tuple[bool, plan.Standing]:
    """(whether extracts have to be landed, what of the plan stands)."""
    with scope.open() as con:
        if landing.changed(scope, con):
            return True, plan.Standing((), ())
        if isinstance(period, int):
            return False, plan.look_at_year(scope, con, period)
        return False, plan.look_at_month(scope, con, period)


def _run(
    settings: Settings, scope: RunScope, period: int | date, assets: Sequence[str], due: Sequence[str]
) -> str:
    """Run the job for what is due; what was not made, in words."""
    checking = not due or {checks.EXTRACT_CHECKS, checks.FINDING_CHECKS, checks.FIGURE_CHECKS} & set(due)
    drawing = scope.report_codes() and (not due or any(name.startswith("report_") for name in due))
    first = [expectations.prepare] if checking else [drawing_imports.prepare] if drawing else []
    then = [drawing_imports.prepare] if checking and drawing else []
    with background.process(settings.log):
        background.prepare(*first, then=then)
        from wres_pipeline.orchestration import running

        asked = running.Asked(
            ANNUAL_JOB if isinstance(period, int) else MONTHLY_JOB,
            period,
            scope.codes() if isinstance(period, int) else scope.report_codes(),
            scope.report_codes(),
            scope.dated.isoformat() if scope.dated else "",
            assets,
        )
        return running.run_job(settings, asked).problem


def failed_checks(steps: Sequence[Step], results: Sequence[StepResult]) -> list[tuple[str, str, bool]]:
    """Every check that stands failed, over all organisations, in the order of the plan: (check, words, an error)."""
    found: dict[str, list[Outcome]] = {}
    place = {step.name: number for number, step in enumerate(steps)}
    for result in sorted(results, key=lambda one: place[one.step]):
        for outcome in result.done.outcomes:
            if not outcome.passed:
                found.setdefault(outcome.check, []).append(outcome)
    return [
        (
            check,
            "; ".join(f"{o.organisation_code}: {o.words}" for o in outcomes),
            any(o.severity != "warning" for o in outcomes),
        )
        for check, outcomes in found.items()
    ]
