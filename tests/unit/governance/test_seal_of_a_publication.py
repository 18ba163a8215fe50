"""A sign-off binds the bytes of every released file; a signed edition is never changed in place."""

from __future__ import annotations

import json
import random
import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.killed import killed_at, lines_of
from wres_pipeline.commands import publication
from wres_pipeline.reports.release import release, seal, sign_off
from wres_pipeline.reports.release.edition_folders import EditionFolders

DAY = date(2021, 9, 7)
SIGNED = {"body": "Governing Body", "role": "Chair", "date": "2021-09-07", "version": 1}
OURS = ("release/release.py", "wres_pipeline/whole_file.py", "release/seal.py")


def released(place: Path, **files: str) -> EditionFolders:
    folders = EditionFolders(place, "X01", 2021)
    draft = release.draft_folder(folders)
    for name, text in files.items():
        (draft / f"{name}.html").write_text(text, encoding="utf-8")
    release.release(folders, content="1", dated=DAY)
    return folders


def signed(place: Path) -> EditionFolders:
    folders = released(place, index="page", method="how")
    seal.write(folders.public, folders.private, SIGNED)
    return folders


def texts(folder: Path) -> dict[str, str]:
    return {
        p.relative_to(folder).as_posix(): p.read_text(encoding="utf-8")
        for p in sorted(folder.rglob("*.html"))
    }


def test_an_unsigned_folder_a_signed_one_and_one_that_was_edited_are_told_apart(tmp_path: Path) -> None:
    folders = released(tmp_path, index="page", method="how")
    assert seal.verify(folders.public).state == "unsigned"
    mark = seal.write(folders.public, folders.private, SIGNED)
    found = seal.verify(folders.public, folders.private)
    assert (found.state, found.seal, found.signed) == (
        "unchanged",
        mark,
        "signed off by Governing Body (Chair) on 7 September 2021",
    )
    (folders.public / "index.html").write_text("pagE", encoding="utf-8")
    (folders.public / "method.html").unlink()
    (folders.public / "more.html").write_text("", encoding="utf-8")
    changed = seal.verify(folders.public)
    assert changed.state == "changed after sign-off"
    assert changed.differs == {"method.html": "gone", "more.html": "new", "index.html": "changed"}


def test_who_edits_page_and_seal_alike_is_told_by_the_private_copy_and_by_the_minuted_seal(
    tmp_path: Path,
) -> None:
    folders = signed(tmp_path)
    (folders.public / "index.html").write_text("forged", encoding="utf-8")
    files = seal.digests(folders.public)
    forged = {**SIGNED, "seal": seal.seal_of(files), "files": files}
    (folders.public / seal.FILE).write_text(json.dumps(forged), encoding="utf-8")
    assert seal.verify(folders.public).state == "unchanged", "the folder alone cannot tell"
    assert seal.verify(folders.public).seal != seal.read(folders.private)["seal"]  # type: ignore[index]
    assert seal.verify(folders.public, folders.private).differs == {
        "index.html": "changed",
        seal.FILE: "changed",
    }


def test_a_signed_edition_is_not_changed_in_place_and_the_same_bytes_again_are_no_change(
    tmp_path: Path,
) -> None:
    folders = signed(tmp_path)
    released(tmp_path, index="page", method="how")
    assert seal.verify(folders.public, folders.private).state == "unchanged"
    with pytest.raises(release.SignedEditionError, match="wres correct X01 --year 2021"):
        released(tmp_path, index="other", method="how")
    with pytest.raises(release.SignedEditionError), release.changing(folders) as copy:
        (copy / "benchmark.html").write_text("more", encoding="utf-8")
    assert seal.verify(folders.public, folders.private).state == "unchanged"


