"""What an asset tells the catalogue: columns, row counts and small tables of counts, never a person."""

from collections.abc import Sequence
from typing import Any

import dagster as dg
import duckdb

from wres_pipeline import schema
from wres_pipeline.extracts.intake import landing
from wres_pipeline.indicators import store

OWNER = "team:workforce-information"
BY_COMMAND = {"wres/started_by": "command"}
"""The tag of a run that a command made in its own process."""


def columns_of(table: str) -> dg.TableSchema:
    """The column schema of a table or view of the warehouse, with what each column means."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                column.name, column.type, column.meaning + (f" Unit: {column.unit}." if column.unit else "")
            )
            for column in _declared(table).columns
        ]
    )


def one_row_is(table: str) -> str:
    """What one row of a table is, as the description of its asset."""
    declared = _declared(table)
    return f"One row is {declared.one_row_is}." + (" Restricted." if declared.restricted else "")


def _declared(table: str) -> schema.Table:
    raw = next((found for found in landing.raw_tables() if found.name == table), None)
    return raw or store.indicator_view(table) or schema.table(table)


def described(con: duckdb.DuckDBPyConnection, table: str, **more: Any) -> dict[str, Any]:
    """The metadata every table's asset carries: its columns and how many rows it has, and what else is given."""
    rows = con.table(table).count("*").fetchall()[0][0]
    return {"dagster/column_schema": columns_of(table), "dagster/row_count": rows, **more}


def markdown_table(heading: Sequence[str], rows: Sequence[Sequence[object]]) -> dg.MarkdownMetadataValue:
    """A small table for the asset's page. The caller sees to it that it holds counts only."""
    lines = ["| " + " | ".join(heading) + " |", "|" + " --- |" * len(heading)]
    lines += ["| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |" for row in rows]
    return dg.MetadataValue.md("\n".join(lines))
