"""The account of every appointed application: did the ethnicity declared in TRAC arrive in ESR?

Each application appointed by the date is in exactly one of eleven states (`reference/lists/gap_states.csv`). What
decides, first match counts [ours]: withdrawn; internal mover (TRAC says so, or ESR hired the person before
the application); start ahead of the date; not found; not declared in TRAC; awaiting review; then what ESR
holds. A start within the normal lag of the latest staff list is not yet due where ESR still lacks
something, and never part of an arrival share.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import duckdb

from wres_pipeline.quality.trac_to_esr import arrival_lag, break_point, counted_gap
from wres_pipeline.quality.trac_to_esr.counted_gap import CountedMonth
from wres_pipeline.reference import gap as reference
from wres_pipeline.reference.gap import ETHNICITY
from wres_pipeline.warehouse import sql, transaction

TABLES = ("quality_gap", "quality_gap_closed")


@dataclass(frozen=True, slots=True)
class MonthOfStarters:
    """External starters of one month, due and declared in TRAC: how many arrived in ESR with it, how many
    without.
    """

    month: date
    arrived: int
    lost: int

    @property
    def starters(self) -> int:
        """Everybody whose ethnicity could have arrived."""
        return self.arrived + self.lost


@dataclass(frozen=True, slots=True)
class Progress:
    """What became of the corrections since the account of `earlier`: applications in each case.

    net: corrections fewer than before (negative: more).
    """

    earlier: date
    put_right: int
    remaining: int
    relapsed: int
    newly_found: int
    no_longer_looked_at: int

    @property
    def net(self) -> int:
        """Put right, less what relapsed or was newly found."""
        return self.put_right - self.relapsed - self.newly_found


@dataclass(frozen=True, slots=True)
class GapAccount:
    """An organisation's account at a date: applications per state (all eleven), starters per month,
    progress. counted: months of ethnicity from counts alone; others: those of every other protected characteristic that
    both extracts hold.
    """

    organisation_code: str
    as_at: date
    states: dict[str, int]
    months: tuple[MonthOfStarters, ...]
    progress: Progress | None
    counted: tuple[CountedMonth, ...] = ()
    others: Mapping[str, tuple[CountedMonth, ...]] = field(default_factory=dict)

    @property
    def linked(self) -> bool:
        """Whether enough starters were linked for the linked months to speak; else the counted ones do."""
        declared = sum(m.trac_declared for m in self.counted)
        return sum(m.starters for m in self.months) >= reference.rules()["counted"]["least_linked"] * declared

    @property
    def series(self) -> list[break_point.Month]:
        """The months that a break is looked for in: linked where enough are, else counted."""
        if self.linked:
            return [break_point.Month(m.month, m.arrived, m.starters) for m in self.months]
        return counted_gap.series(self.counted)

    @property
    def appointed(self) -> int:
        """Every appointed application; the states sum to it."""
        return sum(self.states.values())

    @property
    def to_put_right(self) -> int:
        """Applications on the correction list."""
        return sum(self.states[s.state] for s in reference.states() if s.correction)

    @property
    def lost(self) -> int:
        """Declared in TRAC and not in ESR."""
        return self.states["missing_in_esr"] + self.states["not_stated_in_esr"]


def account(
    con: duckdb.DuckDBPyConnection,
    organisations: Sequence[str],
    as_at: date,
    *,
    normal_lag_days: int | None = None,
    own_lag: tuple[int, int] | None = None,
) -> dict[str, GapAccount]:
    """Replace `quality_gap` and `quality_gap_closed` of these organisations at `as_at`; returns the
    accounts by code.

    Reads `core_applications`, `core_staff` and `linkage_links` made for the same `as_at`.
    normal_lag_days: None takes the reference's. own_lag: the least and most days within which an organisation's
    own lag before its break (`arrival_lag`) takes its place where it can be told. An organisation without appointed applications has an
    account of noughts.
    """
    rules = reference.rules()["gap"]
    scope = {"as_at": as_at, "organisations": list(organisations)}
    lag = rules["normal_lag_days"] if normal_lag_days is None else normal_lag_days
    with transaction(con):
        for table in TABLES:
            con.execute(
                f"DELETE FROM {table} WHERE as_at = $as_at "  # noqa: S608
                "AND list_contains($organisations, organisation_code)",
                scope,
            )
        con.execute(
            sql(__package__, "gap_account.sql"),
            {**scope, "normal_lag_days": lag, "notice_days": rules["notice_days"]},
        )
        con.execute(sql(__package__, "gap_closed.sql"), scope)
    counted_gap.count(con, organisations, as_at, lag)
    made = read(con, organisations, as_at)
    if own_lag is None:
        return made
    for code, first in made.items():
        held = arrival_lag.followed(con, code, as_at, break_point.find(first.series).month)
        days = arrival_lag.own_lag(held, own_lag)
        if days is not None and days != lag:
            made[code] = account(con, [code], as_at, normal_lag_days=days)[code]
    return made


def read(con: duckdb.DuckDBPyConnection, organisations: Sequence[str], as_at: date) -> dict[str, GapAccount]:
    """The accounts that `account` left, by organisation code."""
    scope = {"as_at": as_at, "organisations": list(organisations)}
    states = {code: {s.state: 0 for s in reference.states()} for code in organisations}
    for code, state, n in con.execute(sql(__package__, "gap_counts.sql"), scope).fetchall():
        states[code][state] = n
    months: dict[str, list[MonthOfStarters]] = {code: [] for code in organisations}
    for code, month, arrived, lost in con.execute(sql(__package__, "gap_months.sql"), scope).fetchall():
        months[code].append(MonthOfStarters(month, arrived, lost))
    counted = counted_gap.read(con, organisations, as_at)
    return {
        code: GapAccount(
            code,
            as_at,
            states[code],
            tuple(months[code]),
            progress(con, code, as_at),
            counted[code].pop(ETHNICITY, ()),
            counted[code],
        )
        for code in organisations
    }


def progress(con: duckdb.DuckDBPyConnection, organisation: str, as_at: date) -> Progress | None:
    """What became of the corrections since the account before; None without an earlier account."""
    found = con.execute(
        sql(__package__, "gap_earlier.sql"), {"organisation": organisation, "as_at": as_at}
    ).fetchall()
    earlier = found[0][0]
    if earlier is None:
        return None
    counts = con.execute(
        sql(__package__, "gap_progress.sql"),
        {"organisation": organisation, "as_at": as_at, "earlier": earlier},
    ).fetchall()[0]
    return Progress(earlier, *counts)


def corrections(
    con: duckdb.DuckDBPyConnection, organisation: str, as_at: date, *, others: bool = False
) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Headings and rows of the correction list, in the order it is keyed. Holds people: for restricted
    files only. others: with the names of other protected characteristics answered in TRAC and not in ESR.
    """
    found = con.execute(
        sql(__package__, "gap_corrections.sql"), {"organisation": organisation, "as_at": as_at}
    )
    headings = [column[0] for column in found.description or []]
    kept = len(headings) if others else len(headings) - 1
    return headings[:kept], [row[:kept] for row in found.fetchall()]


@contextmanager
def as_if_closed(con: duckdb.DuckDBPyConnection, organisations: Sequence[str], as_at: date) -> Iterator[None]:
    """Inside, `core_workforce` reads as if every ethnicity TRAC holds stood in ESR, for these organisations.

    A temporary table of that name goes before the view and is dropped at the end; nothing else is written.
    Only people of `quality_gap_closed` at `as_at` change, and only where ESR holds nothing or "not stated".
    For working the indicators out a second time: they read the staff through `core_workforce` alone.
    """
    scope = {"as_at": as_at, "organisations": list(organisations)}
    con.execute(sql(__package__, "closed_workforce.sql"), scope)
    try:
        yield
    finally:
        con.execute("DROP TABLE temp.core_workforce")
