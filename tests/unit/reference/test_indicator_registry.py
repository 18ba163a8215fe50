"""Pins indicators.yaml: numbers, measures, units and directions."""

from __future__ import annotations

from fractions import Fraction

import pytest

from wres_pipeline.reference import indicators


def test_there_are_nine_indicators_and_the_disparity_ratios() -> None:
    assert indicators.NUMBERS == ("1", "2", "3", "4", "5", "6", "7", "8", "9", "race_disparity")


def test_the_direction_of_a_ratio_is_part_of_its_name() -> None:
    assert indicators.rule("2").ratio == "relative_likelihood_white_over_bme"
    assert indicators.rule("3").ratio == "relative_likelihood_bme_over_white"
    assert indicators.rule("4").ratio == "relative_likelihood_white_over_bme"
    for rule in indicators.REGISTRY:
        assert rule.ratio is None or rule.ratio.endswith(rule.direction)


def test_measures_and_units_are_those_of_the_figures_table() -> None:
    units = {rule.number: {m.name: m.unit for m in rule.measures} for rule in indicators.REGISTRY}
    assert units["1"] == {"headcount": "people", "percentage": "percent"}
    assert units["9"]["difference_from_workforce"] == "percentage_points"
    assert list(units["race_disparity"]) == ["lower_to_middle", "middle_to_upper", "lower_to_upper"]
    allowed = {"people", "percent", "ratio", "percentage_points"}
    assert all(set(of.values()) <= allowed for of in units.values())


def test_the_published_range_belongs_to_indicator_3_alone() -> None:
    with_range = {rule.number: rule.fair_range for rule in indicators.REGISTRY if rule.fair_range}
    assert with_range == {"3": (Fraction(4, 5), Fraction(5, 4))}


def test_an_unknown_number_is_refused() -> None:
    with pytest.raises(KeyError, match="no indicator '10'"):
        indicators.rule("10")
