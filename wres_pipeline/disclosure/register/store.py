"""What the public edition may print, kept in the warehouse: protected figures, protected tables, and what is
withheld.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from wres_pipeline import schema
from wres_pipeline.disclosure.protect import Protected, Withholding
from wres_pipeline.disclosure.tables import ProtectedTable
from wres_pipeline.indicators import store
from wres_pipeline.indicators.figure import FigureKey

TABLES, WITHHELD = "protected_tables", "withheld_figures"


@dataclass(frozen=True, slots=True)
class ProtectedCell:
    """One cell of a published table of counts: a row of `protected_tables`."""

    organisation_code: str
    edition: int
    name: str
    cell: str
    people: int | None


@dataclass(frozen=True, slots=True)
class WithheldFigure:
    """A figure, or its bounds, that an edition does not print, and why: a row of `withheld_figures`."""

    organisation_code: str
    edition: int
    figure: str
    what: str
    because: str


def replace(
    con: duckdb.DuckDBPyConnection, organisation: str, edition: int, years: Sequence[int], made: Protected
) -> None:
    """Put one edition of one organisation in place of what stands there."""
    store.replace(con, store.PROTECTED, made.figures, years, [organisation])
    cells = [
        ProtectedCell(organisation, edition, name, json.dumps(key), count)
        for name, table in sorted(made.tables.items())
        for key, count in table.counts.items()
    ]
    withheld = [
        WithheldFigure(organisation, edition, words_of(each), each.what, each.because)
        for each in made.withheld
    ]
    schema.replace(con, TABLES, cells, organisation_code=organisation, edition=edition)
    schema.replace(con, WITHHELD, withheld, organisation_code=organisation, edition=edition)


def tables(con: duckdb.DuckDBPyConnection, organisation: str, edition: int) -> dict[str, ProtectedTable]:
    """The protected tables of one edition, by name."""
    counts: dict[str, dict[tuple[str, ...], int | None]] = {}
    for cell in schema.read(con, TABLES, ProtectedCell, organisation_code=organisation, edition=edition):
        counts.setdefault(cell.name, {})[tuple(json.loads(cell.cell))] = cell.people
    return {name: ProtectedTable(name, held) for name, held in counts.items()}


def withheld(con: duckdb.DuckDBPyConnection, organisation: str, edition: int) -> list[WithheldFigure]:
    """What the edition withholds and why; for the internal edition only."""
    return schema.read(con, WITHHELD, WithheldFigure, organisation_code=organisation, edition=edition)


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
