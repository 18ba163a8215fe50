"""Pins the settings file of every reporting year."""

from __future__ import annotations

from pathlib import Path

import pytest

from wres_pipeline.reference import tables, years


def test_there_are_settings_for_2016_to_2027_and_the_last_two_are_projections() -> None:
    assert years.all_years() == list(range(2016, 2028))
    assert [y for y in years.all_years() if years.load(y).projected] == [2026, 2027]


def test_a_year_without_settings_says_which_file_to_add() -> None:
    with pytest.raises(years.UnknownYearError, match=r"years/2035\.yaml"):
        years.load(2035)


def test_a_year_whose_dates_are_out_of_order_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (tables.FOLDER / "years" / "2021.yaml").read_text(encoding="utf-8")
    (tmp_path / "years").mkdir()
    (tmp_path / "years" / "2121.yaml").write_text(
        text.replace("submission_deadline: 2021-08-31", "submission_deadline: 2021-06-30"), encoding="utf-8"
    )
    monkeypatch.setattr(tables, "FOLDER", tmp_path)
    years.rules()
    with pytest.raises(tables.ReferenceFileError, match="not in order"):
        years.load(2121)


def test_2020_keeps_all_nine_and_says_that_five_were_required() -> None:
    year = years.load(2020)
    assert len(year.required_indicators) == 9
    assert any("five of the nine" in rule.text for rule in year.unverified)


def test_the_disclosure_default_withholds_one_to_nine() -> None:
    default = years.load(2021).disclosure
    assert (default.method, default.threshold_low, default.threshold_high) == ("suppress", 1, 9)
    assert default.survey_minimum == 11


def test_a_rule_is_named_in_the_years_it_applies_to() -> None:
    names = {year: {rule.id for rule in years.load(year).unverified} for year in (2019, 2020, 2021)}
    assert "indicator_3_rolling" in names[2019] - names[2020]
    assert "indicator_3_single" in names[2020] - names[2019]
    assert "required_2020" in names[2020] - names[2019] - names[2021]
