"""A run leaves the warehouse open for a moment after each connection, and other programs still get at it."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from wres_pipeline import warehouse

READ = "import duckdb, sys; print(duckdb.connect(sys.argv[1]).execute('SELECT count(*) FROM wards').fetchone()[0])"


def _another_program_reads(place: Path) -> str:
    done = subprocess.run([sys.executable, "-c", READ, place], capture_output=True, text=True, check=False)
    return done.stdout.strip() or done.stderr


@pytest.fixture
def place(tmp_path: Path) -> Path:
    place = tmp_path / "w.duckdb"
    with warehouse.connect(place) as con:
        con.execute("CREATE TABLE wards (name VARCHAR)")
    return place


def _one_more(place: Path) -> int:
    with warehouse.connect(place) as con:
        con.execute("INSERT INTO wards VALUES ('one')")
        return int(con.execute("SELECT count(*) FROM wards").fetchall()[0][0])


def test_within_the_block_another_program_waits_for_a_moment_only_and_reads_what_was_written(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warehouse, "LINGERS", 30)
    with warehouse.lingering():
        assert [_one_more(place), _one_more(place)] == [1, 2]
        assert "lock" in _another_program_reads(place)
        monkeypatch.setattr(warehouse, "LINGERS", 0.05)
        assert _one_more(place) == 3
        time.sleep(0.3)
        assert _another_program_reads(place) == "3"


def test_after_the_block_the_warehouse_is_closed_and_outside_it_each_connection_is(place: Path) -> None:
    with warehouse.lingering():
        _one_more(place)
    assert _another_program_reads(place) == "1"
    _one_more(place)
    duckdb.connect(
        str(place), read_only=True
    ).close()  # refused where this process still has it open for writing


def test_within_the_block_it_is_read_alone_too_and_a_failed_connection_leaves_nothing_open(
    place: Path,
) -> None:
    with warehouse.lingering():
        _one_more(place)
        with warehouse.connect(place, read_only=True) as con:
            assert con.execute("SELECT count(*) FROM wards").fetchall() == [(1,)]
        with pytest.raises(duckdb.CatalogException), warehouse.connect(place) as con:
            con.execute("BEGIN; INSERT INTO wards VALUES ('two')")
            con.execute("SELECT * FROM nothing")
        assert _one_more(place) == 2
