"""The history of every provider's published figures: groups, gap, direction of travel, national
line, what is missing.

The percentages of the staff survey are published with their number of responses, so gaps and
changes have intervals; a figure published without its base has none, and the verdict says so. Two
figures of different definitions (indicator 7 from the 2021 survey on) are never subtracted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wres_pipeline.commissioner import provider_survey
from wres_pipeline.commissioner.figure import CommissioningFigure, figure
from wres_pipeline.commissioner.funnel_plot import two_percentages_p, wilson
from wres_pipeline.commissioner.log_checks import NATIONAL, SURVEY_INDICATORS, Logged
from wres_pipeline.commissioner.provider_survey import BETTER, CHANCE, WORSE, SurveyResult, Tested
from wres_pipeline.reference import indicators, national, years
from wres_pipeline.statistics.interval_difference import Estimate, difference
from wres_pipeline.statistics.minimum_detectable_difference import LEVEL

SECTION = "provider_log"

RECEIVED = "received"
PART = "part received"
MISSING = "missing"
LATE = "late"
NOT_DUE = "not yet due"

NO_EVIDENCE = "cannot tell"
ALONE = "(taken alone; among all comparisons of the review one such can come by chance)"
HIGHER = "higher among BME staff"
LOWER = "lower among BME staff"
NO_BASE = "cannot be told: the number of responses is not given"
REDEFINED = "not comparable: the definition changed"


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider whose return is expected: its code and the name it is printed with."""

    code: str
    name: str


def providers(
    logged: Sequence[Logged], expected: Sequence[str] = (), names: Mapping[str, str] | None = None
) -> list[Provider]:
    """Everybody expected and everybody in the log, once each; named as the newest row, or else
    `names`, has it.
    """
    known = dict(names or {})
    for one in sorted(logged, key=lambda one: one.year):
        if one.provider_name:
            known[one.provider_code] = one.provider_name
    codes = dict.fromkeys([*expected, *sorted({one.provider_code for one in logged})])
    return [Provider(code, known.get(code) or code) for code in codes if code != NATIONAL]


def figures(
    organisation_code: str,
    reporting_year: int,
    logged: Sequence[Logged],
    *,
    as_at: date,
    expected: Sequence[str] = (),
    results: Sequence[SurveyResult] = (),
) -> list[CommissioningFigure]:
    """The log as rows, for every provider and every year up to `reporting_year`.

    Rows per provider, year and indicator: the published figure of each group; `gap` BME − White in
    points; `change` since the year before; and per year `return`, how many of indicators 5–8 are
    there, in words what is missing, late or not yet due on `as_at`. The national line, from the log
    or the reference file, stands under the subject ENGLAND.
    """
    known = {one.key: one for one in logged if one.year <= reporting_year}
    rows: list[CommissioningFigure] = []
    for provider in providers(list(known.values()), expected, provider_survey.names_in(results)):
        for year in _span(known, provider.code, reporting_year):
            rows.append(_return_row(organisation_code, reporting_year, known, provider, year, as_at))
            numbers = sorted({key[2] for key in known if key[:2] == (provider.code, year)})
            for number in numbers:
                rows += _indicator_rows(organisation_code, reporting_year, known, provider, year, number)
        rows += provider_survey.figures(
            organisation_code, reporting_year, provider.code, provider.name, results
        )
    return rows + _national_rows(organisation_code, reporting_year, known)


def tells_of_providers(rows: Iterable[CommissioningFigure]) -> bool:
    """Whether rows of `commissioning_figures` hold any provider's: the national line alone needs no page of providers."""
    return any(one.section == SECTION and one.subject != NATIONAL for one in rows)


def _span(known: Mapping[tuple[str, int, str, str], Logged], code: str, reporting_year: int) -> range:
    first = min((key[1] for key in known if key[0] == code), default=reporting_year)
    return range(first, reporting_year + 1)


def return_status(received: int, year: int, as_at: date) -> str:
    """How a provider's return of a year stands, by how many of indicators 5–8 are logged."""
    if received >= len(SURVEY_INDICATORS):
        return RECEIVED
    if received:
        return PART
    rules = years.load(year)
    if as_at <= rules.publication_deadline:
        return NOT_DUE
    newer = [one for one in years.all_years() if one > year]
    past = bool(newer) and as_at > years.load(newer[0]).publication_deadline
    return MISSING if past else LATE


