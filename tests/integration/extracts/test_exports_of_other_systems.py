"""What Power BI, web pages, wrong encodings and quoted lines make of an extract is read as what it was; what cannot be is refused
with a remedy that leads on."""

from __future__ import annotations

from pathlib import Path

import pytest

from wres_pipeline.extracts import contracts
from wres_pipeline.extracts.intake.folder_events import _unused
from wres_pipeline.extracts.outcomes import checking, label_checks
from wres_pipeline.extracts.reading.headings import match, nearest
from wres_pipeline.reference.codes import ethnicity
from wres_pipeline.reference.local import LocalMappings

STAFF = ("Employee Number", "Assignment Number", "Ethnic Origin", "Staff Group", "Pay Scale")
ROW = "21500001,21500001-2,A White - British,Nursing and Midwifery Registered,NHS|XR05|Review Body Band 5"


def checked(folder: Path, name: str, text: str) -> checking.CheckPage:
    (folder / name).write_text(text, encoding="utf-8")
    return checking.check_file(folder / name, LocalMappings())


def test_a_heading_with_its_table_is_read_unless_the_table_is_of_another_person() -> None:
    contract = contracts.load("esr_staff_list")
    found = match(["Staff[Employee Number]", "'Staff List'[Ethnic Origin]"], contract, {})
    assert found.columns == {"employee_number": 0, "ethnic_origin": 1}
    assert match(["Line Manager[Employee Number]"], contract, {}).columns == {}


def test_a_list_of_which_each_row_stands_in_quotation_marks_is_read_and_told(tmp_path: Path) -> None:
    lines = [",".join(STAFF), ROW, ROW.replace("21500001", "21500002").replace("White", '"White"')]
    text = "".join('"' + line.replace('"', '""') + '"\n' for line in lines)
    page = checked(tmp_path, "esr_staff_list_2021-03-31.csv", text)
    assert (page.rows_in, page.rows_accepted) == (2, 2)
    assert "Note: each whole row stands in quotation marks" in page.as_text()


def test_a_label_is_known_as_a_web_page_and_as_a_wrong_encoding_write_it() -> None:
    british = ethnicity.resolve("A White - British")
    assert ethnicity.resolve("A White &#8211; British") == british
    assert ethnicity.resolve("A White \u00e2\u20ac\u201c British") == british
    assert ethnicity.resolve("White &amp; Manx") == ethnicity.UNMAPPED


def test_a_heading_that_says_the_contrary_is_never_offered() -> None:
    """Whoever added the line would turn every answer round."""
    assert nearest("Non Mandatory", contracts.load("training")) == []
    assert nearest("Not Shortlisted", contracts.load("trac_applications")) == []
    assert nearest("Mandatry", contracts.load("training"))[0][1] == "is_mandatory"


def test_a_row_of_percentages_is_no_row_of_headings(tmp_path: Path) -> None:
    text = "Question,White staff,All other ethnic groups\nQ13a,15.2,24.1\nQ13b,10.1,12.3\n"
    refused = checked(tmp_path, "staff_survey_2020.csv", text).refused
    assert refused is not None and "24.1" not in "".join(refused)
    assert refused[1] == "Send the extract with its headings: Question, Ethnic Group, Percent."


def test_a_survey_with_its_years_side_by_side_lacks_its_percentages(tmp_path: Path) -> None:
    text = "Question,Ethnic Group,2019,2020,Base,Measure\nQ13a,White staff,9.9,15.2,210,experienced\n"
    refused = checked(tmp_path, "staff_survey_2020.csv", text).refused
    assert refused is not None and "no column for percent" in refused[0]


def test_a_single_unknown_heading_is_not_offered_for_its_contrary(tmp_path: Path) -> None:
    text = "Member ID,Role,Non-Voting,Executive,Ethnic Origin\nB1,Chair,N,N,A White - British\n"
    refused = checked(tmp_path, "board_2021-03-31.csv", text).refused
    assert refused is not None and "no column for is_voting" in refused[0]
    assert "Non-Voting,is_voting" not in refused[1]


