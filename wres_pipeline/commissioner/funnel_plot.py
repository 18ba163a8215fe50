"""Funnel plots: is a body further from the average of its peers than its size explains?

Source: Spiegelhalter 2005, "Funnel plots for comparing institutional performance", Statistics in Medicine
24:1185–1202: exact binomial limits interpolated between whole counts (appendix A.1.1), and a multiplicative
over-dispersion factor from winsorised z-scores, used only when it is more than chance explains (section 5)
[recalled]. The upper limit is the mirror image of the lower one [ours]: so a body beyond either limit has
an exact tail probability of at most half of 1 − level, which the paper's formula does not give at the upper
end.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from wres_pipeline.statistics import intervals
from wres_pipeline.statistics.exact_tests import fisher
from wres_pipeline.statistics.interval_difference import Estimate

LEVELS = (0.95, 0.998)
"""The two pairs of lines a funnel plot draws [Spiegelhalter 2005]."""

WINSORISED = 0.10
"""Share of the z-scores drawn in at each end before over-dispersion is measured [Spiegelhalter 2005]."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The range a body of one size stays in by chance, as percentages 0–100."""

    level: float
    low: float
    high: float

    def beyond(self, percent: float) -> bool:
        """Whether a percentage lies outside the limits."""
        return percent < self.low or percent > self.high


@dataclass(frozen=True, slots=True)
class Dispersion:
    """How much more the peers differ than chance explains.

    `phi` is the mean square of the winsorised z-scores (1 when only chance is at work), `used` the factor the
    limits are widened by (1 unless phi is above 1 + 2·√(2/peers)).
    """

    phi: float
    peers: int

    @property
    def threshold(self) -> float:
        """The phi above which chance alone is not a good explanation."""
        return 1 + 2 * math.sqrt(2 / self.peers) if self.peers else math.inf

    @property
    def used(self) -> float:
        """The factor applied to the variance."""
        return self.phi if self.phi > self.threshold else 1.0


def exact_limits(target: float, base: int, level: float = LEVELS[0]) -> Limits:
    """Exact binomial limits around `target` (a percentage 0–100) for a body of `base` responses.

    Raises ValueError for a target outside 0–100 or a base below 1.
    """
    if base < 1:
        raise ValueError("limits need at least one response")
    if not 0 <= target <= 100:
        raise ValueError("a target percentage lies between 0 and 100")
    tail = (1 - level) / 2
    return Limits(
        level,
        100 * _lower(target / 100, base, tail),
        100 * (1 - _lower(1 - target / 100, base, tail)),
    )


def _lower(share: float, base: int, tail: float) -> float:
    """(r − α)/n with r the smallest count whose cumulative probability exceeds `tail`; 0 when that is r =
    0.
    """
    from scipy.special import bdtr

    low, high = 0, base  # the cumulative probability exceeds `tail` at `high`, always
    while low < high:
        middle = (low + high) // 2
        if bdtr(middle, base, share) > tail:
            high = middle
        else:
            low = middle + 1
    through = float(bdtr(low, base, share))
    below = float(bdtr(low - 1, base, share)) if low else 0.0
    part = (through - tail) / (through - below)
    return max(0.0, (low - part) / base)


def widened(limits: Limits, target: float, factor: float) -> Limits:
    """The limits moved away from the target by √factor, kept within 0–100."""
    root = math.sqrt(factor)
    return Limits(
        limits.level,
        max(0.0, target - root * (target - limits.low)),
        min(100.0, target + root * (limits.high - target)),
    )


def pooled(percents: Sequence[float], bases: Sequence[float]) -> float:
    """The percentage of all peers together: each counts by its responses. Raises ValueError when there is
    none.
    """
    total = sum(bases)
    if total <= 0:
        raise ValueError("peers without responses have no average")
    return math.fsum(p * n for p, n in zip(percents, bases, strict=True)) / total


def dispersion(percents: Sequence[float], bases: Sequence[float], target: float) -> Dispersion:
    """Over-dispersion of the peers around `target`: the mean square of their winsorised z-scores.

    A target of 0 or 100 leaves no room for chance: phi is then 1.
    """
    spread = target * (100 - target)
    if not percents or spread <= 0:
        return Dispersion(1.0, len(percents))
    scores = winsorised(
        [(p - target) / math.sqrt(spread / n) for p, n in zip(percents, bases, strict=True)], WINSORISED
    )
    return Dispersion(math.fsum(z * z for z in scores) / len(scores), len(scores))


def winsorised(scores: Sequence[float], share: float) -> list[float]:
    """The scores with the lowest and highest `share` of them drawn in to the nearest score that stays.

    The number drawn in at each end is rounded down: with 10% of 7 scores none is.
    """
    ordered = sorted(scores)
    drawn = math.floor(share * len(ordered))
    low, high = ordered[drawn], ordered[len(ordered) - 1 - drawn]
    return [min(max(score, low), high) for score in scores]


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
