"""How often the verdict rule raises a false alarm over a fair return, and how often it finds a difference.

    python -m evidence.verdicts [--returns 2000] [--seed 20261124]

Writes docs/evidence/verdicts.md and wres_pipeline/indicators/verdict_rates.csv, which the method note prints.
Ends with status 1 when false alarms exceed 5 in 100 at any size.
"""

from __future__ import annotations

import argparse
import csv
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from wres_pipeline.indicators import verdicts
from wres_pipeline.indicators.figure_builder import Comparison
from wres_pipeline.indicators.workforce import AFC_CLUSTERS, STEPS, TIERS, disparity_family, tier_bands
from wres_pipeline.reference import pay_bands
from wres_pipeline.statistics.exact_tests import fisher

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "docs" / "evidence" / "verdicts.md"
TABLE = ROOT / "wres_pipeline" / "indicators" / "verdict_rates.csv"
SIZES = (300, 1000, 3000, 6000, 12000, 20000)
SHARES = (0.02, 0.05, 0.10, 0.25, 0.40)
UNKNOWN = 0.05
SURVEY_RATES = {"5": 0.28, "6": 0.24, "7": 0.56, "8": 0.08}
BOARD = {"board": 14, "voting": 10, "executive": 6}
#: shares of staff by band in each cluster, and of the clusters, roughly those of an acute trust
_AFC = (0.002, 0.003, 0.19, 0.11, 0.10, 0.22, 0.18, 0.11, 0.045, 0.02, 0.01, 0.004, 0.002, 0.004)
_MEDICAL = (0.45, 0.15, 0.38, 0.02)
_CLUSTERS = {"non_clinical": 0.28, "clinical": 0.60, "medical_and_dental": 0.12}


@dataclass(frozen=True)
class Situation:
    """What is unfair in an organisation: the figure it is looked for in, and how much."""

    name: str
    figure: str
    ratio: float


FAIR = Situation("nothing is unfair", "", 1.0)
UNFAIR = (
    Situation("2: White applicants 1.25 times as likely to be appointed", "2", 1.25),
    Situation("2: White applicants 1.5 times as likely to be appointed", "2", 1.5),
    Situation("3: BME staff 1.5 times as likely to enter a disciplinary", "3", 1.5),
    Situation("3: BME staff twice as likely to enter a disciplinary", "3", 2.0),
    Situation("3: BME staff three times as likely to enter a disciplinary", "3", 3.0),
    Situation("4: White staff 1.25 times as likely to get training", "4", 1.25),
    Situation("7: belief in equal opportunities 56% White, 45% BME", "7", 0.8),
    Situation("8: discrimination 8% White, 16% BME", "8", 2.0),
    Situation("race disparity, lower to upper 1.5", "race_disparity", 1.5),
)


def _band_chances(tilt: float) -> tuple[list[tuple[str, str]], np.ndarray]:
    """Every cluster and band with the chance of standing in it; those of the upper tier ÷ `tilt`."""
    places, chances = [], []
    upper = tier_bands("upper")
    for cluster, share in _CLUSTERS.items():
        bands = pay_bands.BANDS_BY_CLUSTER[cluster]
        for band, chance in zip(bands, _MEDICAL if len(bands) == len(_MEDICAL) else _AFC, strict=True):
            places.append((cluster, band))
            chances.append(share * chance / (tilt if band in upper else 1.0))
    total = np.array(chances)
    return places, total / total.sum()


def comparisons(rng: np.random.Generator, staff: int, share: float, situation: Situation) -> list[Comparison]:
    """The comparisons of one return of an organisation of `staff` people, `share` of them BME."""
    bme = round(staff * share)
    unknown = round(staff * UNKNOWN)
    white = staff - bme - unknown
    found: list[Comparison] = []

    def key(indicator: str, measure: str = "", cluster: str = "", band: str = ""):
        return ("XTR", 2021, indicator, measure, cluster, band, "")

    def two_groups(number: str, sizes: tuple[int, int], white_rate: float, bme_rate: float) -> None:
        done = [int(rng.binomial(n, rate)) for n, rate in zip(sizes, (white_rate, bme_rate), strict=True)]
        found.append(Comparison(key(number), "headline", (done[0], sizes[0]), (done[1], sizes[1])))

    def ratio(number: str) -> float:
        return situation.ratio if situation.figure == number else 1.0

    applicants = round(staff * 0.35)
    shortlisted = (round(applicants * (1 - share)), round(applicants * share))
    two_groups("2", shortlisted, 0.25, 0.25 / ratio("2"))
    two_groups("3", (white, bme), 0.01, 0.01 * ratio("3"))
    two_groups("4", (white, bme), 0.40, 0.40 / ratio("4"))
    answered = (round(white * 0.45), round(bme * 0.45))
    for number, rate in SURVEY_RATES.items():
        two_groups(number, answered, rate, rate * ratio(number))
    for part, members in BOARD.items():
        seats = int(rng.binomial(members, share))
        family = "headline" if part == "board" else "breakdowns"
        found.append(Comparison(key("9", band=part), family, (bme, staff), (seats, members)))
    places, fair = _band_chances(1.0)
    _, tilted = _band_chances(ratio("race_disparity"))
    of = {
        "white": rng.multinomial(white, fair),
        "bme": rng.multinomial(bme, tilted),
        "unknown": rng.multinomial(unknown, fair),
    }
    size = of["white"] + of["bme"] + of["unknown"]
    for place, (cluster, band) in enumerate(places):
        inside = (int(of["bme"][place]), int(size[place]))
        rest = (bme - inside[0], staff - inside[1])
        found.append(Comparison(key("1", "percentage", cluster, band), "breakdowns", rest, inside))
    for cluster in (*AFC_CLUSTERS, ""):
        names = (cluster,) if cluster else AFC_CLUSTERS
        tiers = {
            tier: [
                int(
                    sum(
                        of[group][i]
                        for i, (c, b) in enumerate(places)
                        if c in names and b in tier_bands(tier)
                    )
                )
                for group in ("white", "bme")
            ]
            for tier in TIERS
        }
        for measure, (low, high) in STEPS.items():
            tables = [(tiers[high][g], tiers[high][g] + tiers[low][g]) for g in (0, 1)]
            family = disparity_family(measure, cluster)
            found.append(Comparison(key("race_disparity", measure, cluster), family, *tables))
    return found


