"""The margin inside which a difference between groups does not matter: the registry's, or an organisation's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wres_pipeline.reference import indicators
from wres_pipeline.reference.shown_text import without_people

FIELDS = ("low", "high", "source")


@dataclass(frozen=True, slots=True)
class Margin:
    """low to high: as a ratio, or in percentage points. source: where it comes from, `ours` for a choice of one's own."""

    low: float
    high: float
    source: str


Margins = Mapping[str, Margin]
"""By the indicator's number, such as `3` or `race_disparity`."""


def in_force(number: str, own: Margins | None = None) -> Margin:
    """The margin of an indicator: the organisation's own where it has set one."""
    rule = indicators.rule(number)
    return (own or {}).get(number) or Margin(*rule.margin, rule.margin_source)


def parse(number: str, given: Any) -> Margin:
    """A margin as the settings write it. Raises ValueError, in words, for one that cannot be."""
    if number not in indicators.NUMBERS:
        raise ValueError(f"is no indicator; there are {', '.join(indicators.NUMBERS)}")
    if not isinstance(given, dict) or set(given) != set(FIELDS):
        raise ValueError(f"must have {', '.join(FIELDS)}, and nothing else")
    low, high, source = (given[field] for field in FIELDS)
    if not all(isinstance(end, int | float) and not isinstance(end, bool) for end in (low, high)):
        raise ValueError("low and high must be numbers")
    equal = 1 if in_force(number).low > 0 else 0
    if not low < equal < high or (equal and low <= 0):
        what = "ratios above 0, on both sides of 1" if equal else "percentage points, on both sides of 0"
        raise ValueError(f"low and high must be {what}; found {low:g} and {high:g}")
    if not isinstance(source, str) or not source.strip():
        raise ValueError('source must say where the margin comes from, or "ours"')
    return Margin(float(low), float(high), without_people(" ".join(source.split())))


def words(own: Margins | None = None) -> str:
    """The margins of every indicator with their sources, in a sentence; equal ones together."""
    same: dict[Margin, list[str]] = {}
    for number in indicators.NUMBERS:
        same.setdefault(in_force(number, own), []).append(number.replace("_", " "))
    parts = []
    for margin, numbers in same.items():
        ratio = margin.low > 0
        span = (
            f"{margin.low:.2f} to {margin.high:.2f}" if ratio else f"{margin.low:g} to {margin.high:g} points"
        )
        parts.append(f"{', '.join(numbers)}: {span} ({margin.source})")
    return f"Margins inside which a difference does not matter, by indicator. {'; '.join(parts)}."
