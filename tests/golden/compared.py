"""The figures of the sample as lines of text: written by `python -m tests.golden.renew`, compared by the golden test."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path

from wres_pipeline import warehouse
from wres_pipeline.indicators import store
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.schema import table as declared
from wres_pipeline.schema import to_text

FOLDER = Path(__file__).parent
NOT_KEPT = {"organisation_code", "reporting_year", "indicator", "measure", "cluster", "band", "ethnic_group", "state", "shown",
            "note", "reason", "rule_version", "deliveries"}  # fmt: skip
"""Columns that stand in the key or before the others, or that say no fact of the figure."""
FACTS = tuple(column for column in declared(store.FIGURES).columns if column.name not in NOT_KEPT)
HEADING = ",".join(("key", "state", "shown", *(column.name for column in FACTS)))
TABLES = (store.FIGURES, store.PROTECTED)
"""Tables of figures whose every line is kept; a further one needs a name here and `python -m tests.golden.renew`."""
SHOWN_AT_MOST = 40


def file_of(table: str, organisation: str, year: int) -> Path:
    """Where the kept lines of a table's figures stand."""
    return FOLDER / f"{table}_{organisation}_{year}.csv"


def lines_of(figures: Sequence[Figure]) -> list[str]:
    """A line a figure, in the order of the table: what it is, its state, what is shown, and from what."""
    rows = []
    for figure in figures:
        text = to_text(declared(store.FIGURES), figure)
        key = "/".join(
            (
                figure.indicator,
                figure.measure,
                figure.cluster or "-",
                figure.band or "-",
                figure.ethnic_group or "-",
            )
        )
        cells = dict(zip(declared(store.FIGURES).names, text, strict=True))
        facts = (_fact(cells[column.name], column.type) for column in FACTS)
        rows.append(",".join(_quoted(cell) for cell in (key, figure.state, figure.shown, *facts)))
    return rows


def read(place: Path, table: str, organisation: str, year: int) -> list[str]:
    """The lines of a table as a warehouse holds it, after the heading."""
    with warehouse.connect(place, read_only=True) as con:
        return [HEADING, *lines_of(store.read(con, table, organisation, year))]


def told(kept: Sequence[str], found: Sequence[str], name: str) -> str:
    """What differs, in words a person can act on; empty when nothing does."""
    changes = [
        line
        for line in difflib.unified_diff(kept, found, n=0, lineterm="")
        if line[:1] in "+-" and line[:3] not in ("+++", "---")
    ]
    if not changes:
        return ""
    more = f"\n… and {len(changes) - SHOWN_AT_MOST} more" if len(changes) > SHOWN_AT_MOST else ""
    return (
        f"{name}: {sum(line[0] == '-' for line in changes)} lines kept are gone (-), "
        f"{sum(line[0] == '+' for line in changes)} are new (+).\n  {HEADING}\n"
        + "\n".join(changes[:SHOWN_AT_MOST])
        + more
        + "\nIf this is meant: python -m tests.golden.renew, and a line under Method in CHANGELOG.md."
    )


def _fact(cell: str, kind: str) -> str:
    """The cell; a number with a fraction to ten significant digits, which every machine agrees on."""
    return f"{float(cell):.10g}" if kind == "DOUBLE" and "." in cell else cell


def _quoted(cell: str) -> str:
    return f'"{cell}"' if "," in cell else cell
