"""One figure of the tidy table that every output is printed from.

Source of the columns: docs of the house ("the figures table") [ours]. States and rounding: the standard
("States of a figure", "Arithmetic") [ours].
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from wres_pipeline.schema import table

Number = int | float | Fraction | Decimal

UNITS = ("people", "percent", "ratio", "percentage_points")

#: decimals a unit is shown with; percentages published without decimals are shown as they were published
PLACES = {"people": 0, "percent": 1, "ratio": 2, "percentage_points": 1}

#: each state of a figure and the words every output shows for it ("" = the value itself is shown)
STATES: dict[str, str] = {
    "value": "",
    "zero": "",
    "not_calculable": "not calculable",
    "not_collected": "not collected",
    "not_required": "not required",
    "suppressed_at_source": "suppressed at source (fewer than 11 responses)",
    "withheld": "withheld",
}

UNPLACED = "holds_unplaced_people"
"""Flag of a total that holds people who stand in none of its parts."""
WHOLE_BREAKDOWN = "whole_breakdown_withheld"
"""Flag of a withheld figure that fell with all of its breakdown, zeros too."""

FigureKey = tuple[str, int, str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: a row of `figures`, `protected_figures` and `figures.csv`.

    `value`, the interval and the bounds are unrounded and in the figure's own unit (percentages 0–100).
    `value` is a number exactly when `state` is `value` or `zero`. `interval_*` is the 95% interval; an end
    that no data can set is None while the other end stands. `bound_*` is the least and the most the figure
    can be, whatever the ethnicity of those not known (for indicator 6 from published percentages: the range
    the two published figures allow); one end None with the other set is an open end. Blank text, never None or "All", where a
    breakdown does not apply. `shown` is the text every output prints, rounded once, half up, from the
    unrounded value. `basis` names the definition behind the value (base, question, rolling …): figures of
    different bases are never one series. `deliveries` holds the ids the figure came from, joined by `;`.
    `verdict` is one of five words (`statistics.verdict_rule`), `direction` `lower` or `higher` (the BME share against
    the other), `detectable` the smallest adverse ratio, or difference in percentage points, that numbers like these
    show in four years of five; None where no difference is large enough.
    `range_*` is what may be said of a withheld figure: its value lies between the two, ends included; None where nothing is said.
    `flags` holds what a program must know beside the numbers, joined by `;`: UNPLACED, WHOLE_BREAKDOWN. `reason` is why a figure
    is not calculable, in words that rest on printed zeros alone; the note holds it too. `first_year` is the first of the years
    whose counts a figure adds up, the reporting year the last; None for the reporting year's own.
    """

    organisation_code: str
    reporting_year: int
    indicator: str
    measure: str
    cluster: str = ""
    band: str = ""
    ethnic_group: str = ""
    numerator: Fraction | int | None = None
    denominator: Fraction | int | None = None
    value: Fraction | int | float | None = None
    unit: str = "people"
    state: str = "value"
    interval_low: float | None = None
    interval_high: float | None = None
    bound_low: float | None = None
    bound_high: float | None = None
    verdict: str = ""
    shown: str = ""
    note: str = ""
    basis: str = ""
    rule_version: str = ""
    deliveries: str = ""
    direction: str = ""
    detectable: float | None = None
    range_low: float | None = None
    range_high: float | None = None
    flags: str = ""
    reason: str = ""
    first_year: int | None = None

    def has(self, flag: str) -> bool:
        """Whether the figure carries a flag."""
        return flag in self.flags.split(";")

    @property
    def key(self) -> FigureKey:
        """What makes the figure one of its kind: no two figures of a table share it."""
        return (
            self.organisation_code,
            self.reporting_year,
            self.indicator,
            self.measure,
            self.cluster,
            self.band,
            self.ethnic_group,
        )

    @property
    def rounded(self) -> int | float | None:
        """The number that is printed, as a number: rounded once, half up; None where words or a range are printed.

        Never the value behind it, so that every output shows the same and a protected figure gives nothing away.
        """
        said = self.range_low if self.range_low == self.range_high else None
        value = self.value if self.state in ("value", "zero") else said
        if value is None:
            return None
        places = 1 if self.unit == "people" and value != int(value) else PLACES[self.unit]
        text = half_up(value, places)
        return float(text) if places else int(text)

    @property
    def interval_shown(self) -> str:
        """The 95% interval as text, open ends in words; "" when there is none."""
        return range_shown(self.interval_low, self.interval_high, self.unit)

    @property
    def bounds_shown(self) -> str:
        """The range that Unknown ethnicity (or the published percentages) leaves, as text; "" when there is
        none.
        """
        return range_shown(self.bound_low, self.bound_high, self.unit)

    @property
    def open_in_words(self) -> str:
        """What a ratio or a difference can be, in a sentence; "" where nobody of Unknown ethnicity leaves it open."""
        low, high = self.bound_low, self.bound_high
        if self.unit not in ("ratio", "percentage_points") or low == high:
            return ""
        ends = range_ends(low, high, self.unit) if low is not None and high is not None else ()
        words = " and ".join(ends) if len(ends) > 1 else self.bounds_shown
        between = f"Between {words}" if len(ends) > 1 else f"{words[:1].upper()}{words[1:]}"
        return f"{between}, whatever the ethnicity of those not known."

    @property
    def remarks(self) -> str:
        """The note and, after it, what Unknown ethnicity leaves open: all that is printed beside the figure."""
        return " ".join(part for part in (self.note, self.open_in_words) if part)


