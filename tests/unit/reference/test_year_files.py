"""Pins the settings file of every reporting year."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from wres_pipeline.reference import survey, tables, years


def test_there_are_settings_for_2016_to_2027_and_the_last_two_are_projections() -> None:
    assert years.all_years() == list(range(2016, 2028))
    assert [y for y in years.all_years() if years.load(y).projected] == [2026, 2027]


def test_a_year_without_settings_says_which_file_to_add() -> None:
    with pytest.raises(years.UnknownYearError, match=r"years/2035\.yaml"):
        years.load(2035)


def test_a_year_whose_dates_are_out_of_order_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "years").mkdir()
    shutil.copy(tables.FOLDER / "years" / "defaults.yaml", tmp_path / "years")
    (tmp_path / "years" / "2121.yaml").write_text("submission_deadline: 2121-03-30\n", encoding="utf-8")
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


def test_a_year_is_the_defaults_and_what_its_own_file_says() -> None:
    """The dates of 2021 are those of the national calendar of that year [recalled]; 2024 is a year of the newer calendar."""
    year = years.load(2021)
    assert (year.snapshot_date, year.period_start, year.period_end) == (
        date(2021, 3, 31), date(2020, 4, 1), date(2021, 3, 31),
    )  # fmt: skip
    assert (year.survey_year, year.rule_version) == (2020, "2021.1")
    assert (year.submission_opens, year.submission_deadline, year.publication_deadline) == (
        date(2021, 7, 1), date(2021, 8, 31), date(2021, 10, 31),
    )  # fmt: skip
    assert years.load(2024).submission_deadline == date(2024, 5, 31)


@pytest.mark.parametrize(
    ("years_of", "field", "value"),
    [
        (range(2016, 2020), "indicator_3_basis", "two_year_rolling"),
        (range(2020, 2028), "indicator_3_basis", "single_year"),
        (range(2016, 2022), "indicator_7_base", "excludes_dont_know"),
        (range(2022, 2028), "indicator_7_base", "includes_dont_know"),
        (range(2016, 2018), "indicator_9_basis", "voting_only"),
        (range(2018, 2028), "indicator_9_basis", "total_voting_and_executive"),
    ],
)
def test_a_definition_holds_in_its_years(years_of: range, field: str, value: str) -> None:
    assert {getattr(years.load(year), field) for year in years_of} == {value}


def test_a_setting_that_no_year_has_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "years").mkdir()
    shutil.copy(tables.FOLDER / "years" / "defaults.yaml", tmp_path / "years")
    (tmp_path / "years" / "2122.yaml").write_text("indicator_3_bases: single_year\n", encoding="utf-8")
    monkeypatch.setattr(tables, "FOLDER", tmp_path)
    with pytest.raises(tables.ReferenceFileError, match="indicator_3_bases is no setting"):
        years.load(2122)


@pytest.mark.parametrize("year", years.all_years())
def test_a_reporting_year_has_the_questions_and_answers_of_its_survey_or_an_organisation_is_asked_for_them(
    year: int,
) -> None:
    asked = years.load(year).survey_year
    if not survey.is_mapped(asked):
        assert years.load(year).projected
        assert survey.questions(asked) == []
        found = [survey.question(asked, topic) for topic in survey.topics()]
    else:
        found = [q for q in survey.questions(asked) if q.preferred]
        assert {q.base for q in found if q.indicator == "7"} == {years.load(year).indicator_7_base}
        assert survey.ethnic_group("09", asked) is not None
    assert {q.indicator for q in found if q} == {"5", "6", "7", "8"}
    for question in found:
        assert question is not None
        meanings = {survey.answer_of(question.answers, text) for text in ("1", "2", "Yes", "Never", "No")}
        assert {"yes", "no"} <= meanings


def test_a_question_of_a_survey_that_no_list_knows_is_known_by_its_topic_alone() -> None:
    assert not survey.is_mapped(2026)
    assert survey.question(2026, "Q14a") is None
    found = survey.question(2026, "harassment_public")
    assert found is not None
    assert (found.indicator, found.survey_year, found.question) == ("5", 2026, "harassment public")
    assert survey.question(2014, "harassment_public") is None
    assert survey.question(2021, "harassment_public") is None
