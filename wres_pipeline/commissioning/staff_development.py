"""Appraisals and the opportunities log: who had one, who asked, who was approved, who took part, by ethnic
group.

Counting unit: people of the 31 March workforce. An appraisal counts when its date lies in the reporting
year's twelve months [ours]. From the training extract, a person asked when a row carries a date of request,
was approved when a row is marked or dated as approved, and took part when a course that is not mandatory
was completed in the period (the rule of indicator 4). Offers are recorded by neither extract and are shown
as not collected.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from wres_pipeline.commissioning.figure import CommissioningFigure, figure
from wres_pipeline.commissioning.group_comparison import EMPTY, Group, shares
from wres_pipeline.reference.ethnicity import GROUPS

OPPORTUNITY_STEPS = ("requested", "approved", "taken")


@dataclass(frozen=True, slots=True)
class AccessCounts:
    """People of one organisation's workforce by ethnic group.

    `workforce` per group; `appraised` those with an appraisal in the year, None when there was no extract;
    `steps` how many people requested, were approved, took part, None when there was no extract.
    """

    organisation_code: str
    reporting_year: int
    workforce: Mapping[str, int] = field(default_factory=dict)
    appraised: Mapping[str, int] | None = None
    steps: Mapping[str, Mapping[str, int]] | None = None


def appraisal_figures(counts: AccessCounts) -> list[CommissioningFigure]:
    """Share of each group with an appraisal in the year; one row, not collected, without an extract."""
    if counts.appraised is None:
        return [_missing(counts, "appraisals", "appraised", "appraisals")]
    reached = {group: (counts.appraised.get(group, 0), counts.workforce.get(group, 0)) for group in GROUPS}
    return shares(counts.organisation_code, counts.reporting_year, "appraisals", "appraised", reached)


def opportunity_figures(counts: AccessCounts) -> list[CommissioningFigure]:
    """Requested and taken as shares of the workforce, approved as a share of those who asked; offers not
    collected.
    """
    rows = [_missing(counts, "opportunities", "offered", "offers of opportunities")]
    if counts.steps is None:
        return rows + [
            _missing(counts, "opportunities", step, "training and opportunities")
            for step in OPPORTUNITY_STEPS
        ]
    if not any(counts.steps["requested"].values()):
        asked = [
            _missing(counts, "opportunities", step, "requests and approvals")
            for step in OPPORTUNITY_STEPS[:2]
        ]
    else:
        asked = [
            *_step(counts, "requested", counts.workforce),
            *_step(counts, "approved", counts.steps["requested"]),
        ]
    return [*rows, *asked, *_step(counts, "taken", counts.workforce)]


def _step(counts: AccessCounts, step: str, of: Mapping[str, int]) -> Sequence[CommissioningFigure]:
    assert counts.steps is not None
    reached: dict[str, Group] = {
        group: (min(counts.steps[step].get(group, 0), of.get(group, 0)), of.get(group, 0)) if of else EMPTY
        for group in GROUPS
    }
    return shares(counts.organisation_code, counts.reporting_year, "opportunities", step, reached)


def _missing(counts: AccessCounts, section: str, measure: str, what: str) -> CommissioningFigure:
    return figure(
        counts.organisation_code,
        counts.reporting_year,
        section,
        counts.organisation_code,
        measure,
        state="not_collected",
        note=f"No extract records {what}.",
    )
