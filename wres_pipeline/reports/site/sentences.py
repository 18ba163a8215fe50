"""What every sentence about figures is made with: whether a figure prints a number, which of two is higher, its verdict."""

from __future__ import annotations

import math
from typing import NamedTuple

from wres_pipeline.indicators import verdicts
from wres_pipeline.indicators.figure import Figure, Printed
from wres_pipeline.reports.context import ReturnContext
from wres_pipeline.reports.figure_set import is_number

ON_ANOTHER_BASIS = "on another basis: the two years are not comparable"


class Said(NamedTuple):
    """A finding in a sentence without its end, the figure it is judged by, and how far it is to the disadvantage of the
    group the standard is about, on a logarithm.
    """

    words: str
    figure: Figure
    adverse: float


def numeric(*figures: Figure) -> bool:
    """Whether every one of the figures prints a single number."""
    return all(f.state in ("value", "zero") and f.rounded is not None for f in figures)


def verdict_sentences(figure: Figure) -> list[str]:
    """The verdict of a figure as a sentence; none where it has none."""
    return [f"The verdict is: {verdicts.in_words(figure)}."] if figure.verdict else []


def compared(now: Figure, before: Figure) -> str:
    """Which of two printed numbers is higher, in words; '' where one of them is none."""
    this, last = now.rounded, before.rounded
    if this is None or last is None:
        return ""
    if this == last:
        return ", the same as this year as printed"
    return ", higher than this year" if last > this else ", lower than this year"


def in_a_range(figure: Figure) -> bool:
    """Whether a figure is withheld but a range of it may be said, which its printed text is."""
    return figure.state == "withheld" and figure.range_low is not None and figure.range_high is not None


def told(figure: Figure) -> bool:
    """Whether the figure prints a number or a range of numbers."""
    return in_a_range(figure) or (is_number(figure) and figure.rounded is not None)


def log_of(value: object) -> float:
    """The logarithm of a value; far below every other for none and for zero."""
    number = float(value) if value is not None else 0.0  # type: ignore[arg-type]
    return math.log(number) if number > 0 else -10.0


def data_quality(context: ReturnContext) -> tuple[str, ...]:
    """How complete the record of ethnicity is, this year and the year before: both rates, with their
    names. A rate that may not be shown is said to be so.
    """
    return tuple(
        f"At 31 March {rate.reporting_year}, {_rate('ethnicity was recorded for', rate.recorded, ' of staff')}. "
        f"{_rate('It was declared by', rate.declared)}."
        for rate in context.declaration
    )


def _rate(words: str, shown: Printed, after: str = "") -> str:
    """The words with a rate that is shown, or that it is not."""
    if shown.number is not None:
        return f"{words} {shown}{after}"
    return "how many have an answer on record is not shown" if after else "How many declared it is not shown"
