"""The account as figures of the report, and what Unknown and the gap do to the indicators."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from wres_pipeline.indicators.figure import Figure
from wres_pipeline.quality.figure import Place
from wres_pipeline.quality.trac_to_esr import gap_figures
from wres_pipeline.quality.trac_to_esr.break_point import Break
from wres_pipeline.quality.trac_to_esr.gap import GapAccount, MonthOfStarters, Progress
from wres_pipeline.reference import gap as reference

PLACE = Place("X01", date(2021, 3, 31))
NONE = {s.state: 0 for s in reference.states()}


def account(**states: int) -> GapAccount:
    months = tuple(MonthOfStarters(date(2020, month, 1), 9, 1) for month in range(4, 11))
    months += (MonthOfStarters(date(2020, 11, 1), 0, 8), MonthOfStarters(date(2020, 12, 1), 1, 7))
    progress = Progress(date(2021, 2, 28), 3, 5, 1, 4, 0)
    return GapAccount("X01", date(2021, 3, 31), NONE | states, months, progress)


def test_every_state_is_shown_and_they_sum_to_the_appointed() -> None:
    told = account(in_sync=60, missing_in_esr=15, withdrawn=4)
    made = gap_figures.figures(PLACE, told, gap_figures.found_break(told))
    states = [f for f in made if f.section == "gap" and f.breakdown == "state"]
    assert [f.breakdown_value for f in states] == [s.state for s in reference.states()]
    appointed = next(f for f in made if f.measure == "appointed")
    assert sum(f.value or 0 for f in states) == appointed.value == 79  # type: ignore[misc]


def test_the_break_is_told_with_its_month_and_shares() -> None:
    told = account(missing_in_esr=15)
    made = {
        f.measure: f
        for f in gap_figures.figures(PLACE, told, gap_figures.found_break(told))
        if f.section == "break"
    }
    assert made["month_of_break"].shown == "Ethnicity stopped arriving: November 2020"
    assert made["month_of_break"].note == "95% set: November 2020 alone"
    assert (made["arrived_before"].shown, made["arrived_after"].shown) == ("90.0%", "6.3%")


@pytest.mark.parametrize(
    ("least", "note"), [(0.2243, "less than 25 percentage points"), (0.10, ""), (None, "")]
)
def test_a_small_body_without_a_break_is_told_what_could_not_have_been_seen(
    least: float | None, note: str
) -> None:
    (told,) = (
        f
        for f in gap_figures.figures(PLACE, account(in_sync=9), Break("no_break", least_drift=least))
        if f.measure == "month_of_break"
    )
    assert note in told.note and bool(told.note) == bool(note)


def test_progress_is_net_of_what_relapsed_and_what_is_new() -> None:
    told = account(missing_in_esr=15)
    made = {
        f.measure: f.shown
        for f in gap_figures.figures(PLACE, told, Break("no_break"))
        if f.section == "progress"
    }
    assert made == {
        "put_right": "3",
        "remaining": "5",
        "relapsed": "1",
        "newly_found": "4",
        "no_longer_looked_at": "0",
        "net": "-2",
    }


def test_the_bounds_of_the_figures_are_what_unknown_leaves_open() -> None:
    bounded = Figure("X01", 2021, "1", "percentage", "clinical", "Band 5", "BME", 1, 8, Fraction(25, 2), "percent",
                     bound_low=12.5, bound_high=25.0, shown="12.5%")  # fmt: skip
    plain = Figure("X01", 2021, "1", "headcount", value=8, shown="8")
    made = gap_figures.unknown_effect(PLACE, [bounded, plain])
    assert [(f.breakdown_value, f.shown, f.interval_shown) for f in made] == [
        ("1 · clinical · Band 5 · BME", "12.5%", "12.5% to 25.0%")
    ]


def test_each_indicator_is_shown_as_in_esr_and_as_if_the_gap_were_closed() -> None:
    now = Figure(
        "X01", 2021, "4", "likelihood", ethnic_group="BME", value=Fraction(40), unit="percent", shown="40.0%"
    )
    then = Figure(
        "X01", 2021, "4", "likelihood", ethnic_group="BME", value=Fraction(42), unit="percent", shown="42.0%"
    )
    same = Figure(
        "X01",
        2021,
        "4",
        "likelihood",
        ethnic_group="White",
        value=Fraction(42),
        unit="percent",
        shown="42.0%",
    )
    made = gap_figures.gap_closed(PLACE, [now, same], [then, same])
    assert [(f.breakdown, f.shown, f.verdict) for f in made] == [
        ("as_in_esr", "40.0%", "changes"),
        ("if_gap_closed", "42.0%", "changes"),
        ("unlinked_leave", "nothing", ""),
        ("as_in_esr", "42.0%", "unchanged"),
        ("if_gap_closed", "42.0%", "unchanged"),
        ("unlinked_leave", "nothing", ""),
    ]


@pytest.mark.parametrize(
    ("indicator", "unit", "value", "denominator", "bounds", "unlinked", "left"),
    [
        # 5 of 100 staff may be anybody: 25% and Unknown leaving 20% to 40% -> no further than 5 points either way
        ("1", "percent", 25, 100, (20.0, 40.0), 5, (20.0, 30.0)),
        ("1", "percent", 25, 100, (25.0, 27.0), 5, (25.0, 27.0)),
        ("1", "percent", 25, 100, (25.0, 40.0), 0, (25.0, 25.0)),
        ("1", "percent", 3, 100, (None, None), 5, (0.0, 8.0)),  # the share of Unknown itself
        ("3", "ratio", 2, 40, (1.5, 3.0), 5, (1.5, 3.0)),
        ("3", "ratio", 2, 40, (None, None), 5, (None, None)),
        ("2", "ratio", 2, 40, (1.5, 3.0), 5, (2.0, 2.0)),  # recruitment rests on what TRAC holds
        ("5", "percent", 25, 100, (20.0, 40.0), 5, (25.0, 25.0)),  # the survey on its own answers
    ],
)
def test_the_unlinked_leave_a_range_within_what_unknown_leaves(
    indicator: str, unit: str, value: int, denominator: int, bounds: Any, unlinked: int, left: Any
) -> None:
    figure = Figure(
        "X01", 2021, indicator, "percentage", value=Fraction(value), denominator=denominator, unit=unit,
        bound_low=bounds[0], bound_high=bounds[1],
    )  # fmt: skip
    assert gap_figures.left_open(figure, unlinked) == left


def test_the_unlinked_leave_nothing_of_the_board_and_a_range_of_the_workforce_beside_it() -> None:
    held = {
        band: Figure(
            "X01", 2021, "9", "percentage", band=band, value=Fraction(25), denominator=12, unit="percent"
        )
        for band in ("board", "workforce")
    }
    assert gap_figures.left_open(held["board"], 3) == (25.0, 25.0)
    assert gap_figures.left_open(held["workforce"], 3) == (0.0, 50.0)
