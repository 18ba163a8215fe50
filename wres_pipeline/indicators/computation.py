"""All figures of one organisation and year: the registry's indicators in order, each worked out by its
function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from wres_pipeline.indicators import board, likelihoods, survey, verdicts, workforce
from wres_pipeline.indicators.counts import OrganisationCounts
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.indicators.figure_builder import Comparison, FigureBuilder, Result
from wres_pipeline.reference import indicators
from wres_pipeline.reference import survey as survey_reference

if TYPE_CHECKING:
    from wres_pipeline.reference.margins import Margins
    from wres_pipeline.reference.years import ReportingYear

Function = Callable[["FigureBuilder", OrganisationCounts, "ReportingYear", str], Result]

FUNCTIONS: dict[str, Function] = {
    "1": lambda make, c, rules, absent: workforce.indicator_1(make, c.workforce, absent),
    "2": lambda make, c, rules, absent: likelihoods.indicator_2(
        make, c.recruitment, absent, rules.period_end
    ),
    "3": lambda make, c, rules, absent: likelihoods.indicator_3(
        make, c.discipline, c.workforce, absent, rules.period_end
    ),
    "4": lambda make, c, rules, absent: likelihoods.indicator_4(
        make, c.training, c.workforce, absent, rules.period_end
    ),
    "5": lambda make, c, rules, absent: survey.indicator(make, c.survey, absent),
    "6": lambda make, c, rules, absent: survey.indicator(make, c.survey, absent),
    "7": lambda make, c, rules, absent: survey.indicator(make, c.survey, absent),
    "8": lambda make, c, rules, absent: survey.indicator(make, c.survey, absent),
    "9": lambda make, c, rules, absent: board.indicator_9(make, c.board, c.workforce, absent),
    "race_disparity": lambda make, c, rules, absent: workforce.race_disparity(make, c.workforce, absent),
}


def compute(counts: OrganisationCounts, rules: ReportingYear, own: Margins | None = None) -> list[Figure]:
    """Every figure of one organisation and reporting year, with verdicts, in the registry's order.

    Every figure the table can have is there, whatever the extracts held: one without data carries its state. own: the
    organisation's own margins of a difference that matters.
    """
    figures, comparisons = without_verdicts(counts, rules)
    decided = verdicts.decide(comparisons, own)
    return [_judged(figure, decided[figure.key]) if figure.key in decided else figure for figure in figures]


def _judged(figure: Figure, found: verdicts.Verdict) -> Figure:
    return replace(figure, verdict=found.word, direction=found.direction, detectable=found.detectable)


def without_verdicts(
    counts: OrganisationCounts, rules: ReportingYear
) -> tuple[list[Figure], list[Comparison]]:
    """The figures, and the comparisons of groups behind them, before any verdict is given."""
    figures: list[Figure] = []
    comparisons: list[Comparison] = []
    for rule in indicators.REGISTRY:
        # the disparity ratios are no part of the required nine, so no year can leave them out
        asked = rule.number in rules.required_indicators or rule.number not in REQUIRABLE
        maker = FigureBuilder(
            counts.organisation_code,
            counts.reporting_year,
            rule.number,
            rules.rule_version,
            ";".join(_deliveries(rule.number, counts)),
            basis(rule.number, rules),
        )
        result = FUNCTIONS[rule.number](maker, counts, rules, "not_collected" if asked else "not_required")
        figures.extend(result.figures)
        comparisons.extend(result.comparisons)
    return figures, comparisons


#: what a year's settings can name as required
REQUIRABLE = frozenset("123456789")


def basis(number: str, rules: ReportingYear) -> str:
    """The definition behind an indicator's figures in a year: figures of two bases are never one series."""
    if number == "3":
        return rules.indicator_3_basis
    if number == "9":
        return rules.indicator_9_basis
    if number == "7":
        worded = survey_reference.worded_anew("career_progression", rules.survey_year)
        return f"{rules.indicator_7_base}_{worded}" if worded else rules.indicator_7_base
    if number in ("5", "6", "8"):
        asked = [q for q in survey_reference.questions(rules.survey_year) if q.indicator == number]
        return asked[0].base if asked else ""
    return ""


def _deliveries(number: str, counts: OrganisationCounts) -> Iterable[str]:
    parts = {
        "1": (counts.workforce,),
        "2": (counts.recruitment,),
        "3": (counts.discipline, counts.workforce),
        "4": (counts.training, counts.workforce),
        "9": (counts.board, counts.workforce),
        "race_disparity": (counts.workforce,),
    }.get(number, (counts.survey,))
    return sorted({one for part in parts if part is not None for one in part.deliveries})
