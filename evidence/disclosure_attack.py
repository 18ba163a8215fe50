"""Can withheld counts be worked out of the published files? 300 generated organisations, two editions each.

    python -m evidence.disclosure_attack [ORGANISATIONS] [--pages-for N] [--processes 2] [--progress FILE] [--afresh]

Each organisation publishes 2020 (with 2019 beside it) and then 2021 (with 2020 beside it): figures.csv, the workbook
and the pages are written to a folder, read back and forgotten. The attacker has both editions' files and nothing else.
What is found of each organisation goes into the progress file at once; a run that was stopped goes on from there, unless
the code has changed since. Writes docs/evidence/disclosure_attack.md; status 1 when anything is worked out.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path

from evidence.generated_returns import KINDS, SEED, figures_of
from evidence.public_files import Key, Knowledge, attack, read_csv, read_pages, read_workbook
from wres_pipeline.disclosure import Policy, protect
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import years
from wres_pipeline.reports.annual import return_workbook
from wres_pipeline.reports.context import ReturnContext
from wres_pipeline.reports.release import figures_csv
from wres_pipeline.reports.site import site_pages

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "docs" / "evidence" / "disclosure_attack.md"
PROGRESS = Path(tempfile.gettempdir()) / "wres_disclosure_attack.jsonl"
#: name, policy, every how manieth organisation
RULES = (("withhold 1–9", Policy(), 1), ("withhold 1–7, round to 5", Policy.rounding(), 5))
SUMMED = (
    "organisations",
    "with_pages",
    "cells",
    "withheld",
    "small",
    "more",
    "recovered",
    "differing",
    "refused",
)


@dataclass
class Tally:
    """What was found over all organisations under one policy.

    cells: counts read from pages and workbooks. differing: counts that one file prints and another withholds.
    seconds: processor time of `protect` for each edition. whole: processor time for each organisation, files and all.
    by_kind: staff -> (small, lost beyond, seconds) of each edition. told: what to look at.
    """

    organisations: int = 0
    with_pages: int = 0
    cells: int = 0
    withheld: int = 0
    small: int = 0
    more: int = 0
    recovered: int = 0
    differing: int = 0
    refused: int = 0
    readers: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    by_kind: dict[str, list[list[float]]] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)

    def take(self, other: Tally) -> None:
        """Adds another's counts."""
        for name in SUMMED:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.readers.update(other.readers)
        self.seconds += other.seconds
        self.whole += other.whole
        self.told += other.told
        for staff, rows in other.by_kind.items():
            self.by_kind.setdefault(staff, []).extend(rows)


def publish(figures: list[Figure], code: str, year: int, folder: Path) -> None:
    """Writes the pages and the workbook of one public edition, as a run does."""
    context = ReturnContext(
        code, f"Organisation {code}", "Acute trust", years.load(year), "public",
        years.load(year).publication_deadline, fictional=True,
    )  # fmt: skip
    site_pages.write(figures, context, folder)
    return_workbook.write_workbook(figures, context, folder / "annual-return.xlsx")


def read_edition(folder: Path, rounded_to: int, *, pages: bool) -> tuple[list[tuple[str, Knowledge]], int]:
    """What each public file of one edition says by itself, and how many counts the pages and the workbook hold."""
    open_data = Knowledge()
    read_csv(folder / "figures.csv", open_data, rounded_to)
    found = [("figures.csv", open_data)]
    cells = 0
    if pages:
        # a page says of a breakdown withheld whole what the open data say; its zeros are then no news
        on_pages = Knowledge(whole=set(open_data.whole), rounded=bool(rounded_to))
        in_workbook = Knowledge(whole=set(open_data.whole), rounded=bool(rounded_to))
        cells += read_pages(folder, on_pages, rounded_to)
        cells += read_workbook(folder / "annual-return.xlsx", in_workbook, rounded_to)
        found += [("pages", on_pages), ("workbook", in_workbook)]
    return found, cells


def differing(files: Iterable[tuple[str, Knowledge]]) -> dict[Key, str]:
    """Counts that one file prints and another, or another edition's, withholds."""
    printed: dict[Key, str] = {}
    withheld: dict[Key, str] = {}
    for name, said in files:
        printed |= dict.fromkeys(said.printed, name)
        withheld |= dict.fromkeys(said.withheld, name)
    return {
        key: f"printed in {printed[key]}, withheld in {withheld[key]}" for key in {*printed} & {*withheld}
    }


