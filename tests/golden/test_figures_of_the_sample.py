"""The sample's figures, line by line, as they stand committed: a change of method shows as a difference.

To renew them after a change that is meant: python -m tests.golden.renew
"""

from __future__ import annotations

import pytest

from tests.annual_run import SAMPLE_ORGANISATIONS, SAMPLE_YEARS, AnnualRun
from tests.golden import compared


@pytest.mark.parametrize("year", SAMPLE_YEARS)
@pytest.mark.parametrize("organisation", SAMPLE_ORGANISATIONS)
@pytest.mark.parametrize("table", compared.TABLES)
def test_every_figure_is_what_was_kept(
    sample_run: AnnualRun, table: str, organisation: str, year: int
) -> None:
    place = compared.file_of(table, organisation, year)
    kept = place.read_text(encoding="utf-8").splitlines()
    found = compared.read(sample_run.warehouse, table, organisation, year)
    difference = compared.told(kept, found, place.name)
    assert not difference, difference


def test_no_kept_file_is_left_behind() -> None:
    wanted = {
        compared.file_of(table, organisation, year)
        for table in compared.TABLES
        for organisation in SAMPLE_ORGANISATIONS
        for year in SAMPLE_YEARS
    }
    assert set(compared.FOLDER.glob("*.csv")) == wanted


def test_a_difference_is_told_with_both_lines_and_the_way_to_renew() -> None:
    kept = [compared.HEADING, "2/appointed/-/-/BME,value,4,4,,4", "2/appointed/-/-/White,value,9,9,,9"]
    found = [compared.HEADING, "2/appointed/-/-/BME,value,5,5,,5", "2/appointed/-/-/White,value,9,9,,9"]
    words = compared.told(kept, found, "figures_X01_2021.csv")
    assert "-2/appointed/-/-/BME,value,4,4,,4\n+2/appointed/-/-/BME,value,5,5,,5" in words
    assert "White" not in words and "python -m tests.golden.renew" in words
    assert compared.told(kept, list(kept), "figures_X01_2021.csv") == ""
