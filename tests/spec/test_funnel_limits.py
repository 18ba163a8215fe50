"""Funnel plot limits: the exact binomial rule worked by hand, and over-dispersion worked by hand.

Method: Spiegelhalter 2005, Statistics in Medicine 24:1185–1202, appendix A.1.1 and section 5.
"""

from __future__ import annotations

import math

import pytest
from scipy.stats import binom

from wres_pipeline.commissioner.funnel_plot import (
    Limits,
    dispersion,
    exact_limits,
    pooled,
    widened,
    winsorised,
)

# A target of 50% and 10 responses. Cumulative binomial probabilities: up to 1: 11/1024 = 0.010742; up to 2:
# 56/1024 = 0.054688. The lower 95% limit lies between counts 1 and 2: r = 2,
# α = (0.054688 − 0.025)/(0.054688 − 0.010742) = 0.675556, limit = (2 − 0.675556)/10 = 13.2444%.
# A target of 10% and 20 responses. Up to 0: 0.9^20 = 0.121577 > 0.025, so the lower limit is 0.
# For the upper limit the tail from above: 5 or more: 0.043174,
# 6 or more: 0.011253. In failures: r = 15, α = (0.043174 − 0.025)/(0.043174 − 0.011253) = 0.569336,
# limit = 1 − (15 − 0.569336)/20 = 27.8467%.
HAND_WORKED = [
    # target, responses, level, low, high
    (50.0, 10, 0.95, 13.2444, 86.7556),
    (10.0, 20, 0.95, 0.0, 27.8467),
]


@pytest.mark.parametrize(("target", "base", "level", "low", "high"), HAND_WORKED)
def test_the_limits_worked_by_hand(target: float, base: int, level: float, low: float, high: float) -> None:
    found = exact_limits(target, base, level)
    assert (found.low, found.high) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


@pytest.mark.parametrize("base", [5, 11, 24, 53, 221])
@pytest.mark.parametrize("target", [2.0, 9.7, 50.0, 84.0])
@pytest.mark.parametrize("level", [0.95, 0.998])
def test_a_count_is_beyond_the_limits_exactly_when_its_tail_is_small_enough(
    target: float, base: int, level: float
) -> None:
    limits, tail, share = exact_limits(target, base, level), (1 - level) / 2, target / 100
    for count in range(base + 1):
        low_tail, high_tail = binom.cdf(count, base, share), binom.sf(count - 1, base, share)
        assert limits.beyond(100 * count / base) == (low_tail <= tail or high_tail <= tail)


def test_limits_need_responses_and_a_target() -> None:
    with pytest.raises(ValueError, match="at least one"):
        exact_limits(10, 0)
    with pytest.raises(ValueError, match="between 0 and 100"):
        exact_limits(120, 10)


def test_the_target_is_the_percentage_of_all_peers_together() -> None:
    """10% of 100 and 20% of 300 are 70 of 400: 17.5%."""
    assert pooled([10, 20], [100, 300]) == pytest.approx(17.5)


def test_the_extreme_tenth_of_the_scores_is_drawn_in() -> None:
    """Of ten scores one at each end: −9 becomes −2, 7 becomes 3. Of seven none."""
    assert winsorised([-9, -2, -1, -1, 0, 0, 1, 2, 3, 7], 0.10) == [-2, -2, -1, -1, 0, 0, 1, 2, 3, 3]
    assert winsorised([-9, 0, 0, 0, 0, 0, 9], 0.10) == [-9, 0, 0, 0, 0, 0, 9]


def test_over_dispersion_worked_by_hand() -> None:
    """Target 20%, eight bodies of 400: the standard error is 2 points. Differences of ±6 are z = ±3, so φ =
    9.

    Chance explains φ up to 1 + 2√(2/8) = 2, so the limits are widened √9 = 3 times: 16–24 becomes 8–32.
    """
    found = dispersion([14, 26] * 4, [400] * 8, 20)
    assert found.phi == pytest.approx(9)
    assert found.threshold == pytest.approx(2)
    assert found.used == pytest.approx(9)
    wide = widened(Limits(0.95, 16, 24), 20, found.used)
    assert (wide.low, wide.high) == (pytest.approx(8), pytest.approx(32))


def test_dispersion_that_chance_explains_widens_nothing() -> None:
    """±2 points are z = ±1: φ = 1."""
    assert dispersion([18, 22] * 4, [400] * 8, 20).used == 1


def test_widened_limits_stay_between_0_and_100() -> None:
    wide = widened(Limits(0.95, 1, 9), 4, 9)
    assert (wide.low, wide.high) == (0, 19)


def test_a_target_without_room_for_chance_has_no_over_dispersion() -> None:
    assert dispersion([0, 0, 0], [10, 10, 10], 0).used == 1
    assert math.isinf(dispersion([], [], 50).threshold)
