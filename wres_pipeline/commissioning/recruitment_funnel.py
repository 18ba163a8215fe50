"""The recruitment funnel by ethnic group: applied, shortlisted, interviewed, offered, started.

Counting unit: applications, as in indicator 2; an application belongs to the year its reference date falls
in. Whoever reached a later stage reached the earlier ones. International recruitment is campaign
recruitment from abroad, in which shortlisting means something else: the funnel is shown with and without
it, and for internal and external applicants apart [ours].
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wres_pipeline.commissioning.figure import CommissioningFigure, figure
from wres_pipeline.commissioning.group_comparison import EMPTY, Group, shares, verdict
from wres_pipeline.indicators.intervals import koopman
from wres_pipeline.indicators.making import relative_likelihood
from wres_pipeline.reference.ethnicity import GROUPS

STAGES = ("applied", "shortlisted", "interviewed", "offered", "started")

ROUTES = (
    "all applications",
    "without international recruitment",
    "international recruitment",
    "internal applicants",
    "external applicants",
)


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


def reached(counts: Iterable[FunnelCount]) -> dict[str, dict[str, int]]:
    """group → stage → applications that reached the stage, those that went further among them."""
    found = {group: dict.fromkeys(STAGES, 0) for group in GROUPS}
    for one in counts:
        for stage in STAGES[: STAGES.index(one.furthest) + 1]:
            found[one.ethnic_group][stage] += one.applications
    return found


def on_route(counts: Sequence[FunnelCount], route: str) -> list[FunnelCount]:
    """The counts of one of ROUTES; an application whose flag is not recorded is on no route of that flag."""
    keep = {
        "all applications": lambda one: True,
        "without international recruitment": lambda one: not one.international,
        "international recruitment": lambda one: one.international is True,
        "internal applicants": lambda one: one.internal is True,
        "external applicants": lambda one: one.internal is False,
    }[route]
    return [one for one in counts if keep(one)]


def figures(
    organisation_code: str, reporting_year: int, counts: Sequence[FunnelCount] | None
) -> list[CommissioningFigure]:
    """Every route's funnel: applications at each stage, the share that goes on, and the likelihood White ÷
    BME.

    Measures: `<stage>` (applications), `<stage>_of_<stage before>` (percent, with its difference in points)
    and `<stage>_of_<stage before>_relative_likelihood_white_over_bme` (ratio). None: no extract, one row
    says so.
    """
    if counts is None:
        return [
            figure(
                organisation_code,
                reporting_year,
                "recruitment_funnel",
                organisation_code,
                "applied",
                unit="people",
                state="not_collected",
                note="No recruitment extract covers the year.",
            )
        ]
    rows: list[CommissioningFigure] = []
    for route in ROUTES:
        chosen = on_route(counts, route)
        if chosen or route == ROUTES[0]:
            rows += _route(organisation_code, reporting_year, route, reached(chosen))
    return rows


def _route(
    organisation_code: str, reporting_year: int, route: str, by_group: dict[str, dict[str, int]]
) -> list[CommissioningFigure]:
    rows = []
    for stage in STAGES:
        for name in ("", *GROUPS):
            number = sum(by_group[g][stage] for g in ([name] if name else GROUPS))
            rows.append(
                figure(
                    organisation_code,
                    reporting_year,
                    "recruitment_funnel",
                    organisation_code,
                    stage,
                    value=number,
                    unit="people",
                    breakdown=route,
                    ethnic_group=name,
                    numerator=number,
                    note="applications",
                )
            )
    for before, stage in zip(STAGES, STAGES[1:], strict=False):
        groups = {name: (by_group[name][stage], by_group[name][before]) for name in GROUPS}
        measure = f"{stage}_of_{before}"
        rows += shares(
            organisation_code, reporting_year, "recruitment_funnel", measure, groups, breakdown=route
        )
        rows.append(_ratio(organisation_code, reporting_year, measure, route, groups))
    return rows


def _ratio(
    organisation_code: str, reporting_year: int, measure: str, route: str, groups: dict[str, Group]
) -> CommissioningFigure:
    white, bme = groups.get("White", EMPTY), groups.get("BME", EMPTY)
    ratio = relative_likelihood(white, bme)
    low, high = koopman(white, bme) if ratio is not None else (None, None)
    return figure(
        organisation_code,
        reporting_year,
        "recruitment_funnel",
        organisation_code,
        f"{measure}_relative_likelihood_white_over_bme",
        value=ratio,
        unit="ratio",
        breakdown=route,
        interval_low=low,
        interval_high=high,
        verdict=verdict(white, bme),
    )
