"""Answers that come later, and what a campaign brought."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from wres_pipeline import schema
from wres_pipeline.quality.figure import Place
from wres_pipeline.quality.trac_to_esr import late_answers
from wres_pipeline.quality.trac_to_esr.late_answers import Step, effects

LISTS = [date(2020, month, 28) for month in range(1, 8)]


def series(*answered: int, asked: int = 200) -> list[Step]:
    """A step from each list to the next, with so many answers of `asked`."""
    return [
        Step(after, before, asked, n) for before, after, n in zip(LISTS, LISTS[1:], answered, strict=False)
    ]


def test_a_campaign_is_told_with_the_answers_beyond_the_pace_of_the_other_lists() -> None:
    told = effects(series(4, 4, 4, 54, 4, 4))
    assert [one.sure for one in told] == [False, False, False, True, False, False]
    # by hand: 20 answers of 1,000 people in five steps of 31, 29, 31, 31 and 30 days; the step of 30 days: 200 x 30 x 20 / 30,400
    assert told[3].expected == pytest.approx(200 * 30 * 20 / (200 * (31 + 29 + 31 + 31 + 30)), rel=0.01)
    assert told[3].low < told[3].beyond < told[3].high


def test_a_steady_pace_has_no_campaign_in_it() -> None:
    assert not any(one.sure for one in effects(series(8, 5, 9, 6, 7, 10)))


def test_a_longer_wait_for_the_next_list_is_no_campaign() -> None:
    steps = [*series(10, 10, 10, 10), Step(date(2021, 5, 28), date(2020, 5, 28), 200, 110)]
    assert not effects(steps)[-1].sure


def test_too_few_lists_are_set_against_nothing() -> None:
    assert effects(series(1, 60)) == []
    made = late_answers.figures(Place("X01", LISTS[-1]), series(1, 60))
    assert [(f.shown, f.verdict) for f in made] == [("0.5%", ""), ("30.0%", "")]


def test_the_words_say_how_many_answers_a_campaign_brought() -> None:
    made = late_answers.figures(Place("X01", LISTS[-1]), series(4, 4, 4, 54, 4, 4))
    assert made[3].verdict.startswith("50 answers beyond that pace (")
    assert made[0].verdict == "at the pace of the other lists"


def test_people_are_followed_from_list_to_list_and_those_who_left_or_came_are_not() -> None:
    con = duckdb.connect()
    schema.bring_up(con)
    held = {"stays": ("not_recorded", "declared"), "silent": ("declined", "declined"), "leaves": ("not_recorded", None),
            "comes": (None, "declared"), "told": ("declared", "declared")}  # fmt: skip
    for number, states in held.items():
        for day, state in zip(LISTS, states, strict=False):
            if state:
                con.execute(
                    "INSERT INTO core_staff (organisation_code, snapshot_date, employee_number, ethnic_state, counted) VALUES ('X01', ?, ?, ?, TRUE)",
                    [day, number, state],
                )
    assert late_answers.steps(con, ["X01"], LISTS[-1])["X01"] == [Step(LISTS[1], LISTS[0], 2, 1)]
