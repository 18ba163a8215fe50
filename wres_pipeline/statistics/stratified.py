"""A ratio of two likelihoods within strata: like compared with like.

Mantel and Haenszel's ratio of risks over strata (vacancies, or bands of staff) with the variance of Greenland and Robins
(1985) [recalled]: it stays right with many strata of a few people each, as vacancies are, and with a number of
successes that is fixed in each stratum, as one post is. Their companion of 1986 with Breslow is for odds ratios; the
WRES compares likelihoods. People who stand in several strata (applications to several vacancies) are accounted for by
the covariance of their own outcomes, where that is positive. Rates simulated in docs/evidence/like_for_like.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

from wres_pipeline.statistics.intervals import NO_INTERVAL, Interval, Z


@dataclass(frozen=True, slots=True)
class Unit:
    """One application, or one member of staff: its stratum, the person, whether it stands above the line, and whether
    it succeeded.
    """

    stratum: Hashable
    person: Hashable
    above: bool
    success: bool


@dataclass(frozen=True, slots=True)
class Stratum:
    """(successes, trials) of the group above the line and of the group below it."""

    above: tuple[int, int]
    below: tuple[int, int]

    @property
    def tells(self) -> bool:
        """Whether both groups are there, and somebody but not everybody succeeded."""
        done, people = self.above[0] + self.below[0], self.above[1] + self.below[1]
        return bool(self.above[1] and self.below[1] and 0 < done < people)


@dataclass(frozen=True, slots=True)
class WithinStrata:
    """The ratio within strata, its 95% interval, and what it rests on: strata that tell something, of how many.

    `ratio` is None where no stratum can tell, or nobody below succeeded in one that can.
    """

    ratio: float | None
    interval: Interval
    telling: int
    strata: int


def strata_of(units: Iterable[Unit]) -> dict[Hashable, Stratum]:
    """The counts of each stratum."""
    counts: dict[Hashable, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for one in units:
        place = counts[one.stratum]
        side = 0 if one.above else 2
        place[side] += one.success
        place[side + 1] += 1
    return {key: Stratum((a, n), (b, m)) for key, (a, n, b, m) in counts.items()}


def mantel_haenszel(strata: Iterable[Stratum], *, more: float = 0.0) -> WithinStrata:
    """The ratio of likelihoods, above ÷ below, common to the strata; `more` is added to the variance of its score.

    Strata with one group alone, or in which nobody or everybody succeeded, tell nothing of an order within a vacancy;
    those in which everybody succeeded weigh towards equality in a ratio and are kept, as the field's formula has it.
    """
    every = list(strata)
    r = s = numerator = 0.0
    for one in every:
        (a, n), (b, m) = one.above, one.below
        if not n or not m:
            continue
        total = n + m
        r += a * m / total
        s += b * n / total
        numerator += (n * m * (a + b) - a * b * total) / (total * total)
    telling = sum(one.tells for one in every)
    if not s:
        return WithinStrata(None, NO_INTERVAL, telling, len(every))
    if not r:
        return WithinStrata(0.0, NO_INTERVAL, telling, len(every))
    spread = _points(telling) * sqrt(max(0.0, numerator + more) / (r * s))
    middle = log(r / s)
    return WithinStrata(r / s, (exp(middle - spread), exp(middle + spread)), telling, len(every))


def _points(telling: int) -> float:
    """How many standard deviations the interval reaches: Student's t for as many strata as tell, with their variance
    from one fewer; few strata would be too sure otherwise. Cornish and Fisher's two terms, from ten strata on within 0.002.
    """
    free = max(1, telling - 1)
    student = Z + (Z**3 + Z) / (4 * free) + (5 * Z**5 + 16 * Z**3 + 3 * Z) / (96 * free * free)
    return student * sqrt(telling / free) if telling > 1 else student


def within_strata(units: Sequence[Unit]) -> WithinStrata:
    """The ratio within strata, with the covariance of people who stand in several of them."""
    strata = strata_of(units)
    first = mantel_haenszel(strata.values())
    if not first.ratio:
        return first
    return mantel_haenszel(strata.values(), more=_of_same_people(units, strata, first.ratio))


def _of_same_people(units: Sequence[Unit], strata: dict[Hashable, Stratum], ratio: float) -> float:
    """What the outcomes of one person in several strata add to the variance of the score; never below 0."""
    scores: dict[Hashable, dict[Hashable, float]] = defaultdict(lambda: defaultdict(float))
    for one in units:
        stratum = strata[one.stratum]
        n, m = stratum.above[1], stratum.below[1]
        if not n or not m:
            continue
        below = (stratum.above[0] + stratum.below[0]) / (ratio * n + m)
        expected = below * ratio if one.above else below
        weight = m / (n + m) if one.above else -ratio * n / (n + m)
        scores[one.person][one.stratum] += weight * (one.success - expected)
    extra = 0.0
    for of_person in scores.values():
        if len(of_person) > 1:
            extra += sum(of_person.values()) ** 2 - sum(score * score for score in of_person.values())
    return max(0.0, extra) / ratio
