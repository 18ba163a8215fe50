"""Files that hold people: who may read them, what stands in them, and that a spreadsheet runs nothing."""

from __future__ import annotations

import csv
import io
import stat
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.people_rows import put
from wres_pipeline import linkage, schema
from wres_pipeline.quality.trac_to_esr import gap
from wres_pipeline.reports.restricted import restricted_files

AS_AT = date(2021, 3, 31)


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    made = duckdb.connect(":memory:")
    schema.bring_up(made)
    for number, esr_state, first in (
        ("100", "not_recorded", "Ama"),
        ("101", "declared", "=cmd|'/C calc'!A0"),
    ):
        person = {"date_of_birth": date(1980, 1, int(number[-1]) + 2), "ni_number": f"AC12345{number[-1]}A"}
        put(
            made,
            "core_staff",
            organisation_code="X01",
            snapshot_date=AS_AT,
            employee_number=number,
            first_name=first,
            last_name="Osei",
            hire_date=date(2020, 9, 7),
            delivery_id="s",
            counted=True,
            ethnic_state=esr_state,
            ethnic_code="N" if esr_state == "declared" else None,
            ethnic_origin="",
            wres_group="BME" if esr_state == "declared" else "Unknown",
            **person,
        )
        put(
            made, "core_applications", organisation_code="X01", as_at=AS_AT, application_id=f"A{number}", appointed=True,
            withdrawn=False, first_name=first, last_name="Osei", date_applied=date(2020, 6, 1),
            start_date=date(2020, 9, 7), ethnic_origin="=BLACK - African", ethnic_code="N", ethnic_state="declared",
            wres_group="BME", delivery_id="t", source="TRAC", **person,
        )  # fmt: skip
    yield made
    made.close()


def read(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))


def written(con: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, Path]:
    linkage.link(con, "X01", AS_AT)
    gap.account(con, ["X01"], AS_AT)
    return {path.name: path for path in restricted_files.write(con, "X01", AS_AT, folder)}


def test_only_the_owner_may_read_the_files_and_the_folder(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    files = written(con, tmp_path / "restricted")
    assert stat.S_IMODE((tmp_path / "restricted").stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in files.values()} == {0o600}
    assert sorted(files) == [
        "esr-corrections.csv",
        "esr-corrections.xlsx",
        "link-review.csv",
        "link-review.html",
        "quarantine.csv",
        "trac-esr-links.csv",
    ]


def test_links_have_the_columns_asked_for(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    rows = read(written(con, tmp_path)["trac-esr-links.csv"])
    assert rows == [
        {"application_id": "A100", "employee_number": "100", "state": "missing_in_esr",
         "method": "ni_and_date_of_birth", "score": "1"},
        {"application_id": "A101", "employee_number": "101", "state": "in_sync",
         "method": "ni_and_date_of_birth", "score": "1"},
    ]  # fmt: skip


def test_the_correction_list_begins_with_what_is_keyed(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    rows = read(written(con, tmp_path)["esr-corrections.csv"])
    assert list(rows[0])[:4] == ["Employee Number", "What to do", "TRAC says", "ESR says"]
    assert [(row["Employee Number"], row["What to do"]) for row in rows] == [("100", "Enter what TRAC holds")]


def test_somebody_who_has_left_the_staff_list_stands_last_with_nothing_to_key(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    con.execute("UPDATE core_staff SET snapshot_date = DATE '2020-12-31' WHERE employee_number = '100'")
    con.execute("UPDATE core_identities SET as_at = DATE '2020-12-31' WHERE employee_number = '100'")
    rows = read(written(con, tmp_path)["esr-corrections.csv"])
    assert [row["What to do"] for row in rows] == ["Has left the staff list: nothing to key"]


def test_a_cell_that_a_spreadsheet_would_run_is_made_text(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    rows = read(written(con, tmp_path)["esr-corrections.csv"])
    assert rows[0]["TRAC says"] == "'=BLACK - African"


def test_the_review_file_shows_both_sides_and_can_be_read_back(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    con.execute(
        "UPDATE core_identities SET ni_number = NULL, date_of_birth = NULL, postcode = 'ZZ1 1AA', email = NULL "
        "WHERE application_id IS NOT NULL"
    )
    con.execute(
        "UPDATE core_identities SET postcode = 'ZZ2 2BB', last_name = 'Osei' WHERE employee_number IS NOT NULL"
    )
    con.execute("UPDATE core_applications SET start_date = DATE '2020-08-01' WHERE application_id = 'A100'")
    rows = read(written(con, tmp_path)["link-review.csv"])
    one = next(row for row in rows if row["application_id"] == "A100")
    assert (one["employee_number"], one["trac_last_name"], one["esr_last_name"]) == ("100", "Osei", "Osei")
    decided = tmp_path / "link-decisions.csv"
    decided.write_text("application_id,employee_number,decision\nA100,100,same\n", encoding="utf-8")
    linkage.link(con, "X01", AS_AT, decided)
    assert gap.account(con, ["X01"], AS_AT)["X01"].states["missing_in_esr"] == 1


def test_quarantined_rows_keep_file_row_reason_and_remedy(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    put(con, "deliveries", delivery_id="d9", kind="training", organisation_code="X01", period=AS_AT, sequence=1,
        file_name="training_2021-03-31.csv")  # fmt: skip
    put(con, "quarantine", delivery_id="d9", row_number=7, sheet="", column_name="completed", shape="99/99/9999",
        reason="no date", remedy="Give a date.", row_text='{"completed": "@x"}')  # fmt: skip
    rows = read(written(con, tmp_path)["quarantine.csv"])
    assert [(row["file_name"], row["row_number"], row["reason"], row["remedy"]) for row in rows] == [
        ("training_2021-03-31.csv", "7", "no date", "Give a date.")
    ]


def test_writing_again_replaces_the_files(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    first = {name: path.read_bytes() for name, path in written(con, tmp_path).items()}
    assert {name: path.read_bytes() for name, path in written(con, tmp_path).items()} == first
    assert not list(tmp_path.glob("*.part"))
