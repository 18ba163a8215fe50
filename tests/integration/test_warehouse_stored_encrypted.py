"""With a key, the warehouse, its log and what does not fit in memory are unreadable; nothing else is different."""

from __future__ import annotations

import gc
import os
import random
import shutil
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from tests import small_extracts
from tests.killed import killed_at, lines_of
from wres_pipeline import warehouse
from wres_pipeline.commands import safekeeping
from wres_pipeline.encryption import key
from wres_pipeline.extracts.canonical import core
from wres_pipeline.extracts.intake import landing
from wres_pipeline.indicators import store
from wres_pipeline.reference.local import LocalMappings
from wres_pipeline.settings import Settings
from wres_pipeline.warehouse import WarehouseBusyError, WarehouseError

CODE, KEY = "X09", "correct horse battery staple"
OURS = ("governance/rewriting.py", "encryption/sealed_warehouse.py")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv(key.VARIABLE, KEY)
    small_extracts.write(tmp_path / "extracts" / CODE)
    return Settings(
        tmp_path / "extracts", tmp_path / "output", tmp_path / "data" / "w.duckdb", tmp_path / "home"
    )


def make(settings: Settings) -> dict[object, str]:
    with warehouse.connect(settings.warehouse) as con:
        landing.land_folder(
            con,
            settings.extracts,
            None,
            now=datetime(2021, 5, 1),
            mappings=LocalMappings.load(None),  # noqa: DTZ001
        )
        core.build(con, [*core.CORE_TABLES, *core.IDENTITIES], [CODE], {})
        store.make(con, [CODE], 2021)
    return figures(settings)


def figures(settings: Settings) -> dict[object, str]:
    with warehouse.connect(settings.warehouse) as con:
        return {figure.key: figure.shown for figure in store.read(con, store.FIGURES, CODE, 2021)}


def people_in(folder: Path) -> list[str]:
    """Particulars and numbers of the thirty people that stand in the bytes of a file of the folder."""
    held = [path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()]
    wanted = [
        text
        for n in range(30)
        for one in [small_extracts.person(n)]
        for text in (one.ni_number, one.email, one.last_name, one.number)
    ]
    return [text for text in wanted if any(text.encode() in content for content in held)]


