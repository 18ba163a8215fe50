"""The pipeline against the second implementation, on organisations of 1 to 5,000 staff, odd ones among them.

    python -m evidence.independent_calculation [--organisations 240] [--seed 20261124]

Writes docs/evidence/independent_calculation.md. Ends with status 1 when a single figure differs.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.oracle import comparison, many_organisations, truth_files

REPORT = Path(__file__).parents[1] / "docs" / "evidence" / "independent_calculation.md"


@dataclass
class Tally:
    """What was compared, and every difference."""

    staff: list[int] = field(default_factory=list)
    returns: int = 0
    indicators: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    oddities: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)


def compare(count: int, seed: int) -> Tally:
    """Invent `count` organisations and compare every figure of every one of their years."""
    tally = Tally()
    specs = list(many_organisations.specs(count, seed))
    with tempfile.TemporaryDirectory(prefix="wres-evidence-") as scratch:
        folder = Path(scratch)
        comparison.write(folder, [spec for _, spec in specs])
        years: dict[str, Sequence[int]] = {spec.code: spec.years for _, spec in specs}
        figures = comparison.pipeline_figures(folder, years, folder / "warehouse.duckdb")
        for oddity, spec in specs:
            tally.oddities[oddity] += 1
            tally.staff.append(spec.staff)
            told = truth_files.read(folder / "truth" / spec.code)
            for year in spec.years:
                made = figures[spec.code, year]
                tally.returns += 1
                tally.indicators.update(figure.indicator for figure in made)
                tally.states.update(figure.state for figure in made)
                tally.differences += comparison.differences(spec.code, year, made, told)
    return tally


def page(tally: Tally, command: str, seconds: float) -> list[str]:
    """The evidence as Markdown."""
    staff = sorted(tally.staff)
    sizes = f"of {staff[0]:,} to {staff[-1]:,} staff, median {staff[len(staff) // 2]:,}"
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines = [
        "# The figures against an independent calculation",
        "",
        "A second implementation of the nine indicators and the race disparity ratios (`tests/oracle/`:",
        "plain Python, written from the standard over the truth of invented organisations, sharing no code",
        "with the pipeline) is compared with it: every numerator, denominator, exact value and state.",
        "",
        f"`{command}`, 2026-11-24, {os.cpu_count()} cores, 24 GiB, beside other work.",
        "",
        "| what | how many |",
        "|---|---|",
        f"| organisations | {len(staff)} {sizes} |",
        f"| returns (organisation and year) | {tally.returns} |",
        f"| figures compared | {sum(tally.indicators.values()):,} |",
        f"| **differences** | **{len(tally.differences)}** |",
        f"| wall time | {seconds:.0f} s |",
        f"| peak memory | {megabytes:.0f} MB |",
    ]
    for title, counted in (
        ("indicator", sorted(tally.indicators.items())),
        ("state of the figure", sorted(tally.states.items())),
        ("what is odd about the organisation", list(tally.oddities.items())),
    ):
        lines += ["", f"| {title} | how many |", "|---|---|"]
        lines += [f"| {name} | {count:,} |" for name, count in counted]
    if tally.differences:
        lines += ["", "## Differences", "", *(f"- {line}" for line in tally.differences[:200])]
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, write the page, and say in the exit status whether everything was equal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organisations", type=int, default=240)
    parser.add_argument("--seed", type=int, default=20261124)
    asked = parser.parse_args(arguments)
    started = time.perf_counter()
    tally = compare(asked.organisations, asked.seed)
    options = f"--organisations {asked.organisations} --seed {asked.seed}"
    command = f"python -m evidence.independent_calculation {options}"
    lines = page(tally, command, time.perf_counter() - started)
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines[8:16]))
    return 1 if tally.differences else 0


if __name__ == "__main__":
    raise SystemExit(main())
