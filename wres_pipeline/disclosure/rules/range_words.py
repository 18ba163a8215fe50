"""The words for a figure of which only a range may be said, rounded outwards so that they stay true."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from wres_pipeline.indicators.figure import PLACES, half_up, number_shown

#: beyond these a range says so little that it is not said: the width in points, or the quotient of a ratio's ends [ours]
WIDEST = {"percent": 50, "percentage_points": 25, "ratio": 10}


def range_words(low: Fraction, high: Fraction, unit: str) -> str:
    """`fewer than 10`, `271 to 279`, `between 0.3% and 2.9%`, or one value where both ends are it."""
    places = PLACES[unit]
    first = Fraction(floor(low * 10**places), 10**places)
    last = Fraction(ceil(high * 10**places), 10**places)
    if low == high:
        return number_shown(low, unit)
    if unit == "people":
        if low <= 1:
            return f"fewer than {floor(high) + 1:,}"
        return f"{int(first):,} to {int(last):,}"
    if unit == "percentage_points":
        return f"between {half_up(first, places)} and {number_shown(last, unit)}"
    return f"between {number_shown(first, unit)} and {number_shown(last, unit)}"


def worth_saying(low: Fraction, high: Fraction, unit: str) -> bool:
    """Whether the range tells a reader anything."""
    if low == high:
        return True
    if unit == "ratio":
        return low > 0 and high <= WIDEST[unit] * low
    return unit in WIDEST and high - low <= WIDEST[unit]
