"""When ethnicity stopped arriving: the break in a series of monthly shares."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wres_pipeline.quality.trac_to_esr.break_point import Month, find


def months(*counts: tuple[int, int]) -> list[Month]:
    """A series from April 2020: (arrived, starters) a month."""
    return [
        Month(date(2020 + (3 + i) // 12, (3 + i) % 12 + 1, 1), arrived, starters)
        for i, (arrived, starters) in enumerate(counts)
    ]


def test_a_break_is_dated_with_the_shares_before_and_after() -> None:
    found = find(months(*[(19, 20)] * 7, *[(1, 20)] * 4))
    assert (found.verdict, found.month, found.months) == ("break", date(2020, 11, 1), (date(2020, 11, 1),))
    assert (found.before, found.after, found.repaired) == (0.95, 0.05, None)
    assert found.open and found.sure


def test_the_statistic_is_twice_the_log_likelihood_ratio() -> None:
    # by hand: 2 × [ 30 log .5 + 30 log .5 … ] for 30 of 40 before, 10 of 40 after, against 40 of 80
    # = 2 × (30 ln .75 + 10 ln .25 + 10 ln .25 + 30 ln .75 − 80 ln .5) = 20.93
    found = find(months(*[(15, 20)] * 2, *[(5, 20)] * 2))
    assert found.statistic == pytest.approx(20.93, abs=0.005)
    assert found.dispersion == 1.0
    assert not found.sure


def test_single_losses_are_no_break() -> None:
    assert find(months(*[(19, 20)] * 12)).verdict == "no_break"


def test_a_fall_of_less_than_eight_points_is_no_break_however_many_the_starters() -> None:
    assert find(months(*[(9000, 10000)] * 6, *[(8300, 10000)] * 6)).verdict == "no_break"


def test_few_starters_could_not_have_told_a_slow_fall_and_many_could() -> None:
    # the slope over months 0 to 23: sum of (t − 11.5)² = 1150; share 0.9, n a month: 23 × √(0.09 ÷ (1150 n)) is
    # 0.0643 at n = 10 and 0.0144 at 200; times √7 + 0.84 = 3.486
    few, many = (find(months(*[(9 * n // 10, n)] * 24)) for n in (10, 200))
    assert few.least_drift == pytest.approx(3.486 * 0.0643, rel=0.02)
    assert many.least_drift == pytest.approx(3.486 * 0.0144, rel=0.02)
    assert find(months(*[(9, 10)] * 11)).least_drift is None


def test_a_rise_is_no_break() -> None:
    assert find(months(*[(1, 20)] * 6, *[(19, 20)] * 6)).verdict == "no_break"


def test_a_break_is_dated_once_two_months_of_it_are_seen() -> None:
    assert find(months(*[(10, 10)] * 8, (0, 10), (0, 10))).month == date(2020, 12, 1)


def test_few_starters_are_said_to_be_few() -> None:
    assert find(months((1, 1), (1, 1), (0, 1), (0, 1))).verdict == "too_few"
    assert find([]).verdict == "too_few"
    # three months hold no two on each side, however many started
    assert find(months((20, 20), (20, 20), (1, 20))).verdict == "too_few"


def test_months_without_starters_say_nothing() -> None:
    with_gaps = find(months((19, 20), (0, 0), (19, 20), (19, 20), (1, 20), (0, 0), (1, 20), (1, 20)))
    assert with_gaps.month == date(2020, 8, 1)


def test_a_later_repair_is_found_too() -> None:
    found = find(months(*[(19, 20)] * 7, *[(1, 20)] * 4, *[(19, 20)] * 3))
    assert (found.verdict, found.month, found.repaired) == ("repaired", date(2020, 11, 1), date(2021, 3, 1))
    assert (found.before, found.after) == (0.95, 0.05)
    assert found.repaired_months == (date(2021, 3, 1),)
    assert not found.open


def test_scatter_that_goes_on_throughout_is_no_break() -> None:
    # shares jump between a half and everybody all the time: the dispersion is large
    assert find(months(*[(20, 20), (10, 20), (20, 20), (11, 20)] * 5)).verdict == "no_break"


def test_where_the_month_is_unsure_the_set_holds_its_neighbours() -> None:
    found = find(months(*[(19, 20)] * 6, (10, 20), *[(1, 20)] * 5))
    assert found.months == (date(2020, 10, 1), date(2020, 11, 1))


COUNT = st.integers(0, 12).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(COUNT, max_size=20))
def test_any_series_has_a_verdict_and_a_break_lies_in_its_own_set(counts: list[tuple[int, int]]) -> None:
    found = find(months(*counts))
    assert found.verdict in ("break", "repaired", "drift", "no_break", "too_few")
    if found.month is not None:
        assert found.month in found.months
        assert found.before is not None and found.after is not None
        assert found.before - found.after >= 0.08


def test_a_slow_drift_is_told_with_its_pace_and_dated_to_no_month() -> None:
    # 96 of 100 in the first month, one less every second month, 79 in the last: 17 points in 35 months
    found = find(months(*[(96 - i // 2, 100) for i in range(36)]))
    assert (found.verdict, found.month, found.open, found.sure) == ("drift", None, False, False)
    assert found.pace == pytest.approx(17 * 12 / 35 / 100, abs=0.01)
    assert found.before == pytest.approx(0.96, abs=0.03) and found.after == pytest.approx(0.79, abs=0.03)


def test_a_fall_on_one_day_is_a_break_and_no_drift() -> None:
    assert find(months(*[(94, 100)] * 18, *[(80, 100)] * 18)).verdict == "break"


def test_a_year_is_needed_to_tell_a_drift() -> None:
    assert find(months(*[(96 - 6 * i, 100) for i in range(8)])).verdict != "drift"


def test_a_drift_with_scatter_is_not_given_a_month() -> None:
    # 30 starters a month from 28 to 24 arrivals, each month one more or one less in turn
    falling = [(round(28.2 - 4.2 * i / 35) + (1 if i % 2 else -1), 30) for i in range(36)]
    assert (find(months(*falling)).verdict, find(months(*falling)).month) == ("drift", None)


def test_a_collapse_within_a_drift_has_its_month() -> None:
    counts = [(96 - i // 2, 100) for i in range(24)] + [(20, 100)] * 12
    found = find(months(*counts))
    assert (found.verdict, found.month) == ("break", date(2022, 4, 1))
