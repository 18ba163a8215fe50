"""The state of an appointed application, as a table: what TRAC and ESR hold, and what it is called.

The account is made at 31 March 2021 from a staff list of that day; starts after 3 February 2021 lie within
the normal lag of 56 days.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import duckdb
import pytest

from tests.people_rows import put, put_all
from wres_pipeline import schema
from wres_pipeline.quality.trac_to_esr import gap
from wres_pipeline.reference import gap as reference
from wres_pipeline.warehouse import sql

AS_AT = date(2021, 3, 31)
SETTLED, RECENT, AHEAD = date(2020, 9, 1), date(2021, 3, 1), date(2021, 5, 1)

A_WHITE = ("A", "declared", "White")
CD_WHITE = ("CD", "declared", "White")
C_WHITE = ("C", "declared", "White")
N_BME = ("N", "declared", "BME")
BLANK = (None, "not_recorded", "Unknown")
NOT_STATED = ("Z", "declined", "Unknown")
UNMAPPED = (None, "unmapped", "Unknown")

# what TRAC holds, the link's band (None: not linked at all), what ESR holds, more about the application,
# the state
STATES: list[tuple[Any, str | None, Any, dict[str, Any], str]] = [
    (A_WHITE, "automatic", A_WHITE, {}, "in_sync"),
    (C_WHITE, "automatic", CD_WHITE, {}, "in_sync"),  # ESR's local code of the same national one
    (A_WHITE, "automatic", BLANK, {}, "missing_in_esr"),
    (N_BME, "automatic", NOT_STATED, {}, "not_stated_in_esr"),
    (A_WHITE, "automatic", N_BME, {}, "conflict"),
    (A_WHITE, "automatic", UNMAPPED, {}, "conflict"),  # a text no list knows: somebody must look
    (A_WHITE, "automatic", C_WHITE, {}, "minor_difference"),
    (NOT_STATED, "automatic", A_WHITE, {}, "not_declared"),
    (BLANK, "automatic", BLANK, {}, "not_declared"),
    (UNMAPPED, "automatic", BLANK, {}, "not_declared"),
    (A_WHITE, "clerical", BLANK, {}, "awaiting_review"),
    (BLANK, "clerical", BLANK, {}, "not_declared"),  # nothing could arrive: nobody need look
    (A_WHITE, "none", BLANK, {}, "not_found"),
    (A_WHITE, None, BLANK, {}, "not_found"),
    (BLANK, "none", BLANK, {}, "not_found"),
    (A_WHITE, "none", BLANK, {"start_date": RECENT}, "not_yet_due"),
    (A_WHITE, "automatic", BLANK, {"start_date": RECENT}, "not_yet_due"),
    (A_WHITE, "clerical", BLANK, {"start_date": RECENT}, "not_yet_due"),
    (A_WHITE, "automatic", A_WHITE, {"start_date": RECENT}, "in_sync"),  # it came early
    (A_WHITE, "automatic", A_WHITE, {"start_date": AHEAD}, "not_yet_due"),
    (A_WHITE, "automatic", BLANK, {"start_date": date(2021, 2, 3)}, "missing_in_esr"),  # 56 days: due
    (A_WHITE, "automatic", BLANK, {"start_date": date(2021, 2, 4)}, "not_yet_due"),  # 55 days: not yet
    (A_WHITE, "none", BLANK, {"start_date": None, "appointed_on": date(2021, 2, 1)}, "not_yet_due"),
    (A_WHITE, "none", BLANK, {"start_date": None, "appointed_on": date(2020, 8, 1)}, "not_found"),
    (A_WHITE, "automatic", BLANK, {"withdrawn": True}, "withdrawn"),
    (A_WHITE, "none", BLANK, {"withdrawn": True, "start_date": AHEAD}, "withdrawn"),
    (A_WHITE, "automatic", BLANK, {"is_internal": True}, "internal_mover"),
    (A_WHITE, "none", BLANK, {"is_internal": True}, "internal_mover"),
    (A_WHITE, "automatic", BLANK, {"hire_date": date(2015, 1, 5)}, "internal_mover"),  # ESR knows better
    (A_WHITE, "clerical", BLANK, {"hire_date": date(2015, 1, 5)}, "awaiting_review"),  # unsure who it is
]


def connected() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(":memory:")
    schema.bring_up(con)
    con.execute(sql("wres_pipeline.linkage", "tables.sql"))
    return con


def application(
    con: duckdb.DuckDBPyConnection, number: int, trac: Any, band: str | None, esr: Any, more: dict[str, Any]
) -> None:
    """One application `A<number>`, the person `E<number>` in ESR, and the link between them."""
    put_all(con, rows_of(number, trac, band, esr, more))


def rows_of(
    number: int, trac: Any, band: str | None, esr: Any, more: dict[str, Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    hired = more.get("hire_date", more.get("start_date") or SETTLED)
    yield (
        "core_applications",
        {
            "organisation_code": "X01",
            "as_at": AS_AT,
            "application_id": f"A{number}",
            "appointed": True,
            "withdrawn": False,
            "date_applied": date(2020, 5, 1),
            "start_date": SETTLED,
            "delivery_id": "d",
            "ethnic_code": trac[0],
            "ethnic_state": trac[1],
            "wres_group": trac[2],
            "source": "TRAC",
        }
        | {name: value for name, value in more.items() if name != "hire_date"},
    )
    yield (
        "core_staff",
        {
            "organisation_code": "X01",
            "snapshot_date": AS_AT,
            "employee_number": f"E{number}",
            "hire_date": hired,
            "delivery_id": "s",
            "counted": True,
            "ethnic_code": esr[0],
            "ethnic_state": esr[1],
            "wres_group": esr[2],
        },
    )
    if band is not None:
        yield (
            "linkage_links",
            {
                "organisation_code": "X01",
                "as_at": AS_AT,
                "application_id": f"A{number}",
                "employee_number": f"E{number}",
                "method": "splink",
                "score": 0.9,
                "band": band,
            },
        )


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    made = connected()
    yield made
    made.close()


@pytest.mark.parametrize(("trac", "band", "esr", "more", "state"), STATES)
def test_an_appointed_application_is_in_the_state(
    con: duckdb.DuckDBPyConnection, trac: Any, band: str | None, esr: Any, more: dict[str, Any], state: str
) -> None:
    application(con, 1, trac, band, esr, dict(more))
    found = gap.account(con, ["X01"], AS_AT)["X01"]
    assert found.states == {s.state: int(s.state == state) for s in reference.states()}


def test_every_state_of_the_reference_is_in_the_table() -> None:
    assert {row[-1] for row in STATES} == {s.state for s in reference.states()}


HELD = (A_WHITE, CD_WHITE, C_WHITE, N_BME, BLANK, NOT_STATED, NOT_STATED, UNMAPPED)
MORE = {
    "start_date": (None, SETTLED, RECENT, AHEAD),
    "withdrawn": (False, False, False, True),
    "is_internal": (None, True, False),
    "appointed_on": (None, date(2020, 7, 1)),
    "hire_date": (date(2014, 1, 6), SETTLED, SETTLED, RECENT),
    "appointed": (True, True, True, False),
}


@pytest.fixture
def cases(con: duckdb.DuckDBPyConnection) -> list[Any]:
    """What TRAC, the link and ESR hold, in 600 combinations drawn of all 56,448, in the tables of `con`."""
    drawn = random.Random(20210331)
    made = [
        (
            drawn.choice(HELD),
            drawn.choice(("automatic", "automatic", "clerical", "none", None)),
            drawn.choice(HELD),
            {name: drawn.choice(values) for name, values in MORE.items()},
        )
        for _ in range(600)
    ]
    put_all(con, (row for number, case in enumerate(made) for row in rows_of(number, *case)))
    return made


def test_the_states_partition_the_appointed(con: duckdb.DuckDBPyConnection, cases: list[Any]) -> None:
    found = gap.account(con, ["X01"], AS_AT)["X01"]
    appointed = {f"A{number}" for number, (*_, more) in enumerate(cases) if more["appointed"]}
    assert found.appointed == len(appointed) > 400
    rows = con.execute("SELECT application_id, state FROM quality_gap").fetchall()
    assert sorted(row[0] for row in rows) == sorted(appointed)
    assert {row[1] for row in rows} == {s.state for s in reference.states()}


def test_closing_the_gap_in_esr_turns_each_blank_though_declared_into_in_sync(
    con: duckdb.DuckDBPyConnection, cases: list[Any]
) -> None:
    gap.account(con, ["X01"], AS_AT)
    before = dict(con.execute("SELECT application_id, state FROM quality_gap").fetchall())
    con.execute(
        "UPDATE core_staff s SET ethnic_code = c.ethnic_code, ethnic_state = c.ethnic_state, "
        "wres_group = c.wres_group FROM quality_gap_closed c WHERE c.employee_number = s.employee_number"
    )
    gap.account(con, ["X01"], AS_AT)
    after = dict(con.execute("SELECT application_id, state FROM quality_gap").fetchall())
    put_right = {"missing_in_esr": "in_sync", "not_stated_in_esr": "in_sync"}
    assert after == {key: put_right.get(state, state) for key, state in before.items()}
    assert con.execute("SELECT count(*) FROM quality_gap_closed").fetchall() == [(0,)]


def test_progress_says_what_was_put_right_what_relapsed_and_what_remains(
    con: duckdb.DuckDBPyConnection,
) -> None:
    earlier = AS_AT - timedelta(days=31)
    became = [
        ("missing_in_esr", "in_sync"),
        ("conflict", "minor_difference"),
        ("not_stated_in_esr", "not_stated_in_esr"),
        ("in_sync", "missing_in_esr"),
        ("not_yet_due", "missing_in_esr"),
        ("missing_in_esr", "withdrawn"),
        ("in_sync", "in_sync"),
        (None, "missing_in_esr"),
        ("missing_in_esr", "missing_in_esr"),  # has left the staff list meanwhile
        ("conflict", "conflict"),  # had left before
    ]
    last_seen = {8: earlier, 9: earlier - timedelta(days=300)}
    schema.bring_up(con)
    for number, states in enumerate(became):
        for day, state in zip((earlier, AS_AT), states, strict=True):
            if state is not None:
                put(
                    con,
                    "quality_gap",
                    organisation_code="X01",
                    as_at=day,
                    application_id=f"A{number}",
                    state=state,
                    esr_snapshot=last_seen.get(number, day),
                )
    found = gap.progress(con, "X01", AS_AT)
    assert found == gap.Progress(
        earlier, put_right=2, remaining=1, relapsed=1, newly_found=2, no_longer_looked_at=2
    )
    assert found.net == -1
    assert gap.progress(con, "X01", earlier) is None


def test_a_month_counts_only_starters_from_outside_that_are_due_and_declared(
    con: duckdb.DuckDBPyConnection,
) -> None:
    cases: list[Any] = [
        (A_WHITE, "automatic", A_WHITE, {}),
        (A_WHITE, "automatic", N_BME, {}),  # something arrived, though another group
        (A_WHITE, "automatic", BLANK, {}),
        (A_WHITE, "automatic", BLANK, {"is_internal": True}),
        (BLANK, "automatic", BLANK, {}),
        (A_WHITE, "automatic", A_WHITE, {"start_date": RECENT}),  # early, and therefore not in a share
    ]
    for number, (trac, band, esr, more) in enumerate(cases):
        application(con, number, trac, band, esr, dict(more))
    found = gap.account(con, ["X01"], AS_AT)["X01"]
    assert found.months == (gap.MonthOfStarters(date(2020, 9, 1), 2, 1),)


def test_a_staff_list_older_than_the_account_makes_later_starts_not_yet_due(
    con: duckdb.DuckDBPyConnection,
) -> None:
    application(con, 1, A_WHITE, "none", BLANK, {"start_date": date(2020, 12, 1)})
    con.execute("UPDATE core_staff SET snapshot_date = DATE '2020-03-31'")
    assert gap.account(con, ["X01"], AS_AT)["X01"].states["not_yet_due"] == 1


def test_as_if_closed_shows_what_trac_holds_and_writes_nothing(con: duckdb.DuckDBPyConnection) -> None:
    application(con, 1, N_BME, "automatic", BLANK, {})
    put(
        con, "core_assignments", organisation_code="X01", snapshot_date=AS_AT, employee_number="E1", chosen=True,
        exclusion_reason="", ethnic_state="not_recorded", wres_group="Unknown",
    )  # fmt: skip
    gap.account(con, ["X01"], AS_AT)
    query = "SELECT wres_group, ethnic_state FROM core_workforce"
    with gap.as_if_closed(con, ["X01"], AS_AT):
        assert con.execute(query).fetchall() == [("BME", "declared")]
    assert con.execute(query).fetchall() == [("Unknown", "not_recorded")]
