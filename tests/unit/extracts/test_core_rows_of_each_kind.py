"""What one row of each extract becomes in its core table, landed and made canonical as any delivery is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from wres_pipeline.extracts.canonical import core
from wres_pipeline.extracts.intake import landing
from wres_pipeline.reference.local import LocalMappings

AS_AT = date(2021, 3, 31)
FILES = {
    "trac_applications_2021-03-31.csv": """\
Application ID,Vacancy Reference,Current Stage,Shortlisted,Interviewed,Offered,Appointed,Date Applied,Ethnic Origin
A01,V1,Starting,,,,,02/05/2020,A White - British
A02,V1,Shortlisting: Rejected,,,,,02/05/2020,A White - British
A03,V1,Interview,,,,,02/05/2020,A White - British
A04,V1,Invited for Interview,,,,,02/05/2020,A White - British
A05,V1,Offer withdrawn,,,,,02/05/2020,A White - British
A06,V1,Shortlisting: Rejected,Y,Y,N,N,02/05/2020,A White - British
A07,V1,Starting,N,,,,02/05/2020,A White - British
A08,V1,Offer,10/05/2020,20/05/2020,25/05/2020,,02/05/2020,A White - British
A09,V1,Starting,10/05/2020,20/05/2020,25/05/2020,30/05/2020,02/05/2020,A White - British
A10,V1,Interview,,,,,,A White - British
A11,V1,Teleported,,,,,02/05/2020,A White - British
A12,V1,Withdrawn,,,,,02/05/2020,Z Not Stated
A13,V1,Interview,,,,,02/05/2020,A White - British
A13,V1,Starting,,,,,02/05/2020,A White - British
A13,V1,Offer,,,,,02/05/2020,A White - British
""",
    "employee_relations_2021-03-31.csv": """\
Case Reference,Employee Number,Case Type,Date Opened,Formal Investigation Start,Ethnic Origin
C1,00017,Disciplinary,01-APR-2020,09-APR-2020,
C2,,Disciplinary,01-APR-2020,,White British
C3,00018,Grievance,01-APR-2020,09-APR-2020,
C4,00019,Duel at dawn,01-APR-2020,09-APR-2020,
""",
    "training_2021-03-31.csv": """\
Employee Number,Course Name,Mandatory,Completion Date,Requested,Approved
00017,Coaching,N,01-SEP-2020,01-AUG-2020,Y
00017,NHS|MAND|Fire Safety|1 Year|,,01-SEP-2020,,
00017,NHS|MAND|Fire Safety|1 Year|,N,02-SEP-2020,,
00017,Coaching,,03-SEP-2020,,
00018,Leadership,N,,01-AUG-2020,N
""",
    "appraisals_2021-03-31.csv": "Employee Number,Last Appraisal Date\n00017,01-FEB-2021\n00018,\n",
    "staff_survey_2020.csv": """\
Question,Ethnic Group,Percent,Base,Measure
Q13a,White staff,25.5%,"1,200",Experienced
Q13a,All other ethnic groups,-,,Experienced
Q13a,All staff,26,1300,Experienced
""",
    "board_2021-03-31.csv": """\
Name,Member ID,Role,Voting,Executive,Start,End,Ethnic Origin
,B1,Chair,Y,N,01-JAN-2018,,A White - British
Somebody,,Chief Executive,1,Yes,01-JAN-2018,31-DEC-2020,H Indian
""",
    "provider_returns.csv": """\
