"""The year's deliveries beside the ones before them and beside the calendar: well formed, and does it fit?

Every comparison is a `Measure`: a number and the bounds it should lie in. Those outside become findings; all of them are
kept in the table `plausibility`, which Great Expectations looks at, so that the data team sees what was compared.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from wres_pipeline import schema
from wres_pipeline.extracts.outcomes.findings import Finding, Severity
from wres_pipeline.quality.history import plausibility_periods, same_content
from wres_pipeline.quality.history.plausibility_measure import Measure
from wres_pipeline.reference.plausibility import Plausibility
from wres_pipeline.reference.years import ReportingYear
from wres_pipeline.warehouse import sql

TABLE = "plausibility"
CLOSE = 62
"""Days between two lists up to which they are a month or two apart, not a year. [ours]"""


def measure(
    con: duckdb.DuckDBPyConnection,
    organisations: Sequence[str],
    year: ReportingYear,
    limits: Plausibility,
    extracts: Path | None = None,
) -> list[Measure]:
    """Every comparison of these organisations' deliveries of the year. Reads the ledger, the raw and the core tables, and in
    the folder `extracts` those of the organisations that are not landed."""
    lists = _Lists(con, organisations, year, limits)
    return [
        *lists.measures(),
        *plausibility_periods.measures(con, organisations, year, limits),
        *same_content.measures(con, organisations, year, extracts),
    ]


def keep(
    con: duckdb.DuckDBPyConnection, organisations: Sequence[str], year: int, measures: Sequence[Measure]
) -> None:
    """Replace the rows of these organisations and the year in the table `plausibility`."""
    schema.replace(con, TABLE, measures, reporting_year=year, organisation_code=list(organisations))


def read(con: duckdb.DuckDBPyConnection, organisation: str, year: int) -> list[Measure]:
    """The comparisons kept of the organisation and the year; words and remedies are not kept with them."""
    return schema.read(con, TABLE, Measure, reporting_year=year, organisation_code=organisation)


def findings(measures: Sequence[Measure]) -> list[Finding]:
    """Those that lie outside their bounds."""
    return [one.finding() for one in measures if not one.fits]


@dataclass
class _Lists:
    con: duckdb.DuckDBPyConnection
    organisations: Sequence[str]
    year: ReportingYear
    limits: Plausibility

    def measures(self) -> Iterator[Measure]:
        """The year's staff list against the one before and the one a year before."""
        asked = {"organisations": list(self.organisations), "snapshot": self.year.snapshot_date}
        rows = list(schema.named_rows(self.con.execute(sql(__package__, "plausibility_lists.sql"), asked)))
        parts = self._parts(rows)
        seen: set[str] = set()
        for row in rows:
            if row.organisation_code not in seen:
                seen.add(row.organisation_code)
                yield from self._alone(row, parts)
            if row.day is not None and row.people_before:
                yield from self._people(row)
                yield from self._kept(row)
                yield from self._changed(row)
                yield from self._missing_parts(row, parts)
                yield from self._shares(row, parts)

    def _parts(self, rows: Sequence[Any]) -> dict[tuple[str, date, str], dict[str, int]]:
        wanted = {(r.organisation_code, day) for r in rows for day in (r.period, r.day) if day}
        found: dict[tuple[str, date, str], dict[str, int]] = {}
        query = self.con.execute(
            sql(__package__, "plausibility_parts.sql"),
            {"codes": [code for code, _ in sorted(wanted)], "days": [day for _, day in sorted(wanted)]},
        )
        for row in schema.named_rows(query):
            found.setdefault((row.organisation_code, row.snapshot_date, row.part), {})[row.text] = row.people
        return found

    def _one(self, row: Any, code: str, severity: Severity, value: float, **told: Any) -> Measure:
        return Measure(
            row.organisation_code, self.year.year, code, severity, value, kind="esr_staff_list", file=row.file_name,
            period=row.period, content=row.content_hash, neighbour=told.pop("neighbour", row.day), **told,
        )  # fmt: skip

    def _alone(self, row: Any, parts: Mapping[tuple[str, date, str], dict[str, int]]) -> Iterator[Measure]:
        yield self._one(
            row, "staff_list_too_small", "blocks", row.people, low=self.limits.smallest_list, rows=row.people, neighbour=None,
            what=f"The staff list counts {row.people} people.",
            remedy="Export the whole staff list of the day again and put it in the place of this file.",
        )  # fmt: skip
        groups = parts.get((row.organisation_code, row.period, "wres_group"), {})
        declared = groups.get("White", 0) + groups.get("BME", 0)
        if declared >= self.limits.one_group:
            fewest = min(groups.get("White", 0), groups.get("BME", 0))
            group = "White" if groups.get("White", 0) else "BME"
            yield self._one(
                row, "one_group_only", "blocks" if declared >= 4 * self.limits.one_group else "look_at", fewest, low=1,
                rows=declared, column="ethnic_origin", neighbour=None,
                what=f"All {declared:,} people who declare their ethnicity are {group}.",
                remedy="Look whether the column of ethnicity was filled down or replaced; export the list again if so. "
                "If it is right, confirm it in confirmations.yaml.",
            )  # fmt: skip

    def _people(self, row: Any) -> Iterator[Measure]:
        change = row.people / row.people_before - 1
        slack = self.limits.standard_errors * math.sqrt(0.1 / row.people_before)
        words = f"{row.people:,} people, {row.people_before:,} in the list of {row.day.day} {row.day:%B %Y} ({100 * change:+.0f}%)"
        lost = change < 0
        yield self._one(
            row, "people_missing" if lost else "people_more", "blocks" if lost else "look_at", change,
            low=-self.limits.people_lost - slack, high=self.limits.people_gained + slack,
            rows=abs(row.people - row.people_before), what=f"The staff list counts {words}.",
            remedy="Look whether the export was filtered or cut short (or holds another body's people), and export it "
            "again. If it is right, confirm it in confirmations.yaml.",
        )  # fmt: skip

    def _kept(self, row: Any) -> Iterator[Measure]:
        kept = row.kept / row.people_before
        days = (row.period - row.day).days
        if days > 400:
            return
        limit = self.limits.numbers_kept_month if days <= CLOSE else self.limits.numbers_kept
        slack = self.limits.standard_errors * math.sqrt(limit * (1 - limit) / row.people_before)
        yield self._one(
            row, "numbers_not_kept", "blocks", kept, low=max(0.0, limit - slack), rows=row.people_before - row.kept,
            column="employee_number",
            what=f"Of {row.people_before:,} employee numbers of {row.day.day} {row.day:%B %Y}, {row.kept:,} are still there "
            f"({100 * kept:.0f}%).",
            remedy="Look whether this is another body's list, or its numbers were changed (a lost leading zero, another "
            "number's column), and export it again. If it is right, confirm it in confirmations.yaml.",
        )  # fmt: skip

    def _changed(self, row: Any) -> Iterator[Measure]:
        """People in both lists whose ethnic group is another: few declare anew, many when a column was moved."""
        if row.declared_both:
            limit = self.limits.group_changed
            slack = self.limits.standard_errors * math.sqrt(limit * (1 - limit) / row.declared_both)
            yield self._one(
                row, "ethnic_group_changed", "blocks", row.group_changed / row.declared_both, high=limit + slack,
                rows=row.group_changed, column="ethnic_origin",
                what=f"Of {row.declared_both:,} people who declare their ethnicity here and in the list of {row.day.day} {row.day:%B %Y}, "
                f"{row.group_changed:,} changed between White and BME.",
                remedy="Look whether a column was sorted or moved by itself, or ethnicity belongs to other people's numbers, and "
                "export the list again. If it is right, confirm it in confirmations.yaml.",
            )  # fmt: skip

    def _missing_parts(
        self, row: Any, parts: Mapping[tuple[str, date, str], dict[str, int]]
    ) -> Iterator[Measure]:
        for part, words in (("staff_group", "staff group"), ("site", "site")):
            now = parts.get((row.organisation_code, row.period, part), {})
            before = parts.get((row.organisation_code, row.day, part), {})
            if part == "site" and not any(now):
                continue  # the column may be left out of an export
            gone = [
                (text, n)
                for text, n in before.items()
                if text and n >= self.limits.part_missing and not now.get(text)
            ]
            people = sum(n for _, n in gone)
            yield self._one(
                row, f"{part}_missing", "look_at", people, high=0, rows=people,
                column=part if part == "staff_group" else "org_l4",
                what=f"{len(gone)} {words}{'s' if len(gone) != 1 else ''} of {row.day.day} {row.day:%B %Y}, with {people:,} people "
                f"then, {'have' if len(gone) != 1 else 'has'} nobody now.",
                remedy="Look whether the export was filtered by it, and export it again. If it was renamed or has moved "
                "out, confirm it in confirmations.yaml.",
            )  # fmt: skip

    def _shares(self, row: Any, parts: Mapping[tuple[str, date, str], dict[str, int]]) -> Iterator[Measure]:
        for part in ("ethnic_state", "wres_group"):
            now = parts.get((row.organisation_code, row.period, part), {})
            before = parts.get((row.organisation_code, row.day, part), {})
            total, total_before = sum(now.values()), sum(before.values())
            if not total or not total_before:
                continue
            for text in sorted(set(now) | set(before)):
                p, q = now.get(text, 0) / total, before.get(text, 0) / total_before
                mean = (now.get(text, 0) + before.get(text, 0)) / (total + total_before)
                limit = self.limits.share_moved + self.limits.standard_errors * math.sqrt(
                    mean * (1 - mean) * 0.3 / min(total, total_before)
                )
                yield self._one(
                    row, "ethnic_share_moved", "look_at", p - q, low=-limit, high=limit,
                    rows=abs(now.get(text, 0) - before.get(text, 0)), column="ethnic_origin", about=text,
                    what=f"The share of {text.replace('_', ' ')} is {100 * p:.1f}%, and was {100 * q:.1f}% on "
                    f"{row.day.day} {row.day:%B %Y}.",
                    remedy="Look whether the column of ethnicity was exported whole and its labels are known (wres check), "
                    "and export it again. If it is right, confirm it in confirmations.yaml.",
                )  # fmt: skip
