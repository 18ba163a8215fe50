"""Everything the commissioner's pages of one organisation and year print, put together from its
parts.

The inputs are read once (`read.inputs`); an edition is then a pure function of them and of the
figures it may show: the true ones for the internal edition, the protected ones and the protected
tables for the public one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from wres_pipeline.commissioner import (
    benchmark,
    fair_process,
    history,
    log_checks,
    national_comparison,
    population,
    protection,
    provider_log,
    provider_survey,
)
from wres_pipeline.commissioner.comments import Comment
from wres_pipeline.commissioner.fair_process import DevelopmentCounts, Funnel
from wres_pipeline.commissioner.figure import CommissioningFigure
from wres_pipeline.commissioner.funnel_plot import LEVELS
from wres_pipeline.commissioner.history import OwnResult, Point
from wres_pipeline.commissioner.log_checks import CheckedLog, LogRow
from wres_pipeline.commissioner.provider_survey import EXPERIENCE_TOPICS, TOPICS, SurveyResult, only
from wres_pipeline.commissioner.review import ProviderReview, review
from wres_pipeline.disclosure.proof.audit import Audit
from wres_pipeline.disclosure.register.releases import Release
from wres_pipeline.disclosure.rules.policy import Policy
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference.population import ALL_AGES, AreaResidents, Residents, UnknownAreaError, residents

CURVE_POINTS = 60
"""Sizes at which the limits of a funnel chart are worked out."""


@dataclass(frozen=True, slots=True)
class DeskInputs:
    """What the desk of one organisation and year is worked out from.

    `national_codes` are the bodies its survey results stand under, earliest first (its own code
    last); `providers` the codes whose returns are expected; `residents_of` the areas it serves;
    `dated` the date of the publication.
    """

    organisation_code: str
    reporting_year: int
    dated: date
    log_rows: Sequence[LogRow] = ()
    results: Sequence[SurveyResult] = ()
    own_survey: Sequence[OwnResult] = ()
    development: DevelopmentCounts | None = None
    funnel: Funnel | None = None
    comments: Sequence[Comment] = ()
    national_codes: Sequence[str] = ()
    providers: Sequence[str] = ()
    residents_of: Sequence[str] = ()
    residents_ages: str = ALL_AGES
    own_residents: Sequence[AreaResidents] = ()


@dataclass(frozen=True, slots=True)
class FunnelChart:
    """What a funnel chart draws: every peer as (responses, percentage), and the limits by size.

    `curves` holds (responses, 95% low, 95% high, 99.8% low, 99.8% high) in rising order of responses.
    """

    topic: str
    title: str
    survey_year: int
    group: str
    points: tuple[tuple[int, float], ...]
    own: tuple[int, float]
    own_name: str
    target: float
    curves: tuple[tuple[int, float, float, float, float], ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """One edition of the commissioner's desk: every figure, and what the pages need besides."""

    organisation_code: str
    reporting_year: int
    dated: date
    figures: tuple[CommissioningFigure, ...]
    reviews: tuple[ProviderReview, ...] = ()
    log: CheckedLog = CheckedLog((), ())
    series: tuple[Point, ...] = ()
    charts: tuple[FunnelChart, ...] = ()

    def section(self, name: str) -> tuple[CommissioningFigure, ...]:
        """The figures of one section, in order."""
        return tuple(one for one in self.figures if one.section == name)


def internal(inputs: DeskInputs, figures: Sequence[Figure]) -> Desk:
    """The internal edition: true counts. `figures` are the organisation's true figures; those of
    the year count.
    """
    return _edition(inputs, _of_year(inputs, figures), inputs.development, inputs.funnel, public=False)


