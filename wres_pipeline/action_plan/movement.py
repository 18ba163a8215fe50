"""Whether the figure an action should move has moved, has not, or cannot be told to have.

Compared are the last reporting year before the action began and the latest one there is. A change counts as
more than chance when the 95% interval of the difference, put together from both years' intervals (Zou and
Donner 2008), excludes no change; ratios are compared on their logarithms. `did not move` is said only when it
can be: the figure went the wrong way beyond chance, or the interval excludes so much as the change the target
asked for. Figures of different bases are never compared [ours].
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wres_pipeline.action_plan.plan import Action, Plan, Target
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import indicators, years
from wres_pipeline.statistics.interval_difference import Estimate, difference, logarithm

MOVED = "moved"
DID_NOT = "did not move"
CANNOT_TELL = "cannot be told"


@dataclass(frozen=True, slots=True)
class Movement:
    """One figure of an action: what it was, what it is, and whether it moved, with the reason as a
    sentence.
    """

    indicator: str
    measure: str
    name: str
    before: str
    now: str
    verdict: str
    because: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class _Aim:
    """The figure that is watched and which way is better: `towards` a value, or up (inf), or down (-inf)."""

    target: Target | None
    indicator: str
    measure: str
    towards: float
    cluster: str = ""
    band: str = ""
    ethnic_group: str = ""


def movements(
    action: Action, plan: Plan, figures: Mapping[int, Sequence[Figure]], reporting_year: int
) -> list[Movement]:
    """The movement of every figure the action should move: its target's, else one for each of its indicators.

    `figures` are the organisation's figures by reporting year; `reporting_year` is the latest to look at.
    """
    base_year = _base_year(action, plan, figures)
    return [_movement(aim, figures, base_year, reporting_year) for aim in _aims(action)]


def _base_year(action: Action, plan: Plan, figures: Mapping[int, Sequence[Figure]]) -> int | None:
    """The latest reporting year whose 31 March lies before the action began: the plan's adoption or first
    update.
    """
    began = min([plan.adopted, *(one.day for one in action.updates)])
    before = [year for year in figures if years.load(year).snapshot_date < began]
    return max(before, default=None)


def _aims(action: Action) -> list[_Aim]:
    watched: list[_Aim] = []
    if action.target:
        one = action.target
        watched.append(
            _Aim(one, one.indicator, one.measure, one.value, one.cluster, one.band, one.ethnic_group)
        )
    for number in action.indicators:
        if action.target is None or number != action.target.indicator:
            watched.append(_headline(number))
    return watched


def _headline(number: str) -> _Aim:
    """The one figure of an indicator that says most: its ratio, the BME percentage, or the board's
    difference.
    """
    rule = indicators.rule(number)
    one = rule.headline
    better = -math.inf if rule.adverse == "higher" else math.inf
    unit = next(measure.unit for measure in rule.measures if measure.name == one.measure)
    towards = {"ratio": 1.0, "percentage_points": 0.0}.get(unit, better)
    return _Aim(None, number, one.measure, towards, one.cluster, one.band, one.group)


def _movement(
    aim: _Aim, figures: Mapping[int, Sequence[Figure]], base_year: int | None, reporting_year: int
) -> Movement:
    before = _find(aim, figures.get(base_year, ())) if base_year is not None else None
    now = _find(aim, figures.get(reporting_year, ()))
    verdict, because = _verdict(aim, before, now, base_year, reporting_year)
    if now is not None and not now.ethnic_group and aim.ethnic_group:
        because += " The figure is of all staff: the survey gives no split by ethnicity."
    return Movement(
        aim.indicator,
        aim.measure,
        _name(aim),
        before.shown if before else "",
        now.shown if now else "",
        verdict,
        because,
        "" if aim.target is None else f"{aim.target.value:g}",
    )


def _find(aim: _Aim, figures: Sequence[Figure]) -> Figure | None:
    """The watched figure; for a survey percentage without an ethnicity split, that of all staff."""
    groups = [aim.ethnic_group]
    if aim.indicator in indicators.SURVEY and aim.target is None:
        groups.append("")
    if (
        aim.indicator == indicators.BOARD
        and aim.measure == indicators.rule(aim.indicator).headline.measure
        and not aim.ethnic_group
    ):
        groups = ["BME"]
    for group in groups:
        for one in figures:
            if (one.indicator, one.measure, one.cluster, one.band, one.ethnic_group) == (
                aim.indicator,
                aim.measure,
                aim.cluster,
                aim.band,
                group,
            ) and (one.state in ("value", "zero") or group == groups[-1]):
                return one
    return None


def _verdict(
    aim: _Aim, before: Figure | None, now: Figure | None, base_year: int | None, reporting_year: int
) -> tuple[str, str]:
    if base_year is None:
        return CANNOT_TELL, "There is no return from before the action began to compare with."
    if base_year >= reporting_year:
        return CANNOT_TELL, f"The return of {reporting_year} was made before the action began."
    for one, year in ((before, base_year), (now, reporting_year)):
        if one is not None and one.range_low is not None:
            return CANNOT_TELL, _of_ranges(before, now, base_year, reporting_year)
        if one is None or one.state not in ("value", "zero"):
            return CANNOT_TELL, f"There is no figure of {year} ({'not there' if one is None else one.shown})."
    assert before is not None and now is not None
    if before.ethnic_group != now.ethnic_group:
        return CANNOT_TELL, "The two years' figures are not of the same group of staff."
    if before.basis != now.basis:
        return CANNOT_TELL, "The definition changed between the two years."
    old, new = _estimate(before), _estimate(now)
    if old is None or new is None:
        return CANNOT_TELL, "One of the figures has no interval, so chance cannot be told from change."
    ratio = now.unit == "ratio"
    if ratio:
        if min(old.value, new.value) <= 0:
            return CANNOT_TELL, "A ratio of 0 cannot be compared."
        old, new = logarithm(old), logarithm(new)
    wanted = math.log(aim.towards) if ratio and aim.towards > 0 else aim.towards
    return _judge(difference(new, old), wanted - old.value, aim.target is not None)


def _of_ranges(before: Figure | None, now: Figure | None, base_year: int, reporting_year: int) -> str:
    """What may be said of two years of which one at least is printed as a range, because its counts are small."""
    told = [
        f"{one.shown} in {year}"
        for one, year in ((before, base_year), (now, reporting_year))
        if one is not None and (one.value is not None or one.range_low is not None)
    ]
    words = " and ".join(told)
    return f"{words[:1].upper()}{words[1:]}: counts so small cannot tell a change from chance."


def _judge(change: Estimate, needed: float, has_target: bool) -> tuple[str, str]:
    """The verdict on a change, when `needed` (its sign, and with a target its size) would have been
    better.
    """
    if not needed:
        return CANNOT_TELL, "The figure stood at its aim when the action began."
    way = math.copysign(1.0, needed)
    better = Estimate(way * change.value, *sorted((way * change.low, way * change.high)))
    if better.low > 0:
        return MOVED, "The change is for the better, and more than chance explains."
    if better.high < 0:
        return DID_NOT, "The change is for the worse, and more than chance explains."
    if has_target and better.high < abs(needed):
        return DID_NOT, "A change as large as the target asked for would have been seen."
    return CANNOT_TELL, "The change is within what chance alone could do."


def _estimate(figure: Figure) -> Estimate | None:
    if figure.value is None or (figure.interval_low is None and figure.interval_high is None):
        return None
    return Estimate(
        float(figure.value),
        0.0 if figure.interval_low is None else figure.interval_low,
        math.inf if figure.interval_high is None else figure.interval_high,
    )


def _name(aim: _Aim) -> str:
    """The watched figure in words: title, part, group."""
    title = indicators.rule(aim.indicator).title
    part = " ".join(word for word in (aim.cluster, aim.band) if word).replace("_", " ")
    return ", ".join(word for word in (title, part, aim.ethnic_group) if word)