def one(number: int, policy: Policy, *, pages: bool) -> Tally:
    """Publishes both editions of one organisation, then attacks their files."""
    tally = Tally(organisations=1, with_pages=int(pages))
    code = f"X{number:03d}"
    began = time.process_time()
    figures = figures_of(code, number)
    rounded_to = policy.nearest if policy.method == "round" else 0
    files: list[tuple[str, Knowledge]] = []
    earlier: list[Figure] = []
    with tempfile.TemporaryDirectory() as place:
        for year in (2020, 2021):
            started = time.process_time()
            result = protect([*figures[year], *figures[year - 1]], policy, earlier_public=earlier)
            spent = time.process_time() - started
            tally.seconds.append(spent)
            tally.readers.update(result.readers)
            staff = str(KINDS[number % len(KINDS)][0])
            tally.by_kind.setdefault(staff, []).append([result.small, result.more, spent])
            if result.audit.failed:
                tally.refused += 1
                tally.told.append(f"{code} {year}: {result.audit.words()}")
                continue
            tally.small += result.small
            tally.more += result.more
            folder = Path(place) / str(year)
            folder.mkdir()
            (folder / "figures.csv").write_bytes(figures_csv.csv_bytes(result.figures))
            if pages:
                publish(result.figures, code, year, folder)
            said, cells = read_edition(folder, rounded_to, pages=pages)
            files += [(f"{name} of {year}", each) for name, each in said]
            tally.cells += cells
            earlier = result.figures
    known = Knowledge(rounded=bool(rounded_to))
    for _, said_there in files:
        known.take(said_there)
    found = attack(known, policy.width)
    tally.withheld = len(known.withheld)
    tally.recovered = len(found) + len(known.impossible)
    tally.told += [f"{code} {policy.method} {key}: {ends}" for key, ends in found.items()]
    tally.told += [f"{code} {policy.method} {key}: not possible" for key in known.impossible]
    apart = differing(files)
    tally.differing = len(apart)
    tally.told += [f"{code} {policy.method} {key}: {words}" for key, words in apart.items()]
    tally.whole.append(time.process_time() - began)
    return tally


def both(number: int, pages: bool) -> tuple[int, dict[str, Tally]]:
    """One organisation under the rules it is tried with."""
    return number, {
        name: one(number, policy, pages=pages) for name, policy, every in RULES if number % every == 0
    }


def _silent() -> None:
    # the solver of a worker writes notes of its own to the terminal
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _mark() -> str:
    """A mark of the code that publishes and attacks: results of other code are not taken over."""
    digest = hashlib.sha256()
    for room in ("disclosure", "indicators", "reference", "reports"):
        for path in sorted((ROOT / "wres_pipeline" / room).rglob("*")):
            if path.suffix in (".py", ".csv", ".yaml", ".jinja"):
                digest.update(path.read_bytes())
    for name in ("disclosure_attack", "generated_returns", "public_files"):
        digest.update((ROOT / "evidence" / f"{name}.py").read_bytes())
    return digest.hexdigest()[:16]


def made_before(progress: Path, mark: str, wanted: int, pages_for: int) -> dict[int, dict[str, Tally]]:
    """The organisations of an earlier run of the same code that need not be done again."""
    found: dict[int, dict[str, Tally]] = {}
    for line in progress.read_text(encoding="utf-8").splitlines() if progress.exists() else ():
        try:
            told = json.loads(line)
        except ValueError:
            continue  # empty, or cut short
        number = told["number"]
        if told["mark"] == mark and number < wanted and told["pages"] == (number < pages_for):
            found[number] = {
                name: Tally(**{**each, "readers": Counter(each["readers"])})
                for name, each in told["rules"].items()
            }
    return found


def results(
    left: list[int], pages_for: int, processes: int, progress: Path, mark: str
) -> Iterator[dict[str, Tally]]:
    """Does the organisations that are left, and keeps each in the progress file before it is given."""
    with (
        ProcessPoolExecutor(processes, initializer=_silent) as workers,
        progress.open("a", encoding="utf-8") as out,
    ):
        if out.tell():
            out.write("\n")  # ends a line that a stopped run did not
        jobs = [workers.submit(both, number, number < pages_for) for number in left]
        for job in as_completed(jobs):
            number, made = job.result()
            told = {name: vars(tally) for name, tally in made.items()}
            line = {"number": number, "mark": mark, "pages": number < pages_for, "rules": told}
            out.write(json.dumps(line) + "\n")
            out.flush()
            yield made


