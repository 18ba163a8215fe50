"""What is done by the calendar: the dates to keep each morning, and the monthly purge."""

import dataclasses
from datetime import UTC, date, datetime
from pathlib import Path

import dagster as dg

from wres_pipeline.extracts.intake import folder
from wres_pipeline.governance import purging
from wres_pipeline.governance.committed_files import CommittedFilesError
from wres_pipeline.orchestration.automation import LONDON
from wres_pipeline.orchestration.metadata import OWNER
from wres_pipeline.orchestration.resources import RunConfig, Warehouse
from wres_pipeline.reports.calendar import deadlines, writing


@dg.asset(
    name="report_deadlines",
    group_name="reports",
    owners=[OWNER],
    kinds={"html"},
    description="The dates each organisation has to keep: snapshot, submission, sign-off, publication, due actions, "
    "confirmations that end. A page and an iCalendar file, in deadlines/ of its outputs.",
)
def report_deadlines(context: dg.AssetExecutionContext, scope: RunConfig) -> dg.MaterializeResult:
    """Write the page and the file of every organisation."""
    settings, extracts, output = scope.settings(), Path(scope.extracts), Path(scope.output)
    today = date.today()  # noqa: DTZ011 - a calendar is about the day it is read
    told: dict[str, dg.MetadataValue] = {}
    for code in scope.organisations or folder.organisations(extracts):
        page, _ = writing.write(code, settings.organisation(code).title, extracts, output, today)
        told[code] = dg.MetadataValue.path(str(page.resolve()))
        ahead = [one for one in deadlines.of_body(code, extracts, output, today) if one.day >= today]
        if ahead:
            told[f"{code}, next"] = dg.MetadataValue.text(f"{ahead[0].day}: {ahead[0].what}")
    return dg.MaterializeResult(metadata=told)


deadlines_job = dg.define_asset_job(
    "deadline_calendar",
    selection=[report_deadlines],
    description="The page and the iCalendar file of the dates each organisation has to keep.",
)
deadlines_schedule = dg.ScheduleDefinition(
    name="deadline_calendar_each_morning",
    job=deadlines_job,
    cron_schedule="30 5 * * *",
    execution_timezone=LONDON,
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Each morning at half past five: the dates each organisation has to keep.",
)


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
