"""National values are those somebody published, each with its address."""

from __future__ import annotations

from decimal import Decimal

from wres_pipeline.reference import tables
from wres_pipeline.reference.national import value, values


def test_the_file_is_pinned() -> None:
    columns = ("reporting_year", "indicator", "measure", "ethnic_group", "value", "unit")
    assert len(values()) == 15
    assert tables.fingerprint("national_values", columns) == "27f68ea88862"


def test_every_value_has_a_source_and_an_address_and_is_for_trusts() -> None:
    assert all(one.source and one.address.startswith("https://") for one in values())
    assert {one.scope for one in values()} == {"NHS trusts in England"}


def test_a_value_is_found_by_year_indicator_measure_and_group() -> None:
    found = value(2021, "2", "relative_likelihood_white_over_bme")
    assert found is not None
    assert found.value == Decimal("1.61")
    assert value(2021, "4", "relative_likelihood_white_over_bme") is None
