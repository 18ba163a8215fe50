"""The commissioner's pages: providers and their reviews, benchmark, survey history, population,
fair process, plan.

They are part of the same publication as the return's pages and printed from one edition of the
desk; nothing is computed here. `pages` says which there are, so that the publication's navigation
can name them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from wres_pipeline.action_plan.progress import PlanProgress
from wres_pipeline.action_plan.status import DONE, DUE, LATE, NO_EVIDENCE, ON_TRACK
from wres_pipeline.commissioner.dashboard import Desk
from wres_pipeline.commissioner.figure import CommissioningFigure
from wres_pipeline.commissioner.provider_survey import TOPICS
from wres_pipeline.commissioner.review import NOT_GIVEN, ProviderReview
from wres_pipeline.render import charts as charts_module
from wres_pipeline.render import page
from wres_pipeline.render.page import BreadcrumbItem
from wres_pipeline.render.text import slug
from wres_pipeline.reports.commissioner import commissioner_views as views
from wres_pipeline.reports.commissioner import provider_matrix, provider_review, provider_views
from wres_pipeline.reports.commissioner.commissioner_charts import (
    funnel_chart,
    funnel_values,
    series_chart,
    series_values,
)
from wres_pipeline.reports.commissioner.withdrawn_pages import remove_old
from wres_pipeline.reports.context import ReturnContext

CHARTS = "charts-commissioning"
TEMPLATES = "commissioner/"

COLOURS = {
    DONE: "nhsuk-tag--green",
    ON_TRACK: "nhsuk-tag--blue",
    DUE: "nhsuk-tag--yellow",
    LATE: "nhsuk-tag--red",
    NO_EVIDENCE: "nhsuk-tag--grey",
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as a page shows it: its address, what it shows in words, its caption and its values."""

    src: str
    alt: str
    caption: str
    values: charts_module.Values


def pages(*, reviews: bool, plan: bool) -> tuple[BreadcrumbItem, ...]:
    """The pages there are where there are provider reviews and a plan, in order, for the
    publication's navigation.
    """
    found = []
    if reviews:
        found.append(BreadcrumbItem("Providers", "providers.html"))
    found += [
        BreadcrumbItem("Benchmark", "benchmark.html"),
        BreadcrumbItem("Staff survey history", "survey-history.html"),
        BreadcrumbItem("Workforce and residents", "population.html"),
        BreadcrumbItem("Appraisals, development and recruitment", "fair-process.html"),
    ]
    if plan:
        found.append(BreadcrumbItem("Action plan", "action-plan.html"))
    return tuple(found)


def write(
    desk: Desk,
    plan: PlanProgress | None,
    context: ReturnContext,
    folder: Path,
    *,
    navigation: Sequence[BreadcrumbItem] = (),
) -> tuple[Path, ...]:
    """Write every page of the desk into `folder`, with its charts and the Word reviews; gives all
    paths.

    `desk` and `plan` are those of the edition (`commissioning.desk.public` for the public one).
    `navigation` are the publication's other pages. Pages and charts of an earlier run that are no
    longer made are removed.
    """
    around = {
        "breadcrumb": (BreadcrumbItem("Overview", "index.html"),),
        "navigation": (
            *navigation,
            *(
                one
                for one in pages(reviews=bool(desk.reviews), plan=plan is not None)
                if one not in navigation
            ),
        ),
        "desk": desk,
        "internal": context.internal,
    }
    if not context.internal:
        desk = without_correspondence(desk)
        around["desk"] = desk
    page.write_assets(folder)
    charts = _Charts(folder)
    paths = _provider_pages(desk, context, folder, around, charts) if desk.reviews else []
    for name, title, values in (
        ("benchmark", "Benchmark", _benchmark(desk, charts)),
        ("survey-history", "Staff survey history", _history(desk, charts)),
        ("population", "Workforce, leadership and board beside residents", _population(desk)),
        ("fair-process", "Appraisals, development and recruitment", _fair_process(desk)),
    ):
        paths.append(_page(name, title, context, folder, around, values))
    if plan is not None:
        paths.append(_page("action-plan", "Action plan", context, folder, around, _plan(plan)))
    paths += charts.written
    remove_old(folder, paths)
    return tuple(paths)


