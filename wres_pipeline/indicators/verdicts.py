"""What a figure is evidence of, in five words: the rule of `statistics.verdict_rule` over the comparisons of a return.

The comparisons of a return are three families with shares of their own; the interval of each is that of the figure's
own scale, the margin inside which a difference does not matter stands in the registry with its source.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from math import log

from wres_pipeline.indicators import shapes
from wres_pipeline.indicators.counts import Groups
from wres_pipeline.indicators.figure import Figure, FigureKey, number_shown
from wres_pipeline.indicators.figure_builder import Comparison
from wres_pipeline.reference import indicators
from wres_pipeline.reference.indicators import IndicatorRule
from wres_pipeline.reference.margins import Margins, in_force
from wres_pipeline.statistics import intervals
from wres_pipeline.statistics.minimum_detectable_difference import approximate_difference
from wres_pipeline.statistics.verdict_rule import (
    CLEAR,
    LIKELY,
    STATED,
    Group,
    Question,
    answers,
)

#: chance of any false clear difference in a whole fair return, shared between the families; they add up to 4 in 100,
#: which keeps the promised 5 with a margin for totals that the comparisons of one return have in common
FAMILY_SHARES: Mapping[str, float] = {"headline": 0.024, "disparity": 0.008, "breakdowns": 0.008}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A word for a figure and how it came about.

    `word` is one of `verdict_rule.WORDS`. `direction` is `lower` or `higher` (the BME share against the other), blank
    where the two are equal or a group is empty. `detectable` is the smallest adverse ratio, or difference in percentage
    points, that numbers like these would have shown in four years of five; None where none is large enough.
    """

    word: str
    direction: str = ""
    detectable: float | None = None
    p: float | None = None
    threshold: float | None = None


def decide(comparisons: Iterable[Comparison], own: Margins | None = None) -> dict[FigureKey, Verdict]:
    """A verdict for each comparison of one organisation's return, by the key of its figure. own: margins it has set itself."""
    made = list(comparisons)
    found = without_power(made, own)
    return {one.key: replace(found[one.key], detectable=_detectable(one)) for one in made}


def without_power(comparisons: Iterable[Comparison], own: Margins | None = None) -> dict[FigureKey, Verdict]:
    """The verdicts without what such numbers could have shown, which takes as long as all the rest."""
    families: dict[str, list[Comparison]] = {}
    for one in comparisons:
        families.setdefault(one.family, []).append(one)
    decided: dict[FigureKey, Verdict] = {}
    for family, members in families.items():
        for one, answer in zip(
            members, answers([_question(c, own) for c in members], FAMILY_SHARES[family]), strict=True
        ):
            decided[one.key] = Verdict(answer.word, _direction(one), None, answer.p, answer.threshold)
    return decided


def _question(one: Comparison, own: Margins | None) -> Question:
    rule, mine = indicators.rule(one.key[2]), in_force(one.key[2], own)
    scale, margin = shapes.shape_of(rule).scale(rule), (mine.low, mine.high)
    if scale == "points":
        low, high = intervals.newcombe(one.focus, one.reference)
        interval = (None if low is None else 100 * low, None if high is None else 100 * high)
        return Question(one.reference, one.focus, interval, margin, 0.0)
    if scale == "odds":
        interval = intervals.odds_ratio(one.reference, one.focus)
    else:
        interval = intervals.koopman(*_above_and_below(one, rule))
    return Question(one.reference, one.focus, interval, margin, 1.0)


def _above_and_below(one: Comparison, rule: IndicatorRule) -> tuple[Group, Group]:
    on_top = rule.above_and_below[0] == rule.grouping.reference
    return (one.reference, one.focus) if on_top else (one.focus, one.reference)


def _direction(one: Comparison) -> str:
    if not one.reference[1] or not one.focus[1]:
        return ""
    gap = one.focus[0] * one.reference[1] - one.reference[0] * one.focus[1]
    return "higher" if gap > 0 else "lower" if gap < 0 else ""


def _detectable(one: Comparison) -> float | None:
    rule = indicators.rule(one.key[2])
    scale, above = shapes.shape_of(rule).scale(rule), rule.adverse == "higher"
    # where nobody, or everybody, of the first group succeeded, the share of both together is the one to depart from
    start = (
        one.reference
        if 0 < one.reference[0] < one.reference[1]
        else (one.reference[0] + one.focus[0], one.reference[1] + one.focus[1])
    )
    if not 0 < start[0] < start[1]:
        return None
    share = start[0] / start[1]
    gap = approximate_difference(share, one.reference[1], one.focus[1], above=above)
    if gap is None:
        return None
    if scale == "points":
        return round(gap, 1)
    other = share + gap / 100 if above else share - gap / 100
    if scale == "ratio" and rule.above_and_below[0] == rule.grouping.focus:
        return round(other / share, 2)
    if other <= 0:
        return None
    ratio = share / other
    return round(ratio * (1 - other) / (1 - share) if scale == "odds" else ratio, 2)


