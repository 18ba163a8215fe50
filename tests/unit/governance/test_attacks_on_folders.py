"""What somebody who may write to a folder, or send a file, can try: links, bombs, folders of versions, a false user."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests import small_extracts
from tests.unit.governance.test_seal_of_a_publication import released, signed
from wres_pipeline import warehouse, whole_file
from wres_pipeline.encryption import key
from wres_pipeline.governance import audit_trail, backup, people
from wres_pipeline.governance.people import Person
from wres_pipeline.reports.release import seal
from wres_pipeline.settings import Settings

ONE = Person("X09", frozenset({("email", small_extracts.person(21).email), ("employee_number", "30000021")}))


def test_a_link_planted_in_the_public_folder_has_nothing_published_and_nothing_opened(tmp_path: Path) -> None:
    folders = released(tmp_path, index="page")
    private = tmp_path / "restricted.csv"
    whole_file.write(private, b"Quillfeather")
    (folders.public / "list.csv").symlink_to(private)
    (folders.public / "home").symlink_to(tmp_path)
    released(tmp_path, index="the next page")
    left = {path.name: path.read_bytes() for path in folders.public.rglob("*")}
    assert left == {"index.html": b"the next page"}
    assert private.stat().st_mode & 0o077 == 0


def test_a_link_in_a_signed_folder_is_told_and_is_never_signed(tmp_path: Path) -> None:
    folders = signed(tmp_path)
    page = folders.public / "index.html"
    same = tmp_path / "same.html"
    same.write_bytes(page.read_bytes())
    page.unlink()
    page.symlink_to(same)
    assert seal.verify(folders.public).differs == {"index.html": "changed"}
    with pytest.raises(seal.SealError, match="a link to another place"):
        seal.write(folders.public, folders.private, {})


def test_a_folder_that_calls_itself_an_earlier_version_is_told(tmp_path: Path) -> None:
    folders = signed(tmp_path)
    (folders.public / "version-1").mkdir()
    (folders.public / "version-1" / "index.html").write_text("forged", encoding="utf-8")
    assert seal.verify(folders.public).differs == {"version-1": "new"}


def test_the_user_of_the_trail_is_the_systems_whatever_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "somebody-else\n\x1b[31m")
    monkeypatch.setenv("USER", "somebody-else")
    assert "somebody-else" not in audit_trail.append(tmp_path, "ran").user


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_a_person_is_found_in_a_file_of_any_encoding_also_across_two_pieces(
    tmp_path: Path, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "PIECE", 64)
    for before in range(40, 70):
        (tmp_path / "list.csv").write_bytes(
            ("x" * before + small_extracts.person(21).email + "\r\n").encode(encoding)
        )
        assert list(people.files_that_name(tmp_path, ONE)) == [tmp_path / "list.csv"], before
    (tmp_path / "list.csv").write_bytes(small_extracts.person(20).email.encode(encoding))
    assert list(people.files_that_name(tmp_path, ONE)) == []


def test_a_bomb_in_the_folder_is_named_and_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "UNPACKED", 1 << 20)
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/sheet1.xml", bytes(2 << 20))
    monkeypatch.setattr(people, "_stream_holds", lambda *_: pytest.fail("it was unpacked"))
    assert list(people.files_that_name(tmp_path, ONE)) == [tmp_path / "bomb.xlsx"]


def test_a_backup_follows_no_link_and_leaves_no_open_copy_where_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(
        tmp_path / "extracts", tmp_path / "output", tmp_path / "data" / "w.duckdb", tmp_path / "home"
    )
    with warehouse.connect(settings.warehouse) as con:
        con.execute("CREATE TABLE people AS SELECT 'Quillfeather' AS name")
    monkeypatch.setenv(key.VARIABLE, "correct horse battery staple")
    shared, victim = tmp_path / "shared", tmp_path / "victim"
    shared.mkdir()
    victim.write_text("kept", encoding="utf-8")
    (shared / "wres.backup.part").symlink_to(victim)
    seen: list[str] = []
    add = backup._add_large

    def looked(*args: object) -> str:
        seen.extend(path.name for path in shared.iterdir())
        return add(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(backup, "_add_large", looked)
    backup.make(settings, shared / "wres.backup")
    assert victim.read_text(encoding="utf-8") == "kept" and not (shared / "wres.backup").is_symlink()
    assert seen == ["wres.backup.part"]
    assert [path.name for path in settings.warehouse.parent.iterdir()] == ["w.duckdb"]
    assert (shared / "wres.backup").stat().st_mode & 0o077 == 0


def test_an_audit_trail_that_is_a_link_is_neither_written_nor_read(tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("somebody's file", encoding="utf-8")
    home = tmp_path / "home"
    home.mkdir()
    (home / audit_trail.FILE).symlink_to(other)
    for act in (lambda: audit_trail.append(home, "ran"), lambda: audit_trail.breaks(home)):
        with pytest.raises(audit_trail.AuditTrailError, match="is a link"):
            act()
    assert other.read_text(encoding="utf-8") == "somebody's file"


def test_a_folder_named_as_the_warehouse_is_said_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(warehouse.WarehouseError, match="this is a folder"), warehouse.connect(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []
