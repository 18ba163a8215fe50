"""The table `commissioning_figures`: how a publication's rows are replaced whole, and read again."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from wres_pipeline.commissioner.figure import COLUMNS, CommissioningFigure, from_rows, to_rows
from wres_pipeline.warehouse import sql, transaction

TABLE = "commissioning_figures"


def create_table(con: duckdb.DuckDBPyConnection) -> None:
    """Make the table where it is not there yet."""
    con.execute(sql(__package__, "commissioning_figures.sql"))


def replace(
    con: duckdb.DuckDBPyConnection,
    figures: Sequence[CommissioningFigure],
    reporting_year: int,
    organisations: Sequence[str],
) -> None:
    """Put `figures` in place of what the table holds for the year's publications of these organisations."""
    create_table(con)
    rows = to_rows(figures)
    with transaction(con):
        con.execute(
            sql(__package__, "delete_commissioning_figures.sql"),
            {"reporting_year": reporting_year, "organisations": list(organisations)},
        )
        if rows:
            columns = dict(zip(COLUMNS, (list(column) for column in zip(*rows, strict=True)), strict=True))
            con.execute(sql(__package__, "insert_commissioning_figures.sql"), columns)


def read(
    con: duckdb.DuckDBPyConnection, organisation_code: str, reporting_year: int
) -> list[CommissioningFigure]:
    """The rows of one publication, in the order they were worked out in."""
    create_table(con)
    return from_rows(
        con.execute(
            sql(__package__, "read_commissioning_figures.sql"),
            {"organisation_code": organisation_code, "reporting_year": reporting_year},
        ).fetchall()
    )
