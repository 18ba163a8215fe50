"""The declared percentage over time: limits, runs of seven, and the forecast."""

from __future__ import annotations

from datetime import date

import pytest

from wres_pipeline.quality import trend
from wres_pipeline.quality.figure import Place


def months(n: int) -> list[date]:
    return [date(2020 + i // 12, i % 12 + 1, 28) for i in range(n)]


def test_limits_are_the_mean_and_2_66_times_the_mean_moving_range() -> None:
    # moving ranges 2, 2, 2, 2, 2: 90 + 2.66 × 2 and 90 − 2.66 × 2 around a mean of 90
    found = trend.chart([89, 91, 89, 91, 89, 91])
    assert found.mean == 90
    assert (found.low, found.high) == (pytest.approx(84.68), pytest.approx(95.32))
    assert set(found.verdicts) == {trend.WITHIN}


def test_limits_stay_within_what_a_percentage_can_be() -> None:
    assert trend.chart([99, 100, 99, 100, 99, 100]).high == 100


def test_fewer_than_six_staff_lists_have_no_limits() -> None:
    found = trend.chart([90, 91, 92])
    assert (found.low, found.high, found.verdicts) == (None, None, (trend.TOO_FEW,) * 3)


def test_a_point_outside_the_limits_is_told() -> None:
    found = trend.chart([90.0, 90.2, 90.0, 90.2, 90.0, 90.2, 90.0, 90.2, 90.0, 80.0])
    assert found.verdicts[-1] == "below the limits"


def test_seven_on_one_side_of_the_mean_are_told_and_six_are_not() -> None:
    six = trend.chart([92, 88, 92, 88] * 2 + [91, 90.9, 91, 90.9, 91, 90.9, 89])
    assert "one of 7 or more in a row on one side of the mean" not in six.verdicts
    seven = trend.chart([89, 89.5, 88.8, 89.2, 89, 89.4, 89.1, 91, 91.2, 90.9, 91, 91.3, 91, 91.1])
    assert seven.verdicts[0] == seven.verdicts[-1] == "one of 7 or more in a row on one side of the mean"


def test_seven_rising_are_told() -> None:
    found = trend.chart([90, 85, 86, 87, 88, 89, 90, 91, 85, 91, 86, 90])
    assert found.verdicts[4] == "one of 7 or more rising in a row"


def test_the_forecast_of_a_straight_rise_is_the_month_the_line_reaches_the_target() -> None:
    # half a point a month from 89.5: 95 lies 5.5 months beyond the last point of 92.25 … by hand: (95 − 92)
    # ÷ 0.5 = 6
    points = [(day, 89.5 + 0.5 * i) for i, day in enumerate(months(6))]
    found = trend.forecast(points, 95.0)
    assert found.verdict == "expected"
    assert found.months == 6
    assert found.soonest is not None and found.latest is not None
    assert found.soonest <= 6 <= found.latest


def test_a_target_that_is_met_needs_no_forecast() -> None:
    assert trend.forecast([(date(2021, 3, 31), 95.0)], 95.0) == trend.Forecast("met", 0)


def test_a_falling_series_will_not_meet_the_target_at_this_pace() -> None:
    points = [(day, 94 - 0.5 * i) for i, day in enumerate(months(8))]
    assert trend.forecast(points, 95.0).verdict == "will not at this pace"


def test_three_staff_lists_give_no_forecast() -> None:
    assert (
        trend.forecast([(day, 80.0 + i) for i, day in enumerate(months(3))], 95.0).verdict
        == "too few staff lists"
    )


def test_the_forecast_is_told_as_a_month_with_its_interval() -> None:
    points = [(day, 89.5 + 0.5 * i + (0.1 if i % 2 else -0.1)) for i, day in enumerate(months(8))]
    figure = trend.forecast_figure(Place("X01", date(2020, 8, 31)), points, 0.95)
    assert figure.unit == "months"
    assert figure.shown.startswith("December 2020 (between ")
    never = trend.forecast_figure(
        Place("X01", date(2020, 8, 31)),
        [(day, 90.0 - i) for day, i in zip(months(8), range(8), strict=True)],
        0.95,
    )
    assert (never.shown, never.state) == ("will not at this pace", "not_calculable")
