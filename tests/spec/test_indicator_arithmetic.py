"""The nine indicators and the disparity ratios on counts small enough to work by hand.

Every expected text was worked with pencil and paper, or is printed in a published return (named where it is).
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from wres_pipeline.indicators import compute
from wres_pipeline.indicators.counts import (
    Answers,
    Board,
    Discipline,
    Groups,
    Happened,
    OrganisationCounts,
    Recruitment,
    Survey,
    SurveyPercent,
    Workforce,
)
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import years

RULES = years.load(2021)
EMPTY = OrganisationCounts("XTR", 2021)
RATIO_2 = "relative_likelihood_white_over_bme"
RATIO_3 = "relative_likelihood_bme_over_white"


def staff(
    white: int, bme: int, unknown: int = 0, band: str = "Band 5", cluster: str = "clinical"
) -> Workforce:
    return Workforce({(cluster, band): Groups(white, bme, unknown)})


def figure(
    counts: OrganisationCounts,
    indicator: str,
    measure: str,
    group: str = "",
    cluster: str = "",
    band: str = "",
    rules=RULES,
) -> Figure:
    (one,) = [
        f
        for f in compute(counts, rules)
        if (f.indicator, f.measure, f.ethnic_group, f.cluster, f.band)
        == (indicator, measure, group, cluster, band)
    ]
    return one


# Indicator 1 ---


@pytest.mark.parametrize(
    ("group", "headcount", "percentage"),
    [("White", "6,307", "85.0%"), ("BME", "990", "13.3%"), ("Unknown", "125", "1.7%"), ("", "7,422", None)],
)
def test_990_of_7422_is_13_point_3_percent_with_unknown_in_the_base(group, headcount, percentage):
    counts = replace(EMPTY, workforce=staff(6307, 990, 125))
    assert figure(counts, "1", "headcount", group).shown == headcount
    if percentage:
        assert figure(counts, "1", "percentage", group).shown == percentage


@pytest.mark.parametrize(
    ("part", "whole", "shown"), [(1, 16, "6.3%"), (421, 3406, "12.4%"), (0, 40, "0.0%"), (40, 40, "100.0%")]
)
def test_a_percentage_is_rounded_once_and_halves_go_up(part, whole, shown):
    counts = replace(EMPTY, workforce=staff(whole - part, part))
    assert figure(counts, "1", "percentage", "BME").shown == shown


def test_of_which_senior_medical_manager_is_never_added_to_a_total():
    consultants = Workforce({("medical_and_dental", "Consultants"): Groups(30, 10, 0)}, Groups(3, 1, 0))
    counts = replace(EMPTY, workforce=consultants)
    medical = "medical_and_dental"
    assert figure(counts, "1", "headcount", "BME", medical, "of which Senior medical manager").shown == "1"
    assert figure(counts, "1", "headcount", "", medical).shown == "40"
    assert figure(counts, "1", "headcount", "").shown == "40"


def test_a_band_nobody_is_in_has_headcount_zero_and_no_percentage():
    counts = replace(EMPTY, workforce=staff(10, 2))
    assert figure(counts, "1", "headcount", "BME", "clinical", "VSM").state == "zero"
    assert figure(counts, "1", "percentage", "BME", "clinical", "VSM").shown == "not calculable"


# Indicator 2 ---


def test_indicator_2_divides_the_white_likelihood_by_the_bme_one():
    counts = replace(EMPTY, recruitment=Recruitment(Groups(200, 100, 50), Groups(60, 15, 40)))
    assert figure(counts, "2", "likelihood", "White").shown == "30.0%"
    assert figure(counts, "2", "likelihood", "BME").shown == "15.0%"
    assert figure(counts, "2", RATIO_2).shown == "2.00"


def test_46_point_99_and_14_point_65_percent_are_3_point_21():
    # published as 3.2: 4,699 of 10,000 and 1,465 of 10,000
    counts = replace(EMPTY, recruitment=Recruitment(Groups(10000, 10000, 0), Groups(4699, 1465, 0)))
    assert figure(counts, "2", RATIO_2).shown == "3.21"
    assert figure(counts, "2", RATIO_2).value == Fraction(4699, 1465)


@pytest.mark.parametrize(
    ("shortlisted", "appointed", "state", "words"),
    [
        (Groups(10, 5, 0), Groups(2, 0, 0), "not_calculable", "the likelihood for BME is 0"),
        (Groups(10, 0, 0), Groups(2, 0, 0), "not_calculable", "nobody BME"),
        (Groups(0, 5, 0), Groups(0, 1, 0), "not_calculable", "nobody White"),
        (Groups(10, 5, 0), Groups(0, 0, 0), "not_calculable", "0 ÷ 0"),
        (Groups(10, 5, 0), Groups(0, 1, 0), "zero", ""),
        (Groups(0, 0, 9), Groups(0, 0, 3), "not_calculable", "nobody White"),
    ],
)
def test_a_ratio_that_cannot_be_divided_says_so_and_why(shortlisted, appointed, state, words):
    ratio = figure(replace(EMPTY, recruitment=Recruitment(shortlisted, appointed)), "2", RATIO_2)
    assert ratio.state == state
    assert words in ratio.note
    assert ratio.shown == ("0.00" if state == "zero" else "not calculable")


# Indicator 3 ---


def test_indicator_3_divides_the_bme_likelihood_by_the_white_one():
    counts = replace(
        EMPTY, workforce=staff(1000, 250, 40), discipline=Discipline(Groups(10, 5, 1), Groups(30, 1, 0))
    )
    assert figure(counts, "3", "likelihood", "White").shown == "1.0%"
    assert figure(counts, "3", "likelihood", "BME").shown == "2.0%"
    assert figure(counts, "3", RATIO_3).shown == "2.00"


def test_the_two_year_average_is_half_of_both_years_over_this_years_workforce():
    rules = years.load(2019)
    counts = OrganisationCounts(
        "XTR", 2019, staff(1000, 250), discipline=Discipline(Groups(10, 5, 0), Groups(11, 2, 0))
    )
    entered = figure(counts, "3", "entered_disciplinary", "BME", rules=rules)
    assert (entered.value, entered.shown) == (Fraction(7, 2), "3.5")
    # (3.5 ÷ 250) ÷ (10.5 ÷ 1000) = 0.014 ÷ 0.0105 = 4/3
    assert figure(counts, "3", RATIO_3, rules=rules).value == Fraction(4, 3)
    assert figure(counts, "3", RATIO_3, rules=rules).basis == "two_year_rolling"


def test_a_two_year_average_without_the_year_before_is_not_collected():
    counts = OrganisationCounts("XTR", 2019, staff(100, 25), discipline=Discipline(Groups(1, 1, 0)))
    assert figure(counts, "3", RATIO_3, rules=years.load(2019)).shown == "not collected"


@pytest.mark.parametrize(
    ("bme_cases", "where"), [(4, "Inside"), (5, "Inside"), (6, "Outside"), (3, "Outside")]
)
def test_the_published_range_has_inclusive_ends_on_unrounded_values(bme_cases, where):
    # 1,000 of each and 4 or 5 White cases: 5/4 = 1.25 and 4/5 = 0.80 are inside
    for white_cases in (4, 5):
        ratio = Fraction(bme_cases, white_cases)
        counts = replace(
            EMPTY,
            workforce=staff(1000, 1000),
            discipline=Discipline(Groups(white_cases, bme_cases, 0), Groups()),
        )
        inside = Fraction(4, 5) <= ratio <= Fraction(5, 4)
        note = figure(counts, "3", RATIO_3).note
        assert note.startswith(
            "Inside the range 0.80 to 1.25" if inside else "Outside the range 0.80 to 1.25"
        )
        assert "treats everybody alike is outside 0.80 to 1.25 in" in note


def test_leavers_may_take_a_likelihood_above_100_percent_and_it_is_said():
    counts = replace(EMPTY, workforce=staff(100, 2), discipline=Discipline(Groups(1, 3, 0), Groups()))
    likelihood = figure(counts, "3", "likelihood", "BME")
    assert likelihood.shown == "150.0%"
    assert "left before the snapshot" in likelihood.note
    assert likelihood.interval_low is None


# Indicator 4 ---


def test_indicator_4_divides_the_white_likelihood_by_the_bme_one():
    counts = replace(EMPTY, workforce=staff(400, 100, 10), training=Happened(Groups(300, 50, 2)))
    assert figure(counts, "4", "workforce", "Unknown").shown == "10"
    assert figure(counts, "4", "accessed_training", "White").shown == "300"
    assert figure(counts, "4", RATIO_2).shown == "1.50"


# Indicators 5 to 8 ---


def kernow(year: int, percents: dict[tuple[str, str], int | None]) -> OrganisationCounts:
    printed = tuple(
        SurveyPercent(i, part, "", None if p is None else Fraction(p)) for (i, part), p in percents.items()
    )
    return OrganisationCounts("11N", year, survey=Survey(year - 1, percents=printed))


def test_kernows_2021_return_is_13_percent_14_to_24_percent_86_percent_4_percent():
    counts = kernow(
        2021, {("5", ""): 13, ("6", "managers"): 10, ("6", "colleagues"): 14, ("7", ""): 86, ("8", ""): 4}
    )
    assert [figure(counts, number, "percentage").shown for number in "5678"] == [
        "13%",
        "between 14% and 24%",
        "86%",
        "4%",
    ]
    assert figure(counts, "6", "percentage").state == "not_calculable"
    assert figure(counts, "5", "percentage", "BME").state == "not_collected"
    assert "no figure by ethnic group" in figure(counts, "5", "percentage", "BME").note


@pytest.mark.parametrize(
    ("managers", "colleagues", "shown"),
    [
        (10, 14, "between 14% and 24%"),
        (0, 14, "14%"),
        (0, 0, "0%"),
        (60, 70, "between 70% and 100%"),
        (None, 14, "suppressed at source (fewer than 11 responses)"),
    ],
)
def test_indicator_6_lies_between_the_larger_part_and_the_sum(managers, colleagues, shown):
    counts = kernow(2021, {("6", "managers"): managers, ("6", "colleagues"): colleagues, ("5", ""): 13})
    assert figure(counts, "6", "percentage").shown == shown


def test_a_percentage_the_survey_does_not_show_is_suppressed_at_source_and_not_missing():
    counts = kernow(2021, {("8", ""): None})
    assert figure(counts, "8", "percentage").state == "suppressed_at_source"
    assert figure(counts, "7", "percentage").state == "not_collected"


def test_answers_give_each_group_and_all_staff_together():
    answers = {
        ("5", "White"): Answers(30, 90),
        ("5", "BME"): Answers(20, 20),
        ("5", "Unknown"): Answers(0, 10),
    }
    counts = replace(EMPTY, survey=Survey(2020, answers))
    assert figure(counts, "5", "percentage", "White").shown == "25.0%"
    assert figure(counts, "5", "percentage", "BME").shown == "50.0%"
    assert figure(counts, "5", "percentage").shown == "29.4%"  # 50 of 170
    bme = figure(counts, "5", "percentage", "BME")
    assert (bme.bound_low, bme.bound_high) == (40.0, 50.0)  # 20 of 50 if all of Unknown were BME


@pytest.mark.parametrize(("year", "shown"), [(2021, "75.0%"), (2022, "50.0%")])
def test_dont_know_enters_the_base_of_indicator_7_with_the_survey_of_2021(year, shown):
    counts = OrganisationCounts(
        "XTR", year, survey=Survey(year - 1, {("7", "BME"): Answers(yes=6, no=2, dont_know=4)})
    )
    assert figure(counts, "7", "percentage", "BME", rules=years.load(year)).shown == shown


# Indicator 9 ---


def test_indicator_9_is_in_percentage_points_with_unknown_in_both_bases():
    board = Board({"board": Groups(9, 1, 2), "voting": Groups(7, 1, 0), "executive": Groups(5, 0, 0)})
    counts = replace(EMPTY, workforce=staff(70, 20, 10), board=board)
    # 1 of 12 = 8.333…; 20 of 100 = 20
    assert figure(counts, "9", "difference_from_workforce", "BME", band="board").value == Fraction(-35, 3)
    assert (
        figure(counts, "9", "difference_from_workforce", "BME", band="board").shown
        == "-11.7 percentage points"
    )
    assert (
        figure(counts, "9", "difference_from_workforce", "BME", band="voting").shown
        == "-7.5 percentage points"
    )
    assert (
        figure(counts, "9", "difference_from_workforce", "BME", band="executive").shown
        == "-20.0 percentage points"
    )
    assert figure(counts, "9", "headcount", "", band="board").shown == "12"


def test_a_board_as_diverse_as_its_workforce_differs_by_zero():
    counts = replace(EMPTY, workforce=staff(80, 20), board=Board({"board": Groups(8, 2, 0)}))
    assert figure(counts, "9", "difference_from_workforce", "BME", band="board").state == "zero"


# Race disparity ---


def test_white_400_300_200_and_bme_100_50_20_are_1_50_and_1_67_and_2_50():
    workforce = Workforce(
        {
            ("clinical", "Band 5"): Groups(400, 100, 0),
            ("clinical", "Band 7"): Groups(300, 50, 0),
            ("clinical", "Band 8a"): Groups(200, 20, 0),
        }
    )
    counts = replace(EMPTY, workforce=workforce)
    assert [
        figure(counts, "race_disparity", measure, cluster="clinical").shown
        for measure in ("lower_to_middle", "middle_to_upper", "lower_to_upper")
    ] == ["1.50", "1.67", "2.50"]


def test_disparity_ratios_leave_doctors_out_and_put_band_5_low_and_vsm_high():
    workforce = Workforce(
        {
            ("non_clinical", "Under Band 1"): Groups(10, 10, 0),
            ("clinical", "Band 5"): Groups(10, 10, 0),
            ("clinical", "Band 6"): Groups(20, 10, 0),
            ("non_clinical", "VSM"): Groups(40, 5, 0),
            ("medical_and_dental", "Consultants"): Groups(500, 1, 0),
        }
    )
    counts = replace(EMPTY, workforce=workforce)
    assert figure(counts, "race_disparity", "lower_to_middle").value == 2  # (20/20) / (10/20)
    assert figure(counts, "race_disparity", "lower_to_upper").value == 8  # (40/20) / (5/20)


# States of everything ---


def test_without_an_extract_every_figure_of_its_indicators_is_not_collected():
    figures = compute(EMPTY, RULES)
    assert {f.state for f in figures} == {"not_collected"}
    assert len(figures) == len({f.key for f in figures})


def test_what_a_year_does_not_require_is_not_required_only_where_it_was_not_collected():
    rules = replace(RULES, required_indicators=("1", "2", "5", "6", "9"))
    counts = replace(EMPTY, workforce=staff(90, 10), training=Happened(Groups(30, 2, 0)))
    assert figure(counts, "3", RATIO_3, rules=rules).shown == "not required"
    assert figure(counts, "2", RATIO_2, rules=rules).shown == "not collected"
    assert figure(counts, "4", "likelihood", "BME", rules=rules).shown == "20.0%"


def test_every_figure_carries_its_rules_and_the_deliveries_it_came_from():
    workforce = replace(staff(90, 10), deliveries=("staff-list",))
    counts = replace(
        EMPTY, workforce=workforce, discipline=Discipline(Groups(1, 1, 0), deliveries=("cases",))
    )
    assert figure(counts, "3", RATIO_3).deliveries == "cases;staff-list"
    assert {f.rule_version for f in compute(counts, RULES)} == {"2021.1"}
