"""The card of a linkage: estimates from the evidence of the links, and the finding of a group left behind."""

from __future__ import annotations

import pytest

from wres_pipeline.quality.trac_to_esr.linkage_card import Card, behind


def card(value: str, linked: int, right: float, missed: float, breakdown: str = "ethnic_group") -> Card:
    return Card("X01", breakdown, value, linked + 20, linked, right, missed, linked - right, missed / 2)


def test_precision_and_recall_are_those_of_the_expected_counts() -> None:
    one = card("White", 100, 99.5, 10.5)
    assert one.precision == pytest.approx(0.995)
    assert one.recall == pytest.approx(99.5 / 110)
    low, high = one.recall_interval or (0, 0)
    assert low < 99.5 / 110 < high


def test_without_a_link_or_anybody_expected_nothing_is_estimated() -> None:
    none = card("White", 0, 0.0, 0.0)
    assert (none.precision, none.recall, none.recall_interval, none.precision_interval) == (
        None,
        None,
        None,
        None,
    )


def test_a_group_a_point_behind_the_others_is_a_finding() -> None:
    # 97 of 100 against 99 of 100: two points
    [told] = behind([card("White", 990, 990.0, 10.0), card("BME", 97, 97.0, 3.0)])
    assert told.startswith("BME: 97.0% of those who could be found are linked, 2.0 percentage points fewer")


def test_groups_within_a_point_or_too_small_to_tell_are_none() -> None:
    assert behind([card("White", 990, 990.0, 10.0), card("BME", 985, 985.0, 15.0)]) == []
    assert behind([card("White", 990, 990.0, 10.0), card("BME", 5, 5.0, 2.0)]) == []
