"""A reporting year as assets, a cell an organisation: figures, what may be published of them, and everything printed."""

from collections.abc import Iterator
from functools import partial

import dagster as dg

from wres_pipeline.extracts.canonical import core
from wres_pipeline.indicators import store
from wres_pipeline.orchestration import events
from wres_pipeline.orchestration.checks import specs_of
from wres_pipeline.orchestration.metadata import OWNER, about_columns, described, rows_of
from wres_pipeline.orchestration.partitions import YEAR, body_years, by_period, reporting_years, year_key
from wres_pipeline.orchestration.resources import RunConfig, Warehouse
from wres_pipeline.pipelines import annual_return, commissioner_desk, plan, publication, systems, year_tables
from wres_pipeline.pipelines.run_scope import Run, RunScope
from wres_pipeline.reference.indicators import REGISTRY, IndicatorRule

FIGURES, REPORTS = "figures", "reports"
"""Groups of the graph."""
NAMES = {rule.number: f"indicator_{rule.number}" for rule in REGISTRY}
"""Indicator -> the asset, and the view of the warehouse, that holds its figures."""
SOURCES = [
    "core_workforce", "core_applications", "core_recruitment_summary", "core_disciplinary_cases", "core_training",
    "core_survey_results", "core_survey_respondents", "core_board_members", "core_staff",
    *{core.EVENTS for table in core.CORE_TABLES if table.name == core.EVENTS},
]  # fmt: skip
DESK_SOURCES = [
    "figures", "core_provider_returns", "core_survey_results", "core_applications", "core_appraisals", "core_training",
    "raw_staff_survey_organisations",
]  # fmt: skip


def _spec(name: str, group: str, kinds: set[str], deps: list[str], about: str) -> dg.AssetSpec:
    return dg.AssetSpec(
        name, deps=deps, group_name=group, owners=[OWNER], kinds=kinds, description=about, partitions_def=body_years,
        skippable=True, metadata=about_columns(name) if "duckdb" in kinds else None,
    )  # fmt: skip


def _view(rule: IndicatorRule) -> dg.AssetSpec:
    direction = f" Ratio: {rule.direction.replace('_', ' ')}." if rule.direction else ""
    return dg.AssetSpec(
        NAMES[rule.number],
        deps=["figures"],
        group_name=FIGURES,
        owners=[OWNER],
        kinds={"duckdb"},
        description=f"{rule.title}. {rule.wording}.{direction} A view of the figures.",
        metadata={
            "source of the rule": rule.source,
            "evidence": rule.evidence,
            **about_columns(NAMES[rule.number]),
        },
        skippable=True,
    )


