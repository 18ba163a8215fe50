"""A body's share of a group, and its difference from that of another in percentage points: the board and the workforce."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from wres_pipeline.indicators.counts import ALL, Groups, OrganisationCounts
from wres_pipeline.indicators.figure import Figure, shown_text, state_of
from wres_pipeline.indicators.figure_builder import (
    Comparison,
    FigureBuilder,
    Result,
    in_percent,
    on_time,
    quotient,
)
from wres_pipeline.reference.indicators import Grouping
from wres_pipeline.statistics import extremes, intervals

if TYPE_CHECKING:
    from wres_pipeline.indicators.shapes import Keys
    from wres_pipeline.reference.indicators import IndicatorRule
    from wres_pipeline.reference.years import ReportingYear

WORKFORCE, STAFF = "workforce", "staff"
HEADCOUNT, PERCENTAGE = "headcount", "percentage"


def figures(
    maker: FigureBuilder, rule: IndicatorRule, counts: OrganisationCounts, year: ReportingYear, absent: str
) -> Result:
    """Headcount and percentage of each part of the board and of the workforce, and the differences.

    Percentages keep Unknown in the denominator. Differences are given for the parts the registry has words for: the whole
    board, voting and executive members. Without a board file, or without a staff list, what needs it is in the state
    `absent`.
    """
    result = Result()
    board, grouping = counts.board, rule.grouping
    maker = replace(maker, note=on_time(board.timing) if board else "")
    parts: dict[str, Groups | None] = {
        part: board.members.get(part, Groups()) if board else None for part in rule.bands if part != WORKFORCE
    }
    parts[WORKFORCE] = staff = counts.workforce.total if counts.workforce else None
    for part, people in parts.items():
        _part(result, maker, grouping, part, people, absent)
    measure = rule.headline.measure
    for part in rule.verdict_words:
        people = parts[part]
        for group in grouping.groups:
            if people is None or staff is None:
                result.figures.append(
                    maker.absent(measure, "percentage_points", absent, band=part, group=group)
                )
                continue
            result.figures.append(_difference(maker, rule, part, group, people, staff))
            if group == grouping.focus:
                result.comparisons.append(
                    Comparison(
                        result.figures[-1].key,
                        family(rule, result.figures[-1]),
                        (staff.of(group, grouping), staff.total),
                        (people.of(group, grouping), people.total),
                    )
                )
    return result


def needs(rule: IndicatorRule, figure: Figure, place: tuple[str, str]) -> Keys:
    """A share rests on two counts of its part; a difference on those of the workforce as well."""
    staff = (*place, STAFF, "", "")
    row = staff if figure.band == WORKFORCE else (*place, rule.cells[HEADCOUNT], "", figure.band)
    points = figure.unit == "percentage_points"
    group = figure.ethnic_group or (rule.grouping.focus if points else "")
    rows = (row, staff) if points else (row,)
    return tuple(dict.fromkeys(key for each in rows for key in ((*each, group), (*each, ""))))


def basis(rule: IndicatorRule, year: ReportingYear) -> str:
    """What the year's settings say of the members that count."""
    return getattr(year, rule.basis_setting) if rule.basis_setting else ""


def scale(rule: IndicatorRule) -> str:
    """Percentage points."""
    return "points"


def family(rule: IndicatorRule, figure: Figure) -> str:
    """The whole board is a headline, its parts are not."""
    return "headline" if figure.band == rule.headline.band else "breakdowns"


def difference(people: Groups, staff: Groups, group: str, grouping: Grouping) -> Fraction | None:
    """The group's share of the board − its share of the workforce, in points; None without either."""
    above = quotient(100 * people.of(group, grouping), people.total)
    below = quotient(100 * staff.of(group, grouping), staff.total)
    return None if above is None or below is None else above - below


def _part(
    result: Result, maker: FigureBuilder, grouping: Grouping, part: str, people: Groups | None, absent: str
) -> None:
    if people is None:
        for group in (*grouping.groups, ALL):
            result.figures.append(maker.absent(HEADCOUNT, "people", absent, band=part, group=group))
        for group in grouping.groups:
            result.figures.append(maker.absent(PERCENTAGE, "percent", absent, band=part, group=group))
        return
    for group in (*grouping.groups, ALL):
        result.figures.append(
            maker.people(
                HEADCOUNT, people.of(group, grouping), band=part, group=group, unknown=people.unknown
            )
        )
    for group in grouping.groups:
        count = people.of(group, grouping)
        bounds = (
            (None, None)
            if group == grouping.unknown
            else in_percent(extremes.share(count, people.unknown, people.total))
        )
        result.figures.append(
            maker.share(PERCENTAGE, count, people.total, band=part, group=group, bounds=bounds)
        )


def _difference(
    maker: FigureBuilder, rule: IndicatorRule, part: str, group: str, people: Groups, staff: Groups
) -> Figure:
    value = difference(people, staff, group, rule.grouping)
    state = state_of(value)
    mine, theirs = ((each.of(group, rule.grouping), each.unknown, each.total) for each in (people, staff))
    low, high = intervals.newcombe((mine[0], mine[2]), (theirs[0], theirs[2]))
    # that board members stand in the workforce too ties nobody here
    open_ends = extremes.difference(extremes.share(*mine), extremes.share(*theirs))
    least, most = (None, None) if group == rule.grouping.unknown else in_percent(open_ends)
    reason = "" if value is not None else "Not calculable: there is nobody to count in one of the two."
    return Figure(
        maker.organisation_code,
        maker.reporting_year,
        maker.indicator,
        rule.headline.measure,
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
        note=" ".join(filter(None, (reason, maker.note))),
        reason=reason,
        basis=maker.basis,
        rule_version=maker.rule_version,
        deliveries=maker.deliveries,
    )
