"""The second implementation itself, on cases worked by hand and on published examples."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from tests.oracle import nine_indicators
from tests.oracle.nine_indicators import Answer
from tests.oracle.truth_files import Row, Truth

SNAPSHOT = date(2021, 3, 31)
KINDS = ("esr_staff_list", "trac_applications", "employee_relations", "training", "board")
EMPTY = Truth(
    code="T01",
    delivered=dict.fromkeys(KINDS, (SNAPSHOT,)) | {"staff_survey": (date(2020, 12, 31),)},
    survey_kind="respondents",
    trac_deletes=True,
    shortlisted_as_date=True,
    persons={SNAPSHOT: []},
    applications=[],
    cases=[],
    training={2021: []},
    surveys={2020: []},
    board=[],
)


def person(number: str, group: str, band: str = "Band 5", cluster: str = "clinical", reason: str = "") -> Row:
    return {
        "employee_number": number,
        "wres_group": group,
        "cluster": cluster,
        "band": band,
        "senior_medical_manager": "N",
        "counted": "N" if reason else "Y",
        "exclusion_reason": reason,
    }


def people(group: str, count: int, band: str = "Band 5") -> list[Row]:
    return [person(f"{group}{band}{place}", group, band) for place in range(count)]


def case(
    reference: str, number: str, formal: str, retyped: str = "Unknown", kind: str = "Disciplinary"
) -> Row:
    return {
        "case_reference": reference,
        "employee_number": number,
        "numbered": "Y" if number else "N",
        "case_type": kind,
        "opened": formal or "2020-06-01",
        "formal": formal,
        "retyped_group": retyped,
    }


def application(
    group: str, applied: str, shortlisted: str = "", appointed: str = "", starts: str = ""
) -> Row:
    return {
        "wres_group": group,
        "applied": applied,
        "shortlisted": shortlisted,
        "appointed": appointed,
        "starts": starts,
    }


def answer(truth: Truth, *key: str, year: int = 2021) -> Answer:
    indicator, measure, cluster, band, group = key
    return nine_indicators.figures(truth, year)[(indicator, measure, cluster, band, group)]


def test_published_shares_of_a_workforce_recompute() -> None:
    staff = people("BME", 990) + people("White", 6307) + people("Unknown", 125)
    truth = replace(EMPTY, persons={SNAPSHOT: staff})
    shown = [
        float(answer(truth, "1", "percentage", "", "", g).value or 0) for g in ("BME", "White", "Unknown")
    ]
    assert [round(value, 1) for value in shown] == [13.3, 85.0, 1.7]


def test_published_disparity_ratios_recompute() -> None:
    staff = []
    for group, sizes in (("White", (400, 300, 200)), ("BME", (100, 50, 20))):
        for band, size in zip(("Band 5", "Band 6", "Band 8a"), sizes, strict=True):
            staff += people(group, size, band)
    truth = replace(EMPTY, persons={SNAPSHOT: staff})
    ratios = [
        answer(truth, "race_disparity", measure, "clinical", "", "").value
        for measure in ("lower_to_middle", "middle_to_upper", "lower_to_upper")
    ]
    assert ratios == [Fraction(3, 2), Fraction(5, 3), Fraction(5, 2)]


def test_unknown_stays_in_the_denominator_of_a_band_and_out_of_a_likelihood() -> None:
    staff = people("White", 6) + people("BME", 2) + people("Unknown", 2)
    truth = replace(EMPTY, persons={SNAPSHOT: staff})
    assert answer(truth, "1", "percentage", "clinical", "Band 5", "BME").value == 20


def test_a_ratio_over_nobody_is_not_calculable() -> None:
    truth = replace(EMPTY, persons={SNAPSHOT: people("White", 4)}, training={2021: []})
    assert answer(truth, "4", "relative_likelihood_white_over_bme", "", "", "").state == "not_calculable"
    assert answer(truth, "4", "likelihood", "", "", "White").state == "zero"
    assert answer(truth, "4", "likelihood", "", "", "BME").state == "not_calculable"


def test_shortlisted_twice_counts_twice_and_appointed_are_among_them() -> None:
    rows = [
        application("White", "2020-06-01", "2020-06-10", "2020-07-01", "2020-12-20"),
        application("White", "2020-06-01", "2020-06-10"),
        application("BME", "2020-06-01", "2020-06-10"),
        application("BME", "2020-06-01", "2020-06-10"),
        application("BME", "2020-09-01", "2020-09-10", "2020-10-01", "2020-11-30"),
        application("BME", "2020-06-01"),
    ]
    truth = replace(EMPTY, applications=rows)
    assert answer(truth, "2", "shortlisted", "", "", "BME").value == 3
    # White 1 of 2, BME 1 of 3
    assert answer(truth, "2", "relative_likelihood_white_over_bme", "", "", "").value == Fraction(3, 2)


def test_an_application_counts_in_the_year_it_was_shortlisted_or_else_made() -> None:
    late = [application("White", "2020-03-25", "2020-04-02")]
    dated = replace(EMPTY, applications=late)
    assert answer(dated, "2", "shortlisted", "", "", "White").value == 1
    flagged = replace(EMPTY, applications=late, shortlisted_as_date=False)
    assert answer(flagged, "2", "shortlisted", "", "", "White").value == 0


def test_what_trac_deleted_before_its_only_extract_is_not_counted() -> None:
    gone = application("White", "2020-04-02", "2020-04-10", "2020-05-01", "2020-06-01")
    truth = replace(EMPTY, applications=[gone])
    assert answer(truth, "2", "shortlisted", "", "", "White").value == 0
    half_yearly = EMPTY.delivered | {"trac_applications": (date(2020, 9, 30), SNAPSHOT)}
    earlier = replace(truth, delivered=half_yearly)
    assert answer(earlier, "2", "appointed", "", "", "White").value == 1


def test_a_person_with_two_cases_enters_once() -> None:
    truth = replace(
        EMPTY,
        persons={SNAPSHOT: [person("1", "BME"), person("2", "White")]},
        cases=[
            case("E1", "1", "2020-06-01"),
            case("E2", "1", "2020-09-01"),
            case("E3", "", "2020-09-01", "White"),
        ],
    )
    assert answer(truth, "3", "entered_disciplinary", "", "", "BME").value == 1
    assert answer(truth, "3", "entered_disciplinary", "", "", "White").value == 1
    assert answer(truth, "3", "relative_likelihood_bme_over_white", "", "", "").value == 1


def test_informal_cases_grievances_and_bank_staff_do_not_enter() -> None:
    truth = replace(
        EMPTY,
        persons={SNAPSHOT: [person("1", "BME"), person("9", "BME", reason="bank")]},
        cases=[
            case("E1", "1", ""),
            case("E2", "1", "2020-09-01", kind="Grievance"),
            case("E3", "9", "2020-09-01"),
            case("E4", "1", "2020-03-31"),
        ],
    )
    assert answer(truth, "3", "entered_disciplinary", "", "", "BME").state == "zero"


def test_a_leaver_enters_with_the_ethnicity_of_the_list_that_holds_them() -> None:
    truth = replace(
        EMPTY,
        persons={date(2020, 3, 31): [person("5", "BME")], SNAPSHOT: [person("1", "White")]},
        cases=[case("E1", "5", "2020-09-01", "White"), case("E2", "77", "2020-09-01", "White")],
    )
    entered = {g: answer(truth, "3", "entered_disciplinary", "", "", g).value for g in ("White", "BME")}
    assert entered == {"White": 1, "BME": 1}


def test_until_2019_two_years_of_cases_are_averaged() -> None:
    day = date(2019, 3, 31)
    truth = replace(
        EMPTY,
        delivered=dict.fromkeys(KINDS, (day,)),
        persons={day: [person("1", "White"), person("2", "White"), person("3", "White")]},
        training={2019: []},
        cases=[case("E1", "1", "2018-06-01"), case("E2", "1", "2017-06-01"), case("E3", "2", "2017-06-01")],
    )
    assert answer(truth, "3", "entered_disciplinary", "", "", "White", year=2019).value == Fraction(3, 2)
    assert answer(truth, "3", "likelihood", "", "", "White", year=2019).value == 50


def test_people_not_courses_are_counted_and_only_non_mandatory_ones_of_the_year() -> None:
    def course(number: str, completed: str, mandatory: str = "N") -> Row:
        return {"employee_number": number, "mandatory": mandatory, "completed": completed}

    truth = replace(
        EMPTY,
        persons={SNAPSHOT: [person(number, "White") for number in "12345"]},
        training={
            2021: [
                course("1", "2020-05-01"),
                course("1", "2020-06-01"),
                course("2", "2020-06-01", "Y"),
                course("3", "2020-03-31"),
                course("4", ""),
                course("5", "2021-03-31"),
            ]
        },
    )
    assert answer(truth, "4", "accessed_training", "", "", "White").value == 2


@pytest.mark.parametrize(("year", "base"), [(2021, 2), (2022, 3)])
def test_those_who_do_not_know_are_in_the_base_of_indicator_7_from_the_survey_of_2021(
    year: int, base: int
) -> None:
    question = "Q14" if year == 2021 else "Q15"
    rows = [{"wres_group": "White", question: text} for text in ("yes", "no", "dont_know", "")]
    others = ("Q13a", "Q13b", "Q13c", "Q15b", "Q14a", "Q14b", "Q14c", "Q16b")
    rows = [dict.fromkeys(others, "") | row for row in rows]
    truth = replace(
        EMPTY,
        surveys={year - 1: rows},
        persons={date(year, 3, 31): []},
        training={year: []},
        delivered={"staff_survey": (date(year - 1, 12, 31),)},
    )
    assert answer(truth, "7", "percentage", "", "", "White", year=year).denominator == base


def test_harassment_by_staff_is_either_source_once_and_by_nobody_without_an_answer() -> None:
    def row(managers: str, colleagues: str) -> Row:
        return dict.fromkeys(("Q13a", "Q14", "Q15b"), "") | {
            "wres_group": "BME",
            "Q13b": managers,
            "Q13c": colleagues,
        }

    rows = [row("yes", "yes"), row("yes", "no"), row("no", "no"), row("no", "no"), row("", "")]
    found = answer(replace(EMPTY, surveys={2020: rows}), "6", "percentage", "", "", "BME")
    assert (found.numerator, found.denominator, found.value) == (2, 4, 50)


def test_a_question_that_nobody_answered_is_not_collected() -> None:
    blank = dict.fromkeys(("Q13a", "Q13b", "Q13c", "Q14", "Q15b"), "") | {"wres_group": "White"}
    truth = replace(EMPTY, surveys={2020: [blank | {"Q13a": "no"}]})
    assert answer(truth, "5", "percentage", "", "", "White").state == "zero"
    assert answer(truth, "5", "percentage", "", "", "BME").state == "not_calculable"
    assert answer(truth, "8", "percentage", "", "", "White").state == "not_collected"


def test_a_printed_percentage_of_fewer_than_11_is_suppressed_and_of_6_only_a_range() -> None:
    def row(group: str, public: str, managers: str, colleagues: str) -> Row:
        return {
            "wres_group": group,
            "Q13a": public,
            "Q13b": managers,
            "Q13c": colleagues,
            "Q14": "",
            "Q15b": "",
        }

    rows = (
        [row("White", "yes", "yes", "no")] * 3
        + [row("White", "no", "no", "yes")] * 9
        + [row("BME", "no", "no", "no")] * 10
    )
    truth = replace(EMPTY, survey_kind="tidy", surveys={2020: rows})
    assert answer(truth, "5", "percentage", "", "", "White").value == 25
    assert answer(truth, "5", "percentage", "", "", "BME").state == "suppressed_at_source"
    assert answer(truth, "6", "percentage", "", "", "White").state == "not_calculable"
    only_managers = replace(truth, surveys={2020: [row_ | {"Q13c": "no"} for row_ in rows]})
    assert answer(only_managers, "6", "percentage", "", "", "White").value == 25


def test_the_board_is_compared_with_the_workforce_in_points_unknown_kept() -> None:
    def member(group: str, voting: str = "Y", executive: str = "N", end: str = "") -> Row:
        return {
            "wres_group": group,
            "voting": voting,
            "executive": executive,
            "start": "2019-01-01",
            "end": end,
        }

    board = (
        [member("BME")]
        + [member("White")] * 14
        + [member("Unknown", "N", "Y")]
        + [member("BME", end="2020-06-01")]
    )
    staff = people("BME", 1) + people("White", 9)
    truth = replace(EMPTY, persons={SNAPSHOT: staff}, board=board)
    assert answer(truth, "9", "percentage", "", "board", "BME").value == Fraction(100, 16)
    assert answer(truth, "9", "difference_from_workforce", "", "board", "BME").value == Fraction(-15, 4)
    assert answer(truth, "9", "difference_from_workforce", "", "executive", "BME").value == -10


def test_a_missing_kind_of_extract_is_not_collected() -> None:
    without = {kind: dates for kind, dates in EMPTY.delivered.items() if kind not in ("board", "training")}
    truth = replace(EMPTY, delivered=without, persons={SNAPSHOT: people("White", 3)})
    assert answer(truth, "9", "percentage", "", "board", "BME").state == "not_collected"
    assert answer(truth, "9", "headcount", "", "workforce", "White").value == 3
    assert answer(truth, "4", "workforce", "", "", "White").state == "not_collected"
