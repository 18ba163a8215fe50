"""The monthly purge: what is due is told in the run, and taken out only where the settings say so."""

import dataclasses
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg

from wres_pipeline.governance import purging
from wres_pipeline.governance.committed_files import CommittedFilesError
from wres_pipeline.orchestration.automation import LONDON
from wres_pipeline.orchestration.resources import RunConfig, Warehouse

PURGE_JOB = "purge_what_is_due"
NOT_ASKED = "Nothing was changed. `wres purge --really` takes it out, or [retention] each_month = true in wres.toml does each month."


@dg.op(
    description="Tells what has been kept longer than [retention] allows; takes it out where each_month is true."
)
def what_is_due(context: dg.OpExecutionContext, warehouse: Warehouse, scope: RunConfig) -> None:
    """Lines of counts, kinds and years in the run's log; they name nobody."""
    settings = dataclasses.replace(
        scope.settings(),
        extracts=Path(scope.extracts),
        output=Path(scope.output),
        warehouse=Path(warehouse.path),
    )
    really = settings.retention.each_month
    try:
        told = purging.purge(settings, datetime.now(UTC).date(), really=really)
    except CommittedFilesError as error:
        raise dg.Failure(str(error), allow_retries=False) from None
    for line in told or ["Nothing has been kept longer than the settings allow."]:
        context.log.info(line)
    if told and not really:
        context.log.warning(NOT_ASKED)
    context.add_output_metadata({"due": len(told), "taken_out": really and bool(told)})


@dg.job(
    name=PURGE_JOB,
    description="What has been kept long enough: told, and taken out where the settings say so.",
)
def purge_job() -> None:
    """One step."""
    what_is_due()


purge_schedule = dg.ScheduleDefinition(
    job=purge_job,
    cron_schedule="0 3 12 * *",
    name="monthly_purge",
    execution_timezone=LONDON,
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="On the twelfth of each month at three in the morning: what has been kept longer than the settings allow.",
)
