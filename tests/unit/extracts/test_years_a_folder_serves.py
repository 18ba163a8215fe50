"""Organisations and reporting years, told from file names alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from wres_pipeline.extracts.intake import folder


def holding(extracts: Path, *names: str) -> Path:
    for name in names:
        (extracts / name).parent.mkdir(parents=True, exist_ok=True)
        (extracts / name).touch()
    return extracts


def test_every_folder_is_an_organisation_but_those_with_a_use_of_their_own(tmp_path: Path) -> None:
    extracts = holding(
        tmp_path, "XTR/a.csv", "X01/a.csv", "truth/a.csv", "national/a.csv", "mappings/a.csv",
        ".git/a", "_old/a.csv", "README.md",
    )  # fmt: skip
    assert folder.organisations(extracts) == ["X01", "XTR"]


def test_no_folder_holds_no_organisation(tmp_path: Path) -> None:
    assert folder.organisations(tmp_path / "nowhere") == []
    assert folder.organisations(tmp_path) == []


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2021, 3, 31), 2021),
        (date(2021, 4, 1), 2022),
        (date(2020, 12, 31), 2021),
        (date(2021, 1, 1), 2021),
        (date(2020, 2, 29), 2020),
    ],
)
def test_a_reporting_year_ends_on_31_march(day: date, year: int) -> None:
    assert folder.year_ending(day) == year


@pytest.mark.parametrize(
    ("name", "with_staff", "served"),
    [
        ("esr_staff_list_2021-03-31.csv", {2021}, {2021}),
        ("esr_staff_list_2020-10-31.csv", set(), {2021}),
        ("ESR Staff List 20210331 v2.XLSX", {2021}, {2021}),
        ("training_2021-04-30.csv", set(), {2022}),
        ("board_2021-03-31.csv", set(), {2021}),
        ("staff_survey_2020.xlsx", set(), {2021}),
        ("staff_survey_respondents_2020.csv", set(), {2021}),
        ("staff_survey_organisations_2020.csv", set(), {2021}),
        ("nss_organisations_2021_2024.csv", set(), {2022, 2023, 2024, 2025}),
        ("provider_returns.csv", set(), set()),
        ("actions.yaml", set(), set()),
        ("training.csv", set(), set()),
        ("esr_staff_list_2021-02-31.csv", set(), set()),
        ("minutes_2021-03-31.csv", set(), set()),
        ("~$esr_staff_list_2021-03-31.xlsx", set(), set()),
        (".esr_staff_list_2021-03-31.csv.part", set(), set()),
    ],
)
def test_the_years_one_file_serves(tmp_path: Path, name: str, with_staff: set[int], served: set[int]) -> None:
    assert folder.reporting_years(holding(tmp_path, f"X01/{name}"), "X01") == (with_staff, served)


def test_an_organisation_without_a_folder_serves_no_year(tmp_path: Path) -> None:
    assert folder.reporting_years(tmp_path, "X01") == (set(), set())


def test_the_latest_year_is_the_latest_with_a_staff_list_of_31_march(tmp_path: Path) -> None:
    extracts = holding(
        tmp_path, "X01/esr_staff_list_2020-03-31.csv", "X01/esr_staff_list_2020-12-31.csv",
        "X02/training_2022-03-31.csv",
    )  # fmt: skip
    assert folder.latest_year(extracts, ["X01", "X02"]) == 2020
    assert folder.latest_year(extracts, ["X02"]) == 2022


def test_without_any_staff_list_the_latest_year_is_the_latest_served(tmp_path: Path) -> None:
    extracts = holding(tmp_path, "11N/staff_survey_2015.csv", "11N/staff_survey_2020.csv")
    assert folder.latest_year(extracts, ["11N"]) == 2021
    assert folder.latest_year(extracts, []) is None
    assert folder.latest_year(tmp_path / "nowhere", ["11N"]) is None
