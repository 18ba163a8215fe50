"""The nine at a glance: one row an indicator, with White, BME, the ratio or difference, last year, England and all years.

Every number is the printed text of a figure, or a national value with its year; nothing is worked out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from wres_pipeline.indicators.computation import basis
from wres_pipeline.indicators.figure import Figure, half_up
from wres_pipeline.indicators.years_together import FLAG, is_of_several_years
from wres_pipeline.reference import indicators, national, years
from wres_pipeline.render.sparkline import sparkline
from wres_pipeline.render.text import listed, true_minus, typeset
from wres_pipeline.reports.figure_set import FigureSet, is_number
from wres_pipeline.reports.labels import indicator_named
from wres_pipeline.reports.narrative_text import wordings
from wres_pipeline.reports.site.shapes import groups_of, headline_of

NONE = "–"


@dataclass(frozen=True, slots=True)
class GlanceRow:
    """One indicator at a glance.

    `white`, `bme`, `headline`, `interval`, `before` are printed texts, `NONE` where the indicator has none. `england` is the national value
    with its year where it is another; `direction` says in words what is better; `spark` is an SVG of all years.
    """

    number: str
    name: str
    title: str
    white: str
    bme: str
    headline: str
    interval: str
    before: str
    england: str
    direction: str
    verdict: str
    spark: str
    page: str
    years: tuple[int, ...] = ()


def glance(figures: FigureSet, pages: dict[str, str]) -> tuple[GlanceRow, ...]:
    """The rows in the registry's order. `pages`: the page of each indicator."""
    return tuple(_row(number, figures, pages[number]) for number in indicators.NUMBERS)


def series_of(number: str, figures: FigureSet) -> tuple[Figure, ...]:
    """The figure an indicator is followed by over the years, oldest first, of the newest year's basis only."""
    found = [followed(number, figures, year) for year in sorted(figures.years) if year <= figures.year]
    shown = [figure for figure in found if is_number(figure)]
    return tuple(figure for figure in shown if figure.basis == shown[-1].basis) if shown else ()


def followed(number: str, figures: FigureSet, year: int) -> Figure:
    """The figure an indicator is followed by in a year: its ratio or difference, else that of the group it is about."""
    headline = headline_of(number, figures, year)
    found = headline if headline is not None else groups_of(number, figures, year)[1]
    assert found is not None, number
    return found


def _row(number: str, figures: FigureSet, page: str) -> GlanceRow:
    rule = indicators.rule(number)
    white, bme = groups_of(number, figures)
    if rule.shape == indicators.DIFFERENCE_OF_SHARES:
        white = None  # the board is set beside the workforce, not beside White members
    headline = headline_of(number, figures)
    main = headline if headline is not None else bme
    series = series_of(number, figures)
    before = followed(number, figures, figures.year - 1)
    assert main is not None
    return GlanceRow(
        number=number,
        name=indicator_named(number),
        title=wordings()[number].short,
        white=brief(_told(white, figures)),
        bme=brief(_told(bme, figures)),
        headline=brief(_told(headline, figures)),
        interval=_interval(_told(headline, figures)),
        before=typeset(_before(main, before, figures)),
        england=_england(number, figures.year),
        direction=wordings()[number].better,
        verdict=main.verdict or NONE,
        spark=_spark(series),
        page=page,
        years=tuple(figure.reporting_year for figure in series),
    )


def _told(figure: Figure | None, figures: FigureSet) -> Figure | None:
    """The figure, or that of several years together where only it can be said."""
    if figure is None or not figure.has(FLAG):
        return figure
    name = (figure.measure, figure.ethnic_group)
    found = (one for one in figures.of(figure.indicator) if is_of_several_years(one))
    return next((one for one in found if (one.measure, one.ethnic_group) == name), figure)


def brief(figure: Figure | None) -> str:
    """The printed text in a table's cell: a survey result of too few answers is said in four words."""
    if figure is None:
        return NONE
    years = f", {figure.band}" if is_of_several_years(figure) else ""
    return "too few to show" if figure.state == "suppressed_at_source" else typeset(figure.shown) + years


def _before(now: Figure, before: Figure, figures: FigureSet) -> str:
    if not figures.has_year(figures.year - 1):
        return NONE
    if is_number(before) and is_number(now) and before.basis != now.basis:
        return f"{before.shown} (on another basis)"
    return brief(before)


@dataclass(frozen=True, slots=True)
class England:
    """The newest national value of an indicator up to a year; `shown` has its unit, `same_basis` says whether it is by the
    definition of that year.
    """

    year: int
    measure: str
    value: Decimal
    shown: str
    same_basis: bool


def england(number: str, year: int) -> England | None:
    """The national value of the year, or the newest before it; None where none was found."""
    rule = indicators.rule(number)
    wanted = ((rule.headline.measure, rule.headline.group), ("percentage", rule.grouping.focus))
    held = [
        value
        for measure, group in wanted
        for value in national.values()
        if (value.indicator, value.measure, value.ethnic_group) == (number, measure, group)
        and value.reporting_year <= year
    ]
    if not held:
        return None
    newest = max(held, key=lambda value: value.reporting_year)
    unit = {"percent": "%", "percentage_points": " points"}.get(newest.unit, "")
    same = basis(number, years.load(newest.reporting_year)) == basis(number, years.load(year))
    return England(newest.reporting_year, newest.measure, newest.value, f"{newest.value}{unit}", same)


def _england(number: str, year: int) -> str:
    """The national value with its year, and with its basis, where that is another."""
    rule, newest = indicators.rule(number), england(number, year)
    if newest is None:
        return NONE
    text = newest.shown
    if newest.measure == "percentage" and rule.shape == indicators.SURVEY_PERCENTAGE:
        text = f"{rule.grouping.focus} {text}"
    if newest.measure == "percentage" and rule.shape == indicators.DIFFERENCE_OF_SHARES:
        text = f"{text} of boards"
    if newest.year == year:
        return text
    return f"{text} ({newest.year}{'' if newest.same_basis else ', on another basis'})"


def _spark(series: Sequence[Figure]) -> str:
    if len(series) < 2:
        return ""
    words = listed([f"{figure.reporting_year}: {typeset(figure.shown)}" for figure in series])
    points = [(figure.reporting_year, float(figure.value)) for figure in series if figure.value is not None]
    return sparkline(points, words, equal=1.0 if series[-1].unit == "ratio" else None)


def _interval(headline: Figure | None) -> str:
    """The interval without its unit, which stands beside the value already."""
    if headline is None:
        return ""
    low, high = headline.interval_low, headline.interval_high
    if headline.unit != "percentage_points" or low is None or high is None:
        return typeset(headline.interval_shown)
    return true_minus(" to ".join(dict.fromkeys((half_up(low, 1), half_up(high, 1)))))
