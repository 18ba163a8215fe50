"""Extracts that came after the day a return was due, which is remembered only: used or left out, and always told."""

from __future__ import annotations

from datetime import date

import pytest

from tests.core_rows import CoreRows
from wres_pipeline.indicators import compute
from wres_pipeline.indicators.count_reading import read
from wres_pipeline.reference import years

RULES = years.load(2021)  # due by 31 August 2021
RATIO = "relative_likelihood_white_over_bme"
LATE = date(2021, 9, 15)
NEXT = date(2022, 3, 31)


@pytest.fixture
def rows():
    made = CoreRows()
    yield made
    made.close()


def applied(rows: CoreRows, as_at: date, appointed: int) -> None:
    """20 White and 20 BME applications; 10 White and `appointed` BME ones appointed."""
    for group, many in (("White", 10), ("BME", appointed)):
        rows.applications(group, many, appointed=True, as_at=as_at)
        rows.applications(group, 20 - many, as_at=as_at)


def ratio(rows: CoreRows):
    (one,) = [f for f in compute(read(rows.con, ["XTR"], RULES)["XTR"], RULES) if f.key[2:4] == ("2", RATIO)]
    return one


def test_an_extract_in_time_says_nothing_of_the_calendar(rows):
    applied(rows, date(2021, 3, 31), 5)
    assert (ratio(rows).shown, ratio(rows).note) == ("2.00", "")


def test_an_extract_after_the_day_is_taken_where_none_came_in_time_and_the_figure_says_so(rows):
    applied(rows, LATE, 5)
    assert ratio(rows).shown == "2.00"
    assert ratio(rows).note.startswith("From an extract of 15 September 2021: none came by 31 August 2021")


def test_an_extract_after_the_day_is_left_out_where_one_came_in_time_and_the_figure_says_so(rows):
    applied(rows, date(2021, 3, 31), 5)
    applied(rows, LATE, 10)
    assert ratio(rows).shown == "2.00"
    assert ratio(rows).note == "An extract of 15 September 2021 is left out, as later than 31 August 2021."


def test_the_next_years_extract_is_the_next_years_and_nothing_is_said_of_it(rows):
    applied(rows, date(2021, 3, 31), 5)
    applied(rows, NEXT, 10)
    assert (ratio(rows).shown, ratio(rows).note) == ("2.00", "")


def test_of_several_late_ones_the_first_is_taken_and_the_others_are_told_together(rows):
    for month, appointed in ((9, 5), (10, 10), (11, 10)):
        applied(rows, date(2021, month, 15), appointed)
    assert ratio(rows).shown == "2.00"
    assert ratio(rows).note.endswith(
        "2 extracts of 15 October 2021 to 15 November 2021 are left out, as later than 15 September 2021."
    )


def test_cases_training_and_the_board_follow_the_same_rule(rows):
    people = rows.staff("BME", 3)
    rows.staff("White", 3)
    rows.case("C1", date(2020, 9, 1), who=people[0], as_at=LATE)
    rows.course(people[0], as_at=LATE)
    rows.member("BME", as_at=LATE)
    figures = {(f.indicator, f.measure, f.band): f for f in compute(read(rows.con, ["XTR"], RULES)["XTR"], RULES)
               if f.ethnic_group == "BME"}  # fmt: skip
    for key in (
        ("3", "entered_disciplinary", ""),
        ("4", "accessed_training", ""),
        ("9", "headcount", "board"),
    ):
        assert figures[key].shown == "1" and "15 September 2021" in figures[key].note, key
