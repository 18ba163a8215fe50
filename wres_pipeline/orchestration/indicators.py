"""Indicator assets: the nine and the disparity ratios, and the one tidy table of figures they stand in."""

from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg
import duckdb

from wres_pipeline.indicators import store
from wres_pipeline.linkage import linking
from wres_pipeline.linkage.decisions import FILE_NAME as DECISIONS
from wres_pipeline.orchestration.metadata import OWNER, POOL, described, markdown_table
from wres_pipeline.orchestration.partitions import reporting_years, year_of
from wres_pipeline.orchestration.resources import RunConfig, Warehouse
from wres_pipeline.quality import gap
from wres_pipeline.reference import years
from wres_pipeline.reference.indicators import REGISTRY

SOURCES = {
    "1": ["core_workforce"],
    "2": ["core_applications", "core_recruitment_summary"],
    "3": ["core_workforce", "core_disciplinary_cases"],
    "4": ["core_workforce", "core_training"],
    "5": ["core_survey_results", "core_survey_respondents"],
    "6": ["core_survey_results", "core_survey_respondents"],
    "7": ["core_survey_results", "core_survey_respondents"],
    "8": ["core_survey_results", "core_survey_respondents"],
    "9": ["core_workforce", "core_board_members"],
    "race_disparity": ["core_workforce"],
}


def asset_name(number: str) -> str:
    """The asset, and the view of the warehouse, that holds one indicator's figures."""
    return f"indicator_{number}"


NAMES = {rule.number: asset_name(rule.number) for rule in REGISTRY}


@contextmanager
def ethnicity_as_used(con: duckdb.DuckDBPyConnection, scope: RunConfig, year: int) -> Iterator[None]:
    """Inside, the workforce as the settings want it counted: as in ESR, or with what was declared in TRAC put in.

    Only where `use_declared_in_trac` says so are declared values used, for the organisations whose reports are made.
    """
    settings = scope.settings()
    if not settings.gap.use_declared_in_trac:
        yield
        return
    snapshot = years.load(year).snapshot_date
    codes = scope.report_codes()
    linking.link(con, codes, snapshot, {code: scope.extracts_folder / code / DECISIONS for code in codes})
    gap.account(
        con, codes, snapshot, normal_lag_days=settings.gap.normal_lag_days, own_lag=settings.gap.lag_limits
    )
    with gap.as_if_closed(con, codes, snapshot):
        yield


@dg.multi_asset(
    name="indicators",
    specs=[
        *(
            dg.AssetSpec(
                NAMES[rule.number],
                deps=[*SOURCES[rule.number], "findings", "core_staff_identities"]
                if "core_workforce" in SOURCES[rule.number]
                else [*SOURCES[rule.number], "findings"],
                group_name="indicators",
                owners=[OWNER],
                kinds={"python", "duckdb"},
                description=f"{rule.title}. {rule.wording}."
                + (f" Ratio: {rule.direction.replace('_', ' ')}." if rule.direction else ""),
                metadata={"source of the rule": rule.source, "evidence": rule.evidence},
            )
            for rule in REGISTRY
        ),
        dg.AssetSpec(
            "figure_restatements",
            deps=["figures"],
            group_name="indicators",
            owners=[OWNER],
            kinds={"python", "duckdb"},
            description="One row a figure that a later run gave another value, with the deliveries before and after.",
        ),
        dg.AssetSpec(
            "figures",
            deps=list(NAMES.values()),
            group_name="indicators",
            owners=[OWNER],
            kinds={"python", "duckdb"},
            description="The tidy table: one row a figure, with its state, interval, bounds and verdict. Every output "
            "reads it, or its protected copy.",
        ),
    ],
    partitions_def=reporting_years,
    pool=POOL,
)
def indicator_assets(
    context: dg.AssetExecutionContext, warehouse: Warehouse, scope: RunConfig
) -> Iterator[dg.MaterializeResult]:
    """Work out the year's figures, and those of the year before that stand beside them, for every organisation."""
    year = year_of(context)
    with warehouse.open() as con:
        with ethnicity_as_used(con, scope, year):
            made = store.make(con, scope.codes(), year, scope.mappings())
        for number, name in NAMES.items():
            rows = [
                (f.organisation_code, f.measure, f.cluster, f.ethnic_group or "all", f.shown)
                for f in made
                if f.indicator == number
                and f.reporting_year == year
                and f.unit in ("ratio", "percentage_points")
            ]
            yield dg.MaterializeResult(
                asset_key=name,
                metadata=described(
                    con,
                    name,
                    headline=markdown_table(
                        ["organisation", "measure", "cluster", "group", "shown"], rows[:40]
                    ),
                ),
            )
        states: dict[str, int] = {}
        for figure in made:
            states[figure.state] = states.get(figure.state, 0) + 1
        yield dg.MaterializeResult(
            asset_key="figures",
            metadata=described(
                con, "figures", states=markdown_table(["state", "figures"], sorted(states.items()))
            ),
        )
        yield dg.MaterializeResult(
            asset_key="figure_restatements", metadata=described(con, "figure_restatements")
        )
