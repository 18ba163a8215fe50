"""All figures of one organisation and year: the registry's indicators in order, each worked out by its shape."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from wres_pipeline.indicators import shapes, verdicts
from wres_pipeline.indicators.counts import OrganisationCounts
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.indicators.figure_builder import Comparison, FigureBuilder
from wres_pipeline.reference import indicators, years

if TYPE_CHECKING:
    from wres_pipeline.reference.margins import Margins
    from wres_pipeline.reference.years import ReportingYear


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
        shape = shapes.shape_of(rule)
        # only numbered indicators can be left out by a year, and only those of the standard the year's settings are of
        asked = rule.number in rules.required_indicators or rule.number not in years.requirable()
        maker = FigureBuilder(
            counts.organisation_code,
            counts.reporting_year,
            rule.number,
            rules.rule_version,
            ";".join(_deliveries(rule, counts)),
            shape.basis(rule, rules),
        )
        result = shape.figures(maker, rule, counts, rules, "not_collected" if asked else "not_required")
        figures.extend(result.figures)
        comparisons.extend(result.comparisons)
    return figures, comparisons


def basis(number: str, rules: ReportingYear) -> str:
    """The definition behind an indicator's figures in a year: figures of two bases are never one series."""
    rule = indicators.rule(number)
    return shapes.shape_of(rule).basis(rule, rules)


def _deliveries(rule: indicators.IndicatorRule, counts: OrganisationCounts) -> Iterable[str]:
    parts = (counts.part(name, rule.number) for name in rule.counted_from)
    return sorted({one for part in parts if part is not None for one in part.deliveries})
