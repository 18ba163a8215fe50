"""A period delivered again with other content: both are kept, the later counts, and this says what moved
between them."""

# ruff: noqa: S608 - identifiers come from the contract files, quoted; values are bound

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import duckdb

from wres_pipeline import schema
from wres_pipeline.extracts import contracts
from wres_pipeline.extracts.canonical import pay_banding
from wres_pipeline.extracts.contracts import Contract
from wres_pipeline.extracts.statements import quoted
from wres_pipeline.reference.codes import ethnicity
from wres_pipeline.reference.local import LocalMappings
from wres_pipeline.warehouse import sql

TABLE = "restatements"

KEYS = {
    "training": ("employee_number", "course", "completed"),
    "recruitment_summary": ("stage", "ethnic_origin"),
    "staff_survey": ("question", "ethnic_group", "measure"),
    "staff_survey_organisations": (
        "ods_code",
        "survey_year",
        "organisation_name",
        "question",
        "measure",
        "ethnic_group",
    ),
    "board": ("member_id", "name"),
    "provider_returns": ("provider_code", "year", "indicator", "ethnic_group"),
    "employee_relations": ("case_reference",),
    "trac_applications": ("application_id",),
    "esr_staff_list": ("employee_number",),
    "appraisals": ("employee_number",),
    "staff_survey_respondents": ("respondent",),
}
"""What tells one thing from another in each kind: a person in a staff list, an application, a case …
[ours]"""


@dataclass(frozen=True, slots=True)
class Restatement:
    """What moved between two deliveries of one organisation, kind and period; counts only, of things told by
    `key`.

    added, gone: in the later only, in the earlier only. changed: in both, but not the same.
    changed_ethnicity: of those, with another ethnic category (a new spelling of one category is no change);
    changed_group: with another WRES group; changed_band: with another cluster or band (staff lists). Zero
    where a kind has no such column.
    """

    organisation_code: str
    kind: str
    period: date | None
    earlier_delivery: str
    later_delivery: str
    noticed_at: datetime
    key: str
    rows_before: int
    rows_after: int
    keys_before: int
    keys_after: int
    added: int
    gone: int
    changed: int
    changed_ethnicity: int
    changed_group: int
    changed_band: int

    def in_words(self) -> str:
        """One line for a log or a page: no person, counts only."""
        return f"{self.organisation_code} {self.kind} {self.period or ''}: delivered again; {self.counts_in_words()}."

    def counts_in_words(self) -> str:
        """What moved, as part of a sentence: counts only."""
        what = {
            "esr_staff_list": "people",
            "trac_applications": "applications",
            "employee_relations": "cases",
        }
        return (
            f"{self.added} {what.get(self.kind, 'rows')} added, {self.gone} gone, {self.changed} changed "
            f"({self.changed_ethnicity} in ethnicity, {self.changed_group} to another group, {self.changed_band} in band)"
        )


def record(
    con: duckdb.DuckDBPyConnection, mappings: Mapping[str, LocalMappings], *, now: datetime
) -> list[Restatement]:
    """Compare every two deliveries of one period not compared yet, store what moved in `restatements`, return
    it.

    `mappings`: an organisation's own labels by its code. Run it after landing; it needs no core table.
    """
    found = []
    for code, kind, period, earlier, later, before, after in con.execute(
        sql(__package__, "restated_pairs.sql")
    ).fetchall():
        own = mappings.get(code) or LocalMappings()
        counts = _compare(con, contracts.load(kind), earlier, later, own)
        key = " and ".join(name.replace("_", " ") for name in KEYS[kind])
        found.append(Restatement(code, kind, period, earlier, later, now, key, before, after, *counts))
    schema.append(con, TABLE, found)
    return found


def all_recorded(con: duckdb.DuckDBPyConnection) -> list[Restatement]:
    """Every restatement noticed so far, in the order of the deliveries."""
    return schema.read(
        con,
        TABLE,
        Restatement,
        order="noticed_at, organisation_code, kind, period, later_delivery",
    )