def test_figures_are_the_same_and_nobody_stands_in_the_file_or_its_log(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed = make(settings)
    assert warehouse.is_sealed(settings.warehouse)
    assert people_in(settings.warehouse.parent) == []
    monkeypatch.delenv(key.VARIABLE)
    plain = Settings(
        settings.extracts,
        settings.output,
        settings.warehouse.with_name("plain.duckdb"),
        settings.dagster_home,
    )
    assert make(plain) == sealed
    assert len(people_in(settings.warehouse.parent)) > 90, "the search is of something"
    assert all(path.stat().st_mode & 0o077 == 0 for path in settings.warehouse.parent.iterdir())


def test_a_wrong_or_missing_key_is_one_line_and_nothing_is_touched(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(settings)
    before = {path: path.read_bytes() for path in settings.warehouse.parent.rglob("*")}
    for given, words in (
        ("another key altogether", "not the one it was encrypted with"),
        ("short", "too short"),
        ("", "WRES_KEY_FILE"),
    ):
        monkeypatch.setenv(key.VARIABLE, given)
        with pytest.raises(WarehouseError, match=words), warehouse.connect(settings.warehouse):
            raise AssertionError("it was opened")
    assert {path: path.read_bytes() for path in settings.warehouse.parent.rglob("*")} == before


def test_an_open_warehouse_becomes_an_encrypted_one_and_back(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(key.VARIABLE)
    before = make(settings)
    assert safekeeping.encrypt(settings) == 2
    assert "the key is not there" in capsys.readouterr().err and not warehouse.is_sealed(settings.warehouse)
    monkeypatch.setenv(key.VARIABLE, KEY)
    assert figures(settings) == before, "a key alone changes nothing of an open warehouse"
    assert safekeeping.encrypt(settings) == safekeeping.encrypt(settings) == 0
    assert warehouse.is_sealed(settings.warehouse) and people_in(settings.warehouse.parent) == []
    assert figures(settings) == before
    assert safekeeping.decrypt(settings) == 0
    monkeypatch.delenv(key.VARIABLE)
    assert figures(settings) == before and len(people_in(settings.warehouse.parent)) > 90


@pytest.mark.parametrize("sealed", [True, False])
def test_the_change_killed_at_any_line_leaves_the_old_warehouse_or_the_new_one(
    settings: Settings, tmp_path: Path, sealed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sealed:
        monkeypatch.delenv(key.VARIABLE)
    before, draw = make(settings), random.Random(16)
    monkeypatch.setenv(key.VARIABLE, KEY)
    act = safekeeping.encrypt if sealed else safekeeping.decrypt

    def copied(name: str) -> Settings:
        (tmp_path / name).mkdir()
        shutil.copyfile(settings.warehouse, tmp_path / name / "w.duckdb")
        return Settings(
            settings.extracts, settings.output, tmp_path / name / "w.duckdb", tmp_path / name / "home"
        )

    whole = copied("all")
    many = lines_of(lambda: act(whole), OURS)
    for line in draw.sample(range(1, many), 5):
        mine = copied(str(line))
        assert killed_at(lambda mine=mine: act(mine), OURS, line)
        assert figures(mine) == before, line
        assert act(mine) == 0
        assert warehouse.is_sealed(mine.warehouse) == sealed and figures(mine) == before
        left = {path.name for path in mine.warehouse.parent.iterdir()} - {"home"}
        assert left <= {"w.duckdb", "w.duckdb.open", "w.duckdb.slot", "w.duckdb.slot.json"}, line


WRITER = """
import sys
from pathlib import Path
from wres_pipeline import warehouse
with warehouse.connect(Path(sys.argv[1])) as con:
    con.execute("CREATE TABLE IF NOT EXISTS lines (n INTEGER, words VARCHAR)")
    while True:
        con.execute("INSERT INTO lines SELECT coalesce(max(n), 0) + 1, repeat('Quillfeather ', 40 + random()::INTEGER) FROM lines")
        print(con.execute("SELECT max(n) FROM lines").fetchone()[0], flush=True)
"""


def test_every_commit_that_was_told_is_there_after_a_kill_at_any_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(key.VARIABLE, KEY)
    place, draw, told = tmp_path / "w.duckdb", random.Random(4), 0
    for _ in range(6):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(place)],
            stdout=subprocess.PIPE,
            text=True,
            env=dict(os.environ),
        ) as writer:
            assert writer.stdout is not None
            for _ in range(draw.randrange(1, 40)):
                told = int(writer.stdout.readline() or 0) or told
            writer.send_signal(signal.SIGKILL)
        assert b"Quillfeather" not in b"".join(
            path.read_bytes() for path in tmp_path.iterdir() if path.is_file()
        )
        if draw.random() < 0.5 and (log := place.with_name("w.duckdb.wal")).exists():
            with log.open("ab") as torn:
                torn.write(os.urandom(draw.randrange(1, 5000)))
    with warehouse.connect(place) as con:
        rows, last = con.execute("SELECT count(*), max(n) FROM lines").fetchall()[0]
    assert rows == last >= told


def test_what_does_not_fit_in_memory_is_written_encrypted_and_gone_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(key.VARIABLE, KEY)
    with warehouse.connect(tmp_path / "w.duckdb") as con:
        con.execute("SET memory_limit = '100MB'")
        con.execute(
            "CREATE TEMP TABLE q AS SELECT 'Quillfeather ' || md5(i::VARCHAR) AS words FROM range(2000000) t(i)"
        )
        con.execute("CREATE TEMP TABLE sorted AS SELECT words FROM q ORDER BY words")
        spilled = [path for path in (tmp_path / "w.duckdb.tmp").iterdir() if path.stat().st_size > 4096]
        assert spilled and all(b"Quillfeather" not in path.read_bytes() for path in spilled)
        assert all(path.stat().st_mode & 0o077 == 0 for path in spilled)
    assert not list(tmp_path.glob("w.duckdb.tmp/*"))


def test_one_process_at_a_time_and_in_it_connections_share_what_they_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(key.VARIABLE, KEY)
    place = tmp_path / "w.duckdb"
    with warehouse.connect(place) as one:
        one.execute("CREATE TABLE lines AS SELECT 1 AS n")
        with warehouse.connect(place) as other:
            assert other.execute("SELECT n FROM lines").fetchall() == [(1,)]
        tried = subprocess.run(
            [sys.executable, "-c", WRITER, str(place)],
            capture_output=True,
            text=True,
            env=dict(os.environ),
            check=False,
        )
        assert WarehouseBusyError.__name__ in tried.stderr
    with warehouse.connect(place) as again:
        assert again.execute("SELECT n FROM lines").fetchall() == [(1,)]


def test_a_cursor_somebody_forgot_leaves_nothing_that_writes_after_the_lock_is_given_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(key.VARIABLE, KEY)
    place = tmp_path / "w.duckdb"
    forgotten = []
    for number in range(6):
        with warehouse.connect(place) as con:
            con.execute("CREATE TABLE IF NOT EXISTS lines (n INTEGER)")
            con.execute("INSERT INTO lines VALUES (?)", [number])
            forgotten.append(warehouse.cursor(con))
            forgotten[-1].execute("SELECT * FROM lines")
    before = place.read_bytes()
    forgotten.clear()
    gc.collect()
    assert place.read_bytes() == before
    with warehouse.connect(place) as con:
        assert con.execute("SELECT count(*) FROM lines").fetchall() == [(6,)]
