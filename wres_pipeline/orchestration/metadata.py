"""What an asset tells the catalogue: columns, row counts and small tables of counts, never a person."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import dagster as dg
import duckdb

from wres_pipeline.extracts import contracts
from wres_pipeline.extracts.core import CORE_TABLES, IDENTITIES
from wres_pipeline.indicators import store

OWNER = "team:workforce-information"
POOL = "warehouse"
BY_COMMAND = {"wres/started_by": "command"}
"""The tag of a run that a command made in its own process."""


def columns_of(con: duckdb.DuckDBPyConnection, table: str) -> dg.TableSchema:
    """The column schema of a table or view of the warehouse, with what each column means where it is written
    down."""
    found = con.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = ? ORDER BY ordinal_position",
        [table],
    ).fetchall()
    meaning = _meanings(table)
    return dg.TableSchema(columns=[dg.TableColumn(name, kind, meaning.get(name)) for name, kind in found])


@cache
def _meanings(table: str) -> Mapping[str, str]:
    """Column -> its meaning: the contracts' words for what came in an extract, the open data's for a figure."""
    kind = next((t.kind for t in (*CORE_TABLES, IDENTITIES) if t.name == table), "")
    of_raw = next((k for k in contracts.kinds() if contracts.load(k).table == table), "")
    if kind or of_raw:
        return {column.name: column.description for column in contracts.load(kind or of_raw).columns}
    if table in (store.FIGURES, store.PROTECTED):
        from wres_pipeline.reports.release.figures_csv import DESCRIPTIONS

        return {name: words for name, (_, words, _) in DESCRIPTIONS.items()}
    return {}


def described(con: duckdb.DuckDBPyConnection, table: str, **more: Any) -> dict[str, Any]:
    """The metadata every table's asset carries: its columns and how many rows it has, and what else is given."""
    rows = con.table(table).count("*").fetchall()[0][0]
    return {"dagster/column_schema": columns_of(con, table), "dagster/row_count": rows, **more}


def markdown_table(heading: Sequence[str], rows: Sequence[Sequence[object]]) -> dg.MarkdownMetadataValue:
    """A small table for the asset's page. The caller sees to it that it holds counts only."""
    lines = ["| " + " | ".join(heading) + " |", "|" + " --- |" * len(heading)]
    lines += ["| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |" for row in rows]
    return dg.MetadataValue.md("\n".join(lines))
