"""The figures an indicator is followed by over the years, and the years of which something was delivered beside the return's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import duckdb

from wres_pipeline.indicators import count_reading, typed_counts
from wres_pipeline.indicators.computation import compute
from wres_pipeline.indicators.counts import OrganisationCounts
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import indicators, years
from wres_pipeline.warehouse import sql

PARTS_OF_THE_BOARD = ("board", "workforce")
FOLLOWED = ("percentage", "likelihood")
"""Measures that are followed beside the headline of an indicator."""


def followed(figures: Iterable[Figure]) -> list[Figure]:
    """Of the figures of a year those of the whole workforce, applications or board that are shown over the years; none of a
    year of which nothing has a number.
    """
    found = [
        f
        for f in figures
        if not f.cluster
        and f.measure in (*FOLLOWED, indicators.rule(f.indicator).headline.measure)
        and (f.band in PARTS_OF_THE_BOARD if f.indicator == indicators.BOARD else not f.band)
    ]
    return found if any(f.state in ("value", "zero") for f in found) else []


def years_delivered(con: duckdb.DuckDBPyConnection, organisation: str) -> set[int]:
    """The reporting years of which an organisation has delivered counts or a staff survey."""
    rows = con.execute(sql(__package__, "years_delivered.sql"), {"organisation": organisation}).fetchall()
    return {year for (year,) in rows}


def work_out(con: duckdb.DuckDBPyConnection, organisation: str, year: int) -> list[Figure]:
    """The figures of an earlier year: what was typed for it counts before rows, as a later extract may still hold a part of the
    year's; a part that nobody typed is worked out from rows.
    """
    rules = years.load(year)
    rows = count_reading.read_once(con, [organisation], rules)[organisation]
    typed = typed_counts.typed_cells(con, [organisation], year).get(organisation)
    if typed is None:
        return compute(rows, rules)
    bare = OrganisationCounts(organisation, year, survey=rows.survey)
    counts = typed_counts.filled(bare, typed.cells, rules, typed.deliveries)
    parts = ("workforce", "recruitment", "discipline", "training", "board")
    rest = {part: getattr(rows, part) for part in parts if getattr(counts, part) is None}
    return compute(replace(counts, **rest), rules)


def mark(con: duckdb.DuckDBPyConnection, organisation: str, before: int) -> str:
    """A text that differs when a figure kept of a year before is another."""
    try:
        return repr(
            con.execute(
                sql(__package__, "figures_kept.sql"), {"organisation": organisation, "before": before}
            ).fetchall()
        )
    except duckdb.CatalogException:  # no figure was ever kept
        return "none"
