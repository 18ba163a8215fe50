"""Findings that say what a check of the extracts finds and no single cell shows: so `wres check` says it before a run does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from wres_pipeline import schema
from wres_pipeline.extracts.intake.deliveries import Delivery
from wres_pipeline.extracts.naming.shown_names import shown_name
from wres_pipeline.extracts.outcomes.findings import Finding
from wres_pipeline.reference import indicators
from wres_pipeline.reference.years import ReportingYear
from wres_pipeline.warehouse import sql

COUNTED = frozenset({"no_finding_blocks", "no_finding_waits"})
"""Checks that say how many findings there are."""
ALSO_FINDINGS = frozenset(
    {
        "deliveries_fit_their_history_below",
        "deliveries_fit_their_history_above",
        "every_file_could_be_read",
        "ethnicity_texts_are_known",
        "one_primary_assignment_each",
        "every_application_stands_in_one_row",
    }
)
"""Checks whose failure the list of findings says, file by file."""
_OF_RECRUITMENT = tuple(number for number, _ in indicators.counting("shortlisted"))
CONFIRM = "If it is right, confirm it in confirmations.yaml."


def find(
    con: duckdb.DuckDBPyConnection,
    organisations: Sequence[str],
    used: Sequence[Delivery],
    year: ReportingYear,
    declaration_target: float | None,
) -> Iterator[Finding]:
    """The findings of these organisations. used: their deliveries that the year's return reads. declaration_target: share of
    staff who should declare, None to say nothing of it."""
    looks = _Looks(con, organisations, used, year)
    yield from looks.appointed()
    yield from looks.primaries()
    yield from looks.applications()
    if declaration_target is not None:
        yield from looks.declared(declaration_target)


@dataclass(frozen=True, slots=True)
class _Looks:
    """Looks at the rows of organisations for a year. used: their deliveries that the year's return reads."""

    con: duckdb.DuckDBPyConnection
    organisations: Sequence[str]
    used: Sequence[Delivery]
    year: ReportingYear

    def rows(self, name: str) -> Iterator[Any]:
        query = sql(__package__, name)
        asked = {
            "organisations": list(self.organisations), "snapshot": self.year.snapshot_date,
            "period_start": self.year.period_start, "period_end": self.year.period_end,
        }  # fmt: skip
        return schema.named_rows(
            self.con.execute(query, {k: v for k, v in asked.items() if f"${k}" in query})
        )

    def place(self, code: str, kind: str, as_at: str = "") -> dict[str, Any]:
        """Which file a finding is about: the last of its kind, or the one of a day."""
        of_kind = [one for one in self.used if (one.organisation_code, one.kind) == (code, kind)]
        file = next((one for one in reversed(of_kind) if str(one.period) in as_at or not as_at), None)
        if file is None:
            return {"kind": kind, "period": self.year.snapshot_date}
        return {
            "kind": kind, "period": file.period, "file": shown_name(file.file_name), "content": file.content_hash,
        }  # fmt: skip

    def appointed(self) -> Iterator[Finding]:
        for row in self.rows("expect_recruitment_order.sql"):
            if row.appointed > row.shortlisted:
                yield Finding(
                    "more_appointed_than_shortlisted", "blocks", row.organisation_code,
                    f"Of the applications of the year ({row.about}), {row.appointed:,} are appointed and {row.shortlisted:,} shortlisted, "
                    "which cannot be.",
                    "Look whether the columns Shortlisted and Appointed hold what their headings say, put it right in the source "
                    "system, and send the file again.",
                    **self.place(row.organisation_code, "trac_applications"), column="shortlisted",
                    rows=row.appointed - row.shortlisted, indicators=_OF_RECRUITMENT,
                )  # fmt: skip

    def primaries(self) -> Iterator[Finding]:
        for row in self.rows("expect_primaries.sql"):
            if people := row.people_without_one_primary:
                yield Finding(
                    "primary_not_one", "look_at", row.organisation_code,
                    f"{people:,} {'person has' if people == 1 else 'people have'} two primary assignments, or none; each is counted by the "
                    "assignment with the most hours.",
                    f"Put the flag Primary right in ESR and export the list again. {CONFIRM}",
                    **self.place(row.organisation_code, "esr_staff_list"), column="is_primary", rows=people,
                )  # fmt: skip

    def applications(self) -> Iterator[Finding]:
        for row in self.rows("expect_application_rows.sql"):
            if more := row.rows_accepted - row.applications:
                yield Finding(
                    "application_in_several_rows", "look_at", row.organisation_code,
                    f"{more:,} of {row.rows_accepted:,} rows ({row.about}) repeat an application of another row; each application is "
                    "counted once, by the row in which it went furthest.",
                    f"Export one row an application. {CONFIRM}",
                    **self.place(row.organisation_code, "trac_applications", row.about), column="application_id", rows=more,
                )  # fmt: skip

    def declared(self, declaration_target: float) -> Iterator[Finding]:
        for row in self.rows("expect_declaration.sql"):
            if row.people and row.declared / row.people < declaration_target:
                yield Finding(
                    "declaration_below_target", "note", row.organisation_code,
                    f"{row.declared:,} of {row.people:,} people declare their ethnicity ({100 * row.declared / row.people:.1f}%), fewer than "
                    f"the target of {100 * declaration_target:.0f}%.",
                    "Nothing to do about the delivery; wres quality says where declarations are missing.",
                    **self.place(row.organisation_code, "esr_staff_list"), column="ethnic_origin", rows=row.people - row.declared,
                )  # fmt: skip
