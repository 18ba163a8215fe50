"""Can withheld counts be worked out of everything that left the building? Generated bodies, every rule, every file parsed.

    python -m evidence.disclosure_attack [BODIES] [--files-for N] [--seconds S] [--processes 2]

Each body publishes 2020 (with 2019 beside it), monthly reports for circulation of February and March 2021 and the return of
2021, the reports before the return in every second body and after it in the others; every third body corrects its return
and publishes it again; three bodies together are a system. figures.csv of every edition and report is written and parsed; of
the first N bodies the pages, the workbook, the Word file, the PDF and the charts as well. The attacker has all of it and
nothing else, and shares no code with the disclosure room. Writes docs/evidence/disclosure_attack.md; status 1 when anything is worked out.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from evidence.generated_returns import KINDS, SEED, counts_of
from evidence.public_files import Key, Knowledge, attack, read_csv, read_pages, read_workbook
from evidence.released_reports import (
    MARCH,
    add_what_is_the_same,
    month_figures,
    moved,
    numbers_in,
    people_of,
    read_month,
    same_rows,
    small_moves,
)
from wres_pipeline.commissioner import system as systems
from wres_pipeline.disclosure import Policy, protect
from wres_pipeline.disclosure.protect import Protected
from wres_pipeline.disclosure.register.releases import Release
from wres_pipeline.disclosure.rules.headlines import SAYS, count_by_saying
from wres_pipeline.disclosure.rules.presets import PRESETS
from wres_pipeline.disclosure.rules.stakes import THRESHOLDS
from wres_pipeline.indicators import computation
from wres_pipeline.indicators.counts import OrganisationCounts
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import years
from wres_pipeline.reports.context import ReturnContext
from wres_pipeline.reports.quality import circulation, month_report
from wres_pipeline.reports.release import figures_csv

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "docs" / "evidence" / "disclosure_attack.md"
FEBRUARY = date(2021, 2, 28)
RULES = {name: Policy.of(dict(preset.settings)) for name, preset in PRESETS.items() if name != "none"}
#: each stake by a rule of its own, and nothing withheld
RULES |= {
    "by stake": Policy(composition=4, events=9, declaration=4, zeros="withheld"),
    "none": Policy(method="none", decided_by="SIRO", decided_on="2021-09-07", because="all have agreed"),
}


@dataclass
class Tally:
    """What was found of some bodies under one rule.

    withheld: counts some file withholds. placed: those placed more narrowly than the rule says. refused: editions and reports
    that the project's own audit kept back. contradictory: bodies whose files cannot all be true, so that nothing is proved. said: headline figures of 2021 by how much is said. further: numbers that Word,
    PDF or charts print and neither pages nor figures.csv do. seconds: processor time of each edition of two years.
    """

    bodies: int = 0
    cells: int = 0
    withheld: int = 0
    placed: int = 0
    moves: int = 0
    refused: int = 0
    contradictory: int = 0
    files: int = 0
    further: int = 0
    small: int = 0
    more: int = 0
    said: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def take(self, other: Tally) -> None:
        """Adds another's counts."""
        for name in (
            "bodies",
            "cells",
            "withheld",
            "placed",
            "moves",
            "refused",
            "contradictory",
            "files",
            "further",
            "small",
            "more",
        ):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.said.update(other.said)
        self.seconds += other.seconds
        self.told += other.told