def _return_row(
    organisation_code: str,
    reporting_year: int,
    known: Mapping[tuple[str, int, str, str], Logged],
    provider: Provider,
    year: int,
    as_at: date,
) -> CommissioningFigure:
    there = [
        number
        for number in SURVEY_INDICATORS
        if any(key[:3] == (provider.code, year, number) for key in known)
    ]
    absent = [number for number in SURVEY_INDICATORS if number not in there]
    status = return_status(len(there), year, as_at)
    note = "" if not there or not absent else f"missing: indicators {', '.join(absent)}"
    return figure(
        organisation_code,
        reporting_year,
        SECTION,
        provider.code,
        "return",
        value=len(there),
        unit="people",
        denominator=len(SURVEY_INDICATORS),
        shown=status,
        verdict=status,
        note=note,
        about_year=year,
        subject_name=provider.name,
    )


def _indicator_rows(
    organisation_code: str,
    reporting_year: int,
    known: Mapping[tuple[str, int, str, str], Logged],
    provider: Provider,
    year: int,
    number: str,
) -> list[CommissioningFigure]:
    shared = {"about_year": year, "breakdown": number, "subject_name": provider.name}
    rows = []
    for group in ("White", "BME", "Unknown", ""):
        one = known.get((provider.code, year, number, group))
        if one is None:
            continue
        rows.append(_published(organisation_code, reporting_year, provider.code, one, shared))
        before = known.get((provider.code, year - 1, number, group))
        if before is not None:
            rows.append(_change(organisation_code, reporting_year, provider.code, one, before, shared))
    white = known.get((provider.code, year, number, "White"))
    bme = known.get((provider.code, year, number, "BME"))
    if white is not None and bme is not None:
        rows.append(_gap(organisation_code, reporting_year, provider.code, white, bme, shared))
    return rows


def _published(
    organisation_code: str, reporting_year: int, code: str, one: Logged, shared: Mapping[str, Any]
) -> CommissioningFigure:
    interval = estimate(one)
    return figure(
        organisation_code,
        reporting_year,
        SECTION,
        code,
        measure_of(one),
        value=one.value,
        unit=one.unit,
        state=one.state,
        ethnic_group=one.ethnic_group,
        denominator=one.base,
        interval_low=interval.low if interval else None,
        interval_high=interval.high if interval else None,
        note=one.note,
        source=one.source,
        **shared,
    )


def measure_of(one: Logged) -> str:
    """The name of what was published: `percentage`, the ratio's own name, or the difference's."""
    if one.unit == "ratio":
        return indicators.rule(one.indicator).ratio or "ratio"
    return "percentage" if one.unit == "percent" else indicators.rule(indicators.BOARD).headline.measure


def estimate(one: Logged) -> Estimate | None:
    """The percentage with Wilson's interval; None without a value or a base, and for anything but a
    percentage.
    """
    if one.unit != "percent" or one.value is None or not one.base:
        return None
    return wilson(one.value, one.base)


def _gap(
    organisation_code: str,
    reporting_year: int,
    code: str,
    white: Logged,
    bme: Logged,
    shared: Mapping[str, Any],
) -> CommissioningFigure:
    both = white.value is not None and bme.value is not None
    apart = None if not both else (bme.value or 0) - (white.value or 0)
    top, bottom = estimate(bme), estimate(white)
    interval = difference(top, bottom) if top and bottom else None
    verdict = gap_verdict(white, bme)
    return figure(
        organisation_code,
        reporting_year,
        SECTION,
        code,
        "gap",
        value=apart,
        unit="percentage_points",
        state="" if both else "suppressed_at_source",
        interval_low=interval.low if interval else None,
        interval_high=interval.high if interval else None,
        verdict=verdict,
        source=bme.source,
        direction={HIGHER: "higher", LOWER: "lower"}.get(verdict, ""),
        **shared,
    )


