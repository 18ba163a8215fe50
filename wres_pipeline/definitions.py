"""Where every part meets: the Dagster definitions of the pipeline, and nothing else."""

import dagster as dg

from wres_pipeline import settings as settings_module
from wres_pipeline.governance import rights
from wres_pipeline.orchestration import (
    alerting,
    automation,
    checks,
    commissioner,
    commissioner_reports,
    core,
    disclosure,
    findings,
    indicators,
    jobs,
    quality,
    raw,
    reports,
    system,
)
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
    return dg.Definitions(
        assets=[
            raw.land_extracts,
            *core.core_assets,
            core.core_workforce,
            core.core_staff_identities,
            findings.findings,
            indicators.indicator_assets,
            disclosure.figure_changes,
            commissioner.commissioning_figures,
            disclosure.protected_figures,
            system.system_assets,
            quality.linkage_links,
            quality.quality_gap,
            quality.quality_figures,
            quality.report_quality,
            quality.report_restricted,
            reports.report_annual_return,
            reports.report_publication,
            commissioner_reports.report_commissioning,
            system.report_system,
        ],
        asset_checks=checks.expectation_checks,
        jobs=[jobs.annual_return_job, jobs.monthly_quality_job, jobs.land_job],
        schedules=[automation.monthly_quality_schedule, automation.annual_return_schedule],
        sensors=[automation.new_extracts_sensor, alerting.gap_alert_sensor],
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


rights.keep_to_the_owner()  # the web UI and its daemon load this module first
defs = build_definitions(settings_module.load())
