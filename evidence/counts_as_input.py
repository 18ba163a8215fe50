"""The return from counts against the return from rows, for generated bodies: every field of every figure but its sources.

    python -m evidence.counts_as_input [BODIES]

Bodies of 120 to 3,000 staff in the years 2019 (indicator 3 a two-year average), 2021 and 2023. Writes
docs/evidence/counts_as_input.md; ends with status 1 where anything differs.
"""

from __future__ import annotations

import random
import sys
import time
from dataclasses import replace
from pathlib import Path

from evidence import generated_returns
from wres_pipeline.indicators import compute, typed_counts
from wres_pipeline.indicators.counts import OrganisationCounts
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import years

REPORT = Path(__file__).parents[1] / "docs" / "evidence" / "counts_as_input.md"


def both(seed: int) -> tuple[list[Figure], list[Figure]]:
    """The figures of one generated body and year, and those worked out from their printed counts alone."""
    draw = random.Random(seed)  # noqa: S311 - invented bodies, no secret
    staff, bme, unknown = draw.choice(generated_returns.KINDS)
    year = draw.choice((2019, 2021, 2023))
    counts = generated_returns.organisation_year("XTR", year, min(staff, 3000), bme, unknown, draw)
    rules = years.load(year)
    printed = compute(replace(counts, survey=None, left_out=()), rules)
    typed = typed_counts.cells_of(printed)
    return printed, compute(typed_counts.filled(OrganisationCounts("XTR", year), typed, rules, ()), rules)


def differing(seed: int) -> list[tuple[Figure, Figure]]:
    """The figures that differ in any field but the extracts they came from."""
    return [
        (one, other)
        for one, other in zip(*both(seed), strict=True)
        if replace(one, deliveries="") != replace(other, deliveries="")
    ]


def main() -> int:
    """Compare, write the page, and say in the exit status whether nothing differs."""
    bodies = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    started = time.perf_counter()
    wrong = [(seed, found) for seed in range(bodies) if (found := differing(seed))]
    text = (
        "# Counts as input: the return from counts against the return from rows\n\n"
        f"`python -m evidence.counts_as_input {bodies}` · seeds 0 to {bodies - 1} · 27 November 2026, two cores shared; "
        f"{time.perf_counter() - started:.0f} s\n\n"
        f"{bodies:,} generated bodies of 120 to 3,000 staff, years 2019 (two-year average), 2021 and 2023; indicators 1 to 4, 9 and "
        "race disparity. Compared: state, value, text, interval, bounds, verdict, direction, note of every figure.\n\n"
        f"**Bodies with any difference: {len(wrong)}.**\n"
    )
    REPORT.write_text(text, encoding="utf-8")
    print(text)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
