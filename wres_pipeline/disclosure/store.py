"""What the public edition may print, kept in the warehouse: protected figures, protected tables, and what is
withheld.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import duckdb

from wres_pipeline.disclosure.protect import Protected, Withholding
from wres_pipeline.disclosure.tables import ProtectedTable
from wres_pipeline.indicators import store
from wres_pipeline.indicators.figure import FigureKey
from wres_pipeline.warehouse import transaction


def create_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Make the tables that are not there yet."""
    store.create_tables(con)
    con.execute(
        "CREATE TABLE IF NOT EXISTS protected_tables (organisation_code VARCHAR, edition INTEGER, name VARCHAR, "
        "cell VARCHAR, people BIGINT)"
    )
    con.execute(
        "CREATE TABLE IF NOT EXISTS withheld_figures (organisation_code VARCHAR, edition INTEGER, figure VARCHAR, "
        "what VARCHAR, because VARCHAR)"
    )


def replace(
    con: duckdb.DuckDBPyConnection, organisation: str, edition: int, years: Sequence[int], made: Protected
) -> None:
    """Put one edition of one organisation in place of what stands there, all or nothing."""
    create_tables(con)
    store.replace(con, store.PROTECTED, made.figures, years, [organisation])
    cells = [
        (name, json.dumps(key), count)
        for name, table in sorted(made.tables.items())
        for key, count in table.counts.items()
    ]
    with transaction(con):
        for table in ("protected_tables", "withheld_figures"):
            con.execute(
                f"DELETE FROM {table} WHERE organisation_code = ? AND edition = ?",  # noqa: S608
                [organisation, edition],
            )
        if cells:
            con.execute(
                "INSERT INTO protected_tables SELECT ?, ?, unnest(?::VARCHAR[]), unnest(?::VARCHAR[]), unnest(?::BIGINT[])",
                [organisation, edition, *(list(column) for column in zip(*cells, strict=True))],
            )
        if made.withheld:
            con.execute(
                "INSERT INTO withheld_figures SELECT ?, ?, unnest(?::VARCHAR[]), unnest(?::VARCHAR[]), unnest(?::VARCHAR[])",
                [
                    organisation,
                    edition,
                    [words_of(one) for one in made.withheld],
                    [one.what for one in made.withheld],
                    [one.because for one in made.withheld],
                ],
            )


def tables(con: duckdb.DuckDBPyConnection, organisation: str, edition: int) -> dict[str, ProtectedTable]:
    """The protected tables of one edition, by name."""
    create_tables(con)
    rows = con.execute(
        "SELECT name, cell, people FROM protected_tables WHERE organisation_code = ? AND edition = ? ORDER BY rowid",
        [organisation, edition],
    ).fetchall()
    found: dict[str, dict[tuple[str, ...], int | None]] = {}
    for name, cell, people in rows:
        found.setdefault(name, {})[tuple(json.loads(cell))] = people
    return {name: ProtectedTable(name, counts) for name, counts in found.items()}


def withheld(con: duckdb.DuckDBPyConnection, organisation: str, edition: int) -> list[tuple[str, str]]:
    """What the edition withholds and why; for the internal edition only."""
    create_tables(con)
    return con.execute(
        "SELECT figure, because FROM withheld_figures WHERE organisation_code = ? AND edition = ? ORDER BY rowid",
        [organisation, edition],
    ).fetchall()


def words_of(one: Withholding) -> str:
    """The name of a withheld figure in words, and what of it is withheld."""
    return figure_words(one.key) + ("" if one.what == "figure" else f" ({one.what})")


def figure_words(key: FigureKey) -> str:
    """The name of a figure in words."""
    _, year, indicator, measure, cluster, band, group = key
    parts = [
        f"{year}, indicator {indicator}",
        measure.replace("_", " "),
        cluster.replace("_", " "),
        band,
        group,
    ]
    return ", ".join(part for part in parts if part)
