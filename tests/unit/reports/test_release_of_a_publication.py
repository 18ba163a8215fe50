"""What is published is what was looked through whole, and what was released last can be told."""

from __future__ import annotations

import json
import os
import shutil
import stat
from datetime import date
from pathlib import Path

import pytest

from tests.killed import killed_at, lines_of
from wres_pipeline import whole_file
from wres_pipeline.reports.release import release, seal
from wres_pipeline.reports.release.edition_folders import EditionFolders

DAY = date(2021, 9, 7)


def folders(place: Path) -> EditionFolders:
    return EditionFolders(place, "X01", 2021)


def draft(folder: EditionFolders, **files: str) -> Path:
    place = release.draft_folder(folder)
    for name, text in files.items():
        path = place / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return place


def text_of(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_release_replaces_its_own_files_and_leaves_those_of_others(tmp_path: Path) -> None:
    draft(folders(tmp_path), index_html="old", charts__a_svg="old", whole_pdf="old")
    release.release(folders(tmp_path), content="1", dated=DAY)
    (folders(tmp_path).public / "benchmark.html").write_text("desk", encoding="utf-8")
    draft(folders(tmp_path), index_html="new", charts__b_svg="new")
    release.release(folders(tmp_path), content="2", dated=DAY, replaced=("charts/*.svg", "whole.pdf"))
    assert text_of(folders(tmp_path).public) == {
        "benchmark.html": "desk",
        "charts/b.svg": "new",
        "index.html": "new",
    }
    assert release.released(folders(tmp_path)) == release.Released("2", DAY)
    assert not folders(tmp_path).draft.exists()


def test_what_is_not_released_leaves_the_public_folder_as_it_was_and_cannot_be_signed(tmp_path: Path) -> None:
    draft(folders(tmp_path), index_html="good")
    release.release(folders(tmp_path), content="1", dated=DAY)
    draft(folders(tmp_path), index_html="bad")
    assert text_of(folders(tmp_path).public) == {"index.html": "good"}
    with pytest.raises(release.ReleaseError, match="not released"):
        release.released(folders(tmp_path))


def test_without_a_release_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(release.ReleaseError, match="wres run first"):
        release.released(folders(tmp_path))
    folders(tmp_path).private.mkdir(parents=True)
    (folders(tmp_path).private / "publication.json").write_text("{", encoding="utf-8")
    with pytest.raises(release.ReleaseError, match="wres run"):
        release.released(folders(tmp_path))


def test_a_release_that_is_cut_short_leaves_the_old_edition_or_the_new_one_and_nothing_between(
    tmp_path: Path,
) -> None:
    place = folders(tmp_path)
    draft(place, index_html="old", a_html="old")
    release.release(place, content="1", dated=DAY)
    with pytest.raises(KeyboardInterrupt), release.changing(place) as copy:
        (copy / "index.html").unlink()
        raise KeyboardInterrupt
    assert text_of(place.public) == {"a.html": "old", "index.html": "old"}
    # where a system cannot exchange two folders, the old one is moved aside first: killed there, it is put back
    place.public.rename(place.public.with_name(".2021.before"))
    with release.changing(place) as copy:
        (copy / "b.html").write_text("new", encoding="utf-8")
    assert text_of(place.public.parent) == {
        "2021/a.html": "old",
        "2021/index.html": "old",
        "2021/b.html": "new",
    }


def test_everybody_may_read_what_is_released_and_nobody_else_what_is_not(tmp_path: Path) -> None:
    place = folders(tmp_path / "output")
    before = os.umask(0o077)
    try:
        draft(place, index_html="page", charts__a_svg="chart")
        release.release(place, content="1", dated=DAY)
    finally:
        os.umask(before)
    modes = {
        path.relative_to(place.output).as_posix(): f"{stat.S_IMODE(path.stat().st_mode):o}"
        for path in (place.output, *place.output.rglob("*"))
    }
    assert modes == {
        ".": "711",
        "public": "755",
        "public/X01": "755",
        "public/X01/2021": "755",
        "public/X01/2021/index.html": "644",
        "public/X01/2021/charts": "755",
        "public/X01/2021/charts/a.svg": "644",
        "X01": "700",
        "X01/2021": "700",
        "X01/2021/publication.json": "600",
    }


def test_the_internal_edition_takes_its_place_whole_and_stays_as_it_was_until_then(tmp_path: Path) -> None:
    place = folders(tmp_path)
    for text, more in (("old", "a.html"), ("new", "b.html")):
        before = text_of(place.internal)
        copy = release.internal_copy(place)
        for name in ("index.html", more):
            whole_file.write(copy / name, text.encode())
        assert text_of(place.internal) == before, "a kill here leaves what stood"
        release.internal_waits(place, copy)
        assert text_of(place.internal) == before, "and here"
        release.settle(place)
    assert text_of(place.internal) == {"a.html": "old", "b.html": "new", "index.html": "new"}
    assert stat.S_IMODE(place.internal.stat().st_mode) & 0o077 == 0
    other = folders(tmp_path / "other")
    release.internal_waits(other, release.internal_copy(other))
    release.settle(other)
    assert not other.internal.exists(), "nothing was made"
    assert [path.name for path in place.private.iterdir()] == ["internal"]


def both_editions(place: EditionFolders, text: str) -> None:
    """An internal edition that waits, and its publication released."""
    copy = release.internal_copy(place)
    whole_file.write(copy / "index.html", text.encode())
    release.internal_waits(place, copy)
    draft(place, index_html=text)
    release.release(place, content=text, dated=DAY)


@pytest.mark.parametrize("exchange", [True, False], ids=["exchanged", "moved aside"])
def test_both_editions_are_released_together_or_neither_whenever_it_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchange: bool
) -> None:
    if not exchange:
        monkeypatch.setattr(whole_file, "_exchange", lambda one, other: False)
    ours = ("reports/release/release.py", "wres_pipeline/whole_file.py")
    both_editions(folders(tmp_path / "all"), "old")
    many = lines_of(lambda: both_editions(folders(tmp_path / "all"), "new"), ours)
    found = []
    for line in (many // 4, many // 2, *range(many - 60, many, 9)):
        place = folders(tmp_path / str(line))
        both_editions(place, "old")
        assert killed_at(lambda place=place: both_editions(place, "new"), ours, line)
        release.complete_all(place.output)  # the next command, whatever it is
        release.begin(place)  # and the next run
        read = {name: text_of(each) for name, each in (("in", place.internal), ("out", place.public))}
        assert read["in"] == read["out"] and list(read["in"].values()) in (["old"], ["new"]), line
        found.append(*read["in"].values())
        assert [p.name for p in place.private.iterdir() if p.is_dir()] in (
            ["internal"],
            ["internal", "not-released"],
            ["not-released", "internal"],
        )
        shutil.rmtree(place.output)
    assert set(found) == {"old", "new"}


def test_a_copy_that_is_not_the_one_the_release_named_is_let_go_and_not_swapped_in(tmp_path: Path) -> None:
    place = folders(tmp_path)
    both_editions(place, "old")
    before = text_of(place.public)
    half = place.private / release.PUBLIC_PART
    half.mkdir()
    (half / "index.html").write_text("ha", encoding="utf-8")
    named = json.dumps({release.PUBLIC_PART: "the seal of the whole copy", release.WAITING: ""})
    (place.private / release.RELEASING).write_text(named, encoding="utf-8")
    assert release.complete(place)
    assert text_of(place.public) == before
    assert not half.exists()


def test_a_return_whose_publication_is_refused_takes_its_place_alone_and_a_signed_one_stays(
    tmp_path: Path,
) -> None:
    place = folders(tmp_path)
    both_editions(place, "old")
    seal.write(place.public, place.private, {"body": "Board", "role": "Chair", "date": "2021-09-07"})
    with pytest.raises(ValueError, match="sign"):
        both_editions(place, "new")
    assert (place.public / "index.html").read_text() == "old" and text_of(place.internal) == {
        "index.html": "new"
    }
