"""What of small bodies is said for several years and for several bands together, how often the intervals hold the truth, and what a reader makes of them.

    python -m evidence.years_together [--bodies 300] [--seconds 900] [--editions 4] [--processes 2]

Generated bodies of 50 to 500 staff whose White and BME applicants and staff have the same chances, so that every true ratio is 1
and one applicant of four is appointed. Each publishes one edition a year from 2021 on, each against all before it. All its figures.csv
are read by the attacker of evidence/public_files, who shares no code with the disclosure room. Writes docs/evidence/years_together.md;
status 1 where a withheld count is placed more narrowly than the rule says, or an edition is kept back.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

from evidence.generated_returns import SEED, organisation_year
from evidence.public_files import Knowledge, attack, read_csv
from wres_pipeline.disclosure import Policy, protect
from wres_pipeline.disclosure.register.releases import Release
from wres_pipeline.disclosure.rules.headlines import SAYS, count_by_saying
from wres_pipeline.disclosure.rules.presets import PRESETS
from wres_pipeline.indicators import computation, merged_bands
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.indicators.years_together import is_of_several_years, years_of
from wres_pipeline.reference import years

REPORT = Path(__file__).parents[1] / "docs" / "evidence" / "years_together.md"
RULES = {
    name: Policy.of(dict(one.settings))
    for name, one in PRESETS.items()
    if one.settings.get("method") != "none"
}
FIRST = 2021
TRUE_RATIO, TRUE_APPOINTED = 1.0, 25.0


def history(number: int, editions: int) -> dict[int, list[Figure]]:
    """The figures of each year of one body."""
    draw = random.Random(f"{SEED} years together {number}")
    staff, bme, unknown = draw.randint(50, 500), draw.uniform(0.02, 0.25), draw.uniform(0.03, 0.1)
    return {
        year: computation.compute(
            organisation_year("X001", year, staff, bme, unknown, draw), years.load(year)
        )
        for year in range(FIRST - 1, FIRST + editions)
    }


def body(number: int, editions: int, rule: str) -> Counter[tuple[str, ...]]:
    """Publishes every year of one body under one rule, and attacks what it published."""
    tally = Counter[tuple[str, ...]]()
    policy, figures = RULES[rule], history(number, editions)
    releases: list[Release] = []
    known = Knowledge(rounded=policy.method == "round")
    rounded_to = policy.nearest if policy.method == "round" else 0
    tally[rule, "bodies"] += 1
    for year in range(FIRST, FIRST + editions):
        began = time.process_time()
        made = protect([*figures[year], *figures[year - 1]], policy, releases=releases)
        tally[rule, "milliseconds"] += int(1000 * (time.process_time() - began))
        if made.audit.failed or made.release is None:
            tally[rule, "refused"] += 1
            continue
        releases.append(replace(made.release, period=str(year)))
        for says, many in count_by_saying(made.figures, year).items():
            tally[rule, str(year), says] += many
        for one in made.figures:
            if is_of_several_years(one) and one.reporting_year == year:
                _held(one, rule, tally)
        _rows(made.figures, year, rule, tally)
        tally[rule, "small"] += made.small
        tally[rule, "more"] += made.more
        with tempfile.TemporaryDirectory() as place:
            file = Path(place) / "figures.csv"
            # the reader is handed bytes as they are published
            file.write_bytes(_bytes(made.figures))
            read_csv(file, known, rounded_to)
    tally[rule, "withheld"] += len(known.withheld)
    try:
        placed = attack(known, policy.width)
    except ValueError:
        tally[rule, "contradictory"] += 1
        return tally
    tally[rule, "placed"] += len(placed) + len(known.impossible)
    return tally


def _rows(figures: list[Figure], year: int, rule: str, tally: Counter[tuple[str, ...]]) -> None:
    """How the share of BME staff in each row of several bands is said, of the years' editions together."""
    rows = [one for one in figures if merged_bands.is_merged(one) and one.reporting_year == year]
    if any(one.state == "withheld" and one.band and one.indicator == "1" for one in figures):
        tally[rule, "editions with withheld bands"] += 1
        tally[rule, "with rows"] += bool(rows)
    for one in rows:
        if one.unit == "percent" and one.ethnic_group == "BME":
            how = "value" if one.value is not None else "nothing" if one.range_low is None else "range"
            tally[rule, "both" if not one.cluster else "one", how] += 1


def _bytes(figures: list[Figure]) -> bytes:
    from wres_pipeline.reports.release import figures_csv

    return figures_csv.csv_bytes(figures)


def _held(one: Figure, rule: str, tally: Counter[tuple[str, ...]]) -> None:
    if one.unit == "ratio":
        tally[rule, "run", str(len(years_of(one)))] += 1
    kind, truth = ("ratio", TRUE_RATIO) if one.unit == "ratio" else ("appointed", TRUE_APPOINTED)
    if one.unit == "people" or (kind == "appointed" and one.indicator != "2"):
        return
    low, high = one.interval_low or 0.0, float("inf") if one.interval_high is None else one.interval_high
    tally[rule, kind] += 1
    tally[rule, f"{kind} held"] += low <= truth <= high


