"""The deadline calendar as an asset, made each morning: its days run out without any delivery."""

from datetime import date
from pathlib import Path

import dagster as dg

from wres_pipeline.extracts.intake import folder
from wres_pipeline.orchestration.automation import LONDON
from wres_pipeline.orchestration.metadata import OWNER
from wres_pipeline.orchestration.resources import RunConfig
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
