"""Appraisals and the opportunities log: who had one, who asked, who was approved, who took part, by
ethnic group.

Counting unit: people of the 31 March workforce. An appraisal counts when its date lies in the
reporting year's twelve months [ours]. From the training extract, a person asked when a row of a
course that is not mandatory carries a date of request in the year, was approved when such a row is
marked or dated as approved, and took part by the rule of indicator 4. Offers are recorded by no
extract and are shown as not collected.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wres_pipeline.commissioner.figure import CommissioningFigure, figure
from wres_pipeline.commissioner.group_comparison import (
    ALL,
    Count,
    Pair,
    Reached,
    compared,
    shares,
    with_verdicts,
)
from wres_pipeline.reference.codes.ethnicity import GROUPS

WORKFORCE, APPRAISED, REQUESTED, APPROVED, TAKEN = STEPS = (
    "workforce",
    "appraised",
    "requested",
    "approved",
    "taken",
)

MEASURES = ((APPRAISED, WORKFORCE), (REQUESTED, WORKFORCE), (APPROVED, REQUESTED), (TAKEN, WORKFORCE))
"""(step, out of whom)."""


@dataclass(frozen=True, slots=True)
class DevelopmentCounts:
    """People of one organisation's workforce: `cells` by (step, ethnic group), '' for all groups together.

    A step is absent when no extract records it; a count is None where the edition withholds it.
    """

    organisation_code: str
    reporting_year: int
    cells: Mapping[tuple[str, str], Count]

    def has(self, step: str) -> bool:
        """Whether an extract records the step."""
        return (step, ALL) in self.cells

    def reached(self, step: str, of: str) -> dict[str, Reached]:
        """Per group: how many reached the step, and out of how many."""
        return {name: (self.cells[(step, name)], self.cells[(of, name)]) for name in (ALL, *GROUPS)}


def counts(
    organisation_code: str, reporting_year: int, steps: Mapping[str, Mapping[str, int] | None]
) -> DevelopmentCounts:
    """The counts from people per group of each step; None for a step that no extract records."""
    cells: dict[tuple[str, str], Count] = {}
    for step, by_group in steps.items():
        if by_group is None:
            continue
        for name in GROUPS:
            cells[(step, name)] = by_group.get(name, 0)
        cells[(step, ALL)] = sum(by_group.get(name, 0) for name in GROUPS)
    return DevelopmentCounts(organisation_code, reporting_year, cells)


def figures(found: DevelopmentCounts) -> list[CommissioningFigure]:
    """Appraised and taken part as shares of the workforce, asked likewise, approved of those who asked.

    A step that no extract records is one row in state not_collected.
    """
    rows: list[CommissioningFigure] = []
    pairs: dict[tuple[str, str], Pair | None] = {}
    for step, of in MEASURES:
        section = "appraisals" if step == APPRAISED else "opportunities"
        if not found.has(step) or not found.has(of):
            rows.append(_missing(found, section, step))
        else:
            groups = found.reached(step, of)
            pairs[("", step)] = compared(groups)
            rows += shares(found.organisation_code, found.reporting_year, section, step, groups)
    rows.append(_missing(found, "opportunities", "offered"))
    return with_verdicts(rows, pairs)


def _missing(found: DevelopmentCounts, section: str, step: str) -> CommissioningFigure:
    what = {APPRAISED: "appraisals", TAKEN: "training", "offered": "offers of development"}
    return figure(
        found.organisation_code,
        found.reporting_year,
        section,
        found.organisation_code,
        step,
        state="not_collected",
        note=f"No extract of the year records {what.get(step, 'requests and approvals')}.",
    )
