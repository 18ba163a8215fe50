"""Both versions of a month's data-quality report: true counts, and the one that may be passed round."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from wres_pipeline.disclosure.policy import Policy
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.quality.figure import QualityFigure
from wres_pipeline.reports import quality_circulation, quality_report
from wres_pipeline.reports.quality_report import About

FOLDER = "for-circulation"


@dataclass(frozen=True, slots=True)
class Editions:
    """What was written. withheld: counts missing from the version for circulation; proved: whether it was
    written.
    """

    files: tuple[Path, ...]
    withheld: int
    proved: bool


def write(
    figures: Sequence[QualityFigure],
    about: About,
    folder: Path,
    policy: Policy,
    *,
    true_figures: Sequence[Figure] = (),
    public_figures: Sequence[Figure] = (),
) -> Editions:
    """Write the report into `folder`, and the version for circulation into its `for-circulation`.

    `true_figures`, `public_figures`: the return's of the 31 March the month ends on, for that month only.
    Where the audit fails, the version for circulation is not written and an older one is taken away.
    """
    files = quality_report.write(figures, replace(about, edition=quality_report.INTERNAL), folder)
    place = folder / FOLDER
    made = quality_circulation.for_circulation(
        figures, policy, true_figures=true_figures, public_figures=public_figures
    )
    if made.audit.failed:
        if place.exists():
            shutil.rmtree(place)
        return Editions(tuple(files), made.withheld, False)
    files += quality_report.write(made.figures, replace(about, edition=quality_report.CIRCULATION), place)
    return Editions(tuple(files), made.withheld, True)