def without_correspondence(desk: Desk) -> Desk:
    """The desk without what was written to providers and what they replied: that is between the two bodies."""
    reviews = tuple(replace(one, comments=()) for one in desk.reviews)
    return replace(desk, reviews=reviews)


def _page(
    name: str,
    title: str,
    context: ReturnContext,
    folder: Path,
    around: dict[str, Any],
    values: dict[str, Any],
) -> Path:
    return page.render(
        f"{TEMPLATES}{name}.html.jinja", context, folder / f"{name}.html", title=title, **around, **values
    )


class _Charts:
    """Charts of the pages: each is written once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / CHARTS
        self.written: list[Path] = []

    def add(self, name: str, content: bytes, alt: str, caption: str, values: charts_module.Values) -> Picture:
        self.written.append(page.write_whole(self.folder / f"{name}.svg", content))
        return Picture(f"{CHARTS}/{name}.svg", alt, caption, values)


def _provider_pages(
    desk: Desk, context: ReturnContext, folder: Path, around: dict[str, Any], charts: _Charts
) -> list[Path]:
    open_comments = tuple(
        (review.provider.name, str(one.year), page.day(one.sent), one.to, one.text)
        for review in desk.reviews
        for one in review.open_comments
    )
    findings = tuple(
        (
            str(one.row_number),
            one.provider_code,
            str(one.year or ""),
            one.rule,
            one.words,
            _counts(one.refused),
        )
        for one in desk.log.findings
    )
    paths = [
        _page(
            "providers",
            "Providers",
            context,
            folder,
            around,
            {
                "matrix": provider_matrix.matrix(desk),
                "matrix_heads": provider_matrix.heads(),
                "providers": provider_views.provider_views(desk),
                "national": provider_views.national_table(desk),
                "missing": provider_views.missing_words(desk),
                "open_comments": open_comments,
                "findings": findings if context.internal else (),
                "titles": provider_views.indicator_titles(),
            },
        )
    ]
    crumbs = (*around["breadcrumb"], BreadcrumbItem("Providers", "providers.html"))
    for review in desk.reviews:
        word = f"provider-review-{slug(review.provider.code)}-{review.year}.docx"
        paths.append(
            page.render(
                f"{TEMPLATES}review.html.jinja",
                context,
                folder / provider_views.review_page(review.provider.code),
                title=f"Review of {review.provider.name}",
                **{**around, "breadcrumb": crumbs},
                review=review,
                lines=provider_review.line_rows(review),
                given=any({one.white, one.bme, one.everyone} != {NOT_GIVEN} for one in review.lines),
                word=word,
                nothing=provider_review.NOTHING,
                chart=_review_picture(desk, review, charts),
            )
        )
        paths.append(provider_review.write_docx(review, context, folder / word))
    return paths


def _review_picture(desk: Desk, review: ProviderReview, charts: _Charts) -> Picture | None:
    """White and BME staff by indicator as published; all staff by question where nothing was
    published by group.
    """
    rows = provider_views.review_marks(desk, review)
    if not rows:
        return None
    title = f"{review.provider.name}: percentages of {review.year}"
    words = "; ".join(f"{label}: {one.shown}" for label, one in rows)
    marks = [
        charts_module.Mark(
            label, _place(one), one.shown, one.interval_low, one.interval_high, interval=one.interval_shown
        )
        for label, one in rows
    ]
    drawn = charts_module.percentage_chart(
        marks,
        title=title,
        description=f"Points with 95% intervals. {words}.",
        axis="Percentage of staff",
    )
    alt = f"Points with intervals: {review.provider.name}, {review.year}. The tables give every figure."
    of_whom = (
        "Percentages"
        if rows[0][1].ethnic_group
        else f"All staff, national survey of autumn {review.year - 1}"
    )
    values = charts_module.values_of(marks, charts_module.percentage_plot(marks), "Percentage of staff")
    name = f"review-{slug(review.provider.code)}"
    return charts.add(name, drawn, alt, f"{of_whom}, with 95% intervals.", values)


def _place(one: CommissioningFigure) -> float | None:
    return None if one.value is None else float(one.value)


def _counts(refused: bool) -> str:
    return "no, refused" if refused else "yes, queried"


def _benchmark(desk: Desk, charts: _Charts) -> dict[str, Any]:
    subjects = dict.fromkeys(one.subject for one in desk.section("benchmark"))
    providers = {review.provider.code for review in desk.reviews}
    own = [subject for subject in subjects if subject not in providers]
    names = {one.subject: one.subject_name for one in desk.section("benchmark")}
    pictures = [
        charts.add(
            f"funnel-{slug(chart.own_name)}-{slug(chart.topic)}",
            funnel_chart(chart),
            f"Funnel plot: {chart.title.lower()}, {chart.own_name} among {chart.group}. The table gives its figures.",
            f"{chart.title}: {chart.own_name} is the filled diamond. Dashed lines: 95%; solid lines: 99.8%.",
            funnel_values(chart),
        )
        for chart in desk.charts
        if chart.own_name in {names[subject] for subject in own}
    ]
    return {
        "bodies": [
            (views.own_results(desk, subject), views.benchmark_tables(desk, subject)) for subject in own
        ],
        "charts": pictures,
        "national": views.national_comparison(desk),
    }


def _history(desk: Desk, charts: _Charts) -> dict[str, Any]:
    by_series = views.history_rows(desk)
    series = []
    for topic, title in TOPICS.items():
        mine = {group: rows for (which, group), rows in by_series.items() if which == topic}
        if not mine:
            continue
        everybody = mine.get("")
        series.append(
            {
                "title": title,
                "chart": _series_picture(topic, title, everybody, charts) if everybody else None,
                "tables": [
                    views.history_table(rows) for rows in mine.values() if not views.hidden_throughout(rows)
                ],
                "hidden": [words for rows in mine.values() if (words := views.hidden_throughout(rows))],
            }
        )
    return {"series": series, "all_staff_only": all(not group for _, group in by_series)}


def _series_picture(
    topic: str, title: str, rows: Sequence[CommissioningFigure], charts: _Charts
) -> Picture | None:
    if not any(one.value is not None for one in rows):
        return None
    breaks = sum(1 for one in rows if one.verdict == "break")
    marked = f" {breaks} break{'s are' if breaks > 1 else ' is'} marked." if breaks else ""
    return charts.add(
        f"history-{slug(topic)}",
        series_chart(rows),
        f"Line chart: {title.lower()}, percentage of all staff by survey.{marked} The table gives every figure.",
        f"Percentage of all staff, by survey.{marked}",
        series_values(rows),
    )


def _population(desk: Desk) -> dict[str, Any]:
    residents = next(one for one in desk.section("population") if one.subject == "residents")
    counts = (
        f"{int(residents.numerator):,} of {int(residents.denominator):,}"
        if residents.numerator is not None and residents.denominator is not None
        else ""
    )
    return {"residents": residents, "residents_counts": counts, "table": views.population_table(desk)}


def _fair_process(desk: Desk) -> dict[str, Any]:
    return {"shares": views.share_tables(desk), "funnels": views.funnel_tables(desk)}


def _plan(plan: PlanProgress) -> dict[str, Any]:
    return {
        "plan": plan,
        "counts": [(status, str(number)) for status, number in plan.counts.items()],
        "attention": [
            f"{one.action.action_id}, {one.action.title} ({one.action.owner}): {one.standing.status}. "
            f"{one.standing.because}"
            for one in plan.attention
        ],
        "colours": COLOURS,
        "rows_of": {
            one.action.action_id: [
                (
                    move.name,
                    move.before or "not there",
                    move.now or "not there",
                    move.target,
                    move.verdict,
                    move.because,
                )
                for move in one.movements
            ]
            for one in plan.actions
        },
    }
