"""What holds people or true counts is its owner's alone, and is put right when it is found otherwise."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from wres_pipeline import settings as settings_module
from wres_pipeline import warehouse
from wres_pipeline.extracts.intake import file_safety
from wres_pipeline.extracts.intake.refusal import RefusedFile
from wres_pipeline.governance import old_layout, rights
from wres_pipeline.settings import Settings

pytestmark = pytest.mark.skipif(os.name == "nt", reason="rights as POSIX has them")


def settings_in(place: Path) -> Settings:
    return settings_module.Settings(
        place / "extracts", place / "output", place / "warehouse" / "w.duckdb", place / "home"
    )


def mode(path: Path) -> str:
    return f"{stat.S_IMODE(path.stat().st_mode):o}"


def test_what_others_could_read_is_closed_and_told_and_the_public_tree_stays_open(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    opened = [
        settings.warehouse,
        settings.warehouse.with_name("w.duckdb.wal"),
        settings.dagster_home / "wres.log",
        settings.dagster_home / "storage" / "run" / "a.err",
        settings.output / "X01" / "2021" / "internal" / "index.html",
        settings.output / "X01" / "restricted" / "2021-02" / "quarantine.csv",
    ]
    public = settings.output / "public" / "X01" / "2021" / "index.html"
    for path in (*opened, public):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Zebediah Quillfeather", encoding="utf-8")
        path.chmod(0o644)
    told = rights.put_right(settings)
    assert {mode(path) for path in opened} == {"600"}
    assert mode(settings.output / "X01" / "restricted") == mode(settings.dagster_home) == "700"
    assert mode(public) == "644"
    assert len(told) == 4
    assert all("could be read by others" in words for words in told)
    assert rights.put_right(settings) == []


def test_a_new_warehouse_is_its_owners_alone_whoever_opens_it(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        with warehouse.connect(tmp_path / "made" / "w.duckdb") as con:
            con.execute("CREATE TABLE people (name VARCHAR)")
    finally:
        os.umask(before)
    assert mode(tmp_path / "made" / "w.duckdb") == "600"
    assert mode(tmp_path / "made") == "700"


def test_no_refusal_advises_to_open_a_file_to_everybody(tmp_path: Path) -> None:
    closed = tmp_path / "esr_staff_list_2021-03-31.csv"
    closed.write_text("x", encoding="utf-8")
    closed.chmod(0o000)
    with pytest.raises(RefusedFile) as refused:
        file_safety.look(closed, tmp_path)
    assert "a+r" not in refused.value.remedy
    closed.chmod(0o600)  # what the remedy says, done
    assert file_safety.look(closed, tmp_path)[1] == 1


def test_a_public_edition_of_the_old_layout_is_moved_out_from_among_the_internal_ones(tmp_path: Path) -> None:
    old = tmp_path / "X01" / "2021" / "public"
    (old / "charts").mkdir(parents=True)
    (old / "index.html").write_text("page", encoding="utf-8")
    (old / "index.html").chmod(0o600)
    assert len(old_layout.move_public_editions(tmp_path)) == 1
    assert mode(tmp_path / "public" / "X01" / "2021" / "index.html") == "644"
    assert not old.exists()
    assert old_layout.move_public_editions(tmp_path) == []


def test_a_new_file_is_its_owner_s_alone_and_a_new_folder_too() -> None:
    assert (0o666 & ~rights.UMASK, 0o777 & ~rights.UMASK) == (0o600, 0o700)