SPECS = [
    _spec(
        year_tables.FINDINGS, FIGURES, {"duckdb", "csv"}, ["core_assignments", "core_applications", "deliveries", "quarantine"],
        "One row a finding about the extracts: what was not understood, does not fit, or is gone, with what to do. No person.",
    ),
    _spec(
        year_tables.FIGURES, FIGURES, {"python", "duckdb"}, [*SOURCES, "findings"],
        "The tidy table: one row a figure, with its state, interval, bounds and verdict. Every output reads it, or its "
        "protected copy.",
    ),
    *(_view(rule) for rule in REGISTRY),
    dg.AssetSpec(
        "figure_restatements", deps=["figures"], group_name=FIGURES, owners=[OWNER], kinds={"python", "duckdb"},
        metadata=about_columns("figure_restatements"),
        description="One row a figure that a later run gave another value, with the deliveries before and after.",
        skippable=True,
    ),
    _spec(
        year_tables.CHANGES, FIGURES, {"python", "duckdb"}, ["figures"],
        "One row a figure that has one for the year before: what changed, and whether it can be called real.",
    ),
    _spec(
        year_tables.DESK, FIGURES, {"python", "duckdb"}, DESK_SOURCES,
        "One row a figure of the commissioner's desk: provider log, benchmark, history, population, funnel, opportunities.",
    ),
    _spec(
        year_tables.PROTECTED, FIGURES, {"python", "duckdb"}, ["figures", "core_workforce"],
        "The figures as the public edition may print them: small counts withheld, and others so that none can be worked out.",
    ),
    _spec(
        store.SYSTEM, FIGURES, {"python", "duckdb"}, ["figures"],
        "One row a figure of a system: its members' counts added, everything else worked out from the sums. In the cell of "
        "every member.",
    ),
    _spec(
        store.PROTECTED_SYSTEM, FIGURES, {"python", "duckdb"}, [store.SYSTEM, "protected_figures"],
        "The system's figures as they may be published: a count only where every member's public edition prints its own.",
    ),
    _spec(
        annual_return.RETURN, REPORTS, {"excel", "html", "csv"},
        ["figures", "figure_changes", "protected_figures", "commissioning_figures"],
        "The internal edition: the annual return workbook in the submission's item order, figures.csv and a page.",
    ),
    _spec(
        publication.PUBLICATION, REPORTS, {"excel", "html", "csv"},
        ["protected_figures", "figure_changes", "commissioning_figures", "report_annual_return"],
        "The public edition: static pages, the workbook, open data and the reporting template, from protected figures only.",
    ),
    _spec(
        commissioner_desk.COMMISSIONING, REPORTS, {"html", "word"},
        ["commissioning_figures", "report_annual_return", "report_publication"],
        "Provider log and reviews, benchmark, survey history, residents, fair process and action plan, as pages and Word.",
    ),
    _spec(
        systems.SYSTEM_PAGES, REPORTS, {"html", "csv"},
        [store.SYSTEM, store.PROTECTED_SYSTEM, "report_publication"],
        "The page and the open data of every system of the run, in both editions; none where its figures were not made.",
    ),
]  # fmt: skip


CURVES = events.curves_spec("curves_of_years", FIGURES, "figures", reporting_years)


@dg.multi_asset(
    name="annual_steps",
    specs=SPECS,
    check_specs=specs_of([spec.key.to_user_string() for spec in SPECS]),
    can_subset=True,
    backfill_policy=dg.BackfillPolicy.single_run(),
)
def annual_assets(
    context: dg.AssetExecutionContext, warehouse: Warehouse, scope: RunConfig
) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """Carry out the year's plan for the organisations of the run, each by itself."""
    selected = {key.to_user_string() for key in context.selected_asset_keys}
    all_told = events.Told()
    for period, codes in by_period(context.partition_keys, YEAR).items():
        run, year = scope.scope(warehouse, codes), int(period)
        results = plan.make_year(run, year, run.codes(), plan.steps_for(plan.YEAR, selected))
        all_told.add(
            events.tell(context, results, plan.YEAR, partial(_cells, run, year), partial(rows_of, run, year))
        )
        events.tell_curves(context, CURVES, run, Run(run, year).period, period)
    yield from _views(warehouse, selected)
    yield from events.check_results(context.selected_asset_check_keys, all_told.outcomes)
    events.fail_when_not_made(all_told)


def _cells(run: RunScope, year: int, code: str) -> list[dg.MultiPartitionKey]:
    """The cells a result belongs to: those of a system's members that are in the run, else the organisation's own."""
    system = run.settings.systems.get(code)
    bodies = [member for member in system.members if member in set(run.codes())] if system else [code]
    return [year_key(body, year) for body in bodies]


def _views(warehouse: Warehouse, selected: set[str]) -> Iterator[dg.MaterializeResult]:
    """The views of the figures, and what was restated; none of what no figure was ever made for."""
    with warehouse.open() as con:
        there = {row[0] for row in con.execute("SELECT table_name FROM information_schema.tables").fetchall()}
        for name in [n for n in (*NAMES.values(), "figure_restatements") if n in selected and n in there]:
            yield dg.MaterializeResult(asset_key=name, metadata=described(con, name))
