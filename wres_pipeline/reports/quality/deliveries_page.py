"""The page on the year's deliveries beside the ones before them and the calendar: what was compared, and what does not fit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from wres_pipeline.extracts.outcomes.findings import Finding
from wres_pipeline.quality.history.plausibility_measure import Measure
from wres_pipeline.render import page
from wres_pipeline.render.page import BreadcrumbItem
from wres_pipeline.reports.context import ReturnContext

PAGE = BreadcrumbItem("Deliveries beside the ones before", "deliveries.html")
VERDICTS = {
    "blocks": "does not fit: stops figures",
    "look_at": "does not fit: look at it",
    "note": "does not fit",
}
NUMBER, SHARE, CHANGE, POINTS = "{:,.0f}", "{:.1f}%", "{:+.1f}%", "{:+.1f} points"
COMPARED = {
    "staff_list_too_small": ("People in the staff list", NUMBER),
    "one_group_only": ("People in the smaller of White and BME", NUMBER),
    "people_missing": ("Change in the number of people", CHANGE),
    "people_more": ("Change in the number of people", CHANGE),
    "numbers_not_kept": ("Employee numbers that are still there", SHARE),
    "ethnic_group_changed": ("People who changed between White and BME", SHARE),
    "staff_group_missing": ("People of staff groups that have nobody now", NUMBER),
    "site_missing": ("People of sites that have nobody now", NUMBER),
    "ethnic_share_moved": ("Change in the share of", POINTS),
    "none_in_the_year": ("Dated rows, where every one is of another year", NUMBER),
    "months_without_rows": ("Months without a row, one after another", NUMBER),
    "nobody_appointed": ("Appointed of those shortlisted in the year", NUMBER),
    "same_content_elsewhere": ("Other places where the same content stands", NUMBER),
    "numbers_of_another_body": ("People who stand in the list of another body too:", SHARE),
    "staff_list_of_another_day": ("Days from the day the return reads", NUMBER),
}
"""What each comparison measures, in words, and how its number is printed."""


def write(
    measures: Sequence[Measure], findings: Sequence[Finding], context: ReturnContext, folder: Path
) -> Path:
    """Write the page of an internal edition into `folder`; gives its path.

    measures: every comparison of the organisation's year. findings: of the same year; those of comparisons are told in
    full, with what to do, also where somebody confirmed that they are right.
    """
    told = [one for one in findings if one.code in COMPARED]
    return page.render(
        "quality/deliveries.html.jinja", context, folder / PAGE.href, title=PAGE.text, year=context.reporting_year, told=told, compared=len(measures),
        outside=sum(not one.fits for one in measures), rows=[_row(one, _verdict(one, told)) for one in measures],
    )  # fmt: skip


def _row(one: Measure, verdict: str) -> tuple[str, ...]:
    words, form = COMPARED.get(one.code, (one.code.replace("_", " "), NUMBER))
    about = f" {one.about.replace('_', ' ')}" if one.about else ""
    beside = f"list of {page.day(one.neighbour)}" if one.neighbour else "the calendar, or itself"
    return (f"{words}{about}", one.file, beside, _number(one.value, form), _limits(one, form), verdict)


def _number(value: float, form: str) -> str:
    return form.format(round(value if form == NUMBER else 100 * value, 1) + 0.0)  # no -0.0


def _limits(one: Measure, form: str) -> str:
    low, high = (None if bound is None else _number(bound, form) for bound in (one.low, one.high))
    if low is None or high is None:
        return f"at least {low}" if low is not None else f"at most {high}" if high is not None else "none"
    return low if low == high else f"{low.removesuffix(' points')} to {high}"


def _verdict(one: Measure, told: Sequence[Finding]) -> str:
    """Whether it fits; confirmed where every finding of this comparison and file is."""
    if one.fits:
        return "fits"
    mine = [f for f in told if (f.code, f.file) == (one.code, one.file)]
    return "confirmed" if mine and all(f.confirmed for f in mine) else VERDICTS[one.severity]