@dataclass
class Body:
    """A body under attack: what it has released and what its files say."""

    code: str
    number: int
    policy: Policy
    tally: Tally
    folder: Path
    releases: list[Release] = field(default_factory=list)
    known: Knowledge = field(default_factory=Knowledge)

    @property
    def rounded_to(self) -> int:
        return self.policy.nearest if self.policy.method == "round" else 0

    def publish(
        self, counts: OrganisationCounts, before: OrganisationCounts, of: str = ""
    ) -> Protected | None:
        """Protects, writes and reads an edition; None where the audit keeps it back."""
        figures = [f for c in (counts, before) for f in computation.compute(c, years.load(c.reporting_year))]
        began = time.process_time()
        made = protect(figures, self.policy, releases=self.releases)
        self.tally.seconds.append(time.process_time() - began)
        if made.audit.failed or made.release is None:
            self.tally.refused += 1
            self.tally.told.append(f"{self.code} {counts.reporting_year} {of}: {made.audit.words()}")
            return None
        self.releases.append(made.release)
        file = self.folder / f"{of}{counts.reporting_year}.csv"
        file.write_bytes(figures_csv.csv_bytes(made.figures))
        self.tally.files += 1
        read_csv(file, self.known, self.rounded_to, of=of + self.code + " ")
        return made

    def has_not_moved(self, key: Key) -> bool:
        """Whether the row of a count of the first version is the same people in the corrected one, as it truly is: rows that
        are told alike may differ, and a reader is held to guess right."""
        year, table, *place, _ = key
        table = {"trained": "training"}.get(table, table)
        row = (self.code, year.rpartition(" ")[2], table, *place)
        first, second = [one for one in self.releases if one.product == "annual" and one.period == "2021"]
        return all(
            first.counts[each] == second.counts[each] or first.counts[each].true == second.counts[each].true
            for each in first.counts
            if each[:-1] == row and each in second.counts
        )

    def report(self, day: date, lists: dict[date, object], beside: list[circulation.Month]) -> None:
        """Makes, writes and reads a report for circulation."""
        true = month_figures(self.code, day, lists)  # type: ignore[arg-type]
        made = circulation.for_circulation(true, self.policy, releases=self.releases, beside=beside)
        if not made.safe or made.release is None:
            self.tally.refused += 1
            self.tally.told.append(f"{self.code} {day}: {made.words()}")
            return
        self.releases.append(made.release)
        beside[:] = [circulation.Month(made.figures, true)]
        file = self.folder / f"{day}.csv"
        file.write_bytes(month_report.csv_bytes(made.figures))
        self.tally.files += 1
        self.tally.cells += read_month(file, self.known, of=f"{self.code} ", least=self.known.least)


def everything(body: Body, *, files: bool) -> dict[int, Protected]:
    """All that one body releases in two years, read back and attacked; gives its first editions by year."""
    counts = counts_of(body.code, body.number)
    draw = random.Random(SEED + body.number)
    lists: dict[date, object] = {
        FEBRUARY: people_of(moved(counts[2021], draw, 3), draw),
        MARCH: people_of(counts[2021], draw),
    }
    editions: dict[int, Protected] = {}
    if made := body.publish(counts[2020], counts[2019]):
        editions[2020] = made
    beside: list[circulation.Month] = []
    steps = ["report", "return"] if body.number % 2 else ["return", "report"]
    for step in steps:
        if step == "report":
            for day in (FEBRUARY, MARCH):
                body.report(day, lists, beside)
        elif made := body.publish(counts[2021], counts[2020]):
            editions[2021] = made
            body.tally.small += made.small
            body.tally.more += made.more
            body.tally.said.update(count_by_saying(made.figures, 2021))
    own = f"{body.code} 2021"
    more = add_what_is_the_same(body.known, {f"{body.code} {MARCH}": own})
    if body.number % 3 == 0 and 2021 in editions:
        right = moved(counts[2021], draw, 4)
        if body.publish(right, counts[2020], of="corrected "):
            # rows that are rounded alike need not be alike
            for year in () if body.rounded_to else (2020, 2021):
                rows = same_rows(body.known, f"{body.code} {year}", f"corrected {body.code} {year}")
                more += [each for each in rows if body.has_not_moved(each[1][0])]
            if not body.rounded_to and body.policy.method != "none":
                for key in small_moves(body.known, own, f"corrected {own}", body.policy.threshold_high):
                    body.tally.moves += 1
                    body.tally.told.append(f"{key}: a small move shows")
    if files and 2021 in editions:
        read_every_file(body, editions[2021])
    body.tally.withheld += len(body.known.withheld)
    try:
        found = attack(body.known, body.policy.width, more)
    except ValueError as error:
        # files that cannot all be true are a mistake of ours or of the attack: never counted as safe
        body.tally.contradictory += 1
        body.tally.told.append(f"{body.code}: {error}")
        return editions
    found = {key: ends for key, ends in found.items() if not _has_not_moved(body, key, ends)}
    body.tally.placed += len(found) + len(body.known.impossible)
    body.tally.told += [f"{key}: {ends}" for key, ends in found.items()]
    body.tally.told += [f"{key}: not possible" for key in body.known.impossible]
    return editions


def _has_not_moved(body: Body, key: Key, ends: tuple[float, float]) -> bool:
    """Whether a count that the corrected return withholds is worked out to be what the first printed: nobody moved."""
    first = (key[0].removeprefix("corrected "), *key[1:])
    return first != key and first in body.known.printed and body.known.ranges[first] == ends


