"""National values of the indicators by reporting year, each with where it was read.

`national_values.csv`: one row a value. Only values with an address are in it; a year or a measure that is
not there was not found, and is shown as not collected, never guessed. All of them are for NHS trusts: a
commissioning body is not one, and every output says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from wres_pipeline.reference import tables

FILE = "national_values"


@dataclass(frozen=True, slots=True)
class NationalValue:
    """One published national value; `value` in its unit (percent 0–100), `places` the decimals it was
    printed with.
    """

    reporting_year: int
    indicator: str
    measure: str
    ethnic_group: str
    value: Decimal
    unit: str
    places: int
    scope: str
    evidence: str
    source: str
    address: str


@cache
def values() -> tuple[NationalValue, ...]:
    """Every national value. Raises ReferenceFileError for one without a source or an address, or given
    twice.
    """
    found: dict[tuple[int, str, str, str], NationalValue] = {}
    for row in tables.rows(FILE):
        one = NationalValue(
            int(row["reporting_year"]),
            row["indicator"],
            row["measure"],
            row["ethnic_group"],
            Decimal(row["value"]),
            row["unit"],
            int(row["places"]),
            row["scope"],
            row["evidence"],
            row["source"],
            row["address"],
        )
        key = (one.reporting_year, one.indicator, one.measure, one.ethnic_group)
        if not one.source or not one.address.startswith(("https://", "http://")):
            raise tables.ReferenceFileError(f"{FILE}.csv, {key}: a value needs its source and its address")
        if key in found:
            raise tables.ReferenceFileError(f"{FILE}.csv, {key}: the value is given twice")
        found[key] = one
    return tuple(found.values())


def value(reporting_year: int, indicator: str, measure: str, ethnic_group: str = "") -> NationalValue | None:
    """The national value of one measure in one year, or None when none was found."""
    for one in values():
        if (one.reporting_year, one.indicator, one.measure, one.ethnic_group) == (
            reporting_year,
            indicator,
            measure,
            ethnic_group,
        ):
            return one
    return None
