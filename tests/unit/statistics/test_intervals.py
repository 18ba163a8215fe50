"""Intervals against published ones, scipy and statsmodels, and where those break."""

from __future__ import annotations

import math
import random
import warnings

import pytest

from wres_pipeline.statistics import intervals
from wres_pipeline.statistics.intervals import CHI_SQUARE, koopman, newcombe, odds_ratio, wilson


@pytest.mark.parametrize(("x", "n"), [(0, 4), (4, 4), (1, 16), (421, 3406), (990, 7422), (1, 20000)])
def test_wilsons_interval_is_scipys(x, n):
    from scipy.stats import binomtest

    theirs = binomtest(x, n).proportion_ci(method="wilson")
    assert wilson(x, n) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


def test_wilsons_interval_without_trials_is_open():
    assert wilson(0, 0) == (None, None)
    assert wilson(5, 4) == (None, None)


def test_the_ratio_statsmodels_gets_wrong_is_right():
    # 23 of 125 against 86 of 86: statsmodels 0.15 gives 0.517 to 0.517
    low, high = koopman((23, 125), (86, 86))
    assert (round(low, 3), round(high, 3)) == (0.126, 0.261)


def _interior_tables(how_many: int):
    rng = random.Random(20261124)
    for _ in range(how_many):
        n1, n2 = rng.randint(5, 400), rng.randint(5, 400)
        yield (rng.randint(1, n1 - 1), n1), (rng.randint(1, n2 - 1), n2)


@pytest.mark.parametrize(("compare", "ours"), [("ratio", koopman), ("odds-ratio", odds_ratio)])
def test_score_intervals_are_those_of_statsmodels_on_interior_tables(compare, ours):
    from statsmodels.stats.proportion import confint_proportions_2indep

    for top, bottom in _interior_tables(40):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            theirs = confint_proportions_2indep(
                *top, *bottom, compare=compare, method="score", correction=False
            )
        assert ours(top, bottom) == pytest.approx(theirs, rel=1e-4)


def test_newcombes_interval_is_that_of_statsmodels():
    from statsmodels.stats.proportion import confint_proportions_2indep

    for first, second in _interior_tables(20):
        theirs = confint_proportions_2indep(*first, *second, compare="diff", method="newcomb")
        assert newcombe(first, second) == pytest.approx(theirs, abs=1e-9)


def test_newcombes_published_example():
    # Newcombe (1998), 56 of 70 against 48 of 80, method 10: 0.0524 to 0.3339
    low, high = newcombe((56, 70), (48, 80))
    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)


def test_everybody_succeeding_in_both_groups_has_both_ends():
    low, high = koopman((86, 86), (40, 40))
    assert low == pytest.approx(86 / (86 + CHI_SQUARE), abs=1e-9)
    assert high == pytest.approx((40 + CHI_SQUARE) / 40, abs=1e-9)


def test_nobody_above_starts_at_zero_and_nobody_below_is_open():
    low, high = koopman((0, 50), (3, 40))
    assert low == 0.0 and 0 < high < 1
    low, high = koopman((3, 40), (0, 50))
    assert high is None and low > 1
    assert koopman((0, 50), (0, 40)) == (None, None)
    assert koopman((1, 4), (0, 0)) == (None, None)


@pytest.mark.parametrize("statistic", ["koopman", "odds"])
def test_the_interval_holds_exactly_the_ratios_the_score_test_accepts(statistic):
    """Over every table of small groups and a fine grid of ratios: no hole, no island, nothing undefined."""
    ours = koopman if statistic == "koopman" else odds_ratio
    test = intervals.koopman_statistic if statistic == "koopman" else intervals.odds_statistic
    for n1, n2 in ((1, 1), (2, 4), (4, 3), (7, 9)):
        for x1 in range(n1 + 1):
            for x2 in range(n2 + 1):
                low, high = ours((x1, n1), (x2, n2))
                if low is None and high is None:
                    continue
                for step in range(-40, 41):
                    ratio = math.exp(step / 4)
                    inside = (low is None or ratio >= low) and (high is None or ratio <= high)
                    assert inside == (test(ratio, (x1, n1), (x2, n2)) <= CHI_SQUARE)


def test_wherever_there_is_an_estimate_there_is_an_interval_round_it():
    for n1 in range(1, 8):
        for n2 in range(1, 8):
            for x1 in range(n1 + 1):
                for x2 in range(1, n2 + 1):
                    low, high = koopman((x1, n1), (x2, n2))
                    assert low <= x1 * n2 / (n1 * x2) <= high
