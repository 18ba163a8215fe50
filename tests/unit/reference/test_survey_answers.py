"""Pins survey_answers.csv: what one respondent's answer counts for."""

from __future__ import annotations

import pytest

from wres_pipeline.reference import survey, tables
from wres_pipeline.reference.survey import Answer

COUNTS, AGAINST, OUTSIDE = Answer(True, True), Answer(False, True), Answer(False, False)


def test_the_list_of_answers_is_the_one_that_was_reviewed() -> None:
    assert len(tables.rows("survey_answers")) == 50
    assert tables.fingerprint("survey_answers", ["answers", "label", "means"]) == "81e69f787c0e"


@pytest.mark.parametrize(
    ("year", "name", "text", "answer"),
    [
        (2021, "Q14a", "Never", AGAINST),
        (2021, "Q14a", "1-2", COUNTS),
        (2021, "Q14a", "1 – 2", COUNTS),
        (2021, "Q14a", "More than 10", COUNTS),
        (2021, "Q14a", "1", AGAINST),
        (2021, "Q14a", "5", COUNTS),
        (2021, "Q14a", "", OUTSIDE),
        (2021, "Q14a", None, OUTSIDE),
        (2021, "Q14a", "Sometimes", None),
        (2020, "Q14", "Don't know", OUTSIDE),
        (2021, "Q15", "Don’t know", AGAINST),
        (2021, "Q15", "Yes", COUNTS),
        (2021, "Q16b", "2", AGAINST),
        (2025, "Q16b", "Prefer not to say", OUTSIDE),
        (2025, "Q16b", "9", OUTSIDE),
        (2021, "Q99", "Yes", None),
    ],
)
def test_an_answer_counts_is_against_or_is_outside_the_base(
    year: int, name: str, text: str | None, answer: Answer | None
) -> None:
    assert survey.answer(year, name, text) == answer
