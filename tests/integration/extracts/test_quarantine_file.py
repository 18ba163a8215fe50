"""The quarantine's CSV: every reason a row, no formula, readable by its owner only."""

from __future__ import annotations

import csv
import stat
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from tests.integration.extracts.clean_extracts import clean, write_csv
from wres_pipeline.extracts.intake import landing
from wres_pipeline.extracts.outcomes import rejected_rows_file
from wres_pipeline.reference.local import LocalMappings


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_a_cell_that_begins_like_a_formula_stays_text(text: str) -> None:
    assert rejected_rows_file.plain(text) == "'" + text
    assert rejected_rows_file.plain("A White - British") == "A White - British"
    assert rejected_rows_file.plain(None) == ""


def test_the_file_says_where_each_row_stands_and_what_to_do(tmp_path: Path) -> None:
    table = clean("esr_staff_list").with_cell(1, 0, "").with_cell(2, 0, "=1E+07")
    table = table.with_cell(2, 0, "1.0E+07")
    target = tmp_path / "restricted" / "quarantine.csv"
    with duckdb.connect() as con:
        landing.land_file(
            con, write_csv(table, tmp_path), "X01", now=datetime(2026, 11, 24), mappings=LocalMappings()
        )
        assert rejected_rows_file.write(con, "X01", target) == 2
        assert rejected_rows_file.write(con, "X02", tmp_path / "none.csv") == 0
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with target.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [(r["file"], r["row"], r["column"], r["looks_like"]) for r in rows] == [
        ("esr_staff_list_2021-03-31.csv", "3", "employee_number", "blank"),
        ("esr_staff_list_2021-03-31.csv", "4", "employee_number", "9.9A+99"),
    ]
    assert all(r["what_to_do"] for r in rows)
    assert list(tmp_path.glob("**/*.part")) == []
