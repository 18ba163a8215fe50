"""What a page shows of one indicator: headline, sentences, charts, tables, meaning, method, change and
actions.

A view is made once and printed by the publication's pages, the internal page and the documents alike, so
that the same figure is the same everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from wres_pipeline.indicators.figure import Figure, half_up
from wres_pipeline.indicators.verdicts import in_words
from wres_pipeline.indicators.years_together import is_of_several_years
from wres_pipeline.reference import indicators
from wres_pipeline.reports.annual.notes import Notes
from wres_pipeline.reports.context import ReturnContext, UnverifiedRule
from wres_pipeline.reports.figure_set import FigureSet, is_number
from wres_pipeline.reports.labels import CLUSTERS, MEASURES, band_words, group_words, indicator_named
from wres_pipeline.reports.narrative_text import wordings
from wres_pipeline.reports.site import like_for_like, over_years, shapes
from wres_pipeline.reports.site.indicator_charts import Chart
from wres_pipeline.reports.site.indicator_tables import Table


@dataclass(frozen=True, slots=True)
class Headline:
    """The figure to look at first: what it is, its printed text this year and last, its verdict, and whether the text is
    words rather than a number, and so is set smaller. `years`: those it is of, where it is of several.
    """

    label: str
    shown: str
    before: str
    interval: str
    verdict: str
    in_words: bool = False
    years: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """Everything about one indicator that a reader is shown."""

    number: str
    name: str
    title: str
    wording: str
    question: str
    page: str
    headlines: tuple[Headline, ...]
    words: tuple[str, ...]
    words_outdated: bool
    charts: tuple[Chart, ...]
    tables: tuple[Table, ...]
    meaning: str
    of_a_hundred: str
    method: str
    interval_means: str
    unverified: tuple[UnverifiedRule, ...]
    changes: tuple[str, ...]
    actions: tuple[tuple[str, str, str, str], ...]
    notes: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """The name of its part of the internal page."""
        return self.page.removesuffix(".html")


ASKED = (
    "Not everybody answers the survey: the 95% confidence interval says how far the answers of all staff can be from those of the staff "
    "who answered."
)
COUNTED = (
    "Everybody is counted, so the 95% confidence interval is no doubt about the count: it says how far a figure of so few or so many "
    "people moves by chance from one year to the next."
)


def page_name(number: str) -> str:
    """The file of an indicator's page."""
    return (
        f"indicator-{number}.html" if indicators.rule(number).numbered else f"{number.replace('_', '-')}.html"
    )


def view(number: str, figures: FigureSet, context: ReturnContext, notes: Notes) -> IndicatorView:
    """The view of one indicator, by its number in the registry."""
    rule = indicators.rule(number)
    words = wordings()[number]
    drafted = shapes.draft(number, figures)
    return IndicatorView(
        number=number,
        name=indicator_named(number),
        title=rule.title,
        wording=rule.wording,
        question=words.question,
        page=page_name(number),
        headlines=tuple(
            _headline(label, f, figures) for label, f in shapes.shown(rule).headlines(rule, figures)
        ),
        words=notes.words(number, drafted),
        words_outdated=context.internal and notes.outdated(number, drafted),
        charts=shapes.charts(number, figures),
        tables=(
            *shapes.shown(rule).tables(rule, figures),
            *_over_years(number, figures),
            *like_for_like.tables(number, context),
        ),
        meaning=words.meaning,
        of_a_hundred=_of_a_hundred(number, figures),
        method=words.method,
        interval_means=interval_means(number),
        unverified=tuple(r for r in context.unverified if number in r.indicators),
        changes=tuple(dict.fromkeys(c.words for c in context.changes if c.indicator == number)),
        actions=tuple(
            (a.title, a.owner or "not set", a.due or "not set", a.progress or "no update yet")
            for a in context.actions
            if number in a.indicators
        ),
        notes=_notes(number, figures),
    )


def interval_means(number: str) -> str:
    """What the interval beside a figure says: some were asked, or everybody was counted."""
    return ASKED if indicators.rule(number).shape == indicators.SURVEY_PERCENTAGE else COUNTED


def _over_years(number: str, figures: FigureSet) -> tuple[Table, ...]:
    found = over_years.table(number, figures)
    return (found,) if found is not None else ()


def views(figures: FigureSet, context: ReturnContext, notes: Notes) -> tuple[IndicatorView, ...]:
    """The view of every indicator, in the registry's order."""
    return tuple(view(number, figures, context, notes) for number in indicators.NUMBERS)


def drafts(figures: FigureSet) -> dict[str, tuple[str, ...]]:
    """The drafted sentences of every indicator."""
    return {number: shapes.draft(number, figures) for number in indicators.NUMBERS}


def _of_a_hundred(number: str, figures: FigureSet) -> str:
    """The two groups' figures for 100 people each, in whole people; '' where one is not shown or is under 1%."""
    rule = indicators.rule(number)
    if rule.shape not in (indicators.LIKELIHOOD_RATIO, indicators.SURVEY_PERCENTAGE):
        return ""
    both = shapes.groups_of(number, figures)
    printed = [f.rounded if f is not None and is_number(f) else None for f in both]
    if any(value is None or value < 1 for value in printed):
        return ""
    words = wordings()[number]
    people = words.people or "staff"
    first, second = (half_up(value, 0) for value in printed if value is not None)
    base = f" {words.base}" if words.base else ""
    reference, focus = rule.grouping.compared
    return f"Of 100{base} {reference} {people}, {first} {words.did}; of 100 {focus} {people}, {second}."


def _headline(label: str, figure: Figure, figures: FigureSet) -> Headline:
    if is_of_several_years(figure):
        return Headline(label, figure.shown, "", figure.interval_shown, "", years=figure.band)
    before = figures.same(figure, figures.year - 1)
    shown_before = before.shown if figures.has_year(figures.year - 1) else ""
    if shown_before and figure.basis != before.basis and before.state in ("value", "zero"):
        shown_before += " (on another basis)"
    return Headline(
        label, figure.shown, shown_before, figure.interval_shown, in_words(figure), figure.rounded is None
    )


def _notes(number: str, figures: FigureSet) -> tuple[str, ...]:
    """The notes of this year's figures, each once; one that belongs to a single figure says to which."""
    owners: dict[str, list[Figure]] = {}
    for figure in figures.of(number):
        if figure.remarks:
            owners.setdefault(figure.remarks, []).append(figure)
    return tuple(f"{_named(of[0])}: {note}" if len(of) == 1 else note for note, of in owners.items())


def _named(figure: Figure) -> str:
    place = [CLUSTERS[figure.cluster]] if figure.cluster else []
    place += [band_words(figure.band)] if figure.band else []
    place += [group_words(figure.ethnic_group)] if figure.ethnic_group else []
    return ", ".join([MEASURES.get(figure.measure, figure.measure), *place])