def test_a_correction_is_a_new_version_with_a_reason_and_both_stay(tmp_path: Path) -> None:
    folders = signed(tmp_path)
    with pytest.raises(release.ReleaseError, match="needs a reason"):
        release.correct(folders, reason="Ms Quillfeather asked", today=DAY)
    assert release.correct(folders, reason="indicator 2 was of the wrong year", today=DAY) == 2
    released(tmp_path, index="corrected", method="how")
    assert texts(folders.public) == {
        "index.html": "corrected", "method.html": "how", "version-1/index.html": "page", "version-1/method.html": "how",
    }  # fmt: skip
    assert seal.verify(folders.public / "version-1").state == "unchanged"
    assert seal.verify(folders.public, folders.private).state == "unsigned"
    state = sign_off.status(folders.private, "2")
    assert (state.version, state.reason) == (2, "indicator 2 was of the wrong year")
    with pytest.raises(release.ReleaseError, match="is not signed off"):
        release.correct(folders, reason="again", today=DAY)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2021, 9, 6), "before 2021-09-07, the date the publication carries"),
        (date(2021, 3, 30), "before 2021-03-31, the day the figures are of"),
        (date(2021, 12, 2), "is in the future"),
    ],
)
def test_a_day_on_which_nobody_can_have_approved_it_is_refused(day: date, words: str) -> None:
    with pytest.raises(sign_off.SignOffError, match=words):
        sign_off.check_day(day, dated=DAY, snapshot=date(2021, 3, 31), today=date(2021, 12, 1))
    sign_off.check_day(DAY, dated=DAY, snapshot=date(2021, 3, 31), today=DAY)


def test_a_release_killed_at_any_line_leaves_the_old_edition_or_the_new_one(tmp_path: Path) -> None:
    draw, seen = random.Random(8), set()
    old, new = {"index.html": "old", "method.html": "old"}, {"index.html": "new", "method.html": "new"}

    def again(place: Path) -> object:
        return released(place, index="new", method="new")

    released(tmp_path / "all", index="old", method="old")
    many = lines_of(lambda: again(tmp_path / "all"), OURS)
    for line in draw.sample(range(1, many), 25):
        place = tmp_path / str(line)
        folders = released(place, index="old", method="old")
        assert killed_at(lambda place=place: again(place), OURS, line)
        left = texts(folders.public)
        assert left in (old, new), line
        seen.add(left["index.html"])
        again(place)
        assert texts(folders.public) == new
        shutil.rmtree(place)
    assert seen == {"old", "new"}


def test_a_correction_killed_at_any_line_is_begun_again_and_loses_no_version(tmp_path: Path) -> None:
    draw = random.Random(9)

    def correct(place: Path) -> object:
        return release.correct(EditionFolders(place, "X01", 2021), reason="wrong year", today=DAY)

    signed(tmp_path / "all")
    many = lines_of(lambda: correct(tmp_path / "all"), OURS)
    for line in draw.sample(range(1, many), 25):
        place = tmp_path / str(line)
        folders = signed(place)
        assert killed_at(lambda place=place: correct(place), OURS, line)
        assert {"index.html", "method.html"} <= set(texts(folders.public))
        if seal.read(folders.private) is not None:
            assert correct(place) == 2, line
        assert seal.verify(folders.public / "version-1").state == "unchanged"
        assert [one["version"] for one in sign_off.earlier_versions(folders.private)] == [1]
        shutil.rmtree(place)


@pytest.mark.parametrize(
    "content",
    [
        "[" * 100_000,
        '{"seal": "a", "files": {}, "version": "x"}',
        '{"seal": "a", "files": {"\\ud800": ""}}',
        None,
    ],
    ids=["deep", "version", "surrogate", "folder"],
)
def test_a_seal_file_of_any_content_is_told_as_one_that_cannot_be_read(
    tmp_path: Path, content: str | None
) -> None:
    folders = released(tmp_path, index="page")
    place = folders.public / seal.FILE
    if content is None:
        place.mkdir()
    else:
        place.write_text(content, encoding="utf-8")
    assert publication.verify(folders.public) == publication.CHANGED_OR_UNSIGNED
    (folders.private / sign_off.FILE).write_text(content or "[]", encoding="utf-8")
    (folders.private / sign_off.VERSIONS).write_text(content or "[{}]", encoding="utf-8")
    with pytest.raises(sign_off.SignOffError):
        sign_off.status(folders.private, "1")


def test_a_name_or_a_body_in_a_seal_cannot_write_the_verdict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folders = released(tmp_path, index="page")
    told = {"seal": "a", "files": {"\x1b[2J\nX: unchanged": "b"}, "body": "Board\n\u202eX: unchanged"}
    (folders.public / seal.FILE).write_text(json.dumps(told), encoding="utf-8")
    assert publication.verify(folders.public) == publication.CHANGED_OR_UNSIGNED
    lines = capsys.readouterr().out.splitlines()
    assert ": changed after sign-off; " in lines[0]
    assert all(line.startswith("  ") for line in lines[1:])
    (folders.public / "\udcff.html").touch()
    with pytest.raises(seal.SealError, match="a name that cannot be read"):
        seal.write(folders.public, folders.private, SIGNED)
