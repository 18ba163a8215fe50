"""The policy's arithmetic: which counts are small, how the rounding rule rounds, and what contradicts itself."""

from __future__ import annotations

from fractions import Fraction

import pytest

from wres_pipeline.disclosure import Policy
from wres_pipeline.disclosure.proof.intruder_bounds import rounded_bounds


@pytest.mark.parametrize(
    ("count", "small"),
    [(0, False), (1, True), (9, True), (10, False), (Fraction(1, 2), True), (Fraction(19, 2), True)],
)
def test_counts_from_one_to_nine_and_averages_between_them_are_small(count: Fraction, small: bool) -> None:
    assert Policy().small(count) is small


@pytest.mark.parametrize(
    ("count", "rounded"),
    [(0, 0), (8, 10), (12, 10), (Fraction(25, 2), 15), (13, 15), (17, 15), (18, 20), (102, 100)],
)
def test_the_rounding_rule_rounds_to_the_nearest_five_halves_up(count: Fraction, rounded: int) -> None:
    assert Policy.rounding().rounded(count) == rounded


def test_a_rounded_ten_may_stand_for_eight_to_twelve_and_a_fifteen_for_thirteen_to_seventeen() -> None:
    policy = Policy.rounding()
    assert rounded_bounds(10, 1, policy) == (8, 12)
    assert rounded_bounds(15, 1, policy) == (13, 17)
    # in halves: 12.5 to 17 inclusive are the averages that round to 15
    assert rounded_bounds(15, 2, policy) == (25, 34)


def test_every_count_lies_in_the_range_its_rounded_form_may_stand_for() -> None:
    policy = Policy.rounding()
    for count in range(8, 400):
        low, high = rounded_bounds(policy.rounded(count), 1, policy)
        assert low <= count <= high


@pytest.mark.parametrize(
    "settings",
    [
        {"method": "hide"},
        {"threshold_low": 0},
        {"threshold_low": 10},
        {"width": 0},
        {"width": 9},
        {"method": "round", "threshold_high": 1},
        {"nearest": 0},
        {"colour": "red"},
    ],
)
def test_a_policy_that_contradicts_itself_is_refused(settings: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        Policy.of(settings)


def test_the_policy_says_itself_in_one_sentence() -> None:
    assert "Counts from 1 to 9 are withheld" in Policy().words()
    assert "rounded to the nearest 5" in Policy.of({"method": "round"}).words()
