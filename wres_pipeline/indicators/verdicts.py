"""What a figure is evidence of, in plain words, from one rule with a known error rate.

The rule [ours]; its false-alarm and detection rates are simulated in docs/evidence/verdicts.md:

1. A figure that compares two groups is tested with Fisher's exact test, two-sided.
2. `cannot be worked out`: one of the groups is empty, or nobody (or everybody) succeeded in both.
3. `too few to say`: one of the groups has fewer than MINIMUM_GROUP members, or fewer than MINIMUM_EVENTS of
   both together succeeded (or failed). Such a comparison is not tested.
4. A difference is stated when its p-value is at most its share of 4 in 100: the comparisons of a return are
   three
   families with shares of their own, and in each family Holm's steps are taken with Tarone's count, which
   leaves out comparisons that these totals could not have decided either way.
5. Otherwise `no evidence of a difference` where at least MINIMUM_EXPECTED would be expected in each of the
   four
   cells, else `too few to say`: absence of evidence is only reported where there was something to see it by.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wres_pipeline.indicators.figure import FigureKey
from wres_pipeline.indicators.figure_builder import Comparison
from wres_pipeline.statistics.exact_tests import fisher, smallest_p

#: chance of any false alarm in a whole fair return, shared between the families; they add up to 4 in 100,
#: which keeps the promised 5 with a margin for totals that the comparisons of one return have in common
FAMILY_SHARES: Mapping[str, float] = {"headline": 0.024, "disparity": 0.008, "breakdowns": 0.008}
MINIMUM_GROUP = 11
MINIMUM_EVENTS = 5
MINIMUM_EXPECTED = 5

NO_EVIDENCE = "no evidence of a difference"
TOO_FEW = "too few to say"
CANNOT = "cannot be worked out"

#: (indicator, measure or band) → words when the BME share is below, and when it is above
WORDS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("1", ""): (
        "BME staff less represented here than in the rest of the workforce",
        "BME staff more represented here than in the rest of the workforce",
    ),
    ("2", ""): (
        "BME applicants less likely to be appointed from shortlisting",
        "BME applicants more likely to be appointed from shortlisting",
    ),
    ("3", ""): (
        "BME staff less likely to enter the formal disciplinary process",
        "BME staff more likely to enter the formal disciplinary process",
    ),
    ("4", ""): (
        "BME staff less likely to access non-mandatory training",
        "BME staff more likely to access non-mandatory training",
    ),
    ("5", ""): (
        "BME staff less likely to experience harassment, bullying or abuse from patients or the public",
        "BME staff more likely to experience harassment, bullying or abuse from patients or the public",
    ),
    ("6", ""): (
        "BME staff less likely to experience harassment, bullying or abuse from staff",
        "BME staff more likely to experience harassment, bullying or abuse from staff",
    ),
    ("7", ""): (
        "BME staff less likely to believe that there are equal opportunities",
        "BME staff more likely to believe that there are equal opportunities",
    ),
    ("8", ""): (
        "BME staff less likely to experience discrimination at work",
        "BME staff more likely to experience discrimination at work",
    ),
    ("9", "board"): (
        "BME people less represented on the board than in the workforce",
        "BME people more represented on the board than in the workforce",
    ),
    ("9", "voting"): (
        "BME people less represented among voting members than in the workforce",
        "BME people more represented among voting members than in the workforce",
    ),
    ("9", "executive"): (
        "BME people less represented among executive members than in the workforce",
        "BME people more represented among executive members than in the workforce",
    ),
    ("race_disparity", "lower_to_middle"): (
        "BME staff less likely than White staff to be in the middle rather than the lower bands",
        "BME staff more likely than White staff to be in the middle rather than the lower bands",
    ),
    ("race_disparity", "middle_to_upper"): (
        "BME staff less likely than White staff to be in the upper rather than the middle bands",
        "BME staff more likely than White staff to be in the upper rather than the middle bands",
    ),
    ("race_disparity", "lower_to_upper"): (
        "BME staff less likely than White staff to be in the upper rather than the lower bands",
        "BME staff more likely than White staff to be in the upper rather than the lower bands",
    ),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The words for a figure and how they came about.

    `kind` is `lower` or `higher` (the BME share against the other), `no_evidence`, `too_few` or `cannot`. `p`
    is Fisher's p-value and `threshold` what it had to reach; both None where no test was made.
    """

    words: str
    kind: str
    p: float | None = None
    threshold: float | None = None


def decide(comparisons: Iterable[Comparison]) -> dict[FigureKey, Verdict]:
    """A verdict for each comparison of one organisation's return, by the key of its figure."""
    decided: dict[FigureKey, Verdict] = {}
    families: dict[str, list[Comparison]] = {}
    for one in comparisons:
        early = untestable(one.white, one.bme)
        if early is not None:
            decided[one.key] = early
        else:
            families.setdefault(one.family, []).append(one)
    for family, members in families.items():
        p_values = [fisher(one.white, one.bme) for one in members]
        least = [smallest_p(one.white, one.bme) for one in members]
        stated, threshold = tarone_holm(p_values, least, FAMILY_SHARES[family])
        for place, one in enumerate(members):
            if place in stated:
                below, above = words_for(one.key)
                lower = one.bme[0] * one.white[1] < one.white[0] * one.bme[1]
                decided[one.key] = Verdict(
                    below if lower else above, "lower" if lower else "higher", p_values[place], threshold
                )
            elif enough_expected(one.white, one.bme):
                decided[one.key] = Verdict(NO_EVIDENCE, "no_evidence", p_values[place], threshold)
            else:
                decided[one.key] = Verdict(TOO_FEW, "too_few", p_values[place], threshold)
    return decided


def untestable(white: tuple[int, int], bme: tuple[int, int]) -> Verdict | None:
    """The verdict of a comparison that is not tested, from its totals alone; None when it is to be tested."""
    successes, trials = white[0] + bme[0], white[1] + bme[1]
    if not white[1] or not bme[1] or successes in (0, trials):
        return Verdict(CANNOT, "cannot")
    if white[0] > white[1] or bme[0] > bme[1]:
        return Verdict(CANNOT, "cannot")
    if min(white[1], bme[1]) < MINIMUM_GROUP or min(successes, trials - successes) < MINIMUM_EVENTS:
        return Verdict(TOO_FEW, "too_few")
    return None


def enough_expected(white: tuple[int, int], bme: tuple[int, int]) -> bool:
    """Whether each of the four cells would hold MINIMUM_EXPECTED if both groups had the same chance."""
    successes, trials = white[0] + bme[0], white[1] + bme[1]
    smaller = min(white[1], bme[1]) * min(successes, trials - successes)
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


def words_for(key: FigureKey) -> tuple[str, str]:
    """The words of a stated difference for the figure of `key`: BME share below, BME share above."""
    indicator, measure, band = key[2], key[3], key[5]
    for part in (measure, band, ""):
        if (indicator, part) in WORDS:
            return WORDS[indicator, part]
    raise KeyError(f"no words for a difference in indicator {indicator}")
