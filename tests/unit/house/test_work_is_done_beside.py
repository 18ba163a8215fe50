"""The second process: what is handed to it is done, here or there, whatever becomes of it."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from wres_pipeline import background

HERE = os.getpid()


@pytest.fixture
def second_process(tmp_path: Path) -> Iterator[None]:
    with background.process(log=tmp_path / "log" / "wres.log"):
        yield


def who_does_it() -> int:
    return os.getpid()


def divide(by: int) -> float:
    return 1 / by


def die_unless_at_home() -> str:
    if multiprocessing.parent_process() is not None:
        os._exit(9)
    return "done at home"


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def note(file: Path, words: str) -> None:
    with file.open("a", encoding="utf-8") as out:
        out.write(words + "\n")


def note_first() -> None:
    note(Path(os.environ["WRES_TEST_NOTES"]), "first")


def note_then() -> None:
    note(Path(os.environ["WRES_TEST_NOTES"]), "then")


def test_without_a_second_process_the_work_is_done_at_once_and_result_tells_its_error() -> None:
    assert background.submit(who_does_it).result() == HERE
    failed = background.submit(divide, 0)
    with pytest.raises(ZeroDivisionError):
        failed.result()


def test_the_second_process_does_the_work_and_tells_its_error(second_process: None) -> None:
    assert background.submit(who_does_it).result() not in (HERE, None)
    assert background.submit(divide, by=4).result() == 0.25
    with pytest.raises(ZeroDivisionError):
        background.submit(divide, 0).result()


def test_work_whose_process_dies_is_done_again_in_this_one(second_process: None) -> None:
    lost = background.submit(die_unless_at_home)
    after = background.submit(who_does_it)
    assert lost.result() == "done at home"
    assert after.result() == HERE
    assert background.submit(divide, 2).result() == 0.5


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signal that only asks")
def test_after_the_block_the_work_is_done_here_again(tmp_path: Path) -> None:
    with background.process(log=tmp_path / "wres.log"):
        there = background.submit(who_does_it).result()
    assert there != HERE
    assert background.submit(who_does_it).result() == HERE
    with pytest.raises(ProcessLookupError):
        os.kill(there, 0)


def test_a_process_within_another_is_the_same_one_and_stays_for_what_comes_after(tmp_path: Path) -> None:
    with background.process(log=tmp_path / "wres.log"):
        with background.process(log=tmp_path / "wres.log"):
            first = background.submit(who_does_it).result()
        assert background.submit(who_does_it).result() == first != HERE


def test_what_the_second_process_says_goes_to_the_log(tmp_path: Path, second_process: None) -> None:
    background.submit(say, "a library's warning").result()
    assert "a library's warning" in (tmp_path / "log" / "wres.log").read_text(encoding="utf-8")


def test_what_later_work_needs_is_prepared_when_the_first_work_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = tmp_path / "notes.txt"
    monkeypatch.setenv("WRES_TEST_NOTES", str(notes))
    with background.process(log=tmp_path / "wres.log"):
        background.prepare(note_first, then=[note_then])
        background.submit(note, notes, "work").result()
        background.submit(note, notes, "more work").result()
    assert notes.read_text(encoding="utf-8").split("\n")[:-1] == ["first", "work", "then", "more work"]


def test_an_owner_that_leaves_in_the_middle_does_not_wait_for_what_is_being_prepared(tmp_path: Path) -> None:
    began = time.monotonic()
    with pytest.raises(RuntimeError), background.process(log=tmp_path / "wres.log"):
        background.prepare(sleep_long)
        raise RuntimeError("refused")
    assert time.monotonic() - began < 30


def sleep_long() -> None:
    time.sleep(120)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signal that only asks")
def test_the_second_process_ends_when_its_owner_is_killed(tmp_path: Path) -> None:
    program = tmp_path / "owner.py"
    program.write_text(
        "import os, sys, time\n"
        "from pathlib import Path\n"
        "from wres_pipeline import background\n"
        "if __name__ == '__main__':\n"
        "    with background.process(log=Path(sys.argv[1])):\n"
        "        print(background.submit(os.getpid).result(), flush=True)\n"
        "        time.sleep(120)\n",
        encoding="utf-8",
    )
    owner = subprocess.Popen([sys.executable, program, tmp_path / "log"], stdout=subprocess.PIPE, text=True)
    assert owner.stdout is not None
    there = int(owner.stdout.readline())
    owner.kill()
    owner.wait()
    for _ in range(200):
        if not _lives(there):
            return
        time.sleep(0.1)
    raise AssertionError("the second process outlived its owner by 20 seconds")


def _lives(process: int) -> bool:
    """Whether the process runs; one that has ended and waits to be counted does not."""
    try:
        os.kill(process, 0)
        stat = Path(f"/proc/{process}/stat")
        return not stat.exists() or stat.read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def test_the_next_is_begun_before_one_is_gone_on_with_and_no_more() -> None:
    told: list[str] = []

    def begin(one: int) -> int:
        told.append(f"begin {one}")
        return one

    for one in background.prefetch(begin, [1, 2, 3]):
        told.append(f"finish {one}")
    assert told == ["begin 1", "begin 2", "finish 1", "begin 3", "finish 2", "finish 3"]
    assert list(background.prefetch(begin, [])) == []


def test_a_block_within_another_ends_when_what_was_handed_over_within_it_is_done(
    second_process: None, tmp_path: Path
) -> None:
    file = tmp_path / "notes"
    with background.process(tmp_path / "other.log"):
        background.submit(note_later, file)
    assert file.read_text(encoding="utf-8") == "done\n"
    assert background.submit(who_does_it).result() != HERE


def note_later(file: Path) -> None:
    time.sleep(0.3)
    note(file, "done")
