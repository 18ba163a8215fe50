"""A file's content is read once in a process, and again whenever it could be another one."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import pytest

from wres_pipeline.pipelines import fingerprints

OLD = 1_600_000_000


def _sha(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def test_a_file_that_was_just_written_is_read_every_time_and_the_same_times_and_size_do_not_hide_a_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "staff.csv"
    for text in ("one", "two"):
        file.write_text(text, encoding="utf-8")
        os.utime(file, (OLD, OLD))
        assert fingerprints.content_of(file) == [_sha(text)]
    with monkeypatch.context() as patch, pytest.raises(pytest.fail.Exception, match="read again"):
        patch.setattr(Path, "open", lambda *_: pytest.fail("read again"))
        fingerprints.content_of(file)
    monkeypatch.setattr(fingerprints, "SETTLED", 0)
    time.sleep(0.02)
    assert fingerprints.content_of(file) == [_sha("two")]  # and it is remembered from here on
    time.sleep(0.02)
    file.write_text("six", encoding="utf-8")
    os.utime(file, (OLD, OLD))
    assert fingerprints.content_of(file) == [_sha("six")]


def test_a_file_put_in_the_place_of_another_is_read_and_one_left_alone_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fingerprints, "SETTLED", 0)
    file, beside = tmp_path / "staff.csv", tmp_path / "beside.csv"
    for each, text in ((file, "one"), (beside, "two")):
        each.write_text(text, encoding="utf-8")
        os.utime(each, (OLD, OLD))
    time.sleep(0.02)
    assert fingerprints.content_of(file) == [_sha("one")]
    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", lambda *_: pytest.fail("read again"))
        assert fingerprints.content_of(file) == [_sha("one")]
    beside.replace(file)
    assert fingerprints.content_of(file) == [_sha("two")]
