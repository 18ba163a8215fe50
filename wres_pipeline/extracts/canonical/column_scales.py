"""What a whole column is written in: percentages or fractions of one, and which list of ethnic codes.

One cell cannot tell (0.152 may be 15.2% or 0.152%); the column with its neighbours can, or nothing of it is read. [ours]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import duckdb

from wres_pipeline.extracts.canonical.values import parse_number, tidy
from wres_pipeline.extracts.contracts import Contract
from wres_pipeline.extracts.reading.prepared import Prepared
from wres_pipeline.extracts.statements import quoted
from wres_pipeline.reference import survey
from wres_pipeline.reference.codes import ethnic_lists

FRACTION, PERCENT, UNCLEAR = "fraction", "percent", "unclear"
SURVEYS = ("staff_survey", "staff_survey_organisations")
NO_VALUE = frozenset(
    {"", "-", "--", "*", "n/a", "na", "\u2013", "\u2014", "..", "suppressed", "not available"}
)
"""How a source says that it prints no percentage. [seen: dash and star; the rest ours]"""
BELIEVED_BY_MANY = "career_progression"
"""The topic whose percentages are never near 1: belief in equal opportunities, 35 to 91 in every published year. [seen]"""


@dataclass(frozen=True, slots=True)
class Percentage:
    """A cell that should hold a percentage. indicator: the one its question feeds, blank for none; base: None, not given."""

    text: str
    base: float | None
    indicator: str


@dataclass(frozen=True, slots=True)
class Scale:
    """name: `percent`, `fraction`, `unclear`, or blank where no bare number tells. small: cells above 0 and up to 1 among
    percentages; impossible: those of them that no number of people out of their base can give."""

    name: str
    small: int = 0
    impossible: int = 0


def percent(text: str, scale: str) -> float | None:
    """The percentage a cell gives, in a column of that scale; None for none, or where the scale is not known."""
    number = parse_number(text)
    if number is None or tidy(text).endswith("%"):
        return number
    if scale == UNCLEAR:
        return None
    return float(Decimal(repr(number)) * 100) if scale == FRACTION else number


def scale(cells: Iterable[Percentage]) -> Scale:
    """The scale of a column of percentages.

    All bare numbers at most 1 are fractions where one proves it: it is no percentage of its base, or it answers a question
    that most people answer with yes. Where none does, the column is unclear. Numbers with a percent sign are what they say.
    """
    bare = [(number, cell) for cell in cells if (number := _bare(cell.text)) is not None]
    if not bare:
        return Scale("")
    small = [(number, cell) for number, cell in bare if 0 < number <= 1]
    impossible = [cell for number, cell in small if _impossible(cell)]
    if any(number > 1 for number, _ in bare):
        return Scale(PERCENT, len(small), len(impossible))
    if not small:
        return Scale("")
    if impossible or any(cell.indicator in survey.indicators_of(BELIEVED_BY_MANY) for _, cell in small):
        return Scale(FRACTION, len(small))
    return Scale(UNCLEAR, len(small))


def _bare(text: str) -> float | None:
    return None if tidy(text).endswith("%") else parse_number(text)


def _impossible(cell: Percentage) -> bool:
    """Whether no whole number of people out of the base gives this percentage, as it is rounded."""
    if cell.base is None or cell.base < 1:
        return False
    try:
        value = Decimal(tidy(cell.text))
    except InvalidOperation:
        return False
    exponent = value.as_tuple().exponent
    half = Decimal(5).scaleb(exponent - 1) if isinstance(exponent, int) else Decimal(0)
    people = (value * Decimal(cell.base) / 100).to_integral_value()
    return abs(value - 100 * people / Decimal(cell.base)) > half


def of_deliveries(
    con: duckdb.DuckDBPyConnection, prepared: Prepared, deliveries: Mapping[str, int | None]
) -> dict[str, dict[str, object]]:
    """What goes into the ledger of each delivery: `ethnic_list`, `ethnic_lists`, `percent_scale`, `percent_cells`; only
    what is there. deliveries: each with its survey year, where it has one."""
    contract = prepared.contract
    found: dict[str, dict[str, object]] = {one: {} for one in deliveries}
    if "ethnic_origin" in prepared.columns:
        for one, texts in _codes(con, contract, [*deliveries]).items():
            lists = ethnic_lists.fitting(texts)
            if lists or any(ethnic_lists.bare(text) for text in texts):
                found[one] |= {
                    "ethnic_list": lists[0] if len(lists) == 1 else "",
                    "ethnic_lists": list(lists),
                }
    if contract.kind in SURVEYS and "percent" in prepared.columns:
        for one, year in deliveries.items():
            told = scale(_percentages(con, contract, one, year))
            if told.name:
                found[one] |= {
                    "percent_scale": told.name,
                    "percent_cells": {"small": told.small, "impossible": told.impossible},
                }
    return found


def _codes(
    con: duckdb.DuckDBPyConnection, contract: Contract, deliveries: Sequence[str]
) -> dict[str, list[str]]:
    """The differing texts about ethnicity of the rows that can be used, by delivery."""
    rows = con.execute(
        f"SELECT delivery_id, list(DISTINCT trim(ethnic_origin)) FROM {contract.table} r "  # noqa: S608 - own tables
        "WHERE delivery_id IN (SELECT unnest(?::VARCHAR[])) AND trim(ethnic_origin) <> '' "
        "AND NOT EXISTS (SELECT 1 FROM quarantine q WHERE q.delivery_id = r.delivery_id AND q.row_number = r.row_number) "
        "GROUP BY 1",
        [[*deliveries]],
    ).fetchall()
    return dict(rows)


def _percentages(
    con: duckdb.DuckDBPyConnection, contract: Contract, delivery: str, survey_year: int | None
) -> list[Percentage]:
    year = "survey_year" if contract.kind == "staff_survey_organisations" else "NULL"
    cells = ", ".join(quoted(name) for name in ("percent", "base", "question"))
    rows = con.execute(
        f"SELECT {cells}, {year} FROM {contract.table} r WHERE delivery_id = ? AND percent IS NOT NULL "  # noqa: S608
        "AND NOT EXISTS (SELECT 1 FROM quarantine q WHERE q.delivery_id = r.delivery_id AND q.row_number = r.row_number)",
        [delivery],
    ).fetchall()
    return [
        Percentage(text, parse_number(base), _indicator(question, said, survey_year))
        for text, base, question, said in rows
    ]


def _indicator(question: str | None, year: str | None, otherwise: int | None) -> str:
    number = parse_number(year)
    of_year = int(number) if number is not None else otherwise
    found = None if of_year is None else survey.question(of_year, question)
    return found.indicator if found is not None else ""
