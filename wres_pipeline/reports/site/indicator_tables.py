"""A table that stands on an indicator's page: rows of printed text, nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from wres_pipeline.indicators.figure import Figure
from wres_pipeline.indicators.verdicts import in_words


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a page. `numeric` are the columns set to the right; `wide` ones scroll in a box of their
    own, `stacked` ones put their cells below one another on a narrow screen.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    wide: bool = False
    stacked: bool = False


def judged(name: str, figure: Figure) -> tuple[str, ...]:
    """A row of a comparison: name, figure, interval, range and verdict."""
    return (
        name,
        figure.shown,
        figure.interval_shown or "none",
        figure.bounds_shown or "none",
        in_words(figure) or "none",
    )
