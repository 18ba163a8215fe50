"""One outcome by ethnic group: the share of each, White and BME compared exactly, and what could
have been seen.

The one shape behind appraisals, the opportunities log and every step of the recruitment funnel.
Nobody of Unknown ethnicity stands on either side of the comparison; their own row is shown. A count
that is withheld (None) withholds whatever rests on it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from wres_pipeline.commissioner.figure import CommissioningFigure, figure
from wres_pipeline.indicators.figure import half_up
from wres_pipeline.reference import indicators
from wres_pipeline.reference.codes.ethnicity import GROUPS
from wres_pipeline.statistics.exact_tests import fisher
from wres_pipeline.statistics.intervals import newcombe, wilson
from wres_pipeline.statistics.minimum_detectable_difference import LEVEL, Detectable, smallest_difference
from wres_pipeline.statistics.verdict_rule import STATED, Question, answers

Count = int | None
"""A number of people or applications; None where the edition withholds it."""

Reached = tuple[Count, Count]
"""(how many reached the outcome, how many could have)."""

ALL = ""
COMPARED = ("White", "BME")

Pair = tuple[tuple[int, int], tuple[int, int]]
"""(White, BME), each (reached, people)."""

DIFFERENCE = "_difference"
RATIO = f"_{indicators.rule(indicators.LIKELIHOODS[0]).ratio}"

LESS = "less often among BME people"
MORE = "more often among BME people"
MARGIN = (-3.0, 3.0)
"""Percentage points inside which a difference does not matter. [ours]"""


def shares(
    organisation_code: str,
    reporting_year: int,
    section: str,
    measure: str,
    groups: Mapping[str, Reached],
    *,
    breakdown: str = "",
    **rest: Any,
) -> list[CommissioningFigure]:
    """The outcome of each group and of all together, and the difference BME − White in percentage
    points.

    `groups` are White, BME, Unknown and '' for all of them. Rows: `measure` for each, as
    percentages with Wilson's interval; then `<measure>_difference` with Newcombe's interval,
    Fisher's verdict and, as its note, what could have been seen.
    """
    rows = [
        _share(organisation_code, reporting_year, section, measure, name, groups[name], breakdown, rest)
        for name in (ALL, *GROUPS)
    ]
    rows.append(_difference(organisation_code, reporting_year, section, measure, groups, breakdown, rest))
    return rows


def _share(
    organisation_code: str,
    reporting_year: int,
    section: str,
    measure: str,
    name: str,
    group: Reached,
    breakdown: str,
    rest: Mapping[str, Any],
) -> CommissioningFigure:
    reached, people = group
    known = reached is not None and people is not None
    low, high = wilson(reached, people) if reached is not None and people is not None else (None, None)
    return figure(
        organisation_code,
        reporting_year,
        section,
        organisation_code,
        measure,
        value=100 * Fraction(reached or 0, people) if known and people else None,
        state="" if known else "withheld",
        breakdown=breakdown,
        ethnic_group=name,
        numerator=reached,
        denominator=people,
        interval_low=None if low is None else 100 * low,
        interval_high=None if high is None else 100 * high,
        **rest,
    )


def _difference(
    organisation_code: str,
    reporting_year: int,
    section: str,
    measure: str,
    groups: Mapping[str, Reached],
    breakdown: str,
    rest: Mapping[str, Any],
) -> CommissioningFigure:
    pair = compared(groups)
    low = high = gap = None
    if pair is not None:
        white, bme = pair
        low, high = newcombe(bme, white)
        gap = Fraction(*bme) - Fraction(*white) if white[1] and bme[1] else None
    return figure(
        organisation_code,
        reporting_year,
        section,
        organisation_code,
        f"{measure}{DIFFERENCE}",
        value=None if gap is None else 100 * gap,
        unit="percentage_points",
        state="" if pair is not None else "withheld",
        breakdown=breakdown,
        interval_low=None if low is None else 100 * low,
        interval_high=None if high is None else 100 * high,
        note=what_could_be_seen(*pair) if pair is not None else "",
        **rest,
    )


def compared(groups: Mapping[str, Reached]) -> Pair | None:
    """(White, BME) when every count of both is known, else None."""
    found = []
    for name in COMPARED:
        reached, people = groups[name]
        if reached is None or people is None:
            return None
        found.append((reached, people))
    return found[0], found[1]


def decide(pairs: Sequence[Pair | None]) -> list[str]:
    """A verdict in words for each comparison of one family, by the rule of the indicators' own
    verdicts (`statistics.verdict_rule`), at 5% over the whole family.

    A comparison that is withheld (None) has no verdict and is not counted.
    """
    words = [""] * len(pairs)
    places = [place for place, pair in enumerate(pairs) if pair is not None]
    asked = [_question(pair) for pair in pairs if pair is not None]
    for place, one, answer in zip(places, asked, answers(asked, LEVEL), strict=True):
        words[place] = answer.word
        if answer.word in STATED:
            less = Fraction(*one.second) < Fraction(*one.first)
            words[place] = f"{answer.word}: {LESS if less else MORE}"
    return words


def _question(pair: Pair) -> Question:
    white, bme = pair
    low, high = newcombe(bme, white)
    interval = (None if low is None else 100 * low, None if high is None else 100 * high)
    return Question(white, bme, interval, MARGIN, 0.0)


def with_verdicts(
    rows: Sequence[CommissioningFigure], pairs: Mapping[tuple[str, str], Pair | None]
) -> list[CommissioningFigure]:
    """The rows with the verdicts of their family. `pairs` holds (breakdown, measure) → the
    comparison behind it; the rows of its difference and of its ratio carry the verdict.
    """
    words = dict(zip(pairs, decide(list(pairs.values())), strict=True))
    return [
        replace(one, verdict=words[key])
        if (key := (one.breakdown, _base(one.measure))) in words and one.measure != key[1]
        else one
        for one in rows
    ]


def _base(measure: str) -> str:
    return measure.removesuffix(DIFFERENCE).removesuffix(RATIO)


def what_could_be_seen(white: tuple[int, int], bme: tuple[int, int]) -> str:
    """Sentences: the smallest difference that would have been noticed in four years of five, and
    the p-value.
    """
    if not white[1] or not bme[1]:
        return "A group without people cannot be compared."
    return f"{detectable_words(smallest_difference(white, bme[1]))} Exact p {p_words(fisher(bme, white))}."


def detectable_words(seen: Detectable) -> str:
    """What could have been seen, as a sentence."""
    ends = [
        f"{half_up(points, 1)} points {side}"
        for points, side in ((seen.below, "lower"), (seen.above, "higher"))
        if points is not None
    ]
    if not ends:
        return "With groups of this size no difference, however large, could have been seen."
    about = "" if seen.exact else "about "
    return f"Only a BME share {about}{' or '.join(ends)} than White would be seen in four years of five."


def p_words(p: float) -> str:
    """A p-value as it is printed: `= 0.031`, `< 0.001`."""
    return "< 0.001" if p < 0.0005 else f"= {half_up(p, 3)}"
