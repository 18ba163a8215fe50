"""The ledger: landed once, whole or not at all, the later delivery counts, and no person in a message."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from tests.integration.extracts.clean_extracts import Table, clean, write_csv, write_xlsx
from wres_pipeline.extracts import contracts
from wres_pipeline.extracts.intake import landing, ledger, loading, resubmission, staged_file
from wres_pipeline.extracts.intake.refusal import RefusedFile
from wres_pipeline.quality import expectations
from wres_pipeline.reference import years
from wres_pipeline.reference.local import LocalMappings

NOW = datetime(2026, 11, 24)
LATER = datetime(2026, 11, 25)
NONE = LocalMappings()


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "X01"
    found.mkdir()
    return found


def tables(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    names = ["deliveries", "quarantine", *(contracts.load(k).table for k in contracts.kinds())]
    return {n: con.execute(f"SELECT count(*) FROM {n}").fetchall()[0][0] for n in names}


def test_a_file_lands_once_however_often_the_folder_is_read(
    con: duckdb.DuckDBPyConnection, folder: Path
) -> None:
    write_csv(clean("esr_staff_list"), folder)
    write_xlsx(clean("training"), folder)
    first = landing.land_folder(con, folder.parent, None, now=NOW, mappings=NONE)
    before = tables(con)
    second = landing.land_folder(con, folder.parent, None, now=LATER, mappings=NONE)
    assert (len(first.landed), len(first.already)) == (2, 0)
    assert (len(second.landed), len(second.already)) == (0, 2)
    assert tables(con) == before


def test_a_delivery_has_the_same_id_in_every_warehouse(folder: Path) -> None:
    path = write_csv(clean("esr_staff_list"), folder)
    ids = set()
    for _ in range(2):
        with duckdb.connect() as con:
            ids.add(landing.land_file(con, path, "X01", now=NOW, mappings=NONE).delivery_id)
    assert len(ids) == 1


def test_a_refused_file_leaves_nothing_and_does_not_stop_the_others(
    con: duckdb.DuckDBPyConnection, folder: Path
) -> None:
    mixed = clean("esr_staff_list").with_cell(0, 9, "31/12/2015").with_cell(1, 9, "12/31/2015")
    write_csv(mixed, folder)
    write_csv(clean("training"), folder)
    report = landing.land_folder(con, folder.parent, None, now=NOW, mappings=NONE)
    assert [d.kind for d in report.landed] == ["training"]
    assert "row 2" in report.refused[0].reason and "row 3" in report.refused[0].reason
    assert tables(con)["raw_esr_staff_list"] == 0
    assert ledger.discrepancies(con) == []


def test_the_row_number_is_the_one_a_spreadsheet_shows(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    for n, path in enumerate((write_csv(clean("training"), folder), write_xlsx(clean("training"), folder))):
        landing.land_file(con, path, f"X{n}", now=NOW, mappings=NONE)
    found = con.execute(
        "SELECT DISTINCT row_number, employee_number FROM raw_training ORDER BY ALL"
    ).fetchall()
    assert found == [(n + 1, f"0100{n:04d}") for n in range(1, 7)]


def test_the_later_of_two_deliveries_of_one_period_counts(
    con: duckdb.DuckDBPyConnection, folder: Path
) -> None:
    table = clean("esr_staff_list")
    write_csv(table, folder)
    landing.land_folder(con, folder.parent, None, now=NOW, mappings=NONE)
    write_csv(table.with_cell(0, 3, "N Black or Black British - African"), folder)
    landing.land_folder(con, folder.parent, None, now=LATER, mappings=NONE)
    assert tables(con)["deliveries"] == 2
    assert con.execute("SELECT loaded_at FROM current_deliveries").fetchall() == [(LATER,)]


def test_content_put_back_in_the_folder_counts_again(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    table = clean("esr_staff_list")
    changed = table.with_cell(0, 3, "N Black or Black British - African")
    for content, now in ((table, NOW), (changed, NOW), (table, LATER)):
        write_csv(content, folder)
        report = landing.land_folder(con, folder.parent, None, now=now, mappings=NONE)
    assert len(report.returned) == 1
    assert con.execute("SELECT delivery_id FROM current_deliveries").fetchall() == [
        (report.returned[0].delivery_id,)
    ]
    assert landing.land_folder(con, folder.parent, None, now=LATER, mappings=NONE).returned == []


def test_what_moved_between_two_deliveries_is_counted(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    table = clean("esr_staff_list")  # six people: H, Z, N, A, H, Z
    write_csv(table, folder)
    landing.land_folder(con, folder.parent, None, now=NOW, mappings=NONE)
    moved = (
        table.with_cell(0, 3, "A White - British")  # BME to White
        .with_cell(3, 3, "White - British")  # another spelling of one category: no change
        .with_cell(1, 5, "NHS|XR06|Review Body Band 6")  # band 5 to 6
    )
    rows = (*moved.rows[:5], ("0100777", "0100777", *moved.rows[5][2:]))  # the sixth gone, a new one added
    write_csv(Table(moved.kind, moved.stem, moved.headings, rows), folder)
    landing.land_folder(con, folder.parent, None, now=LATER, mappings=NONE)
    found = resubmission.record(con, {}, now=LATER)
    assert len(found) == 1
    one = found[0]
    assert (one.added, one.gone, one.changed, one.changed_ethnicity, one.changed_group, one.changed_band) == (
        1,
        1,
        3,
        1,
        1,
        1,
    )
    assert resubmission.record(con, {}, now=LATER) == []
    assert resubmission.all_recorded(con) == found


def test_a_row_that_gets_lost_behind_the_ledger_s_back_shows(
    con: duckdb.DuckDBPyConnection, folder: Path
) -> None:
    landing.land_file(con, write_csv(clean("training"), folder), "X01", now=NOW, mappings=NONE)
    assert ledger.discrepancies(con) == []
    con.execute("DELETE FROM raw_training WHERE row_number = 3")
    lost = ledger.discrepancies(con)
    assert [(d.rows_in, d.stored) for d in lost] == [(6, 5)]


@pytest.mark.parametrize(
    ("damage", "failed"),
    [
        ("DELETE FROM raw_training WHERE row_number = 3", {"every_row_is_stored"}),
        ("UPDATE raw_training SET row_number = 4 WHERE row_number = 3", {"every_row_has_its_own_number"}),
        ("UPDATE deliveries SET rows_accepted = 5", {"rows_in_equal_rows_accounted_for"}),
        (
            "UPDATE deliveries SET rows_accepted = 5, rows_quarantined = 1",
            {"quarantine_holds_every_quarantined_row"},
        ),
    ],
)
def test_what_happens_behind_the_ledger_s_back_fails_a_blocking_check(
    con: duckdb.DuckDBPyConnection, folder: Path, damage: str, failed: set[str]
) -> None:
    landing.land_file(con, write_csv(clean("training"), folder), "X01", now=NOW, mappings=NONE)
    checks = [e for e in expectations.of_assets(["deliveries"]) if e.severity == "blocking"]

    def found() -> set[str]:
        year = years.load(2021)
        outcomes = expectations.run(con, checks, ["X01"], year, declaration_target=0.95)
        return {one.check for one in outcomes if one.passed is False}

    assert found() == set()
    con.execute(damage)
    assert found() == failed


def test_a_file_that_grows_while_it_is_read_is_refused(
    con: duckdb.DuckDBPyConnection, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_csv(clean("training"), folder)
    honest = staged_file.content_hash

    def growing(found: Path) -> str:
        digest = honest(found)
        with found.open("a", encoding="utf-8") as file:
            file.write("01009999,One more,N,01-JAN-2021\n")
        return digest

    monkeypatch.setattr(staged_file, "content_hash", growing)
    with pytest.raises(RefusedFile, match="still being written"):
        landing.land_file(con, path, "X01", now=NOW, mappings=NONE)
    assert tables(con)["raw_training"] == 0


def test_an_organisation_without_a_folder_is_said_so(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    report = landing.land_folder(con, folder.parent, ["X99"], now=NOW, mappings=NONE)
    assert [(r.organisation_code, r.reason) for r in report.refused] == [("X99", "it has no folder X99.")]


def test_files_that_are_no_extract_are_skipped_and_named(
    con: duckdb.DuckDBPyConnection, folder: Path
) -> None:
    (folder / "actions.yaml").write_text("actions: []\n", encoding="utf-8")
    (folder / "~$training_2021-03-31.xlsx").write_bytes(b"lock")
    report = landing.land_folder(con, folder.parent, None, now=NOW, mappings=NONE)
    assert (report.skipped[0], report.refused) == (("X01", "actions.yaml"), [])


def test_progress_is_told_before_each_file(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    write_csv(clean("training"), folder)
    write_csv(clean("appraisals"), folder)
    told: list[tuple[int, int, str]] = []
    landing.land_folder(
        con, folder.parent, None, now=NOW, mappings=NONE, progress=lambda *said: told.append(said)
    )
    assert told == [(0, 2, "appraisals_2021-03-31.csv"), (1, 2, "training_2021-03-31.csv")]


CANARIES = ("Canaryname", "canary@example.nhs.uk", "ZZ1 9ZZ", "TN987654C", "09998887", "13-NOV-1977")


@pytest.mark.parametrize(
    "fault", ["no headings", "mixed dates", "one column misspelt", "data above", "unclosed quote"]
)
def test_no_person_stands_in_a_refusal(con: duckdb.DuckDBPyConnection, folder: Path, fault: str) -> None:
    headings = ["Employee Number", "Assignment Number", "Ethnic Origin", "Staff Group", "Pay Scale", "Last Name", "Email",
                "Postcode", "NI Number", "Date Of Birth"]  # fmt: skip
    row = ["09998887", "09998887-2", "A", "x", "y", *CANARIES[:4], CANARIES[5]]
    lines = [headings, row, row]
    if fault == "no headings":
        lines = [row, row]
    elif fault == "mixed dates":
        lines = [headings, [*row[:-1], "31/12/1977"], [*row[:-1], "12/31/1977"]]
    elif fault == "one column misspelt":
        lines[0] = [h.replace("Pay Scale", "Pay Scael") for h in headings]
    elif fault == "data above":
        lines = [row, ["Employee Number", "Ethnic Origin", *row[2:]], row]
    text = "\n".join(",".join(cells) for cells in lines)
    if fault == "unclosed quote":
        text += '\n"' + ",".join(row)
    path = folder / "esr_staff_list_2021-03-31.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RefusedFile) as refusal:
        landing.land_file(con, path, "X01", now=NOW, mappings=NONE)
    for canary in CANARIES:
        assert canary not in str(refusal.value)


def test_no_person_stands_in_the_ledger(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    table = clean("esr_staff_list").with_cell(0, 0, "1.23456E+07").with_cell(1, 8, "the 13th of Canaryname")
    delivery = landing.land_file(con, write_csv(table, folder), "X01", now=NOW, mappings=NONE)
    assert "Canaryname" not in str(delivery.reading)
    shapes = con.execute("SELECT shape, reason, remedy FROM quarantine").fetchall()
    assert shapes[0][0] == "9.99999A+99"
    assert "1.23456" not in str(shapes)


def test_a_heading_made_known_counts_from_the_next_run_on(
    con: duckdb.DuckDBPyConnection, folder: Path
) -> None:
    text = "Employee Number,Course Name,Completion Date,Obligatory\n0100001,Course,01-JUL-2020,Y\n"
    (folder / "training_2021-03-31.csv").write_text(text, encoding="utf-8")
    first = landing.land_folder(con, folder.parent, None, now=NOW, mappings=NONE).landed[0]
    # what no contract knows is not kept; once it is known, the file is read again
    assert con.execute("SELECT is_mandatory, extra FROM raw_training").fetchall() == [(None, None)]
    own = LocalMappings(headings={"obligatory": "is_mandatory"})
    second = landing.land_folder(con, folder.parent, None, now=LATER, mappings=own).landed[0]
    assert (second.delivery_id, second.sequence, second.loaded_at) == (
        first.delivery_id,
        first.sequence,
        first.loaded_at,
    )
    assert con.execute("SELECT is_mandatory, extra FROM raw_training").fetchall() == [("Y", None)]
    assert ledger.discrepancies(con) == []
    assert landing.land_folder(con, folder.parent, None, now=LATER, mappings=own).landed == []


def test_a_large_file_is_numbered_in_file_order(
    con: duckdb.DuckDBPyConnection, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "NUMBERED_AFTERWARDS", 0)
    lines = "".join(f"{n:07d},Course {n},N,01-JUL-2020\n" for n in range(2, 200_002))
    path = folder / "training_2021-03-31.csv"
    path.write_text("Employee Number,Course Name,Mandatory,Completion Date\n" + lines, encoding="utf-8")
    landing.land_file(con, path, "X01", now=NOW, mappings=NONE)
    wrong = con.execute(
        "SELECT count(*) FROM raw_training WHERE employee_number::BIGINT <> row_number"
    ).fetchall()
    assert wrong == [(0,)]
