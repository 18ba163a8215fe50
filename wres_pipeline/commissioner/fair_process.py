"""Whether people of each ethnic group get on alike: recruitment from stage to stage, and appraisals, training and development."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wres_pipeline.commissioner.figure import CommissioningFigure, figure
from wres_pipeline.commissioner.group_comparison import (
    ALL,
    RATIO,
    Count,
    Pair,
    Reached,
    compared,
    shares,
    with_verdicts,
)
from wres_pipeline.indicators.figure_builder import relative_likelihood
from wres_pipeline.reference.codes.ethnicity import GROUPS
from wres_pipeline.statistics.intervals import koopman

SECTION = "recruitment_funnel"
STAGES = ("applied", "shortlisted", "interviewed", "offered", "appointed", "started")
STAGE_STEPS = tuple(zip(STAGES, STAGES[1:], strict=False))
"""(stage, the next one)."""

EVERYBODY = "all applications"
WITHOUT_INTERNATIONAL = "without international recruitment"
INTERNATIONAL = "international recruitment"
INTERNAL = "internal applicants"
EXTERNAL = "external applicants"
ROUTES = (EVERYBODY, WITHOUT_INTERNATIONAL, INTERNATIONAL, INTERNAL, EXTERNAL)


@dataclass(frozen=True, slots=True)
class FunnelCount:
    """How many applications of one group and route got as far as `furthest` and no further.

    `internal` and `international` are None where the extract does not say.
    """

    ethnic_group: str
    internal: bool | None
    international: bool | None
    furthest: str
    applications: int

    def on(self, route: str) -> bool:
        """Whether the application is on the route; one whose flag is not recorded is on no route of
        that flag.
        """
        return {
            EVERYBODY: True,
            WITHOUT_INTERNATIONAL: self.international is not True,
            INTERNATIONAL: self.international is True,
            INTERNAL: self.internal is True,
            EXTERNAL: self.internal is False,
        }[route]


@dataclass(frozen=True, slots=True)
class Funnel:
    """Applications of one organisation's year: `cells` by (route, stage, group), '' for all groups
    together.

    A route on which nobody is, other than all applications, is absent. None where the edition
    withholds a count.
    """

    organisation_code: str
    reporting_year: int
    cells: Mapping[tuple[str, str, str], Count]

    def has(self, route: str) -> bool:
        """Whether anybody is on the route."""
        return (route, STAGES[0], ALL) in self.cells

    def reached(self, route: str, stage: str, of: str) -> dict[str, Reached]:
        """Per group: how many reached the stage, and out of how many."""
        return {
            name: (self.cells[(route, stage, name)], self.cells[(route, of, name)]) for name in (ALL, *GROUPS)
        }


def funnel(organisation_code: str, reporting_year: int, counts: Sequence[FunnelCount]) -> Funnel:
    """The funnel of every route from the counts by furthest stage."""
    cells: dict[tuple[str, str, str], Count] = {}
    for route in ROUTES:
        chosen = [one for one in counts if one.on(route)]
        if chosen or route == EVERYBODY:
            for stage, by_group in _reached(chosen).items():
                cells |= {(route, stage, name): number for name, number in by_group.items()}
                cells[(route, stage, ALL)] = sum(by_group.values())
    return Funnel(organisation_code, reporting_year, cells)


def _reached(counts: Iterable[FunnelCount]) -> dict[str, dict[str, int]]:
    found = {stage: dict.fromkeys(GROUPS, 0) for stage in STAGES}
    for one in counts:
        for stage in STAGES[: STAGES.index(one.furthest) + 1]:
            found[stage][one.ethnic_group] += one.applications
    return found


def recruitment_figures(
    organisation_code: str, reporting_year: int, found: Funnel | None
) -> list[CommissioningFigure]:
    """Every route's funnel: applications at each stage, the share that goes on, and the likelihood
    White ÷ BME.

    Measures: `<stage>` (applications), `<stage>_of_<stage before>` (percent, with its difference in
    points) and `<stage>_of_<stage before>` with the ratio's name (ratio). None: no
    extract, one row says so.
    """
    if found is None:
        missing = figure(
            organisation_code,
            reporting_year,
            SECTION,
            organisation_code,
            STAGES[0],
            unit="people",
            state="not_collected",
            note="No recruitment extract covers the year.",
        )
        return [missing]
    routes = [route for route in ROUTES if found.has(route)]
    pairs = {
        (route, f"{stage}_of_{before}"): compared(found.reached(route, stage, before))
        for route in routes
        for before, stage in STAGE_STEPS
    }
    return with_verdicts([row for route in routes for row in _route(found, route)], pairs)


def _route(found: Funnel, route: str) -> list[CommissioningFigure]:
    rows = []
    for stage in STAGES:
        for name in (ALL, *GROUPS):
            number = found.cells[(route, stage, name)]
            rows.append(
                figure(
                    found.organisation_code,
                    found.reporting_year,
                    SECTION,
                    found.organisation_code,
                    stage,
                    value=number,
                    unit="people",
                    state="withheld" if number is None else "",
                    breakdown=route,
                    ethnic_group=name,
                    numerator=number,
                    note="Applications.",
                )
            )
    for before, stage in STAGE_STEPS:
        groups, measure = found.reached(route, stage, before), f"{stage}_of_{before}"
        rows += shares(
            found.organisation_code, found.reporting_year, SECTION, measure, groups, breakdown=route
        )
        rows.append(_ratio(found, measure, route, groups))
    return rows


def _ratio(found: Funnel, measure: str, route: str, groups: Mapping[str, Reached]) -> CommissioningFigure:
    pair = compared(groups)
    ratio = relative_likelihood(*pair) if pair is not None else None
    low, high = koopman(*pair) if pair is not None and ratio is not None else (None, None)
    return figure(
        found.organisation_code,
        found.reporting_year,
        SECTION,
        found.organisation_code,
        f"{measure}{RATIO}",
        value=ratio,
        unit="ratio",
        state="" if pair is not None else "withheld",
        breakdown=route,
        interval_low=low,
        interval_high=high,
    )


WORKFORCE, APPRAISED, REQUESTED, APPROVED, TAKEN = DEVELOPMENT_STEPS = (
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


def development_figures(found: DevelopmentCounts) -> list[CommissioningFigure]:
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
