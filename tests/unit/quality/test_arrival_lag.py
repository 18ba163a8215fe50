"""How late is late: the curve of arrivals, worked by hand."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from wres_pipeline import schema
from wres_pipeline.quality.trac_to_esr.arrival_lag import Followed, curve, followed, own_lag


def test_the_curve_is_kaplan_and_meiers() -> None:
    # ten followed: 6 answer by day 10; 2 are last seen without on day 20; of the 2 left 1 answers on day 40
    held = [Followed(10, True)] * 6 + [Followed(20, False)] * 2 + [Followed(40, True), Followed(60, False)]
    points = {p.days: p for p in curve(held, (5, 10, 28, 50))}
    assert [round(points[d].share, 6) for d in (5, 10, 28, 50)] == [0.0, 0.6, 0.6, 0.8]
    assert [points[d].at_risk for d in (5, 10, 28, 50)] == [10, 10, 2, 1]


def test_the_interval_is_greenwoods_on_the_log_log_scale() -> None:
    # S = 0.4, var(log S) = 6 / (10 x 4) = 0.15; 1.96 x sqrt(0.15) / 0.9163 = 0.8284; 0.4^exp(+-0.8284) = 0.123, 0.670
    [point] = curve([Followed(10, True)] * 6 + [Followed(20, False)] * 4, (12,))
    assert (point.low, point.high) == (pytest.approx(1 - 0.670, abs=2e-3), pytest.approx(1 - 0.123, abs=2e-3))


def test_nothing_is_said_of_days_nobody_is_followed_to() -> None:
    assert [p.days for p in curve([Followed(30, False)] * 3, (28, 56))] == [28]
    assert curve([], (28,)) == []


def test_the_own_lag_is_where_nearly_all_answers_are_there_within_the_limits() -> None:
    held = [Followed(40, True)] * 90 + [Followed(75, True)] * 8 + [Followed(300, True)] * 2
    assert own_lag(held) == 75  # 98 of 100 by then; 90 by day 40
    assert own_lag(held, (28, 60)) == 60
    assert own_lag([Followed(5, True)] * 50) == 28
    assert own_lag(held[:10]) is None


def test_lists_too_far_apart_say_nothing_of_when_an_answer_came() -> None:
    con = duckdb.connect()
    schema.bring_up(con)
    as_at, lists = date(2021, 3, 31), (date(2020, 3, 31), date(2020, 4, 30), date(2021, 3, 31))
    people = {  # start, and the state in each list from then on
        "1": (date(2020, 3, 16), ("declared", "declared", "declared")),  # with the record, 15 days
        "2": (date(2020, 3, 16), ("not_recorded", "declared", "declared")),  # later, 45 days
        "3": (
            date(2020, 4, 6),
            ("not_recorded", "declared"),
        ),  # between April and a year later: followed for 24 days
        "4": (date(2020, 6, 1), ("declared",)),  # first seen ten months after the start: not followed
    }
    for number, (start, states) in people.items():
        con.execute(
            "INSERT INTO quality_gap (organisation_code, as_at, application_id, employee_number, external, trac_state, state, start_date) "
            "VALUES ('X01', ?, ?, ?, TRUE, 'declared', 'in_sync', ?)",
            [as_at, number, number, start],
        )
        for day, state in zip([d for d in lists if d >= start][-len(states) :], states, strict=True):
            con.execute(
                "INSERT INTO core_staff (organisation_code, snapshot_date, employee_number, ethnic_state) VALUES ('X01', ?, ?, ?)",
                [day, number, state],
            )
    assert followed(con, "X01", as_at) == [
        Followed(15, True, True),
        Followed(45, True, False),
        Followed(24, False),
    ]
    assert followed(con, "X01", as_at, before=date(2020, 4, 1)) == [
        Followed(15, True, True),
        Followed(45, True, False),
    ]
