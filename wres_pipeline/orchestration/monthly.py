"""A month's ethnicity data quality as assets, a cell an organisation: links, the gap, figures and reports."""

from collections.abc import Iterator
from datetime import date
from functools import partial

import dagster as dg

from wres_pipeline.orchestration import events
from wres_pipeline.orchestration.checks import specs_of
from wres_pipeline.orchestration.metadata import OWNER, about_columns, rows_of
from wres_pipeline.orchestration.partitions import MONTH, body_months, by_period, month_end, month_key, months
from wres_pipeline.orchestration.resources import RunConfig, Warehouse
from wres_pipeline.pipelines import month_reports, month_tables, plan
from wres_pipeline.pipelines.run_scope import Run

QUALITY, REPORTS = "data_quality", "reports"
"""Groups of the graph."""


def _spec(name: str, group: str, kinds: set[str], deps: list[str], about: str) -> dg.AssetSpec:
    return dg.AssetSpec(
        name, deps=deps, group_name=group, owners=[OWNER], kinds=kinds, description=about, partitions_def=body_months,
        skippable=True, metadata=about_columns(name) if "duckdb" in kinds else None,
    )  # fmt: skip


SPECS = [
    _spec(
        month_tables.LINKS, QUALITY, {"duckdb", "sql", "splink"}, ["core_identities", "core_applications", "core_staff", "core_assignments"],
        "One row an appointed application: the member of staff it was linked to, by which pass, how surely. Restricted.",
    ),
    _spec(
        month_tables.GAP, QUALITY, {"duckdb", "sql"}, ["linkage_links", "core_applications", "core_staff"],
        "One row an appointed application, in exactly one of eleven states: in sync, missing in ESR, conflict … Restricted.",
    ),
    _spec(
        month_tables.QUALITY_FIGURES, QUALITY, {"duckdb", "python"},
        ["quality_gap", "core_workforce", "deliveries", "quarantine", "restatements"],
        "One row a figure of the month's ethnicity data quality: states, trend, forecast, gap, conflicts, deliveries.",
    ),
    _spec(
        month_reports.QUALITY, REPORTS, {"html", "excel", "csv"}, ["quality_figures"],
        "The month's ethnicity data-quality report: page, workbook and figures, for circulation and with true counts.",
    ),
    _spec(
        month_reports.RESTRICTED, REPORTS, {"csv"}, ["quality_gap", "linkage_links", "quarantine"],
        "People's rows for the people team: corrections to key into ESR, links, pairs to decide, quarantine. Mode 0600.",
    ),
]  # fmt: skip


def _cells(as_at: date, code: str) -> list[dg.MultiPartitionKey]:
    return [month_key(code, as_at)]


CURVES = events.curves_spec("curves_of_months", QUALITY, "quality_figures", months)


@dg.multi_asset(
    name="monthly_steps",
    specs=SPECS,
    check_specs=specs_of([spec.key.to_user_string() for spec in SPECS]),
    can_subset=True,
    backfill_policy=dg.BackfillPolicy.single_run(),
)
def monthly_assets(
    context: dg.AssetExecutionContext, warehouse: Warehouse, scope: RunConfig
) -> Iterator[dg.AssetCheckResult]:
    """Carry out the month's plan for the organisations of the run, each by itself."""
    selected = {key.to_user_string() for key in context.selected_asset_keys}
    all_told = events.Told()
    for month, codes in by_period(context.partition_keys, MONTH).items():
        run, as_at = scope.scope(warehouse, codes), month_end(month)
        results = plan.make_month(run, as_at, run.report_codes(), plan.steps_for(plan.MONTH, selected))
        all_told.add(
            events.tell(context, results, plan.MONTH, partial(_cells, as_at), partial(rows_of, run, as_at))
        )
        events.tell_curves(context, CURVES, run, Run(run, as_at.year, as_at).period, month)
    yield from events.check_results(context.selected_asset_check_keys, all_told.outcomes)
    events.fail_when_not_made(all_told)
