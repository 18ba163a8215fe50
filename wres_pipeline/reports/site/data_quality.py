"""How complete the record of ethnicity is, in sentences."""

from __future__ import annotations

from wres_pipeline.indicators.figure import Printed
from wres_pipeline.reports.context import ReturnContext


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
