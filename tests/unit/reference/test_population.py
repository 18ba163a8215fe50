"""The census file says what the published counts say, and refuses what it does not hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from wres_pipeline.reference import tables
from wres_pipeline.reference.population import ResidentsFileError, UnknownAreaError, own_rows, residents


def test_the_file_is_pinned() -> None:
    assert [
        (r["area_code"], r["area"], r["ages"], r["residents"], r["white"])
        for r in tables.rows("census_2021_population")
    ] == [
        ("E06000052", "Cornwall", "all", "570305", "552130"),
        ("E06000053", "Isles of Scilly", "all", "2055", "2004"),
        ("E92000001", "England", "all", "56490065", "45783379"),
    ]


def test_two_areas_are_added_together() -> None:
    both = residents(["Cornwall", "Isles of Scilly"])
    assert (both.residents, both.white, both.bme) == (572_360, 554_134, 18_226)
    assert both.areas == ("Cornwall", "Isles of Scilly")


def test_an_area_may_be_named_by_its_code_and_counts_once_however_often_it_is_named() -> None:
    assert residents(["e06000052", "Cornwall"]).residents == 570_305


def test_an_area_that_is_not_in_the_file_is_refused_with_the_file_to_edit() -> None:
    with pytest.raises(UnknownAreaError, match=r"Devon.*Add a row with its source to residents\.csv"):
        residents(["Devon"])


def test_working_ages_are_refused_until_somebody_adds_them() -> None:
    with pytest.raises(UnknownAreaError, match="16 to 64"):
        residents(["Cornwall"], "16 to 64")


def test_no_area_at_all_is_refused() -> None:
    with pytest.raises(UnknownAreaError, match="residents_of"):
        residents([])


OWN = "area_code,area,ages,residents,white,source\n"


def test_an_organisations_own_working_ages_are_taken_when_the_settings_name_them(tmp_path: Path) -> None:
    (tmp_path / "residents.csv").write_text(
        OWN + "E06000052,Cornwall,16 to 64,330000,318000,An invented count\n", encoding="utf-8"
    )
    own = own_rows(tmp_path / "residents.csv")
    found = residents(["Cornwall"], "16 to 64", own)
    assert (found.residents, found.bme, found.source) == (330_000, 12_000, "An invented count")
    assert residents(["Cornwall"], own=own).residents == 570_305


def test_without_a_file_there_are_no_rows_of_ones_own(tmp_path: Path) -> None:
    assert own_rows(tmp_path / "residents.csv") == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("area,residents\n", "line 1: needs the columns"),
        (OWN + "E06000052,Cornwall,16 to 64,330000,318000,\n", "line 2: needs a cell"),
        (OWN + "E06000052,Cornwall,16 to 64,330 000,318000,Somewhere\n", "line 2: .*whole numbers"),
        (OWN + "E06000052,Cornwall,16 to 64,318000,330000,Somewhere\n", "white not above residents"),
    ],
)
def test_a_file_of_residents_that_cannot_be_used_says_where(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "residents.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ResidentsFileError, match=words):
        own_rows(tmp_path / "residents.csv")
