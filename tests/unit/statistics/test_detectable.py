"""The smallest difference that could have been seen, against the power worked out table by table with
scipy.
"""

from __future__ import annotations

import pytest
from scipy.stats import binom, fisher_exact

from wres_pipeline.statistics import minimum_detectable_difference
from wres_pipeline.statistics.minimum_detectable_difference import smallest_difference


def power_by_hand(first: int, second: int, share: float, other: float) -> float:
    return sum(
        binom.pmf(x, first, share) * binom.pmf(y, second, other)
        for x in range(first + 1)
        for y in range(second + 1)
        if fisher_exact([[x, first - x], [y, second - y]]).pvalue <= 0.05
    )


@pytest.mark.parametrize(("reached", "people", "second"), [(24, 30, 12), (12, 15, 15), (18, 20, 6)])
def test_the_power_just_beyond_the_smallest_difference_is_80_per_cent(
    reached: int, people: int, second: int
) -> None:
    found = smallest_difference((reached, people), second)
    assert found.exact
    assert found.below is not None
    share = reached / people
    assert power_by_hand(people, second, share, share - found.below / 100) == pytest.approx(0.80, abs=2e-3)
    assert power_by_hand(people, second, share, share - found.below / 100 + 0.02) < 0.80


def test_with_two_people_no_difference_could_have_been_seen() -> None:
    found = smallest_difference((5, 6), 2)
    assert (found.below, found.above) == (None, None)


def test_an_empty_group_shows_nothing() -> None:
    assert smallest_difference((3, 10), 0).below is None
    assert smallest_difference((0, 0), 10).below is None


def test_more_reached_than_people_is_refused() -> None:
    with pytest.raises(ValueError, match="no more"):
        smallest_difference((11, 10), 5)


@pytest.mark.parametrize(("reached", "people", "second"), [(1700, 2000, 700), (500, 700, 400)])
def test_the_approximation_for_large_groups_agrees_with_the_enumeration(
    reached: int, people: int, second: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    approximate = smallest_difference.__wrapped__((reached, people), second)
    monkeypatch.setattr(minimum_detectable_difference, "EXACT_CELLS", 10**9)
    exact = smallest_difference.__wrapped__((reached, people), second)
    assert (exact.exact, approximate.exact) == (True, False)
    assert exact.below is not None
    assert approximate.below == pytest.approx(exact.below, abs=0.1)
