"""Providers by indicators at a glance: a row a provider, a mark a verdict, a line of years, and what was written to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wres_pipeline.commissioner.dashboard import Desk
from wres_pipeline.commissioner.figure import CommissioningFigure
from wres_pipeline.commissioner.log_checks import SURVEY_INDICATORS
from wres_pipeline.commissioner.review import ProviderReview
from wres_pipeline.reference import indicators
from wres_pipeline.render.page import day
from wres_pipeline.render.sparkline import sparkline
from wres_pipeline.render.text import listed
from wres_pipeline.reports.commissioner.provider_views import review_page

WORSE, BETTER, UNTOLD, NONE = (
    ("●", "worse for BME staff"),
    ("◐", "better for BME staff"),
    ("○", "cannot be told from chance"),
    ("–", "not published"),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One provider's indicator: the mark of its verdict and the same in words, the BME percentage, and its line of years."""

    mark: str
    words: str
    shown: str
    line: str


@dataclass(frozen=True, slots=True)
class Row:
    """One provider: its name, the page of its review, a cell an indicator, and how the letters stand."""

    name: str
    page: str
    cells: tuple[Cell, ...]
    written: str


def heads() -> list[str]:
    """The headings of the indicators, in the order of the cells."""
    return [f"{number} {indicators.rule(number).short_title}" for number in SURVEY_INDICATORS]


def matrix(desk: Desk) -> tuple[Row, ...]:
    """A row for each provider that is reviewed, in the order of the reviews."""
    figures = desk.section("provider_log")
    return tuple(
        Row(
            review.provider.name,
            review_page(review.provider.code),
            tuple(
                _cell(
                    [f for f in figures if (f.subject, f.breakdown) == (review.provider.code, number)],
                    number,
                    review,
                )
                for number in SURVEY_INDICATORS
            ),
            _written(review),
        )
        for review in desk.reviews
    )


def _cell(mine: Sequence[CommissioningFigure], number: str, review: ProviderReview) -> Cell:
    of_bme = sorted(
        (f for f in mine if (f.measure, f.ethnic_group) == ("percentage", "BME") and f.value is not None),
        key=lambda f: f.about_year,
    )
    now = next((f for f in of_bme if f.about_year == review.year), None)
    gap = next((f for f in mine if (f.measure, f.about_year) == ("gap", review.year)), None)
    words = listed([f"{f.about_year}: {f.shown}" for f in of_bme])
    line = sparkline([(f.about_year, float(f.value or 0)) for f in of_bme], words)
    return Cell(*_mark(gap, number), now.shown if now else "", line)


def _mark(gap: CommissioningFigure | None, number: str) -> tuple[str, str]:
    """The verdict on the gap between the groups; which way is worse stands in the registry."""
    if gap is None:
        return NONE
    if not gap.direction:
        return UNTOLD
    return WORSE if gap.direction == indicators.rule(number).adverse else BETTER


def _written(review: ProviderReview) -> str:
    """When the provider was written to last, and whether it has replied; for the internal edition."""
    sent = sorted((one for one in review.comments if one.sent <= review.dated), key=lambda one: one.sent)
    if not sent:
        return "not yet"
    last = sent[-1]
    if last.open_on(review.dated):
        return f"{day(last.sent)}, open {(review.dated - last.sent).days} days"
    return f"{day(last.sent)}, replied {day(last.replied)}"
