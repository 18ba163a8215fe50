"""Numbers as they are printed: their value, their unit, and how exactly they are known."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = re.compile(
    r"(?<![\w.])([-−+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-−+]?\d+(?:\.\d+)?)\s*(%|percent\b|per cent\b|percentage points?\b|pp\b|times\b)?"
)


@dataclass(frozen=True, slots=True)
class Printed:
    """value; half: the most by which rounding moved it; unit: "", "%", "points" or "times"; text: as printed."""

    value: float
    half: float
    unit: str
    text: str

    @property
    def whole(self) -> bool:
        """Whether it is a count by its look; a claim in words is none."""
        return not self.unit and re.fullmatch(r"[-+−]?[\d,]+", self.text) is not None

    def near(self, low: float, high: float) -> bool:
        """Whether rounding could have made it from something between low and high."""
        slack = self.half * 1.0001 + 1e-9
        return low - slack <= self.value <= high + slack


def numbers(text: str) -> list[Printed]:
    """Every number of a text, in order."""
    found = []
    for match in _NUMBER.finditer(text):
        digits, unit = match.group(1).replace(",", "").replace("−", "-"), match.group(2) or ""
        decimals = len(digits.split(".")[1]) if "." in digits else 0
        unit = "%" if unit in ("%", "percent", "per cent") else "points" if unit.startswith("p") else unit
        half = 0.5 * 10**-decimals if decimals or unit else 0.0
        found.append(Printed(float(digits), half, unit, match.group(0).strip()))
    return found


def cell_numbers(text: str) -> list[Printed]:
    """The numbers of a table cell that holds a figure: one, or a count with its percentage in brackets; else
    none.
    """
    plain = re.sub(r"\btimes (?:more|as|less) likely$", "times", text.strip().strip("*†‡ "))
    found = numbers(plain)
    rest = _NUMBER.sub("", plain).strip(" ()[]/:x×*†‡")
    if rest or not 1 <= len(found) <= 2:
        return []
    if len(found) == 2 and not (found[0].whole and found[1].unit == "%"):
        return []
    return found


def quotient(top: Printed, bottom: Printed) -> tuple[float, float] | None:
    """The range of top ÷ bottom, each somewhere within its rounding; None where it could be anything."""
    low, high = bottom.value - bottom.half, bottom.value + bottom.half
    if low <= 0 or top.value < 0:
        return None
    return max(0.0, top.value - top.half) / high, (top.value + top.half) / low


def is_state(cell: str) -> bool:
    """Whether a cell says in words why it holds no number."""
    return " ".join(cell.casefold().split()) in {
        "withheld",
        "not calculable",
        "not collected",
        "not required",
        "none",
        "-",
        "–",
        "n/a",
        "*",
    }
