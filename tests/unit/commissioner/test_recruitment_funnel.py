"""The funnel: who reached a stage, on which route, and the likelihood White ÷ BME of going on."""

from __future__ import annotations

from fractions import Fraction

from wres_pipeline.commissioner.fair_process import (
    EVERYBODY,
    EXTERNAL,
    INTERNAL,
    INTERNATIONAL,
    ROUTES,
    STAGES,
    WITHOUT_INTERNATIONAL,
    FunnelCount,
    funnel,
)
from wres_pipeline.commissioner.fair_process import recruitment_figures as figures

COUNTS = [
    FunnelCount("White", False, False, "applied", 60),
    FunnelCount("White", False, False, "shortlisted", 30),
    FunnelCount("White", True, False, "started", 10),
    FunnelCount("BME", False, False, "applied", 35),
    FunnelCount("BME", False, True, "shortlisted", 12),
    FunnelCount("BME", None, None, "appointed", 3),
    FunnelCount("Unknown", False, False, "interviewed", 2),
]


def test_whoever_reached_a_later_stage_reached_the_earlier_ones() -> None:
    found = funnel("X01", 2021, COUNTS)
    whites = [found.cells[(EVERYBODY, stage, "White")] for stage in STAGES]
    assert whites == [100, 40, 10, 10, 10, 10]
    assert [found.cells[(EVERYBODY, stage, "BME")] for stage in STAGES] == [50, 15, 3, 3, 3, 0]
    assert found.cells[(EVERYBODY, "applied", "")] == 152


def test_with_and_without_international_recruitment_make_all_applications() -> None:
    found = funnel("X01", 2021, COUNTS)
    for stage in STAGES:
        for group in ("", "White", "BME", "Unknown"):
            both = [found.cells[(route, stage, group)] for route in (WITHOUT_INTERNATIONAL, INTERNATIONAL)]
            assert sum(n or 0 for n in both) == found.cells[(EVERYBODY, stage, group)]


def test_an_application_whose_flag_is_not_recorded_is_neither_internal_nor_external() -> None:
    found = funnel("X01", 2021, COUNTS)
    assert found.cells[(INTERNAL, "applied", "BME")] == 0
    assert found.cells[(EXTERNAL, "applied", "BME")] == 47
    assert found.cells[(EVERYBODY, "applied", "BME")] == 50


def test_a_route_on_which_nobody_is_is_left_out() -> None:
    found = funnel("X01", 2021, [FunnelCount("White", None, None, "applied", 5)])
    assert [route for route in ROUTES if found.has(route)] == [EVERYBODY, WITHOUT_INTERNATIONAL]


def test_the_likelihood_of_being_shortlisted_is_white_over_bme() -> None:
    """White 40 of 100, BME 15 of 50: 40% ÷ 30% = 4/3."""
    rows = {
        (one.breakdown, one.measure, one.ethnic_group): one
        for one in figures("X01", 2021, funnel("X01", 2021, COUNTS))
    }
    ratio = rows[(EVERYBODY, "shortlisted_of_applied_relative_likelihood_white_over_bme", "")]
    assert (ratio.value, ratio.shown, ratio.unit) == (Fraction(4, 3), "1.33", "ratio")
    assert ratio.verdict == rows[(EVERYBODY, "shortlisted_of_applied_difference", "")].verdict != ""


def test_nobody_bme_going_on_is_not_calculable_and_never_infinite() -> None:
    rows = {(one.breakdown, one.measure): one for one in figures("X01", 2021, funnel("X01", 2021, COUNTS))}
    ratio = rows[(EVERYBODY, "started_of_appointed_relative_likelihood_white_over_bme")]
    assert (ratio.state, ratio.shown, ratio.value) == ("not_calculable", "not calculable", None)


def test_without_an_extract_one_row_says_so() -> None:
    (row,) = figures("X01", 2021, None)
    assert (row.state, row.note) == ("not_collected", "No recruitment extract covers the year.")


def test_no_two_rows_share_a_key() -> None:
    rows = figures("X01", 2021, funnel("X01", 2021, COUNTS))
    assert len({one.key for one in rows}) == len(rows)
