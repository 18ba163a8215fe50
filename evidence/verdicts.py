"""How often each of the five words falls on the figures of fair bodies, and of bodies with a known difference.

    python -m evidence.verdicts [--returns 1000] [--unfair 200] [--seed 20261127]

Writes docs/evidence/verdicts.md and wres_pipeline/indicators/verdict_rates.csv, which the method note prints.
Ends with status 1 when false alarms exceed 5 in 100 at any size.
"""

from __future__ import annotations

import argparse
import csv
import os
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from wres_pipeline.indicators import verdicts
from wres_pipeline.indicators.figure_builder import Comparison
from wres_pipeline.indicators.shapes.tier_ratio import AFC_CLUSTERS, STEPS, TIERS, tier_bands
from wres_pipeline.indicators.verdicts import FAIR_HEADLINE, FALSE_ALARM, LIKELY_BY_CHANCE, WRONG_WAY
from wres_pipeline.reference.codes import pay_bands
from wres_pipeline.statistics.verdict_rule import CLEAR, LEVEL, LIKELY, STATED, WORDS

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "docs" / "evidence" / "verdicts.md"
TABLE = ROOT / "wres_pipeline" / "indicators" / "verdict_rates.csv"
SIZES = (100, 300, 1000, 3000, 6000, 12000, 20000)
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


@dataclass(frozen=True)
class Row:
    """In `percent` of `returns` simulated returns (or headline figures of them) of this size: the word."""

    staff: int
    share: float
    indicator: str
    situation: str
    word: str
    percent: float
    returns: int


FAIR = Situation("nothing is unfair", "", 1.0)
UNFAIR = (
    Situation("White applicants 1.25 times as likely to be appointed", "2", 1.25),
    Situation("White applicants 1.5 times as likely to be appointed", "2", 1.5),
    Situation("BME staff 1.5 times as likely to enter a disciplinary", "3", 1.5),
    Situation("BME staff twice as likely to enter a disciplinary", "3", 2.0),
    Situation("BME staff three times as likely to enter a disciplinary", "3", 3.0),
    Situation("White staff 1.25 times as likely to get training", "4", 1.25),
    Situation("belief in equal opportunities 56% White, 45% BME", "7", 0.8),
    Situation("discrimination 8% White, 16% BME", "8", 2.0),
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
            family = "headline" if (measure, cluster) == ("lower_to_upper", "") else "disparity"
            found.append(Comparison(key("race_disparity", measure, cluster), family, *tables))
    return found


def _standing(people: np.ndarray, places: list[tuple[str, str]], clusters: tuple[str, ...], tier: str) -> int:
    inside = [c in clusters and b in tier_bands(tier) for c, b in places]
    return int(people[inside].sum())


def _adverse(indicator: str) -> str:
    return "higher" if indicator in ("3", "5", "6", "8") else "lower"


def measure_fair(rng: np.random.Generator, staff: int, share: float, returns: int) -> list[Row]:
    """Of `returns` fair returns, in percent: with a clear, or a likely, difference; each word's share of the headlines."""
    clear = likely = anywhere = naive = 0
    words: Counter[str] = Counter()
    for _ in range(returns):
        made = comparisons(rng, staff, share, FAIR)
        decided = verdicts.without_power(made)
        headline = [decided[one.key] for one in made if one.family == "headline"]
        clear += any(v.word == CLEAR for v in decided.values())
        likely += any(v.word in STATED for v in headline)
        anywhere += any(v.word in STATED for v in decided.values())
        naive += any(v.p is not None and v.p <= LEVEL for v in headline)
        words.update(v.word for v in headline)
    of_returns = {
        (FALSE_ALARM, CLEAR): clear,
        (LIKELY_BY_CHANCE, LIKELY): likely,
        ("likely or clear difference anywhere in a fair return", LIKELY): anywhere,
        ("any of the nine headline p-values under 5% in a fair return", ""): naive,
    }
    every = sum(words.values())
    return [
        *(
            Row(staff, share, "", name, word, 100 * n / returns, returns)
            for (name, word), n in of_returns.items()
        ),
        *(Row(staff, share, "", FAIR_HEADLINE, word, 100 * words[word] / every, returns) for word in WORDS),
    ]


def measure_unfair(
    rng: np.random.Generator, staff: int, share: float, situation: Situation, returns: int
) -> list[Row]:
    """How often each word falls on the unfair figure; a difference stated the wrong way is counted apart."""
    words: Counter[str] = Counter()
    for _ in range(returns):
        made = [one for one in comparisons(rng, staff, share, situation) if one.family == "headline"]
        (found,) = [v for key, v in verdicts.without_power(made).items() if key[2] == situation.figure]
        right = found.direction == _adverse(situation.figure)
        words[found.word if right or found.word not in STATED else WRONG_WAY] += 1
    return [
        Row(staff, share, situation.figure, situation.name, word, 100 * words[word] / returns, returns)
        for word in (*WORDS, WRONG_WAY)
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Simulate, write both files, and say in the exit status whether false alarms kept to 5 in 100."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--returns", type=int, default=1000)
    parser.add_argument("--unfair", type=int, default=200)
    parser.add_argument("--seed", type=int, default=20261127)
    asked = parser.parse_args(arguments)
    started = time.perf_counter()
    rng = np.random.default_rng(asked.seed)
    rows: list[Row] = []
    for staff in SIZES:
        for share in SHARES:
            rows += measure_fair(rng, staff, share, asked.returns)
            for situation in UNFAIR:
                rows += measure_unfair(rng, staff, share, situation, asked.unfair)
    _write_table(rows)
    worst = max(row.percent for row in rows if row.situation == FALSE_ALARM)
    _write_report(rows, worst, asked, time.perf_counter() - started)
    print(f"worst false-alarm rate over a fair return: {worst:.1f} in 100; {REPORT}")
    return 0 if worst <= 5.0 else 1


def _write_table(rows: list[Row]) -> None:
    with TABLE.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["staff", "bme_percent", "indicator", "situation", "word", "percent", "returns"])
        for one in rows:
            writer.writerow(
                [
                    one.staff,
                    round(100 * one.share),
                    one.indicator,
                    one.situation,
                    one.word,
                    f"{one.percent:.1f}",
                    one.returns,
                ]
            )


