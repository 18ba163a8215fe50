"""Figures of one indicator from their counts: value, state, text, interval, and what Unknown ethnicity leaves
open.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from wres_pipeline.indicators.counts import Timing
from wres_pipeline.indicators.figure import Figure, shown_text, state_of
from wres_pipeline.reference import indicators
from wres_pipeline.statistics import extremes, intervals

Exact = Fraction | int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two groups of people or applications that a figure compares, each (successes, trials): `focus` with `reference`.

    The verdict of the figure of `key` is worked out from it. `family` names the set of comparisons it is
    counted among.
    """

    key: tuple[str, int, str, str, str, str, str]
    family: str
    reference: tuple[int, int]
    focus: tuple[int, int]


@dataclass(slots=True)
class Result:
    """The figures of one indicator and the comparisons their verdicts are worked out from."""

    figures: list[Figure] = field(default_factory=list)
    comparisons: list[Comparison] = field(default_factory=list)


def quotient(top: Exact, bottom: Exact) -> Fraction | None:
    """top ÷ bottom, exactly; None when nothing can be divided by it."""
    return Fraction(top) / bottom if bottom else None


def relative_likelihood(top: tuple[Exact, Exact], bottom: tuple[Exact, Exact]) -> Fraction | None:
    """(successes ÷ trials of top) ÷ (the same of bottom), exactly; None for 0 ÷ 0 and for x ÷ 0."""
    above, below = quotient(*top), quotient(*bottom)
    if above is None or not below:
        return None
    return above / below


@dataclass(frozen=True, slots=True)
class FigureBuilder:
    """Makes the figures of one indicator of one organisation and year: everything they have in common."""

    organisation_code: str
    reporting_year: int
    indicator: str
    rule_version: str
    deliveries: str = ""
    basis: str = ""
    note: str = ""

    def _figure(
        self,
        measure: str,
        cluster: str = "",
        band: str = "",
        group: str = "",
        *,
        unit: str,
        state: str,
        value: Exact | None = None,
        note: str = "",
        **more: Any,
    ) -> Figure:
        return Figure(
            self.organisation_code,
            self.reporting_year,
            self.indicator,
            measure,
            cluster,
            band,
            group,
            value=value,
            unit=unit,
            state=state,
            shown=shown_text(value, unit, state),
            note=_join(note, self.note),
            basis=self.basis,
            rule_version=self.rule_version,
            deliveries=self.deliveries,
            **more,
        )

    def people(
        self,
        measure: str,
        count: Exact,
        *,
        cluster: str = "",
        band: str = "",
        group: str = "",
        unknown: Exact = 0,
        note: str = "",
        flags: str = "",
    ) -> Figure:
        """A count; `unknown` people whose group is not known might belong to it as well, if it is of a group that is compared."""
        bounded = group in indicators.rule(self.indicator).grouping.compared
        if isinstance(count, Fraction) and count.denominator == 1:
            count = int(count)
        state = "value" if count else "zero"
        return self._figure(
            measure,
            cluster,
            band,
            group,
            value=count,
            unit="people",
            state=state,
            bound_low=float(count) if bounded else None,
            bound_high=float(count + unknown) if bounded else None,
            note=note,
            flags=flags,
        )

    def share(
        self,
        measure: str,
        successes: Exact,
        trials: Exact,
        *,
        cluster: str = "",
        band: str = "",
        group: str = "",
        years: int = 1,
        bounds: tuple[float | None, float | None] = (None, None),
        note: str = "",
        flags: str = "",
    ) -> Figure:
        """A percentage with its Wilson interval. `years`: how many years a rolling average counts."""
        value = quotient(100 * successes, trials)
        state = state_of(value)
        low, high = intervals.wilson(int(successes * years), int(trials * years))
        return self._figure(
            measure,
            cluster,
            band,
            group,
            numerator=successes,
            denominator=trials,
            value=value,
            unit="percent",
            state=state,
            interval_low=None if low is None else 100 * low,
            interval_high=None if high is None else 100 * high,
            bound_low=bounds[0],
            bound_high=bounds[1],
            note=note,
            flags=flags,
        )

    def ratio(
        self,
        measure: str,
        value: Fraction | None,
        interval: intervals.Interval,
        *,
        cluster: str = "",
        bounds: extremes.Range = extremes.NOTHING,
        reason: str = "",
        note: str = "",
    ) -> Figure:
        """A ratio; `bounds` is what it can be whatever the ethnicity of those not known."""
        state = state_of(value)
        return self._figure(
            measure,
            cluster,
            value=value,
            unit="ratio",
            state=state,
            interval_low=interval[0],
            interval_high=interval[1],
            bound_low=as_float(bounds[0]),
            bound_high=as_float(bounds[1]),
            note=_join(reason, note),
            reason=reason,
        )

    def absent(
        self,
        measure: str,
        unit: str,
        state: str,
        *,
        cluster: str = "",
        band: str = "",
        group: str = "",
        note: str = "",
    ) -> Figure:
        """A figure that has no value: its state in words."""
        return self._figure(
            measure,
            cluster,
            band,
            group,
            unit=unit,
            state=state,
            note=note,
        )


def in_percent(ends: extremes.Range, years: int = 1) -> tuple[float | None, float | None]:
    """Both ends of a share in percent, of one year where `years` are counted together."""
    low, high = ends
    return (
        None if low is None else float(100 * low / years),
        None if high is None else float(100 * high / years),
    )


def on_time(timing: Timing | None) -> str:
    """What the calendar did to the extracts behind a figure, in words; "" where nothing was late."""
    if timing is None:
        return ""
    parts = []
    if timing.late is not None:
        due = f"{_day(timing.deadline)}, by which the return was due as far as is known here"
        parts.append(f"From an extract of {_day(timing.late)}: none came by {due}.")
    days = sorted(set(timing.left_out))
    if days:
        which = f"An extract of {_day(days[0])} is"
        if len(days) > 1:
            which = f"{len(days)} extracts of {_day(days[0])} to {_day(days[-1])} are"
        parts.append(f"{which} left out, as later than {_day(timing.late or timing.deadline)}.")
    return " ".join(parts)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def as_float(value: Exact | None) -> float | None:
    """The nearest float; None stays."""
    return None if value is None else float(value)


def _join(*notes: str) -> str:
    return " ".join(note for note in notes if note)
