"""One of five words for a comparison of two groups, from one rule with known rates.

The rule [ours]; how often each word falls on fair and on unfair bodies is simulated in docs/evidence/verdicts.md:

1. Each comparison is tested with Fisher's exact test, two-sided.
2. `too few`: one of the groups has fewer than MINIMUM_GROUP members, or fewer than MINIMUM_EVENTS of both together
   succeeded (or failed). Such a comparison is not tested.
3. `clear difference`: its p-value is at most its part of the share that the whole family may err by, in Holm's steps
   with Tarone's count, which leaves out comparisons that these totals could not have decided either way.
4. `likely difference`: alone it stands, as p is at most 5%; among many comparisons one such comes by chance.
5. `too few`: fewer than MINIMUM_EXPECTED would be expected in one of the four cells.
6. `likely difference` too where its own 95% interval excludes equality: a word that denies evidence never stands there.
7. `no difference that matters`: its interval lies inside the margin.
8. Else `cannot tell`: the interval holds both no difference and one that matters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wres_pipeline.statistics.exact_tests import Group, fisher, smallest_p
from wres_pipeline.statistics.intervals import Interval

CLEAR = "clear difference"
LIKELY = "likely difference"
CANNOT_TELL = "cannot tell"
NOTHING_THAT_MATTERS = "no difference that matters"
TOO_FEW = "too few"
WORDS = (CLEAR, LIKELY, CANNOT_TELL, NOTHING_THAT_MATTERS, TOO_FEW)
#: the words of a difference that is stated, with its direction
STATED = (CLEAR, LIKELY)

LEVEL = 0.05
MINIMUM_GROUP = 11
MINIMUM_EVENTS = 5
MINIMUM_EXPECTED = 5


@dataclass(frozen=True, slots=True)
class Question:
    """Two groups, each (successes, trials), their 95% interval, and the margin inside which nothing matters.

    `equal` is the value of no difference on the interval's scale: 1 for a ratio, 0 for a difference.
    """

    first: Group
    second: Group
    interval: Interval
    margin: tuple[float, float]
    equal: float


@dataclass(frozen=True, slots=True)
class Answer:
    """`word` is one of WORDS. `p` is Fisher's p-value and `threshold` what it had to reach to be clear; both None
    where no test was made.
    """

    word: str
    p: float | None = None
    threshold: float | None = None


def answers(questions: Sequence[Question], share: float) -> list[Answer]:
    """A word for each comparison of one family; the chance of any false `clear difference` is at most `share`."""
    found = [Answer(TOO_FEW)] * len(questions)
    tested = []
    for place, one in enumerate(questions):
        if one.first[0] > one.first[1] or one.second[0] > one.second[1]:
            found[place] = Answer(CANNOT_TELL)
        elif not untested(one.first, one.second):
            tested.append(place)
    p_values = [fisher(questions[place].first, questions[place].second) for place in tested]
    least = [smallest_p(questions[place].first, questions[place].second) for place in tested]
    clear, threshold = tarone_holm(p_values, least, share)
    for number, place in enumerate(tested):
        word = CLEAR if number in clear else _word(questions[place], p_values[number])
        found[place] = Answer(word, p_values[number], threshold)
    return found


def _word(one: Question, p: float) -> str:
    low, high = one.interval
    excluded = (low is not None and low > one.equal) or (high is not None and high < one.equal)
    if p <= LEVEL:
        return LIKELY
    if not enough_expected(one.first, one.second):
        return TOO_FEW
    if excluded:
        return LIKELY
    if low is not None and high is not None and one.margin[0] <= low and high <= one.margin[1]:
        return NOTHING_THAT_MATTERS
    return CANNOT_TELL


def by_interval(interval: Interval, margin: tuple[float, float], equal: float, *, enough: bool) -> str:
    """The word of a comparison that no exact test fits, from its interval alone; never `clear difference`."""
    low, high = interval
    if not enough or (low is None and high is None):
        return TOO_FEW
    if (low is not None and low > equal) or (high is not None and high < equal):
        return LIKELY
    if low is not None and high is not None and margin[0] <= low and high <= margin[1]:
        return NOTHING_THAT_MATTERS
    return CANNOT_TELL


def untested(first: Group, second: Group) -> bool:
    """Whether a comparison is not tested, from its totals alone."""
    successes, trials = first[0] + second[0], first[1] + second[1]
    return min(first[1], second[1]) < MINIMUM_GROUP or min(successes, trials - successes) < MINIMUM_EVENTS


def enough_expected(first: Group, second: Group) -> bool:
    """Whether each of the four cells would hold MINIMUM_EXPECTED if both groups had the same chance."""
    successes, trials = first[0] + second[0], first[1] + second[1]
    smaller = min(first[1], second[1]) * min(successes, trials - successes)
    return smaller >= MINIMUM_EXPECTED * trials


def tarone_holm(p_values: Sequence[float], least: Sequence[float], share: float) -> tuple[set[int], float]:
    """Which tests are decided with the chance of any false one kept to `share`, and the last threshold used.

    `least` holds the smallest p-value each test could have given. Each step divides the share by Tarone's
    number (the smallest k of which at most k of the remaining tests can reach share ÷ k), then drops the
    tests decided.
    """
    remaining = set(range(len(p_values)))
    decided: set[int] = set()
    threshold = share
    while remaining:
        threshold = share / _tarone_number([least[i] for i in remaining], share)
        now = {i for i in remaining if p_values[i] <= threshold}
        if not now:
            break
        decided |= now
        remaining -= now
    return decided, threshold


def _tarone_number(least: Sequence[float], share: float) -> int:
    for k in range(1, len(least) + 1):
        if sum(1 for p in least if p <= share / k) <= k:
            return k
    return max(1, len(least))
