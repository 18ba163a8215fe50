"""What changes from one reporting year to the next (standard.md)."""

from __future__ import annotations

from datetime import date

import pytest

from wres_pipeline.reference import years

ROLLING, SINGLE = "two_year_rolling", "single_year"
WITHOUT, WITH = "excludes_dont_know", "includes_dont_know"

# fmt: off
TABLE = [
    # year  survey  indicator 3  indicator 7  submission closes   published by
    (2016,  2015,   ROLLING,     WITHOUT,     date(2016, 8, 31),  date(2016, 10, 31)),
    (2017,  2016,   ROLLING,     WITHOUT,     date(2017, 8, 31),  date(2017, 10, 31)),
    (2018,  2017,   ROLLING,     WITHOUT,     date(2018, 8, 31),  date(2018, 10, 31)),
    (2019,  2018,   ROLLING,     WITHOUT,     date(2019, 8, 31),  date(2019, 10, 31)),
    (2020,  2019,   SINGLE,      WITHOUT,     date(2020, 8, 31),  date(2020, 10, 31)),
    (2021,  2020,   SINGLE,      WITHOUT,     date(2021, 8, 31),  date(2021, 10, 31)),
    (2022,  2021,   SINGLE,      WITH,        date(2022, 8, 31),  date(2022, 10, 31)),
    (2023,  2022,   SINGLE,      WITH,        date(2023, 5, 31),  date(2023, 10, 31)),
    (2024,  2023,   SINGLE,      WITH,        date(2024, 5, 31),  date(2024, 10, 31)),
    (2025,  2024,   SINGLE,      WITH,        date(2025, 5, 31),  date(2025, 10, 31)),
    (2026,  2025,   SINGLE,      WITH,        date(2026, 5, 31),  date(2026, 10, 31)),
    (2027,  2026,   SINGLE,      WITH,        date(2027, 5, 31),  date(2027, 10, 31)),
]
# fmt: on


@pytest.mark.parametrize(("year", "survey", "basis_3", "base_7", "closes", "published"), TABLE)
def test_each_year_has_its_survey_bases_and_calendar(
    year: int, survey: int, basis_3: str, base_7: str, closes: date, published: date
) -> None:
    found = years.load(year)
    assert found.survey_year == survey
    assert found.indicator_3_basis == basis_3
    assert found.indicator_7_base == base_7
    assert found.submission_deadline == closes
    assert found.publication_deadline == published


@pytest.mark.parametrize("year", [row[0] for row in TABLE])
def test_the_snapshot_is_the_last_day_of_the_period(year: int) -> None:
    found = years.load(year)
    assert found.snapshot_date == found.period_end == date(year, 3, 31)
    assert found.period_start == date(year - 1, 4, 1)


@pytest.mark.parametrize("year", [row[0] for row in TABLE])
def test_every_year_names_what_nobody_has_verified(year: int) -> None:
    assert years.load(year).unverified
    assert {rule.tag for rule in years.load(year).unverified} == {"recalled"}
    assert {rule.tag for rule in years.load(year).decisions} == {"ours"}


def test_the_collection_is_the_data_collection_framework_since_2024() -> None:
    (rule,) = [one for one in years.rules() if one.id == "collection_dcf"]
    assert (rule.first_year, rule.last_year) == (2024, None)
    assert "Data Collection Framework" in rule.text
