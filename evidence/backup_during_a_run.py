"""Backups asked for at random moments of a run, restored elsewhere: the same figures, the same bytes.

Run: python -m evidence.backup_during_a_run [--backups 3] [--seed 5]; writes docs/evidence/backup_during_a_run.md.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from evidence import killed_runs
from tests import annual_run
from wres_pipeline import warehouse
from wres_pipeline.encryption import key
from wres_pipeline.governance import backup

REPORT = Path(__file__).parents[1] / "docs" / "evidence" / "backup_during_a_run.md"


def tables(place: Path) -> dict[str, str]:
    """Every table of a warehouse by the digest of its rows."""
    with warehouse.connect(place) as con:
        names = [
            name for (name,) in con.execute("SELECT table_name FROM duckdb_tables() ORDER BY ALL").fetchall()
        ]
        return {
            name: hashlib.sha256(repr(con.execute(f'SELECT * FROM "{name}" ORDER BY ALL').fetchall()).encode()).hexdigest()  # noqa: S608
            for name in names
        }  # fmt: skip


def started(extracts: Path, place: Path, target: Path) -> subprocess.Popen[str]:
    """`wres backup` of the place in a process of its own."""
    told = {
        "WRES_EXTRACTS": extracts, "WRES_OUTPUT": place / "output", "WRES_WAREHOUSE": place / "warehouse.duckdb",
        "WRES_DAGSTER_HOME": place / "dagster_home",
    }  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-m", "wres_pipeline.cli", "backup", str(target)], cwd=annual_run.ROOT, text=True,
        env={**os.environ, **{name: str(path) for name, path in told.items()}}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def main() -> int:
    """Run, back up, restore, compare; write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--backups", type=int, default=3)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--apart", type=float, default=6, help="seconds between two of them at most")
    parser.add_argument("--organisation", default="XTR")
    arguments = parser.parse_args()
    os.environ[key.VARIABLE] = "a key of the evidence alone"
    draw, lines, bad = random.Random(arguments.seed), [], 0
    with tempfile.TemporaryDirectory(prefix="backup-") as folder:
        scratch = Path(folder)
        extracts = annual_run.copy_of_the_sample(scratch / "extracts", arguments.organisation)
        place = scratch / "there"
        run = killed_runs.command(extracts, place)
        asked: list[tuple[str, subprocess.Popen[str]]] = []
        for n in range(arguments.backups):
            while run.poll() is None and not (place / "warehouse.duckdb.slot.json").exists():
                time.sleep(0.1)
            time.sleep(draw.uniform(0.5, arguments.apart))
            at = killed_runs.at_work(place) if run.poll() is None else "after its end"
            asked.append((at, started(extracts, place, scratch / f"{n}.backup")))
        status = run.wait()
        wanted, rows = annual_run.files_of(place / "output"), None
        for n, (at, process) in enumerate(asked):
            said, _ = process.communicate()
            rows = rows or tables(place / "warehouse.duckdb")
            there = scratch / f"restored{n}"
            backup.restore(scratch / f"{n}.backup", there)
            files = annual_run.differing(wanted, annual_run.files_of(there / "output"))
            other = [
                name
                for name, digest in tables(there / "warehouse.duckdb").items()
                if rows.get(name) != digest
            ]
            trail = (
                (there / "home" / "audit-trail.jsonl").read_text(encoding="utf-8").count("ran annual_return")
            )
            waited = "Waiting for" in said
            bad += len(files) + len(other) + (process.returncode != 0) + (trail != 1)
            lines.append(
                f"| {at.replace('_', ' ')} | {'yes' if waited else 'no'} | {process.returncode} | {len(files)} of {len(wanted)} | "
                f"{len(other)} of {len(rows)} |"
            )
            print(lines[-1], flush=True)
        last = scratch / f"restored{arguments.backups - 1}"
        (last / "warehouse.duckdb").rename(last / "again.duckdb")
        again = subprocess.run(
            [sys.executable, "-m", "wres_pipeline.cli", "run", "--extracts", str(last / "extracts"), "--output", str(last / "output"),
             "--warehouse", str(last / "again.duckdb")],
            cwd=annual_run.ROOT, env={**os.environ, "WRES_DAGSTER_HOME": str(last / "home")}, capture_output=True, check=False,
        )  # fmt: skip
        moved = annual_run.differing(wanted, annual_run.files_of(last / "output"))
        bad += len(moved) + (again.returncode != status)
    REPORT.write_text(
        "\n".join(
            [
                "# Backups asked for during a run",
                "",
                f"`python -m evidence.backup_during_a_run --backups {arguments.backups} --apart {arguments.apart:g} --seed {arguments.seed} --organisation "
                f"{arguments.organisation}`, 2026-11-28, 2 cores, 24 GB.",
                "",
                f"`wres run` on the sample's {arguments.organisation}, its warehouse stored encrypted, and `wres backup` in processes of their own started",
                "at random moments of it; each backup restored into a folder of its own and compared with what the run left: every byte of",
                "every output, every row of every table.",
                "",
                "| asked for when the run was at | said that it waits | exit status | outputs that differ | tables that differ |",
                "|---|---|---|---|---|",
                *lines,
                "",
                f"`wres run` on the last of them, in its new place: exit status {again.returncode} (the run before: {status}), "
                f"{len(moved)} of {len(wanted)} files differ.",
            ]
        )
        + "\n",
        encoding="utf-8",
    )
    print(REPORT.read_text(encoding="utf-8"))
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
