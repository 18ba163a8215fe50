"""The published range of indicator 3 and how often chance alone leaves it."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest

from wres_pipeline.indicators.published_range import chance_outside, classify, published_range


@pytest.mark.parametrize(
    ("value", "where"),
    [
        (Fraction(80, 100), "inside"),
        (Fraction(125, 100), "inside"),
        (Fraction(7999, 10000), "below"),
        (Fraction(12501, 10000), "above"),
        (Fraction(0), "below"),
    ],
)
def test_both_ends_are_inside(value, where):
    assert classify(value) == where


def test_the_chance_is_the_sum_over_every_pair_of_counts():
    white, bme, rate = 9, 5, 0.3

    def chance(n: int, x: int) -> float:
        return comb(n, x) * rate**x * (1 - rate) ** (n - x)

    inside = 0.0
    for w in range(1, white + 1):
        for b in range(bme + 1):
            if Fraction(4, 5) <= Fraction(b, bme) / Fraction(w, white) <= Fraction(5, 4):
                inside += chance(white, w) * chance(bme, b)
    assert chance_outside(white, bme, rate) == pytest.approx(1 - inside, abs=1e-12)


@pytest.mark.parametrize(("staff", "years_of_100"), [(1000, 77), (6000, 48), (20000, 20)])
def test_a_fair_organisation_is_outside_in_most_years_when_it_is_small(staff, years_of_100):
    """1% rate, 20% BME, ends inside; without its ends the range is left in 82 years of 100 at 1,000."""
    assert round(100 * chance_outside(staff * 4 // 5, staff // 5, 0.01)) == years_of_100


def test_without_a_group_nobody_can_say_it_is_inside():
    assert chance_outside(0, 10, 0.1) == 1.0
    assert published_range() == (Fraction(4, 5), Fraction(5, 4))