def _compare(
    con: duckdb.DuckDBPyConnection, contract: Contract, earlier: str, later: str, own: LocalMappings
) -> tuple[int, ...]:
    con.execute(_pair(contract), [earlier, later])
    counted = con.execute(
        "SELECT count(*) FILTER (WHERE before), count(*) FILTER (WHERE after), "
        "count(*) FILTER (WHERE NOT before), count(*) FILTER (WHERE NOT after), "
        "count(*) FILTER (WHERE before AND after AND mark_before <> mark_after) FROM restated"
    ).fetchone()
    assert counted is not None
    ethnic = group = band = 0
    names = {c.name for c in contract.columns}
    if "ethnic_origin" in names and "ethnic_origin" not in KEYS[contract.kind]:
        for old, new, people in _moves(con, "ethnic_origin"):
            was, now_is = (ethnicity.resolve(t[0], own.ethnic_labels) for t in (old, new))
            ethnic += people * ((was.national, was.state) != (now_is.national, now_is.state))
            group += people * (was.group != now_is.group)
    if {"staff_group", "pay_scale"} <= names and contract.kind == "esr_staff_list":
        for old, new, people in _moves(con, "staff_group", "pay_scale"):
            was_at, now_at = (
                pay_banding.place(t[0], t[1], own.staff_groups, own.pay_scales) for t in (old, new)
            )
            band += people * (was_at != now_at)
    return (*counted, ethnic, group, band)


def _pair(contract: Contract) -> str:
    """A temporary table `restated`: one row a key of either delivery, with its columns before and after.

    Where one key has several rows (a person's assignments) the primary one is compared, else the first; a row
    without a key is compared as a whole. Parameters: earlier, later.
    """
    key = KEYS[contract.kind]
    every = ", ".join(quoted(c.name) for c in contract.columns)
    blank = " AND ".join(f"coalesce(trim({quoted(n)}), '') = ''" for n in key)
    parts = ", ".join(f"coalesce({quoted(n)}, '')" for n in key)
    label = f"CASE WHEN {blank} THEN hash({every})::VARCHAR ELSE concat_ws(chr(31), {parts}) END"
    first = (
        "upper(left(trim(coalesce(is_primary, '')), 1)) IN ('Y', 'T', '1') DESC, "
        if any(c.name == "is_primary" for c in contract.columns)
        else ""
    )
    kept = [
        n for n in ("ethnic_origin", "staff_group", "pay_scale") if any(c.name == n for c in contract.columns)
    ]
    columns = "".join(f", {n}" for n in kept)

    def side(name: str) -> str:
        return f"""{name} AS (
            SELECT {label} AS label, sum(hash({every})::HUGEINT) OVER (PARTITION BY label) AS mark{columns}
            FROM {contract.table} r WHERE delivery_id = ? AND NOT EXISTS (
              SELECT 1 FROM quarantine q WHERE q.delivery_id = r.delivery_id AND q.row_number = r.row_number)
            QUALIFY row_number() OVER (PARTITION BY label ORDER BY {first}row_number) = 1
        )"""

    both = "".join(f", o.{n} AS {n}_before, n.{n} AS {n}_after" for n in kept)
    return f"""
        -- one row is a thing told by its key, in either delivery
        CREATE OR REPLACE TEMP TABLE restated AS
        WITH {side("old")}, {side("new")}
        SELECT o.label IS NOT NULL AS before, n.label IS NOT NULL AS after, o.mark AS mark_before, n.mark AS
        mark_after{both} FROM old o FULL JOIN new n ON o.label = n.label
    """


def _moves(con: duckdb.DuckDBPyConnection, *names: str) -> list[tuple[tuple[str, ...], tuple[str, ...], int]]:
    """(texts before, texts after, people) of the things in both deliveries whose texts differ."""
    before = ", ".join(f"coalesce({n}_before, '')" for n in names)
    after = ", ".join(f"coalesce({n}_after, '')" for n in names)
    differ = " OR ".join(f"{n}_before IS DISTINCT FROM {n}_after" for n in names)
    rows = con.execute(
        f"SELECT {before}, {after}, count(*) FROM restated WHERE before AND after AND ({differ}) GROUP BY ALL"
    ).fetchall()
    width = len(names)
    return [(tuple(r[:width]), tuple(r[width : 2 * width]), r[-1]) for r in rows]
