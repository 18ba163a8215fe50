"""Headings matched, header rows found."""

from __future__ import annotations

from wres_pipeline.extracts import contracts
from wres_pipeline.extracts.reading import headings

STAFF = contracts.load("esr_staff_list")
NEEDED = ["Employee Number", "Assignment Number", "Ethnic Origin", "Staff Group", "Pay Scale"]


def test_the_most_wanted_of_two_headings_of_one_column_is_taken() -> None:
    found = headings.match(["Ethnicity", "Ethnic Origin", *NEEDED[:2]], STAFF, {})
    assert found.columns["ethnic_origin"] == 1
    assert found.repeated == {0: "ethnic_origin"}


def test_a_heading_of_the_organisation_s_own_goes_before_all_others() -> None:
    found = headings.match(["Ethnic Origin", "Heritage"], STAFF, {"heritage": "ethnic_origin"})
    assert found.columns["ethnic_origin"] == 1


def test_a_header_row_is_found_below_fourteen_lines_of_preamble() -> None:
    rows = [["Report"], *[[f"line {n}"] for n in range(13)], NEEDED, ["1", "1-2", "A", "x", "y"]]
    found = headings.find_header(rows, STAFF, {})
    assert found is not None and (found.row, found.height) == (14, 1)


def test_a_header_over_two_rows_is_read_together() -> None:
    rows = [
        ["Employee", "Assignment", "Ethnic", "Staff", "Pay"],
        ["Number", "Number", "Origin", "Group", "Scale"],
        ["1"] * 5,
    ]
    found = headings.find_header(rows, STAFF, {})
    assert found is not None and (found.row, found.height) == (0, 2)
    assert not found.match.missing(STAFF)


def test_a_data_row_below_the_header_is_never_taken_into_it() -> None:
    found = headings.find_header(
        [NEEDED, ["1", "1-2", "A", "x", "y"], ["2", "2-2", "A", "x", "y"]], STAFF, {}
    )
    assert found is not None and found.height == 1


def test_no_header_is_found_among_rows_of_data() -> None:
    assert headings.find_header([["1", "Smith"], ["2", "Jones"]], STAFF, {}) is None


def test_the_nearest_known_heading_is_suggested() -> None:
    assert headings.nearest("Ethnic Orign", STAFF)[0][1] == "ethnic_origin"
    assert headings.nearest("Colour of the door", STAFF) == []


def test_a_cell_that_may_be_a_person_s_is_not_shown() -> None:
    assert "person" not in headings.showable("a.person@example.nhs.uk")
    assert "01012345" not in headings.showable("01012345")
    assert headings.showable("Org  L1\n") == "Org L1"


def test_a_question_heading_may_go_on_in_words() -> None:
    respondents = contracts.load("staff_survey_respondents")
    found = headings.match(["Ethnic Group", "Q14a. Harassment from patients", "q14b"], respondents, {})
    assert {"q14a", "q14b", "ethnic_group"} <= set(found.columns)
