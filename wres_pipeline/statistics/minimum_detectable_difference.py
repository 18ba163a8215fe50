"""How large a difference between two groups could have been seen at all?

The smallest difference is the one that Fisher's exact test, two-sided at 5%, would find in four of five
years (power 80%) when the first group stands where it does: worked out exactly from both binomial
distributions where that is affordable, else by the approximation of Casagrande, Pike and Smith (1978) for
Fisher's test [recalled].
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

Group = tuple[int, int]
"""(how many reached the outcome, how many people)."""

LEVEL = 0.05
POWER = 0.80
EXACT_CELLS = 250_000
"""Possible tables up to which the power is enumerated exactly: 500 × 500 people, some hundredths of
a second.
"""

_Z_LEVEL = 1.959963984540054
_Z_POWER = 0.8416212335729143
_CLOSE = 1e-4


@dataclass(frozen=True, slots=True)
class Detectable:
    """The smallest fall and rise from the first group's share that could have been seen, in percentage
    points.

    None where no difference, however large, could have been seen. `exact` is False where it is
    approximated.
    """

    below: float | None
    above: float | None
    exact: bool


@lru_cache(maxsize=1024)
def smallest_difference(first: Group, second_people: int) -> Detectable:
    """What a second group of `second_people` would have had to differ by from the first to be seen.

    Raises ValueError when more people reached the outcome than the first group has.
    """
    reached, people = first
    if not 0 <= reached <= people:
        raise ValueError("as many people as a group has can reach an outcome, no more")
    if not people or not second_people:
        return Detectable(None, None, True)
    share = reached / people
    exact = (people + 1) * (second_people + 1) <= EXACT_CELLS
    power: Callable[[float], float]
    if exact:
        seen = _rejects(people, second_people)
        of_first = _chances(people, share) @ seen

        def power(other: float) -> float:
            return float(of_first @ _chances(second_people, other))
    else:

        def power(other: float) -> float:
            return _approximate(people, second_people, share, other)

    return Detectable(_search(power, share, 0.0), _search(power, share, 1.0), exact)


def approximate_difference(share: float, people: int, second_people: int, *, above: bool) -> float | None:
    """The smallest fall (or rise) from `share` that two groups of these sizes would show, in percentage points; always
    approximated, so that fifty of them cost a return nothing. None where none could be seen.
    """
    if not people or not second_people:
        return None
    return _search(
        lambda other: _approximate(people, second_people, share, other), share, 1.0 if above else 0.0
    )


def _search(power: Callable[[float], float], share: float, edge: float) -> float | None:
    """Points between the share and the nearest other share, towards `edge`, that has the power; None if
    none has.
    """
    if share == edge or power(edge) < POWER:
        return None
    near, far = share, edge
    while abs(far - near) > _CLOSE:
        middle = (near + far) / 2
        if power(middle) < POWER:
            near = middle
        else:
            far = middle
    return 100 * abs(far - share)


def _chances(people: int, share: float) -> np.ndarray:
    """The binomial chance of each count from 0 to `people`."""
    import numpy as np
    from scipy.special import gammaln, xlog1py, xlogy

    count = np.arange(people + 1)
    ways = gammaln(people + 1) - gammaln(count + 1) - gammaln(people - count + 1)
    return np.exp(ways + xlogy(count, share) + xlog1py(people - count, -share))


def _rejects(first_people: int, second_people: int) -> np.ndarray:
    """For every table (reached of the first, reached of the second): 1.0 where Fisher's p is at most 5%."""
    import numpy as np
    from scipy.special import gammaln

    reached = np.arange(max(first_people, second_people) + 1)
    ways = [
        gammaln(n + 1) - gammaln(reached[: n + 1] + 1) - gammaln(n - reached[: n + 1] + 1)
        for n in (first_people, second_people)
    ]
    verdict = np.zeros((first_people + 1, second_people + 1))
    for together in range(first_people + second_people + 1):
        low, high = max(0, together - first_people), min(second_people, together)
        of_second = np.arange(low, high + 1)
        weights = ways[1][of_second] + ways[0][together - of_second]
        chance = np.exp(weights - weights.max())
        chance /= chance.sum()
        order = np.argsort(chance, kind="stable")
        running = np.cumsum(chance[order])
        # tables exactly as likely as this one count too: take the running sum at the last of them
        last = np.searchsorted(chance[order], chance * (1 + 1e-7), side="right") - 1
        verdict[together - of_second, of_second] = running[last] <= LEVEL
    return verdict


def _approximate(first_people: int, second_people: int, share: float, other: float) -> float:
    """Power of Fisher's test by the normal approximation with the continuity correction of the exact test."""
    ratio = second_people / first_people
    gap = abs(share - other)
    if not gap:
        return 0.0
    lost = (ratio + 1) / (2 * ratio * gap)  # the continuity correction of the exact test, in people
    if lost >= first_people:
        return 0.0
    size = (first_people - lost) ** 2 / first_people
    middle = (share + ratio * other) / (1 + ratio)
    spread_none = math.sqrt((ratio + 1) * middle * (1 - middle))
    spread_some = math.sqrt(ratio * share * (1 - share) + other * (1 - other))
    if not spread_some:
        return 1.0
    distance = (gap * math.sqrt(ratio * size) - _Z_LEVEL * spread_none) / spread_some
    return 0.5 * math.erfc(-distance / math.sqrt(2))
