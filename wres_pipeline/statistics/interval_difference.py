"""The difference of two figures that have intervals, whatever they are figures of.

Source: Zou and Donner 2008 (Statistics in Medicine 27:1693–1702): the interval of a difference from the two
intervals alone. With Wilson's intervals of two proportions it is Newcombe's method 10 (1998) [recalled].
"""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its interval, all in one unit. An open end is infinite."""

    value: float
    low: float
    high: float


def difference(later: Estimate, earlier: Estimate) -> Estimate:
    """later − earlier with the interval that both intervals together give (Zou and Donner 2008).

    With Wilson's intervals it is Newcombe's method 10; with the logarithms of two ratios it compares ratios.
    """
    apart = later.value - earlier.value
    return Estimate(
        apart,
        apart - math.hypot(later.value - later.low, earlier.high - earlier.value),
        apart + math.hypot(later.high - later.value, earlier.value - earlier.low),
    )


def logarithm(ratio: Estimate) -> Estimate:
    """A ratio and its interval on the logarithmic scale, where ratios can be subtracted.

    Raises ValueError for a ratio of 0 or below, which has no logarithm; a low end of 0 becomes −∞.
    """
    if ratio.value <= 0:
        raise ValueError("a ratio of 0 has no logarithm")
    return Estimate(
        math.log(ratio.value),
        math.log(ratio.low) if ratio.low > 0 else -math.inf,
        math.log(ratio.high),
    )
