"""Running a job from the command line, in this process, recorded in the same Dagster home the web UI shows."""

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import dagster as dg

from wres_pipeline.governance import audit_trail
from wres_pipeline.orchestration import event_connections, partitions, recovery
from wres_pipeline.orchestration.assembly import build_definitions
from wres_pipeline.orchestration.home import prepare_home
from wres_pipeline.orchestration.metadata import BY_COMMAND
from wres_pipeline.pipelines import performing, warehouse_slot
from wres_pipeline.settings import Settings


@dataclass
class RunResult:
    """How a job went: `problem` says in words what was not made; `seconds` holds the wall time of each step."""

    success: bool
    problem: str = ""
    failed_checks: list[tuple[str, str, bool]] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a command asks for: the job, its reporting year or month (by its last day), organisations and reports.

    assets: those to be made, where the others stand; () for all of the job.
    """

    job: str
    period: int | date
    organisations: Sequence[str]
    reports_for: Sequence[str]
    dated: str = ""
    assets: Sequence[str] = ()


@contextmanager
def _quiet(log: Path) -> Iterator[None]:
    """Dagster's event log goes to a file: the terminal shows the result, the file and the web UI the steps."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a", encoding="utf-8") as out:
        sys.stderr.flush()
        kept = os.dup(2)
        try:
            os.dup2(out.fileno(), 2)
            with redirect_stderr(out):
                yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def _range_of(asked: Asked, first: str, last: str) -> dict[str, str]:
    if isinstance(asked.period, int):
        keys = [partitions.year_key(code, asked.period) for code in (first, last)]
    else:
        keys = [partitions.month_key(code, asked.period) for code in (first, last)]
    return partitions.range_tags(*keys)


def run_job(settings: Settings, asked: Asked, say: Callable[[str], None] = print) -> RunResult:
    """Run what is asked for in this process and say how it went, with the failed checks of the run.

    Runs whose process is gone are ended first. say: called with words while the run waits for another. Raises
    KeyboardInterrupt for a run that was stopped by one.
    """
    home = prepare_home(settings.dagster_home)
    with dg.DagsterInstance.get() as instance, event_connections.kept_open(instance):
        recovery.end_dead_runs(instance)
        partitions.ensure_organisations(instance, asked.organisations)
        ran = RunResult(success=True)
        with performing.watched(), warehouse_slot.hold(settings.warehouse, f"a command, {asked.job}", say):
            for first, last in partitions.stretches(instance, asked.organisations):
                with _quiet(settings.log):
                    _run(settings, asked, instance, _range_of(asked, first, last), ran)
    assert home.is_dir()
    return ran


def _run(
    settings: Settings, asked: Asked, instance: dg.DagsterInstance, tags: dict[str, str], ran: RunResult
) -> None:
    definitions = build_definitions(
        settings,
        organisations=list(asked.organisations),
        reports_for=list(asked.reports_for),
        no_reports=not asked.reports_for,
        dated=asked.dated,
    )
    began = time.perf_counter()
    result = definitions.resolve_job_def(asked.job).execute_in_process(
        instance=instance,
        raise_on_error=False,
        tags={**BY_COMMAND, **tags},
        asset_selection=[dg.AssetKey(name) for name in asked.assets] or None,
    )
    audit_trail.append(
        settings.dagster_home,
        f"ran {asked.job}",
        partition=str(asked.period),
        organisations=", ".join(asked.organisations)
        if len(asked.organisations) <= 20
        else f"{len(asked.organisations)}",
        run=result.run_id,
        settings=settings.fingerprint,
        outcome="made" if result.success else "stopped" if _interrupted(result) else "not made",
    )
    performing.stop_if_asked()
    if _interrupted(result):
        raise KeyboardInterrupt
    ran.seconds["job"] = ran.seconds.get("job", 0) + time.perf_counter() - began
    ran.success = ran.success and result.success
    for event in result.all_events:
        _note(event, ran)
    if not result.success and not ran.problem:
        ran.problem = "the run failed"


def _interrupted(result: dg.ExecuteInProcessResult) -> bool:
    """Whether somebody stopped the run: Dagster takes the interrupt down as the failure of the step it fell into."""
    failures = [event.step_failure_data for event in result.all_events if event.is_step_failure]
    return any(
        failure.error is not None
        and failure.error.cls_name
        in (dg.DagsterExecutionInterruptedError.__name__, KeyboardInterrupt.__name__)
        for failure in failures
    )


def _note(event: dg.DagsterEvent, ran: RunResult) -> None:
    """Take down a failed check, a step's time, or what stopped a step."""
    if event.event_type_value == "ASSET_CHECK_EVALUATION":
        found = event.asset_check_evaluation_data
        told = (found.check_name, found.description or "", found.severity == dg.AssetCheckSeverity.ERROR)
        if not found.passed and told not in ran.failed_checks:
            ran.failed_checks.append(told)
    elif event.event_type_value == "STEP_SUCCESS":
        ran.seconds[event.step_key or ""] = event.step_success_data.duration_ms / 1000
    elif event.event_type_value == "STEP_FAILURE":
        failure = event.step_failure_data
        if failure.user_failure_data is not None and failure.user_failure_data.description:
            ran.problem = ran.problem or failure.user_failure_data.description
            return
        cause = failure.error.cause if failure.error and failure.error.cause else failure.error
        words = (cause.message if cause else "").strip().splitlines()
        ran.problem = (
            ran.problem or f"the step {event.step_key} failed: {words[0] if words else 'unknown error'}"
        )
