"""What is shown of a percentage of the staff survey: both groups, all staff, and the number of responses."""

from __future__ import annotations

from wres_pipeline.indicators.figure import Figure
from wres_pipeline.indicators.shapes.survey_percentage import MEASURE
from wres_pipeline.indicators.verdicts import in_words
from wres_pipeline.reference.indicators import IndicatorRule
from wres_pipeline.render.trend_chart import line
from wres_pipeline.reports.figure_set import FigureSet
from wres_pipeline.reports.labels import GROUPED_BY
from wres_pipeline.reports.narrative_text import Wording, wordings
from wres_pipeline.reports.site.indicator_charts import Chart, groups_over_years, trend
from wres_pipeline.reports.site.indicator_tables import Table
from wres_pipeline.reports.site.sentences import (
    ON_ANOTHER_BASIS,
    Said,
    log_of,
    numeric,
    told,
    verdict_sentences,
)


def tables(rule: IndicatorRule, figures: FigureSet) -> tuple[Table, ...]:
    """Each group and all staff, this year and the last."""
    return (_survey(rule, figures),)


def reported(rule: IndicatorRule, figures: FigureSet) -> list[tuple[str, Figure]]:
    """Each group and all staff, for the reporting template."""
    return [
        (f"{group or 'All'} staff", figures.get(rule.number, MEASURE, group=group))
        for group in (*rule.grouping.compared, "")
    ]


def charts(rule: IndicatorRule, figures: FigureSet) -> list[Chart | None]:
    """Both groups over the years, or all staff where no group is known."""
    return [groups_over_years(rule, MEASURE, figures) or _all_staff_over_years(rule, figures)]


def headlines(rule: IndicatorRule, figures: FigureSet) -> list[tuple[str, Figure]]:
    """Both groups, and all staff where no group is known."""
    found = [
        (f"{group} staff", figures.get(rule.number, MEASURE, group=group))
        for group in reversed(rule.grouping.compared)
    ]
    everybody = figures.get(rule.number, MEASURE)
    nobody = all(f.state == "not_collected" for _, f in found)
    return [*found, ("All staff", everybody)] if nobody and everybody.state != "not_collected" else found


def groups_of(
    rule: IndicatorRule, figures: FigureSet, year: int | None = None
) -> tuple[Figure | None, Figure | None]:
    """The percentages of both groups."""
    reference, focus = (
        figures.get(rule.number, MEASURE, group=group, year=year) for group in rule.grouping.compared
    )
    return reference, focus


def finding(rule: IndicatorRule, figures: FigureSet) -> Said | None:
    """The percentages of both groups."""
    reference, focus = groups_of(rule, figures)
    if reference is None or focus is None or not (told(reference) and told(focus)):
        return None
    first, second = rule.grouping.compared
    said = f"{focus.shown} of {second} staff and {reference.shown} of {first} staff {wordings()[rule.number].did}"
    adverse = log_of(focus.value) - log_of(reference.value)
    return Said(said, focus, -adverse if rule.adverse == "lower" else adverse)


def draft(rule: IndicatorRule, figures: FigureSet) -> tuple[str, ...]:
    """The sentences of this year, in reading order."""
    words = wordings()[rule.number]
    first, second = rule.grouping.compared
    survey_year = figures.year - 1
    reference, focus, everybody = (figures.get(rule.number, MEASURE, group=g) for g in (first, second, ""))
    asked = f"in the NHS Staff Survey of autumn {survey_year}"
    sentences: list[str] = []
    if numeric(reference, focus):
        sentences.append(
            f"{focus.shown} of {second} staff and {reference.shown} of {first} staff {words.did}, as they said {asked}."
        )
        a, b = focus.rounded, reference.rounded
        if a is not None and b is not None:
            higher = second if a > b else first
            sentences.append(
                "The two percentages are the same as printed."
                if a == b
                else f"The percentage is higher for {higher} staff."
            )
    else:
        for group, figure in ((second, focus), (first, reference)):
            if numeric(figure):
                sentences.append(f"{figure.shown} of {group} staff {words.did}, as they said {asked}.")
            else:
                sentences.append(f"The percentage for {group} staff is {figure.shown} for {figures.year}.")
        if everybody.state not in ("not_collected", "not_required"):
            sentences.append(_all_staff(everybody, words, asked))
    if reference.denominator and focus.denominator and numeric(reference, focus):
        sentences.append(
            f"{reference.denominator:,} {first} and {focus.denominator:,} {second} staff answered."
        )
    sentences += verdict_sentences(focus)
    if figures.has_year(figures.year - 1):
        sentences += _survey_before(rule, figures, reference, focus)
    return tuple(sentences)


def _all_staff(everybody: Figure, words: Wording, asked: str) -> str:
    if everybody.rounded is None and everybody.bound_low is None:
        return f"The percentage for all staff is {everybody.shown}."
    shown = everybody.shown[0].upper() + everybody.shown[1:]
    return f"{shown} of all staff {words.did}, as they said {asked}."


def _survey_before(rule: IndicatorRule, figures: FigureSet, reference: Figure, focus: Figure) -> list[str]:
    first, second = rule.grouping.compared
    mine, theirs = (
        figures.get(rule.number, MEASURE, group=group, year=figures.year - 1) for group in (second, first)
    )
    if not numeric(mine, theirs):
        return []
    stated = (
        f"In {figures.year - 1} the percentages were {mine.shown} of {second} staff and "
        f"{theirs.shown} of {first} staff"
    )
    if focus.basis != mine.basis or reference.basis != theirs.basis:
        return [f"{stated}, {ON_ANOTHER_BASIS}."]
    return [f"{stated}."]


def _survey(rule: IndicatorRule, figures: FigureSet) -> Table:
    rows = []
    for year in figures.this_and_last:
        for group in (*reversed(rule.grouping.compared), ""):
            figure = figures.get(rule.number, MEASURE, group=group, year=year)
            answered = f"{figure.denominator:,}" if figure.denominator else "not shown"
            rows.append(
                (
                    f"{group or 'All'} staff, {year}",
                    figure.shown,
                    figure.interval_shown or "none",
                    answered,
                    in_words(figure) or "none",
                )
            )
    return Table(
        caption=f"{rule.name}: percentage of staff by {GROUPED_BY[rule.grouping.name]} and year",
        head=("Group and year", "Percentage", "95% confidence interval", "Responses", "Verdict"),
        rows=tuple(rows),
        numeric=(1, 3),
        wide=True,
    )


def _all_staff_over_years(rule: IndicatorRule, figures: FigureSet) -> Chart | None:
    whole = line("All staff", [figures.get(rule.number, MEASURE, year=year) for year in figures.years])
    return trend(f"{rule.name}: {wordings()[rule.number].short.lower()}, all staff", [whole])
