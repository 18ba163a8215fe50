"""The staff survey's coded answers, and the names under which a percentage of an indicator may stand.

Codes and pages: the questionnaires of 2021 to 2025 (Q14 and Q15 on page 4, Q16 on page 5).
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.core_rows import CoreRows
from wres_pipeline.indicators import compute
from wres_pipeline.indicators.changes import between
from wres_pipeline.indicators.count_reading import read
from wres_pipeline.indicators.counts import Answers, OrganisationCounts, Survey, SurveyPercent
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import survey, tables, years


@pytest.fixture
def rows():
    made = CoreRows()
    yield made
    made.close()


def of(figures: list[Figure], indicator: str, group: str) -> Figure:
    (one,) = [
        f for f in figures if (f.indicator, f.measure, f.ethnic_group) == (indicator, "percentage", group)
    ]
    return one


def printed(rows: CoreRows, year: int, indicator: str, group: str) -> Figure:
    rules = years.load(year)
    return of(compute(read(rows.con, ["XTR"], rules)["XTR"], rules), indicator, group)


# question, code -> what it means (None: on no list, and told)
CODES = [
    ("Q14a", "1", "no"), ("Q14b", "2", "yes"), ("Q14c", "5", "yes"), ("Q14a", "9", "no_answer"),
    ("Q15", "1", "yes"), ("Q15", "2", "no"), ("Q15", "9", "dont_know"), ("Q15", "3", None),
    ("Q16b", "1", "yes"), ("Q16b", "2", "no"), ("Q16b", "9", "no_answer"), ("Q16b", "3", None),
]  # fmt: skip


@pytest.mark.parametrize("year", range(2021, 2026))
@pytest.mark.parametrize(("question", "code", "means"), CODES)
def test_a_code_means_what_the_questionnaire_of_its_year_prints(year, question, code, means):
    assert survey.answer(year, question, code) == means


def test_nine_is_dont_know_and_stands_in_the_base_of_indicator_7(rows):
    # 548 yes, 133 no, 319 who do not know: 548 of 1,000; without the nines it was 548 of 681, 80.5%
    for code, people in (("1", 548), ("2", 133), ("9", 319)):
        rows.respondents("White", {"Q15": code}, people, survey_year=2021)
    seven = printed(rows, 2022, "7", "White")
    assert (seven.shown, seven.denominator, seven.note) == ("54.8%", 1000, "")


def test_a_file_in_which_nobody_answered_dont_know_says_so_beside_the_figure(rows):
    rows.respondents("BME", {"Q15": "1"}, 15, survey_year=2021)
    rows.respondents("BME", {"Q15": "2"}, 5, survey_year=2021)
    assert printed(rows, 2022, "7", "BME").note.startswith("Nobody in the file answered Don't know")


def test_before_the_survey_of_2021_dont_know_is_no_part_of_the_base_and_nothing_is_said(rows):
    rows.respondents("BME", {"Q14": "1"}, 15)
    rows.respondents("BME", {"Q14": "2"}, 5)
    seven = printed(rows, 2021, "7", "BME")
    assert (seven.shown, seven.note) == ("75.0%", "")


NAMES_OF_6 = [
    "Q14b & c", "Q14b & Q14c", "Q14b or Q14c", "q14b/c", "Q14b+Q14c", "Q14b and c", "Q14b, c", "Q14bc", "KF26",
    "Indicator 6", "WRES 6", "WRES Indicator 6:", "WRES indicator 6 (Q14b & Q14c)",
    "Percentage of staff experiencing harassment, bullying or abuse from staff in last 12 months",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES_OF_6)
def test_indicator_6_is_taken_from_one_row_under_any_of_its_names(rows, name):
    rows.percent(name, "White", 22.4, base=500, survey_year=2022)
    assert printed(rows, 2023, "6", "White").shown == "22.4%"


@pytest.mark.parametrize("name", ["Q14b & Q14a", "Q13b & c", "Q14b colleagues", "Indicator 66"])
def test_other_names_are_no_indicator_6(name):
    found = survey.question(2022, name)
    assert found is None or (found.indicator, found.part) != ("6", "")


def test_the_combined_row_wins_over_the_two_apart(rows):
    for name, percent in (("Q14b", 10.0), ("Q14c", 14.0), ("Q14b & c", 19.5)):
        rows.percent(name, "BME", percent, base=200, survey_year=2022)
    six = printed(rows, 2023, "6", "BME")
    assert (six.shown, six.state, six.note) == ("19.5%", "value", "")


@pytest.mark.parametrize(("whole", "impossible"), [(12, True), (13, False), (25, False), (26, True)])
def test_a_combined_percentage_that_the_two_apart_cannot_give_says_so(whole, impossible):
    # from 10% and 14% it lies from 14% to 24%; whole numbers may each be half a point out
    percents = [("managers", 10), ("colleagues", 14), ("", whole)]
    counts = OrganisationCounts(
        "XTR",
        2023,
        survey=Survey(
            2022, {}, tuple(SurveyPercent("6", part, "White", Fraction(p), 100, "Q") for part, p in percents)
        ),
    )
    six = of(compute(counts, years.load(2023)), "6", "White")
    assert (six.shown, "cannot give it" in six.note) == (f"{whole}%", impossible)


@pytest.mark.parametrize(
    ("label", "group"),
    [("White*", "White"), ("All other ethnic groups*", "BME"), ("BME ¹", "BME"), ("White staff †", "White")],
)
def test_a_star_behind_a_groups_name_points_to_a_footnote(label, group):
    assert survey.ethnic_group(label, 2023) == group


def test_the_question_of_2025_is_worded_anew():
    before, after = (survey.question(year, "Q15") for year in (2024, 2025))
    assert before.text != after.text and "gender reassignment" in after.text


def test_a_question_worded_anew_is_another_basis_and_no_change_is_drawn_across_it():
    def counts(year: int) -> OrganisationCounts:
        answers = {("7", group): Answers(60, 30, 10) for group in ("White", "BME")}
        return OrganisationCounts("XTR", year, survey=Survey(year - 1, answers))

    shown = {year: of(compute(counts(year), years.load(year)), "7", "White") for year in (2024, 2025, 2026)}
    assert {f.shown for f in shown.values()} == {"60.0%"}  # 60 of 100, those who do not know among them
    assert shown[2024].basis == shown[2025].basis != shown[2026].basis
    (told,) = [
        c
        for c in between(counts(2025), counts(2026), years.load(2025), years.load(2026))
        if (c.indicator, c.ethnic_group) == ("7", "White")
    ]
    assert told.kind == "not comparable" and "worded from 2025 on" in told.words


def test_what_was_seen_in_a_questionnaire_names_its_page_and_quotes_ten_words_at_most():
    for name in ("survey_questions", "survey_answers"):
        for row in tables.rows(name):
            if (
                row["evidence"] == "seen"
                and "questionnaire" in row["source"]
                and "Kernow" not in row["source"]
            ):
                if int(row.get("survey_year", "2021")) < 2021:
                    continue
                assert ", page " in row["source"], row
                assert len(row["source"].split('"')[1].split()) <= 10, row


@pytest.mark.parametrize(
    ("survey_year", "name", "indicator", "part"),
    [
        (2023, "q14 (a)", "5", ""), (2023, "14a", "5", ""), (2023, "Q14a: patients", "5", ""), (2023, "Question 15", "7", ""),
        (2023, "Q14b managers", "6", "managers"), (2019, "Q13 a", "5", ""), (2016, "Q17 b", "8", ""), (2017, "Key Finding 25", "5", ""),
        (2022, "WRES5", "5", ""), (2024, "Metric 8", "8", ""), (2024, "Ind 7", "7", ""),
    ],
)  # fmt: skip
def test_other_spellings_of_a_question_and_of_an_indicator_are_read(
    survey_year: int, name: str, indicator: str, part: str
) -> None:
    found = survey.question(survey_year, name)
    assert found is not None
    assert (found.indicator, found.part) == (indicator, part)


@pytest.mark.parametrize(
    "name", ["14b, 14c", "Q14a and Q15", "Q14a 1", "Q14b c", "Q14a or managers", "5", "Q14z", "Band 5"]
)
def test_a_name_of_more_than_one_question_is_never_one_of_them(name: str) -> None:
    found = survey.question(2023, name)
    assert found is None or (found.indicator, found.part) == ("6", "")
