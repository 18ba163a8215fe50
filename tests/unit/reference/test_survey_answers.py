"""Pins survey_answers.csv: what one respondent's answer counts for."""

from __future__ import annotations

import pytest

from tests import pinned
from wres_pipeline.reference import survey, tables


def test_the_list_of_answers_is_the_one_that_was_reviewed() -> None:
    assert len(tables.rows("survey_answers")) == 46
    assert pinned.differences("survey_answers") == ""
    assert {row["means"] for row in tables.rows("survey_answers")} == set(survey.ANSWERS)


@pytest.mark.parametrize(
    ("year", "name", "text", "answer"),
    [
        (2021, "Q14a", "Never", "no"),
        (2021, "Q14a", "1-2", "yes"),
        (2021, "Q14a", "1 – 2", "yes"),
        (2021, "Q14a", "More than 10", "yes"),
        (2021, "Q14a", "1", "no"),
        (2021, "Q14a", "5", "yes"),
        (2021, "Q14a", "", "no_answer"),
        (2021, "Q14a", None, "no_answer"),
        (2021, "Q14a", "Sometimes", None),
        (2020, "Q14", "Don't know", "dont_know"),
        (2021, "Q15", "Don’t know", "dont_know"),
        (2021, "Q15", "Yes", "yes"),
        (2021, "Q16b", "2", "no"),
        (2025, "Q16b", "Prefer not to say", "no_answer"),
        (2025, "Q16b", "9", "no_answer"),
        (2021, "Q15", "9", "dont_know"),
        (2021, "Q15", "-9", "no_answer"),
        (2021, "Q15", "9.0", "dont_know"),
        (2021, "Q15", "–8", "no_answer"),
        (2025, "Q15", "9", "dont_know"),
        (2023, "Q15", "3", None),
        (2023, "Q14a", "9", "no_answer"),
        (2021, "Q99", "Yes", None),
    ],
)
def test_an_answer_is_a_yes_a_no_a_dont_know_or_none_at_all(
    year: int, name: str, text: str | None, answer: str | None
) -> None:
    assert survey.answer(year, name, text) == answer
