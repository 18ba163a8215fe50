"""An encrypted file holds what a plain one would after the same writes, and shows nothing of it."""

from __future__ import annotations

import random
import threading
from pathlib import Path

import pytest

from wres_pipeline.encryption import key
from wres_pipeline.encryption.sealed_file import HEAD, SealedFile, check, is_sealed

KEY = "correct horse battery staple"


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(key.VARIABLE, KEY)


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_any_order_of_writes_cuts_and_reads_gives_what_a_plain_file_gives(
    tmp_path: Path, seed: int, log: bool
) -> None:
    draw, place, plain = random.Random(seed), tmp_path / "file", bytearray()
    file = SealedFile(place, "wb" if log else "rb+")
    for _ in range(150):
        at, many = (
            draw.randrange(len(plain) + 40),
            draw.choice([1, 15, 16, 17, 4096, 70_000, draw.randrange(300_000)]),
        )
        match draw.choice(["write", "write", "read", "cut", "reopen"]):
            case "write":
                at = len(plain) if log else at
                content = draw.randbytes(many)
                plain += bytes(max(at - len(plain), 0))
                plain[at : at + many] = content
                file.seek(at)
                assert file.write(content) == many
            case "read":
                reader = SealedFile(place, "rb")
                reader.seek(at)
                assert reader.read(many) == bytes(plain[at : at + many])
            case "cut":
                size = min(at, len(plain))
                del plain[size:]
                file.truncate(size)
            case "reopen":
                file.close()
                file = SealedFile(place, "wb" if log else "rb+")
        assert file.size == len(plain) == place.stat().st_size - HEAD
    assert SealedFile(place, "rb").read() == bytes(plain)


def test_a_write_cut_short_leaves_what_was_written_before_as_it_was(tmp_path: Path) -> None:
    """A log that grows: what a commit wrote must not be harmed by the next write, wherever a kill cuts it."""
    place = tmp_path / "log"
    file = SealedFile(place, "wb")
    file.write(b"committed" * 1000)
    before = place.read_bytes()
    file.write(b"the next" * 1000)
    after = place.read_bytes()
    assert after[: len(before) - 9] == before[:-9], (
        "at most the last block that was not full is written again"
    )
    for cut in range(len(before), len(after), 97):
        place.write_bytes(after[:cut])
        assert SealedFile(place, "rb").read(9000) == b"committed" * 1000


def test_nothing_of_the_content_and_no_repetition_shows(tmp_path: Path) -> None:
    place = tmp_path / "file"
    SealedFile(place, "wb").write(b"Zebediah Quillfeather".ljust(32) * 20_000)
    stored = place.read_bytes()
    assert b"Quill" not in stored
    blocks = [stored[at : at + 16] for at in range(HEAD, len(stored) - 15, 16)]
    assert len(set(blocks)) == len(blocks), "equal content in two places is stored differently"


def test_threads_that_seek_and_read_at_once_each_get_their_own_place(tmp_path: Path) -> None:
    place = tmp_path / "file"
    SealedFile(place, "wb").write(b"".join(bytes([n]) * 65536 for n in range(16)))
    file, wrong = SealedFile(place, "rb"), []

    def reader(n: int) -> None:
        for _ in range(200):
            file.seek(n * 65536)
            if file.read(65536) != bytes([n]) * 65536:
                wrong.append(n)

    threads = [threading.Thread(target=reader, args=(n,)) for n in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_wrong_or_missing_key_is_said_and_the_file_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "file"
    SealedFile(place, "wb").write(b"content")
    before = place.read_bytes()
    assert is_sealed(place) and not is_sealed(tmp_path / "none")
    monkeypatch.setenv(key.VARIABLE, "another key altogether")
    with pytest.raises(key.KeyProblemError, match="not the one it was encrypted with"):
        SealedFile(place, "rb+")
    monkeypatch.delenv(key.VARIABLE)
    with pytest.raises(key.KeyProblemError, match="WRES_KEY_FILE"):
        check(place)
    assert place.read_bytes() == before


def test_a_log_is_written_on_by_whichever_thread_comes_next(tmp_path: Path) -> None:
    """DuckDB commits from any of its threads and seeks in none: one that began at 0 would write over the first commit."""
    file = SealedFile(tmp_path / "log", "wb")
    for n in range(5):
        thread = threading.Thread(target=file.write, args=(bytes([n]) * 100,))
        thread.start()
        thread.join()
    file.flush()
    assert SealedFile(tmp_path / "log", "rb").read() == b"".join(bytes([n]) * 100 for n in range(5))


def test_a_log_is_cut_where_it_is_written_on(tmp_path: Path) -> None:
    file = SealedFile(tmp_path / "log", "wb")
    file.write(b"committed, torn")
    file.seek(9)
    file.write(b"!")
    assert SealedFile(tmp_path / "log", "rb").read() == b"committed!"
