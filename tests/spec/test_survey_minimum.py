"""A staff-survey result on fewer than eleven responses is not displayed; one on eleven is."""

from __future__ import annotations

from fractions import Fraction

import pytest

from wres_pipeline.disclosure.rules.policy import Policy
from wres_pipeline.disclosure.suppression.survey import SMALL_BASE, withheld
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import years


@pytest.mark.parametrize(("responses", "hidden"), [(1, True), (10, True), (11, False), (12, False)])
def test_ten_responses_are_withheld_and_eleven_are_printed(responses: int, hidden: bool) -> None:
    policy = Policy.chosen(years.load(2026).disclosure)
    result = Figure(
        "X01", 2026, "5", "percentage", ethnic_group="BME", numerator=1, denominator=responses,
        value=Fraction(100, responses), unit="percent", state="value",
    )  # fmt: skip
    assert withheld([result], policy) == ({result.key: SMALL_BASE} if hidden else {})
