"""Reads generated years back: each drafted sentence against the counts behind it, each printed value against its range.

    python -m evidence.narrative [--years N] [--first SEED]

Internal editions, and public ones under each rule about small numbers. The readers (tests/unit/reports) share nothing with
the code that writes. A sentence no pattern knows is counted as a contradiction. Writes docs/evidence/narrative.md.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from tests.unit.reports.test_five_questions import read_lines
from tests.unit.reports.test_narrative import read_back

OUT = Path(__file__).parents[1] / "docs" / "evidence" / "narrative.md"
ROUNDED = "1-7 and nearest 5"
EDITIONS = (("", 1), ("under 10", 1), ("under 5", 4), (ROUNDED, 4))
"""Rule about small numbers of the edition that is read, none for the internal one; one year in how many is read."""


def row(preset: str, wanted: int, first: int) -> tuple[str, list[str]]:
    """The line of the table for one edition, and what was wrong."""
    started = time.process_time()
    years = sentences = values = lines = 0
    contradicted: list[str] = []
    outside: list[str] = []
    seed = first
    while years < wanted:
        read = read_back(seed, preset)
        if read.sentences:  # an organisation that drew no staff at all has no return
            years += 1
            sentences += len(read.sentences) if preset != ROUNDED else 0
            values += read.values
            at_the_head = read_lines(seed, preset)
            lines += at_the_head.lines
            contradicted += [f"seed {seed}: {one}" for one in at_the_head.wrong]
            contradicted += [f"seed {seed}: {one}" for one in read.contradicted]
            outside += [f"seed {seed}: {one}" for one in read.outside]
        seed += 1
    name = f"public, {preset}" if preset else "internal"
    return (
        f"| {name} | {first:,} to {seed - 1:,} | {years:,} | {sentences:,} | {lines:,} | {len(contradicted)} | {values:,} | "
        f"{len(outside)} | {time.process_time() - started:.0f} |",
        contradicted + outside,
    )


def main() -> int:
    """Run, write the page, and say in the exit status whether nothing was contradicted."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--years", type=int, default=1000)
    arguments.add_argument("--first", type=int, default=0)
    asked = arguments.parse_args()
    found = [row(preset, asked.years // each, asked.first) for preset, each in EDITIONS]
    lines = [
        "# Drafted sentences and printed values, read back",
        "",
        f"Command: `python -m evidence.narrative --years {asked.years} --first {asked.first}`; 2026-11-28; 2 cores, 24 GB.",
        "",
        "Organisations of 1 to 5,000 staff, 0 to 40% BME, 0 to 30% Unknown, fair and unfair, with kinds of extract missing; the "
        "year and the year before. Every drafted sentence of all nine indicators and the race disparity ratios is taken apart "
        "by a reader that shares nothing with the writer and checked against the counts, worked out again with fractions. The five "
        "lines at the head of the overview are held against what the edition prints.",
        "",
        "Every value beside a range is held against it as both are printed, and as both are kept: its 95% interval, and what "
        "Unknown ethnicity leaves open. Of a value that is withheld with a range told instead, the true value must lie in that "
        "range. Sentences of rounded counts are not read: they say other numbers than the counts they would be read against.",
        "",
        "| edition | seeds | years | sentences read | lines at the head read | contradicted or not understood | values beside a range | outside | "
        "seconds of processor |",
        "|---|---|---:|---:|---:|---:|---:|---:|---:|",
        *(line for line, _ in found),
        "",
    ]
    wrong = [one for _, each in found for one in each]
    lines += [f"- {one}" for one in wrong[:50]]
    OUT.write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(lines))
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
