"""The log's history: gap, change, breaks, and which return is missing."""

from __future__ import annotations

from datetime import date

import pytest

from wres_pipeline.commissioner import provider_log, provider_survey
from wres_pipeline.commissioner.log_checks import LogRow, check
from wres_pipeline.commissioner.provider_log import return_status
from wres_pipeline.commissioner.provider_survey import SurveyResult


def logged(*rows: tuple[str, int, str, str, float, int | None]) -> tuple:
    return check(
        [LogRow(n, code, "Trust", year, ind, group, value, base, "report", "") for n, (code, year, ind, group, value, base) in enumerate(rows)]
    ).figures  # fmt: skip


def rows_of(figures: tuple, as_at: date = date(2021, 12, 1), year: int = 2021) -> dict:
    made = provider_log.figures("X01", year, figures, as_at=as_at)
    return {(one.subject, one.about_year, one.breakdown, one.measure, one.ethnic_group): one for one in made}


def test_the_gap_is_bme_less_white_with_newcombes_interval() -> None:
    """Newcombe's example: 80% of 70 and 60% of 80 are 20 points apart, 5.2 to 33.4."""
    found = rows_of(logged(("XTR", 2021, "8", "BME", 80.0, 70), ("XTR", 2021, "8", "White", 60.0, 80)))
    gap = found[("XTR", 2021, "8", "gap", "")]
    assert gap.shown == "20.0 percentage points"
    assert gap.interval_shown == "5.2 to 33.4 percentage points"
    assert gap.verdict == provider_log.HIGHER


def test_without_the_number_of_responses_chance_cannot_be_told() -> None:
    found = rows_of(logged(("XTR", 2021, "8", "BME", 80.0, None), ("XTR", 2021, "8", "White", 60.0, 80)))
    assert found[("XTR", 2021, "8", "gap", "")].verdict == provider_log.NO_BASE
    assert found[("XTR", 2021, "8", "gap", "")].interval_low is None


def test_a_fall_in_harassment_is_better_and_a_fall_in_equal_opportunities_is_worse() -> None:
    found = rows_of(
        logged(
            ("XTR", 2020, "5", "White", 30.0, 2000),
            ("XTR", 2021, "5", "White", 25.0, 2000),
            ("XTR", 2020, "7", "White", 60.0, 2000),
            ("XTR", 2021, "7", "White", 55.0, 2000),
        )
    )
    assert found[("XTR", 2021, "5", "change", "White")].verdict == "better"
    assert found[("XTR", 2021, "7", "change", "White")].verdict == "worse"
    assert found[("XTR", 2021, "7", "change", "White")].shown == "-5.0 percentage points"


def test_indicator_7_is_never_compared_across_the_2021_survey() -> None:
    """Reporting year 2022 uses the survey of 2021, from which "don't know" counts in the base."""
    figures = logged(("XTR", 2021, "7", "White", 60.0, 2000), ("XTR", 2022, "7", "White", 50.0, 2000))
    change = rows_of(figures, date(2022, 12, 1), 2022)[("XTR", 2022, "7", "change", "White")]
    assert (change.state, change.verdict) == ("not_calculable", provider_log.REDEFINED)


STATUS = [
    # indicators there, year, the day, status
    (4, 2021, date(2021, 6, 1), "received"),
    (2, 2021, date(2021, 6, 1), "part received"),
    (0, 2021, date(2021, 10, 31), "not yet due"),  # the publication deadline itself
    (0, 2021, date(2021, 11, 1), "late"),
    (0, 2021, date(2022, 11, 1), "missing"),  # when the next year's is late as well
]


@pytest.mark.parametrize(("there", "year", "day", "status"), STATUS)
def test_a_return_is_received_late_or_missing(there: int, year: int, day: date, status: str) -> None:
    assert return_status(there, year, day) == status


def test_an_expected_provider_that_logged_nothing_is_in_the_log() -> None:
    made = provider_log.figures("X01", 2021, (), as_at=date(2021, 12, 1), expected=["XAM"])
    (row,) = [one for one in made if one.subject == "XAM"]
    assert (row.shown, row.value) == ("late", 0)


def test_a_return_that_lacks_an_indicator_says_which() -> None:
    found = rows_of(logged(("XTR", 2021, "5", "White", 30.0, 2000), ("XTR", 2021, "8", "White", 3.0, 2000)))
    assert found[("XTR", 2021, "", "return", "")].note == "missing: indicators 6, 7"


def test_the_national_line_of_the_log_wins_over_the_reference_file() -> None:
    found = rows_of(logged(("national", 2021, "8", "BME", 17.0, None)))
    assert found[("ENGLAND", 2021, "8", "percentage", "BME")].shown == "17.0%"
    assert rows_of(())[("ENGLAND", 2021, "8", "percentage", "BME")].shown == "16.7%"


def test_no_two_rows_of_a_log_share_a_key() -> None:
    figures = logged(
        *[
            ("XTR", y, i, g, 10.0 + y % 7, 300)
            for y in (2019, 2020, 2021)
            for i in "5678"
            for g in ("White", "BME", "")
        ]
    )
    made = provider_log.figures("X01", 2021, figures, as_at=date(2021, 12, 1))
    assert len({one.key for one in made}) == len(made)


def result(year: int, percent: float, weighting: str = "Occupation Group") -> SurveyResult:
    return SurveyResult("REF", year, "Trust", "Acute", "-", weighting, "harassment_public", percent, 3000)


def test_all_staff_results_are_followed_but_not_across_another_weighting() -> None:
    rows = provider_survey.figures(
        "X01",
        2025,
        "REF",
        "Trust",
        [result(2022, 30.0), result(2023, 25.0), result(2024, 20.0, "Unweighted")],
    )
    by = {(one.measure, one.about_year): one for one in rows}
    assert by[("harassment_public_change", 2024)].verdict == "better"
    assert by[("harassment_public_change", 2025)].state == "not_calculable"
    assert "weighted otherwise" in by[("harassment_public_change", 2025)].note


def test_the_national_line_alone_asks_for_no_page_of_providers() -> None:
    alone = provider_log.figures("X01", 2021, (), as_at=date(2021, 12, 1))
    with_one = provider_log.figures(
        "X01", 2021, logged(("XTR", 2021, "8", "BME", 80.0, 70)), as_at=date(2021, 12, 1)
    )
    assert alone and not provider_log.tells_of_providers(alone)
    assert provider_log.tells_of_providers(with_one)
