"""The recruitment funnel by ethnic group: applied, shortlisted, interviewed, offered, appointed,
started.

Counting unit: applications, as in indicator 2; an application belongs to the year its reference
date falls in. Everything after shortlisting is counted among the shortlisted, so that `shortlisted`
and `appointed` of all applications are the counts of indicator 2; whoever reached a later stage
reached the earlier ones. International recruitment is campaign recruitment from abroad, in which
shortlisting means something else: the funnel is shown with and without it, and for internal and
external applicants apart [ours].
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wres_pipeline.commissioner.figure import CommissioningFigure, figure
from wres_pipeline.commissioner.group_comparison import (
    ALL,
    RATIO,
    Count,
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
STEPS = tuple(zip(STAGES, STAGES[1:], strict=False))
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


def figures(organisation_code: str, reporting_year: int, found: Funnel | None) -> list[CommissioningFigure]:
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
        for before, stage in STEPS
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
    for before, stage in STEPS:
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
