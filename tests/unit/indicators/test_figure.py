"""A figure's text, and its way to a table and back."""

from __future__ import annotations

from fractions import Fraction

import pytest

from wres_pipeline import schema, warehouse
from wres_pipeline.indicators.figure import (
    Figure,
    half_up,
    range_shown,
    shown_text,
)


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Fraction(100, 16), 1, "6.3"),  # 1 of 16: Python's round gives 6.2
        (6.25, 1, "6.3"),
        (-6.25, 1, "-6.3"),
        (-0.04, 1, "0.0"),
        (2.675, 2, "2.68"),
        (0.005, 2, "0.01"),
        (Fraction(2, 3), 2, "0.67"),
        (7, 1, "7.0"),
        (1234, 0, "1234"),
    ],
)
def test_a_number_is_rounded_once_with_halves_away_from_zero(value, places, text):
    assert half_up(value, places) == text


def test_a_number_that_is_not_finite_is_refused():
    with pytest.raises(ValueError, match="not finite"):
        half_up(float("inf"), 1)


@pytest.mark.parametrize(
    ("value", "unit", "state", "text"),
    [
        (1234, "people", "value", "1,234"),
        (0, "people", "zero", "0"),
        (Fraction(5, 2), "people", "value", "2.5"),
        (Fraction(1330, 100), "percent", "value", "13.3%"),
        (Fraction(3, 2), "ratio", "value", "1.50"),
        (Fraction(-23, 10), "percentage_points", "value", "-2.3 percentage points"),
        (None, "ratio", "not_calculable", "not calculable"),
        (None, "people", "withheld", "withheld"),
        (None, "percent", "not_collected", "not collected"),
    ],
)
def test_every_state_of_a_figure_has_its_words(value, unit, state, text):
    assert shown_text(value, unit, state) == text


def test_an_open_end_is_said_in_words():
    assert range_shown(0.452, None, "ratio") == "0.45 or more"
    assert range_shown(None, 2.1, "ratio") == "2.10 or less"
    assert range_shown(10.0, 12.25, "percent") == "10.0% to 12.3%"
    assert range_shown(None, None, "ratio") == ""


def test_a_figure_survives_the_table_and_the_csv():
    figures = [
        Figure(
            "X01", 2021, "3", "likelihood", ethnic_group="BME",
            numerator=Fraction(3, 2), denominator=40, value=Fraction(150, 40), unit="percent",
            interval_low=0.1, interval_high=None, shown="3.8%", basis="two_year_rolling", deliveries="a;b",
        ),
        Figure("X01", 2021, "1", "headcount", "clinical", "Band 5", "White", None, None, 12, shown="12"),
        Figure("X01", 2021, "6", "percentage", unit="percent", state="not_collected", shown="not collected"),
    ]  # fmt: skip
    with warehouse.connect(":memory:") as con:
        schema.append(con, "figures", figures)
        back = schema.read(con, "figures", Figure)
    assert back[0].numerator == Fraction(3, 2)
    assert back[0].value == 3.75
    assert back[1] == figures[1]
    declared = schema.table("figures")
    texts = [schema.to_text(declared, figure) for figure in figures]
    assert [
        schema.from_text(declared, Figure, dict(zip(declared.names, text, strict=True))) for text in texts
    ] == back
    assert [schema.to_text(declared, figure) for figure in back] == texts


def test_the_columns_are_the_ones_of_the_published_table():
    assert ", ".join(schema.table("figures").names[:17]) == (
        "organisation_code, reporting_year, indicator, measure, cluster, band, ethnic_group, numerator, "
        "denominator, value, unit, state, interval_low, interval_high, bound_low, bound_high, verdict"
    )
