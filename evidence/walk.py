"""The first return walked with a clock: an empty folder, seven exports named as they come, to a signed publication.

    python -m evidence.walk [--organisation XTR]

Each command is typed on a terminal of its own, and every question it asks is answered with Enter. Taken down: wall time, the
longest silence on the terminal, runs, and wrong turns (a command that ended with status 2 or 3). Writes
docs/evidence/walk.md. Ends with status 1 where a turn was wrong or more than one run was needed.
"""

from __future__ import annotations

import argparse
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.annual_run import ROOT, SAMPLE

REPORT = ROOT / "docs" / "evidence" / "walk.md"
CODE = "RZZ"
EXPORTS = {
    "esr_staff_list_2021-03-31": "Staff List 31 Mar 2021",
    "trac_applications_2021-03-31": "TRAC applicants 2020-21",
    "employee_relations_2021-03-31": "ER Case Tracker March 2021",
    "training_2021-03-31": "Training report 31.03.2021",
    "appraisals_2021-03-31": "Appraisals 310321",
    "staff_survey_2020": "Staff Survey 2020 breakdown",
    "board_2021-03-31": "Board members 31-03-2021",
}
"""Extracts of the sample and the names under which they come, both without their ending."""
_ASKS = ": "
"""How a question ends; what is no question ends its line."""
_TOO_LONG = 600.0
"""Seconds of silence after which a command is given up."""
_MARKS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\r")


@dataclass(frozen=True, slots=True)
class Turn:
    """A command as typed, its exit status, wall time and longest silence in seconds, questions answered, and its text.

    before: what stood on the terminal when the longest silence began.
    """

    typed: str
    status: int
    seconds: float
    silence: float
    answers: int
    text: str
    before: str = ""

    @property
    def wrong(self) -> bool:
        """Whether it led nowhere."""
        return self.status > 1


def typed(arguments: Sequence[str], home: Path) -> Turn:
    """The command `wres` with these arguments on a terminal, in `home`; every question is answered with Enter."""
    began = last = time.monotonic()
    silence, answers, seen, text, before = 0.0, 0, 0, "", ""
    ours, theirs = pty.openpty()
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("WRES_", "DAGSTER_"))
    }
    with subprocess.Popen(
        [sys.executable, "-m", "wres_pipeline.cli", *arguments], cwd=home, stdin=theirs, stdout=theirs, stderr=theirs,
        env={**environment, "PYTHONPATH": str(ROOT), "COLUMNS": "120", "TERM": "xterm"},
    ) as process:  # fmt: skip
        os.close(theirs)
        while True:
            ready, _, _ = select.select([ours], [], [], 0.2)
            now = time.monotonic()
            if ready:
                if now - last > silence:
                    silence, before = now - last, _MARKS.sub("", text)[-160:]
                last = now
                try:
                    content = os.read(ours, 65536)
                except OSError:  # the other end is closed
                    break
                if not content:
                    break
                text += content.decode("utf-8", "replace")
            elif process.poll() is not None:
                break
            elif now - last > _TOO_LONG:
                process.kill()
            if _MARKS.sub("", text[seen:]).endswith(_ASKS):
                seen, answers = len(text), answers + 1
                os.write(ours, b"\n")
                last = time.monotonic()
        status = process.wait()
    os.close(ours)
    words = " ".join(f'"{a}"' if " " in a else a for a in ("wres", *arguments))
    return Turn(words, status, time.monotonic() - began, silence, answers, _MARKS.sub("", text), before)


def walk(place: Path, organisation: str = "XTR") -> list[Turn]:
    """Every command of the way, in an empty folder of `place`, each the one the command before said; stops at a wrong turn."""
    home, came = place / "home", place / "Downloads"
    home.mkdir(parents=True)
    came.mkdir()
    for name, as_it_comes in EXPORTS.items():
        (extract,) = (SAMPLE / organisation).glob(f"{name}.*")
        shutil.copyfile(extract, came / f"{as_it_comes}{extract.suffix}")
    files = [str(path) for path in sorted(came.iterdir())]
    commands = [
        ["init", "--code", CODE, "--name", "Example NHS Trust", "--kind", "NHS trust"],
        ["add", *files, "--organisation", CODE],
        ["check", f"data/extracts/{CODE}"],
        ["run"],
        ["sign-off", CODE, "--year", "2021", "--body", "The Board", "--role", "Chief People Officer", "--date", date.today().isoformat()],
        ["verify", f"data/output/public/{CODE}/2021"],
    ]  # fmt: skip
    turns = []
    for arguments in commands:
        turns.append(typed(arguments, home))
        if turns[-1].wrong:
            break
    return turns


def _page(turns: Sequence[Turn], organisation: str) -> str:
    rows = [
        f"| `{re.sub(r'/[^ ]*/Downloads/', '', one.typed)}` | {one.status} | {one.seconds:.1f} s | {one.silence:.1f} s | {one.answers} |"
        for one in turns
    ]
    wrong = sum(one.wrong for one in turns)
    return "\n".join(
        [
            "# The first return, walked with a clock",
            "",
            f"`python -m evidence.walk --organisation {organisation}`, {date.today()}, {os.cpu_count()} cores, load "  # noqa: DTZ011
            f"{os.getloadavg()[0]:.1f}.",
            "",
            "From an empty folder and seven exports named as they come to a signed publication, each command on a terminal, each "
            "question answered with Enter, each command the one that the one before said.",
            "",
            f"**{sum(one.typed.startswith('wres run') for one in turns)} run, {wrong} wrong turns, "
            f"{sum(one.seconds for one in turns):.0f} s of waiting in all, longest silence "
            f"{max(one.silence for one in turns):.1f} s.** What a person types is six lines; what a person answers is counted.",
            "",
            "| typed | exit status | wall time | longest silence | questions |",
            "|---|---|---|---|---|",
            *rows,
            "",
        ]
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--organisation", default="XTR")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="wres-walk-") as place:
        turns = walk(Path(place), asked.organisation)
    for one in turns:
        print(
            f"$ {one.typed}\n{one.text}\n[{one.status}, {one.seconds:.1f} s, longest silence {one.silence:.1f} s after "
            f"{one.before!r}]\n"
        )
    REPORT.write_text(_page(turns, asked.organisation), encoding="utf-8")
    return 1 if any(one.wrong for one in turns) or len(turns) < 6 else 0


if __name__ == "__main__":
    sys.exit(main())
