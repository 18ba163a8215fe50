"""The clerk's workbook: what it says, what may be written in it, and that what was written is kept and held against ESR."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from tests.people_rows import put
from wres_pipeline import schema
from wres_pipeline.reports.restricted import clerk_workbook

MARCH, APRIL = date(2021, 3, 31), date(2021, 4, 30)


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """Three people on the list of March: blank at St Ruan, not stated and in conflict at Bay; one in April."""
    made = duckdb.connect(":memory:")
    schema.bring_up(made)
    for as_at, number, state, site, now in (
        (MARCH, "00100", "missing_in_esr", "St Ruan", ""),
        (MARCH, "101", "not_stated_in_esr", "Bay", "Not Stated"),
        (MARCH, "102", "conflict", "Bay", "A White - British"),
        (APRIL, "00100", "in_sync", "St Ruan", "N Black African"),
        (APRIL, "101", "not_stated_in_esr", "Bay", "Not Stated"),
        (APRIL, "102", "in_sync", "Bay", "N Black African"),
    ):
        put(
            made, "quality_gap", organisation_code="X01", as_at=as_at, application_id=f"AR-{number}", state=state,
            employee_number=number, start_date=date(2020, 11, 2), trac_ethnic_origin="BLACK - African", trac_code="N",
            trac_as_at=as_at, esr_ethnic_origin=now, esr_snapshot=as_at, counted=True,
        )  # fmt: skip
        put(
            made, "core_staff", organisation_code="X01", snapshot_date=as_at, employee_number=number,
            first_name="=Ama", last_name=f"Osei{number}", delivery_id="s",
        )  # fmt: skip
        put(
            made, "core_assignments", row_number=1, chosen=True, organisation_code="X01", snapshot_date=as_at, employee_number=number, site=site,
            staff_group="Nursing", job_role="Nurse", delivery_id="s",
        )  # fmt: skip
    yield made
    made.close()


def sheet_of(path: Path) -> tuple[openpyxl.Workbook, Any, dict[str, list[Any]]]:
    """The workbook, its list, and the list's rows by application."""
    book = openpyxl.load_workbook(path)
    sheet = book[clerk_workbook.TO_KEY]
    rows = {str(row[-1].value): list(row) for row in sheet.iter_rows(min_row=5) if row[-1].value}
    return book, sheet, rows


