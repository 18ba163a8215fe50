"""What the providers' page and the reviews print, gathered from the provider log's figures: text,
never arithmetic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wres_pipeline.commissioner.dashboard import Desk
from wres_pipeline.commissioner.figure import CommissioningFigure
from wres_pipeline.commissioner.log_checks import NATIONAL, SURVEY_INDICATORS
from wres_pipeline.commissioner.provider_survey import TOPICS
from wres_pipeline.commissioner.review import ProviderReview
from wres_pipeline.reference import indicators
from wres_pipeline.render.text import slug
from wres_pipeline.reports.commissioner.commissioner_views import GROUP_NAMES, Row, Table, in_points, numbered

SHORT_TOPICS = {
    "harassment_public": "Abuse, the public",
    "harassment_managers": "Abuse, managers",
    "harassment_colleagues": "Abuse, colleagues",
    "harassment_staff": "Abuse, staff",
    "discrimination_internal": "Discrimination, staff",
    "discrimination_public": "Discrimination, public",
    "career_progression": "Equal opportunities",
}
"""Labels of a chart, where the whole question would not fit."""


@dataclass(frozen=True, slots=True)
class ProviderView:
    """One provider's part of the log: its years, its indicators by group and its national results."""

    code: str
    name: str
    status: str
    page: str
    years: Table
    indicators: Table | None
    national: Table | None


def provider_views(desk: Desk) -> tuple[ProviderView, ...]:
    """Every provider of the log, newest year first within each table."""
    rows = desk.section("provider_log")
    found = []
    for review in desk.reviews:
        mine = [one for one in rows if one.subject == review.provider.code]
        found.append(
            ProviderView(
                review.provider.code,
                review.provider.name,
                review.status,
                review_page(review.provider.code),
                _return_table(mine, review.provider.name),
                _indicator_table(mine, review.provider.name),
                _all_staff_table(mine, review.provider.name),
            )
        )
    return tuple(found)


def review_page(code: str) -> str:
    """The address of a provider's review."""
    return f"provider-{slug(code)}.html"


def _return_table(mine: Sequence[CommissioningFigure], name: str) -> Table:
    rows = [
        (str(one.about_year), one.shown, f"{int(one.value or 0)} of {int(one.denominator or 0)}", one.note)
        for one in reversed(mine)
        if one.measure == "return"
    ]
    return Table(
        f"{name}: returns by year",
        ("Reporting year", "Return", "Of indicators 5 to 8", "Note"),
        tuple(rows),
    )


def _indicator_table(mine: Sequence[CommissioningFigure], name: str) -> Table | None:
    def cell(year: int, number: str, measure: str, group: str = "") -> CommissioningFigure | None:
        return next(
            (
                one
                for one in mine
                if (one.about_year, one.breakdown, one.measure, one.ethnic_group)
                == (year, number, measure, group)
            ),
            None,
        )

    keys = sorted(
        {
            (one.breakdown, -one.about_year)
            for one in mine
            if one.breakdown and one.measure not in TOPICS_MEASURES
        }
    )
    rows = []
    for number, minus_year in keys:
        year = -minus_year
        gap = cell(year, number, "gap")
        whole = cell(year, number, indicators.rule(number).ratio or "percentage")
        parts = [cell(year, number, "percentage", group) for group in ("White", "BME")]
        rows.append(
            (
                number,
                str(year),
                *(part.shown if part else "" for part in parts),
                whole.shown if whole else "",
                in_points(gap.shown) if gap else "",
                in_points(gap.interval_shown) if gap else "",
                gap.verdict if gap else "",
            )
        )
    if not rows:
        return None
    return Table(
        f"{name}: indicators as published",
        (
            "Indicator",
            "Year",
            "White",
            "BME",
            "All, or ratio",
            "Gap, BME less White",
            "95% interval",
            "By itself",
        ),
        tuple(rows),
        (2, 3, 4),
    )


TOPICS_MEASURES = frozenset({*TOPICS, *(f"{topic}_change" for topic in TOPICS)})


def _all_staff_table(mine: Sequence[CommissioningFigure], name: str) -> Table | None:
    changes = {
        (one.measure.removesuffix("_change"), one.about_year): one
        for one in mine
        if one.measure.endswith("_change")
    }
    rows = []
    for topic, words in TOPICS.items():
        for one in sorted((r for r in mine if r.measure == topic), key=lambda r: -r.about_year):
            change = changes.get((topic, one.about_year))
            rows.append(
                (
                    words,
                    str(one.about_year - 1),
                    one.shown,
                    one.interval_shown,
                    f"{int(one.denominator):,}" if one.denominator is not None else "",
                    f"{change.shown}: {change.verdict}"
                    if change and change.verdict
                    else (change.note if change else ""),
                )
            )
    if not rows:
        return None
    return Table(
        f"{name}: all staff, national staff-survey results",
        ("Question", "Survey", "Percentage", "95% interval", "Responses", "Change since the survey before"),
        tuple(rows),
        (2, 4),
    )


def national_table(desk: Desk) -> Table | None:
    """The national line of every indicator and year there is, with where it was read."""
    held = [one for one in desk.section("provider_log") if one.subject == NATIONAL]
    numbers, sources = numbered([one.source for one in held])
    rows = [
        (
            one.breakdown,
            str(one.about_year),
            GROUP_NAMES.get(one.ethnic_group, one.ethnic_group) if one.unit == "percent" else "Ratio",
            one.shown,
            number,
        )
        for one, number in zip(held, numbers, strict=True)
    ]
    head = ("Indicator", "Year", "Group", "Figure", "Source")
    return Table("National figures held", head, tuple(rows), (3,), sources=sources) if rows else None


def review_marks(desk: Desk, review: ProviderReview) -> list[tuple[str, CommissioningFigure]]:
    """What a review's chart shows: (label, figure) of both groups by indicator, else of all staff
    by question.
    """
    mine = [
        one
        for one in desk.section("provider_log")
        if (one.subject, one.about_year) == (review.provider.code, review.year) and one.unit == "percent"
    ]
    by_group = [
        (f"Indicator {one.breakdown}, {one.ethnic_group}", one)
        for one in mine
        if one.measure == "percentage" and one.ethnic_group in ("White", "BME")
    ]
    return by_group or [(SHORT_TOPICS[one.measure], one) for one in mine if one.measure in TOPICS]


def missing_words(desk: Desk) -> tuple[str, ...]:
    """Sentences: whose return of the year is late, missing or only part there."""
    found = []
    for one in desk.section("provider_log"):
        if one.measure == "return" and one.about_year == desk.reporting_year and one.shown != "received":
            found.append(f"{one.subject_name}: {one.shown}{f' ({one.note})' if one.note else ''}.")
    return tuple(found)


def indicator_titles() -> tuple[Row, ...]:
    """Indicators 5 to 8 by number and title, for the log's key."""
    return tuple((f"Indicator {number}", indicators.rule(number).title) for number in SURVEY_INDICATORS)
