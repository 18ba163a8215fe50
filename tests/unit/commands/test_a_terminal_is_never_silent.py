"""A command on a terminal: the line moves while modules are imported, and while standard output is pointed elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind"
)

ROOT = Path(__file__).resolve().parents[3]

CAPTURED = """
import os, time
from wres_pipeline.commands import live, terminal
from wres_pipeline.pipelines import landing, progress

with live.followed(terminal.console()):
    with open("captured.txt", "w") as capture:  # what Dagster does with standard output while steps run
        kept = os.dup(1)
        os.dup2(capture.fileno(), 1)
        progress.tell(landing.LAND, 1, 7, "esr_staff_list_2021-03-31.csv")
        time.sleep(3)
        progress.tell(landing.CORE)
        os.dup2(kept, 1)
"""


def seen(arguments: Sequence[str], place: Path, before: str = "") -> str:
    """What Python with these arguments prints on a terminal; how often a line was drawn anew shows that it moved."""
    import pty

    ours, theirs = pty.openpty()
    said: list[bytes] = []
    environment = {"PYTHONPATH": f"{before}{ROOT}", "COLUMNS": "140", "TERM": "xterm"}
    with subprocess.Popen(
        [sys.executable, *arguments], cwd=place, stdin=theirs, stdout=theirs, stderr=theirs,
        env={**os.environ, **environment},
    ):  # fmt: skip
        os.close(theirs)
        try:
            while content := os.read(ours, 65536):
                said.append(content)
        except OSError:  # the other end is closed
            pass
    os.close(ours)
    return b"".join(said).decode("utf-8", "replace")


def test_the_line_moves_while_steps_run_with_standard_output_pointed_at_a_file(tmp_path: Path) -> None:
    text = seen(["-c", CAPTURED], tmp_path)
    assert text.count("Reading the extracts") > 3, text
    assert "1 of 7 esr_staff_list_2021-03-31.csv" in text and "next: understanding their rows" in text
    assert (tmp_path / "captured.txt").read_text(encoding="utf-8") == ""


@pytest.mark.parametrize(
    "command",
    [
        ["run"],
        ["check", "a.csv"],
        ["add", "a.csv", "--organisation", "X01"],
        ["sign-off", "X01", "--year", "2021", "--body", "B", "--role", "R", "--date", "2021-09-07"],
    ],
    ids=lambda command: command[0],
)
def test_a_command_says_that_it_starts_before_it_imports_what_is_slow(
    command: list[str], tmp_path: Path
) -> None:
    (tmp_path / "sqlite3.py").write_text(
        "import time\ntime.sleep(2.5)\nraise SystemExit(4)\n", encoding="utf-8"
    )
    text = seen(["-m", "wres_pipeline.cli", *command], tmp_path, f"{tmp_path}{os.pathsep}")
    assert text.count("Starting") > 3, text


def test_a_command_gives_the_prompt_back_without_taking_its_modules_apart_and_says_nothing_of_it(
    tmp_path: Path,
) -> None:
    program = (
        "import atexit, gc, sys, duckdb; atexit.register(lambda: print('kept whole', gc.get_freeze_count() > 10_000));"
        "sys.argv = ['wres', '--version']; from wres_pipeline import cli; cli.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path, check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "kept whole True"
    assert done.stderr == ""