def gap_verdict(white: Logged, bme: Logged) -> str:
    """Whether the published gap is more than chance: Fisher's exact test on the nearest whole
    counts, at 5%.
    """
    test = gap_test(white, bme)
    if test is None:
        return "" if white.value is None or bme.value is None else NO_BASE
    if test.p > LEVEL:
        return NO_EVIDENCE
    return HIGHER if (bme.value or 0) > (white.value or 0) else LOWER


def gap_test(white: Logged, bme: Logged) -> Tested | None:
    """The comparison of the two groups; None when a figure or its base is missing."""
    p = _p(bme, white)
    if p is None:
        return None
    high = (bme.value or 0) > (white.value or 0)
    return Tested(("gap", bme.indicator), p, high == _adverse_when_high(bme))


def change_test(now: Logged, before: Logged) -> Tested | None:
    """The comparison with the year before; None when it cannot be made or must not be."""
    p = None if redefined(now.indicator, now.year, before.year) else _p(now, before)
    if p is None:
        return None
    high = (now.value or 0) > (before.value or 0)
    return Tested(("change", now.indicator, now.ethnic_group), p, high == _adverse_when_high(now))


def _adverse_when_high(one: Logged) -> bool:
    return indicators.rule(one.indicator).adverse == "higher"


def _p(one: Logged, other: Logged) -> float | None:
    if estimate(one) is None or estimate(other) is None:
        return None
    return two_percentages_p(one.value or 0, one.base or 0, other.value or 0, other.base or 0)


def redefined(number: str, year: int, other_year: int) -> bool:
    """Whether the indicator's definition differs between two reporting years."""
    setting = indicators.rule(number).basis_setting
    one, other = years.load(year), years.load(other_year)
    return bool(setting) and getattr(one, setting) != getattr(other, setting)


def _change(
    organisation_code: str,
    reporting_year: int,
    code: str,
    now: Logged,
    before: Logged,
    shared: Mapping[str, Any],
) -> CommissioningFigure:
    broken = redefined(now.indicator, now.year, before.year)
    both = now.value is not None and before.value is not None and not broken
    top, bottom = estimate(now), estimate(before)
    interval = difference(top, bottom) if both and top and bottom else None
    test = change_test(now, before)
    if broken:
        verdict = REDEFINED
    elif not both:
        verdict = ""
    elif test is None:
        verdict = NO_BASE
    else:
        verdict = CHANCE if test.p > LEVEL else (WORSE if test.adverse else BETTER)
    hidden = "suppressed_at_source" in (now.state, before.state)
    return figure(
        organisation_code,
        reporting_year,
        SECTION,
        code,
        "change",
        value=(now.value or 0) - (before.value or 0) if both else None,
        unit="ratio" if now.unit == "ratio" else "percentage_points",
        state="" if both else "suppressed_at_source" if hidden else "not_calculable",
        ethnic_group=now.ethnic_group,
        interval_low=interval.low if interval else None,
        interval_high=interval.high if interval else None,
        verdict=verdict,
        note=REDEFINED if broken else "",
        source=now.source,
        **shared,
    )


def _national_rows(
    organisation_code: str, reporting_year: int, known: Mapping[tuple[str, int, str, str], Logged]
) -> list[CommissioningFigure]:
    rows = []
    logged = {key[1:]: one for key, one in known.items() if key[0] == NATIONAL}
    for one in logged.values():
        shared = {"about_year": one.year, "breakdown": one.indicator, "subject_name": "England"}
        rows.append(_published(organisation_code, reporting_year, NATIONAL, one, shared))
    for value in national.values():
        if (value.reporting_year, value.indicator, value.ethnic_group) in logged:
            continue
        if value.reporting_year > reporting_year:
            continue
        rows.append(
            figure(
                organisation_code,
                reporting_year,
                SECTION,
                NATIONAL,
                value.measure,
                value=float(value.value),
                unit=value.unit,
                places=value.places,
                ethnic_group=value.ethnic_group,
                note=f"{value.scope}.",
                source=f"{value.source}: {value.address}",
                about_year=value.reporting_year,
                breakdown=value.indicator,
                subject_name="England",
            )
        )
    return rows