def test_the_list_says_whom_what_why_and_from_where_by_site(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    path = clerk_workbook.write(con, "X01", MARCH, tmp_path / "2021-03")
    _, _, rows = sheet_of(path)
    assert list(rows) == ["AR-101", "AR-102", "AR-00100"]
    assert [cell.value for cell in rows["AR-00100"][:9]] == [
        "00100", "=Ama Osei00100", "St Ruan", "Nursing", "Nurse", "blank", "N Black or Black British - African",
        "Blank in ESR though declared", "TRAC of 31 March 2021; started 2 November 2020",
    ]  # fmt: skip
    assert rows["AR-102"][6].value.startswith("Ask the person: TRAC says N ")
    assert rows["AR-00100"][1].data_type == "s" and rows["AR-00100"][0].number_format == "@"


def test_the_list_says_how_many_of_the_corrections_are_of_people_who_have_left(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    put(
        con, "quality_gap", organisation_code="X01", as_at=MARCH, application_id="AR-103", state="missing_in_esr",
        employee_number="103", trac_code="N", trac_as_at=MARCH, esr_snapshot=date(2020, 3, 31), counted=True,
    )  # fmt: skip
    _, sheet, rows = sheet_of(clerk_workbook.write(con, "X01", MARCH, tmp_path / "2021-03"))
    assert len(rows) == 3
    assert sheet["A3"].value.endswith(
        "1 more of the correction list is of people who have left: nothing to key."
    )


def test_only_the_clerk_s_three_columns_can_be_written_and_they_offer_a_list_and_a_day(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    _, sheet, rows = sheet_of(clerk_workbook.write(con, "X01", MARCH, tmp_path / "2021-03"))
    assert sheet.protection.sheet
    free = [
        name
        for name, cell in zip(clerk_workbook.HEADINGS, rows["AR-101"], strict=True)
        if not cell.protection.locked
    ]
    assert free == ["Done", "Date done", "Remark"]
    assert {(v.type, str(v.sqref)) for v in sheet.data_validations.dataValidation} == {
        ("list", "J5:J7"),
        ("date", "K5:K7"),
    }
    assert sheet.freeze_panes == "C5" and sheet.auto_filter.ref == "A4:M7"


def marked(path: Path) -> None:
    """What a clerk does: marks two rows, one with a word of their own, and moves nothing else."""
    book, _, rows = sheet_of(path)
    rows["AR-00100"][9].value, rows["AR-00100"][10].value = "done", date(2021, 4, 5)
    rows["AR-101"][9].value, rows["AR-101"][10].value = "asked Tuesday", "about Easter"
    rows["AR-101"][11].value = "on leave"
    book.save(path)


def test_marks_are_kept_when_the_month_is_made_again_and_counted(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    path = clerk_workbook.write(con, "X01", MARCH, tmp_path / "2021-03")
    marked(path)
    clerk_workbook.write(con, "X01", MARCH, tmp_path / "2021-03")
    assert clerk_workbook.marks(path) == {
        "AR-00100": clerk_workbook.Mark("done", date(2021, 4, 5), ""),
        "AR-101": clerk_workbook.Mark("asked Tuesday", None, "about Easter; on leave"),
    }
    cached = openpyxl.load_workbook(path, data_only=True)
    assert cached[clerk_workbook.TO_KEY]["A2"].value == "2 of 3 marked; 1 left"
    left = [[cell.value for cell in row] for row in cached[clerk_workbook.LEFT].iter_rows(min_row=2)]
    assert left == [["Bay", 2, 1, 1], ["St Ruan", 1, 1, 0]]


def test_next_month_says_which_marks_held(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    marked(clerk_workbook.write(con, "X01", MARCH, tmp_path / "2021-03"))
    path = clerk_workbook.write(con, "X01", APRIL, tmp_path / "2021-04")
    rows = list(
        openpyxl.load_workbook(path)[clerk_workbook.LAST_MONTH].iter_rows(min_row=2, values_only=True)
    )
    assert [(row[0], row[1], row[4]) for row in rows] == [
        ("AR-00100", "done", "ESR is right now"),
        ("AR-101", "asked Tuesday", "ESR still lacks it"),
    ]


def test_a_workbook_that_cannot_be_read_is_kept_beside_and_told(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    folder = tmp_path / "2021-03"
    folder.mkdir()
    (folder / clerk_workbook.NAME).write_bytes(b"half a file")
    path = clerk_workbook.write(con, "X01", MARCH, folder)
    assert (folder / clerk_workbook.NOT_READ).read_bytes() == b"half a file"
    assert clerk_workbook.NOT_READ in sheet_of(path)[1]["A3"].value


def test_columns_may_be_moved_and_added_and_a_sheet_without_the_list_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = clerk_workbook.TO_KEY
    sheet.append(["my notes", "Application", "Done", "Name"])
    sheet.append(["", 4711, "done", "A"])
    book.save(tmp_path / "moved.xlsx")
    assert clerk_workbook.marks(tmp_path / "moved.xlsx") == {"4711": clerk_workbook.Mark("done")}
    sheet.delete_rows(1)
    book.save(tmp_path / "none.xlsx")
    with pytest.raises(ValueError, match="no row with the headings 'Application' and 'Done'"):
        clerk_workbook.marks(tmp_path / "none.xlsx")


def test_the_same_corrections_and_marks_give_the_same_bytes(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    first = clerk_workbook.write(con, "X01", MARCH, tmp_path / "a" / "2021-03").read_bytes()
    again = clerk_workbook.write(con, "X01", MARCH, tmp_path / "b" / "2021-03").read_bytes()
    assert first == again and io.BytesIO(first).read(2) == b"PK"


def test_where_settings_ask_the_last_column_names_what_else_esr_lacks_and_no_answer(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    """TRAC holds disability and religion of two; ESR holds disability of one of them and has a field for both."""
    for number, in_esr in (
        ("00100", "disability"),
        ("101", "religion_or_belief,sex"),
        ("102", "disability,sex"),
    ):
        con.execute(
            "UPDATE core_staff SET characteristics_answered = ? WHERE employee_number = ?",
            [in_esr, number],
        )
        put(
            con, "core_applications", organisation_code="X01", as_at=MARCH, delivery_id="t", application_id=f"AR-{number}",
            row_number=1, characteristics_answered="disability" if number == "102" else "disability,religion_or_belief",
        )  # fmt: skip
    path = clerk_workbook.write(con, "X01", MARCH, tmp_path / "2021-03", characteristics=True)
    rows = list(openpyxl.load_workbook(path)[clerk_workbook.TO_KEY].iter_rows(min_row=4, values_only=True))
    assert rows[0][-2:] == ("Application", "Also answered in TRAC and not in ESR")
    assert {row[-2]: row[-1] or "" for row in rows[1:]} == {
        "AR-00100": "religion or belief",
        "AR-101": "disability",
        "AR-102": "",
    }
    marked_again = clerk_workbook.write(con, "X01", MARCH, tmp_path / "2021-03", characteristics=False)
    assert sheet_of(marked_again)[1].max_column == 13
