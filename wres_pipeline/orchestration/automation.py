"""What runs by itself: landing what arrives and the month's report that follows it, a monthly run and a yearly draft."""

import hashlib
import os
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import dagster as dg

from wres_pipeline.extracts.intake import folder
from wres_pipeline.orchestration import annual, extracts, monthly, partitions, recovery
from wres_pipeline.orchestration.resources import RunConfig
from wres_pipeline.pipelines import month_reports

ANNUAL_JOB, MONTHLY_JOB, LANDING_JOB = "annual_return", "ethnicity_data_quality", "land_new_extracts"

_landing = dg.AssetSelection.assets(*extracts.land_extracts.keys, *extracts.core_tables.keys)


def _assets(specs: list[dg.AssetSpec]) -> dg.AssetSelection:
    return dg.AssetSelection.assets(*(spec.key for spec in specs))


annual_return_job = dg.define_asset_job(
    ANNUAL_JOB,
    selection=_landing | _assets(annual.SPECS),
    description="The main job: extracts to the annual return of one reporting year.",
    tags={"wres/kind": "annual"},
)
monthly_quality_job = dg.define_asset_job(
    MONTHLY_JOB,
    selection=_landing | _assets(monthly.SPECS),
    description="Ethnicity data quality and the TRAC-to-ESR gap of one month.",
    tags={"wres/kind": "monthly"},
)
land_job = dg.define_asset_job(
    LANDING_JOB,
    selection=_landing,
    description="Land new files of the extracts folder, bring the canonical rows up to date and check them.",
)

LONDON = "Europe/London"
STATE = "wres/extracts_state"
"""The tag of a landing run: which state of the extracts folder it is to land."""
ATTEMPT = "wres/attempt"
LOOKED_AT = 100
"""Landings among which the newest of the sensor's own is looked for; others were asked for by hand. [ours]"""
LOOK_EVERY = max(int(os.environ.get("WRES_LOOK_EVERY", "60")), 1)
"""Seconds between two looks at the folder of extracts and at the runs."""
RETRY_AFTER = tuple(LOOK_EVERY * times for times in (1, 5, 15, 60))
"""Seconds after a failed landing until it is tried again, the last again and again."""


def run_of_all(
    instance: dg.DagsterInstance, codes: Sequence[str], period: int | date, run_key: str
) -> list[dg.RunRequest]:
    """Requests of runs that serve these organisations for a reporting year or a month (by its last day)."""
    requests = []
    for first, last in partitions.stretches(instance, codes):
        if isinstance(period, int):
            keys = [partitions.year_key(code, period) for code in (first, last)]
        else:
            keys = [partitions.month_key(code, period) for code in (first, last)]
        tags = partitions.range_tags(*keys)
        requests.append(dg.RunRequest(run_key=f"{run_key}-{first}", tags=tags))
    return requests


@dg.schedule(
    job=monthly_quality_job,
    cron_schedule="0 6 5 * *",
    name="monthly_quality",
    execution_timezone=LONDON,
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="On the fifth of each month: the quality report of the month before, of every organisation.",
)
def monthly_quality_schedule(
    context: dg.ScheduleEvaluationContext, scope: RunConfig
) -> list[dg.RunRequest] | dg.SkipReason:
    """One run for the month that has just ended; Dagster's own monthly schedule would ask for the one just begun."""
    last_of_month = context.scheduled_execution_time.date().replace(day=1) - timedelta(days=1)
    codes = _known(context.instance, scope)
    if not codes:
        return dg.SkipReason("The extracts folder holds no organisation.")
    return run_of_all(context.instance, codes, last_of_month, run_key=f"quality-{last_of_month:%Y-%m}")


@dg.schedule(
    job=annual_return_job,
    cron_schedule="0 6 6 4 *",
    name="annual_return_each_april",
    execution_timezone=LONDON,
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="On 6 April, when the extracts of 31 March are in: a first draft of the year's return.",
)
def annual_return_schedule(
    context: dg.ScheduleEvaluationContext, scope: RunConfig
) -> list[dg.RunRequest] | dg.SkipReason:
    """One run for the reporting year that has just ended."""
    year = context.scheduled_execution_time.year
    if str(year) not in partitions.reporting_years.get_partition_keys():
        return dg.SkipReason(
            f"There are no settings for {year}: add wres_pipeline/reference/years/{year}.yaml."
        )
    codes = _known(context.instance, scope)
    if not codes:
        return dg.SkipReason("The extracts folder holds no organisation.")
    return run_of_all(context.instance, codes, year, run_key=f"annual-{year}")


def _known(instance: dg.DagsterInstance, scope: RunConfig) -> list[str]:
    codes = folder.organisations(Path(scope.extracts))
    partitions.ensure_organisations(instance, codes)
    return codes


