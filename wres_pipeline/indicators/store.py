"""The tables figures are kept in: `figures`, its views by indicator, and how a year of it is replaced whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import duckdb

from wres_pipeline.indicators import count_reading
from wres_pipeline.indicators.computation import compute
from wres_pipeline.indicators.figure import COLUMN_TYPES, COLUMNS, Figure, from_rows, to_rows
from wres_pipeline.reference import years
from wres_pipeline.reference.indicators import REGISTRY
from wres_pipeline.warehouse import transaction

FIGURES = "figures"
PROTECTED = "protected_figures"
SYSTEM, PROTECTED_SYSTEM = "system_figures", "protected_system_figures"


def create_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Make `figures`, `protected_figures`, the same two of systems, and a view `indicator_<number>` for each indicator."""
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMN_TYPES.items())
    for table in (FIGURES, PROTECTED, SYSTEM, PROTECTED_SYSTEM):
        con.execute(f"CREATE TABLE IF NOT EXISTS {table} ({columns})")
    con.execute(
        "CREATE TABLE IF NOT EXISTS figure_restatements (organisation_code VARCHAR, reporting_year INTEGER, "
        "indicator VARCHAR, measure VARCHAR, cluster VARCHAR, band VARCHAR, ethnic_group VARCHAR, before_shown VARCHAR, "
        "after_shown VARCHAR, before_deliveries VARCHAR, after_deliveries VARCHAR)"
    )
    for rule in REGISTRY:
        number = rule.number.replace("'", "")
        con.execute(
            f"CREATE OR REPLACE VIEW indicator_{number} AS SELECT * FROM figures WHERE indicator = '{number}'"  # noqa: S608
        )


def replace(
    con: duckdb.DuckDBPyConnection,
    table: str,
    figures: Sequence[Figure],
    years: Iterable[int],
    organisations: Sequence[str],
) -> None:
    """Put `figures` in place of what `table` holds for these years and organisations, all or nothing."""
    create_tables(con)
    rows = to_rows(figures)
    kinds = [COLUMN_TYPES[name] for name in COLUMNS]
    with transaction(con):
        con.execute(
            f"DELETE FROM {table} WHERE list_contains($years, reporting_year) AND list_contains($codes, organisation_code)",  # noqa: S608
            {"years": list(years), "codes": list(organisations)},
        )
        if rows:
            picks = ", ".join(f"unnest(?::{kind}[])" for kind in kinds)
            con.execute(
                f"INSERT INTO {table} SELECT {picks}", [list(column) for column in zip(*rows, strict=True)]
            )  # noqa: S608


def read(con: duckdb.DuckDBPyConnection, table: str, organisation: str, year: int) -> list[Figure]:
    """The figures of one organisation and year, in the order they were worked out in."""
    rows = con.execute(
        f"SELECT {', '.join(COLUMNS)} FROM {table} WHERE organisation_code = ? AND reporting_year = ? ORDER BY rowid",  # noqa: S608
        [organisation, year],
    ).fetchall()
    return from_rows(rows)


def work_out(
    con: duckdb.DuckDBPyConnection, organisations: Sequence[str], year: int
) -> dict[str, list[Figure]]:
    """The figures of a year by organisation, worked out and not kept."""
    rules = years.load(year)
    found = count_reading.read(con, organisations, rules)
    return {code: compute(found[code], rules) for code in organisations}


def make(con: duckdb.DuckDBPyConnection, organisations: Sequence[str], year: int) -> list[Figure]:
    """Work out, and keep, the figures of `year` and of the year before it, which stands beside it in every
    return.

    An organisation of which nothing is known for the year before gets no figures for it.
    """
    known = years.all_years()
    made: list[Figure] = []
    for each in (year - 1, year):
        if each not in known:
            continue
        figures: list[Figure] = []
        for mine in work_out(con, organisations, each).values():
            if each == year or any(figure.state in ("value", "zero") for figure in mine):
                figures += mine
        _note_moves(con, figures, each)
        replace(con, FIGURES, figures, [each], organisations)
        made += figures
    return made


def _note_moves(con: duckdb.DuckDBPyConnection, figures: Sequence[Figure], year: int) -> int:
    """Keep in `figure_restatements` each figure that was there before with another value; gives how many."""
    create_tables(con)
    codes = sorted({figure.organisation_code for figure in figures})
    rows = con.execute(
        f"SELECT {', '.join(COLUMNS)} FROM figures WHERE reporting_year = $year "  # noqa: S608
        "AND list_contains($codes, organisation_code)",
        {"year": year, "codes": codes},
    ).fetchall()
    before = {figure.key: figure for figure in from_rows(rows)}
    moves = [
        (*figure.key, old.shown, figure.shown, old.deliveries, figure.deliveries)
        for figure in figures
        if (old := before.get(figure.key)) is not None
        and (old.shown, old.state, _as_float(old)) != (figure.shown, figure.state, _as_float(figure))
    ]
    if moves:
        kinds = ["VARCHAR", "INTEGER", *["VARCHAR"] * 9]
        picks = ", ".join(f"unnest(?::{kind}[])" for kind in kinds)
        con.execute(
            f"INSERT INTO figure_restatements SELECT {picks}",  # noqa: S608
            [list(column) for column in zip(*moves, strict=True)],
        )
    return len(moves)


def _as_float(figure: Figure) -> float | None:
    return None if figure.value is None else float(figure.value)
