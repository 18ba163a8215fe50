"""From which columns of other tables a column comes. `lineage.csv` is read out of the SQL by `python -m tests.column_lineage`."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from wres_pipeline.schema.table import table

COPIED = {
    "protected_figures": "figures",
    "system_figures": "figures",
    "protected_system_figures": "system_figures",
}
"""Table -> the one whose columns of the same name it is worked out from, column by column."""
VIEW = "indicator_"
"""How the names of the views of the figures begin."""


def sources(name: str) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Column of a table -> (table, column) it comes from; without those of which nothing is known."""
    found = {column: list(places) for column, places in _read().get(name, {}).items()}
    whole = "figures" if name.startswith(VIEW) else COPIED.get(name)
    for column in table(whole).names if whole else ():
        found.setdefault(column, []).insert(0, (str(whole), column))
    return {column: tuple(places) for column, places in found.items()}


@cache
def _read() -> dict[str, dict[str, list[tuple[str, str]]]]:
    text = files(__package__).joinpath("lineage.csv").read_text(encoding="utf-8")
    found: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for row in csv.DictReader(text.splitlines()):
        place = (row["from_asset"], row["from_column"])
        found.setdefault(row["asset"], {}).setdefault(row["column"], []).append(place)
    return found
