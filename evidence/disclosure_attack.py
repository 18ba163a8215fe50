"""Can withheld counts be worked out of the published files? 300 generated organisations, two editions each.

    python -m evidence.disclosure_attack [ORGANISATIONS]

Each organisation publishes 2020 (with 2019 beside it) and then 2021 (with 2020 beside it). The attacker has
both editions' files and nothing else. Writes docs/evidence/disclosure_attack.md; status 1 when anything is
worked out.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from evidence.public_files import Knowledge, attack, read_csv
from wres_pipeline.disclosure import Policy, protect
from wres_pipeline.indicators import nine
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.indicators.tallies import (
    Answers,
    Board,
    Discipline,
    Groups,
    OrganisationCounts,
    Recruitment,
    Survey,
    Training,
    Workforce,
)
from wres_pipeline.reference import pay_bands, years
from wres_pipeline.reports.figures_csv import csv_bytes

SEED = 20261124
REPORT = Path(__file__).parents[1] / "docs" / "evidence" / "disclosure_attack.md"
#: (staff, share BME, share Unknown): the two samples' kinds, small commissioners, middling bodies, a large
#: trust
KINDS = (
    (300, 0.015, 0.10),
    (3000, 0.25, 0.05),
    (300, 0.08, 0.05),
    (900, 0.12, 0.08),
    (120, 0.05, 0.03),
    (9000, 0.2, 0.04),
)


@dataclass
class Tally:
    """What was found over all organisations under one policy."""

    organisations: int = 0
    withheld: int = 0
    small: int = 0
    more: int = 0
    recovered: int = 0
    refused: int = 0
    readers: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    by_kind: dict[int, list[tuple[int, int, float]]] = field(default_factory=dict)

    def take(self, other: Tally) -> None:
        """Adds another's counts."""
        for name in ("organisations", "withheld", "small", "more", "recovered", "refused"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.readers.update(other.readers)
        self.seconds += other.seconds
        for staff, rows in other.by_kind.items():
            self.by_kind.setdefault(staff, []).extend(rows)


def organisation_year(
    code: str, year: int, staff: int, bme: float, unknown: float, draw: random.Random
) -> OrganisationCounts:
    """Counts of one year, drawn from `draw`."""
    shares = (1 - bme - unknown, bme, unknown)

    def split(people: int, tilt: float = 1.0) -> Groups:
        drawn = draw.choices(range(3), (shares[0], shares[1] * tilt, shares[2]), k=people) if people else []
        return Groups(*(drawn.count(group) for group in range(3)))

    def some(of: Groups, rate: float) -> Groups:
        return Groups(*(sum(draw.random() < rate for _ in range(n)) for n in of))

    cells = {}
    for cluster, share in (("non_clinical", 0.35), ("clinical", 0.53), ("medical_and_dental", 0.12)):
        weights = [draw.random() ** 2 for _ in pay_bands.BANDS_BY_CLUSTER[cluster]]
        for band, weight in zip(pay_bands.BANDS_BY_CLUSTER[cluster], weights, strict=True):
            cells[cluster, band] = split(int(staff * share * weight / sum(weights)), draw.uniform(0.3, 1.7))
    consultants = cells["medical_and_dental", "Consultants"]
    workforce = Workforce(cells, some(consultants, 0.15))
    shortlisted = split(int(staff * draw.uniform(0.2, 0.6)), 1.4)
    voting, non_voting = split(draw.randint(7, 13)), split(draw.randint(0, 5))
    board = voting.plus(non_voting)
    executive = Groups(*(draw.randint(0, n) for n in board))
    members = {
        "board": board,
        "voting": voting,
        "non_voting": non_voting,
        "executive": executive,
        "non_executive": Groups(*(a - b for a, b in zip(board, executive, strict=True))),
    }
    answers = {}
    for number in "5678":
        for group, people in zip(("White", "BME", "Unknown"), workforce.total, strict=True):
            base = int(people * 0.5)
            yes = sum(draw.random() < 0.2 for _ in range(base))
            answers[number, group] = Answers(yes, base - yes)
    rate = draw.choice((0.003, 0.01, 0.02))
    return OrganisationCounts(
        code,
        year,
        workforce,
        Recruitment(shortlisted, some(shortlisted, 0.25)),
        Discipline(some(workforce.total, rate), some(workforce.total, rate)),
        Training(some(workforce.total, draw.uniform(0.2, 0.9))),
        Survey(year - 1, answers),
        Board(members),
    )


def figures_of(code: str, number: int) -> dict[int, list[Figure]]:
    """Three years' figures of one generated organisation."""
    draw = random.Random(SEED + number)
    staff, bme, unknown = KINDS[number % len(KINDS)]
    return {
        year: nine.compute(organisation_year(code, year, staff, bme, unknown, draw), years.load(year))
        for year in (2019, 2020, 2021)
    }


def one(number: int, policy: Policy) -> Tally:
    """Publishes both editions of one organisation, then attacks their files."""
    tally = Tally()
    figures = figures_of(f"X{number:03d}", number)
    rounded_to = policy.nearest if policy.method == "round" else 0
    known = Knowledge()
    earlier: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        for year in (2020, 2021):
            started = time.process_time()
            result = protect([*figures[year], *figures[year - 1]], policy, earlier_public=earlier)
            spent = time.process_time() - started
            tally.seconds.append(spent)
            tally.readers.update(result.readers)
            row = (result.small, result.more, spent)
            tally.by_kind.setdefault(KINDS[number % len(KINDS)][0], []).append(row)
            if result.audit.failed:
                tally.refused += 1
                print(number, year, result.audit.words(), flush=True)
                continue
            tally.small += result.small
            tally.more += result.more
            path = Path(folder) / f"figures-{year}.csv"
            path.write_bytes(csv_bytes(result.figures))
            read_csv(path, known, rounded_to)
            earlier = result.figures
        found = attack(known, policy.width)
    tally.organisations = 1
    tally.withheld = len(known.withheld)
    tally.recovered = len(found) + len(known.impossible)
    for key, ends in found.items():
        print(number, policy.method, key, ends, flush=True)
    return tally


#: (name, policy, every how manieth organisation)
RULES = (("withhold 1–9", Policy(), 1), ("withhold 1–7, round to 5", Policy.rounding(), 5))


def both(number: int) -> dict[str, Tally]:
    """One organisation under the rules it is tried with."""
    return {name: one(number, policy) for name, policy, every in RULES if number % every == 0}


def main() -> int:
    """Tries both rules on the organisations (the second on every fifth) and writes the report as it goes."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    tallies = {name: Tally() for name, _, _ in RULES}
    with ProcessPoolExecutor(2) as workers:
        for number, made in enumerate(workers.map(both, range(wanted)), 1):
            for name, tally in made.items():
                tallies[name].take(tally)
            if number % 20 == 0 or number == wanted:
                found = {name: (t.withheld, t.recovered, t.refused) for name, t in tallies.items()}
                print(number, found, flush=True)
                REPORT.parent.mkdir(parents=True, exist_ok=True)
                REPORT.write_text(_report(wanted, tallies), encoding="utf-8")
    return 1 if any(tally.recovered or tally.refused for tally in tallies.values()) else 0


def _report(wanted: int, tallies: dict[str, Tally]) -> str:
    lines = [
        "# Attack on the public files",
        "",
        f"`python -m evidence.disclosure_attack {wanted}`, seed {SEED}, 2026-11-24, 2 cores, 24 GiB (shared).",
        "",
        "Each generated organisation publishes 2020 (with 2019) and 2021 (with 2020). The attacker parses both editions'",
        "figures.csv, knows that zeros are printed, every sum of the return, every percentage unrounded and what a",
        "disparity ratio adds, and solves for the range of each withheld count, over whole numbers where it is close.",
        "Written apart from the disclosure room. Recovered: a range narrower than the policy's width (2: three whole",
        "numbers possible).",
        "",
        "| rule | organisations | withheld counts | recovered | refused | small | lost beyond | per small |",
        "|---|---|---|---|---|---|---|---|",
    ]
    details: list[str] = []
    for name, tally in tallies.items():
        share = tally.more / max(1, tally.small)
        lines.append(
            f"| {name} | {tally.organisations} | {tally.withheld:,} | **{tally.recovered}** | {tally.refused} | "
            f"{tally.small:,} | {tally.more:,} | {share:.2f} |"
        )
        seconds = sorted(tally.seconds)
        details += [
            "",
            f"## {name}",
            "",
            f"Processor time of `protect` for one edition of two years: median {seconds[len(seconds) // 2]:.2f} s, "
            f"95th of 100 {seconds[int(0.95 * len(seconds))]:.2f} s, most {seconds[-1]:.2f} s.",
            "",
            "Blocks of linked counts safe even from a reader told of every withheld count whether it is small: "
            f"{tally.readers['all']:,}; told so of single counts but not of totals: {tally.readers['parts']:,}; "
            f"told nothing: {tally.readers['none']:,}; withheld whole: {tally.readers['whole']:,}.",
            "",
            "| staff | editions | small counts, mean | lost beyond, mean | seconds, mean | most |",
            "|---|---|---|---|---|---|",
        ]
        for staff, rows in sorted(tally.by_kind.items()):
            small, more, spent = (sum(column) / len(rows) for column in zip(*rows, strict=True))
            most = max(row[2] for row in rows)
            details.append(
                f"| {staff:,} | {len(rows)} | {small:.1f} | {more:.1f} | {spent:.2f} | {most:.2f} |"
            )
    return "\n".join([*lines, *details, ""])


if __name__ == "__main__":
    raise SystemExit(main())
