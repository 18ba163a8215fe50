"""Days as people write them into the names of files."""

from datetime import date

import pytest

from wres_pipeline.extracts.naming import file_names, name_days


@pytest.mark.parametrize(
    ("stem", "day"),
    [
        ("Staff List 31 Mar 2026", date(2026, 3, 31)),
        ("TRAC applicants 2025-26", date(2026, 3, 31)),
        ("TRAC applicants 2025_2026", date(2026, 3, 31)),
        ("training 2020-04-01 to 2021-03-31", date(2021, 3, 31)),
        ("2021-03-31 staff list", date(2021, 3, 31)),
        ("Staff List 310321", date(2021, 3, 31)),
        ("Staff List 31032021", date(2021, 3, 31)),
        ("staff 31.03.21 FINAL v2", date(2021, 3, 31)),
        ("ESR 31st March 2021 (2)", date(2021, 3, 31)),
        ("ER cases March 2021", date(2021, 3, 31)),
        ("ER cases Feb-20", date(2020, 2, 29)),
        ("2021-02", date(2021, 2, 28)),
        ("Apr 2020 - Mar 2021 appraisals", date(2021, 3, 31)),
        ("20210331_staff", date(2021, 3, 31)),
    ],
)
def test_the_last_day_a_name_speaks_of(stem: str, day: date) -> None:
    found = name_days.days(stem)
    assert found[-1].day == day
    assert found[-1].sure


@pytest.mark.parametrize("stem", ["Staff List", "Board v2", "x 20219999", "cases 12345", "room 101 list"])
def test_a_name_that_speaks_of_no_day(stem: str) -> None:
    assert name_days.days(stem) == []


def test_six_digits_that_can_be_two_days_are_not_sure() -> None:
    assert not name_days.days("list 120321")[-1].sure  # 12 March 2021, or 21 March 2012
    assert name_days.days("list 310321")[-1].sure  # 2031 is no year of a delivery


def test_a_run_takes_the_later_of_two_days_in_a_name() -> None:
    assert file_names.identify("TRAC Applications 2020-04-01_2021-03-31.csv").period == date(2021, 3, 31)