def main() -> int:
    """Tries both rules on the organisations (the second on every fifth) and writes the report as it goes."""
    ask = argparse.ArgumentParser(prog="python -m evidence.disclosure_attack")
    ask.add_argument("organisations", type=int, nargs="?", default=300)
    ask.add_argument("--pages-for", type=int, help="pages and workbook of the first N only; all if not given")
    ask.add_argument("--processes", type=int, default=2)
    ask.add_argument("--progress", type=Path, default=PROGRESS, help="where results are kept as they come")
    ask.add_argument("--afresh", action="store_true", help="forget what an earlier run has done")
    given = ask.parse_args()
    wanted, mark = given.organisations, _mark()
    pages_for = wanted if given.pages_for is None else given.pages_for
    if given.afresh:
        given.progress.unlink(missing_ok=True)
    before = made_before(given.progress, mark, wanted, pages_for)
    tallies = {name: Tally() for name, _, _ in RULES}
    began, count = time.perf_counter(), 0

    def add(made: dict[str, Tally]) -> None:
        for name, tally in made.items():
            tallies[name].take(tally)
            for words in tally.told:
                print(words, flush=True)

    for made in before.values():
        add(made)
    if before:
        print(f"{len(before)} organisations were done before", flush=True)
    left = [number for number in range(wanted) if number not in before]
    for count, made in enumerate(results(left, pages_for, given.processes, given.progress, mark), 1):
        add(made)
        if count % 10 == 0 or count == len(left):
            found = {name: (t.withheld, t.recovered, t.differing, t.refused) for name, t in tallies.items()}
            a_piece = (time.perf_counter() - began) / count
            print(f"{len(before) + count} of {wanted}, {a_piece:.1f} s each: {found}", flush=True)
            REPORT.write_text(_report(wanted, tallies), encoding="utf-8")
    REPORT.write_text(_report(wanted, tallies), encoding="utf-8")
    return 1 if any(tally.told for tally in tallies.values()) else 0


def _report(wanted: int, tallies: dict[str, Tally]) -> str:
    lines = [
        "# Attack on the public files",
        "",
        f"`python -m evidence.disclosure_attack {wanted}`, seed {SEED}, 2026-11-24, 2 cores, 24 GiB (shared).",
        "",
        "Each generated organisation publishes 2020 (with 2019) and 2021 (with 2020): figures.csv, workbook and pages are",
        "written, and the attacker parses them, of both editions together. They know that zeros are printed, every sum of",
        "the return, every percentage unrounded and what a disparity ratio adds, and solve for the range of each withheld",
        "count, over whole numbers where it is close. Written apart from the disclosure room. Recovered: a range narrower",
        "than the policy's width (2: three whole numbers possible). In one file only: printed in one of the files or",
        "editions and withheld in another.",
        "",
        "| rule | organisations | with pages and workbook | counts read there | withheld counts | recovered | in one file only | "
        "refused | small | lost beyond | per small |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    details: list[str] = []
    for name, tally in tallies.items():
        share = tally.more / max(1, tally.small)
        lines.append(
            f"| {name} | {tally.organisations} | {tally.with_pages} | {tally.cells:,} | {tally.withheld:,} | "
            f"**{tally.recovered}** | **{tally.differing}** | {tally.refused} | {tally.small:,} | {tally.more:,} | "
            f"{share:.2f} |"
        )
        if not tally.organisations:
            continue
        seconds = sorted(tally.seconds)
        details += [
            "",
            f"## {name}",
            "",
            f"Processor time of `protect` for one edition of two years: median {seconds[len(seconds) // 2]:.2f} s, "
            f"95th of 100 {seconds[int(0.95 * len(seconds))]:.2f} s, most {seconds[-1]:.2f} s. For an organisation, its files "
            f"and the attack: {sum(tally.whole) / len(tally.whole):.1f} s on average.",
            "",
            "Blocks of linked counts safe even from a reader told of every withheld count whether it is small: "
            f"{tally.readers['all']:,}; told so of single counts but not of totals: {tally.readers['parts']:,}; "
            f"told nothing: {tally.readers['none']:,}; withheld whole: {tally.readers['whole']:,}.",
            "",
            "| staff | editions | small counts, mean | lost beyond, mean | seconds, mean | most |",
            "|---|---|---|---|---|---|",
        ]
        for staff, rows in sorted(tally.by_kind.items(), key=lambda item: int(item[0])):
            small, more, spent = (sum(column) / len(rows) for column in zip(*rows, strict=True))
            most = max(row[2] for row in rows)
            details.append(
                f"| {int(staff):,} | {len(rows)} | {small:.1f} | {more:.1f} | {spent:.2f} | {most:.2f} |"
            )
    return "\n".join([*lines, *details, ""])


if __name__ == "__main__":
    raise SystemExit(main())
