"""What a public edition says of the extracts a figure came from: their kind and date, never an identifier.

A delivery's id is a hash of its content. Whoever can list what a small extract may hold (a board of sixteen people
named on a website) tries each list against the hash, so no such id, and nothing else made from content, leaves the
building [ours].
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import duckdb

from wres_pipeline.indicators.figure import Figure
from wres_pipeline.warehouse import sql


def names_of(con: duckdb.DuckDBPyConnection, organisations: Iterable[str]) -> dict[str, str]:
    """delivery_id -> kind and date, such as `board 2021-03-31`, of every delivery of the organisations."""
    rows = con.execute(sql(__package__, "delivery_names.sql"), [list(organisations)]).fetchall()
    return dict(rows)


def named(figures: Iterable[Figure], names: Mapping[str, str]) -> list[Figure]:
    """The figures with their deliveries by name, each once; an id that has no name is left out."""
    return [
        replace(
            figure,
            deliveries=";".join(sorted({names[one] for one in figure.deliveries.split(";") if one in names})),
        )
        for figure in figures
    ]
