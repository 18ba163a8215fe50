"""What an asset tells the catalogue: columns, row counts and small tables of counts, never a person."""

import os
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import dagster as dg
import duckdb

from wres_pipeline import schema
from wres_pipeline.extracts import contracts
from wres_pipeline.extracts.intake import landing
from wres_pipeline.indicators import store
from wres_pipeline.pipelines.run_scope import RunScope
from wres_pipeline.schema import lineage

OWNER = "team:workforce-information"
PERIODS = ("reporting_year", "month", "as_at")
"""Columns that say of which period a row is."""
HEADINGS = 2
"""Headings of an extract's column that are named; the others are counted."""
PAGES = {
    "report_annual_return": "annual-run.html",
    "report_publication": "annual-run.html",
    "report_quality": "ethnicity-data-quality.html",
    "report_restricted": "ethnicity-data-quality.html",
}
"""Asset that is no table -> its page of the documentation; any other's is the list of assets."""
BY_COMMAND = {"wres/started_by": "command"}
"""The tag of a run that a command made in its own process."""


def columns_of(table: str) -> dg.TableSchema:
    """The column schema of a table or view of the warehouse, with what each column means and, of an extract, how it is headed."""
    headed = _headings(table)
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                column.name,
                column.type,
                column.meaning.rstrip(".")
                + "."
                + (f" Unit: {column.unit}." if column.unit else "")
                + headed.get(column.name, ""),
            )
            for column in _declared(table).columns
        ]
    )


def _headings(table: str) -> dict[str, str]:
    """Column of a raw table -> the headings of the extract it is read from, in words."""
    kind = next((kind for kind in contracts.kinds() if contracts.load(kind).table == table), None)
    if kind is None:
        return {}
    return {
        column.name: f" Heading: {', '.join(column.headings[:HEADINGS])}"
        + (f" or one of {len(column.headings) - HEADINGS} more." if len(column.headings) > HEADINGS else ".")
        for column in contracts.load(kind).columns
        if column.headings
    }


def lineage_of(table: str) -> dict[str, dg.TableColumnLineage]:
    """The metadata that says from which columns those of a table come; nothing where it is not known."""
    known = lineage.sources(table)
    if not known:
        return {}
    deps = {
        column: [dg.TableColumnDep(dg.AssetKey(asset), of) for asset, of in places]
        for column, places in known.items()
    }
    return {"dagster/column_lineage": dg.TableColumnLineage(deps)}


def about_columns(table: str) -> dict[str, dg.TableSchema]:
    """The metadata of the definition of an asset that is a table: its columns are seen before it was ever made."""
    return {"dagster/column_schema": columns_of(table)}


def one_row_is(table: str) -> str:
    """What one row of a table is, as the description of its asset."""
    declared = _declared(table)
    return f"One row is {declared.one_row_is}." + (" Restricted." if declared.restricted else "")


def _declared(table: str) -> schema.Table:
    raw = next((found for found in landing.raw_tables() if found.name == table), None)
    return raw or store.indicator_view(table) or schema.table(table)


def described(con: duckdb.DuckDBPyConnection, table: str, **more: Any) -> dict[str, Any]:
    """The metadata every table's asset is told with: how many rows it has, where its columns come from, and what else is given."""
    rows = con.table(table).count("*").fetchall()[0][0]
    return {"dagster/row_count": rows, **lineage_of(table), **more}


def documented(spec: dg.AssetSpec) -> dg.AssetSpec:
    """An asset with a link to what the documentation says of it, where WRES_DOCUMENTATION names the address of the site."""
    base = os.environ.get("WRES_DOCUMENTATION", "").rstrip("/")
    link = (
        {"documentation": dg.MetadataValue.url(f"{base}/{page_of(spec.key.to_user_string())}")}
        if base
        else {}
    )
    return spec.merge_attributes(metadata=link)


def page_of(asset: str) -> str:
    """The page of the documentation, as `make site` makes it, and the place there that is about an asset."""
    kind = next((kind for kind in contracts.kinds() if contracts.load(kind).table == asset), None)
    if kind is not None:
        words = re.sub(r"[^\w ]", "", contracts.load(kind).title.lower())
        return f"data-dictionary.html#{'-'.join([*words.split(), kind])}"
    if store.indicator_view(asset):
        return "methods.html#3-the-nine-indicators"
    if is_stored(asset) or asset in schema.views():
        return f"data-dictionary.html#{asset}"
    return PAGES.get(asset, "assets.html")


def is_stored(table: str) -> bool:
    """Whether an asset is a table that the pipeline stores."""
    return any(one.name == table for one in schema.stored_tables())


def rows_of(scope: RunScope, period: int | date, table: str) -> dict[str, int]:
    """Organisation -> its rows of a year, or of the month that ends on a day."""
    of = next(name for name in PERIODS if name in schema.table(table).names)
    with scope.open() as con:
        told = con.execute(
            f"SELECT organisation_code, count(*) FROM {table} WHERE {of} = ? GROUP BY ALL",  # noqa: S608 - names of ours
            [period],
        ).fetchall()
    return dict(told)


def markdown_table(heading: Sequence[str], rows: Sequence[Sequence[object]]) -> dg.MarkdownMetadataValue:
    """A small table for the asset's page. The caller sees to it that it holds counts only."""
    lines = ["| " + " | ".join(heading) + " |", "|" + " --- |" * len(heading)]
    lines += ["| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |" for row in rows]
    return dg.MetadataValue.md("\n".join(lines))