@dg.sensor(
    job=land_job,
    name="new_extracts",
    minimum_interval_seconds=LOOK_EVERY,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="When extracts, own labels or decisions are new or have changed, and have stopped changing: land them. A "
    "landing that failed is tried again, at first soon and then less often.",
)
def new_extracts_sensor(
    context: dg.SensorEvaluationContext, scope: RunConfig
) -> dg.SensorResult | dg.SkipReason:
    """Asks for a landing when the folder is not as the last landing that went well found it."""
    extracts = Path(scope.extracts)
    listing = state_of(extracts)
    settled, _, landed = (context.cursor or "").partition("|")
    if not listing or listing == landed:
        return dg.SkipReason("No new extracts.")
    if listing != settled:
        context.update_cursor(f"{listing}|{landed}")
        return dg.SkipReason("New extracts are arriving; they are landed when they have stopped changing.")
    newest = _newest_landing(context.instance)
    attempt, after = 1, newest.dagster_run.run_id[:8] if newest else "none"
    if newest and newest.dagster_run.tags[STATE] == listing:
        status, attempt = newest.dagster_run.status, int(newest.dagster_run.tags.get(ATTEMPT, "1"))
        if status == dg.DagsterRunStatus.SUCCESS:
            context.update_cursor(f"{listing}|{listing}")
            return dg.SkipReason("The extracts have landed.")
        if not newest.dagster_run.is_finished:
            return dg.SkipReason("The extracts are being landed.")
        waited = _seconds_since(newest)
        pause = RETRY_AFTER[min(attempt, len(RETRY_AFTER)) - 1]
        if waited < pause:
            return dg.SkipReason(f"The landing failed; it is tried again in {pause - waited:.0f} seconds.")
        attempt += 1
    codes = folder.organisations(extracts)
    known = set(context.instance.get_dynamic_partitions(partitions.ORGANISATION))
    new = [code for code in codes if code not in known]
    return dg.SensorResult(
        run_requests=[
            dg.RunRequest(
                run_key=f"land-{listing}-after-{after}-{attempt}",
                tags={STATE: listing, ATTEMPT: str(attempt)},
            )
        ],
        dynamic_partitions_requests=[partitions.organisations.build_add_request(new)] if new else None,
    )


def _newest_landing(instance: dg.DagsterInstance) -> dg.RunRecord | None:
    """The newest run that the sensor asked for. An older one of the same state says nothing: a file that was taken away again
    leaves the folder as it was before, and the warehouse with the file."""
    runs = instance.get_run_records(dg.RunsFilter(job_name=land_job.name), limit=LOOKED_AT)
    return next((run for run in runs if STATE in run.dagster_run.tags), None)


def _seconds_since(record: dg.RunRecord) -> float:
    return time.time() - (record.end_time or record.update_timestamp.timestamp())


def state_of(extracts: Path) -> str:
    """A short fingerprint of the listing of every organisation's folder, own labels and decisions too; "" for nothing."""
    now = [
        f"{path.relative_to(extracts).as_posix()}:{path.stat().st_size}:{path.stat().st_mtime_ns}"
        for code in folder.organisations(extracts)
        for path in sorted((extracts / code).rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    ]
    return hashlib.sha256("\n".join(now).encode()).hexdigest()[:16] if now else ""


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.SUCCESS,
    monitored_jobs=[land_job],
    request_job=monthly_quality_job,
    name="month_follows_landing",
    minimum_interval_seconds=min(LOOK_EVERY, 30),
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="When a landing went well: the quality report of the latest month that has a staff list, and of a body whose "
    "own latest is an earlier one, if it was never made. What has not changed is not made again, and an organisation whose checks "
    "fail is refused by itself.",
)
def month_follows_landing(
    context: dg.RunStatusSensorContext, scope: RunConfig
) -> list[dg.RunRequest] | dg.SkipReason:
    """A run for the latest month of the organisations that have a staff list of it, and for that of one that came late."""
    extracts = Path(scope.extracts)
    codes = folder.organisations(extracts)
    latest = {code: month for code in codes if (month := folder.latest_month(extracts, [code]))}
    if not latest:
        return dg.SkipReason("No organisation has a staff list.")
    partitions.ensure_organisations(context.instance, codes)
    made = context.instance.get_materialized_partitions(dg.AssetKey(month_reports.QUALITY))
    requests = []
    for month in sorted(set(latest.values())):
        as_at = partitions.month_end(month.isoformat())
        bodies = [
            code
            for code, own in latest.items()
            if own == month
            and (own == max(latest.values()) or str(partitions.month_key(code, as_at)) not in made)
        ]
        key = f"after-{context.dagster_run.run_id}-{month:%Y-%m}"
        requests += run_of_all(context.instance, bodies, as_at, run_key=key)
    return requests


@dg.sensor(
    name="runs_whose_process_is_gone",
    minimum_interval_seconds=LOOK_EVERY,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Ends runs whose process was killed or died with the machine, so that they are seen to have failed.",
)
def dead_runs_sensor(context: dg.SensorEvaluationContext) -> dg.SkipReason:
    """Looks at every run that has not ended."""
    ended = recovery.end_dead_runs(
        context.instance, unseen=recovery.BEGINNING
    )  # it is beside what begins them
    return dg.SkipReason(
        f"Ended: {', '.join(run[:8] for run in ended)}." if ended else "Every run that has not ended lives."
    )


SCHEDULES = [monthly_quality_schedule, annual_return_schedule]
SENSORS = [new_extracts_sensor, month_follows_landing, dead_runs_sensor]
