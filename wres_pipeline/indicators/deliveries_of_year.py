"""Which deliveries a year's figures come from: those that count, of the time that the year's calendar leaves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from wres_pipeline.indicators.counts import Timing
from wres_pipeline.schema import NamedRow, named_rows
from wres_pipeline.warehouse import sql

if TYPE_CHECKING:
    import duckdb

    from wres_pipeline.reference.years import ReportingYear


@dataclass(frozen=True, slots=True)
class Delivery:
    """A delivery that counts: its kind, the date its name gives, and its id."""

    kind: str
    period: date
    survey_year: int | None
    delivery_id: str


def rows_of(con: duckdb.DuckDBPyConnection, name: str, **bound: Any) -> list[NamedRow]:
    return list(named_rows(con.execute(sql(__package__, name), bound)))


def ledger(con: duckdb.DuckDBPyConnection, organisations: list[str]) -> dict[str, list[Delivery]]:
    """The deliveries that count, by organisation."""
    found: dict[str, list[Delivery]] = {code: [] for code in organisations}
    for row in rows_of(con, "deliveries_that_count.sql", organisations=organisations):
        found[row.organisation_code].append(Delivery(row.kind, row.period, row.survey_year, row.delivery_id))
    return found


def of_kind(files: Iterable[Delivery], kind: str, after: date, until: date) -> list[Delivery]:
    return [d for d in files if d.kind == kind and d.period is not None and after < d.period <= until]


def of_survey(files: Iterable[Delivery], rules: ReportingYear) -> list[Delivery]:
    return [d for d in files if d.kind.startswith("staff_survey") and d.survey_year == rules.survey_year]


@dataclass(frozen=True, slots=True)
class OfYear:
    """The deliveries of a kind that a year's figures come from, never empty, and what its calendar left out."""

    files: tuple[Delivery, ...]
    timing: Timing

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the deliveries."""
        return tuple(sorted(d.delivery_id for d in self.files))

    @property
    def until(self) -> date:
        """The day of the newest."""
        return max(d.period for d in self.files)


def in_year(ledger: dict[str, list[Delivery]], kind: str, rules: ReportingYear) -> dict[str, OfYear]:
    """Deliveries of a kind that can hold something of the year: dated after it began, before its return was due.

    The day is remembered, so it moves no figure in silence: where nothing came in time the first delivery after it is
    taken, and said to be late; what came after it is told. The next year's snapshot and later belong to the next year.
    """
    chosen: dict[str, OfYear] = {}
    for code, files in ledger.items():
        in_time = of_kind(files, kind, rules.period_start, rules.submission_deadline)
        after = sorted(
            of_kind(files, kind, rules.submission_deadline, rules.last_day_of_deliveries),
            key=lambda d: (d.period, d.delivery_id),
        )
        used = in_time or after[:1]
        if used:
            left_out = tuple(d.period for d in after if d not in used)
            timing = Timing(rules.submission_deadline, left_out, used[0].period if not in_time else None)
            chosen[code] = OfYear(tuple(used), timing)
    return chosen


def asked_of_year(
    con: duckdb.DuckDBPyConnection, organisations: Sequence[str], kind: str, rules: ReportingYear
) -> dict[str, list[Any]]:
    """The organisations with a delivery of a kind for the year, and the day up to which those of each count."""
    return asked(in_year(ledger(con, list(dict.fromkeys(organisations))), kind, rules))


def asked(files: Mapping[str, OfYear]) -> dict[str, list[Any]]:
    """The organisations with the day up to which the deliveries of each count."""
    return {"organisations": list(files), "deadlines": [one.until for one in files.values()]}


def ids(files: Iterable[Delivery]) -> tuple[str, ...]:
    return tuple(sorted(d.delivery_id for d in files))
