"""One series a staff-survey question from 2015 on, with every break marked and nothing drawn across
it.

A question is followed by its topic, not its number: Q13a of 2020 is Q14a of 2021. Percentages
printed as "did not experience" are turned round and say so. A break stands where the definition
changed ("don't know" in the base of career progression), where the number comes from another
publication (an organisation's own whole percentages, then the national results), where its
weighting changed, or where the body itself did (a commissioning group and the board that followed
it). Small bodies' surveys give no split by ethnicity: their series are of all staff.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from wres_pipeline.commissioner.figure import CommissioningFigure, figure
from wres_pipeline.commissioner.funnel_plot import wilson
from wres_pipeline.commissioner.provider_survey import (
    SURVEY_MINIMUM,
    TOPICS,
    SurveyResult,
    oriented,
    question_name,
)
from wres_pipeline.disclosure.figure_cells import SURVEY
from wres_pipeline.indicators.figure import Figure, number_shown
from wres_pipeline.reference import survey

SECTION = "survey_history"


@dataclass(frozen=True, slots=True)
class OwnResult:
    """One percentage of the publication of `body` itself; `said` is the measure as printed, blank
    without one.
    """

    body: str
    survey_year: int
    question: str
    ethnic_group: str
    percent: float | None
    base: int | None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a series. `percent` is in the topic's direction; `printed` the number as it was printed.

    `broken` says why the point is not to be joined to the one before it, '' when it may be.
    """

    survey_year: int
    topic: str
    ethnic_group: str
    question: str
    percent: float | None
    base: int | None
    state: str
    definition: str
    origin: str
    weighting: str
    body: str
    turned: bool = False
    printed: float | None = None
    whole: bool = False
    broken: str = ""


OWN = "the organisation's own publication"
NATIONAL = "the national results by organisation"


def points(own: Sequence[OwnResult], results: Sequence[SurveyResult], codes: Sequence[str]) -> list[Point]:
    """Every point there is, ordered by topic, group and year, breaks marked.

    `codes` are the bodies the series follows, earliest first (an organisation and those it came
    from). A year that a body printed itself is taken as it printed it, any other from the national
    results.
    """
    found: dict[tuple[str, str, int], Point] = {}
    for mine in own:
        point = _own_point(mine) if mine.body in codes else None
        if point is not None:
            found[(point.topic, point.ethnic_group, point.survey_year)] = point
    for one in results:
        if one.ods_code in codes:
            found.setdefault((one.topic, "", one.survey_year), _national_point(one))
    order = list(TOPICS)
    return _with_breaks(
        [found[key] for key in sorted(found, key=lambda key: (order.index(key[0]), *key[1:]))]
    )


def _own_point(mine: OwnResult) -> Point | None:
    asked = survey.question(mine.survey_year, mine.question)
    if asked is None:
        return None
    percent, turned = oriented(mine.percent, mine.said or asked.measure, asked.topic)
    few = mine.base is not None and mine.base < SURVEY_MINIMUM
    state = (
        "suppressed_at_source"
        if few
        else "not_collected"
        if percent is None
        else "value"
        if percent
        else "zero"
    )
    return Point(
        mine.survey_year,
        asked.topic,
        mine.ethnic_group,
        asked.question,
        None if few else percent,
        mine.base,
        state,
        asked.base if asked.topic == "career_progression" else "",
        OWN,
        "",
        mine.body,
        turned,
        mine.percent,
        mine.percent is not None and float(mine.percent).is_integer(),
    )


def _national_point(one: SurveyResult) -> Point:
    name = question_name(one.survey_year, one.topic)
    asked = survey.question(one.survey_year, name)
    definition = asked.base if asked is not None and one.topic == "career_progression" else ""
    return Point(
        one.survey_year,
        one.topic,
        "",
        name,
        one.percent if one.usable else None,
        one.base,
        one.state,
        definition,
        NATIONAL,
        one.weighting,
        one.ods_code,
    )


