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
HEADING = "key,state,shown,numerator,denominator,value"
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
        numerator, denominator, value = text[7:10]
        rows.append(
            ",".join(
                _quoted(cell) for cell in (key, figure.state, figure.shown, numerator, denominator, value)
            )
        )
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


def _quoted(cell: str) -> str:
    return f'"{cell}"' if "," in cell else cell
