"""Exact tests against scipy and against every table written out."""

from __future__ import annotations

import random
from math import comb

import pytest

from wres_pipeline.statistics.exact_tests import (
    fisher,
    same_odds_ratio,
    smallest_p,
    smallest_p_of_same_odds_ratio,
)


def test_fishers_test_is_scipys_at_every_size():
    from scipy.stats import fisher_exact

    rng = random.Random(20261124)
    for sizes in ((3, 4), (30, 12), (400, 90), (15000, 5000)):
        for rate in (0.01, 0.3, 0.97):
            n1, n2 = sizes
            x1 = sum(rng.random() < rate for _ in range(n1))
            x2 = sum(rng.random() < rate for _ in range(n2))
            theirs = fisher_exact([[x1, n1 - x1], [x2, n2 - x2]]).pvalue
            assert fisher((x1, n1), (x2, n2)) == pytest.approx(theirs, rel=1e-6, abs=1e-12)


def test_one_case_among_four_has_p_003_though_the_ratio_is_65():
    # the standard's own warning: 1 of 4 BME staff against 15 of 3,906 White staff
    ratio = (1 / 4) / (15 / 3906)
    assert ratio == pytest.approx(65, abs=0.2)
    assert fisher((15, 3906), (1, 4)) == pytest.approx(0.016, abs=0.001)


def test_the_lady_tasting_tea():
    # Fisher (1935): 3 of 4 cups right, one-sided 17/70; two-sided 34/70
    assert fisher((3, 4), (1, 4)) == pytest.approx(34 / 70, abs=1e-12)


@pytest.mark.parametrize("groups", [((0, 0), (3, 5)), ((0, 9), (0, 5)), ((9, 9), (5, 5))])
def test_totals_that_leave_one_table_say_nothing(groups):
    assert fisher(*groups) == 1.0
    assert smallest_p(*groups) == 1.0


def test_the_smallest_p_is_the_smallest_of_all_tables_with_these_totals():
    for n1 in range(1, 7):
        for n2 in range(1, 7):
            for total in range(n1 + n2 + 1):
                tables = range(max(0, total - n2), min(n1, total) + 1)
                every = [fisher((x, n1), (total - x, n2)) for x in tables]
                first = tables[0]
                assert smallest_p((first, n1), (total - first, n2)) == pytest.approx(min(every), abs=1e-9)


def test_the_test_of_two_years_is_right_with_every_split_written_out():
    earlier, later = ((2, 6), (3, 7)), ((4, 5), (2, 8))

    def weight(x: int) -> int:
        return comb(6, x) * comb(7, 5 - x) * comb(5, 6 - x) * comb(8, 6 - (6 - x))

    splits = [x for x in range(7) if 0 <= 5 - x <= 7 and 0 <= 6 - x <= 5]
    weights = {x: weight(x) for x in splits}
    expected = sum(w for w in weights.values() if w <= weights[2]) / sum(weights.values())
    assert same_odds_ratio(earlier, later) == pytest.approx(expected, abs=1e-12)


def test_the_smallest_p_of_two_years_is_that_of_the_rarest_split():
    # five first-group successes to share between two years of 5 each, where each year has 5 successes among 10:
    # C(5,x)² × C(5,5-x)² for x = 0 to 5 is 1, 625, 10000, 10000, 625, 1; the two ends are the rarest
    year = ((2, 5), (3, 5))
    assert smallest_p_of_same_odds_ratio(year, ((3, 5), (2, 5))) == pytest.approx(2 / 21252, abs=1e-12)


def test_the_same_figures_in_both_years_are_no_change():
    year = ((15, 100), (30, 400))
    assert same_odds_ratio(year, year) == pytest.approx(1.0)


def test_a_test_of_two_years_survives_zeros():
    assert 0 < same_odds_ratio(((0, 50), (5, 200)), ((4, 50), (5, 200))) <= 1
    assert same_odds_ratio(((0, 50), (0, 200)), ((0, 50), (5, 200))) == 1.0
