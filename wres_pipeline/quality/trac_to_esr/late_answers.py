"""Answers that come later, by hand or self-service, and what a declaration campaign brought.

Between one staff list and the next some of the people without an answer give one. The pace of all other lists together says how
many would have anyhow; a list with surely more (exact binomial, over as many lists as are looked at) had something of its own,
such as a campaign, and its effect is the answers beyond that pace. [ours]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import sqrt

import duckdb

from wres_pipeline.quality.figure import Place, QualityFigure
from wres_pipeline.reference import gap as reference
from wres_pipeline.statistics.intervals import Z, wilson
from wres_pipeline.warehouse import sql


@dataclass(frozen=True, slots=True)
class Step:
    """From one staff list to the next: people on both without an answer in the first, and those with one in the second."""

    snapshot: date
    list_before: date
    asked: int
    answered: int

    @property
    def person_days(self) -> int:
        """People without an answer, times the days they could give one in."""
        return self.asked * (self.snapshot - self.list_before).days


@dataclass(frozen=True, slots=True)
class Effect:
    """What a list brought beyond the pace of the others: answers, with a 95% interval; sure: more than chance explains."""

    step: Step
    expected: float
    low: float
    high: float
    sure: bool

    @property
    def beyond(self) -> float:
        """Answers beyond the pace of the other lists."""
        return self.step.answered - self.expected


def steps(con: duckdb.DuckDBPyConnection, organisations: Sequence[str], as_at: date) -> dict[str, list[Step]]:
    """Every step from one staff list to the next up to `as_at`, by organisation, in order."""
    made: dict[str, list[Step]] = {code: [] for code in organisations}
    scope = {"as_at": as_at, "organisations": list(organisations)}
    for code, *row in con.execute(sql(__package__, "late_answers.sql"), scope).fetchall():
        made[code].append(Step(*row))
    return made


def effects(held: Sequence[Step]) -> list[Effect]:
    """Each step against the pace of all others; none where fewer steps stand than the rules ask for."""
    from scipy.special import bdtrc  # scipy.stats takes a second to import

    rules = reference.rules()["late_answers"]
    if len(held) < rules["least_lists"]:
        return []
    made = []
    for one in held:
        others = [other for other in held if other is not one]
        days = sum(other.person_days for other in others)
        pace = sum(other.answered for other in others) / days if days else 0.0
        share = min(1.0, pace * (one.snapshot - one.list_before).days)
        expected = share * one.asked
        low, high = wilson(one.answered, one.asked)
        slack = Z * sqrt(max(expected, 1.0) * one.person_days / days) if days else 0.0
        chance = float(bdtrc(one.answered - 1, one.asked, share)) if one.answered else 1.0
        sure = (
            chance < rules["wrongly_told"] / len(held) and one.answered - expected >= rules["least_answers"]
        )
        ends = [(end or 0.0) * one.asked - expected for end in (low, high)]
        made.append(Effect(one, expected, ends[0] - slack, ends[1] + slack, sure))
    return made


def figures(place: Place, held: Sequence[Step]) -> list[QualityFigure]:
    """The share of the people without an answer who gave one, list by list, and of surely more the answers beyond the pace."""
    told = {one.step.snapshot: one for one in effects(held)}
    made = []
    for step in held:
        figure = place.percentage("late_answers", "answered", step.answered, step.asked)
        effect = told.get(step.snapshot)
        verdict = ""
        if effect is not None:
            verdict = "at the pace of the other lists"
            if effect.sure:
                low, high = (int(max(0.0, end) + 0.5) for end in (effect.low, effect.high))
                verdict = f"{int(effect.beyond + 0.5):,} answers beyond that pace ({low:,} to {high:,}): as a campaign brings"
        made.append(
            replace(
                figure,
                breakdown="snapshot",
                breakdown_value=step.snapshot.isoformat(),
                verdict=verdict,
                note=f"{step.answered:,} of {step.asked:,} since {step.list_before.isoformat()}",
            )
        )
    return made
