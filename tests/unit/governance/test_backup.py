"""A backup is unreadable without its key, is restored whole and elsewhere, and one that was touched is not restored at all."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import time
import tracemalloc
from contextlib import closing
from pathlib import Path

import pytest

from tests.killed import killed_at, lines_of
from wres_pipeline import warehouse
from wres_pipeline.commands import safekeeping as command_backup
from wres_pipeline.encryption import key
from wres_pipeline.governance import backup
from wres_pipeline.pipelines import warehouse_slot
from wres_pipeline.settings import Settings

KEY = "correct horse battery staple"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv(key.VARIABLE, KEY)
    monkeypatch.delenv(key.FILE_VARIABLE, raising=False)
    place = tmp_path / "there"
    made = Settings(place / "extracts", place / "output", place / "w.duckdb", place / "home")
    for name, text in (
        ("home/audit-trail.jsonl", "{}"), ("home/storage/run.db", "x" * 3_000_000), ("output/public/X01/2021/index.html", "page"),
        ("output/X01/2021/sign-off.json", "{}"), ("extracts/X01/esr_staff_list_2021-03-31.csv", "Zebediah Quillfeather"),
    ):  # fmt: skip
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")
    with warehouse.connect(made.warehouse) as con:
        con.execute(
            "CREATE TABLE people AS SELECT 'Zebediah Quillfeather ' || i AS name FROM range(50000) t(i)"
        )
    return made


def test_a_backup_says_nothing_without_its_key_and_comes_back_the_same_elsewhere(
    settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "away" / "wres.backup"
    held = backup.make(settings, file)
    assert file.stat().st_mode & 0o077 == 0
    assert b"Quillfeather" not in file.read_bytes() and b"index.html" not in file.read_bytes()
    there = tmp_path / "elsewhere"
    assert backup.restore(file, there) == held
    assert len(held.files) == 6
    for name in ("home", "output", "extracts"):
        for path in (settings.warehouse.parent / name).rglob("*.*"):
            assert (
                there / name / path.relative_to(settings.warehouse.parent / name)
            ).read_bytes() == path.read_bytes()
    with warehouse.connect(there / "warehouse.duckdb", read_only=True) as con:
        assert con.execute("SELECT count(DISTINCT name) FROM people").fetchall() == [(50000,)]
    assert (there / "warehouse.duckdb").stat().st_mode & 0o077 == 0
    assert (there / "output/public/X01/2021/index.html").stat().st_mode & 0o044 == 0o044


def test_a_backup_asked_for_during_a_run_waits_for_it_says_so_and_holds_what_the_run_left(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    read, write = os.pipe()
    if (run := os.fork()) == 0:
        with warehouse_slot.hold(settings.warehouse, "a run", print):
            os.write(write, b"at work")
            page = settings.output / "public/X01/2021/index.html"
            page.write_text("half", encoding="utf-8")
            time.sleep(0.5)
            page.write_text("whole", encoding="utf-8")
            with warehouse.connect(settings.warehouse) as con:
                con.execute("CREATE TABLE made_last AS SELECT 7 AS seven")
        os._exit(0)
    os.read(read, 7)
    assert command_backup.back_up(settings, tmp_path / "b") == 0
    os.waitpid(run, 0)
    assert "Waiting for a run" in capsys.readouterr().out
    assert command_backup.restore(tmp_path / "b", tmp_path / "elsewhere") == 0
    assert (tmp_path / "elsewhere/output/public/X01/2021/index.html").read_text(encoding="utf-8") == "whole"
    with warehouse.connect(tmp_path / "elsewhere" / "warehouse.duckdb", read_only=True) as con:
        assert con.execute("SELECT seven FROM made_last").fetchall() == [(7,)]


def test_a_database_that_the_web_ui_writes_to_meanwhile_is_backed_up_as_one_state(
    settings: Settings, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(settings.dagster_home / "runs.db", isolation_level=None)) as writing:
        writing.execute("PRAGMA journal_mode = WAL")
        writing.execute("CREATE TABLE events (n INTEGER)")
        writing.execute("INSERT INTO events VALUES (1)")
        writing.execute("BEGIN")
        writing.execute("INSERT INTO events VALUES (2)")
        held = backup.make(settings, tmp_path / "b")
    assert [name for name in held.files if "runs.db" in name] == ["home/runs.db"]
    backup.restore(tmp_path / "b", tmp_path / "elsewhere")
    with closing(sqlite3.connect(tmp_path / "elsewhere" / "home" / "runs.db")) as restored:
        assert restored.execute("SELECT n FROM events").fetchall() == [(1,)]


def test_a_wrong_or_missing_key_is_said_clearly_and_nothing_is_touched(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "wres.backup"
    backup.make(settings, file)
    before = file.read_bytes()
    for given, words in (
        ("", "the key is not there"),
        ("short", "too short"),
        ("another key altogether", "the key is not the one"),
    ):
        monkeypatch.setenv(key.VARIABLE, given)
        with pytest.raises(backup.BackupError, match=words):
            backup.restore(file, tmp_path / "elsewhere")
        assert not (tmp_path / "elsewhere").exists()
    monkeypatch.setenv(key.VARIABLE, "")
    with pytest.raises(backup.BackupError, match="WRES_KEY_FILE"):
        backup.make(settings, tmp_path / "another")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["there", "wres.backup"]
    assert file.read_bytes() == before


def test_a_key_file_that_others_may_read_is_refused(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "key"
    file.write_text(KEY + "\n", encoding="utf-8")
    file.chmod(0o644)
    monkeypatch.delenv(key.VARIABLE)
    monkeypatch.setenv(key.FILE_VARIABLE, str(file))
    with pytest.raises(backup.BackupError, match="others may read the key"):
        backup.make(settings, tmp_path / "wres.backup")
    file.chmod(0o600)
    assert key.required() == KEY.encode()


@pytest.mark.parametrize(
    "harm", ["a bit", "cut off", "a frame left out", "two frames exchanged", "more behind", "another file"]
)
def test_a_backup_that_was_touched_is_not_restored_at_all(
    settings: Settings, tmp_path: Path, harm: str
) -> None:
    file = tmp_path / "wres.backup"
    backup.make(settings, file)
    held = file.read_bytes()
    head, step = len(backup.MAGIC) + backup.SALT + backup.PREFIX, backup.FRAME + backup.TAG
    assert len(held) > head + 3 * step
    one, two = held[head : head + step], held[head + step : head + 2 * step]
    harmed = {
        "a bit": held[:-5000] + bytes([held[-5000] ^ 1]) + held[-4999:],
        "cut off": held[: head + 2 * step],
        "a frame left out": held[:head] + held[head + step :],
        "two frames exchanged": held[:head] + two + one + held[head + 2 * step :],
        "more behind": held + b"x",
        "another file": b"PK" + held[2:],
    }[harm]
    file.write_bytes(harmed)
    with pytest.raises(backup.BackupError):
        backup.restore(file, tmp_path / "elsewhere")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["there", "wres.backup"]


def test_a_backup_is_not_put_among_what_it_holds_nor_restored_over_a_file_or_a_link(
    settings: Settings, tmp_path: Path
) -> None:
    for folder in (settings.output / "public", settings.extracts, settings.dagster_home / "new"):
        with pytest.raises(backup.BackupError, match="name a place outside it"):
            backup.make(settings, folder / "b")
    assert not list(tmp_path.rglob("b"))
    backup.make(settings, tmp_path / "b")
    elsewhere = tmp_path / "victim"
    elsewhere.mkdir()
    (elsewhere / "kept").touch()
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    (tmp_path / "r.part").symlink_to(elsewhere)
    for place in ("file", "link", "r"):
        with pytest.raises(backup.BackupError):
            backup.restore(tmp_path / "b", tmp_path / place)
    assert [path.name for path in elsewhere.iterdir()] == ["kept"]


def test_nothing_is_overwritten(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "wres.backup"
    backup.make(settings, file)
    with pytest.raises(backup.BackupError, match="there is a file already"):
        backup.make(settings, file)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("mine", encoding="utf-8")
    with pytest.raises(backup.BackupError, match="is not empty"):
        backup.restore(file, tmp_path / "full")


def test_a_backup_or_a_restore_killed_at_any_line_leaves_a_whole_one_or_none(
    settings: Settings, tmp_path: Path
) -> None:
    ours, draw = ("governance/backup.py",), random.Random(6)
    whole = tmp_path / "whole.backup"
    backup.make(settings, whole)
    for name, work in (
        ("make", lambda place: backup.make(settings, place / "b")),
        ("restore", lambda place: backup.restore(whole, place / "r")),
    ):
        (tmp_path / name).mkdir()
        many = lines_of(lambda work=work, name=name: work(tmp_path / name), ours)
        for line in draw.sample(range(1, many), 4):
            place = tmp_path / f"{name}{line}"
            place.mkdir()
            assert killed_at(lambda work=work, place=place: work(place), ours, line)
            if name == "make" and (place / "b").exists():
                backup.restore(place / "b", place / "again")
            if name == "restore" and (place / "r").exists():
                assert (place / "r" / "warehouse.duckdb").stat().st_size == settings.warehouse.stat().st_size
            shutil.rmtree(place)


def test_the_memory_it_takes_does_not_grow_with_the_warehouse(settings: Settings, tmp_path: Path) -> None:
    with warehouse.connect(settings.warehouse) as con:
        con.execute(
            "CREATE TABLE much AS SELECT md5(i::VARCHAR) || md5((i + 1)::VARCHAR) AS x FROM range(500000) t(i)"
        )
    size = settings.warehouse.stat().st_size
    assert size > 15_000_000
    tracemalloc.start()
    backup.make(settings, tmp_path / "b")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < size / 1.5
