"""Long fuzz of the reader: how many spoilt files were landed whole, refused with a message, or broke a rule.

Run: python -m evidence.spoilt_files --inputs 20000 --seed 1; writes docs/evidence/spoilt_files.md.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
import time
from collections import Counter
from pathlib import Path

import duckdb

from tests.integration.extracts.spoiling import land_spoilt, spoilt_file
from wres_pipeline.extracts.intake import landing

REPORT = Path(__file__).parent.parent / "docs" / "evidence" / "spoilt_files.md"


def run(inputs: int, seed: int) -> tuple[Counter[str], list[str]]:
    """(how many came to what, what broke: seed and error in words)."""
    came_to: Counter[str] = Counter()
    broken: list[str] = []
    scratch = Path(tempfile.mkdtemp(prefix="wres-fuzz-"))
    con = duckdb.connect()
    try:
        landing.create_tables(con)
        for number in range(inputs):
            folder = scratch / str(number)
            folder.mkdir()
            path = spoilt_file(random.Random(seed + number), folder)
            try:
                came_to[land_spoilt(con, path, f"F{number}")] += 1
            except BaseException as error:
                if isinstance(error, KeyboardInterrupt):
                    raise
                came_to["broke a rule"] += 1
                broken.append(f"seed {seed + number}: {type(error).__name__}: {str(error)[:200]}")
            shutil.rmtree(folder)
            if number % 200 == 199:
                con.close()
                con = duckdb.connect()
                landing.create_tables(con)
    finally:
        con.close()
        shutil.rmtree(scratch, ignore_errors=True)
    return came_to, broken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--print-only", action="store_true")
    asked = parser.parse_args()
    began = time.monotonic()
    came_to, broken = run(asked.inputs, asked.seed)
    lines = [
        "# Spoilt files",
        "",
        "Files of every kind, as CSV (five delimiters, three line ends), UTF-16, cp1252, xlsx and xls, with cells replaced by",
        "nasty ones, bytes changed, cut out, doubled, put in or cut off. Each must be landed whole (rows in = accepted +",
        "quarantined, counted again from the rows) or refused with a message, leaving nothing behind.",
        "",
        f"Command: `python -m evidence.spoilt_files --inputs {asked.inputs} --seed {asked.seed}`; 2026-11-24; 2 cores, 24 GiB;",
        f"{time.monotonic() - began:.0f} seconds.",
        "",
        "| came to | files |",
        "|---|---|",
        *[f"| {what} | {came_to[what]:,} |" for what in ("landed", "refused", "broke a rule")],
        "",
        *[f"- {text}" for text in broken[:50]],
    ]
    text = "\n".join(lines).rstrip() + "\n"
    print(text)
    if not asked.print_only:
        REPORT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
