"""How answers and published percentages of the staff survey become counts."""

from __future__ import annotations

from fractions import Fraction

from wres_pipeline.indicators import compute
from wres_pipeline.indicators.count_reading import read
from wres_pipeline.indicators.counts import Answers
from wres_pipeline.reference import years


def survey_of(rows, year: int = 2021):
    return read(rows.con, ["XTR"], years.load(year))["XTR"].survey


def test_somebody_harassed_by_a_manager_or_a_colleague_or_both_counts_once(rows):
    rows.respondents("BME", {"Q13b": "Never", "Q13c": "Never"}, 5)
    rows.respondents("BME", {"Q13b": "1-2", "Q13c": "Never"}, 2)
    rows.respondents("BME", {"Q13b": "Never", "Q13c": "3-5"}, 3)
    rows.respondents("BME", {"Q13b": "More than 10", "Q13c": "6-10"}, 4)
    rows.respondents("BME", {"Q13c": "Never"}, 1)
    assert survey_of(rows).answers["6", "BME"] == Answers(yes=9, no=6)


def test_dont_know_is_kept_apart_so_that_the_year_can_decide_about_the_base(rows):
    rows.respondents("White", {"Q14": "Yes"}, 6)
    rows.respondents("White", {"Q14": "No"}, 2)
    rows.respondents("White", {"Q14": "Don't know"}, 4)
    assert survey_of(rows).answers["7", "White"] == Answers(6, 2, 4)


def test_a_question_means_what_it_meant_in_its_survey_year(rows):
    rows.respondents("White", {"Q14a": "Never", "Q15": "Yes", "Q16b": "No"}, 3, survey_year=2021)
    answers = survey_of(rows, 2022).answers
    assert answers["5", "White"] == Answers(0, 3)
    assert answers["7", "White"] == Answers(3, 0)
    assert ("6", "White") not in answers


def test_a_series_printed_as_did_not_experience_is_turned_round(rows):
    rows.percent("Q13a", "", 87, measure="not experienced")
    (one,) = survey_of(rows).percents
    assert (one.percent, one.printed) == (13, 87)


def test_a_percentage_of_those_who_said_no_is_turned_round(rows):
    rows.percent("Q14", "", 22.5, measure="no")
    (one,) = survey_of(rows).percents
    assert (one.percent, one.printed) == (Fraction("77.5"), Fraction("22.5"))


def test_a_percentage_is_the_decimal_that_was_printed(rows):
    rows.percent("Q13a", "White", 28.1, base=320)
    (one,) = survey_of(rows).percents
    assert one.percent == Fraction(281, 10)


def test_of_two_questions_for_one_indicator_the_one_to_print_counts(rows):
    rows.percent("Q13a", "", 30, survey_year=2015)
    rows.percent("KF25", "", 28, survey_year=2015)
    (one,) = [p for p in survey_of(rows, 2016).percents if p.indicator == "5"]
    assert (one.question, one.percent) == ("KF25", 28)


def test_a_survey_of_another_year_is_not_this_years(rows):
    rows.percent("Q13a", "", 87, survey_year=2019)
    assert survey_of(rows, 2021) is None
    assert survey_of(rows, 2020) is not None


KERNOW_2020 = (("Q13a", 87), ("Q13b", 90), ("Q13c", 86), ("Q14", 86), ("Q15b", 4), ("Q15a", 99))


def test_nhs_kernows_printed_series_gives_its_return_of_2021(rows):
    """Survey of 2020 as printed in its action plan of 2021-22: the first three are "did not experience"."""
    for question, percent in KERNOW_2020:
        measure = "not experienced" if question.startswith(("Q13", "Q15a")) else ""
        rows.percent(question, "", percent, measure=measure, organisation="11N")
    rules = years.load(2021)
    figures = compute(read(rows.con, ["11N"], rules)["11N"], rules)
    shown = {f.indicator: f.shown for f in figures if f.measure == "percentage" and f.key[4:] == ("", "", "")}
    assert [shown[number] for number in "5678"] == ["13%", "between 14% and 24%", "86%", "4%"]
    (fifth,) = [f for f in figures if f.key[2:] == ("5", "percentage", "", "", "")]
    assert fifth.note == (
        "Printed as 87% who did not; turned round here, 100 − 87. The number of responses is not published."
    )
    assert {f.state for f in figures if f.ethnic_group in ("White", "BME")} == {"not_collected"}


def test_answers_of_the_survey_before_are_not_added_to_this_years(rows):
    rows.respondents("White", {"Q14": "Yes"}, 6)
    rows.respondents("White", {"Q14": "Yes"}, 5, survey_year=2019)
    assert survey_of(rows).answers["7", "White"] == Answers(6, 0, 0)