def read_every_file(body: Body, made: Protected) -> None:
    """Writes and parses the pages, the workbook, the Word file, the PDF and the charts of an edition."""
    from wres_pipeline.reports.annual import reporting_template, return_workbook
    from wres_pipeline.reports.site import pdf, site_pages

    rules = years.load(2021)
    about = ReturnContext(
        body.code,
        f"Organisation {body.code}",
        rules,
        "public",
        rules.publication_deadline,
        fictional=True,
    )
    folder = body.folder / "site"
    _, charts = site_pages.write(made.figures, about, folder)
    charts.result()
    return_workbook.write_workbook(made.figures, about, folder / "annual-return.xlsx")
    reporting_template.write_docx(made.figures, about, folder / "template.docx")
    of = body.code + " "
    body.tally.cells += read_pages(folder, body.known, body.rounded_to, of=of)
    # which breakdowns are withheld whole, noughts too, every file says
    workbook = Knowledge(whole={(key[0].removeprefix(of), *key[1:]) for key in body.known.whole})
    body.tally.cells += read_workbook(folder / "annual-return.xlsx", workbook, body.rounded_to)
    for key, (low, high) in workbook.ranges.items():
        body.known.know((of + key[0], *key[1:]), low, high)
    shown = numbers_in(
        [f"{f.shown} {f.remarks} {f.interval_shown} {f.bounds_shown} {f.value or ''}" for f in made.figures]
    )
    pages = numbers_in([_text_of_page(page) for page in folder.glob("*.html")]) | shown
    texts = {"template.docx": _text_of_word(folder / "template.docx")}
    if not pdf.missing():
        pdf.write_pdf(made.figures, about, folder / "all.pdf")
        texts["all.pdf"] = _text_of_pdf(folder / "all.pdf")
    for chart in folder.rglob("*.svg"):
        texts[chart.name] = _text_of_page(chart)
    body.tally.files += len(texts) + 2 + len(list(folder.glob("*.html")))
    for name, text in texts.items():
        further = {one for one in numbers_in([text]) - pages if not _of_a_scale(one)}
        body.tally.further += len(further)
        body.tally.told += [
            f"{body.code} {name} prints {one}, which nothing else does" for one in sorted(further)[:5]
        ]


def _of_a_scale(number: str) -> bool:
    """Whether a number is one of the round ones that axes, pages and dates carry."""
    plain = float(number.replace(",", ""))
    return plain <= 31 or plain % 5 == 0 or 2000 < plain < 2100


def _text_of_page(page: Path) -> str:
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", page.read_text(encoding="utf-8"), flags=re.S)
    return re.sub(r"<[^>]+>", " ", text)


