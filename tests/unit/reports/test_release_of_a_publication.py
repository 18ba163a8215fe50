"""What is published is what was looked through whole, and what was released last can be told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from wres_pipeline.reports.release import release

DAY = date(2021, 9, 7)


def draft(folder: Path, **files: str) -> Path:
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
    draft(tmp_path, index_html="old", charts__a_svg="old", whole_pdf="old")
    release.release(tmp_path, content="1", dated=DAY)
    (tmp_path / "public" / "benchmark.html").write_text("desk", encoding="utf-8")
    draft(tmp_path, index_html="new", charts__b_svg="new")
    release.release(tmp_path, content="2", dated=DAY, replaced=("charts/*.svg", "whole.pdf"))
    assert text_of(tmp_path / "public") == {
        "benchmark.html": "desk",
        "charts/b.svg": "new",
        "index.html": "new",
    }
    assert release.released(tmp_path) == release.Released("2", DAY)
    assert not (tmp_path / "not-released").exists()


def test_what_is_not_released_leaves_the_public_folder_as_it_was_and_cannot_be_signed(tmp_path: Path) -> None:
    draft(tmp_path, index_html="good")
    release.release(tmp_path, content="1", dated=DAY)
    draft(tmp_path, index_html="bad")
    assert text_of(tmp_path / "public") == {"index.html": "good"}
    with pytest.raises(release.ReleaseError, match="not released"):
        release.released(tmp_path)


def test_without_a_release_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(release.ReleaseError, match="wres run first"):
        release.released(tmp_path)
    (tmp_path / "publication.json").write_text("{", encoding="utf-8")
    with pytest.raises(release.ReleaseError, match="wres run"):
        release.released(tmp_path)
