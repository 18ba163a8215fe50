"""What we found, in three to six sentences: proved as every sentence is, the worst first.

A sentence prints what figures print. Which comes first follows from the figures' fields: how strong the evidence is
(the verdict), whether the difference is to the disadvantage of BME people, and how large it is.
"""

from __future__ import annotations

from dataclasses import dataclass

from wres_pipeline.indicators.figure import Figure
from wres_pipeline.indicators.years_together import is_of_several_years
from wres_pipeline.reference import indicators
from wres_pipeline.reports.figure_set import FigureSet
from wres_pipeline.reports.site import shapes
from wres_pipeline.reports.site.sentences import in_a_range

MOST, FEWEST = 6, 3
STRENGTH = ("clear difference", "likely difference", "cannot tell", "no difference that matters", "too few")
"""The verdicts' words, strongest first."""
IN_A_SENTENCE = {
    "cannot tell": "we cannot tell whether this is chance",
    "too few": "too few people to tell whether this is chance",
}
"""Verdicts that need their subject beside them to be read in a sentence."""


@dataclass(frozen=True, slots=True)
class KeyFinding:
    """One finding: its sentence, the indicator it is of, what it is ordered by, and its verdict, "" where it has none."""

    number: str
    words: str
    strength: int
    adverse: float
    verdict: str = ""


def key_findings(figures: FigureSet) -> tuple[KeyFinding, ...]:
    """The findings of this year, worst first; the make-up of the workforce stands at the head.

    Findings that say nothing of a difference are left out once there are `FEWEST`.
    """
    ordered = judged(figures)
    make_up = [one for one in ordered if one.strength < 0]
    told = [one for one in ordered if one.strength >= 0]
    strong = [one for one in told if one.strength < 2]
    kept = strong[: MOST - 1] if len(strong) >= FEWEST else told[: max(FEWEST, len(strong))]
    return (*make_up, *kept)


def judged(figures: FigureSet) -> tuple[KeyFinding, ...]:
    """A finding of every indicator that has one: the make-up of the workforce, then the others, worst first."""
    found = [one for number in indicators.NUMBERS if (one := _finding(number, figures))]
    return tuple(sorted(found, key=lambda one: (one.strength, -one.adverse)))


def _finding(number: str, figures: FigureSet) -> KeyFinding | None:
    rule = indicators.rule(number)
    said = shapes.shown(rule).finding(rule, figures)
    if said is None:
        return None
    figure = said.figure
    if rule.shape == indicators.HEADCOUNT_BY_BAND:
        return KeyFinding(number, f"{said.words}.", -1, 0.0)
    verdict = IN_A_SENTENCE.get(figure.verdict, figure.verdict)
    words = f"{said.words}: {verdict}." if verdict else f"{said.words}."
    return KeyFinding(number, words, _strength(figure), said.adverse, figure.verdict)


def _strength(figure: Figure) -> int:
    if is_of_several_years(figure):
        low, high = figure.interval_low, figure.interval_high
        sure = (low is not None and low > 1) or (high is not None and high < 1)
        return STRENGTH.index("likely difference" if sure else "cannot tell")
    if not figure.verdict:
        return len(STRENGTH) if in_a_range(figure) else STRENGTH.index("likely difference")
    return STRENGTH.index(figure.verdict) if figure.verdict in STRENGTH else len(STRENGTH)
