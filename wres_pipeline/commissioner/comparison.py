"""Intervals and tests for numbers that somebody published: a percentage and a base, nothing else.

A published percentage is rounded, and a staff-survey percentage is often weighted, so the number of people
behind it is not known exactly; the methods here need only the percentage and the base. Source for many
comparisons at once: Holm 1979 [recalled].
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from wres_pipeline.statistics import intervals
from wres_pipeline.statistics.exact_tests import fisher
from wres_pipeline.statistics.interval_difference import Estimate


def wilson(percent: float, base: float) -> Estimate:
    """Wilson's interval of a published percentage (0–100) of `base` responses.

    Raises ValueError for a base that is not above 0 or a percentage outside 0–100.
    """
    if base <= 0:
        raise ValueError("an interval needs a base above 0")
    if not 0 <= percent <= 100:
        raise ValueError("a percentage lies between 0 and 100")
    low, high = intervals.wilson(min(percent * base / 100, base), base)
    assert low is not None and high is not None
    return Estimate(percent, 100 * low, 100 * high)


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
