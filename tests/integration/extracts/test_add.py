"""`wres add`: a file as it came, whatever its name, is put where a run reads it, and nothing is lost on the way."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from tests.integration.extracts.clean_extracts import Table, as_text, clean, write_csv, write_xlsx
from wres_pipeline.commands import add
from wres_pipeline.settings import Settings, load


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("WRES_EXTRACTS", str(tmp_path / "extracts"))
    return load(base=tmp_path)


def arrived(folder: Path, name: str, table: Table) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    made = write_xlsx(table, folder) if name.endswith("xlsx") else write_csv(table, folder)
    return made.rename(folder / name)


@pytest.mark.parametrize(
    ("name", "kind", "goes_to"),
    [
        ("Staff List 31 Mar 2026.xlsx", "esr_staff_list", "esr_staff_list_2026-03-31.xlsx"),
        ("TRAC applicants 2025-26.csv", "trac_applications", "trac_applications_2026-03-31.csv"),
        ("Staff List 310321.csv", "esr_staff_list", "esr_staff_list_2021-03-31.csv"),
        ("2021-03-31 list for WRES.csv", "esr_staff_list", "esr_staff_list_2021-03-31.csv"),
        ("training 2020-04-01 to 2021-03-31.csv", "training", "training_2021-03-31.csv"),
        ("ER cases March 2021.csv", "employee_relations", "employee_relations_2021-03-31.csv"),
        ("Survey 2020 results.csv", "staff_survey", "staff_survey_2020.csv"),
        ("Governing body 31.3.21.csv", "board", "board_2021-03-31.csv"),
    ],
)
def test_a_file_is_known_by_its_content_and_its_day_by_its_name(
    settings: Settings, tmp_path: Path, name: str, kind: str, goes_to: str
) -> None:
    came = arrived(tmp_path / "in", name, clean(kind))
    assert add.add(settings, [came], "X01", yes=True, day=None) == add.ADDED
    copy = settings.extracts / "X01" / goes_to
    assert copy.read_bytes() == came.read_bytes()
    assert copy.stat().st_mode & 0o777 == 0o600


def test_month_folders_and_members_of_a_zip_are_added_with_the_day_of_their_folder(
    settings: Settings, tmp_path: Path
) -> None:
    arrived(tmp_path / "in" / "2021-02", "list.csv", clean("esr_staff_list"))
    with zipfile.ZipFile(tmp_path / "in" / "delivery.zip", "w") as archive:
        archive.writestr("March 2021/board.csv", as_text(clean("board"), ",", "\n"))
        archive.writestr("../../training 2021-03-31.csv", as_text(clean("training"), ",", "\n"))
    assert add.add(settings, [tmp_path / "in"], "X01", yes=True, day=None) == add.ADDED
    assert sorted(p.name for p in (settings.extracts / "X01").iterdir()) == [
        "board_2021-03-31.csv", "esr_staff_list_2021-02-28.csv", "training_2021-03-31.csv",
    ]  # fmt: skip


def test_a_member_of_a_zip_with_a_name_no_file_may_have_is_told_and_the_others_are_added(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with zipfile.ZipFile(tmp_path / "delivery.zip", "w") as archive:
        archive.writestr("board" + "x" * 300 + " 2021-03-31.csv", as_text(clean("board"), ",", "\n"))
        archive.writestr("\x1b[31mtraining\n2021-03-31.csv", as_text(clean("training"), ",", "\n"))
        archive.writestr(zipfile.ZipInfo("\x00"), b"a file without a name")
    assert add.add(settings, [tmp_path / "delivery.zip"], "X01", yes=True, day=None) == add.SOME_NOT
    assert [p.name for p in (settings.extracts / "X01").iterdir()] == ["training_2021-03-31.csv"]
    told = capsys.readouterr().out
    assert "its name is longer than a file's may be" in told
    assert "\x1b" not in told


def test_without_a_yes_nothing_is_copied(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("typer.confirm", lambda *_, **__: False)
    came = arrived(tmp_path / "in", "Staff List 31 Mar 2021.csv", clean("esr_staff_list"))
    assert add.add(settings, [came], "X01", yes=False, day=None) == add.NOT_ADDED
    assert not (settings.extracts / "X01").exists()


def test_another_content_of_the_same_day_is_put_beside_and_the_same_content_is_not(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for rows in (6, 6, 7):
        came = arrived(tmp_path / "in", "Training 31 March 2021.csv", clean("training", rows))
        assert add.add(settings, [came], "X01", yes=True, day=None) == add.ADDED
    assert sorted(p.name for p in (settings.extracts / "X01").iterdir()) == [
        "training_2021-03-31.csv", "training_2021-03-31_v2.csv",
    ]  # fmt: skip
    said = capsys.readouterr().out
    assert "is there already" in said
    assert "the new one will count" in said


def test_a_day_that_nothing_says_is_asked_for_and_the_answer_works(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    came = arrived(tmp_path / "in", "CPD log.csv", clean("training"))
    assert add.add(settings, [came], "X01", yes=True, day=None) == add.NOT_ADDED
    assert "add --day 2021-03-31" in capsys.readouterr().out
    assert add.add(settings, [came], "X01", yes=True, day=date(2021, 3, 31)) == add.ADDED
    assert (settings.extracts / "X01" / "training_2021-03-31.csv").is_file()


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_whose_content_is_damaged_is_told_as_one(
    settings: Settings, tmp_path: Path, method: int, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "delivery.zip"
    with zipfile.ZipFile(place, "w", method) as archive:
        archive.writestr("board_2021-03-31.csv", as_text(clean("board")) * 20)
    held = bytearray(place.read_bytes())
    for at in range(52, 90):
        held[at] ^= 0x5A
    place.write_bytes(held)
    assert add.add(settings, [place], "X01", yes=True, day=None) != add.ADDED
    assert "no zip file that can be opened" in capsys.readouterr().out
    assert not (settings.extracts / "X01").exists()


def test_a_code_of_letters_that_look_like_capitals_names_no_folder(
    settings: Settings, tmp_path: Path
) -> None:
    for code in ("Ⅹ01", "１２３", "X" * 300):
        assert add.add(settings, [tmp_path], code, yes=True, day=None) == add.NOT_ADDED
    assert not settings.extracts.exists()
