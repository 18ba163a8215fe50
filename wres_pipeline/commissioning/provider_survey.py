"""A provider's history in the national staff-survey results: all staff, because they give no split
by ethnicity.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wres_pipeline.commissioning.comparison import difference, two_percentages_p, wilson
from wres_pipeline.commissioning.detectable import LEVEL
from wres_pipeline.commissioning.figure import CommissioningFigure, figure
from wres_pipeline.commissioning.national_survey import TOPICS, SurveyResult, adverse_when_high, question_name
from wres_pipeline.reference import survey

SECTION = "provider_log"

BETTER = "better"
WORSE = "worse"
CHANCE = "no more than chance"


def names_in(results: Sequence[SurveyResult]) -> dict[str, str]:
    """Code → the newest name in the national results."""
    return {one.ods_code: one.organisation_name for one in sorted(results, key=lambda one: one.survey_year)}


def figures(
    organisation_code: str, reporting_year: int, code: str, name: str, results: Sequence[SurveyResult]
) -> list[CommissioningFigure]:
    """What the national results say of one provider: each question by year (measure: its topic),
    and its change.
    """
    mine = {
        (one.topic, one.survey_year): one
        for one in results
        if one.ods_code == code and one.survey_year < reporting_year
    }
    rows = []
    for topic in TOPICS:
        for year in sorted(year for which, year in mine if which == topic):
            one, before = mine[(topic, year)], mine.get((topic, year - 1))
            asked = survey.question(year, question_name(year, topic))
            shared: dict[str, Any] = {
                "about_year": year + 1,
                "breakdown": asked.indicator if asked is not None else "",
                "subject_name": name,
                "source": one.source,
            }
            interval = (
                wilson(one.percent, one.base) if one.usable and one.percent is not None and one.base else None
            )
            rows.append(
                figure(
                    organisation_code,
                    reporting_year,
                    SECTION,
                    code,
                    topic,
                    value=one.percent,
                    state=one.state,
                    denominator=one.base,
                    interval_low=interval.low if interval else None,
                    interval_high=interval.high if interval else None,
                    note="All staff: the national results give no split by ethnicity.",
                    **shared,
                )
            )
            if before is not None:
                rows.append(_change(organisation_code, reporting_year, code, one, before, shared))
    return rows


def _change(
    organisation_code: str,
    reporting_year: int,
    code: str,
    now: SurveyResult,
    before: SurveyResult,
    shared: Mapping[str, Any],
) -> CommissioningFigure:
    alike = now.weighting == before.weighting and now.usable and before.usable
    interval, verdict = None, ""
    if alike and now.percent is not None and before.percent is not None and now.base and before.base:
        interval = difference(wilson(now.percent, now.base), wilson(before.percent, before.base))
        p = two_percentages_p(now.percent, now.base, before.percent, before.base)
        adverse = (interval.value > 0) == adverse_when_high(now.topic)
        verdict = CHANCE if p > LEVEL else WORSE if adverse else BETTER
    return figure(
        organisation_code,
        reporting_year,
        SECTION,
        code,
        f"{now.topic}_change",
        value=interval.value if interval else None,
        unit="percentage_points",
        interval_low=interval.low if interval else None,
        interval_high=interval.high if interval else None,
        verdict=verdict,
        note="" if alike else "Not comparable: weighted otherwise, or not shown.",
        **shared,
    )
