"""Intervals of published percentages against published and worked examples."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from wres_pipeline.commissioner.funnel_plot import holm, two_percentages_p, wilson
from wres_pipeline.statistics.interval_difference import Estimate, difference, logarithm


def test_the_difference_of_newcombes_published_example() -> None:
    """56 of 70 against 48 of 80: 0.2000, method 10 gives 0.0524 to 0.3339 (Newcombe 1998, table II)."""
    found = difference(wilson(80, 70), wilson(60, 80))
    assert found.value == pytest.approx(20)
    assert (round(found.low, 2), round(found.high, 2)) == (5.24, 33.39)


@pytest.mark.parametrize(("reached", "base"), [(0, 12), (3, 11), (25, 221), (221, 221)])
def test_wilson_of_a_whole_count_is_that_of_statsmodels(reached: int, base: int) -> None:
    low, high = proportion_confint(reached, base, method="wilson")
    found = wilson(100 * reached / base, base)
    assert (found.low, found.high) == (pytest.approx(100 * low, abs=1e-9), pytest.approx(100 * high))


def test_an_interval_needs_responses_and_a_percentage() -> None:
    with pytest.raises(ValueError, match="base"):
        wilson(10, 0)
    with pytest.raises(ValueError, match="between 0 and 100"):
        wilson(101, 20)


def test_ratios_are_compared_on_their_logarithms() -> None:
    found = difference(logarithm(Estimate(2.0, 1.0, 4.0)), logarithm(Estimate(1.0, 0.5, 2.0)))
    assert found.value == pytest.approx(math.log(2))
    assert found.high - found.value == pytest.approx(math.hypot(math.log(2), math.log(2)))


def test_a_ratio_of_zero_has_no_logarithm() -> None:
    with pytest.raises(ValueError, match="logarithm"):
        logarithm(Estimate(0.0, 0.0, 1.0))


def test_two_published_percentages_are_tested_on_the_nearest_whole_counts() -> None:
    """10% of 50 and 30% of 50 are 5 and 15 people: Fisher's two-sided p is 0.0225."""
    assert two_percentages_p(10.0, 50, 30.0, 50) == pytest.approx(0.0225, abs=5e-4)


def test_holm_stops_at_the_first_that_does_not_stand() -> None:
    """0.01 ≤ 0.05/3 stands; 0.03 > 0.05/2 does not, and so neither does 0.04, though 0.04 ≤ 0.05."""
    assert holm([0.03, 0.01, 0.04]) == [False, True, False]
    assert holm([]) == []


@settings(max_examples=60, derandomize=True)
@given(st.floats(0, 100), st.integers(1, 5000), st.floats(0, 100), st.integers(1, 5000))
def test_turning_a_difference_round_turns_its_interval_round(p: float, n: int, q: float, m: int) -> None:
    one, other = difference(wilson(p, n), wilson(q, m)), difference(wilson(q, m), wilson(p, n))
    assert one.low == pytest.approx(-other.high, abs=1e-9)
    assert one.low <= one.value <= one.high
