"""The gap from counts alone: what a month's starters declared in TRAC beside what ESR holds of those who started in it.

For exports that name nobody, and beside the linked account where there is one. Of the starters of a month ESR knows a
share s; in TRAC a share t declared; where nothing is lost s is about t. Two things are never known from counts and are
given as ranges: starts in ESR that no application led to (transfers, rotations), whose answers may all or none be known,
and people who said nothing in TRAC and answered later. The interval holds both and the sampling. [ours]; coverage in
docs/evidence/counted_gap.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from wres_pipeline import schema
from wres_pipeline.quality.trac_to_esr import break_point
from wres_pipeline.quality.trac_to_esr.break_point import Break
from wres_pipeline.reference import gap
from wres_pipeline.reference import gap as reference
from wres_pipeline.statistics import intervals
from wres_pipeline.warehouse import sql

TABLE = "quality_gap_counted"
ROWS, SUMMARY = "applications", "summary"


@dataclass(frozen=True, slots=True)
class CountedMonth:
    """One month of starting, due: starters from outside in TRAC and how many answered, people of ESR's staff lists with
    that start and of how many it knows an answer. basis: `applications`, or `summary` where TRAC gave one total.
    characteristic: what was asked, `ethnicity` or another."""

    organisation_code: str
    as_at: date
    start_month: date
    trac_starters: int
    trac_declared: int
    esr_starters: int
    esr_declared: int
    basis: str = ROWS
    characteristic: str = gap.ETHNICITY


@dataclass(frozen=True, slots=True)
class Arrival:
    """The share that arrived (0–1) and what it can be; None where there is nothing to divide by."""

    share: float | None
    low: float | None
    high: float | None


def arrival(months: Sequence[CountedMonth]) -> Arrival:
    """The share of the declared answers of these months that arrived, with its interval.

    s = (1 − u)(a·t + (1 − t)·b) + u·o, solved for a: u the starts without application (the rule's share, or what exceeds
    TRAC's number), o the share of them known (0 to 1), b the silent who answered later (0 to the rule's share). The ends
    take the least favourable of each, and of the 95% intervals of s and t.
    """
    trac, declared = sum(m.trac_starters for m in months), sum(m.trac_declared for m in months)
    esr, known = sum(m.esr_starters for m in months), sum(m.esr_declared for m in months)
    if not declared or not esr:
        return Arrival(None, None, None)
    rules = reference.rules()["counted"]
    t_low, t_high = intervals.wilson(declared, trac)
    s_low, s_high = intervals.wilson(known, esr)
    if t_low is None or t_high is None or s_low is None or s_high is None:
        return Arrival(None, None, None)
    without = max(rules["without_application"], min(0.95, 1 - trac / esr))
    later = rules["answered_later"]
    low = ((s_low - without) / (1 - without) - (1 - t_low) * later) / t_high
    high = s_high / (1 - without) / t_low if t_low else 1.0
    share = (known / esr) / (declared / trac)
    return Arrival(min(1.0, share), max(0.0, min(1.0, low)), min(1.0, high))


def series(months: Sequence[CountedMonth]) -> list[break_point.Month]:
    """The months for dating a break: as many starters as both systems know of, and the share of them that arrived."""
    made = []
    for month in months:
        share = arrival([month]).share
        starters = min(month.trac_declared, month.esr_starters)
        made.append(break_point.Month(month.start_month, int((share or 0.0) * starters + 0.5), starters))
    return made


def found_break(months: Sequence[CountedMonth]) -> Break:
    """The break in the counted months."""
    return break_point.find(series(months))


def disagreement(months: Sequence[CountedMonth], linked: Sequence[break_point.Month]) -> str:
    """What the counted and the linked account say against each other, in a sentence; "" where they agree."""
    starters = sum(m.starters for m in linked)
    both = {m.month for m in linked}
    counted = [m for m in months if m.start_month in both]
    told = arrival(counted)
    if not starters or told.low is None or told.high is None:
        return ""
    share = sum(m.arrived for m in linked) / starters
    if not told.low <= share <= told.high:
        return (
            f"Of the linked starters it arrived for {100 * share:.0f}%, of those counted for "
            f"{100 * told.low:.0f}% to {100 * told.high:.0f}%: the linked ones are not like the others, or one extract is not whole."
        )
    one, other = break_point.find(linked), found_break(months)
    if (
        one.month
        and other.month
        and abs((one.month.year - other.month.year) * 12 + one.month.month - other.month.month) > 1
    ):
        return f"The linked account dates the break to {one.month:%B %Y}, the counted one to {other.month:%B %Y}."
    return ""


def count(con: duckdb.DuckDBPyConnection, organisations: Sequence[str], as_at: date, lag: int) -> None:
    """Replace `quality_gap_counted` of these organisations at `as_at`; for a body with a summary of recruitment and no
    application rows the share who declared is the summary's, every month."""
    rules = reference.rules()["gap"]
    scope = {"as_at": as_at, "organisations": list(organisations), "normal_lag_days": lag}
    rows = [
        CountedMonth(code, as_at, month, asked, declared, started, known, ROWS, characteristic)
        for code, month, asked, declared, started, known, characteristic in con.execute(
            sql(__package__, "counted_months.sql"),
            {**scope, "notice_days": rules["notice_days"], "characteristics": list(gap.TITLES)},
        ).fetchall()
    ]
    have = {row.organisation_code for row in rows}
    summaries = {
        code: (int(appointed), int(declared or 0))
        for code, appointed, declared in con.execute(
            sql(__package__, "counted_summary.sql"), {"as_at": as_at, "organisations": list(organisations)}
        ).fetchall()
        if code not in have and appointed
    }
    if summaries:
        for code, month, starters, known in con.execute(
            sql(__package__, "counted_staff.sql"), {**scope, "organisations": list(summaries)}
        ).fetchall():
            appointed, declared = summaries[code]
            asked = int(starters * declared / appointed + 0.5)
            rows.append(CountedMonth(code, as_at, month, starters, asked, starters, known, SUMMARY))
    schema.replace(con, TABLE, rows, as_at=as_at, organisation_code=list(organisations))


def read(
    con: duckdb.DuckDBPyConnection, organisations: Sequence[str], as_at: date
) -> dict[str, dict[str, tuple[CountedMonth, ...]]]:
    """The counted months that `count` left, by organisation code and characteristic, in order."""
    made: dict[str, dict[str, list[CountedMonth]]] = {code: {} for code in organisations}
    for row in schema.read(
        con, TABLE, CountedMonth, order="start_month", as_at=as_at, organisation_code=list(organisations)
    ):
        made[row.organisation_code].setdefault(row.characteristic, []).append(row)
    return {code: {name: tuple(rows) for name, rows in of.items()} for code, of in made.items()}
