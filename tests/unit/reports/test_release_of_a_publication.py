"""What is published is what was looked through whole, and what was released last can be told."""

from __future__ import annotations

import os
import stat
from datetime import date
from pathlib import Path

import pytest

from wres_pipeline import whole_file
from wres_pipeline.reports.release import release
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
        release.put_internal(place, copy)
    assert text_of(place.internal) == {"a.html": "old", "b.html": "new", "index.html": "new"}
    assert stat.S_IMODE(place.internal.stat().st_mode) & 0o077 == 0
    release.put_internal(folders(tmp_path / "other"), release.internal_copy(folders(tmp_path / "other")))
    assert not folders(tmp_path / "other").internal.exists(), "nothing was made"
    assert [path.name for path in place.private.iterdir()] == ["internal"]
