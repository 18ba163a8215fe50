"""Where every part meets: the Dagster definitions of the pipeline, and nothing else."""

import warnings
from collections.abc import Sequence

import dagster as dg

from wres_pipeline import settings as settings_module
from wres_pipeline.governance import rights
from wres_pipeline.orchestration import alerting, annual, automation, checks, extracts, jobs, monthly
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
    assets = [extracts.land_extracts, extracts.core_tables, annual.annual_assets, monthly.monthly_assets]
    return dg.Definitions(
        assets=with_places(assets),
        asset_checks=[checks.checks_of_extracts],
        jobs=[jobs.annual_return_job, jobs.monthly_quality_job, jobs.land_job],
        schedules=automation.SCHEDULES,
        sensors=[*automation.SENSORS, alerting.gap_alert_sensor],
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


rights.keep_to_the_owner()  # the web UI and its daemon load this module first
defs = build_definitions(settings_module.load())
