"""How long `wres run` takes and what of it, from the sample to a nation, with its peak memory.

Run: python -m benchmarks.annual_run [--presets sample acute 150000 500000 1500000]; writes docs/evidence/annual_run.md.
Each preset is written to a folder that is thrown away and run twice, as a user would, in processes of its own: from an
empty home, and again with nothing new to read. A number is a nation of so many staff in 220 organisations, whose figures
are made without reports. The parts are the wall times of the steps of the first run as Dagster's event log has them;
what is left is imports and Dagster itself. Memory is that of the command's processes together.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from wres_pipeline.synthetic import write_sample

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "docs" / "evidence" / "annual_run.md"
PARTS = {
    "landing": ("land_extracts",),
    "core": ("core_",),
    "indicators": ("indicators", "figure_"),
    "checks": ("expectations_of_",),
    "disclosure": ("protected_",),
    "reports": ("report_",),
    "gap": ("linkage_", "quality_"),
}
"""Part -> how the names of its steps begin; every other step is in `other`."""


def rows_of(extracts: Path) -> int:
    """Rows of the extracts that are CSV, their headings left out."""
    return sum(path.read_bytes().count(b"\n") - 1 for path in extracts.rglob("*.csv"))


def steps(home: Path) -> Iterator[tuple[str, float]]:
    """(step, seconds) of every run the home holds."""
    for file in (home / "history" / "runs").glob("*.db"):
        began: dict[str, float] = {}
        with sqlite3.connect(file) as con:
            for step, kind, event in con.execute(
                "SELECT step_key, dagster_event_type, event FROM event_logs ORDER BY id"
            ):
                when = json.loads(event)["timestamp"]
                if kind == "STEP_START":
                    began[step] = when
                elif kind == "STEP_SUCCESS" and step in began:
                    yield step, when - began[step]


def run(command: list[str], environment: dict[str, str]) -> tuple[float, int]:
    """Run the command; gives its wall time in seconds and the most memory its processes held together, in MB."""
    began = time.perf_counter()
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=said, stderr=subprocess.STDOUT)
        peak = 0
        while done.poll() is None:
            peak = max(peak, _held(done.pid))
            time.sleep(0.1)
        wall = time.perf_counter() - began
        if done.returncode not in (0, 1):
            said.seek(0)
            raise SystemExit(said.read()[-4000:])
    return wall, peak


def _held(process: int) -> int:
    """Resident memory of a process and those it started, in MB, as Linux tells it; pages they share count twice."""
    try:
        place = Path("/proc") / str(process)
        pages = int((place / "statm").read_text(encoding="ascii").split()[1])
        children = " ".join(
            file.read_text(encoding="ascii") for file in (place / "task").glob("*/children")
        ).split()
    except (OSError, IndexError):
        return 0
    return pages * resource.getpagesize() // 2**20 + sum(_held(int(child)) for child in children)


def one(preset: str) -> None:
    """Write a preset, run the command on it, and print what was measured."""
    with tempfile.TemporaryDirectory(prefix="wres-annual-run-") as folder:
        place = Path(folder)
        extracts = place / "extracts"
        nation = preset.isdigit()
        write_sample(extracts, "nation" if nation else preset, scale=int(preset) if nation else None)
        home = place / "home"
        environment = {**os.environ, "WRES_DAGSTER_HOME": str(home)}
        command = [
            sys.executable, "-m", "wres_pipeline.cli", "run", "--extracts", str(extracts), "--output", str(place / "out"),
            "--warehouse", str(place / "wres.duckdb"), *(["--no-reports"] if nation else []),
        ]  # fmt: skip
        wall, peak = run(command, environment)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        parts = dict.fromkeys((*PARTS, "other"), 0.0)
        for step, seconds in steps(home):
            name = next((part for part, starts in PARTS.items() if step.startswith(starts)), "other")
            parts[name] += seconds
        rest = wall - sum(parts.values())
        again, _ = run(command, environment)
        organisations = sum(1 for entry in extracts.iterdir() if entry.is_dir() and entry.name != "truth")
        print(
            json.dumps(
                {
                    "preset": f"nation of {int(preset):,}" if nation else preset,
                    "organisations": organisations,
                    "rows": rows_of(extracts),
                    "wall s": round(wall, 1),
                    "again s": round(again, 1),
                    "processor s": round(used.ru_utime + used.ru_stime, 1),
                    "peak MB": peak,
                    **{part: round(seconds, 1) for part, seconds in parts.items()},
                    "imports and Dagster": round(rest, 1),
                }
            )
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", metavar="PRESET")
    parser.add_argument(
        "--presets", nargs="+", default=["sample", "acute", "150000", "500000", "1500000"], metavar="PRESET"
    )
    asked = parser.parse_args()
    if asked.one:
        one(asked.one)
        return
    found = []
    for preset in asked.presets:
        command = [sys.executable, "-m", "benchmarks.annual_run", "--one", preset]
        found.append(
            json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
        )
        print(found[-1], flush=True)
    lines = [
        "# The whole command",
        "",
        f"`python -m benchmarks.annual_run --presets {' '.join(asked.presets)}`, {time.strftime('%Y-%m-%d')}, "
        f"{os.cpu_count()} cores, 24 GiB, seed of the presets. Seconds of one run of `wres run` each, from an empty home, and of "
        "the same run again; a nation is run with `--no-reports`, the others make the returns, the public edition with its PDF, "
        "the commissioner's pages and the latest month's quality report. The second process imports Great Expectations while the "
        "extracts are read, and draws beside the first: what is waited for of it stands in the checks and the reports.",
        "",
        "| " + " | ".join(found[0]) + " |",
        "|" + "---|" * len(found[0]),
        *(
            "| " + " | ".join(f"{v:,}" if isinstance(v, int) else str(v) for v in row.values()) + " |"
            for row in found
        ),
    ]
    REPORT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines[4:]))


if __name__ == "__main__":
    main()
