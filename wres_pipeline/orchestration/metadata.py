"""What an asset tells the catalogue: columns, row counts and small tables of counts, never a person."""

from collections.abc import Sequence
from typing import Any

import dagster as dg
import duckdb

OWNER = "team:workforce-information"
POOL = "warehouse"


def columns_of(con: duckdb.DuckDBPyConnection, table: str) -> dg.TableSchema:
    """The column schema of a table or view of the warehouse."""
    found = con.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = ? ORDER BY ordinal_position",
        [table],
    ).fetchall()
    return dg.TableSchema(columns=[dg.TableColumn(name, kind) for name, kind in found])


def described(con: duckdb.DuckDBPyConnection, table: str, **more: Any) -> dict[str, Any]:
    """The metadata every table's asset carries: its columns and how many rows it has, and what else is given."""
    rows = con.table(table).count("*").fetchall()[0][0]
    return {"dagster/column_schema": columns_of(con, table), "dagster/row_count": rows, **more}


def markdown_table(heading: Sequence[str], rows: Sequence[Sequence[object]]) -> dg.MarkdownMetadataValue:
    """A small table for the asset's page. The caller sees to it that it holds counts only."""
    lines = ["| " + " | ".join(heading) + " |", "|" + " --- |" * len(heading)]
    lines += ["| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |" for row in rows]
    return dg.MetadataValue.md("\n".join(lines))
