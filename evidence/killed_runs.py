"""The command killed (SIGKILL) at random moments, and run again: the same bytes of every output, ten times of ten.

    python -m evidence.killed_runs [--kills 10] [--seed 20261124] [--organisation X01]

Writes docs/evidence/killed_runs.md. Ends with status 1 when a byte differs or a run after a kill is not made.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests import annual_run

REPORT = Path(__file__).parents[1] / "docs" / "evidence" / "killed_runs.md"
IMPORTING = "before the first step"


@dataclass(frozen=True)
class Kill:
    """after: seconds from the start of the command; at: the step that was at work; status: that of the run after.

    outlived: whether a process the killed command had started was still there when the run after had ended.
    """

    after: float
    at: str
    status: int
    seconds: float
    differing: tuple[str, ...]
    left_in_temp: int
    outlived: bool


def command(extracts: Path, place: Path) -> subprocess.Popen[bytes]:
    """`wres run` as a user starts it, in a process group of its own."""
    place.mkdir(parents=True, exist_ok=True)
    scratch = place / "scratch"
    scratch.mkdir(exist_ok=True)
    return subprocess.Popen(
        [
            sys.executable, "-m", "wres_pipeline.cli", "run", "--extracts", str(extracts),
            "--output", str(place / "output"), "--warehouse", str(place / "warehouse.duckdb"),
        ],
        cwd=annual_run.ROOT,
        env={**os.environ, "WRES_DAGSTER_HOME": str(place / "dagster_home"), "TMPDIR": str(scratch)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip


def at_work(place: Path) -> str:
    """The step the log names last."""
    log = place / "dagster_home" / "wres.log"
    steps = re.findall(r" - (\w+) - STEP_START", log.read_text(encoding="utf-8")) if log.exists() else []
    return steps[-1] if steps else IMPORTING


def killed(extracts: Path, place: Path, after: float, wanted: dict[str, bytes]) -> Kill | None:
    """One command killed after some seconds and run again; None when it had ended before."""
    process = command(extracts, place)
    try:
        process.wait(timeout=after)
        return None
    except subprocess.TimeoutExpired:
        process.kill()  # the command alone: its second process must end by itself
        process.wait()
    at, began = at_work(place), time.monotonic()
    status = command(extracts, place).wait()
    differing = annual_run.differing(wanted, annual_run.files_of(place / "output"))
    left = sum(1 for path in (place / "scratch").rglob("*") if path.is_file())
    return Kill(after, at, status, time.monotonic() - began, tuple(differing), left, _any_left(process.pid))


def _any_left(group: int) -> bool:
    """Whether a process of the group still lives; one that has ended and waits to be counted does not (Linux)."""
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, of = file.read_text(encoding="utf-8").rsplit(")", 1)[1].split()[:3]
        except OSError:
            continue  # it has just ended
        if int(of) == group and state != "Z":
            return True
    return False


def page(arguments: argparse.Namespace, whole: float, files: int, kills: Sequence[Kill]) -> str:
    """The result as Markdown."""
    same = sum(1 for kill in kills if not kill.differing and kill.status in (0, 1) and not kill.outlived)
    lines = [
        "# Killed and run again",
        "",
        f"`python -m evidence.killed_runs --kills {arguments.kills} --seed {arguments.seed} --organisation "
        f"{arguments.organisation}`, {time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, 24 GiB.",
        "",
        f"`wres run` on the sample's {arguments.organisation}, killed (SIGKILL, the command alone: its second process must end by itself) at moments drawn evenly "
        f"from the {whole:.0f} s an undisturbed run took, each time in an empty warehouse, and then run again at once, to its end. Compared: "
        f"every byte of the {files} files an undisturbed run wrote.",
        "",
        f"**{same} of {len(kills)} gave the same bytes.**",
        "",
        "| killed after | at work | exit status of the run after | its wall time | files that differ | files left in the temporary folder | a process that outlived it |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {kill.after:.1f} s | {kill.at.replace('_', ' ')} | {kill.status} | {kill.seconds:.0f} s | "
        f"{', '.join(kill.differing) or 'none'} | {kill.left_in_temp} | {'yes' if kill.outlived else 'none'} |"
        for kill in kills
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Kill, run again, compare, write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=20261124)
    parser.add_argument("--organisation", default="X01")
    arguments = parser.parse_args()
    moments = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory(prefix="killed-") as scratch:
        folder = Path(scratch)
        extracts = annual_run.copy_of_the_sample(folder / "extracts", arguments.organisation)
        began = time.monotonic()
        status = command(extracts, folder / "undisturbed").wait()
        whole = time.monotonic() - began
        wanted = annual_run.files_of(folder / "undisturbed" / "output")
        if status not in (0, 1):
            print(f"the undisturbed run ended with status {status}", file=sys.stderr)
            return 1
        kills: list[Kill] = []
        tries = 0
        while len(kills) < arguments.kills and tries < 3 * arguments.kills:
            tries += 1
            kill = killed(extracts, folder / f"kill-{tries}", moments.uniform(0, whole), wanted)
            if kill is not None:
                kills.append(kill)
                print(
                    f"{kill.after:6.1f} s  {kill.at:32} then {kill.status}, {len(kill.differing)} files differ",
                    flush=True,
                )
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(page(arguments, whole, len(wanted), kills), encoding="utf-8")
    failed = [kill for kill in kills if kill.differing or kill.status not in (0, 1) or kill.outlived]
    return 1 if failed or len(kills) < arguments.kills else 0


if __name__ == "__main__":
    sys.exit(main())
