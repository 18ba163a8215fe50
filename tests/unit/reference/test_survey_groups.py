"""Pins survey_ethnic_codes.csv, survey_groups.csv and survey_measures.csv."""

from __future__ import annotations

import pytest

from tests import pinned
from wres_pipeline.reference import survey, tables


def test_the_lists_are_the_ones_that_were_reviewed() -> None:
    assert len(tables.rows("survey_ethnic_codes")) == 199
    assert pinned.differences("survey_ethnic_codes") == ""
    assert len(tables.rows("survey_groups")) == 28
    assert pinned.differences("survey_groups") == ""
    assert len(tables.rows("survey_measures")) == 17
    assert pinned.differences("survey_measures") == ""


@pytest.mark.parametrize("year", range(2015, 2026))
def test_the_first_four_codes_are_white_in_every_year(year: int) -> None:
    codes = [r for r in tables.rows("survey_ethnic_codes") if r["survey_year"] == str(year)]
    assert len(codes) == (19 if year == 2025 else 18)
    assert [r["code"] for r in codes if r["group"] == "White"] == ["01", "02", "03", "04"]


def test_2025_put_filipino_in_as_13_and_moved_the_rest() -> None:
    label = {(r["survey_year"], r["code"]): r["label"] for r in tables.rows("survey_ethnic_codes")}
    assert label["2024", "13"] == "Any other Asian background"
    assert label["2025", "13"] == "Filipino"
    assert label["2025", "14"] == "Any other Asian background"
    assert survey.ethnic_group("19", 2024) is None
    assert survey.ethnic_group("19", 2025) == "BME"


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("White staff", "White"),
        ("All other ethnic groups", "BME"),
        ("BME", "BME"),
        ("All", ""),
        ("ALL STAFF ", ""),
        ("1", "White"),
        ("09", "BME"),
        ("9", "BME"),
        ("Gypsy or Irish Traveller", "White"),
        ("African", "BME"),
        ("A", "White"),
        ("H Indian", "BME"),
        ("Not stated", "Unknown"),
        ("", "Unknown"),
        (None, "Unknown"),
        ("Buddhist", None),
        ("77", None),
    ],
)
def test_a_survey_group_is_read_by_label_by_the_years_code_or_by_ethnic_code(
    text: str | None, group: str | None
) -> None:
    assert survey.ethnic_group(text, 2021) == group


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("% Never", "not_experienced"),
        ("did not experience", "not_experienced"),
        ("experienced", "experienced"),
        ("% Yes", "yes"),
        ("mean score", None),
        (None, None),
    ],
)
def test_a_measure_says_which_way_round_a_percentage_is(text: str | None, measure: str | None) -> None:
    assert survey.measure(text) == measure
