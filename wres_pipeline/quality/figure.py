"""One row of the ethnicity data-quality report: the table `quality_figures`, which every output of the
report is printed from.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from wres_pipeline.indicators.figure import PLACES, STATES, half_up, number_shown, range_shown, state_of
from wres_pipeline.schema import table
from wres_pipeline.statistics import intervals

TABLE = "quality_figures"

#: what is counted, beside the units of the figures: whole numbers all
COUNTED = ("people", "applications", "rows", "deliveries", "months")

#: the sections of the report, in the order they are shown
SECTIONS = {
    "declaration": "Who has declared their ethnicity",
    "trend": "Declared over time",
    "forecast": "When the target will be met",
    "movers": "Which groups would move it most",
    "gap": "From TRAC to ESR",
    "break": "When it broke",
    "arrivals": "Starters month by month",
    "where": "Where it is broken",
    "counted": "Counted, not linked",
    "characteristics": "Every protected characteristic",
    "lag": "How late it arrives",
    "late_answers": "Answers given later",
    "linkage_card": "How good the linkage is",
    "progress": "Put right since the month before",
    "gap_closed": "What the gap does to each indicator",
    "unknown_effect": "What Unknown does to each indicator",
    "consistency": "One person, several answers",
    "any_other": "Use of “any other”",
    "codes": "Old, unknown and missing codes",
    "deliveries": "Deliveries of the month",
    "quarantine": "Rows that could not be used",
    "restatements": "Delivered again with other content",
}

_DECIMALS = {("linkage_card", "precision"): 3}
"""Decimals of a measure where its unit's would not do: one would make every linkage perfect."""


@dataclass(frozen=True, slots=True)
class QualityFigure:
    """One figure of the report.

    `month` is the last day of the month. `value`, and the interval in the figure's unit, are unrounded.
    `shown` is the text every output prints. Blank text where a breakdown does not apply. `ethnicity_state`
    is declared, declined, not_recorded, unmapped, or recorded (declared and declined together). `state` is
    one of the figures' states. `indicator`, `cluster`, `band` and `ethnic_group` are those of the return's figure that a row
    is about; blank where it is about none.
    """

    organisation_code: str
    month: date
    section: str
    measure: str
    breakdown: str = ""
    breakdown_value: str = ""
    ethnicity_state: str = ""
    numerator: int | None = None
    denominator: int | None = None
    value: Fraction | int | float | None = None
    unit: str = "people"
    state: str = "value"
    interval_low: float | None = None
    interval_high: float | None = None
    verdict: str = ""
    shown: str = ""
    note: str = ""
    indicator: str = ""
    cluster: str = ""
    band: str = ""
    ethnic_group: str = ""

    @property
    def rounded(self) -> int | float | None:
        """The number that is printed, as a number: rounded once, half up; None where words are printed."""
        if self.value is None or self.state not in ("value", "zero") or self.unit == "months":
            return None
        decimals = _DECIMALS.get((self.section, self.measure), places(self.unit))
        text = half_up(self.value, decimals)
        return float(text) if decimals else int(text)

    @property
    def interval_shown(self) -> str:
        """The interval as text; "" without one."""
        return "" if self.unit in COUNTED else range_shown(self.interval_low, self.interval_high, self.unit)


COLUMNS: tuple[str, ...] = table(TABLE).names


@dataclass(frozen=True, slots=True)
class Place:
    """Whose figures of which month are being made."""

    organisation_code: str
    month: date

    def count(
        self, section: str, measure: str, n: int, *, of: int | None = None, unit: str = "people", **more: Any
    ) -> QualityFigure:
        """A count; `of` is what it is part of."""
        return QualityFigure(
            self.organisation_code, self.month, section, measure, numerator=n, denominator=of, value=n, unit=unit,
            state=state_of(n), shown=shown(n, unit), **more,
        )  # fmt: skip

    def percentage(self, section: str, measure: str, n: int, of: int, **more: Any) -> QualityFigure:
        """A percentage with Wilson's 95% interval; not calculable of nothing."""
        value = Fraction(100 * n, of) if of else None
        low, high = intervals.wilson(n, of)
        return QualityFigure(
            self.organisation_code, self.month, section, measure, numerator=n, denominator=of, value=value, unit="percent",
            state=state_of(value), interval_low=None if low is None else 100 * low,
            interval_high=None if high is None else 100 * high,
            shown=STATES["not_calculable"] if value is None else number_shown(value, "percent"), **more,
        )  # fmt: skip

    def value(
        self, section: str, measure: str, value: float | Fraction | None, unit: str, **more: Any
    ) -> QualityFigure:
        """Any other value in a unit."""
        decimals = _DECIMALS.get((section, measure))
        text = STATES["not_calculable"] if value is None else shown(value, unit)
        if value is not None and decimals is not None:
            text = f"{half_up(value, decimals)}%"
        return QualityFigure(
            self.organisation_code, self.month, section, measure, value=value, unit=unit, state=state_of(value),
            **({"shown": text} | more),
        )  # fmt: skip


def shown(value: float | Fraction, unit: str) -> str:
    """A value as every output prints it."""
    if unit in COUNTED:
        return f"{int(half_up(value)):,}"
    return number_shown(value, unit)


def places(unit: str) -> int:
    """Decimals a unit is shown with."""
    return 0 if unit in COUNTED else PLACES[unit]
