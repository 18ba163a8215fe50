"""Running a job from the command line, in this process, recorded in the same Dagster home the web UI shows."""

import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass, field
from pathlib import Path

import dagster as dg
from filelock import FileLock, Timeout

from wres_pipeline.definitions import build_definitions
from wres_pipeline.governance import audit_trail
from wres_pipeline.orchestration.metadata import BY_COMMAND
from wres_pipeline.settings import Settings

DAGSTER_YAML = """\
event_log_storage:
  module: wres_pipeline.orchestration.event_store
  class: EventStore
  config:
    home:
      env: DAGSTER_HOME
telemetry:
  enabled: false
nux:
  enabled: false
freshness:
  enabled: true
concurrency:
  pools:
    default_limit: 1
    granularity: op
run_monitoring:
  enabled: true
  max_runtime_seconds: 21600
  free_slots_after_run_end_seconds: 60
"""
"""The turn at the warehouse that a run started in the web UI held when it was killed comes free at the latest
after six hours; in the meantime the Runs page ends such a run. A killed run of the command gives it back at
the next."""


@dataclass
class RunResult:
    """How a job went: `problem` says in words what stopped it; `seconds` holds the wall time of each step."""

    success: bool
    problem: str = ""
    failed_checks: list[tuple[str, str, bool]] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)


def prepare_home(home: Path) -> Path:
    """Make the Dagster home with its settings, and point DAGSTER_HOME at it (it must be absolute)."""
    home = home.resolve()
    home.mkdir(parents=True, exist_ok=True)
    file = home / "dagster.yaml"
    if not file.exists():
        file.write_text(DAGSTER_YAML, encoding="utf-8")
    os.environ["DAGSTER_HOME"] = str(home)
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "1"
    return home


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


UNENDED = [
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]


@contextmanager
def _in_the_open(home: Path, instance: dg.DagsterInstance) -> Iterator[None]:
    """Give back the turn at the warehouse that a killed run of this command still holds: nobody else would, ever.

    The lock is held while a run lives, and the system lets go of it when its process dies: who gets it knows that every
    run of the command which has not ended never will.
    """
    lock = FileLock(home / "wres.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        yield  # another run is at work: its turn is its own, and this run waits for it
        return
    try:
        for run in instance.get_runs(dg.RunsFilter(statuses=UNENDED, tags=BY_COMMAND)):
            instance.event_log_storage.free_concurrency_slots_for_run(run.run_id)
            instance.report_run_failed(run, "The process of this run was ended before the run was.")
        yield
    finally:
        lock.release()


def chosen(definitions: dg.Definitions, groups: Sequence[str]) -> list[dg.AssetKey] | None:
    """The assets of these groups; None, which is all of a job's, for no groups."""
    if not groups:
        return None
    return sorted(dg.AssetSelection.groups(*groups).resolve(definitions.resolve_asset_graph()))


def run_job(
    settings: Settings,
    job: str,
    partition: str,
    *,
    organisations: list[str],
    reports_for: list[str],
    no_reports: bool,
    dated: str,
    groups: Sequence[str] = (),
) -> RunResult:
    """Run `job` for one partition in this process and say how it went, with the failed checks of the run.

    groups: only the assets of these groups, where an earlier job of the same command has made the others.
    """
    home = prepare_home(settings.dagster_home)
    definitions = build_definitions(
        settings, organisations=organisations, reports_for=reports_for, no_reports=no_reports, dated=dated
    )
    with _quiet(settings.log), dg.DagsterInstance.get() as instance, _in_the_open(home, instance):
        began = time.perf_counter()
        result = definitions.resolve_job_def(job).execute_in_process(
            instance=instance,
            partition_key=partition,
            raise_on_error=False,
            tags=BY_COMMAND,
            asset_selection=chosen(definitions, groups),
        )
        ran = RunResult(success=result.success)
        ran.seconds["job"] = time.perf_counter() - began
        for event in result.all_events:
            if event.event_type_value == "ASSET_CHECK_EVALUATION":
                found = event.asset_check_evaluation_data
                if not found.passed:
                    blocking = found.severity == dg.AssetCheckSeverity.ERROR
                    ran.failed_checks.append((found.check_name, found.description or "", blocking))
            elif event.event_type_value == "STEP_SUCCESS":
                ran.seconds[event.step_key or ""] = event.step_success_data.duration_ms / 1000
            elif event.event_type_value == "STEP_FAILURE":
                error = event.step_failure_data.error
                cause = error.cause if error and error.cause else error
                if error and error.cls_name == "DagsterAssetCheckFailedError":
                    continue  # the failed check itself is told, in its own words
                words = (cause.message if cause else "").strip().splitlines()
                ran.problem = (
                    ran.problem
                    or f"the step {event.step_key} failed: {words[0] if words else 'unknown error'}"
                )
    if not ran.success and not ran.problem:
        ran.problem = "a blocking check failed"
    audit_trail.append(
        home,
        f"ran {job}",
        partition=partition,
        organisations=", ".join(organisations) if len(organisations) <= 20 else f"{len(organisations)}",
        run=result.run_id,
        settings=settings.fingerprint,
        outcome="made" if ran.success else "not made",
    )
    return ran