def words_for(key: FigureKey) -> tuple[str, str]:
    """The words of a stated difference for the figure of `key`: BME share below, BME share above."""
    indicator, measure, band = key[2], key[3], key[5]
    words = indicators.rule(indicator).verdict_words
    for part in (measure, band, ""):
        if part in words:
            return words[part]
    raise KeyError(f"no words for a difference in indicator {indicator}")


def in_words(figure: Figure) -> str:
    """The verdict as every output prints it: the word, which way a stated difference goes, and what could be seen."""
    return "; ".join(part for part in (stated(figure), power(figure)) if part)


def stated(figure: Figure) -> str:
    """The word, and for a difference which way it goes; "" for a figure that compares nothing."""
    if figure.verdict not in STATED or not figure.direction:
        return figure.verdict
    below, above = words_for(figure.key)
    return f"{figure.verdict}: {below if figure.direction == 'lower' else above}"


def power(figure: Figure) -> str:
    """What numbers like these would have shown, in a clause; of a likely difference what it is worth; "" for a clear
    one, which was seen, and for a figure that compares nothing.
    """
    if not figure.verdict or figure.verdict == CLEAR:
        return ""
    if figure.verdict == LIKELY:
        return "among all comparisons of a return one such can come by chance"
    if figure.detectable is None:
        return "with these numbers no disadvantage, however large, is seen in 4 years of 5"
    unit = "ratio" if figure.unit == "ratio" else "percentage_points"
    what = "a ratio" if unit == "ratio" else "a difference"
    return f"with these numbers {what} of {number_shown(figure.detectable, unit)} or more is seen in 4 years of 5"


FALSE_ALARM = "clear difference anywhere in a fair return"
LIKELY_BY_CHANCE = "likely or clear difference among the nine headline figures of a fair return"
FAIR_HEADLINE = "a headline figure of a fair body"
#: of a difference that is there: stated, but in the other direction
WRONG_WAY = "stated the wrong way"


@dataclass(frozen=True, slots=True)
class Rate:
    """In `percent` of `returns` simulated returns, with `staff` people, `bme_percent` BME: `word` in `situation`; `indicator` is the one
    that truly differs, blank where nothing does."""

    staff: int
    bme_percent: int
    indicator: str
    situation: str
    word: str
    percent: float
    returns: int


@cache
def rates() -> tuple[Rate, ...]:
    """Every simulated rate, in the order of the file."""
    text = files(__package__).joinpath("verdict_rates.csv").read_text(encoding="utf-8")
    return tuple(
        Rate(
            int(row["staff"]),
            int(row["bme_percent"]),
            row["indicator"],
            row["situation"],
            row["word"],
            float(row["percent"]),
            int(row["returns"]),
        )
        for row in csv.DictReader(text.splitlines())
    )


def nearest(workforce: Groups) -> list[Rate]:
    """The rates simulated for the size and the share of BME staff nearest to a workforce, as ratios."""
    staff = max(1, workforce.total)
    share = 100 * max(0.5, workforce.bme) / staff
    size = min({r.staff for r in rates()}, key=lambda n: (abs(log(n / staff)), n))
    percent = min({r.bme_percent for r in rates()}, key=lambda n: (abs(log(n / share)), n))
    return [r for r in rates() if (r.staff, r.bme_percent) == (size, percent)]


def method_note(workforce: Groups) -> list[str]:
    """Sentences for the method note: what the rule's verdicts can and cannot find at about this size."""
    found = nearest(workforce)
    of = {(rate.situation, rate.word): rate for rate in found}
    alarm, chance = of[FALSE_ALARM, CLEAR], of[LIKELY_BY_CHANCE, LIKELY]
    differences = [
        f"{_named(number, name)}: clear in {of[name, CLEAR].percent:.0f}, likely in {of[name, LIKELY].percent:.0f}"
        for number, name in dict.fromkeys((rate.indicator, rate.situation) for rate in found)
        if number
    ]
    return [
        f"Error rate of the verdicts: of {alarm.returns:,} simulated returns of an organisation of about "
        f"this size ({alarm.staff:,} staff, {alarm.bme_percent}% BME) that treats everybody alike, "
        f"{alarm.percent:.1f} in 100 had a clear difference stated anywhere. A likely difference is weaker: by chance "
        f"alone {chance.percent:.0f} in 100 had at least one among the nine main comparisons.",
        "What the verdicts can find at this size, in how many returns of 100 the difference is stated: "
        + "; ".join(differences)
        + ". In the others the word is cannot tell or too few.",
    ]


def _named(number: str, situation: str) -> str:
    return f"indicator {number}, {situation}" if indicators.rule(number).numbered else situation