def test_what_is_no_table_is_refused_as_what_it_is(tmp_path: Path) -> None:
    records = '{"Employee Number": "21500001", "Ethnic Origin": "A White - British"}\n'
    assert checked(tmp_path, "esr_staff_list_2021-03-31.csv", records).refused == (
        "it holds JSON, not a table of rows.", "Export it as CSV or as a workbook.",
    )  # fmt: skip
    columns = "".join(
        "".join(cell.ljust(24) for cell in row) + "\n"
        for row in (STAFF, ["21500001", "21500001-2", "A", "Nursing", "Band 5"])
    )
    refused = checked(tmp_path, "esr_staff_list_2021-03-31.csv", columns).refused
    assert refused is not None and "parted by blanks alone" in refused[0]


def test_a_column_that_may_say_who_did_not_attend_is_told_also_in_a_word_no_list_holds(
    tmp_path: Path,
) -> None:
    for heading, is_told in (
        ("Booking Status", True),
        ("No Show", True),
        ("Completed Y/N", True),
        ("Assignment Status", False),
        ("Venue", False),
    ):
        text = f"Employee Number,Course Name,Completion Date,{heading}\n01000001,Coaching,11-MAY-2020,x\n"
        page = checked(tmp_path, "training_2021-03-31.csv", text)
        assert ("attendance_not_read" in {one.code for one in page.findings}) is is_told, heading


def test_one_organisation_in_two_spellings_is_one(tmp_path: Path) -> None:
    text = f"{','.join(STAFF)},Organisation\n{ROW},Invented Trust\n{ROW.replace('21500001', '21500002')},INVENTED  TRUST\n"
    codes = {one.code for one in checked(tmp_path, "esr_staff_list_2021-03-31.csv", text).findings}
    assert "several_organisations" not in codes
    text = text.replace("INVENTED  TRUST", "Neighbour Trust")
    assert "several_organisations" in {
        one.code for one in checked(tmp_path, "esr_staff_list_2021-03-31.csv", text).findings
    }


APPLIED = "Application ID,Vacancy Reference,Ethnic Origin,Date Applied,Current Stage,Employer"


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("esr_staff_list_2021-03-31.csv", f"Effective Date: 31-MAR-2020\n{','.join(STAFF)}\n{ROW}\n", "another_day_said"),
        ("esr_staff_list_2021-03-31.csv", f"Staff in post as at 31 March 2021; run 6 April 2021\n{','.join(STAFF)}\n{ROW}\n", ""),
        ("esr_staff_list_2021-03-31.csv", f"{','.join(STAFF)},Snapshot Date\n{ROW},2021-02-28\n", "another_day_said"),
        ("esr_staff_list_2021-03-31.csv", f"{','.join(STAFF)},Month\n{ROW},01/03/2021\n", ""),
        ("staff_survey_2020.csv", "NHS Staff Survey 2019\nQuestion,Ethnic Group,Percent\nQ13a,White staff,15.2\n", "another_day_said"),
        ("staff_survey_2020.csv", "Question,Ethnic Group,Percent,Survey Year\nQ13a,White staff,15.2,2019\n", "another_day_said"),
        ("staff_survey_2020.csv", "Question,Ethnic Group,Percent,Year\nQ13a,White staff,15.2,2021\n", ""),
        ("trac_applications_2021-03-31.csv",
         f"{APPLIED}\nA1,V1,WHITE - British,04-MAY-2020,Applied,Ours\nA2,V2,WHITE - British,04-MAY-2020,Applied,Theirs\n",
         "several_organisations"),
    ],
)  # fmt: skip
def test_a_file_that_says_it_is_of_another_day_or_of_several_bodies_is_told(
    tmp_path: Path, name: str, text: str, code: str
) -> None:
    codes = {one.code for one in checked(tmp_path, name, text).findings}
    assert {"another_day_said", "several_organisations"} & codes == ({code} if code else set())


