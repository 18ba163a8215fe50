"""What the public edition of small bodies still says under each rule, and what protecting a year costs by size of body.

    python -m evidence.protection [--small 100] [--each-size 8] [--seconds 240]

Generated bodies of 50 to 500 staff (an eighth BME on average, 3–10% not known), two years, no earlier release: of the twenty
headline figures of the later year, how many say a value, a range, words or nothing. Then bodies of 300 to 20,000 staff under the
default rule: processor and wall time of one edition. Writes docs/evidence/protection.md.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from evidence.generated_returns import SEED, organisation_year
from wres_pipeline.disclosure import protect
from wres_pipeline.disclosure.protect import Protected
from wres_pipeline.disclosure.rules.headlines import count_by_saying
from wres_pipeline.disclosure.rules.policy import Policy
from wres_pipeline.disclosure.rules.presets import PRESETS
from wres_pipeline.indicators import computation
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import years

REPORT = Path(__file__).parents[1] / "docs" / "evidence" / "protection.md"
RULES = {name: Policy.of(dict(one.settings)) for name, one in PRESETS.items() if name != "none"}
DEFAULT = "under 10"
SIZES = (300, 1_000, 3_000, 10_000, 20_000)
CLASSES = ((50, 149), (150, 299), (300, 500))
SAID = ("value", "range", "words", "nothing")


def figures_of(number: int, staff: int) -> list[Figure]:
    """Two years' figures of one body."""
    draw = random.Random(f"{SEED} {number} {staff}")
    bme, unknown = draw.uniform(0.02, 0.25), draw.uniform(0.03, 0.1)
    made = [organisation_year("X001", year, staff, bme, unknown, draw) for year in (2021, 2020)]
    return [f for counts in made for f in computation.compute(counts, years.load(counts.reporting_year))]


def timed(figures: list[Figure], policy: Policy) -> tuple[Protected, float, float]:
    """The edition, and the processor and wall seconds it took."""
    processor, wall = time.process_time(), time.perf_counter()
    made = protect(figures, policy)
    return made, time.process_time() - processor, time.perf_counter() - wall


def small_bodies(wanted: int, until: float) -> Iterator[tuple[int, dict[str, Protected]]]:
    """(staff, the edition under each rule) of one body after another, until the time is over."""
    draw = random.Random(SEED)
    for number in range(wanted):
        if time.perf_counter() > until:
            return
        staff = draw.randint(50, 500)
        figures = figures_of(number, staff)
        yield staff, {rule: timed(figures, policy)[0] for rule, policy in RULES.items()}


def main() -> int:
    """Measures and writes the page; status 1 where an audit failed."""
    ask = argparse.ArgumentParser(prog="python -m evidence.protection")
    ask.add_argument("--small", type=int, default=100)
    ask.add_argument("--each-size", type=int, default=8)
    ask.add_argument("--seconds", type=float, default=240.0)
    given = ask.parse_args()
    began = time.perf_counter()
    timed(figures_of(0, 300), RULES[DEFAULT])  # so that no measured body pays for imports
    spent: dict[int, list[tuple[float, float]]] = {size: [] for size in SIZES}
    failed = 0
    for number in range(given.each_size):
        for size in SIZES if time.perf_counter() < began + given.seconds / 2 else ():
            made, processor, wall = timed(figures_of(number, size), RULES[DEFAULT])
            spent[size].append((processor, wall))
            failed += made.audit.failed
    said: dict[tuple[str, tuple[int, int]], Counter[str]] = {}
    lost: Counter[tuple[str, str]] = Counter()
    gaps: dict[str, list[float]] = {rule: [] for rule in RULES}
    bodies: Counter[tuple[int, int]] = Counter()
    for staff, editions in small_bodies(given.small, began + given.seconds):
        size_class = next(one for one in CLASSES if one[0] <= staff <= one[1])
        bodies[size_class] += 1
        for rule, made in editions.items():
            said.setdefault((rule, size_class), Counter()).update(count_by_saying(made.figures, 2021))
            gaps[rule].append(made.gap)
            lost[rule, "small"] += made.small
            lost[rule, "more"] += made.more
            failed += made.audit.failed
    REPORT.write_text(
        "\n".join(_report(given, said, lost, gaps, bodies, spent, failed)) + "\n", encoding="utf-8"
    )
    return 1 if failed else 0


def _report(
    given: argparse.Namespace,
    said: dict[tuple[str, tuple[int, int]], Counter[str]],
    lost: Counter[tuple[str, str]],
    gaps: dict[str, list[float]],
    bodies: Counter[tuple[int, int]],
    spent: dict[int, list[tuple[float, float]]],
    failed: int,
) -> list[str]:
    lines = [
        "# What small bodies still say, and what protection costs",
        "",
        f"`python -m evidence.protection --small {given.small} --each-size {given.each_size} --seconds {given.seconds:g}`, seed {SEED}, "
        f"{time.strftime('%Y-%m-%d')}, 2 cores shared with other work. Audits that failed: {failed}.",
        "",
        "| rule | staff | bodies | headlines | value | range | words | nothing | say something |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for (rule, (first, last)), counted in said.items():
        whole = sum(counted.values())
        shares = " | ".join(f"{100 * counted[one] / whole:.0f}%" for one in SAID)
        lines.append(
            f"| {rule} | {first}–{last} | {bodies[first, last]} | {whole} | {shares} | {100 - 100 * counted['nothing'] / whole:.0f}% |"
        )
    lines += [
        "",
        "| rule | counts withheld for their size | lost beyond, per small | editions proved the cheapest | gap to the bound, mean | most |",
        "|---|---|---|---|---|---|",
    ]
    for rule in RULES:
        small, more = lost[rule, "small"], lost[rule, "more"]
        of = gaps[rule] or [0.0]
        proved, mean = sum(gap < 0.002 for gap in of) / len(of), sum(of) / len(of)
        lines.append(
            f"| {rule} | {small:,} | {more / max(1, small):.2f} | {100 * proved:.0f}% | {100 * mean:.1f}% | {100 * max(of):.1f}% |"
        )
    lines += [
        "",
        f"Seconds of protecting one edition of two years under the rule “{DEFAULT}”:",
        "",
        "| staff | bodies | processor, median | most | wall, median | most |",
        "|---|---|---|---|---|---|",
    ]
    for size, pairs in ((size, pairs) for size, pairs in spent.items() if pairs):
        processor, wall = (sorted(one) for one in zip(*pairs, strict=True))
        middle = len(pairs) // 2
        lines.append(
            f"| {size:,} | {len(pairs)} | {processor[middle]:.2f} | {processor[-1]:.2f} | {wall[middle]:.2f} | {wall[-1]:.2f} |"
        )
    return lines


if __name__ == "__main__":
    raise SystemExit(main())
