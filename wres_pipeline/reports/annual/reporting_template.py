"""The annual reporting template as a Word file, filled from the figures, the context and the author's notes.

Every field of the template is there; what no extract and no author has answered says so. The same inputs
give the same bytes: the document's dates are those of the report.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from wres_pipeline.indicators.figure import Figure
from wres_pipeline.indicators.years_together import is_of_several_years
from wres_pipeline.reference import indicators
from wres_pipeline.render import word_file
from wres_pipeline.render.page import day
from wres_pipeline.render.text import listed
from wres_pipeline.reports.annual import notes
from wres_pipeline.reports.context import ReturnContext
from wres_pipeline.reports.figure_set import FigureSet
from wres_pipeline.reports.labels import indicator_named, indicators_named
from wres_pipeline.reports.site import site_pages
from wres_pipeline.reports.site.indicator_view import IndicatorView
from wres_pipeline.reports.site.shapes import two_years

NAME = "reporting-template.docx"
TEMPLATE = Path(__file__).parents[1] / "templates" / "annual" / NAME
NOT_ANSWERED = "Not answered yet."


def write_docx(figures: Iterable[Figure], context: ReturnContext, path: Path) -> Path:
    """Write the filled template to `path`, replaced whole, and give the path.

    Args:
        figures: this year's and the year before's, of the edition the document is for.
        context: see `ReturnContext`; its `template_answers` and the author's notes win over drafts.
        path: the .docx file to write.

    Raises notes.NotesError for a notes file that cannot be used.
    """
    title = f"WRES reporting template {context.reporting_year}: {context.organisation_name}"
    return word_file.fill(TEMPLATE, fields(figures, context), context, title, path)


def fields(figures: Iterable[Figure], context: ReturnContext) -> dict[str, Any]:
    """The value of every field of the template."""
    made = site_pages.publication(figures, context)
    found = made.figures
    year = context.year
    answers = {
        **drafted_answers(found, context, made.data_quality),
        **made.answers,
        **context.template_answers,
    }
    signed = context.sign_off
    return {
        "year": str(year.year),
        "year_before": str(year.year - 1),
        "markings": (*context.markings, *([context.projected] if context.projected else [])),
        "organisation": f"{context.organisation_name} ({context.organisation_code})",
        "date": day(context.dated),
        "board_lead": context.board_lead or NOT_ANSWERED,
        "author": ", ".join(words for words in (context.author, context.contact) if words) or NOT_ANSWERED,
        "commissioners": listed(context.commissioners) or NOT_ANSWERED,
        "published_at": context.published_at or NOT_ANSWERED,
        "signed_off": f"{signed.body}, {signed.role}, {day(signed.signed_on)}"
        if signed.status == "signed off"
        else "Not signed off yet.",
        "period": (
            f"Staff in post at {day(year.snapshot_date)}. Indicators 2 to 4: {day(year.period_start)} to "
            f"{day(year.period_end)}. Indicators 5 to 8: the NHS Staff Survey of autumn {year.survey_year}."
        ),
        "indicators": [_indicator(one, found, made.notes) for one in made.views],
        "action_plan": context.action_plan or NOT_ANSWERED,
        "method": [
            *context.method_notes,
            *(f"Not yet verified{_which(rule.indicators)}: {rule.text}" for rule in context.unverified),
            *(
                f"Confirmed against our own form{_which(one.rule.indicators)}: {one.rule.text}"
                for one in context.confirmed
            ),
        ],
        **{name: words or NOT_ANSWERED for name, words in answers.items()},
    }


def drafted_answers(
    figures: FigureSet, context: ReturnContext, data_quality: tuple[str, ...]
) -> dict[str, str]:
    """Answers that follow from the figures and the extracts; '' where only the author can answer."""
    before = context.reporting_year - 1
    one = indicators.rule(indicators.WORKFORCE).headline
    everybody = figures.get(indicators.WORKFORCE, "headcount")
    share = figures.get(indicators.WORKFORCE, one.measure, group=one.group)
    complete = (
        "Every extract that the return needs was supplied."
        if context.complete
        else f"The return is incomplete. These were not supplied: {listed(context.missing_kinds)}."
    )
    return {
        "completeness": complete,
        "comparability": _comparability(figures, before),
        "total_staff": f"{everybody.shown} at {day(context.year.snapshot_date)}",
        "proportion_bme": share.shown,
        "self_reported": " ".join(data_quality),
        "steps_taken": "",
        "steps_planned": "",
        "other_factors": "",
    }


def _comparability(figures: FigureSet, before: int) -> str:
    if not figures.has_year(before):
        return "There are no figures of the year before to compare with."
    changed = sorted(
        {
            figure.indicator
            for figure in figures.figures
            if figure.reporting_year == figures.year
            and not is_of_several_years(figure)
            and figure.basis
            != figures.get(
                figure.indicator,
                figure.measure,
                cluster=figure.cluster,
                band=figure.band,
                group=figure.ethnic_group,
                year=before,
            ).basis
        }
    )
    if not changed:
        return f"No indicator’s basis changed between {before} and {figures.year}."
    named = listed([indicator_named(number) for number in changed])
    return f"{named}: worked out on another basis in {before}, so that the two years are not comparable."


def _indicator(one: IndicatorView, figures: FigureSet, mine: notes.Notes) -> dict[str, Any]:
    table = two_years(one.number, figures)
    planned = [f"{title} ({owner}, by {due}; {progress})" for title, owner, due, progress in one.actions]
    written = mine.of(one.number)
    return {
        "heading": f"{one.name}: {one.title[0].lower()}{one.title[1:]}"
        if one.number.isdigit()
        else one.title,
        "wording": f"{one.wording}.",
        "rows": table.rows,
        "narrative": [*one.words, *one.changes],
        "action_taken": written.action_taken or NOT_ANSWERED,
        "action_planned": [*([written.action_planned] if written.action_planned else []), *planned]
        or [NOT_ANSWERED],
    }


def _which(numbers: tuple[str, ...]) -> str:
    return f" ({indicators_named(numbers)})" if numbers else ""
