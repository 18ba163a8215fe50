"""The board's slides: what we found, the nine, getting in, getting on, being safe, at the top, what we do, how sure we are.

Every number is one that the pages of the same edition print. Charts hold the printed numbers, so that a chart that is
opened in PowerPoint gives nothing away that the page does not.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import indicators
from wres_pipeline.render import slides as render
from wres_pipeline.render.slides import Bars, Grid, Slide
from wres_pipeline.render.text import typeset
from wres_pipeline.reports.context import ReturnContext
from wres_pipeline.reports.figure_set import FigureSet, is_number
from wres_pipeline.reports.narrative_text import wordings
from wres_pipeline.reports.site import site_pages
from wres_pipeline.reports.site.glance import brief, glance
from wres_pipeline.reports.site.indicator_view import IndicatorView
from wres_pipeline.reports.site.key_findings import key_findings
from wres_pipeline.reports.site.shapes import groups_of, headline_of

NAME = "board-slides.pptx"
_GLANCE = ("Indicator", "White", "BME", "Ratio or difference", "Last year", "England", "Verdict")
_WIDTHS = (2.7, 1.6, 1.6, 1.6, 1.6, 1.5, 1.5)
_TOPICS = {"getting_in": "Getting in", "getting_on": "Getting on", "being_safe": "Being safe"}
"""Topics of the registry that have a slide of bars, in order."""
_IN_BARS = (indicators.LIKELIHOOD_RATIO, indicators.SURVEY_PERCENTAGE)
_NO_FIGURES = "No figure of these indicators can be shown in this edition."


def write(figures: Iterable[Figure], context: ReturnContext, path: Path) -> Path:
    """Write the deck of one edition to `path`. Raises notes.NotesError for a notes file that cannot be used."""
    made = site_pages.publication(figures, context)
    title = f"Workforce race equality {context.reporting_year}: {context.organisation_name}"
    return render.write(deck(made, context), context, title, path)


def deck(made: site_pages.Publication, context: ReturnContext) -> tuple[Slide, ...]:
    """The eight slides."""
    found, year = made.figures, context.reporting_year
    views = {one.number: one for one in made.views}
    source = f"WRES return {year}."
    findings = tuple(one.words for one in key_findings(found))
    rows = tuple(
        (f"{row.number} {row.title}" if row.number.isdigit() else row.title, row.white, row.bme, row.headline,
         row.before, row.england, row.verdict)
        for row in glance(found, {one.number: one.page for one in made.views})
    )  # fmt: skip
    return (
        Slide(
            f"What we found in {year}",
            findings or (_NO_FIGURES,),
            notes=" ".join(findings),
            source=f"{source} {context.projected}".strip(),
        ),
        Slide(
            "The nine at a glance",
            (),
            Grid(_GLANCE, rows, _WIDTHS),
            notes=_speak(views, indicators.WORKFORCE),
            source=source,
        ),
        *(_topic(title, topic, found, views, source) for topic, title in _TOPICS.items()),
        _board(found, views, source),
        _plan(context, source),
        _trust(made, context, source),
    )


def _topic(title: str, topic: str, found: FigureSet, views: dict[str, IndicatorView], source: str) -> Slide:
    """Those of the topic that compare two groups as bars, the others in words alone."""
    of_topic = [rule for rule in indicators.REGISTRY if rule.topic == topic]
    numbers = tuple(rule.number for rule in of_topic if rule.shape in _IN_BARS)
    also = tuple(rule.number for rule in of_topic if rule.shape not in _IN_BARS)
    points = [_point(number, found) for number in (*numbers, *also)]
    return Slide(
        title,
        tuple(point for point in points if point) or (_NO_FIGURES,),
        _bars(numbers, found),
        notes=_speak(views, *numbers, *also),
        source=source,
    )


def _point(number: str, found: FigureSet) -> str:
    """One line of a slide: the headline with its verdict, else what is printed of the two groups; "" where that is no number."""
    short = wordings()[number].short
    headline = headline_of(number, found)
    if headline is not None and is_number(headline):
        verdict = f", {headline.verdict}" if headline.verdict else ""
        return f"{short}: {typeset(headline.shown)}{verdict}"
    white, bme = groups_of(number, found)
    rule = indicators.rule(number)
    first, second = rule.grouping.compared
    if rule.shape == indicators.DIFFERENCE_OF_SHARES:  # one group, in two places
        short, first, second = f"{short}, {rule.grouping.focus} people", "workforce", "board"
    told = [
        f"{name} {brief(figure)}" for name, figure in ((first, white), (second, bme)) if figure is not None
    ]
    if not any(character.isdigit() for words in told for character in words):
        return ""
    verdict = f", {bme.verdict}" if bme is not None and bme.verdict else ""
    return f"{short}: {', '.join(told)}{verdict}"


def _bars(numbers: tuple[str, ...], found: FigureSet) -> Bars | None:
    names: list[str] = []
    values: dict[str, list[float | None]] = {
        group: [] for group in indicators.rule(indicators.WORKFORCE).grouping.compared
    }
    for number in numbers:
        names.append(wordings()[number].short)
        for group, figure in zip(values, groups_of(number, found), strict=True):
            values[group].append(_printed(figure))
    if not any(value is not None for some in values.values() for value in some):
        return None
    return Bars(tuple(names), tuple((group, tuple(some)) for group, some in values.items()))


def _printed(figure: Figure | None) -> float | None:
    number = figure.rounded if figure is not None and is_number(figure) else None
    return None if number is None else float(number)


def _board(found: FigureSet, views: dict[str, IndicatorView], source: str) -> Slide:
    focus = indicators.rule(indicators.BOARD).grouping.focus
    parts = [
        (words, found.get(indicators.BOARD, "percentage", band=band, group=focus))
        for words, band in (
            ("Workforce", "workforce"), ("Board", "board"), ("Voting", "voting"), ("Executive", "executive"),
        )
    ]  # fmt: skip
    values = tuple(_printed(figure) for _, figure in parts)
    shown = Bars(tuple(words for words, _ in parts), ((focus, values),)) if any(values) else None
    point = _point(indicators.BOARD, found)
    return Slide(
        "At the top: board and workforce",
        (point or _NO_FIGURES,),
        shown,
        notes=_speak(views, indicators.BOARD),
        source=source,
    )


def _plan(context: ReturnContext, source: str) -> Slide:
    rows = tuple(
        (a.title, a.owner or "not set", a.due or "not set", a.progress or "no update")
        for a in context.actions
    )
    if not rows:
        return Slide("What we do", ("No action plan has been supplied with this return.",), source=source)
    said = f"The plan has {len(rows)} actions. {rows[0][0]}: {rows[0][3]}."
    return Slide(
        "What we do, and did it move",
        (),
        Grid(("Action", "Owner", "Due", "Progress"), rows, (4.2, 2.6, 1.7, 3.6)),
        notes=said,
        source=source,
    )


def _trust(made: site_pages.Publication, context: ReturnContext, source: str) -> Slide:
    failed = [check for check in made.checks if check.passed is False]
    checks = f"{len(made.checks) - len(failed)} of {len(made.checks)} checks passed."
    missing = (f"Not supplied: {', '.join(context.missing_kinds)}.",) if context.missing_kinds else ()
    points = (*made.data_quality, *missing, checks)
    return Slide("How sure we are", points, notes=" ".join(points), source=source)


def _speak(views: dict[str, IndicatorView], *numbers: str) -> str:
    """The sentences to say: those the pages print of these indicators."""
    return " ".join(words for number in numbers for words in views[number].words)
