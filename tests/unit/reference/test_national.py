"""National values are those somebody published, each with its address."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

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
    assert all(one.source and one.address.startswith(("https://", "http://")) for one in values())
    assert {one.scope for one in values()} == {"NHS trusts in England"}


def test_a_value_is_found_by_year_indicator_measure_and_group() -> None:
    found = value(2021, "2", "relative_likelihood_white_over_bme")
    assert found is not None
    assert found.value == Decimal("1.61")
    assert value(2021, "4", "relative_likelihood_white_over_bme") is None


ASKED = (
    ("1", "BME"), ("2", ""), ("3", ""), ("4", ""), *((n, g) for n in "5678" for g in ("White", "BME")), ("9", "BME"),
)  # fmt: skip


def test_what_is_missing_is_said() -> None:
    told = Path("docs/evidence/national_values.md").read_text(encoding="utf-8")
    held = {(one.reporting_year, one.indicator, one.ethnic_group) for one in values()}
    for year in range(2016, 2026):
        gone = ", ".join(
            f"{number} {group}".strip() for number, group in ASKED if (year, number, group) not in held
        )
        assert f"| {year} | {gone} |" in told
    assert f": {len(values())} values" in " ".join(told.split())


def test_surveys_of_the_year_before_stand_under_the_reporting_year() -> None:
    # the WRES reports of 2018, 2019, 2021, 2022 and 2023 as the pages named in the file tell them
    printed = {
        (2019, "6", "BME"): "29", (2019, "6", "White"): "24", (2021, "8", "White"): "6.2", (2022, "7", "BME"): "44.4",
        (2022, "5", "BME"): "29.2", (2023, "5", "White"): "26.8", (2016, "5", "BME"): "29.1", (2016, "7", "BME"): "73.4",
        (2016, "8", "BME"): "14", (2017, "8", "BME"): "13.8", (2018, "8", "BME"): "15", (2018, "8", "White"): "6.6",
        (2019, "5", "BME"): "29.8", (2019, "7", "BME"): "69.9",
    }  # fmt: skip
    for (year, number, group), text in printed.items():
        held = value(year, number, "percentage", group)
        assert held is not None and str(held.value) == text
