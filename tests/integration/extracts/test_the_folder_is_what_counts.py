"""The folder says what counts: a grown warehouse and a fresh one give the same figures for the same folder."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.integration.extracts.clean_extracts import Table, clean, write_csv
from wres_pipeline.extracts.canonical import core
from wres_pipeline.extracts.intake import folder_events, landing
from wres_pipeline.extracts.intake.deliveries import LandingReport
from wres_pipeline.extracts.outcomes import file_findings
from wres_pipeline.indicators import store
from wres_pipeline.indicators.figure import COLUMNS
from wres_pipeline.reference.local import LocalMappings

NOW = datetime(2026, 11, 24)
NONE = LocalMappings()

FILES = {
    "esr_staff_list_2020-03-31.csv": "esr_staff_list",
    "esr_staff_list_2021-03-31.csv": "esr_staff_list",
    "esr_staff_list_2021-03-31_v2.csv": "esr_staff_list",
    "ESR Staff List 2021-03-31 FINAL.csv": "esr_staff_list",
    "training_2021-03-31.csv": "training",
    "training_2021-03-31 (2).csv": "training",
    "trac_applications_2021-03-31.csv": "trac_applications",
    "trac_applications_2020-09-30.csv": "trac_applications",
}
BROKEN = 9
FOLDER = st.dictionaries(st.sampled_from(sorted(FILES)), st.sampled_from([6, 7, 12, BROKEN]), min_size=1)


def fill(folder: Path, wanted: dict[str, int]) -> None:
    """Make `folder` hold these files and no others: so many rows each, or a file that nobody can read."""
    for path in folder.iterdir():
        path.unlink()
    for name, rows in wanted.items():
        if rows == BROKEN:
            (folder / name).write_text("nothing that is a table\n")
        else:
            write_csv(clean(FILES[name], rows), folder).rename(folder / ".waiting")
            (folder / ".waiting").rename(folder / name)


def land(con: duckdb.DuckDBPyConnection, extracts: Path) -> LandingReport:
    report = landing.land_folder(con, extracts, ["X01"], now=NOW, mappings=NONE)
    core.build(con, core.CORE_TABLES, ["X01"], {})
    return report


def figures(con: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    store.make(con, ["X01"], 2021)
    return con.execute(f"SELECT {', '.join(COLUMNS)} FROM figures ORDER BY ALL").fetchall()


@settings(max_examples=12, deadline=None)
@given(st.lists(FOLDER, min_size=2, max_size=4))
def test_figures_of_a_warehouse_that_has_grown_equal_those_of_a_fresh_one(
    states: list[dict[str, int]],
) -> None:
    with tempfile.TemporaryDirectory() as name, duckdb.connect() as grown, duckdb.connect() as fresh:
        folder = Path(name) / "X01"
        folder.mkdir()
        for state in states:
            fill(folder, state)
            land(grown, folder.parent)
            after = figures(grown)
        land(fresh, folder.parent)
        assert after == figures(fresh)


def told(con: duckdb.DuckDBPyConnection, extracts: Path, report: LandingReport) -> dict[str, str]:
    """What is found of files that came or went, with the end of what to do."""
    folder_events.keep(con, extracts, ["X01"], report)
    found = file_findings.find(con, ["X01"], None)
    return {one.code: one.remedy.split("; ")[-1] for one in found if one.code.startswith("file_")}


def test_a_file_that_is_gone_no_longer_counts_and_is_told_and_counts_again_once_it_is_back(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "X01"
    folder.mkdir()
    wanted = {"esr_staff_list_2021-03-31.csv": 6, "training_2021-03-31.csv": 6}
    with duckdb.connect() as con:
        fill(folder, wanted)
        assert land(con, tmp_path).gone == []
        fill(folder, {"esr_staff_list_2021-03-31.csv": 6})
        report = land(con, tmp_path)
        assert [d.file_name for d in report.gone] == ["training_2021-03-31.csv"]
        assert told(con, tmp_path, report) == {
            "file_gone": "else put training_2021-03-31.csv back into the folder X01."
        }
        assert con.execute("SELECT kind FROM current_deliveries").fetchall() == [("esr_staff_list",)]
        assert con.execute("SELECT count(*) FROM core_training").fetchone() == (0,)
        assert land(con, tmp_path).gone == []
        fill(folder, wanted)
        report = land(con, tmp_path)
        assert [d.file_name for d in report.returned] == ["training_2021-03-31.csv"]
        assert told(con, tmp_path, report) == {"file_restored": "else take it out of the folder."}
        assert con.execute("SELECT count(*) FROM core_training").fetchone() == (6,)


def test_of_two_files_of_one_day_the_later_by_name_counts_whichever_landed_first(tmp_path: Path) -> None:
    folder = tmp_path / "X01"
    folder.mkdir()
    with duckdb.connect() as con:
        fill(folder, {"esr_staff_list_2021-03-31_v2.csv": 7})
        land(con, tmp_path)
        fill(folder, {"esr_staff_list_2021-03-31_v2.csv": 7, "esr_staff_list_2021-03-31.csv": 6})
        land(con, tmp_path)
        counts = con.execute("SELECT file_name, rows_in FROM current_deliveries").fetchall()
        assert counts == [("esr_staff_list_2021-03-31_v2.csv", 7)]


def test_a_file_renamed_is_the_same_delivery_under_its_new_name(tmp_path: Path) -> None:
    folder = tmp_path / "X01"
    folder.mkdir()
    table: Table = clean("training")
    with duckdb.connect() as con:
        write_csv(table, folder)
        land(con, tmp_path)
        (folder / "training_2021-03-31.csv").rename(folder / "Training 20210331 final.csv")
        report = land(con, tmp_path)
        assert (report.landed, report.gone) == ([], [])
        assert con.execute("SELECT file_name FROM current_deliveries").fetchall() == [
            ("Training 20210331 final.csv",)
        ]