def _with_breaks(ordered: Sequence[Point]) -> list[Point]:
    found: list[Point] = []
    for one in ordered:
        before = found[-1] if found else None
        if before is None or (before.topic, before.ethnic_group) != (one.topic, one.ethnic_group):
            found.append(one)
        else:
            found.append(replace(one, broken=why_broken(before, one)))
    return found


def telling(series: Sequence[Point]) -> frozenset[tuple[str, int]]:
    """(topic, survey year) whose figure of all staff would, with that of the group that is shown, give away the one that is
    suppressed at the source: there all staff is withheld, as the return withholds it.
    """
    suppressed = {
        (one.topic, one.survey_year)
        for one in series
        if one.ethnic_group and one.state == "suppressed_at_source"
    }
    return frozenset(
        (one.topic, one.survey_year)
        for one in series
        if one.ethnic_group and one.percent is not None and (one.topic, one.survey_year) in suppressed
    )


def withheld_in_the_return(figures: Sequence[Figure]) -> frozenset[tuple[str, int]]:
    """(topic, survey year) of which the return withholds the figure of all staff."""
    found: set[tuple[str, int]] = set()
    for one in figures:
        if one.indicator in SURVEY and not one.ethnic_group and one.state == "withheld":
            year = one.reporting_year - 1
            found |= {(q.topic, year) for q in survey.questions(year) if q.indicator == one.indicator}
    return frozenset(found)


def shown_together(series: Sequence[Point], hidden: Collection[tuple[str, int]]) -> list[Point]:
    """The points as the public edition shows them: all staff withheld where it is `telling` or the return withholds it."""
    return [
        replace(one, percent=None, printed=None, base=None, state="withheld")
        if not one.ethnic_group and (one.topic, one.survey_year) in hidden
        else one
        for one in series
    ]


def why_broken(before: Point, one: Point) -> str:
    """Why two neighbouring points are not one series, as a sentence; '' when they are."""
    reasons = []
    if before.definition != one.definition:
        reasons.append(
            "from this survey on the answer “don’t know” counts in the base"
            if one.definition == "includes_dont_know"
            else "the base of the question changed"
        )
    if before.body != one.body:
        reasons.append(f"the body changed from {before.body} to {one.body}")
    if before.origin != one.origin:
        weighting = f", {_weighting(one.weighting)}" if one.weighting else ""
        reasons.append(
            f"up to {before.survey_year} the numbers come from {before.origin}, from {one.survey_year} on from "
            f"{one.origin}{weighting}"
        )
    elif before.weighting != one.weighting:
        reasons.append(f"the results are now {_weighting(one.weighting)}")
    if one.survey_year - before.survey_year > 1:
        reasons.append(f"there is no result between {before.survey_year} and {one.survey_year}")
    words = "; ".join(reasons)
    return words[:1].upper() + words[1:] + "." if words else ""


def _weighting(text: str) -> str:
    return "not weighted" if text == "Unweighted" else f"weighted by {text.lower()}"


def figures(
    organisation_code: str, reporting_year: int, series: Sequence[Point]
) -> list[CommissioningFigure]:
    """The points as rows: `about_year` is the reporting year of the survey, `breakdown` the
    question's number then.
    """
    rows = []
    for one in series:
        interval = wilson(one.percent, one.base) if one.percent is not None and one.base else None
        notes = []
        if one.broken:
            notes.append(f"Break: {one.broken}")
        if one.turned and one.printed is not None:
            notes.append(
                f"Printed as {number_shown(one.printed, 'percent', 0 if one.whole else 1)} who did not."
            )
        rows.append(
            figure(
                organisation_code,
                reporting_year,
                SECTION,
                one.body,
                one.topic,
                value=one.percent,
                state=one.state,
                places=0 if one.whole else None,
                breakdown=one.question,
                ethnic_group=one.ethnic_group,
                denominator=one.base,
                interval_low=interval.low if interval else None,
                interval_high=interval.high if interval else None,
                verdict="break" if one.broken else "",
                note=" ".join(notes),
                source=one.origin,
                about_year=one.survey_year + 1,
                subject_name=TOPICS[one.topic],
            )
        )
    return rows
