"""The real published files of ../shared/data are read, and every figure equals the file's own cell."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
from python_calamine import CalamineWorkbook

from wres_pipeline.extracts.intake import landing, ledger
from wres_pipeline.reference.local import LocalMappings

NOW = datetime(2026, 11, 24)
WORKBOOK = "nss_2018_violence_harassment_by_religion.xls"
ORGANISATIONS = "nss_organisations_2021_2024.csv"


@pytest.fixture(scope="module")
def landed(
    shared_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    for name in (WORKBOOK, ORGANISATIONS):
        if not (shared_data / name).is_file():
            pytest.skip(f"{name} is not on this machine")
    folder = tmp_path_factory.mktemp("published") / "X01"
    folder.mkdir()
    shutil.copy(shared_data / WORKBOOK, folder / "staff_survey_2018.xls")
    shutil.copy(shared_data / ORGANISATIONS, folder / ORGANISATIONS)
    with duckdb.connect() as con:
        report = landing.land_folder(con, folder.parent, None, now=NOW, mappings=LocalMappings())
        assert report.refused == []
        assert len(report.landed) == 2
        yield con


def test_every_percentage_and_base_of_the_2018_workbook_is_read(
    landed: duckdb.DuckDBPyConnection, shared_data: Path
) -> None:
    rows = (
        CalamineWorkbook.from_path(shared_data / WORKBOOK).get_sheet_by_name("abuse_sheet5_mean").to_python()
    )
    # questions of the sheet: column of the first answer, of the base (by eye, from the file)
    blocks = {"Q12a": (2, 7), "Q13a": (26, 31), "Q13b": (32, 37), "Q13c": (38, 43), "Q14": (50, 53), "Q15a": (54, 56),
              "Q15b": (57, 59)}  # fmt: skip
    for question, (first, base) in blocks.items():
        stored = landed.execute(
            "SELECT coalesce(organisation_name, ethnic_group), percent, base FROM raw_staff_survey_organisations "
            "WHERE survey_year = '2018' AND question = ? ORDER BY row_number",
            [question],
        ).fetchall()
        expected = [
            (str(row[1]).strip(), float(str(row[column])), float(str(row[base])))
            for row in rows[5:]
            for column in range(first, base)
        ]
        assert [(name, float(percent), float(number)) for name, percent, number in stored] == expected


def test_groups_answers_and_weighting_of_the_2018_workbook_are_told_apart(
    landed: duckdb.DuckDBPyConnection,
) -> None:
    found = landed.execute(
        "SELECT DISTINCT organisation_name, ethnic_group, weighting FROM raw_staff_survey_organisations "
        "WHERE survey_year = '2018' ORDER BY ALL"
    ).fetchall()
    assert ("ALL TRUSTS", None, "Unweighted") in found
    assert (None, "Muslim staff", "Unweighted") in found
    assert len(found) == 11
    answers = landed.execute(
        "SELECT DISTINCT measure FROM raw_staff_survey_organisations WHERE survey_year = '2018' AND question = 'Q14'"
    ).fetchall()
    assert {a for (a,) in answers} == {"Yes", "No", "Don't Know"}


def test_the_2018_workbook_has_54_percentages_in_each_of_its_11_rows(
    landed: duckdb.DuckDBPyConnection,
) -> None:
    # 66 columns of values, 12 of them bases
    count = landed.execute(
        "SELECT rows_in FROM deliveries WHERE file_name = 'staff_survey_2018.xls'"
    ).fetchone()
    assert count == (54 * 11,)


def test_every_figure_of_the_organisations_file_equals_its_cell(
    landed: duckdb.DuckDBPyConnection, shared_data: Path
) -> None:
    with (shared_data / ORGANISATIONS).open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    stems = ("Ethnic_minority", "Emotional_public", "Emotional_manager", "Emotional_colleagues", "Discrimination_internal",
             "Discrimination_public")  # fmt: skip
    expected = sorted(
        (row["ODS code"], row["Year"], stem, row[f"{stem}_rate"], row[f"{stem}_base"])
        for row in rows
        for stem in stems
    )
    stored = landed.execute(
        "SELECT ods_code, r.survey_year, question_text, coalesce(percent, ''), coalesce(base, '') "
        "FROM raw_staff_survey_organisations r JOIN deliveries d USING (delivery_id) WHERE d.file_name = ? ORDER BY ALL",
        [ORGANISATIONS],
    ).fetchall()
    assert sorted(stored) == expected
    assert len(stored) == 1075 * 6


def test_kernow_in_2021_is_read_under_the_questions_of_that_year(landed: duckdb.DuckDBPyConnection) -> None:
    found = dict(
        landed.execute(
            "SELECT question, base FROM raw_staff_survey_organisations WHERE ods_code = '11N' AND survey_year = '2021'"
        ).fetchall()
    )
    assert {"Q14a": "221", "Q14b": "220", "Q14c": "219", "Q16b": "221"}.items() <= found.items()


def test_the_published_files_add_up(landed: duckdb.DuckDBPyConnection) -> None:
    assert ledger.discrepancies(landed) == []
