"""The table `figure_changes`: what changed since the year before, and how it is replaced whole."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from wres_pipeline import schema
from wres_pipeline.indicators import changes, count_reading
from wres_pipeline.indicators.changes import FigureChange
from wres_pipeline.reference import years

TABLE = "figure_changes"


def make(con: duckdb.DuckDBPyConnection, organisations: Sequence[str], year: int) -> list[FigureChange]:
    """Work out, and keep, what changed at each organisation between the year before and `year`."""
    found: list[FigureChange] = []
    if year - 1 in years.all_years():
        rules, earlier_rules = years.load(year), years.load(year - 1)
        now = count_reading.read_once(con, organisations, rules)
        before = count_reading.read_once(con, organisations, earlier_rules)
        for code in organisations:
            found += changes.between(before[code], now[code], earlier_rules, rules)
    schema.replace(con, TABLE, found, reporting_year=year, organisation_code=list(organisations))
    return found


def read(con: duckdb.DuckDBPyConnection, organisation: str, year: int) -> list[FigureChange]:
    """The changes of one organisation and year, in the order they were worked out in."""
    return schema.read(con, TABLE, FigureChange, organisation_code=organisation, reporting_year=year)