def public(
    inputs: DeskInputs,
    figures: Sequence[Figure],
    public_figures: Sequence[Figure],
    policy: Policy,
    releases: Sequence[Release] = (),
) -> tuple[Desk, Audit, Release | None]:
    """The public edition, the proof that nothing withheld can be worked out from it, and what it says, for the register.

    `figures` are all true figures of the edition (the year and the one before), `public_figures`
    the same as the public edition prints them; `releases` what the register has. Nothing of the desk may be published when the audit
    fails.
    """
    development, funnel = inputs.development, inputs.funnel
    tables = []
    if development is not None and development.cells:
        tables.append(protection.development_table(development))
    if funnel is not None:
        tables.append(protection.funnel_table(funnel))
    found = protection.public_tables(tables, figures, public_figures, policy, releases)
    if development is not None and development.cells:
        development = protection.public_development(development, found.tables)
    if funnel is not None:
        funnel = protection.public_funnel(funnel, found.tables)
    release = found.release if tables else None
    if release is not None:
        release = replace(
            release,
            organisation_code=inputs.organisation_code,
            product="dashboard",
            period=str(inputs.reporting_year),
        )
    made = _edition(inputs, _of_year(inputs, public_figures), development, funnel, public=True)
    return made, found.audit, release


def _of_year(inputs: DeskInputs, figures: Sequence[Figure]) -> list[Figure]:
    return [
        one
        for one in figures
        if (one.organisation_code, one.reporting_year) == (inputs.organisation_code, inputs.reporting_year)
    ]


def _edition(
    inputs: DeskInputs,
    figures: Sequence[Figure],
    development: DevelopmentCounts | None,
    funnel: Funnel | None,
    *,
    public: bool,
) -> Desk:
    code, year = inputs.organisation_code, inputs.reporting_year
    log = log_checks.check(inputs.log_rows)
    own_codes = list(inputs.national_codes) or [code]
    rows = provider_log.figures(
        code, year, log.figures, as_at=inputs.dated, expected=inputs.providers, results=inputs.results
    )
    reviews = [
        review(
            code,
            provider,
            year,
            log,
            rows,
            dated=inputs.dated,
            results=inputs.results,
            comments=inputs.comments,
        )
        for provider in provider_log.providers(
            log.figures, inputs.providers, provider_survey.names_in(inputs.results)
        )
    ]
    series = [
        one for one in history.points(inputs.own_survey, inputs.results, own_codes) if one.survey_year < year
    ]
    hidden = history.telling(series) | history.withheld_in_the_return(figures) if public else frozenset()
    series = history.shown_together(series, hidden)
    compared = [
        one
        for subject in dict.fromkeys([*own_codes, *(r.provider.code for r in reviews)])
        for topic in TOPICS
        for one in only(inputs.results, survey_year=year - 1, topic=topic, ods_code=subject)
        if subject not in own_codes or (topic, one.survey_year) not in hidden
    ]
    for one in compared:
        rows += benchmark.figures(code, year, inputs.results, one)
    rows += national_comparison.figures(code, year, figures)
    rows += history.figures(code, year, series)
    rows += population.figures(code, year, population.makeups(figures), *_residents(inputs))
    if development is not None:
        rows += fair_process.development_figures(development)
    rows += fair_process.recruitment_figures(code, year, funnel)
    charts = [_chart(inputs.results, one) for one in compared if one.topic in EXPERIENCE_TOPICS]
    return Desk(
        code,
        year,
        inputs.dated,
        tuple(rows),
        tuple(reviews),
        log,
        tuple(series),
        tuple(one for one in charts if one is not None),
    )


def _residents(inputs: DeskInputs) -> tuple[Residents | None, str]:
    try:
        return residents(inputs.residents_of, inputs.residents_ages, inputs.own_residents), ""
    except UnknownAreaError as why:
        return None, why.for_readers


def _chart(results: Sequence[SurveyResult], own: SurveyResult) -> FunnelChart | None:
    group = benchmark.peers(results, own)
    shape = benchmark.funnel(group)
    if shape is None or not own.usable or own.base is None or own.percent is None:
        return None
    points = [(one.base or 0, one.percent or 0.0) for one in group.results if one.ods_code != own.ods_code]
    low, high = min(own.base, *(n for n, _ in points)), max(own.base, *(n for n, _ in points))
    sizes = sorted({round(low * (high / low) ** (step / CURVE_POINTS)) for step in range(CURVE_POINTS + 1)})
    curves = []
    for size in sizes:
        inner, outer = (shape.limits(size, level) for level in LEVELS)
        curves.append((size, inner.low, inner.high, outer.low, outer.high))
    return FunnelChart(
        own.topic,
        TOPICS[own.topic],
        own.survey_year,
        group.name,
        tuple(sorted(points)),
        (own.base, own.percent),
        own.organisation_name,
        shape.target,
        tuple(curves),
    )
