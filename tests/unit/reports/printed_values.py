"""Whether each value that is printed lies inside the ranges printed with it, read from the text a reader sees.

Shares nothing with the code that prints: the numbers are taken out of the words again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from wres_pipeline.indicators.figure import Figure, FigureKey

PLACES = {"people": 0, "percent": 1, "ratio": 2, "percentage_points": 1}
RANGE = re.compile(r"(?:between )?(-?[\d,.]+)%? (?:to|and) (-?[\d,.]+)(?:%| percentage points)?")
FEWER = re.compile(r"fewer than ([\d,]+)")
ENDS = ("interval", "bound", "range")


def ends_said(text: str) -> tuple[Decimal | None, Decimal | None]:
    """The two ends of a range in words; None where the words set no end."""
    text = text.lower()
    if found := FEWER.fullmatch(text):
        return None, number(found[1]) - 1
    if found := RANGE.fullmatch(text):
        return number(found[1]), number(found[2])
    if text.endswith(" or more"):
        return number(text.split()[0]), None
    if text.endswith(" or less"):
        return None, number(text.split()[0])
    one = number(text.split()[0])
    return one, one


def number(text: str) -> Decimal:
    """A printed number, without its comma and its unit."""
    return Decimal(text.replace(",", "").rstrip("%."))


def printed(value: Fraction | float, unit: str) -> Decimal:
    """A value as it is printed: rounded once, halves away from zero."""
    exact = Fraction(repr(value)) if isinstance(value, float) else Fraction(value)
    whole = Decimal(exact.numerator) / Decimal(exact.denominator)
    return whole.quantize(Decimal(1).scaleb(-PLACES[unit]), ROUND_HALF_UP)


def outside(figures: Iterable[Figure], true: dict[FigureKey, Figure]) -> tuple[int, list[str]]:
    """(values held against a range, those that lie outside it): of a value in print that of its interval and of what Unknown
    leaves open; of a value that is withheld the range told instead of it, which the true value must lie in.
    """
    held, wrong = 0, []
    for figure in figures:
        behind = true[figure.key]
        if figure.value is not None:
            said = [figure.interval_shown, figure.bounds_shown]
            value = printed(figure.value, figure.unit)
        elif figure.state == "withheld" and figure.shown != "withheld" and behind.value is not None:
            said = [figure.shown]
            value = printed(behind.value, figure.unit)
        else:
            continue
        for text in filter(None, said):
            held += 1
            low, high = ends_said(text)
            if (low is not None and value < low) or (high is not None and value > high):
                wrong.append(f"{figure.key}: {value} outside {text}")
        for name in ENDS:
            low, high = getattr(figure, f"{name}_low"), getattr(figure, f"{name}_high")
            inner = float((behind if name == "range" else figure).value or 0)
            if (low is not None and inner < low - 1e-9) or (high is not None and inner > high + 1e-9):
                wrong.append(f"{figure.key}: {inner} outside {name} {low} to {high}")
    return held, wrong
