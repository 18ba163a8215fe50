"""Report assets: everything that leaves the building, printed from the figures."""

from pathlib import Path
from typing import Any

import dagster as dg
import duckdb

from wres_pipeline.indicators import store
from wres_pipeline.orchestration.metadata import OWNER, POOL, markdown_table
from wres_pipeline.orchestration.partitions import reporting_years, year_of
from wres_pipeline.orchestration.resources import Scope, Warehouse
from wres_pipeline.reports import assembly
from wres_pipeline.reports.context import Edition, ReturnContext
from wres_pipeline.settings import Settings


def described(settings: Settings, code: str) -> dict[str, Any]:
    """What the settings say of an organisation, in the words of the report's context."""
    found = settings.organisation(code)
    return {
        "name": found.title,
        "kind": found.kind,
        "fictional": found.fictional,
        "board_lead": found.board_lead,
        "author": found.author,
        "contact": found.contact,
        "commissioners": (found.commissioners_sent_to,) if found.commissioners_sent_to else (),
        "published_at": found.published_at,
    }


def year_folder(scope: Scope, code: str, year: int) -> Path:
    """Where one organisation's outputs of a reporting year stand."""
    return scope.output_folder / code / str(year)


def context_of(
    con: duckdb.DuckDBPyConnection,
    scope: Scope,
    code: str,
    year: int,
    edition: Edition,
    table: str = store.FIGURES,
) -> tuple[list[Any], ReturnContext]:
    """The figures of a year and the year before, and the context of the return they stand in."""
    figures = [*store.read(con, table, code, year), *store.read(con, table, code, year - 1)]
    dated = scope.report_date(assembly.years.load(year).snapshot_date)
    context = assembly.gather(
        con, code, year, figures, edition=edition, described=described(scope.settings(), code), dated=dated,
        notes_file=scope.extracts_folder / code / f"notes_{year}.yaml",
    )  # fmt: skip
    return figures, context


@dg.asset(
    group_name="annual_reports",
    owners=[OWNER],
    kinds={"excel", "html", "csv"},
    deps=["figures"],
    partitions_def=reporting_years,
    pool=POOL,
)
def report_annual_return(
    context: dg.AssetExecutionContext, warehouse: Warehouse, scope: Scope
) -> dg.MaterializeResult:
    """The internal edition: the annual return workbook in the submission's item order, figures.csv and a page."""
    from wres_pipeline.reports import annual_return, figures_csv

    year = year_of(context)
    rows = []
    for code in scope.report_codes():
        with warehouse.open() as con:
            figures, about = context_of(con, scope, code, year, "internal")
        folder = year_folder(scope, code, year) / "internal"
        annual_return.write_workbook(figures, about, folder / "annual-return.xlsx")
        figures_csv.write(figures, about, folder)
        rows.append(
            (
                code,
                len(figures),
                "complete" if about.complete else f"incomplete: {', '.join(about.missing_kinds)}",
            )
        )
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": len(rows),
            "returns": markdown_table(["organisation", "figures", "state"], rows),
            "folder": dg.MetadataValue.text(f"<output>/<organisation>/{year}/internal"),
        }
    )
