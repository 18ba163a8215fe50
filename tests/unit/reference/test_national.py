"""National values are those somebody published, each with its address."""

from __future__ import annotations

from decimal import Decimal

from wres_pipeline.reference.national import value, values


def test_the_operational_indicators_of_four_years_are_those_of_the_article_of_2020() -> None:
    # Health Service Journal 7026937, table 1: 2016 to 2019
    printed = {
        "2": ("1.57", "1.60", "1.45", "1.46"),
        "3": ("1.56", "1.37", "1.24", "1.22"),
        "4": ("1.11", "1.22", "1.15", "1.15"),
    }
    for number, numbers in printed.items():
        side = "bme_over_white" if number == "3" else "white_over_bme"
        held = [value(year, number, f"relative_likelihood_{side}") for year in range(2016, 2020)]
        assert [str(one.value) for one in held if one] == list(numbers)


def test_every_value_has_a_source_and_an_address_and_is_for_trusts() -> None:
    assert all(one.source and one.address.startswith("https://") for one in values())
    assert {one.scope for one in values()} == {"NHS trusts in England"}


def test_a_value_is_found_by_year_indicator_measure_and_group() -> None:
    found = value(2021, "2", "relative_likelihood_white_over_bme")
    assert found is not None
    assert found.value == Decimal("1.61")
    assert value(2021, "4", "relative_likelihood_white_over_bme") is None
