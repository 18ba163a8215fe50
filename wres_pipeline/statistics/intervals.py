"""95% intervals for a proportion, a ratio, an odds ratio and a difference, in closed form or by bisection.

Everything here is plain arithmetic on counts: no scipy, whose import costs more than every figure of a
return. An end that no data can set is None ("open"); the other end then still stands. Sources: Wilson (1927),
Koopman (1984), Miettinen and Nurminen (1985), Newcombe (1998) [recalled]; coverage measured in
docs/evidence/intervals.md.
"""

from __future__ import annotations

from collections.abc import Callable
from math import exp, log, sqrt

#: the two-sided 95% point of the normal distribution, and its square
Z = 1.959963984540054
CHI_SQUARE = Z * Z

Interval = tuple[float | None, float | None]
NO_INTERVAL: Interval = (None, None)

_STEPS = 200
_CLOSE = 1e-11


def wilson(successes: float, trials: float) -> Interval:
    """Wilson's score interval of a proportion, as shares 0–1; open at both ends without trials.

    `successes` need not be whole: of a published percentage only the share and the base are known.
    """
    if trials <= 0 or not 0 <= successes <= trials:
        return NO_INTERVAL
    share = successes / trials
    scale = 1 + CHI_SQUARE / trials
    centre = (share + CHI_SQUARE / (2 * trials)) / scale
    half = Z * sqrt(share * (1 - share) / trials + CHI_SQUARE / (4 * trials * trials)) / scale
    low = 0.0 if successes == 0 else max(0.0, centre - half)
    high = 1.0 if successes == trials else min(1.0, centre + half)
    return low, high


def koopman_statistic(ratio: float, top: tuple[int, int], bottom: tuple[int, int]) -> float:
    """Koopman's chi-square for the hypothesis that the two proportions stand in `ratio` (top ÷ bottom).

    `top` and `bottom` are (successes, trials). Zero exactly at the observed ratio.
    """
    x1, n1 = top
    x2, n2 = bottom
    minus_b = n1 * ratio + x1 + n2 + x2 * ratio
    root = sqrt(max(0.0, minus_b * minus_b - 4 * (n1 + n2) * ratio * (x1 + x2)))
    p2 = 2 * (x1 + x2) / (minus_b + root)
    p1 = ratio * p2
    gap = x1 / n1 - ratio * (x2 / n2)
    variance = p1 * (1 - p1) / n1 + ratio * ratio * p2 * (1 - p2) / n2
    return _squared_over(gap, variance)


def koopman(top: tuple[int, int], bottom: tuple[int, int]) -> Interval:
    """Koopman's score interval of the ratio of two proportions, top ÷ bottom.

    Stands for every table with an estimate: nobody succeeds above (0 to …), nobody below (… or more),
    everybody succeeds in a group, or in both. Open at both ends when nobody succeeds at all, or a group is
    empty.
    """
    (x1, n1), (x2, n2) = top, bottom
    if not _proper(top) or not _proper(bottom) or x1 + x2 == 0:
        return NO_INTERVAL
    if x1 == 0:
        return 0.0, _edge(lambda r: koopman_statistic(r, top, bottom), 0.5 * n2 / (x2 * n1), upwards=True)
    if x2 == 0:
        return _edge(lambda r: koopman_statistic(r, top, bottom), 2.0 * n2 * x1 / n1, upwards=False), None
    ratio = (x1 * n2) / (x2 * n1)
    return (
        _edge(lambda r: koopman_statistic(r, top, bottom), ratio, upwards=False),
        _edge(lambda r: koopman_statistic(r, top, bottom), ratio, upwards=True),
    )


def odds_statistic(ratio: float, top: tuple[int, int], bottom: tuple[int, int]) -> float:
    """The score chi-square for the hypothesis that the odds of the two groups stand in `ratio` (top ÷
    bottom).
    """
    x1, n1 = top
    x2, n2 = bottom
    a = n2 * (ratio - 1)
    b = n1 * ratio + n2 - (x1 + x2) * (ratio - 1)
    c = -(x1 + x2)
    p2 = -c / b if abs(a) < 1e-12 * n2 else -2 * c / (b + sqrt(max(0.0, b * b - 4 * a * c)))
    p2 = min(1.0, max(0.0, p2))
    p1 = p2 * ratio / (1 + p2 * (ratio - 1))
    spread1, spread2 = n1 * p1 * (1 - p1), n2 * p2 * (1 - p2)
    if spread1 <= 0 or spread2 <= 0:
        return 0.0
    gap = x1 - n1 * p1
    return gap * gap * (1 / spread1 + 1 / spread2)


def odds_ratio(top: tuple[int, int], bottom: tuple[int, int]) -> Interval:
    """The score interval of an odds ratio, (successes ÷ failures of top) ÷ (the same of bottom).

    A race disparity ratio is one: (White middle ÷ White lower) ÷ (BME middle ÷ BME lower).
    """
    (x1, n1), (x2, n2) = top, bottom
    if not _proper(top) or not _proper(bottom) or x1 + x2 in (0, n1 + n2):
        return NO_INTERVAL
    y1, y2 = n1 - x1, n2 - x2
    open_low, open_high = x1 == 0 or y2 == 0, y1 == 0 or x2 == 0
    if open_low and open_high:
        return NO_INTERVAL
    middle = (
        ((x1 + 0.5) * (y2 + 0.5)) / ((y1 + 0.5) * (x2 + 0.5))
        if open_low or open_high
        else x1 * y2 / (y1 * x2)
    )

    def statistic(ratio: float) -> float:
        return odds_statistic(ratio, top, bottom)

    low = 0.0 if open_low else _edge(statistic, middle, upwards=False)
    high = None if open_high else _edge(statistic, middle, upwards=True)
    return low, high


def newcombe(first: tuple[int, int], second: tuple[int, int]) -> Interval:
    """Newcombe's hybrid score interval of a difference of two proportions, first − second, as shares."""
    low1, high1 = wilson(*first)
    low2, high2 = wilson(*second)
    if low1 is None or high1 is None or low2 is None or high2 is None:
        return NO_INTERVAL
    p1, p2 = first[0] / first[1], second[0] / second[1]
    gap = p1 - p2
    return gap - sqrt((p1 - low1) ** 2 + (high2 - p2) ** 2), gap + sqrt((high1 - p1) ** 2 + (p2 - low2) ** 2)


def _proper(group: tuple[int, int]) -> bool:
    return group[1] > 0 and 0 <= group[0] <= group[1]


def _squared_over(gap: float, variance: float) -> float:
    if variance > 0:
        return gap * gap / variance
    return 0.0 if abs(gap) < 1e-15 else float("inf")


def _edge(statistic: Callable[[float], float], start: float, *, upwards: bool) -> float:
    """Where the statistic, small at `start`, first exceeds the 95% point on one side of it; found on a log
    scale.
    """
    inside, step = log(start), 1.0 if upwards else -1.0
    outside = inside + step
    for _ in range(_STEPS):
        if statistic(exp(outside)) > CHI_SQUARE:
            break
        inside, step = outside, step * 1.5
        outside += step
    while abs(outside - inside) > _CLOSE:
        middle = (inside + outside) / 2
        if statistic(exp(middle)) > CHI_SQUARE:
            outside = middle
        else:
            inside = middle
    return exp((inside + outside) / 2)
