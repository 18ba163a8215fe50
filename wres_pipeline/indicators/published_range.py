"""The published range 0.80 to 1.25 of indicator 3, and how often a fair organisation falls outside it by
chance.

The range is read from the registry ("A fair experience for all", 2019 [seen]); inclusive ends on unrounded
values [ours]. It is no test: at most sizes it is left by chance far oftener than one year in twenty.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, exp, floor, lgamma, log, log1p, sqrt

from wres_pipeline.reference import indicators

#: how many standard deviations of each group's cases are looked at; beyond lies less than 1 in 10^13
_REACH = 8.0


def published_range() -> tuple[Fraction, Fraction]:
    """The two ends of the range published for indicator 3."""
    return next(rule.fair_range for rule in indicators.REGISTRY if rule.fair_range is not None)


def classify(value: Fraction, ends: tuple[Fraction, Fraction] | None = None) -> str:
    """`below`, `inside` or `above` the range, ends included, on the unrounded value."""
    low, high = ends or published_range()
    return "below" if value < low else "above" if value > high else "inside"


def chance_outside(white: int, bme: int, rate: float, ends: tuple[Fraction, Fraction] | None = None) -> float:
    """How often a ratio BME ÷ White of two groups with the same true `rate` falls outside the range (0–1).

    `white` and `bme` are the groups' sizes. Cases are binomial in each group; a year in which the ratio
    cannot be worked out (no White case) counts as outside, as nobody can say it is inside. Summed exactly
    over every pair of counts that could occur.
    """
    if white <= 0 or bme <= 0 or not 0 < rate < 1:
        return 1.0
    low, high = (float(end) for end in ends or published_range())
    whites = _chances(white, rate)
    running = [0.0]
    first, chances = _chances(bme, rate)
    for chance in chances:
        running.append(running[-1] + chance)
    inside = 0.0
    for step, chance in enumerate(whites[1]):
        cases = whites[0] + step
        if not cases:
            continue
        share = cases / white * bme
        smallest = max(first, ceil(low * share - 1e-9))
        largest = min(first + len(chances) - 1, floor(high * share + 1e-9))
        if largest >= smallest:
            inside += chance * (running[largest - first + 1] - running[smallest - first])
    return min(1.0, max(0.0, 1.0 - inside))


def _chances(size: int, rate: float) -> tuple[int, list[float]]:
    """The smallest count looked at, and the binomial chance of it and of each one after it."""
    spread = _REACH * sqrt(size * rate * (1 - rate)) + _REACH
    first, last = max(0, floor(size * rate - spread)), min(size, ceil(size * rate + spread))
    chance = exp(
        lgamma(size + 1)
        - lgamma(first + 1)
        - lgamma(size - first + 1)
        + first * log(rate)
        + (size - first) * log1p(-rate)
    )
    chances = [chance]
    for cases in range(first, last):
        chance *= (size - cases) / (cases + 1) * rate / (1 - rate)
        chances.append(chance)
    return first, chances
