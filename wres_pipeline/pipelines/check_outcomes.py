"""What every check found, kept in `check_outcomes`: the return prints it, and what follows is refused while a blocking
one stands failed, whoever makes it and in whichever run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import duckdb

from wres_pipeline import schema
from wres_pipeline.quality.expectations import Outcome

BLOCKING, ERROR, WARNING = "blocking", "error", "warning"
"""A blocking check stops what is made after it; an error is told as loudly, and what it found was left out already."""


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """An expectation of one organisation and year, and whether it held: a row of `check_outcomes`."""

    organisation_code: str
    reporting_year: int
    asset: str
    check_name: str
    severity: str
    passed: bool | None
    words: str


def keep(con: duckdb.DuckDBPyConnection, year: int, outcomes: Sequence[Outcome]) -> None:
    """Replace these checks' rows of these organisations and the year in `check_outcomes`."""
    if not outcomes:
        return
    schema.replace(
        con,
        "check_outcomes",
        [
            CheckOutcome(o.organisation_code, year, o.asset, o.check, o.severity, o.passed, o.words)
            for o in outcomes
        ],
        reporting_year=year,
        check_name=sorted({o.check for o in outcomes}),
        organisation_code=sorted({o.organisation_code for o in outcomes}),
    )


def standing(
    con: duckdb.DuckDBPyConnection, codes: Sequence[str], year: int, assets: Iterable[str]
) -> dict[str, str]:
    """Organisation -> the blocking checks of these assets that stand failed for the year, in words.

    A check that could not run stands failed too: nothing says that the data are sound.
    """
    rows = con.execute(
        "SELECT organisation_code, check_name, words FROM check_outcomes WHERE reporting_year = ? AND severity = ? "
        "AND passed IS DISTINCT FROM TRUE AND list_contains(?::VARCHAR[], asset) AND list_contains(?::VARCHAR[], organisation_code) "
        "ORDER BY ALL",
        [year, BLOCKING, sorted(assets), list(codes)],
    ).fetchall()
    told: dict[str, list[str]] = {}
    for code, check, words in rows:
        told.setdefault(code, []).append(f"{check.replace('_', ' ')}: {words}")
    return {code: "; ".join(each) for code, each in told.items()}