def _write_report(rows: list[Row], worst: float, asked: argparse.Namespace, seconds: float) -> None:
    lines = [
        "# The five words of a verdict: how often each falls on fair and on unfair bodies",
        "",
        f"`python -m evidence.verdicts --returns {asked.returns} --unfair {asked.unfair} --seed {asked.seed}`",
        f"2026-11-27, {os.cpu_count()} cores shared with others; {seconds:.0f} s.",
        "",
        "Each row is an organisation of that size; each column its share of BME staff. A return has 51",
        "comparisons: nine headline ones (indicators 2 to 8, the board, race disparity from lower to upper),",
        "eight other race disparity ratios, 32 bands and two parts of the board. 5% of staff are of Unknown",
        "ethnicity. Disciplinary rate 1%, appointments from shortlisting 25%, training 40%, survey response",
        "45%. The rule is described in `wres_pipeline/statistics/verdict_rule.py`.",
        "",
        f"**Worst rate of a false clear difference over a whole fair return: {worst:.1f} in 100** (aim: at most 5).",
    ]
    for number, name, word in dict.fromkeys((row.indicator, row.situation, row.word) for row in rows):
        heading = f"{number}: {name}" if number.isdigit() else name[0].upper() + name[1:]
        lines += ["", f"## {heading}" + (f": {word}" if word else "") + ", percent", ""]
        lines.append("| staff | " + " | ".join(f"{round(100 * share)}% BME" for share in SHARES) + " |")
        lines.append("|---|" + "---|" * len(SHARES))
        for staff in SIZES:
            cells = [
                f"{r.percent:.1f}" for r in rows if (r.staff, r.situation, r.word) == (staff, name, word)
            ]
            lines.append(f"| {staff:,} | " + " | ".join(cells) + " |")
    lines += [
        "",
        f"Fair returns: {asked.returns:,} a cell (standard error of 2%: "
        f"{100 * (0.02 * 0.98 / asked.returns) ** 0.5:.1f} points); unfair ones: {asked.unfair:,}.",
        "",
    ]
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