def test_a_column_of_several_days_blocks_and_one_of_another_day_is_to_look_at(tmp_path: Path) -> None:
    """Two months in one file count the people of both; a whole file of another day may be misnamed."""
    for days, severity in ((("31/03/2021", "28/02/2021"), "blocks"), (("28/02/2021",) * 2, "look_at")):
        people = (ROW.replace("21500001", f"2150000{n}") for n in (1, 2))
        rows = "".join(f"{row},{day}\n" for row, day in zip(people, days, strict=True))
        text = f"{','.join(STAFF)},Snapshot Date\n{rows}"
        found = checked(tmp_path, "esr_staff_list_2021-03-31.csv", text).findings
        assert [one.severity for one in found if one.code == "another_day_said"] == [severity], days


def test_a_page_to_sign_in_is_refused_as_one(tmp_path: Path) -> None:
    page = "<!DOCTYPE html><html><title>Sign in</title><form>Your session has expired</form></html>"
    refused = checked(tmp_path, "training_2021-03-31.xls", page).refused
    assert refused is not None and "a web page without a table" in refused[0]


def test_a_packed_extract_is_not_passed_over_as_no_extract(tmp_path: Path) -> None:
    assert _unused(tmp_path / "training_2021-03-31.csv.gz", "X01") == (
        "its name is that of an extract, but a file ending in .gz is not read.",
        "Export it as CSV or a workbook (unpack it first, if it is packed).",
    )
    assert _unused(tmp_path / "training needs.pdf", "X01")[1].startswith("Nothing to do")


@pytest.mark.parametrize("label", ["Informal Disciplinary", "Disciplinary (Informal)", "Non Disciplinary"])
def test_a_label_is_never_offered_its_contrary(label: str) -> None:
    assert label_checks.nearest(label, "case_types") == ()


@pytest.mark.parametrize(
    ("column", "stage", "rows"),
    [
        (
            "Shortlisted",
            "Interview declined",
            3,
        ),  # who declined had been shortlisted: by the stage they count
        ("Shortlisted", "Rejected at shortlisting", 0),
        ("Appointed", "Start date agreed", 3),
        ("Appointed", "Offer withdrawn", 0),
    ],
)
def test_blanks_of_a_flag_that_the_stage_makes_a_yes_are_told_whatever_became_of_the_person(
    tmp_path: Path, column: str, stage: str, rows: int
) -> None:
    told = [f"A{n},V1,A White - British,04-MAY-2020,Start date agreed,Y" for n in range(20)]
    blank = [f"B{n},V1,A White - British,04-MAY-2020,{stage}," for n in range(3)]
    text = (
        "\n".join(
            [
                f"Application Reference,Vacancy Reference,Ethnic Origin,Date Applied,Stage,{column}",
                *told,
                *blank,
            ]
        )
        + "\n"
    )
    page = checked(tmp_path, "trac_applications_2021-03-31.csv", text)
    assert page.rows_accepted == 23
    assert sum(one.rows for one in page.findings if one.code == "flags_left_to_the_stage") == rows


def test_who_starts_on_the_day_of_the_list_is_in_post(tmp_path: Path) -> None:
    lines = [
        f"{','.join(STAFF)},Latest Start Date",
        f"{ROW},31-MAR-2021",
        f"{ROW.replace('21500001', '21500002')},01-APR-2021",
    ]
    page = checked(tmp_path, "esr_staff_list_2021-03-31.csv", "\n".join(lines) + "\n")
    assert [one.rows for one in page.findings if one.code == "not_yet_started"] == [1]


@pytest.mark.parametrize(("headings", "is_told"), [(2, False), (3, True)])
def test_a_row_of_three_headings_among_the_data_is_a_second_export(
    tmp_path: Path, headings: int, is_told: bool
) -> None:
    other = [*("Staff Group", "Ethnic Origin", "Employee Number")[:headings], *("x",) * (5 - headings)]
    lines = [",".join(STAFF), ROW, ",".join(other), ROW.replace("21500001", "21500002")]
    page = checked(tmp_path, "esr_staff_list_2021-03-31.csv", "\n".join(lines) + "\n")
    assert ("headings_in_another_order" in {one.code for one in page.findings}) is is_told
