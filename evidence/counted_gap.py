"""Counted, not linked: is the true arrival share within its range, is the break dated, are there false alarms?

    python -m evidence.counted_gap [--bodies 1000] [--seed 20261127]

Writes docs/evidence/counted_gap.md.
"""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

import numpy as np

from wres_pipeline.quality.trac_to_esr.counted_gap import CountedMonth, arrival, found_break

OUT = Path(__file__).parents[1] / "docs" / "evidence" / "counted_gap.md"
MONTHS = [date(2018 + (3 + i) // 12, (3 + i) % 12 + 1, 1) for i in range(36)]


def body(
    rng: np.random.Generator, low: int, high: int, broken: bool
) -> tuple[list[CountedMonth], list[tuple[int, int]]]:
    """Counts of 36 months, and of each how many declared starters came and arrived: 4 to 20 in 100 of TRAC's starters never
    come, 0 to 15 in 100 of ESR's starts have no application and 50 to 100 in 100 of those are known, 0 to 30 in 100 of the
    silent answer later."""
    declared_share, never, without = rng.uniform(0.85, 0.98), rng.uniform(0.04, 0.20), rng.uniform(0, 0.15)
    known, later, before = rng.uniform(0.5, 1.0), rng.uniform(0, 0.3), rng.uniform(0.85, 0.99)
    after, cut = rng.uniform(0, 0.15), int(rng.integers(8, 30))
    months, truth = [], []
    for i, month in enumerate(MONTHS):
        n = int(rng.integers(low, high + 1))
        declared = int(rng.binomial(n, declared_share))
        came, silent = int(rng.binomial(declared, 1 - never)), int(rng.binomial(n - declared, 1 - never))
        arrived = int(rng.binomial(came, after if broken and i >= cut else before))
        others = int(rng.binomial(round((came + silent) / (1 - without)), without))
        told = arrived + int(rng.binomial(silent, later)) + int(rng.binomial(others, known))
        months.append(
            CountedMonth("XCG", date(2021, 3, 31), month, n, declared, came + silent + others, told)
        )
        truth.append((arrived, came))
    return months, truth if not broken else [*truth, (cut, 0)]


def main() -> None:
    """Simulate and write the page."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--bodies", type=int, default=1000)
    asked.add_argument("--seed", type=int, default=20261127)
    given = asked.parse_args()
    rng = np.random.default_rng(given.seed)
    lines = [
        "# Counted, not linked",
        "",
        f"`python -m evidence.counted_gap --bodies {given.bodies} --seed {given.seed}`, 2026-11-28, 2 cores, 24 GiB. Each row: "
        f"{given.bodies} invented bodies of 36 months, each with its own habits (see the program).",
        "",
        "| TRAC starters a month | share of the whole series within its range | share of a month within its range | break dated within a month | "
        "false alarms in 36 months | width of the range, whole series (median, points) |",
        "|---|---|---|---|---|---|",
    ]
    for low, high in ((5, 8), (20, 40), (100, 100)):
        whole = single = singles = dated = alarms = 0
        widths = []
        for _ in range(given.bodies):
            months, truth = body(rng, low, high, broken=False)
            told, true = arrival(months), sum(a for a, _ in truth) / sum(n for _, n in truth)
            if told.low is not None and told.high is not None:
                whole += told.low <= true <= told.high
                widths.append(100 * (told.high - told.low))
            for month, (arrived, came) in zip(months, truth, strict=True):
                one = arrival([month])
                if came and one.low is not None and one.high is not None:
                    singles += 1
                    single += one.low <= arrived / came <= one.high
            alarms += found_break(months).month is not None
            months, truth = body(rng, low, high, broken=True)
            cut, found = truth[-1][0], found_break(months).month
            dated += (
                found is not None
                and abs((found.year - MONTHS[cut].year) * 12 + found.month - MONTHS[cut].month) <= 1
            )
        shares = [
            f"{100 * n / of:.1f}%"
            for n, of in (
                (whole, given.bodies),
                (single, singles),
                (dated, given.bodies),
                (alarms, given.bodies),
            )
        ]
        lines.append(f"| {low} to {high} | {' | '.join(shares)} | {sorted(widths)[len(widths) // 2]:.0f} |")
        print(lines[-1], flush=True)
    OUT.write_text("\n".join([*lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
