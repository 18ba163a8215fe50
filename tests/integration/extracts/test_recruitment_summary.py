"""TRAC's aggregate report: a column a stage, sections by characteristic; only ethnicity is read, totals set aside."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from tests.integration.extracts.clean_extracts import Table, as_html, write_csv, write_xlsx
from wres_pipeline.extracts.intake import landing
from wres_pipeline.extracts.intake.refusal import RefusedFile
from wres_pipeline.extracts.outcomes import rejected_rows
from wres_pipeline.reference.local import LocalMappings

REPORT = [
    ["Equality monitoring report", "", "", "", "", "", ""],
    ["", "Applications", "%", "Shortlisted", "%", "Appointed", "%"],
    ["Gender", "", "", "", "", "", ""],
    ["Male", "1,200", "60", "90", "50", "9", "45"],
    ["Ethnic Origin", "", "", "", "", "", ""],
    ["WHITE - British", "1,500", "75", "140", "78", "16", "80"],
    ["ASIAN or ASIAN BRITISH - Indian", "500", "25", "40", "22", "4", "20"],
    ["Total", "2,000", "100", "180", "100", "20", "100"],
    ["Disability", "", "", "", "", "", ""],
    ["Yes", "100", "5", "9", "5", "1", "5"],
]
EXPECTED = [
    ("applied", "WHITE - British", "1,500"), ("shortlisted", "WHITE - British", "140"), ("appointed", "WHITE - British", "16"),
    ("applied", "ASIAN or ASIAN BRITISH - Indian", "500"), ("shortlisted", "ASIAN or ASIAN BRITISH - Indian", "40"),
    ("appointed", "ASIAN or ASIAN BRITISH - Indian", "4"),
]  # fmt: skip


def land(path: Path) -> tuple[landing.Delivery, list[tuple[str, str, str]], list[tuple[str, int]]]:
    with duckdb.connect() as con:
        delivery = landing.land_file(con, path, "X01", now=datetime(2026, 11, 24), mappings=LocalMappings())
        rows = con.execute(
            "SELECT stage, ethnic_origin, applications FROM raw_recruitment_summary r WHERE row_number NOT IN "
            "(SELECT row_number FROM quarantine) ORDER BY row_number"
        ).fetchall()
        return delivery, rows, con.execute("SELECT reason, count(*) FROM quarantine GROUP BY 1").fetchall()


@pytest.mark.parametrize("form", ["csv", "xlsx", "html"])
def test_the_ethnic_section_of_a_report_becomes_a_row_a_stage_and_group(tmp_path: Path, form: str) -> None:
    table = Table(
        "recruitment_summary",
        "recruitment_summary_2021-03-31",
        tuple(REPORT[0]),
        tuple(map(tuple, REPORT[1:])),
    )
    if form == "xlsx":
        path = write_xlsx(table, tmp_path)
    else:
        path = write_csv(table, tmp_path, text=as_html(table) if form == "html" else None,
                         suffix=".xls" if form == "html" else ".csv")  # fmt: skip
    delivery, rows, aside = land(path)
    assert rows == EXPECTED
    assert aside == [(rejected_rows.TOTAL, 3)]
    assert delivery.reading["notes"] == ["2 rows about other characteristics than ethnicity are not read"]


def test_a_report_with_an_ethnicity_column_needs_no_sections(tmp_path: Path) -> None:
    text = "Ethnic Group,Applicants,Shortlisted,Appointed\nWHITE - British,1500,140,16\n"
    path = tmp_path / "recruitment_summary_2021-03-31.csv"
    path.write_text(text, encoding="utf-8")
    _, rows, _ = land(path)
    assert rows == [("applied", "WHITE - British", "1500"), ("shortlisted", "WHITE - British", "140"),
                    ("appointed", "WHITE - British", "16")]  # fmt: skip


def test_a_long_report_is_read_as_it_is(tmp_path: Path) -> None:
    text = "Stage,Ethnic Origin,Applications\nShortlisted,WHITE - British,140\n"
    path = tmp_path / "recruitment_summary_2021-03-31.csv"
    path.write_text(text, encoding="utf-8")
    _, rows, _ = land(path)
    assert rows == [("Shortlisted", "WHITE - British", "140")]


def test_a_report_without_ethnicity_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "recruitment_summary_2021-03-31.csv"
    path.write_text("Report\n,Applications,Shortlisted\nGender,,\nMale,10,2\n", encoding="utf-8")
    with pytest.raises(RefusedFile, match="not one row"):
        land(path)