def main() -> int:
    """Measures until the time is over and writes the page."""
    ask = argparse.ArgumentParser(prog="python -m evidence.years_together")
    ask.add_argument("--bodies", type=int, default=300)
    ask.add_argument("--seconds", type=float, default=900.0)
    ask.add_argument("--editions", type=int, default=4)
    ask.add_argument("--processes", type=int, default=2)
    ask.add_argument(
        "--rules", nargs="*", default=[name for name in RULES if RULES[name].method == "suppress"]
    )
    given = ask.parse_args()
    until, tally = time.perf_counter() + given.seconds, Counter[tuple[str, ...]]()
    jobs = [(number, given.editions, rule) for number in range(given.bodies) for rule in given.rules]
    with ProcessPoolExecutor(given.processes) as workers:
        while jobs and time.perf_counter() < until:
            now, jobs = jobs[: 4 * given.processes], jobs[4 * given.processes :]
            for job in [workers.submit(body, *one) for one in now]:
                tally.update(job.result())
            REPORT.write_text("\n".join(_report(given, tally)) + "\n", encoding="utf-8")
    REPORT.write_text("\n".join(_report(given, tally)) + "\n", encoding="utf-8")
    wrong = sum(tally[rule, word] for rule in given.rules for word in ("placed", "contradictory", "refused"))
    return 1 if wrong else 0


def _report(given: argparse.Namespace, tally: Counter[tuple[str, ...]]) -> list[str]:
    lines = [
        "# Values of several years, and of several bands, together",
        "",
        f"`python -m evidence.years_together --bodies {given.bodies} --seconds {given.seconds:g} --editions {given.editions}`, "
        f"seed {SEED}, {time.strftime('%Y-%m-%d')}, 2 cores, 24 GB, shared with other work. A run given less time than its bodies need "
        "says how many it did.",
        "",
        "Bodies of 50 to 500 staff; of the twenty headline figures of each year, what is said. From the second edition on the register "
        "holds three years.",
        "",
        f"| rule | bodies | edition | {' | '.join(SAYS)} |",
        f"|---|---|---|{'---|' * len(SAYS)}",
    ]
    for rule in given.rules:
        for year in range(FIRST, FIRST + given.editions):
            whole = sum(tally[rule, str(year), says] for says in SAYS) or 1
            shares = " | ".join(f"{100 * tally[rule, str(year), says] / whole:.1f}%" for says in SAYS)
            lines.append(f"| {rule} | {tally[rule, 'bodies']} | {year} | {shares} |")
    lines += [
        "",
        "Of the ratios that are said so, how many add up 3, 4 and 5 years, and how often the 95% interval holds the true 1; of the "
        "likelihoods of appointment, the true 25%. Attack: counts withheld in any edition, and those that the reader of all of them "
        "places in fewer than three whole numbers. Seconds: processor time of one edition, mean.",
        "",
        "| rule | ratios | of 3 | 4 | 5 years | hold 1 | likelihoods of appointment | hold 25% | withheld | **placed** | refused | contradictory | seconds |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for rule in given.rules:
        t = {key[1:]: many for key, many in tally.items() if key[0] == rule}

        def held(kind: str, t: dict[tuple[str, ...], int] = t) -> str:
            return f"{100 * t.get((f'{kind} held',), 0) / (t.get((kind,), 0) or 1):.1f}%"

        runs = " | ".join(str(t.get(("run", str(many)), 0)) for many in (3, 4, 5))
        seconds = t.get(("milliseconds",), 0) / 1000 / (t.get(("bodies",), 0) * given.editions or 1)
        lines.append(
            f"| {rule} | {t.get(('ratio',), 0)} | {runs} | {held('ratio')} | {t.get(('appointed',), 0)} | {held('appointed')} | "
            f"{t.get(('withheld',), 0):,} | **{t.get(('placed',), 0)}** | {t.get(('refused',), 0)} | {t.get(('contradictory',), 0)} | {seconds:.2f} |"
        )
    lines += [
        "",
        "Several bands together (band 4 and below, 5 to 7, 8a and above): of the editions that withhold some count of a band, how many "
        "print such a row; how the share of BME staff is said in the rows of clinical and non-clinical staff together, and in those of "
        "one of them; and what all of the edition costs: counts withheld for their size, and others lost a small one.",
        "",
        "| rule | editions | with such rows | both: value | range | nothing | one: value | range | nothing | small | lost beyond, per small |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for rule in given.rules:
        rows = " | ".join(
            str(tally[rule, which, how]) for which in ("both", "one") for how in ("value", "range", "nothing")
        )
        lines.append(
            f"| {rule} | {tally[rule, 'editions with withheld bands']} | {tally[rule, 'with rows']} | {rows} | {tally[rule, 'small']:,} | "
            f"{tally[rule, 'more'] / (tally[rule, 'small'] or 1):.2f} |"
        )
    return lines


if __name__ == "__main__":
    raise SystemExit(main())
