"""Indicator 9: the board's ethnic make-up, and its difference from the workforce in percentage points."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from wres_pipeline.indicators.counts import ALL, BME, GROUPS, UNKNOWN, Board, Groups, Workforce
from wres_pipeline.indicators.figure import Figure, shown_text, state_of
from wres_pipeline.indicators.figure_builder import (
    Comparison,
    FigureBuilder,
    Result,
    in_percent,
    on_time,
    quotient,
)
from wres_pipeline.reference import indicators
from wres_pipeline.statistics import extremes, intervals

WORKFORCE = "workforce"
#: parts of the board whose difference from the workforce is published
COMPARED = ("board", "voting", "executive")
DIFFERENCE = "difference_from_workforce"


def indicator_9(
    maker: FigureBuilder, board: Board | None, workforce: Workforce | None, absent: str
) -> Result:
    """Headcount and percentage of each part of the board and of the workforce, and the differences.

    Percentages keep Unknown in the denominator. Differences are given for the whole board, voting and
    executive members. Without a board file, or without a staff list, what needs it is in the state `absent`.
    """
    result = Result()
    maker = replace(maker, note=on_time(board.timing) if board else "")
    parts: dict[str, Groups | None] = {
        part: board.members.get(part, Groups()) if board else None
        for part in indicators.rule("9").bands
        if part != WORKFORCE
    }
    parts[WORKFORCE] = workforce.total if workforce else None
    for part, people in parts.items():
        _part(result, maker, part, people, absent)
    staff = parts[WORKFORCE]
    for part in COMPARED:
        people = parts[part]
        for group in GROUPS:
            if people is None or staff is None:
                result.figures.append(
                    maker.absent(DIFFERENCE, "percentage_points", absent, band=part, group=group)
                )
                continue
            result.figures.append(_difference(maker, part, group, people, staff))
            if group == BME:
                result.comparisons.append(
                    Comparison(
                        result.figures[-1].key,
                        "headline" if part == COMPARED[0] else "breakdowns",
                        (staff.bme, staff.total),
                        (people.bme, people.total),
                    )
                )
    return result


def difference(people: Groups, staff: Groups, group: str) -> Fraction | None:
    """The group's share of the board − its share of the workforce, in points; None without either."""
    above = quotient(100 * people.of(group), people.total)
    below = quotient(100 * staff.of(group), staff.total)
    return None if above is None or below is None else above - below


def _part(result: Result, maker: FigureBuilder, part: str, people: Groups | None, absent: str) -> None:
    if people is None:
        for group in (*GROUPS, ALL):
            result.figures.append(maker.absent("headcount", "people", absent, band=part, group=group))
        for group in GROUPS:
            result.figures.append(maker.absent("percentage", "percent", absent, band=part, group=group))
        return
    for group in (*GROUPS, ALL):
        result.figures.append(
            maker.people("headcount", people.of(group), band=part, group=group, unknown=people.unknown)
        )
    for group in GROUPS:
        known = group != UNKNOWN
        result.figures.append(
            maker.share(
                "percentage",
                people.of(group),
                people.total,
                band=part,
                group=group,
                bounds=in_percent(extremes.share(people.of(group), people.unknown, people.total))
                if known
                else (None, None),
            )
        )


def _open(people: Groups, staff: Groups, group: str) -> extremes.Range:
    """What the difference can be, as a share; that board members stand in the workforce too ties nobody here."""
    return extremes.difference(
        extremes.share(people.of(group), people.unknown, people.total),
        extremes.share(staff.of(group), staff.unknown, staff.total),
    )


def _difference(maker: FigureBuilder, part: str, group: str, people: Groups, staff: Groups) -> Figure:
    value = difference(people, staff, group)
    state = state_of(value)
    low, high = intervals.newcombe((people.of(group), people.total), (staff.of(group), staff.total))
    least, most = (None, None) if group == UNKNOWN else in_percent(_open(people, staff, group))
    notes = [
        "" if value is not None else "Not calculable: there is nobody to count in one of the two.",
        maker.note,
    ]
    return Figure(
        maker.organisation_code,
        maker.reporting_year,
        maker.indicator,
        DIFFERENCE,
        band=part,
        ethnic_group=group,
        value=value,
        unit="percentage_points",
        state=state,
        interval_low=None if low is None else 100 * low,
        interval_high=None if high is None else 100 * high,
        bound_low=least,
        bound_high=most,
        shown=shown_text(value, "percentage_points", state),
        note=" ".join(note for note in notes if note),
        basis=maker.basis,
        rule_version=maker.rule_version,
        deliveries=maker.deliveries,
    )
