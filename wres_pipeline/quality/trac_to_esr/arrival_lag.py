"""How late is late: the lag from start to the first staff list that holds an answer, as a curve (Kaplan-Meier).

A starter who has no answer yet counts up to the last list that shows the person. The curve is that of starts before the
break (all of them without one): what the body does when nothing is broken. An answer in the first list that shows the
person arrived with the record; a later one came by hand or self-service. A campaign shows as late answers of people
whose first list held none. A lag is known to the
staff list, not to the day: only lists close to the start and to each other say anything. [ours]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, log, sqrt

import duckdb

from wres_pipeline.reference import gap as reference
from wres_pipeline.statistics.intervals import Z
from wres_pipeline.warehouse import sql

DAYS = (28, 56, 91, 182, 365)
"""Days after the start at which the curve is told."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A starter: days from the start to the first list with an answer, or (answered False) to the last list without one;
    with_record: whether the first list that shows the person held it."""

    days: int
    answered: bool
    with_record: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """The curve at so many days: share with an answer (0-1) and its 95% interval; at_risk: starters still followed then."""

    days: int
    share: float
    low: float
    high: float
    at_risk: int


def followed(
    con: duckdb.DuckDBPyConnection, organisation: str, as_at: date, before: date | None = None
) -> list[Followed]:
    """The linked starters of an account whose lists are close enough to say when an answer came; with `before`, those who
    started before it. Where lists lie further apart than the rules allow a starter is followed only as far as they do."""
    apart = reference.rules()["lag"]["lists_apart"]
    made = []
    for start, first, answer, before_answer, last in con.execute(
        sql(__package__, "arrival_lag.sql"),
        {"organisation": organisation, "as_at": as_at, "lists_apart": apart},
    ).fetchall():
        if before is not None and start >= before:
            continue
        if answer is not None and answer > first and (answer - before_answer).days > apart:
            made.append(
                Followed((before_answer - start).days, False)
            )  # it came between two lists too far apart to say when
        elif answer is not None:
            made.append(Followed((answer - start).days, True, answer == first))
        else:
            made.append(Followed((last - start).days, False))
    return made


def curve(held: Sequence[Followed], days: Sequence[int] = DAYS) -> list[Point]:
    """Kaplan-Meier's share with an answer at each of `days`, with the log-log interval of Greenwood's variance.

    Told only as far as somebody is followed: later days are left out.
    """
    events = sorted({one.days for one in held if one.answered})
    without, variance, steps = 1.0, 0.0, []
    for day in events:
        at_risk = sum(one.days >= day for one in held)
        come = sum(one.answered and one.days == day for one in held)
        without *= 1 - come / at_risk
        if at_risk > come:
            variance += come / (at_risk * (at_risk - come))
        steps.append((day, without, variance))
    longest = max((one.days for one in held), default=-1)
    made = []
    for day in days:
        if day > longest:
            break
        left, spread = 1.0, 0.0
        for at, share, so_far in steps:
            if at <= day:
                left, spread = share, so_far
        low, high = _interval(left, spread, len(held))
        made.append(Point(day, 1 - left, 1 - high, 1 - low, sum(one.days >= day for one in held)))
    return made


def _interval(share: float, variance: float, n: int) -> tuple[float, float]:
    """The log-log interval of a survival share; at the ends that of n who all, or none, had the event (rule of three)."""
    if share >= 1:
        return max(0.0, 1 - 3 / n), 1.0
    if share <= 0:
        return 0.0, min(1.0, 3 / n)
    half = Z * sqrt(variance) / abs(log(share))
    return share ** exp(half), share ** exp(-half)


def own_lag(held: Sequence[Followed], limits: tuple[int, int] | None = None) -> int | None:
    """Days by which the rules' part of those who ever have an answer have it, within `limits` (least and most days; None: the
    rules'); None where fewer starters are followed than the rules ask for."""
    rules = reference.rules()["lag"]
    least, most = limits or (rules["least_days"], rules["most_days"])
    part = rules["part"]
    if len(held) < rules["least_starters"]:
        return None
    days = sorted({one.days for one in held if one.answered})
    points = curve(held, days)
    if not points:
        return None
    ever = points[-1].share
    return next((max(least, min(most, p.days)) for p in points if p.share >= part * ever), None)
