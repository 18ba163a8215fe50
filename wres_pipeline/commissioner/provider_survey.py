"""A provider's history in the national staff-survey results: all staff, because they give no split
by ethnicity.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wres_pipeline.commissioner.figure import CommissioningFigure, figure
from wres_pipeline.commissioner.funnel_plot import two_percentages_p, wilson
from wres_pipeline.indicators.figure import number_shown
from wres_pipeline.reference import survey, tables
from wres_pipeline.statistics.interval_difference import difference
from wres_pipeline.statistics.minimum_detectable_difference import LEVEL

SECTION = "provider_log"

BETTER = "better"
WORSE = "worse"
CHANCE = "no more than chance"

ALL_STAFF = "all staff"


@dataclass(frozen=True, slots=True)
class Tested:
    """One comparison that was made: of what, the p-value, and whether the difference is adverse.

    `about` begins with what kind of comparison it is: `gap`, `change` or `all staff`.
    """

    about: tuple[str, ...]
    p: float
    adverse: bool


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
    test = _test(now, before)
    interval, verdict = None, ""
    if test is not None:
        interval = difference(
            wilson(now.percent or 0, now.base or 0), wilson(before.percent or 0, before.base or 0)
        )
        verdict = CHANCE if test.p > LEVEL else WORSE if test.adverse else BETTER
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
        note="" if test is not None else "Not comparable: weighted otherwise, or not shown.",
        **shared,
    )


def _test(now: SurveyResult, before: SurveyResult) -> Tested | None:
    """The comparison of two surveys' results; None when they were weighted otherwise or one is not shown."""
    if now.weighting != before.weighting or not now.usable or not before.usable:
        return None
    if now.percent is None or before.percent is None or not now.base or not before.base:
        return None
    adverse = (now.percent > before.percent) == adverse_when_high(now.topic)
    p = two_percentages_p(now.percent, now.base, before.percent, before.base)
    asked = survey.question(now.survey_year, question_name(now.survey_year, now.topic))
    return Tested((ALL_STAFF, asked.indicator if asked is not None else "", now.topic), p, adverse)


def change_tests(code: str, year: int, results: Sequence[SurveyResult]) -> list[Tested]:
    """The changes of a reporting year's survey since the one before, each question that can be compared."""
    found = []
    for topic in TOPICS:
        now, before = _two_surveys(code, year, topic, results)
        test = _test(now, before) if now is not None and before is not None else None
        if test is not None:
            found.append(test)
    return found


def change_sentence(test: Tested, code: str, year: int, results: Sequence[SurveyResult]) -> str:
    """A change that stands, as a sentence."""
    topic = test.about[2]
    now, before = _two_surveys(code, year, topic, results)
    assert now is not None and before is not None
    was, became = (number_shown(one.percent or 0, "percent") for one in (before, now))
    return (
        f"{TOPICS[topic]}: {WORSE if test.adverse else BETTER} for all staff than in the survey before "
        f"({was}, now {became}), by more than chance explains."
    )


def _two_surveys(
    code: str, year: int, topic: str, results: Sequence[SurveyResult]
) -> tuple[SurveyResult | None, SurveyResult | None]:
    found = {
        one.survey_year: one
        for one in only_of(results, code, topic)
        if one.survey_year in (year - 1, year - 2)
    }
    return found.get(year - 1), found.get(year - 2)


def only_of(results: Sequence[SurveyResult], code: str, topic: str) -> list[SurveyResult]:
    """The results of one body and question, every survey."""
    return [one for one in results if (one.ods_code, one.topic) == (code, topic)]


SURVEY_MINIMUM = 11
"""Results of fewer responses are not displayed at the source [seen]."""

EXPERIENCE_TOPICS = {
    "harassment_public": "Harassment, bullying or abuse from patients, relatives or the public",
    "harassment_managers": "Harassment, bullying or abuse from managers",
    "harassment_colleagues": "Harassment, bullying or abuse from other colleagues",
    "harassment_staff": "Harassment, bullying or abuse from staff",
    "discrimination_internal": "Discrimination from a manager, team leader or other colleagues",
    "discrimination_public": "Discrimination from patients, relatives or the public",
}
"""Topics where a high percentage is adverse, with the words every page prints."""

TOPICS = {
    **EXPERIENCE_TOPICS,
    "career_progression": "Equal opportunities for career progression or promotion",
}
"""Every topic; a high percentage of `career_progression` is favourable."""


@dataclass(frozen=True, slots=True)
class SurveyResult:
    """One published percentage of one organisation; `percent` is in the direction of the question's measure.

    `base` is the number of responses. Both may be None where the source shows nothing.
    """

    ods_code: str
    survey_year: int
    organisation_name: str
    benchmarking_group: str
    region: str
    weighting: str
    topic: str
    percent: float | None
    base: int | None
    source: str = ""

    @property
    def state(self) -> str:
        """`value`, `zero`, `suppressed_at_source` (fewer than 11 responses) or `not_collected`."""
        if self.base is not None and self.base < SURVEY_MINIMUM:
            return "suppressed_at_source"
        if self.percent is None or self.base is None:
            return "not_collected"
        return "value" if self.percent else "zero"

    @property
    def usable(self) -> bool:
        """Whether a percentage may be shown and compared."""
        return self.state in ("value", "zero")


def oriented(percent: float | None, said: str, topic: str) -> tuple[float | None, bool]:
    """The percentage in its topic's own direction, and whether it had to be turned round.

    `said` is the measure the source prints (`experienced`, `not_experienced`, `yes`, `no`); a topic of
    experience counts those who did experience it, career progression those who say yes. A blank `said` is
    taken as the topic's.
    """
    if percent is None:
        return None, False
    turned = said == ("no" if topic not in EXPERIENCE_TOPICS else "not_experienced") or (
        topic in EXPERIENCE_TOPICS and said == "no"
    )
    return (100 - percent, True) if turned else (percent, False)


def adverse_when_high(topic: str) -> bool:
    """Whether a high percentage of the topic is adverse."""
    return topic in EXPERIENCE_TOPICS


def question_name(survey_year: int, topic: str) -> str:
    """The number the question has in that survey year, '' when no list knows one."""
    for row in tables.rows("survey_questions"):
        if (row["survey_year"], row["topic"], row["preferred"]) == (str(survey_year), topic, "yes"):
            return row["question"]
    return ""


def only(
    results: Iterable[SurveyResult], *, survey_year: int, topic: str, ods_code: str | None = None
) -> list[SurveyResult]:
    """The results of one question in one survey, of one organisation when a code is given."""
    return [
        one
        for one in results
        if one.survey_year == survey_year and one.topic == topic and ods_code in (None, one.ods_code)
    ]
