"""What moved since the figures were last made: each indicator's own figure and the headcount, as they were and as they are.

Kept beside the internal edition, and replaced only when something moved: a run that made the same figures again, or was cut
short and repeated, says the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from wres_pipeline import whole_file
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.indicators.shapes.headcount_by_band import HEADCOUNT
from wres_pipeline.reference import indicators
from wres_pipeline.render.text import typeset
from wres_pipeline.reports.figure_set import FigureSet
from wres_pipeline.reports.labels import indicator_named
from wres_pipeline.reports.narrative_text import about
from wres_pipeline.reports.site.glance import followed

FILE = "since-last-run.txt"


def moved(before: Iterable[Figure], now: FigureSet) -> tuple[str, ...]:
    """A sentence for each figure of the year that is printed otherwise than it was."""
    was = FigureSet(before, now.organisation_code, now.year)
    pairs = [("Staff", _staff(was), _staff(now))]
    pairs += [
        (
            f"{indicator_named(number)}, {about(number)}",
            followed(number, was, now.year),
            followed(number, now, now.year),
        )
        for number in indicators.NUMBERS
    ]
    return tuple(
        f"{name}: {typeset(old.shown)} before, {typeset(new.shown)} now."
        for name, old, new in pairs
        if old.shown != new.shown
    )


def told(folder: Path, before: Iterable[Figure] | None, now: FigureSet) -> tuple[str, ...]:
    """What moved since the figures that stood in the folder, kept there; as it was kept where nothing moved, and nothing where
    none stood.
    """
    file = folder / FILE
    sentences = moved(before, now) if before is not None else ()
    if sentences:
        whole_file.write(file, "".join(f"{one}\n" for one in sentences).encode())
        return sentences
    return tuple(file.read_text(encoding="utf-8").splitlines()) if file.exists() else ()


def _staff(figures: FigureSet) -> Figure:
    return figures.get(indicators.WORKFORCE, HEADCOUNT)
