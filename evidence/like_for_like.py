"""How often a fair body is flagged by the pooled ratio of indicator 2, and by the ratio within vacancies.

    python -m evidence.like_for_like [--bodies 1000] [--seed 20261127]

Vacancies differ in competition (two to twelve shortlisted for a post) and BME applicants are more of those shortlisted
where competition is hard, as where nursing posts stand beside office posts. Within a vacancy everybody is chosen alike:
by chance, or by merit that has nothing to do with ethnicity and goes with the person from vacancy to vacancy. Writes
docs/evidence/like_for_like.md; ends with status 1 when the ratio within vacancies is flagged in more than 5 of 100.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from wres_pipeline.statistics import intervals
from wres_pipeline.statistics.stratified import Unit, strata_of, within_strata

REPORT = Path(__file__).parents[1] / "docs" / "evidence" / "like_for_like.md"
SHORTLISTED = (3, 5, 12)
#: vacancies of a body, share of BME applicants where competition is light, middling and hard
BODIES = (
    (60, (0.1, 0.25, 0.4)),
    (250, (0.1, 0.25, 0.4)),
    (250, (0.25, 0.25, 0.25)),
    (1000, (0.1, 0.2, 0.35)),
)
#: a person applies so often at most, and to what is advertised at about the same time
MOST_APPLICATIONS, RECENT = 8, 30
#: applications a person makes on average, and how much merit matters (0: chance alone)
SITUATIONS = ((1.0, 0.0), (1.0, 1.5), (2.5, 0.0), (2.5, 1.5))


def body(
    rng: np.random.Generator,
    vacancies: int,
    shares: Sequence[float],
    times: float,
    merit: float,
    unfair: float = 1.0,
) -> list[Unit]:
    """The shortlisted applications of one body and year; White applicants `unfair` times as likely within a vacancy."""
    units: list[Unit] = []
    #: people who may apply again: number, worth, applications left
    pools: dict[bool, list[list[float]]] = {True: [], False: []}
    people = 0
    for vacancy in range(vacancies):
        kind = int(rng.integers(len(SHORTLISTED)))
        row: list[tuple[list[float], bool]] = []
        for _ in range(max(2, int(rng.poisson(SHORTLISTED[kind])))):
            white = bool(rng.random() >= shares[kind])
            free = [one for one in pools[white][-RECENT:] if all(one is not there for there, _ in row)]
            if free and rng.random() < 1 - 1 / times:
                one = free[int(rng.integers(len(free)))]
            else:
                one = [people, float(rng.normal()), MOST_APPLICATIONS]
                people += 1
                pools[white].append(one)
            one[2] -= 1
            row.append((one, white))
        odds = np.exp([merit * one[1] + (np.log(unfair) if white else 0.0) for one, white in row])
        posts = min(int(rng.choice((1, 1, 1, 2))), len(row) - 1)
        chosen = set(rng.choice(len(row), size=posts, replace=False, p=odds / odds.sum()).tolist())
        for place, (one, white) in enumerate(row):
            units.append(Unit(vacancy, int(one[0]), white, place in chosen))
            if place in chosen or one[2] <= 0:  # who has a post, or has tried often enough, applies no more
                pools[white] = [other for other in pools[white] if other is not one]
    return units


def flagged(units: Sequence[Unit]) -> tuple[bool, bool]:
    """Whether the 95% interval of the pooled ratio, and of the one within vacancies, excludes 1."""
    strata = strata_of(units).values()
    white = (sum(one.above[0] for one in strata), sum(one.above[1] for one in strata))
    bme = (sum(one.below[0] for one in strata), sum(one.below[1] for one in strata))
    return _excludes(intervals.koopman(white, bme)), _excludes(within_strata(units).interval)


def _excludes(interval: intervals.Interval) -> bool:
    low, high = interval
    return (low is not None and low > 1) or (high is not None and high < 1)


def rates(
    rng: np.random.Generator,
    bodies: int,
    vacancies: int,
    shares: Sequence[float],
    times: float,
    merit: float,
    unfair: float = 1.0,
) -> tuple[float, float]:
    """In how many of 100 bodies each ratio is flagged."""
    found = [flagged(body(rng, vacancies, shares, times, merit, unfair)) for _ in range(bodies)]
    pooled, within = (100 * sum(column) / bodies for column in zip(*found, strict=True))
    return pooled, within


def main(arguments: Sequence[str] | None = None) -> int:
    """Simulate, write the page, and say in the exit status whether the rate kept to 5 in 100."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--bodies", type=int, default=400)
    parser.add_argument("--seed", type=int, default=20261128)
    asked = parser.parse_args(arguments)
    rng = np.random.default_rng(asked.seed)
    started = time.perf_counter()
    rows, within_rates = [], []
    for vacancies, shares in BODIES:
        for times, merit in SITUATIONS:
            many = asked.bodies if vacancies < 1000 else asked.bodies // 4
            pooled, within = rates(rng, many, vacancies, shares, times, merit)
            within_rates.append((within, many))
            percent = ", ".join(f"{100 * share:.0f}%" for share in shares)
            rows.append(
                f"| fair | {vacancies:,} | {percent} | {times:g} | {'merit' if merit else 'chance'} | {many} | {pooled:.1f} | {within:.1f} |"
            )
    for unfair in (1.5, 2.0):
        pooled, within = rates(rng, asked.bodies // 4, 250, (0.25, 0.25, 0.25), 1.0, 0.0, unfair)
        rows.append(
            f"| White {unfair:g} times | 250 | 25%, 25%, 25% | 1 | chance | {asked.bodies // 4} | {pooled:.1f} | {within:.1f} |"
        )
    overall = sum(rate * many for rate, many in within_rates) / sum(many for _, many in within_rates)
    lines = [
        "# Like for like: a fair body with unequal competition",
        "",
        f"`python -m evidence.like_for_like --bodies {asked.bodies} --seed {asked.seed}` · 2026-11-27, two cores shared; "
        f"{time.perf_counter() - started:.0f} s",
        "",
        "Shortlisted for a post: about 3, 5 or 12, a third of vacancies each; BME share of those shortlisted in the three kinds as",
        "given. Flagged: the 95% interval excludes 1. Persons apply as often as given on average; by merit: a person's own",
        "strength, the same for every ethnicity, goes with them from vacancy to vacancy.",
        "",
        "| body | vacancies | BME shortlisted | applications a person | chosen by | bodies | pooled flagged in 100 | within vacancies flagged in 100 |",
        "|---|---|---|---|---|---|---|---|",
        *rows,
        "",
        f"**Fair bodies, all rows together: within vacancies flagged in {overall:.1f} of 100.**",
        "",
    ]
    REPORT.write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(lines))
    return 0 if overall <= 5.0 else 1


if __name__ == "__main__":
    raise SystemExit(main())
