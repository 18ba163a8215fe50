"""Reads the drafted sentences of 1,000 generated years back and compares each with the counts behind it.

    python -m evidence.narrative [--years N]

The reader (tests/unit/reports/reader_of_narrative.py) shares nothing with the code that writes. A sentence
no pattern knows is counted as a contradiction. Writes docs/evidence/narrative.md.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from tests.unit.reports.test_narrative import contradictions

OUT = Path(__file__).parents[1] / "docs" / "evidence" / "narrative.md"


def main() -> int:
    """Run, write the page, and say in the exit status whether nothing was contradicted."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--years", type=int, default=1000)
    wanted = asked.parse_args().years
    rows, wrong = [], []
    for edition, many in (("internal", wanted), ("public, after disclosure control", wanted // 10)):
        started = time.perf_counter()
        years = sentences = seed = bad = 0
        while years < many:
            read, found = contradictions(seed, public=edition != "internal")
            seed += 1
            if read:  # an organisation that drew no staff at all has no return
                years += 1
                sentences += len(read)
                bad += len(found)
                wrong += found
        took = time.perf_counter() - started
        rows.append(f"| {edition} | {years:,} | {sentences:,} | {bad} | {took:.0f} |")
    lines = [
        "# Drafted sentences, read back",
        "",
        f"Command: `python -m evidence.narrative --years {wanted}`; seeds from 0; 2026-11-24; 2 "
        "cores, 24 GiB.",
        "",
        "Organisations of 1 to 5,000 staff, 0 to 40% BME, 0 to 30% Unknown, fair and unfair, with kinds of "
        "extract missing.",
        "Every drafted sentence of all nine indicators and the race disparity ratios is taken apart by a "
        "reader that shares nothing with the writer and checked against the counts, worked out again with "
        "fractions.",
        "",
        "| edition | years | sentences read | contradicted or not understood | seconds |",
        "|---|---:|---:|---:|---:|",
        *rows,
        "",
    ]
    lines += [f"- {one}" for one in wrong[:50]]
    OUT.write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(lines))
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