def _standing(people: np.ndarray, places: list[tuple[str, str]], clusters: tuple[str, ...], tier: str) -> int:
    inside = [c in clusters and b in tier_bands(tier) for c, b in places]
    return int(people[inside].sum())


def _adverse(indicator: str) -> str:
    return "higher" if indicator in ("3", "5", "6", "8") else "lower"


def measure_fair(rng: np.random.Generator, staff: int, share: float, returns: int) -> dict[str, float]:
    """Of `returns` fair returns, in percent: with any difference stated, with any p under 5%, …."""
    alarmed = naive = too_few = headline = 0
    for _ in range(returns):
        made = comparisons(rng, staff, share, FAIR)
        decided = verdicts.decide(made)
        alarmed += any(v.kind in ("lower", "higher") for v in decided.values())
        naive += any(fisher(c.white, c.bme) <= 0.05 for c in made if c.family == "headline")
        for one in made:
            if one.family == "headline":
                headline += 1
                too_few += decided[one.key].kind in ("too_few", "cannot")
    return {
        "false alarm anywhere in a return": 100 * alarmed / returns,
        "any of the nine headline p-values under 5%": 100 * naive / returns,
        "headline figures that are too few to say": 100 * too_few / headline,
    }


def measure_unfair(
    rng: np.random.Generator, staff: int, share: float, situation: Situation, returns: int
) -> float:
    """In how many of 100 such returns the rule states the difference, in the right direction."""
    seen = 0
    for _ in range(returns):
        decided = verdicts.decide(comparisons(rng, staff, share, situation))
        seen += any(
            verdict.kind == _adverse(key[2])
            for key, verdict in decided.items()
            if key[2] == situation.figure
            and (key[2] != "race_disparity" or key[3:5] == ("lower_to_upper", ""))
        )
    return 100 * seen / returns


def main(arguments: Sequence[str] | None = None) -> int:
    """Simulate, write both files, and say in the exit status whether false alarms kept to 5 in 100."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--returns", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=20261124)
    asked = parser.parse_args(arguments)
    started = time.perf_counter()
    rng = np.random.default_rng(asked.seed)
    rows: list[tuple[int, float, str, float, int]] = []
    for staff in SIZES:
        for share in SHARES:
            for name, percent in measure_fair(rng, staff, share, asked.returns).items():
                rows.append((staff, share, name, percent, asked.returns))
            for situation in UNFAIR:
                few = max(1, asked.returns // 10)
                percent = measure_unfair(rng, staff, share, situation, few)
                rows.append((staff, share, situation.name, percent, few))
    _write_table(rows)
    worst = max(percent for _, _, name, percent, _ in rows if name.startswith("false alarm"))
    _write_report(rows, worst, asked.returns, asked.seed, time.perf_counter() - started)
    print(f"worst false-alarm rate over a fair return: {worst:.1f} in 100; {REPORT}")
    return 0 if worst <= 5.0 else 1


def _write_table(rows: list[tuple[int, float, str, float, int]]) -> None:
    with TABLE.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["staff", "bme_percent", "situation", "percent", "returns"])
        for staff, share, name, percent, returns in rows:
            writer.writerow([staff, round(100 * share), name, f"{percent:.1f}", returns])


def _write_report(
    rows: list[tuple[int, float, str, float, int]], worst: float, returns: int, seed: int, seconds: float
) -> None:
    names = list(dict.fromkeys(row[2] for row in rows))
    lines = [
        "# The verdict rule: false alarms and detection",
        "",
        f"`python -m evidence.verdicts --returns {returns} --seed {seed}`",
        f"2026-11-24, {os.cpu_count()} cores, 24 GiB; {seconds:.0f} s.",
        "",
        "Each row is an organisation of that size; each column its share of BME staff. A return has 51",
        "comparisons: nine headline ones (indicators 2 to 8, the board, race disparity from lower to upper),",
        "eight other race disparity ratios, 32 bands and two parts of the board. 5% of staff are of Unknown",
        "ethnicity. Disciplinary rate 1%, appointments from shortlisting 25%, training 40%, survey response",
        "45%. The rule is described in `wres_pipeline/indicators/verdicts.py`.",
        "",
        f"**Worst false-alarm rate over a whole fair return: {worst:.1f} in 100** (aim: at most 5).",
    ]
    for name in names:
        lines += ["", f"## {name[0].upper() + name[1:]}, percent", ""]
        lines.append("| staff | " + " | ".join(f"{round(100 * share)}% BME" for share in SHARES) + " |")
        lines.append("|---|" + "---|" * len(SHARES))
        for staff in SIZES:
            cells = [f"{p:.1f}" for s, _, n, p, _ in rows if s == staff and n == name]
            lines.append(f"| {staff:,} | " + " | ".join(cells) + " |")
    few = max(1, returns // 10)
    lines += [
        "",
        f"The first three tables rest on {returns:,} simulated returns a cell (standard error of 2%: "
        f"{100 * (0.02 * 0.98 / returns) ** 0.5:.1f} points), the others on {few:,}.",
        "",
    ]
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
