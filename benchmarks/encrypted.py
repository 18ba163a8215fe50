"""What storing the warehouse encrypted costs: `wres run` on 12,000 staff with a key and without one, in turn.

Run: python -m benchmarks.encrypted [--times 3]; writes docs/evidence/encrypted.md. Both are processes of their own on the same
extracts from an empty home. Processor time is that of the command's processes together, so that what else runs on the machine
counts little; the least of the runs is compared.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.annual_run import ROOT, run
from wres_pipeline.encryption import key
from wres_pipeline.synthetic import write_sample

REPORT = ROOT / "docs" / "evidence" / "encrypted.md"
KEYS = {"plain": {}, "encrypted": {key.VARIABLE: "a key for the benchmark alone"}}


def once(place: Path, extracts: Path, more: dict[str, str]) -> tuple[float, float, int]:
    """(wall seconds, processor seconds, bytes of the warehouse) of one run from an empty home."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, **more, "WRES_DAGSTER_HOME": str(place / "home")}
    command = [
        sys.executable, "-m", "wres_pipeline.cli", "run", "--extracts", str(extracts), "--output", str(place / "out"),
        "--warehouse", str(place / "wres.duckdb"),
    ]  # fmt: skip
    wall, _ = run(command, environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, used, (place / "wres.duckdb").stat().st_size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=3)
    times = parser.parse_args().times
    found: dict[str, list[tuple[float, float, int]]] = {name: [] for name in KEYS}
    with tempfile.TemporaryDirectory(prefix="wres-encrypted-") as folder:
        extracts = Path(folder) / "extracts"
        write_sample(extracts, "acute")
        for number in range(times):
            for name, more in KEYS.items():
                place = Path(folder) / f"{name}-{number}"
                place.mkdir()
                found[name].append(once(place, extracts, more))
                print(name, found[name][-1], flush=True)
    least = {name: tuple(min(values) for values in zip(*runs, strict=True)) for name, runs in found.items()}
    lines = [
        "# The warehouse stored encrypted",
        "",
        f"`python -m benchmarks.encrypted --times {times}`, {time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, others at work on "
        "them: `wres run` of 12,000 staff from an empty home, with a key and without one in turn; the least of the runs.",
        "",
        "| warehouse | wall s | processor s | MB |",
        "|---|---|---|---|",
        *(
            f"| {name} | {wall:.1f} | {used:.1f} | {size / 1e6:.1f} |"
            for name, (wall, used, size) in least.items()
        ),
        "| ratio | "
        + " | ".join(f"{a / b:.2f}" for a, b in zip(least["encrypted"], least["plain"], strict=True))
        + " |",
    ]
    REPORT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines[4:]))


if __name__ == "__main__":
    main()
