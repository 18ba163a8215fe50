"""The table `commissioning_figures`: how a publication's rows are replaced whole, and read again."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from wres_pipeline import schema
from wres_pipeline.commissioner.figure import CommissioningFigure

TABLE = "commissioning_figures"


def replace(
    con: duckdb.DuckDBPyConnection,
    figures: Sequence[CommissioningFigure],
    reporting_year: int,
    organisations: Sequence[str],
) -> None:
    """Put `figures` in place of what the table holds for the year's publications of these organisations."""
    schema.replace(con, TABLE, figures, reporting_year=reporting_year, organisation_code=list(organisations))


def read(
    con: duckdb.DuckDBPyConnection, organisation_code: str, reporting_year: int
) -> list[CommissioningFigure]:
    """The rows of one publication, in the order they were worked out in."""
    return schema.read(
        con, TABLE, CommissioningFigure, organisation_code=organisation_code, reporting_year=reporting_year
    )
