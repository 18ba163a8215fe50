"""The TRAC-to-ESR account as figures of the report: states, months, the break, what was put right; and what
it costs.

Counts are of applications, never of people by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from math import ceil
from typing import Any

from wres_pipeline.indicators.figure import Figure, range_shown
from wres_pipeline.quality.figure import Place, QualityFigure
from wres_pipeline.quality.trac_to_esr import break_point, counted_gap
from wres_pipeline.quality.trac_to_esr.break_point import Break
from wres_pipeline.quality.trac_to_esr.gap import GapAccount
from wres_pipeline.reference import gap as reference
from wres_pipeline.reference import indicators


def found_break(account: GapAccount) -> Break:
    """The break in the account's months of starters."""
    return break_point.find(account.series)


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
    made += _break(place, found, account.linked)
    made += _counted(place, account)
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


def _counted(place: Place, account: GapAccount) -> list[QualityFigure]:
    """The gap from counts alone: the share that arrived and what was lost as ranges, by month, and against the links."""
    months = account.counted
    if not months:
        return []
    summary = months[0].basis == counted_gap.SUMMARY
    how = "counted, not linked" + (
        "; what TRAC's summary says of all appointed, every month" if summary else ""
    )
    made = [_share(place, "", months, how)]
    declared, told = sum(m.trac_declared for m in months), counted_gap.arrival(months)
    if told.low is not None and told.high is not None:
        lost = [int(declared * (1 - share) + 0.5) for share in (told.high, told.low)]
        made.append(
            QualityFigure(
                place.organisation_code, place.month, "counted", "lost", unit="applications", state="value",
                interval_low=float(lost[0]), interval_high=float(lost[1]), shown=f"{lost[0]:,} to {lost[1]:,}",
                note=f"{how}; of {declared:,} who declared in TRAC",
            )
        )  # fmt: skip
    if account.linked:
        words = counted_gap.disagreement(months, account.series)
        made.append(
            replace(
                place.value("counted", "beside_the_links", None, "percent"),
                verdict="disagrees" if words else "agrees",
                shown=words or "The linked and the counted account agree.",
            )
        )
    return made + [_share(place, f"{m.start_month:%Y-%m}", [m], how) for m in months]


def _share(place: Place, month: str, months: Sequence[counted_gap.CountedMonth], how: str) -> QualityFigure:
    told = counted_gap.arrival(months)
    low, high = (None if end is None else 100 * end for end in (told.low, told.high))
    esr, known = sum(m.esr_starters for m in months), sum(m.esr_declared for m in months)
    trac, declared = sum(m.trac_starters for m in months), sum(m.trac_declared for m in months)
    return replace(
        place.value("counted", "arrived", None if told.share is None else 100 * told.share, "percent"),
        breakdown="start_month" if month else "",
        breakdown_value=month,
        interval_low=low,
        interval_high=high,
        note=f"{how}; {declared:,} of {trac:,} declared in TRAC, {known:,} of {esr:,} known in ESR",
    )


def _break(place: Place, found: Break, linked: bool = True) -> list[QualityFigure]:
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
        note="; ".join(
            each
            for each in (_set(found.months) or _missed(found), "" if linked else "counted, not linked")
            if each
        ),
    )
    made = [first]
    for side, share in (("before", found.before), ("after", found.after)):
        if share is not None and not linked:
            made.append(
                place.value(
                    "break", f"counted_{side}", int(100 * share + 0.5), "percent", verdict=found.verdict
                )
            )
        elif share is not None:
            measure = f"arrived_{side}"
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


def _missed(found: Break) -> str:
    """What so few starters could not have told, where that is a fall of more than ten points; in fives, so that nobody
    works counts out of it."""
    if found.least_drift is None or found.least_drift <= 0.10:
        return ""
    points = 5 * ceil(20 * found.least_drift)
    return (
        f"With so few starters a slow fall of less than {points} percentage points in all may go untold, "
        "while a sudden stop would be told"
    )


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
        # bounds of the survey say what published percentages leave open, not what Unknown does
        if figure.indicator in indicators.SURVEY or (figure.bound_low is None and figure.bound_high is None):
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
                **_about(figure),
            )
        )
    return made


def gap_closed(
    place: Place, as_in_esr: Iterable[Figure], closed: Iterable[Figure], unlinked: int = 0
) -> list[QualityFigure]:
    """Every indicator as in ESR, and as it would be if what TRAC holds stood in ESR; percentages and ratios
    only.

    Three rows a figure: breakdown `as_in_esr`, `if_gap_closed` and `unlinked_leave`, the range that so many applicants leave
    who declared, are due and were not linked. The verdict of the second says whether it
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
                    **_about(one),
                )
            )
        made.append(_unlinked_leave(place, then, unlinked))
    return made


def left_open(figure: Figure, unlinked: int) -> tuple[float | None, float | None]:
    """What the figure is at least and at most, whoever of the staff of Unknown ethnicity the unlinked applicants are.

    Never beyond what Unknown leaves open at all; a percentage moves by no more than the unlinked are of its denominator. What
    does not rest on ESR's ethnicity (recruitment, the survey, shares of the board) does not move.
    """
    if figure.value is None:
        return None, None
    value = float(figure.value)
    rule = indicators.rule(figure.indicator)
    of_the_board = (
        rule.shape == indicators.DIFFERENCE_OF_SHARES
        and figure.unit == "percent"
        and figure.band != "workforce"
    )
    if not unlinked or "workforce" not in rule.counted_from or of_the_board:
        return value, value
    ends = (figure.bound_low, figure.bound_high)
    if figure.unit == "percent" and figure.denominator:
        reach = 100 * unlinked / float(figure.denominator)
        low, high = (limit if end is None else end for end, limit in zip(ends, (0.0, 100.0), strict=True))
        return min(value, max(low, value - reach)), max(value, min(high, value + reach))
    if ends[0] is None or ends[1] is None:
        return None, None
    return min(value, ends[0]), max(value, ends[1])


def _unlinked_leave(place: Place, figure: Figure, unlinked: int) -> QualityFigure:
    low, high = left_open(figure, unlinked)
    known = low is not None and high is not None
    words = (
        figure.shown
        if figure.value is None
        else "not known"
        if not known
        else "nothing"
        if low == high
        else range_shown(low, high, figure.unit)
    )
    return QualityFigure(
        place.organisation_code, place.month, "gap_closed", figure.measure, "unlinked_leave", _name(figure),
        unit=figure.unit, state="value" if known else "not_calculable", interval_low=low, interval_high=high, shown=words,
        note=f"{unlinked:,} applicants who declared and are due could not be linked", **_about(figure),
    )  # fmt: skip


def _whole(count: object) -> int | None:
    return int(count) if count is not None and count == int(count) else None  # type: ignore[call-overload]


def _about(figure: Figure) -> dict[str, Any]:
    parts = ("indicator", "cluster", "band", "ethnic_group")
    return {part: getattr(figure, part) for part in parts}


def _name(figure: Figure) -> str:
    return " · ".join(filter(None, _about(figure).values()))
