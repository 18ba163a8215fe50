"""Published workbooks from 2021 on, as far as their form is known: several sheets, `% Never`, `-`, trailing spaces."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb
import openpyxl

from wres_pipeline.extracts.intake import landing
from wres_pipeline.reference.local import LocalMappings

HEADERS = [
    ["", "", "", "", "", "Q14a", "", "", "", "", "", "Q15 ", "", "", ""],
    ["", "", "", "", "", "In the last 12 months how many times … from patients / service users", "", "", "", "", "",
     "Does your organisation act fairly with regard to career progression / promotion?", "", "", ""],
    ["National NHS Staff Survey 2021", "", "", "", "", "", "", "", "", "", "", "", "", "", ""],
    ["", "", "", "", "", "", "", "", "", "", "", "", "", "", ""],
    ["ODS Code", "Organisation Name", "Benchmarking Group", "Region", "Weighting", "% Never", "% 1-2", "% 3-5", "% 6-10",
     "% More than 10", "Base (number of responses)", "% Yes", "% No", "% Don't know ", "Base (number of responses)"],
]  # fmt: skip
ROWS = [
    [
        "11N",
        "NHS Kernow CCG ",
        "CCGs",
        "South West",
        "Occupation Group",
        88.7,
        8.1,
        2.0,
        0.9,
        0.3,
        221,
        61.2,
        8.1,
        30.7,
        219,
    ],
    [
        "XYZ",
        "Small Body",
        "CCGs",
        "South West",
        "Occupation Group",
        "-",
        "-",
        "-",
        "-",
        "-",
        "-",
        "-",
        "-",
        "-",
        "-",
    ],
]


def _write(path: Path) -> None:
    book = openpyxl.Workbook()
    notes = book.active
    assert notes is not None
    notes.title = "Notes"
    notes.append(["Results by organisation"])
    for title in ("Harassment", "Harassment weighted"):
        sheet = book.create_sheet(title)
        for row in [*HEADERS, *ROWS]:
            sheet.append([None if c == "" else c for c in row])
        for row_number in (1, 2):
            sheet.merge_cells(start_row=row_number, end_row=row_number, start_column=6, end_column=11)
            sheet.merge_cells(start_row=row_number, end_row=row_number, start_column=12, end_column=15)
    book.save(path)


def test_a_workbook_of_several_sheets_gives_a_row_a_percentage(tmp_path: Path) -> None:
    folder = tmp_path / "11N"
    folder.mkdir()
    _write(folder / "staff_survey_2021.xlsx")
    with duckdb.connect() as con:
        delivery = landing.land_file(
            con,
            folder / "staff_survey_2021.xlsx",
            "11N",
            now=datetime(2026, 11, 24),
            mappings=LocalMappings(),
        )
        assert delivery.kind == "staff_survey_organisations"
        assert delivery.rows_in == delivery.rows_accepted == 2 * 2 * 8
        found = con.execute(
            "SELECT ods_code, organisation_name, question, measure, percent, base FROM raw_staff_survey_organisations "
            "WHERE ods_code = '11N' AND json_extract_string(extra, '$.sheet') = 'Harassment' ORDER BY row_number"
        ).fetchall()
        assert found[0] == ("11N", "NHS Kernow CCG", "Q14a", "% Never", "88.7", "221")
        assert found[7] == ("11N", "NHS Kernow CCG", "Q15", "% Don't know", "30.7", "219")
        dashes = con.execute(
            "SELECT DISTINCT percent, base FROM raw_staff_survey_organisations WHERE ods_code = 'XYZ'"
        )
        assert dashes.fetchall() == [("-", "-")]
