"""Deliveries beside the calendar and beside other bodies': does the file cover the year, and is it this body's?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from statistics import median
from typing import Any

import duckdb

from wres_pipeline import schema
from wres_pipeline.quality.history.plausibility_measure import Measure
from wres_pipeline.reference.plausibility import Plausibility
from wres_pipeline.reference.years import ReportingYear
from wres_pipeline.warehouse import sql

THINGS = {
    "trac_applications": ("applications", "date_applied"),
    "training": ("courses", "completed"),
    "employee_relations": ("cases", "formal_investigation_started"),
}
ENOUGH_OUTSIDE = 20
"""Dated rows outside the year, with none inside, from which the file is taken for another year's. [ours]"""
ENOUGH_SHORTLISTED = 50
"""Shortlisted of a year from which nobody appointed is told: at one in ten appointed, chance in 1 of 190 years. [ours]"""
BUSY_MONTHS = 4
"""Months with rows a year must have for its empty ones to be told. [ours]"""


def measures(
    con: duckdb.DuckDBPyConnection, organisations: Sequence[str], year: ReportingYear, limits: Plausibility
) -> Iterator[Measure]:
    """Months without rows, files of another year, another's numbers, a list of another day."""
    asked = {
        "organisations": list(organisations),
        "snapshot": year.snapshot_date,
        "period_start": year.period_start,
        "period_end": year.period_end,
        "deadline": year.submission_deadline,
    }

    def rows(name: str) -> Iterator[Any]:
        query = sql(__package__, name)
        given = {key: value for key, value in asked.items() if f"${key}" in query}
        return schema.named_rows(con.execute(query, given))

    yield from _months(rows("plausibility_months.sql"), year, limits)
    for row in rows("plausibility_appointed.sql"):
        if row.shortlisted >= ENOUGH_SHORTLISTED:
            yield _appointed(row, year)
    for row in rows("plausibility_other_bodies.sql"):
        yield Measure(
            row.organisation_code, year.year, "numbers_of_another_body", "blocks", row.numbers / row.people,
            high=limits.other_body, kind="esr_staff_list", file=row.file_name, period=row.period,
            column="employee_number", rows=row.numbers, content=row.content_hash, about=row.other,
            what=f"{row.numbers:,} of {row.people:,} people stand in the staff list of {row.other} too, alike in number, hire date, staff group, pay scale and ethnicity.",
            remedy="Look which body each list is of, and put each into its own folder. If they share their staff, confirm "
            "it in confirmations.yaml.",
        )  # fmt: skip
    for row in rows("plausibility_near_days.sql"):
        days = (row.period - year.snapshot_date).days
        yield Measure(
            row.organisation_code, year.year, "staff_list_of_another_day", "blocks", days, low=0, high=0,
            kind="esr_staff_list", file=row.file_name, period=row.period, content=row.content_hash,
            what=f"There is no staff list of {year.snapshot_date.day} {year.snapshot_date:%B %Y}, and one of {row.period.day} {row.period:%B %Y}, which the "
            "return does not read.",
            remedy=f"If the list shows {year.snapshot_date.day} {year.snapshot_date:%B %Y}, name it esr_staff_list_{year.snapshot_date}; else "
            "export the list of that day and put it into the folder.",
        )  # fmt: skip


def _months(rows: Iterator[Any], year: ReportingYear, limits: Plausibility) -> Iterator[Measure]:
    found: dict[tuple[str, str], list[Any]] = {}
    for row in rows:
        found.setdefault((row.organisation_code, row.kind), []).append(row)
    calendar = [_month(year.period_start, n) for n in range(12)]
    for (code, kind), months in found.items():
        counted = {row.month: row.things for row in months if row.month is not None}
        inside = [counted.get(month, 0) for month in calendar]
        outside = sum(counted.values()) - sum(inside)
        things, column = THINGS[kind]
        told = months[0]

        def one(
            code_: str, severity: Any, value: float, high: float, what: str, remedy: str, n: int
        ) -> Measure:
            return Measure(
                code, year.year, code_, severity, value, high=high, kind=kind, file=told.file_name, period=told.period,  # noqa: B023
                column=column, rows=n, what=what, remedy=remedy, content=told.content_hash,  # noqa: B023
            )  # fmt: skip

        yield one(
            "none_in_the_year", "look_at" if kind == "employee_relations" else "blocks",
            outside if not any(inside) else 0, ENOUGH_OUTSIDE - 1,
            f"None of {outside:,} dated {things} lies from {year.period_start.day} {year.period_start:%B %Y} to {year.period_end.day} {year.period_end:%B %Y}.",
            f"Export the {things} of that year; this looks like another year's file. If it is right, confirm it in "
            "confirmations.yaml.", outside,
        )  # fmt: skip
        busy = [n for n in inside if n]
        if len(busy) < BUSY_MONTHS or median(busy) < limits.usual_month:
            continue
        first, last = inside.index(busy[0]), 11 - inside[::-1].index(busy[-1])
        at_ends = max(first, 11 - last)
        empty = [month for month, n in zip(calendar, inside, strict=True) if not n]
        longest = at_ends if at_ends >= limits.empty_months else _longest_gap(inside)
        # a month more than is told: two quiet months at an end are seen in small bodies, and block nothing
        severe = at_ends > limits.empty_months and kind != "employee_relations"
        yield one(
            "months_without_rows", "blocks" if severe else "look_at", longest, limits.empty_months - 1,
            f"{len(empty)} months hold no {things} ({_named(empty)}), the others {median(busy):,.0f} in the middle.",
            f"Export the {things} from {year.period_start.day} {year.period_start:%B %Y} to {year.period_end.day} {year.period_end:%B %Y} whole. If it is right, "
            "confirm it in confirmations.yaml.", len(empty),
        )  # fmt: skip


def _appointed(row: Any, year: ReportingYear) -> Measure:
    return Measure(
        row.organisation_code, year.year, "nobody_appointed", "look_at", row.appointed, low=1, kind="trac_applications",
        file=row.file_name, period=row.period, column="appointed", rows=row.shortlisted, content=row.content_hash,
        what=f"Of {row.shortlisted:,} applications shortlisted in the year, none is appointed.",
        remedy="Look which stage says that somebody was appointed (such as Offered): add a line label,appointed for it to "
        "mappings/recruitment_stages.csv beside the extracts (first line label,means), or export the column Appointed. If "
        "it is right, confirm it in confirmations.yaml.",
    )  # fmt: skip


def _month(start: date, number: int) -> date:
    place = start.month - 1 + number
    return date(start.year + place // 12, place % 12 + 1, 1)


def _longest_gap(inside: Sequence[int]) -> int:
    longest = current = 0
    for n in inside:
        current = 0 if n else current + 1
        longest = max(longest, current)
    return longest


def _named(months: Sequence[date]) -> str:
    if not months:
        return "none"
    return f"{months[0]:%B %Y}" + (f" to {months[-1]:%B %Y}" if len(months) > 1 else "")
