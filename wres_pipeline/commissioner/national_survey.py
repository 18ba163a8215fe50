"""Results of the NHS Staff Survey by organisation, as the published workbooks give them: all staff, no
ethnicity.

One row is one question of one organisation in one survey. Topics are those of `reference.survey`, the same
name in every year, so that a renumbered question stays one series.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wres_pipeline.reference import tables

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
