"""How often a review of a provider with nothing the matter names something.

    python -m evidence.commissioner [--reviews 2000] [--seed 20261124]

Writes docs/evidence/commissioner.md. Ends with status 1 when more than 5 in 100 fair reviews name something.
"""

from __future__ import annotations

import argparse
import os
import time
from datetime import date
from pathlib import Path

import numpy as np

from wres_pipeline.commissioner import provider_log
from wres_pipeline.commissioner.log_checks import LogRow, check
from wres_pipeline.commissioner.provider_survey import SurveyResult
from wres_pipeline.commissioner.review import review

REPORT = Path(__file__).parents[1] / "docs" / "evidence" / "commissioner.md"
RATES = {"5": 0.28, "6": 0.23, "7": 0.58, "8": 0.08}
TOPICS = {
    "harassment_public": 0.28,
    "harassment_managers": 0.11,
    "harassment_colleagues": 0.18,
    "discrimination_internal": 0.08,
    "discrimination_public": 0.06,
}
BASES = ((1000, 300), (1500, 65), (400, 30), (3000, 12))
PEERS = 40
AS_AT = date(2021, 12, 1)


def fair_review(rng: np.random.Generator, white: int, bme: int) -> int:
    """How many sentences the review of a fair provider has under "what stands out"."""
    rows = []
    for year in (2020, 2021):
        for number, rate in RATES.items():
            for group, base in (("White", white), ("BME", bme)):
                percent = round(100 * int(rng.binomial(base, rate)) / base, 1)
                rows.append(LogRow(len(rows), "XTR", "T", year, number, group, percent, base, "report", ""))
    results = []
    for survey_year in (2019, 2020):
        for code in ("XTR", *(f"P{place:02}" for place in range(PEERS))):
            base = white + bme if code == "XTR" else int(rng.integers(500, 4000))
            for topic, rate in TOPICS.items():
                percent = 100 * int(rng.binomial(base, rate)) / base
                results.append(SurveyResult(code, survey_year, code, "K", "-", "W", topic, percent, base))
    log = check(rows)
    figures = provider_log.figures("X01", 2021, log.figures, as_at=AS_AT, results=results)
    (provider,) = provider_log.providers(log.figures)
    return len(review("X01", provider, 2021, log, figures, dated=AS_AT, results=results).stands_out)


def main() -> int:
    """Run, write the report, and give the exit status."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--reviews", type=int, default=2000)
    asked.add_argument("--seed", type=int, default=20261124)
    told = asked.parse_args()
    began = time.monotonic()
    rows, worst = [], 0.0
    for white, bme in BASES:
        rng = np.random.default_rng([told.seed, white, bme])
        named = sum(fair_review(rng, white, bme) > 0 for _ in range(told.reviews))
        rate = 100 * named / told.reviews
        worst = max(worst, rate)
        rows.append(f"| {white:,} | {bme:,} | {rate:.1f} |")
    REPORT.write_text(
        "# The commissioner's desk: reviews of fair providers\n\n"
        f"`python -m evidence.commissioner --reviews {told.reviews} --seed {told.seed}`\n"
        f"2026-11-24, {os.cpu_count()} cores, 24 GiB; {time.monotonic() - began:.0f} s.\n\n"
        "A fair provider: White and BME staff have the same chance of every answer, nothing changed since the year "
        f"before, and its {PEERS} peers have the same rates. A review makes up to 17 comparisons and looks at five "
        "questions among peers.\n\n"
        f"**Worst share of fair reviews that name something: {worst:.1f} in 100** (aim: at most 5).\n\n"
        "| White responses | BME responses | reviews that name something, per 100 |\n|---|---|---|\n"
        + "\n".join(rows)
        + "\n",
        encoding="utf-8",
    )
    return int(worst > 5)


if __name__ == "__main__":
    raise SystemExit(main())