def _text_of_word(file: Path) -> str:
    from docx import Document

    document = Document(str(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def _text_of_pdf(file: Path) -> str:
    import pdfplumber

    with pdfplumber.open(file) as pages:
        text = "\n".join(page.extract_text() or "" for page in pages.pages)
    return re.sub(r"\bPage \d+ of \d+\b", " ", text)


def system_of(bodies: Sequence[Body], editions: Sequence[dict[int, Protected]], policy: Policy) -> None:
    """The three bodies' system: published, read, and attacked together with its members' files."""
    if not all(2021 in made for made in editions):
        return
    counts = [counts_of(body.code, body.number)[2021] for body in bodies]
    view = systems.view("XSY", counts, years.load(2021))
    public = systems.public(
        view, {b.code: _of_2021(m) for b, m in zip(bodies, editions, strict=True)}, policy
    )
    file = bodies[0].folder / "system.csv"
    file.write_bytes(figures_csv.csv_bytes(public))
    known = Knowledge(rounded=policy.method == "round")
    for body in bodies:
        known.take(body.known)
    read_csv(file, known, 0, of="XSY ", of_a_system=True)
    known.together = [("XSY 2021", tuple(f"{body.code} 2021" for body in bodies))]
    tally = bodies[0].tally
    tally.files += 1
    if policy.method == "round":
        return  # its counts are the sums of rounded ones: the members' files say them already
    try:
        found = attack(known, policy.width)
    except ValueError as error:
        tally.contradictory += 1
        tally.told.append(f"system of {bodies[0].code}: {error}")
        return
    by_code = {body.code: body for body in bodies}
    found = {
        key: ends
        for key, ends in found.items()
        if not (body := by_code.get(key[0].split()[-2])) or not _has_not_moved(body, key, ends)
    }
    tally.placed += len(found)
    tally.told += [f"system: {key}: {ends}" for key, ends in found.items()]


def _of_2021(made: dict[int, Protected]) -> list[Figure]:
    return [one for one in made[2021].figures if one.reporting_year == 2021]


def triple(first: int, rule: str, files_for: int) -> tuple[str, Tally]:
    """Three bodies and their system under one rule."""
    policy, tally = RULES[rule], Tally(bodies=3)
    with tempfile.TemporaryDirectory() as place:
        bodies, editions = [], []
        for number in (first, first + 1, first + 2):
            folder = Path(place) / str(number)
            folder.mkdir()
            body = Body(f"X{number:03d}", number, policy, tally, folder)
            body.known.rounded = policy.method == "round"
            body.known.least = 1 + min(map(policy.threshold, ("", *THRESHOLDS)))
            editions.append(everything(body, files=number < files_for))
            bodies.append(body)
        system_of(bodies, editions, policy)
    return rule, tally


def _silent() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def made(
    wanted: int, files_for: int, seconds: float, processes: int, rules: Sequence[str]
) -> Iterator[tuple[str, Tally]]:
    """The triples one after the other, every rule in turn, until the time is over."""
    began = time.perf_counter()
    jobs = [(first, rule) for first in range(0, wanted, 3) for rule in rules]
    with ProcessPoolExecutor(processes, initializer=_silent) as workers:
        at_work: set[Future[tuple[str, Tally]]] = set()
        while at_work or (jobs and time.perf_counter() - began < seconds):
            while jobs and len(at_work) < processes and time.perf_counter() - began < seconds:
                first, rule = jobs.pop(0)
                at_work.add(workers.submit(triple, first, rule, files_for))
            done, at_work = wait(at_work, return_when=FIRST_COMPLETED)
            for job in done:
                yield job.result()


def main() -> int:
    """Attacks the bodies under every preset and writes the page."""
    ask = argparse.ArgumentParser(prog="python -m evidence.disclosure_attack")
    ask.add_argument("bodies", type=int, nargs="?", default=300)
    ask.add_argument(
        "--files-for", type=int, default=6, help="every kind of file of the first N; figures.csv of all"
    )
    ask.add_argument("--seconds", type=float, default=3600.0, help="start no further bodies after so long")
    ask.add_argument("--processes", type=int, default=2)
    ask.add_argument("--rules", nargs="*", default=list(RULES), choices=list(RULES))
    given = ask.parse_args()
    tallies = {rule: Tally() for rule in given.rules}
    for rule, tally in made(given.bodies, given.files_for, given.seconds, given.processes, given.rules):
        tallies[rule].take(tally)
        for words in tally.told:
            print(rule, words, flush=True)
        REPORT.write_text(_report(given, tallies), encoding="utf-8")
    wrong = sum(t.placed + t.moves + t.further + t.contradictory for t in tallies.values())
    return 1 if wrong else 0


def _report(given: argparse.Namespace, tallies: dict[str, Tally]) -> str:
    lines = [
        "# Attack on everything released",
        "",
        f"`python -m evidence.disclosure_attack {given.bodies} --files-for {given.files_for} --seconds {given.seconds:g}`, seed {SEED}, "
        f"{time.strftime('%Y-%m-%d')}, 2 cores, 24 GiB (shared). Bodies of {', '.join(str(kind[0]) for kind in KINDS)} staff in turn.",
        "",
        "Each body publishes 2020 and 2021, reports of February and March 2021 for circulation (before the return in every second",
        "body, after it in the others), every third a corrected return four people off; three together are a system. The attacker",
        "parses the files, knows every sum of a return and of a report, which of their counts are the same people (of the rows that two",
        "versions tell alike, which have truly not moved), which staff groups a cluster is made of, every percentage,",
        "ratio and range, and solves for the least and most of each withheld count over whole numbers. Placed: a range narrower than",
        "the rule's width (three whole numbers). Moves: counts of a group that both versions of a return print and that differ by a few.",
        "Further: numbers that the Word file, the PDF or a chart print and neither a page nor figures.csv does. Refused: kept back by the",
        "project's own audit, so never published. A run that was given less time than 300 bodies need says how many it did.",
        "",
        "| rule | bodies | files parsed | withheld counts | placed | moves | further | refused | contradictory | small | lost beyond, per small |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for rule, t in tallies.items():
        lines.append(
            f"| {rule} | {t.bodies} | {t.files} | {t.withheld:,} | **{t.placed}** | **{t.moves}** | **{t.further}** | {t.refused} | {t.contradictory} | "
            f"{t.small:,} | {t.more / max(1, t.small):.2f} |"
        )
    lines += [
        "",
        "| rule | headlines of 2021 | value | several years | range | words | nothing | seconds, median | 95 of 100 | most |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for rule, t in tallies.items():
        whole = sum(t.said.values())
        if not whole:
            continue
        spent = sorted(t.seconds)
        shares = " | ".join(f"{100 * t.said[says] / whole:.0f}%" for says in SAYS)
        lines.append(
            f"| {rule} | {whole:,} | {shares} | {spent[len(spent) // 2]:.2f} | {spent[int(0.95 * (len(spent) - 1))]:.2f} | {spent[-1]:.2f} |"
        )
    lines += [
        "",
        "Seconds are processor time of protecting one edition of two years against everything released before.",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