COLUMNS: tuple[str, ...] = table("figures").names


def half_up(value: Number, places: int = 0) -> str:
    """The number as text with `places` decimals, rounded once, halves away from zero (6.25 → 6.3, -6.25 →
    -6.3).

    A float is taken as the decimal that prints it, so that a published 2.675 rounds to 2.68. Never "-0.0".
    Raises ValueError for a number that is not finite.
    """
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError("a figure that is not finite cannot be rounded")
        value = Decimal(repr(value))
    exact = value if isinstance(value, Fraction) else Fraction(value)
    top, bottom = abs(exact.numerator) * 10**places, exact.denominator
    whole = (2 * top + bottom) // (2 * bottom)
    sign = "-" if exact < 0 and whole else ""
    if not places:
        return f"{sign}{whole}"
    digits = str(whole).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


def number_shown(value: Number, unit: str, places: int | None = None) -> str:
    """A value in its unit, as every output prints it: `1,234`, `13.3%`, `1.50`, `-2.3 percentage points`."""
    text = half_up(value, PLACES[unit] if places is None else places)
    if unit == "people":
        return f"{int(text):,}" if "." not in text else text
    if unit == "percent":
        return f"{text}%"
    if unit == "percentage_points":
        return f"{text} percentage points"
    return text


class Printed(str):
    """A text as it is printed, with the number it prints for a cell of a spreadsheet; None for words."""

    number: int | float | None = None


def printed(value: Number, unit: str) -> Printed:
    """A value in its unit, as every output prints it, and the rounded number."""
    made = Printed(number_shown(value, unit))
    made.number = float(half_up(value, PLACES[unit])) if PLACES[unit] else int(half_up(value))
    return made


def shown_text(value: Number | None, unit: str, state: str, places: int | None = None) -> str:
    """What every output prints for a figure: the rounded value, or its state in words."""
    if state in ("value", "zero"):
        if value is None:
            raise ValueError(f"a figure in state {state} needs a value")
        if unit == "people" and places is None and isinstance(value, Fraction) and value.denominator != 1:
            places = 1
        return number_shown(value, unit, places)
    return STATES[state]


def range_shown(low: float | None, high: float | None, unit: str) -> str:
    """A range as text: `0.45 to 2.10`, `0.45 or more`, `2.10 or less`, or "" when neither end stands."""
    if low is None and high is None:
        return ""
    if high is None:
        return f"{number_shown(low or 0, unit)} or more"
    if low is None:
        return f"{number_shown(high, unit)} or less"
    return " to ".join(range_ends(low, high, unit))


def range_ends(low: float, high: float, unit: str) -> tuple[str, ...]:
    """Both ends of a range as text; one where they read alike, and the unit once where it is words."""
    first, last = number_shown(low, unit), number_shown(high, unit)
    if first == last:
        return (first,)
    return (half_up(low, PLACES[unit]) if unit == "percentage_points" else first), last


def state_of(value: Number | None) -> str:
    """`value`, `zero` or, for a figure that could not be worked out, `not_calculable`."""
    if value is None:
        return "not_calculable"
    return "value" if value else "zero"
