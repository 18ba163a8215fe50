"""What Unknown leaves open, in closed form, against every split of random small tables.

    python -m evidence.extremes            100,000 tables, about two minutes
    python -m evidence.extremes 2000       fewer

Each table has a shape (ratio of likelihoods with the successes among the trials or free, odds ratio of two tiers,
likelihood of one group, share, difference of shares). Every way to give each unknown person to one group or the other
is tried; the lowest and the highest value found must be the closed form's, to the digit, and the figure as printed
(the unknown left out) must lie between them.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable
from fractions import Fraction

from wres_pipeline.statistics import extremes

SEED = 20261127
SHAPES = ("ratio", "free ratio", "tiers", "likelihood", "free likelihood", "share", "difference")
Group = tuple[int, int]


def quotient(top: int, bottom: int) -> Fraction | str | None:
    """top ÷ bottom; "open" for something ÷ 0, None for 0 ÷ 0."""
    return Fraction(top, bottom) if bottom else "open" if top else None


def ends(values: list[Fraction | str | None]) -> extremes.Range:
    """The lowest and the highest of all values tried, an open end as None."""
    finite = [one for one in values if isinstance(one, Fraction)]
    if not finite:
        return None, None
    return min(finite), None if "open" in values else max(finite)


def of_likelihoods(
    a: Group, b: Group, u: Group, *, tied: bool
) -> tuple[extremes.Range, Fraction | str | None]:
    """Every split of a ratio's unknown, and the value without them."""
    values: list[Fraction | str | None] = []
    for x in range(u[0] + 1):
        for y in range((u[1] - u[0] if tied else u[1]) + 1):
            rest = (u[1] - u[0] if tied else u[1]) - y
            n1 = a[1] + y + (x if tied else 0)
            n2 = b[1] + rest + (u[0] - x if tied else 0)
            values.append(quotient((a[0] + x) * n2, n1 * (b[0] + u[0] - x)) if n1 and n2 else None)
    return ends(values), quotient(a[0] * b[1], a[1] * b[0]) if a[1] and b[1] else None


def of_one(a: Group, u: Group, *, tied: bool) -> tuple[extremes.Range, Fraction | str | None]:
    """Every split of the unknown beside one group."""
    values: list[Fraction | str | None] = []
    for x in range(u[0] + 1):
        for y in range((u[1] - u[0] if tied else u[1]) + 1):
            n = a[1] + y + (x if tied else 0)
            values.append(Fraction(a[0] + x, n) if n else None)
    return ends(values), Fraction(a[0], a[1]) if a[1] else None


def of_tiers(
    high: tuple[int, int, int], low: tuple[int, int, int]
) -> tuple[extremes.Range, Fraction | str | None]:
    """Every split of the unknown of two tiers."""
    values = [
        quotient((high[0] + x) * (low[1] + low[2] - y), (low[0] + y) * (high[1] + high[2] - x))
        for x in range(high[2] + 1)
        for y in range(low[2] + 1)
    ]
    return ends(values), quotient(high[0] * low[1], low[0] * high[1])


def of_shares(
    one: tuple[int, int, int], other: tuple[int, int, int]
) -> tuple[extremes.Range, Fraction | None]:
    """Every split of the unknown of two bodies, each in its own total."""
    n, m = one[1], other[1]
    if not n or not m:
        return (None, None), None
    values = [
        Fraction(one[0] + x, n) - Fraction(other[0] + y, m)
        for x in range(one[2] + 1)
        for y in range(other[2] + 1)
    ]
    return (min(values), max(values)), Fraction(one[0], n) - Fraction(other[0], m)


def group(rng: random.Random, most: int, *, free: bool = False) -> Group:
    """(successes, trials), zeros and full groups as often as anything else."""
    trials = rng.choice((0, 1, rng.randint(0, most), rng.randint(0, most)))
    return rng.choice((0, trials, rng.randint(0, trials))) + (rng.randint(0, 2) if free else 0), trials


def body(rng: random.Random, most: int) -> tuple[int, int, int]:
    """(of the group, everybody, unknown among them)."""
    count, unknown = rng.randint(0, most), rng.randint(0, 5)
    return count, count + unknown + rng.randint(0, most), unknown


def check(shape: str, rng: random.Random) -> str:
    """ "" where closed form and enumeration agree, else what differs."""
    tied = not shape.startswith("free")
    a, b, u = (group(rng, most, free=not tied) for most in (9, 9, 6))
    tiers = [(rng.randint(0, 8), rng.randint(0, 8), rng.randint(0, 6)) for _ in range(2)]
    one, other = body(rng, 9), body(rng, 30)
    ways: dict[str, Callable[[], tuple[extremes.Range, tuple[extremes.Range, Fraction | str | None]]]] = {
        "ratio": lambda: (extremes.ratio(a, b, u, tied=tied), of_likelihoods(a, b, u, tied=tied)),
        "likelihood": lambda: (extremes.likelihood(*a, u, tied=tied), of_one(a, u, tied=tied)),
        "tiers": lambda: (extremes.odds_ratio(tiers[0], tiers[1]), of_tiers(tiers[0], tiers[1])),
        "share": lambda: (
            extremes.share(one[0], one[2], one[1]),
            of_shares(one, (0, 1, 0)),
        ),
        "difference": lambda: (
            extremes.difference(
                extremes.share(one[0], one[2], one[1]), extremes.share(other[0], other[2], other[1])
            ),
            of_shares(one, other),
        ),
    }
    closed, (tried, value) = ways[shape.removeprefix("free ")]()
    if closed != tried:
        return f"{shape}: {a} {b} {u} {tiers} {one} {other}: {closed} for {tried}"
    low, high = closed
    outside = isinstance(value, Fraction) and (
        low is None or value < low or (high is not None and value > high)
    )
    return f"{shape}: {value} lies outside {closed}" if outside else ""


def differences(tables: int, seed: int = SEED) -> tuple[Counter[str], list[str]]:
    """How many tables of each shape were tried, and what differed."""
    rng = random.Random(seed)  # noqa: S311 - tables to try, no secret
    tried: Counter[str] = Counter()
    found = []
    for number in range(tables):
        shape = SHAPES[number % len(SHAPES)]
        tried[shape] += 1
        told = check(shape, rng)
        if told:
            found.append(told)
    return tried, found


def main() -> None:
    """Try the tables and say what differed."""
    tables = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    tried, found = differences(tables)
    for shape, number in sorted(tried.items()):
        print(f"{shape}: {number:,} tables")
    print(f"{sum(tried.values()):,} tables, {len(found)} different")
    for one in found[:20]:
        print(one)


if __name__ == "__main__":
    main()
