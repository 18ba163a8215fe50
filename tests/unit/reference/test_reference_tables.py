"""The room as a whole: it loads fast and alone, and every row says how sure it is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from wres_pipeline.reference import tables

NAMES = sorted(path.stem for path in (tables.FOLDER / "lists").glob("*.csv") if path.stem != "files")
IMPORT_ALL = (
    "from wres_pipeline.reference import indicators, local, survey, years; "
    "from wres_pipeline.reference.codes import assignments, cases, ethnicity, job_roles, pay_bands, "
    "recruitment, staff_groups; import sys; years.load(2021); "
    "print([m for m in ('pandas', 'numpy', 'duckdb', 'dagster', 'scipy') if m in sys.modules])"
)


def test_the_room_needs_nothing_heavy_to_be_imported() -> None:
    found = subprocess.run([sys.executable, "-c", IMPORT_ALL], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


@pytest.mark.parametrize("name", NAMES)
def test_every_file_says_where_its_rows_come_from(name: str) -> None:
    rows = tables.rows(name)
    assert rows
    assert {"evidence", "source", "lives_in"} & set(rows[0])


def test_one_label_with_two_meanings_is_refused() -> None:
    twice = [{"label": "Bank", "means": "bank"}, {"label": "BANK ", "means": "other"}]
    with pytest.raises(tables.ReferenceFileError, match="'BANK ' means both 'bank' and 'other'"):
        tables.by_label("assignment_categories", lambda row: row["means"], twice)


def test_the_list_of_files_names_every_file_of_the_room_and_its_loader() -> None:
    listed = {row["file"]: row["read_by"] for row in tables.rows("files")}
    places = [*tables.FOLDER.iterdir(), *(tables.FOLDER / "lists").iterdir()]
    there = {path.name for path in places if path.suffix in {".csv", ".yaml", ".json"}}
    assert set(listed) == there - {"files.csv"}
    for file, loader in listed.items():
        place = next(p for p in (tables.FOLDER / loader, tables.FOLDER.parent / loader) if p.exists())
        assert Path(file).stem in place.read_text(encoding="utf-8"), file
