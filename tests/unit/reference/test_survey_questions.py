"""Pins survey_questions.csv: a question is known by its year and its name, never by its number alone."""

from __future__ import annotations

import pytest

from tests import pinned
from wres_pipeline.reference import survey, tables


def test_the_list_of_questions_is_the_one_that_was_reviewed() -> None:
    assert len(tables.rows("survey_questions")) == 78
    assert pinned.differences("survey_questions") == ""
    assert survey.survey_years() == list(range(2015, 2026))


@pytest.mark.parametrize("year", range(2015, 2026))
def test_every_survey_year_has_a_preferred_question_for_each_of_the_four_indicators(year: int) -> None:
    preferred = [q for q in survey.questions(year) if q.preferred]
    assert {q.indicator for q in preferred} == {"5", "6", "7", "8"}


@pytest.mark.parametrize(
    ("year", "name", "found"),
    [
        (2016, "KF26", ("6", "")),
        (2016, "Q13b", ("6", "managers")),
        (2018, "Q13a", ("5", "")),
        (2018, "q13 a", ("5", "")),
        (2018, "Q13c", ("6", "colleagues")),
        (2020, "Q15b", ("8", "")),
        (2020, "Q15a", None),
        (2021, "Q13a", None),
        (2021, "Q14a", ("5", "")),
        (2021, "Q15", ("7", "")),
        (2025, "q16b", ("8", "")),
        (2026, "Q14a", None),
        (2021, None, None),
    ],
)
def test_a_number_means_what_it_meant_in_its_year(
    year: int, name: str | None, found: tuple[str, str] | None
) -> None:
    assert survey.indicator(year, name) == found


def test_dont_know_came_into_the_base_of_indicator_7_with_the_2021_survey() -> None:
    assert {q.base for q in survey.questions(2020) if q.indicator == "7"} == {"excludes_dont_know"}
    assert {q.base for q in survey.questions(2021) if q.indicator == "7"} == {"includes_dont_know"}


def test_a_topic_joins_the_years() -> None:
    for year, name in ((2015, "KF25"), (2018, "Q13a"), (2024, "Q14a")):
        found = survey.question(year, name)
        assert found is not None
        assert found.topic == "harassment_public"
