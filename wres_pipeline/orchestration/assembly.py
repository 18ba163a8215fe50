"""Every asset, check, job, schedule and sensor put together, with the folders and organisations of one run."""

import warnings
from collections.abc import Sequence

import dagster as dg

from wres_pipeline.orchestration import (
    alerting,
    annual,
    automation,
    checks,
    extracts,
    housekeeping,
    monthly,
    telling,
)
from wres_pipeline.orchestration.metadata import documented
from wres_pipeline.orchestration.resources import RunConfig, Warehouse
from wres_pipeline.settings import Settings


def build_definitions(
    settings: Settings,
    *,
    organisations: list[str] | None = None,
    reports_for: list[str] | None = None,
    no_reports: bool = False,
    dated: str = "",
) -> dg.Definitions:
    """Every asset, check, job, schedule and sensor, with the folders and organisations of one run."""
    assets = [
        extracts.land_extracts,
        extracts.core_tables,
        annual.annual_assets,
        monthly.monthly_assets,
        housekeeping.report_deadlines,
    ]
    return dg.Definitions(
        assets=[
            *with_places([each.map_asset_specs(documented) for each in assets]),
            documented(annual.CURVES),
            documented(monthly.CURVES),
        ],
        asset_checks=[checks.checks_of_extracts, checks.no_delivery_is_late],
        jobs=[
            automation.annual_return_job,
            automation.monthly_quality_job,
            automation.land_job,
            housekeeping.deadlines_job,
            housekeeping.purge_job,
        ],
        schedules=[*automation.SCHEDULES, housekeeping.deadlines_schedule, housekeeping.purge_schedule],
        sensors=[*automation.SENSORS, alerting.gap_alert_sensor, telling.told_sensor],
        resources={
            "warehouse": Warehouse(path=str(settings.warehouse)),
            "scope": RunConfig(
                extracts=str(settings.extracts),
                output=str(settings.output),
                organisations=organisations or [],
                reports_for=reports_for or [],
                no_reports=no_reports,
                dated=dated,
            ),
        },
        executor=dg.in_process_executor,
    )


def with_places(assets: list[dg.AssetsDefinition]) -> Sequence[dg.AssetsDefinition]:
    """The assets with the file and line each is made in, which the web UI links to."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", dg.BetaWarning)
        return dg.with_source_code_references(assets)  # type: ignore[return-value]
