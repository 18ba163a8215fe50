"""The gap from counts alone: what the counts allow, and what they do not."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import pytest

from tests.people_rows import put
from wres_pipeline import schema
from wres_pipeline.quality.trac_to_esr import counted_gap, gap
from wres_pipeline.quality.trac_to_esr.break_point import Month
from wres_pipeline.quality.trac_to_esr.counted_gap import CountedMonth, arrival, disagreement, found_break

AS_AT = date(2021, 3, 31)


def month(number: int, trac: tuple[int, int], esr: tuple[int, int]) -> CountedMonth:
    """A month of 2020: starters and declared in TRAC, starters and known in ESR."""
    return CountedMonth("X01", AS_AT, date(2020, number, 1), *trac, *esr)


def test_where_esr_knows_as_large_a_share_as_declared_everything_may_have_arrived() -> None:
    told = arrival([month(4, (100, 90), (100, 90))])
    assert (told.share, told.high) == (1.0, 1.0)
    assert told.low is not None and 0.6 < told.low < 0.9


def test_where_esr_knows_nobody_nothing_arrived() -> None:
    told = arrival([month(4, (100, 90), (100, 0))])
    assert (told.share, told.low) == (0.0, 0.0)
    assert told.high is not None and told.high < 0.06


def test_the_ends_take_the_least_favourable_of_what_counts_cannot_tell() -> None:
    # by hand, without the sampling: u = 0.15, b = 0.3, t = 0.9, s = 0.5
    # low = ((0.5 - 0.15) / 0.85 - 0.1 x 0.3) / 0.9 = 0.424; high = 0.5 / 0.85 / 0.9 = 0.654
    told = arrival([month(4, (1_000_000, 900_000), (1_000_000, 500_000))])
    assert told.share == pytest.approx(0.5556, abs=1e-3)
    assert (told.low, told.high) == (pytest.approx(0.424, abs=3e-3), pytest.approx(0.654, abs=3e-3))


def test_starts_that_outnumber_the_applicants_widen_the_range() -> None:
    close, wide = (arrival([month(4, (100, 90), (n, n // 2))]) for n in (100, 200))
    assert close.low is not None and wide.low is not None and wide.low < close.low


def test_without_anybody_who_declared_nothing_can_be_said() -> None:
    assert arrival([month(4, (10, 0), (10, 3))]).share is None
    assert arrival([]).low is None


def test_a_break_is_dated_from_counts_alone() -> None:
    before = [month(n, (20, 19), (22, 20)) for n in range(4, 10)]
    after = [month(n, (20, 19), (22, 3)) for n in range(10, 13)]
    found = found_break(before + after)
    assert (found.verdict, found.month) == ("break", date(2020, 10, 1))


def test_linked_starters_unlike_the_counted_ones_are_a_finding() -> None:
    counted = [month(n, (40, 38), (42, 6)) for n in range(4, 10)]
    assert disagreement(counted, [Month(date(2020, n, 1), 30, 30) for n in range(4, 10)]).startswith(
        "Of the linked"
    )
    assert disagreement(counted, [Month(date(2020, n, 1), 4, 30) for n in range(4, 10)]) == ""


def body(con: duckdb.DuckDBPyConnection, named: bool) -> None:
    """Twelve starters a month from April to December 2020; from September on ESR holds nobody's ethnicity."""
    schema.bring_up(con)
    for number in range(4, 13):
        for person in range(12):
            start = date(2020, number, 1 + person)
            known = number < 9
            state: dict[str, Any] = {
                "ethnic_state": "declared" if known else "not_recorded",
                "wres_group": "White" if known else "Unknown",
            }
            put(
                con, "core_staff", organisation_code="X01", snapshot_date=AS_AT, delivery_id="d1",
                employee_number=f"{number}{person:02d}", first_name=f"N{number}", last_name=f"L{person}", hire_date=start,
                counted=True, exclusion_reason="", **state,
            )  # fmt: skip
            put(
                con, "core_applications", organisation_code="X01", as_at=AS_AT, delivery_id="d2",
                application_id=f"A{number}{person:02d}", appointed=True, withdrawn=False, is_internal=False, start_date=start,
                ethnic_state="declared", wres_group="White", first_name=f"N{number}" if named else None,
                last_name=f"L{person}" if named else None,
            )  # fmt: skip


def test_an_export_that_names_nobody_has_an_account_a_break_and_no_links() -> None:
    from wres_pipeline import linkage

    con = duckdb.connect()
    body(con, named=False)
    linkage.link(con, "X01", AS_AT)
    account = gap.account(con, ["X01"], AS_AT)["X01"]
    assert account.months == () and not account.linked
    assert [(m.trac_declared, m.esr_starters, m.esr_declared) for m in account.counted][:1] == [(12, 12, 12)]
    assert found_break(account.counted).month == date(2020, 9, 1)
    assert len(account.series) == 9


def test_a_summary_of_recruitment_stands_in_for_application_rows() -> None:
    con = duckdb.connect()
    body(con, named=False)
    con.execute("DELETE FROM core_applications")
    for state, n in (("declared", 90), ("declined", 10)):
        put(
            con, "core_recruitment_summary", organisation_code="X01", as_at=AS_AT, delivery_id="d3", stage="Appointed",
            ethnic_state=state, applications=n,
        )  # fmt: skip
    counted_gap.count(con, ["X01"], AS_AT, 56)
    months = counted_gap.read(con, ["X01"], AS_AT)["X01"]["ethnicity"]
    assert {m.basis for m in months} == {"summary"}
    assert [(m.trac_starters, m.trac_declared) for m in months][:1] == [(12, 11)]
    assert found_break(months).month == date(2020, 9, 1)


def test_the_alert_of_a_counted_gap_gives_a_range_and_no_correction_list() -> None:
    from wres_pipeline.quality import alerts
    from wres_pipeline.quality.trac_to_esr.gap import GapAccount
    from wres_pipeline.reference.gap import states

    held = [month(n, (20, 19), (22, 20)) for n in range(4, 10)] + [
        month(n, (20, 19), (22, 3)) for n in range(10, 13)
    ]
    account = GapAccount("X01", AS_AT, {s.state: 0 for s in states()}, (), None, tuple(held))
    text = alerts.message(alerts.OPENED, found_break(held), account, "X01").text
    assert "counted, not linked, at 2021-03-31" in text
    assert "correction list" not in text
    assert "0 applications declared" not in text
