"""What runs by itself: a monthly quality run, the annual return, and a sensor on the extracts folder."""

from datetime import timedelta

import dagster as dg

from wres_pipeline.orchestration.jobs import annual_return_job, land_job, monthly_quality_job
from wres_pipeline.orchestration.partitions import reporting_years
from wres_pipeline.orchestration.resources import RunConfig

LONDON = "Europe/London"


@dg.schedule(
    job=monthly_quality_job,
    cron_schedule="0 6 5 * *",
    name="monthly_quality",
    execution_timezone=LONDON,
    description="On the fifth of each month: the quality report of the month before.",
)
def monthly_quality_schedule(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """One run for the month that has just ended; Dagster's own monthly schedule would ask for the one just begun."""
    last_of_month = context.scheduled_execution_time.date().replace(day=1) - timedelta(days=1)
    month = last_of_month.replace(day=1).isoformat()
    return dg.RunRequest(partition_key=month, run_key=f"quality-{month}")


@dg.schedule(
    job=annual_return_job,
    cron_schedule="0 6 6 4 *",
    name="annual_return_each_april",
    execution_timezone=LONDON,
    description="On 6 April, when the extracts of 31 March are in: a first draft of the year's return.",
)
def annual_return_schedule(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """One run for the reporting year that has just ended."""
    year = str(context.scheduled_execution_time.year)
    if year not in reporting_years.get_partition_keys():
        return dg.SkipReason(
            f"There are no settings for {year}: add wres_pipeline/reference/years/{year}.yaml."
        )
    return dg.RunRequest(partition_key=year, run_key=f"annual-{year}")


@dg.sensor(
    job=land_job,
    name="new_extracts",
    minimum_interval_seconds=60,
    description="When extracts are new or have changed, and have stopped changing: land them.",
)
def new_extracts_sensor(
    context: dg.SensorEvaluationContext, scope: RunConfig
) -> dg.RunRequest | dg.SkipReason:
    """Asks for a landing run when a file of the extracts folder is new or has changed, and has stopped growing."""
    folder = scope.extracts_folder
    now = sorted(
        f"{path.relative_to(folder).as_posix()}:{path.stat().st_size}:{path.stat().st_mtime_ns}"
        for code in scope.codes()
        for path in (folder / code).iterdir()
        if path.is_file()
    ) if folder.is_dir() else []  # fmt: skip
    state = str(hash_of(now))
    settled, _, landed = (context.cursor or "").partition("|")
    if not now or state == landed:
        return dg.SkipReason("No new extracts.")
    if state != settled:
        context.update_cursor(f"{state}|{landed}")
        return dg.SkipReason("New extracts are arriving; they are landed when they have stopped changing.")
    context.update_cursor(f"{state}|{state}")
    return dg.RunRequest(run_key=f"land-{state}")


def hash_of(lines: list[str]) -> str:
    """A short fingerprint of a folder's listing."""
    import hashlib

    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
