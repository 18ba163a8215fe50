"""The table `figure_changes`: what changed since the year before, and how it is replaced whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from fractions import Fraction
from typing import Any

import duckdb

from wres_pipeline.indicators import changes, count_reading
from wres_pipeline.indicators.changes import FigureChange
from wres_pipeline.reference import years
from wres_pipeline.warehouse import transaction

TABLE = "figure_changes"
_INTEGERS = {"reporting_year", "earlier_year"}
_NUMBERS = {"earlier_value", "value", "change", "definition_part", "population_part", "remaining_part", "p"}
COLUMN_TYPES = {
    f.name: "INTEGER"
    if f.name in _INTEGERS
    else "DOUBLE"
    if f.name in _NUMBERS
    else "BOOLEAN"
    if f.name == "headline"
    else "VARCHAR"
    for f in fields(FigureChange)
}


def create_table(con: duckdb.DuckDBPyConnection) -> None:
    """Make `figure_changes` where it is not there yet."""
    con.execute(
        f"CREATE TABLE IF NOT EXISTS {TABLE} ({', '.join(f'{n} {k}' for n, k in COLUMN_TYPES.items())})"
    )


def make(con: duckdb.DuckDBPyConnection, organisations: Sequence[str], year: int) -> list[FigureChange]:
    """Work out, and keep, what changed at each organisation between the year before and `year`."""
    create_table(con)
    found: list[FigureChange] = []
    if year - 1 in years.all_years():
        rules, earlier_rules = years.load(year), years.load(year - 1)
        now = count_reading.read(con, organisations, rules)
        before = count_reading.read(con, organisations, earlier_rules)
        for code in organisations:
            found += changes.between(before[code], now[code], earlier_rules, rules)
    rows = [tuple(_plain(getattr(change, name)) for name in COLUMN_TYPES) for change in found]
    with transaction(con):
        con.execute(
            f"DELETE FROM {TABLE} WHERE reporting_year = $year AND list_contains($codes, organisation_code)",  # noqa: S608
            {"year": year, "codes": list(organisations)},
        )
        if rows:
            picks = ", ".join(f"unnest(?::{kind}[])" for kind in COLUMN_TYPES.values())
            con.execute(
                f"INSERT INTO {TABLE} SELECT {picks}", [list(column) for column in zip(*rows, strict=True)]
            )  # noqa: S608
    return found


def read(con: duckdb.DuckDBPyConnection, organisation: str, year: int) -> list[FigureChange]:
    """The changes of one organisation and year, in the order they were worked out in."""
    create_table(con)
    rows = con.execute(
        f"SELECT {', '.join(COLUMN_TYPES)} FROM {TABLE} WHERE organisation_code = ? AND reporting_year = ? ORDER BY rowid",  # noqa: S608
        [organisation, year],
    ).fetchall()
    return [FigureChange(*row) for row in rows]


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Fraction) else value
