"""The commissioner's desk as assets: providers, benchmark, staff-survey history, population, funnel and opportunities."""

import dagster as dg
import duckdb

from wres_pipeline.commissioner import comments, dashboard
from wres_pipeline.commissioner import read as desk_reading
from wres_pipeline.commissioner import store as desk_store
from wres_pipeline.commissioner.figure import CommissioningFigure
from wres_pipeline.indicators import store
from wres_pipeline.orchestration.metadata import OWNER, POOL, described, markdown_table
from wres_pipeline.orchestration.partitions import reporting_years, year_of
from wres_pipeline.orchestration.resources import RunConfig, Warehouse
from wres_pipeline.reference import years
from wres_pipeline.reference.population import OWN_FILE as RESIDENTS
from wres_pipeline.reference.population import own_rows


def desk_settings(scope: RunConfig, code: str) -> desk_reading.DeskSettings:
    """What the settings and the organisation's own files say of its desk."""
    found = scope.settings().organisation(code)
    written = scope.extracts_folder / code / comments.FILE
    return desk_reading.DeskSettings(
        residents_of=found.residents_of,
        residents_ages=found.residents_ages,
        own_residents=own_rows(scope.extracts_folder / code / RESIDENTS),
        providers=found.providers,
        predecessors=found.predecessors,
        comments=comments.load(written) if written.exists() else (),
    )


def inputs_of(con: duckdb.DuckDBPyConnection, scope: RunConfig, code: str, year: int) -> dashboard.DeskInputs:
    """What the desk of one organisation and year is worked out from."""
    rules = years.load(year)
    figures = {code: store.read(con, store.FIGURES, code, year)}
    dated = scope.report_date(rules.publication_deadline)
    return desk_reading.inputs(con, figures, rules, {code: desk_settings(scope, code)}, dated)[code]


@dg.asset(
    group_name="commissioning",
    owners=[OWNER],
    kinds={"python", "duckdb"},
    deps=[
        "figures",
        "core_provider_returns",
        "core_survey_results",
        "core_applications",
        "core_appraisals",
        "core_training",
        "raw_staff_survey_organisations",
    ],
    partitions_def=reporting_years,
    pool=POOL,
)
def commissioning_figures(
    context: dg.AssetExecutionContext, warehouse: Warehouse, scope: RunConfig
) -> dg.MaterializeResult:
    """One row a figure of the commissioner's desk: provider log, benchmark, history, population, funnel, opportunities."""
    year = year_of(context)
    sections: dict[tuple[str, str], int] = {}
    made: list[CommissioningFigure] = []
    with warehouse.open() as con:
        codes = scope.report_codes()
        for code in codes:
            found = dashboard.internal(
                inputs_of(con, scope, code, year), store.read(con, store.FIGURES, code, year)
            )
            made += found.figures
            for figure in found.figures:
                sections[code, figure.section] = sections.get((code, figure.section), 0) + 1
        desk_store.replace(con, made, year, codes)
        rows = [(code, section.replace("_", " "), n) for (code, section), n in sections.items()]
        return dg.MaterializeResult(
            metadata=described(
                con,
                "commissioning_figures",
                sections=markdown_table(["organisation", "section", "figures"], rows),
            )
        )
