"""The survey's minimum where a publication gives two percentages instead of the indicator: their bounds are held to it."""

from __future__ import annotations

from wres_pipeline.disclosure.rules.policy import Policy
from wres_pipeline.disclosure.suppression.survey import BY_SUBTRACTION, withheld
from wres_pipeline.indicators.figure import Figure


def _bounded(group: str, low: float, high: float) -> Figure:
    return Figure(
        "X01", 2021, "6", "percentage", ethnic_group=group, unit="percent", state="not_calculable",
        bound_low=low, bound_high=high,
    )  # fmt: skip


def _suppressed(group: str) -> Figure:
    return Figure(
        "X01", 2021, "6", "percentage", ethnic_group=group, unit="percent", state="suppressed_at_source"
    )


def test_bounds_of_all_staff_beside_those_of_the_one_group_that_is_shown_give_the_suppressed_group_away() -> (
    None
):
    """Of 220, 16.9% are 37; of 210 White, 16.7% are 35: two of the ten others have said so."""
    figures = [_bounded("White", 16.7, 27.7), _suppressed("BME"), _bounded("", 16.9, 27.4)]
    assert withheld(figures, Policy()) == {figures[2].key: BY_SUBTRACTION}


def test_bounds_stay_where_no_group_is_suppressed_or_none_is_shown() -> None:
    everybody, white = _bounded("", 16.9, 27.4), _bounded("White", 16.7, 27.7)
    assert withheld([white, _bounded("BME", 10, 20), everybody], Policy()) == {}
    assert withheld([_suppressed("White"), _suppressed("BME"), everybody], Policy()) == {}