Provider Code,Provider Name,Year,Indicator,Ethnic Group,Percent,Base,Source,Note
REF,A hospital,2020,5,BME,31.5,"1,034",published return,
""",
}


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    place = tmp_path_factory.mktemp("core_rows")
    (place / "X01").mkdir()
    for name, text in FILES.items():
        (place / "X01" / name).write_text(text, encoding="utf-8")
    with duckdb.connect(":memory:") as connection:
        report = landing.land_folder(
            connection, place, None, now=datetime(2021, 4, 6), mappings=LocalMappings()
        )
        assert (len(report.landed), report.refused) == (len(FILES), [])
        core.build(connection, core.CORE_TABLES, ["X01"], {})
        yield connection


def all_of(con: duckdb.DuckDBPyConnection, table: str, columns: str, order: str) -> list[tuple[Any, ...]]:
    return con.execute(f"SELECT {columns} FROM {table} ORDER BY {order}").fetchall()


@pytest.mark.parametrize(
    ("application", "shortlisted", "interviewed", "offered", "appointed", "withdrawn"),
    [
        # the stage tells the least that happened
        ("A01", True, True, True, True, False),
        ("A02", False, False, False, False, False),
        ("A03", True, True, False, False, False),
        ("A04", True, False, False, False, False),
        ("A05", True, True, True, False, True),
        # a column of its own says more, and counts first
        ("A06", True, True, False, False, False),
        ("A07", False, True, True, True, False),
        ("A08", True, True, True, False, False),
        ("A09", True, True, True, True, False),
        # a stage no list knows, and a withdrawal of which nothing more is said
        ("A11", False, False, False, False, False),
        ("A12", False, False, False, False, True),
    ],
)
def test_how_far_an_application_went(
    con: duckdb.DuckDBPyConnection,
    application: str,
    shortlisted: bool,
    interviewed: bool,
    offered: bool,
    appointed: bool,
    withdrawn: bool,
) -> None:
    found = con.execute(
        "SELECT shortlisted, interviewed, offered, appointed, withdrawn FROM core_applications "
        "WHERE application_id = ?",
        [application],
    ).fetchall()
    assert found == [(shortlisted, interviewed, offered, appointed, withdrawn)]


def test_an_application_in_several_rows_counts_once_by_the_row_in_which_it_went_furthest(
    con: duckdb.DuckDBPyConnection,
) -> None:
    found = all_of(con, "core_applications", "application_id, stage, appointed", "row_number")
    assert [row for row in found if row[0] == "A13"] == [("A13", "Starting", True)]
    assert len(found) == 13


def test_a_stage_no_list_knows_is_marked(con: duckdb.DuckDBPyConnection) -> None:
    assert con.execute("SELECT application_id FROM core_applications WHERE NOT stage_known").fetchall() == [
        ("A11",)
    ]


@pytest.mark.parametrize(
    ("application", "reference_date", "appointed_on"),
    [
        ("A01", date(2020, 5, 2), None),  # the day applied
        ("A09", date(2020, 5, 10), date(2020, 5, 30)),  # the day shortlisted
        ("A08", date(2020, 5, 10), date(2020, 5, 25)),  # the day offered stands in for that of appointment
        ("A10", AS_AT, None),  # no date at all: the day of the extract
    ],
)
def test_the_day_that_decides_an_applications_year(
    con: duckdb.DuckDBPyConnection, application: str, reference_date: date, appointed_on: date | None
) -> None:
    found = con.execute(
        "SELECT reference_date, appointed_on FROM core_applications WHERE application_id = ?", [application]
    ).fetchall()
    assert found == [(reference_date, appointed_on)]


def test_a_case_is_disciplinary_another_or_named_as_unknown(con: duckdb.DuckDBPyConnection) -> None:
    columns = "case_reference, employee_number, case_kind, formal_investigation_started, wres_group"
    assert all_of(con, "core_disciplinary_cases", columns, "case_reference") == [
        ("C1", "00017", "disciplinary", date(2020, 4, 9), "Unknown"),
        ("C2", None, "disciplinary", None, "White"),
        ("C3", "00018", "other", date(2020, 4, 9), "Unknown"),
        ("C4", "00019", "unmapped", date(2020, 4, 9), "Unknown"),
    ]


def test_the_mandatory_mark_of_a_course_counts_where_there_is_no_flag(
    con: duckdb.DuckDBPyConnection,
) -> None:
    columns = "employee_number, left(course, 8), is_mandatory, completed, requested, approved"
    assert all_of(con, "core_training", columns, "row_number") == [
        ("00017", "Coaching", False, date(2020, 9, 1), date(2020, 8, 1), "Y"),
        ("00017", "NHS|MAND", True, date(2020, 9, 1), None, ""),
        ("00017", "NHS|MAND", False, date(2020, 9, 2), None, ""),
        ("00017", "Coaching", None, date(2020, 9, 3), None, ""),
        ("00018", "Leadersh", False, None, date(2020, 8, 1), "N"),
    ]


def test_an_appraisal_never_held_has_no_date(con: duckdb.DuckDBPyConnection) -> None:
    assert all_of(con, "core_appraisals", "employee_number, last_appraisal", "1") == [
        ("00017", date(2021, 2, 1)),
        ("00018", None),
    ]


def test_a_survey_percentage_keeps_its_base_and_a_dash_is_no_value(con: duckdb.DuckDBPyConnection) -> None:
    columns = "survey_year, question, ethnic_group, percent, base, measure"
    assert all_of(con, "core_survey_results", columns, "row_number") == [
        (2020, "Q13a", "White", 25.5, 1200, "experienced"),
        (2020, "Q13a", "BME", None, None, "experienced"),
        (2020, "Q13a", "", 26.0, 1300, "experienced"),
    ]


def test_a_board_member_without_a_number_is_told_by_name(con: duckdb.DuckDBPyConnection) -> None:
    columns = "member_id, role, is_voting, is_executive, start_date, end_date, wres_group"
    assert all_of(con, "core_board_members", columns, "row_number") == [
        ("B1", "Chair", True, False, date(2018, 1, 1), None, "White"),
        ("Somebody", "Chief Executive", True, True, date(2018, 1, 1), date(2020, 12, 31), "BME"),
    ]


def test_a_figure_another_body_published(con: duckdb.DuckDBPyConnection) -> None:
    columns = "provider_code, year, indicator, ethnic_group, percent, base, source"
    assert all_of(con, "core_provider_returns", columns, "1") == [
        ("REF", 2020, "5", "BME", 31.5, 1034, "published return")
    ]


@pytest.mark.parametrize(
    ("cells", "first", "last", "born"),
    [
        ("Ada Lovelace,,,05/03/62", "Ada", "Lovelace", date(1962, 3, 5)),
        ('"Lovelace, Ada Augusta",,,05/03/1962', "Ada Augusta", "Lovelace", date(1962, 3, 5)),
        # a column of its own counts before the cell that holds both
        ("Ada Lovelace,Augusta,King,05/03/02", "Augusta", "King", date(2002, 3, 5)),
        ("Lovelace,,,31/12/20", None, "Lovelace", date(2020, 12, 31)),
        # nobody is born after the extract: 2021-04-01 would be
        ("Ada Lovelace,,,01/04/21", "Ada", "Lovelace", date(1921, 4, 1)),
        (",,,", None, None, None),
    ],
)
def test_an_applicant_s_names_and_date_of_birth_however_written(
    tmp_path: Path, cells: str, first: str | None, last: str | None, born: date | None
) -> None:
    (tmp_path / "X01").mkdir()
    (tmp_path / "X01" / "trac_applications_2021-03-31.csv").write_text(
        "Application ID,Vacancy Reference,Ethnic Origin,Current Stage,Applicant Name,First Name,Last Name,Date of Birth\n"
        f"A01,V1,A White - British,Starting,{cells}\n",
        encoding="utf-8",
    )
    with duckdb.connect(":memory:") as connection:
        report = landing.land_folder(
            connection, tmp_path, None, now=datetime(2021, 4, 6), mappings=LocalMappings()
        )
        assert report.refused == []
        core.build(connection, (*core.CORE_TABLES, *core.IDENTITIES), ["X01"], {})
        found = all_of(connection, "core_identities", "first_name, last_name, date_of_birth", "1")
    assert found == [(first, last, born)]


def test_a_member_of_staff_is_never_born_after_the_staff_list(tmp_path: Path) -> None:
    (tmp_path / "X01").mkdir()
    (tmp_path / "X01" / "esr_staff_list_2021-03-31.csv").write_text(
        "Employee Number,Ethnic Origin,Staff Group,Grade,Assignment Number,Primary,Date of Birth\n"
        "00017,A White - British,Administrative and Clerical,NHS|XR05|Review Body Band 5,00017,Y,01/06/45\n"
        "00018,A White - British,Administrative and Clerical,NHS|XR05|Review Body Band 5,00018,Y,01/06/61\n",
        encoding="utf-8",
    )
    with duckdb.connect(":memory:") as connection:
        landing.land_folder(connection, tmp_path, None, now=datetime(2021, 4, 6), mappings=LocalMappings())
        core.build(connection, (*core.CORE_TABLES, *core.IDENTITIES), ["X01"], {})
        found = all_of(connection, "core_identities", "employee_number, date_of_birth", "1")
    assert found == [("00017", date(1945, 6, 1)), ("00018", date(1961, 6, 1))]


def test_applications_of_one_person_share_a_number_that_says_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "X01").mkdir()
    (tmp_path / "X01" / "trac_applications_2021-03-31.csv").write_text(
        "Application ID,Vacancy Reference,Ethnic Origin,Current Stage,First Name,Last Name,Date of Birth,Email,NI Number,Postcode\n"
        "A01,V1,A White - British,Starting,Ann,Lee,01/02/1980,ann@x.example,AB 12 34 56 C,ZZ1 1ZZ\n"
        "A02,V2,A White - British,Starting,Anna,Leigh,,other@x.example,ab123456c,\n"
        "A03,V3,A White - British,Starting,Bo,Rae,01/02/1981,bo@x.example,,\n"
        "A04,V4,A White - British,Starting,Bob,Ray,,BO@X.EXAMPLE,,ZZ1 1ZZ\n"
        "A05,V5,A White - British,Starting,Cy,Fox,03/04/1982,,,\n"
        "A06,V6,A White - British,Starting,CY,fox,3/4/1982,,,\n"
        "A07,V7,A White - British,Starting,Cy,Fox,,,,\n"
        "A08,V8,A White - British,Starting,Cy,Fox,,,,\n",
        encoding="utf-8",
    )
    with duckdb.connect(":memory:") as connection:
        landing.land_folder(connection, tmp_path, None, now=datetime(2021, 4, 6), mappings=LocalMappings())
        core.build(connection, core.CORE_TABLES, ["X01"], {})
        found = all_of(connection, "core_applications", "application_id, applicant, particulars_held", "1")
    of = {number: applicant for number, applicant, _ in found}
    assert of["A01"] == of["A02"] and of["A03"] == of["A04"] and of["A05"] == of["A06"]
    assert sorted(set(of.values())) == [1, 2, 3, 4, 5]
    assert [held for _, _, held in found][:3] == [
        "ni_number,date_of_birth,email,postcode", "ni_number,email", "date_of_birth,email",
    ]  # fmt: skip
