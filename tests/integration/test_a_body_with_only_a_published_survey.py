"""NHS Kernow CCG (11N): its published staff survey alone, through the same command, gives returns of what it says.

The figures of every year worked out by hand stand in test_a_published_survey_series_gives_its_figures.py; here is what the
command makes of them, from the first year of the series to the last.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests import annual_run
from tests.annual_run import MADE, AnnualRun

PUBLISHED = annual_run.ROOT / "data" / "published"
CODE = "11N"
FIRST, LAST = 2016, 2021
ALL_STAFF = {
    FIRST: {"5": "16%", "6": "between 17% and 29%", "7": "78%", "8": "5%"},
    LAST: {"5": "13%", "6": "between 14% and 24%", "7": "86%", "8": "4%"},
}
"""Year -> indicator -> what is shown for all staff."""


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[int, AnnualRun]:
    place = tmp_path_factory.mktemp("published_survey")
    return {year: annual_run.make(PUBLISHED, place, year=year, organisations=[CODE]) for year in ALL_STAFF}


def figures(run: AnnualRun, year: int) -> list[dict[str, str]]:
    place = run.output / CODE / str(year) / "internal" / "figures.csv"
    with place.open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines) if row["reporting_year"] == str(year)]


@pytest.mark.parametrize("year", ALL_STAFF)
def test_the_return_is_made_without_a_failed_check(runs: dict[int, AnnualRun], year: int) -> None:
    assert runs[year].status == MADE, runs[year].printed
    assert f"Reporting year {year}: {CODE}" in runs[year].printed


@pytest.mark.parametrize("year", ALL_STAFF)
def test_all_staff_figures_of_the_survey_are_what_was_published(
    runs: dict[int, AnnualRun], year: int
) -> None:
    found = {
        row["indicator"]: row["shown"]
        for row in figures(runs[year], year)
        if row["indicator"] in ALL_STAFF[year] and not row["ethnic_group"]
    }
    assert found == ALL_STAFF[year]


@pytest.mark.parametrize("year", ALL_STAFF)
def test_everything_else_is_not_collected(runs: dict[int, AnnualRun], year: int) -> None:
    others = [
        row
        for row in figures(runs[year], year)
        if row["ethnic_group"] or row["indicator"] not in ALL_STAFF[year]
    ]
    assert others and {row["state"] for row in others} == {"not_collected"}


@pytest.mark.parametrize("year", ALL_STAFF)
def test_the_return_is_marked_incomplete_and_names_what_was_not_supplied(
    runs: dict[int, AnnualRun], year: int
) -> None:
    folder = runs[year].output / CODE / str(year)
    book = CalamineWorkbook.from_path(folder / "internal" / "annual-return.xlsx")
    cells = [
        str(c) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for c in row
    ]
    assert any("This return is incomplete" in cell for cell in cells)
    page = (folder / "internal" / "index.html").read_text(encoding="utf-8")
    assert "ESR staff list of 31 March" in page and "board members" in page
    assert not [c for c in cells if "invented" in c.lower() or "fictional" in c.lower()], (
        "its people are real"
    )


@pytest.mark.parametrize("year", ALL_STAFF)
def test_the_public_edition_prints_the_same_published_figures(runs: dict[int, AnnualRun], year: int) -> None:
    place: Path = runs[year].output / "public" / CODE / str(year) / "figures.csv"
    with place.open(encoding="utf-8", newline="") as lines:
        shown = {
            row["indicator"]: row["shown"]
            for row in csv.DictReader(lines)
            if row["reporting_year"] == str(year)
            and row["indicator"] in ALL_STAFF[year]
            and not row["ethnic_group"]
        }
    assert shown == ALL_STAFF[year]


def test_the_year_before_stands_beside_the_last_one_and_none_before_the_first(
    runs: dict[int, AnnualRun],
) -> None:
    def years_in(year: int) -> set[str]:
        place = runs[year].output / CODE / str(year) / "internal" / "figures.csv"
        with place.open(encoding="utf-8", newline="") as lines:
            return {row["reporting_year"] for row in csv.DictReader(lines)}

    assert years_in(LAST) == {"2021", "2020"}
    assert years_in(FIRST) == {"2016"}
