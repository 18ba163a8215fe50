"""The TRAC-to-ESR account as figures of the report: states, months, the break, what was put right; and what
it costs.

Counts are of applications, never of people by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from wres_pipeline.indicators.figure import Figure
from wres_pipeline.quality import break_point
from wres_pipeline.quality.break_point import Break, Month
from wres_pipeline.quality.figure import Place, QualityFigure
from wres_pipeline.quality.gap import GapAccount
from wres_pipeline.reference import gap as reference

SURVEY = ("5", "6", "7", "8")
"""Indicators of the staff survey: their bounds say what published percentages leave open, not what Unknown does."""


def found_break(account: GapAccount) -> Break:
    """The break in the account's months of starters."""
    return break_point.find([Month(m.month, m.arrived, m.starters) for m in account.months])


def severity(account: GapAccount, found: Break) -> str:
    """`error` while a break is open, `warning` for single losses or a break since repaired, else `passed`."""
    if found.open:
        return "error"
    return "warning" if account.lost or account.states["conflict"] else "passed"


def figures(place: Place, account: GapAccount, found: Break) -> list[QualityFigure]:
    """States, arrivals by month, the break, and progress since the account before."""
    made = [place.count("gap", "appointed", account.appointed, unit="applications")]
    for state in reference.states():
        made.append(
            place.count(
                "gap",
                "applications",
                account.states[state.state],
                of=account.appointed,
                unit="applications",
                breakdown="state",
                breakdown_value=state.state,
                note=f"{state.title}: {state.meaning}.",
            )
        )
    for month in account.months:
        made.append(
            place.percentage(
                "arrivals",
                "arrived",
                month.arrived,
                month.starters,
                breakdown="start_month",
                breakdown_value=f"{month.month:%Y-%m}",
            )
        )
    made += _break(place, found)
    if account.progress is not None:
        told = account.progress
        since = f"since {told.earlier.isoformat()}"
        for name in ("put_right", "remaining", "relapsed", "newly_found", "no_longer_looked_at"):
            made.append(place.count("progress", name, getattr(told, name), unit="applications", note=since))
        made.append(
            replace(
                place.value("progress", "net", told.net, "applications", note=since), shown=f"{told.net:+,}"
            )
        )
    return made


def _break(place: Place, found: Break) -> list[QualityFigure]:
    words = break_point.VERDICTS[found.verdict]
    if found.verdict == "drift":
        return _drift(place, found, words)
    first = QualityFigure(
        place.organisation_code,
        place.month,
        "break",
        "month_of_break",
        "month" if found.month else "",
        f"{found.month:%Y-%m}" if found.month else "",
        state="value" if found.month else "not_calculable",
        unit="months",
        verdict=found.verdict,
        shown=f"{words}: {found.month:%B %Y}" if found.month else words,
        note=_set(found.months),
    )
    made = [first]
    for measure, share in (("arrived_before", found.before), ("arrived_after", found.after)):
        if share is not None:
            made.append(place.value("break", measure, 100 * share, "percent", verdict=found.verdict))
    if found.repaired is not None:
        made.append(
            replace(
                first,
                measure="month_of_repair",
                breakdown_value=f"{found.repaired:%Y-%m}",
                shown=f"Repaired: {found.repaired:%B %Y}",
                note=_set(found.repaired_months),
            )
        )
    return made


def _drift(place: Place, found: Break, words: str) -> list[QualityFigure]:
    """A drift has a pace and no month; its shares are the model's, in whole per cent."""
    pace, before, after = (
        int(100 * share + 0.5) for share in (found.pace or 0, found.before or 0, found.after or 0)
    )
    told = f"{words}: {pace} percentage points less in a year"
    none = replace(
        place.value("break", "month_of_break", None, "months"),
        verdict="drift",
        shown=told,
        note="a slow fall has no month of its own: none is dated",
    )
    return [
        none,
        place.value("break", "drift_in_a_year", -pace, "percentage_points", verdict="drift"),
        place.value("break", "drift_from", before, "percent", verdict="drift"),
        place.value("break", "drift_to", after, "percent", verdict="drift"),
    ]


def _set(months: Sequence[date]) -> str:
    if not months:
        return ""
    if len(months) == 1:
        return f"95% set: {months[0]:%B %Y} alone"
    return "95% set: " + ", ".join(f"{month:%B %Y}" for month in months)


def unknown_effect(place: Place, figures_of_year: Iterable[Figure]) -> list[QualityFigure]:
    """What each indicator is at least and at most, whatever the ethnicity of those not known.

    The bounds are those the figures carry; the interval of a row is the bounds, in the figure's unit.
    """
    made = []
    for figure in figures_of_year:
        if figure.indicator in SURVEY or (figure.bound_low is None and figure.bound_high is None):
            continue
        made.append(
            QualityFigure(
                place.organisation_code,
                place.month,
                "unknown_effect",
                figure.measure,
                "indicator",
                _name(figure),
                value=figure.value,
                unit=figure.unit,
                state=figure.state,
                interval_low=figure.bound_low,
                interval_high=figure.bound_high,
                shown=figure.shown,
                note=f"{figure.reporting_year}; the interval is what Unknown leaves open: {figure.bounds_shown}",
            )
        )
    return made


def gap_closed(place: Place, as_in_esr: Iterable[Figure], closed: Iterable[Figure]) -> list[QualityFigure]:
    """Every indicator as in ESR, and as it would be if what TRAC holds stood in ESR; percentages and ratios
    only.

    Two rows a figure: breakdown `as_in_esr` and `if_gap_closed`. The verdict of the second says whether it
    moved.
    """
    other = {figure.key: figure for figure in closed}
    made = []
    for figure in as_in_esr:
        if figure.unit == "people" or figure.key not in other:
            continue
        then = other[figure.key]
        moved = "unchanged" if then.value == figure.value and then.state == figure.state else "changes"
        for version, one in (("as_in_esr", figure), ("if_gap_closed", then)):
            made.append(
                QualityFigure(
                    place.organisation_code,
                    place.month,
                    "gap_closed",
                    one.measure,
                    version,
                    _name(one),
                    numerator=_whole(one.numerator),
                    denominator=_whole(one.denominator),
                    value=one.value,
                    unit=one.unit,
                    state=one.state,
                    interval_low=one.interval_low,
                    interval_high=one.interval_high,
                    verdict=moved,
                    shown=one.shown,
                    note=str(one.reporting_year),
                )
            )
    return made


def _whole(count: object) -> int | None:
    return int(count) if count is not None and count == int(count) else None  # type: ignore[call-overload]


def _name(figure: Figure) -> str:
    parts = [figure.indicator, figure.cluster, figure.band, figure.ethnic_group]
    return " · ".join(part for part in parts if part)
