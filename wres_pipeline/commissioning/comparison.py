"""Intervals and tests for numbers that somebody published: a percentage and a base, nothing else.

A published percentage is rounded, and a staff-survey percentage is often weighted, so the number of people
behind it is not known exactly; the methods here need only the percentage and the base. Sources: Wilson 1927
for one proportion; Newcombe 1998 (Statistics in Medicine 17:873–890, method 10) for a difference of two, in
the general form of Zou and Donner 2008 (27:1693–1702), which serves any two figures that have intervals;
Holm 1979 for many comparisons at once [recalled].
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from wres_pipeline.indicators.exact import fisher

Z95 = 1.959963984540054
"""Two-sided 95% point of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its interval, all in one unit. An open end is infinite."""

    value: float
    low: float
    high: float

    def excludes(self, number: float) -> bool:
        """Whether the interval lies wholly on one side of `number`."""
        return number < self.low or number > self.high


def wilson(percent: float, base: float, z: float = Z95) -> Estimate:
    """Wilson's interval of a published percentage (0–100) of `base` responses.

    Raises ValueError for a base that is not above 0 or a percentage outside 0–100.
    """
    if base <= 0:
        raise ValueError("an interval needs a base above 0")
    if not 0 <= percent <= 100:
        raise ValueError("a percentage lies between 0 and 100")
    share, square = percent / 100, z * z
    middle = (share + square / (2 * base)) / (1 + square / base)
    half = z / (1 + square / base) * math.sqrt(share * (1 - share) / base + square / (4 * base * base))
    low = 0.0 if percent == 0 else max(0.0, middle - half)
    high = 1.0 if percent == 100 else min(1.0, middle + half)
    return Estimate(percent, 100 * low, 100 * high)


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


def two_percentages_p(percent: float, base: int, other_percent: float, other_base: int) -> float:
    """Fisher's exact two-sided p for two published percentages, each turned into the nearest whole count.

    Approximate where the percentages are weighted; used only to decide what is worth a question.
    """
    one = math.floor(percent * base / 100 + 0.5)
    other = math.floor(other_percent * other_base / 100 + 0.5)
    return fisher((one, base), (other, other_base))


def holm(p_values: Sequence[float], level: float = 0.05) -> list[bool]:
    """Which of several comparisons stand at `level` together: false alarm in any of them at most `level`."""
    order = sorted(range(len(p_values)), key=lambda place: p_values[place])
    stands = [False] * len(p_values)
    for step, place in enumerate(order):
        if p_values[place] > level / (len(p_values) - step):
            break
        stands[place] = True
    return stands
