"""No cell believed in silence: bodies with known truth, each put through faults of meaning; every figure is right or told.

Run: python -m evidence.faults_of_meaning --bodies 2400 --seed 1; writes docs/evidence/faults_of_meaning.md.
"""

from __future__ import annotations

import argparse
import csv
import random
import shutil
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import duckdb
import openpyxl

from evidence import meaning_faults_of_exports
from evidence.meaning_bodies import YEAR, Body, Key, Sheet, make
from evidence.meaning_faults import Fault
from wres_pipeline.extracts.canonical import core
from wres_pipeline.extracts.intake import folder_events, landing, resubmission
from wres_pipeline.extracts.outcomes.findings import Finding
from wres_pipeline.indicators import computation, count_reading
from wres_pipeline.quality import extract_findings
from wres_pipeline.reference import years
from wres_pipeline.reference.local import LocalMappings

REPORT = Path(__file__).parent.parent / "docs" / "evidence" / "faults_of_meaning.md"
FAULTS = meaning_faults_of_exports.FAULTS
TOGETHER = 60
"""Bodies landed in one warehouse."""
CLEAN_EVERY = 6
"""One body in so many keeps its extracts as they are."""
OUTCOMES = ("right", "right and told", "told", "file refused", "silent")
RELATED = {
    # a fault in one column is named at another where that is what a reader sees
    "employee_number": {"employee_number", "assignment_number", "ethnic_origin"},
    "shortlisted": {"shortlisted", "stage"},
}


@dataclass
class Result:
    """counts: outcome -> bodies; by_fault: of bodies with one fault; silent: what was silent; blocked: clean bodies with a
    finding that blocks; clean: clean bodies; clean_wrong: clean bodies whose figures are not the truth."""

    counts: Counter[str] = field(default_factory=Counter)
    by_fault: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    silent: list[str] = field(default_factory=list)
    clean: int = 0
    blocked: list[str] = field(default_factory=list)
    clean_wrong: list[str] = field(default_factory=list)
    figures: int = 0


def write(body: Body, folder: Path) -> None:
    """The body's extracts and mappings, in a folder of its own."""
    folder.mkdir(parents=True)
    for sheet in body.sheets.values():
        if sheet.as_workbook:
            _write_workbook(sheet, folder / f"{sheet.stem}.xlsx")
            continue
        with (folder / f"{sheet.stem}.csv").open("w", encoding=sheet.encoding, newline="") as file:
            writer = csv.writer(file)
            writer.writerow(sheet.headings)
            writer.writerows(sheet.rows)
    for name, content in body.mappings.items():
        (folder / "mappings").mkdir(exist_ok=True)
        (folder / "mappings" / name).write_bytes(content)


def _write_workbook(sheet: Sheet, path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(sheet.headings)
    for n, row in enumerate(sheet.rows):
        page.append(row)
        if n in sheet.hidden:
            page.row_dimensions[n + 2].hidden = True
    for (n, at), text in sheet.cells.items():
        cell = page.cell(n + 2, at + 1)
        if text.startswith("%"):
            cell.value, cell.number_format = float(text[1:]), "0.0%"
        elif text.startswith("#"):
            cell.value = int(text[1:])
        elif text.startswith("@"):
            cell.value, cell.number_format = int(text[1:]), "dd/mm/yyyy"
        elif text.startswith("="):
            cell.value = text
        else:
            cell.value, cell.data_type = text.removeprefix("!"), "e"
    for top, bottom, at in sheet.merged:
        page.merge_cells(start_row=top + 2, end_row=bottom + 2, start_column=at + 1, end_column=at + 1)
    book.save(path)


def look(bodies: Sequence[Body]) -> tuple[dict[str, dict[Key, float | None]], dict[str, list[Finding]]]:
    """(the figures of each body, its findings), as a run makes both, of bodies in one warehouse."""
    scratch = Path(tempfile.mkdtemp(prefix="wres-meaning-"))
    try:
        for body in bodies:
            write(body, scratch / body.code)
        return look_at_folder(scratch, [body.code for body in bodies])
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def look_at_folder(
    extracts: Path, codes: list[str]
) -> tuple[dict[str, dict[Key, float | None]], dict[str, list[Finding]]]:
    """(the figures of each organisation of a folder of extracts, its findings), landed and built in memory."""
    rules = years.load(YEAR)
    own = {code: LocalMappings.load(extracts / code / "mappings") for code in codes}
    with duckdb.connect() as con:
        now = datetime(2021, 5, 1)  # noqa: DTZ001
        report = landing.land_folder(con, extracts, codes, now=now, mappings=own)
        folder_events.keep(con, extracts, codes, report)
        resubmission.record(con, own, now=now)
        core.build(con, core.CORE_TABLES, codes, own)
        found = extract_findings.gather(con, codes, rules, own)
        counts = count_reading.read(con, codes, rules)
    figures = {code: _figures(counts[code], rules) for code in codes}
    mine: dict[str, list[Finding]] = {code: [] for code in codes}
    for finding in found:
        mine[finding.organisation_code].append(finding)
    return figures, mine


def _figures(counts: count_reading.OrganisationCounts, rules: years.ReportingYear) -> dict[Key, float | None]:
    figures, _ = computation.without_verdicts(counts, rules)
    return {
        (f.indicator, f.measure, f.cluster, f.band, f.ethnic_group): None
        if f.value is None
        else round(float(f.value), 6)
        for f in figures
    }


def wrong(truth: dict[Key, float | None], made: dict[Key, float | None]) -> set[str]:
    """The indicators of which some figure is not what the people give."""
    return {key[0] for key, value in truth.items() if made.get(key, 0) != value}


def judge(faults: Sequence[Fault], off: set[str], found: Sequence[Finding]) -> str:
    """What came of a body: `off` are the indicators with a figure that is not the truth."""
    told = [f for f in found if f.rows > 0 or f.code == "file_refused"]
    named = [one for one in faults if any(_names(finding, one) for finding in told)]
    if not off:
        return "right and told" if named else "right"
    for indicator in off:
        able = [one for one in faults if indicator in one.indicators]
        refused = any(f.code in ("file_refused", "nothing_usable") for f in found)
        if not any(one in named for one in able) and not refused:
            return "silent"
    return "file refused" if any(f.code == "file_refused" for f in found) else "told"


def _names(finding: Finding, fault: Fault) -> bool:
    if finding.code == "file_refused":
        return finding.file.startswith(fault.kind.split("_")[0]) or finding.kind == fault.kind
    if finding.kind != fault.kind:
        return False
    return not fault.column or finding.column in RELATED.get(fault.column, {fault.column})


def run(bodies: int, seed: int, faults: Sequence[Fault] = FAULTS, minutes: float = float("inf")) -> Result:
    """The campaign: `bodies` bodies, one in CLEAN_EVERY left as it is, the others with one to three faults of different kinds.
    minutes: after which no further bodies are begun."""
    result = Result()
    turn = 0
    ends = time.monotonic() + 60 * minutes
    for first in range(0, bodies, TOGETHER):
        if time.monotonic() > ends:
            break
        made: list[tuple[Body, list[Fault]]] = []
        for number in range(first, min(first + TOGETHER, bodies)):
            rng = random.Random(f"{seed} {number}")
            body, chosen = make(f"B{number:05d}", rng), list[Fault]()
            if number % CLEAN_EVERY:
                chosen = [faults[turn % len(faults)]]
                turn += 1
                for _ in range(rng.choice((0, 0, 1, 2))):
                    more = rng.choice(faults)
                    if more.kind not in {one.kind for one in chosen}:
                        chosen.append(more)
                for one in chosen:
                    one.apply(body, rng)
            made.append((body, chosen))
        figures, found = look([body for body, _ in made])
        for body, chosen in made:
            _enter(result, body, chosen, figures[body.code], found[body.code])
    return result


def _enter(
    result: Result,
    body: Body,
    chosen: Sequence[Fault],
    figures: dict[Key, float | None],
    found: Sequence[Finding],
) -> None:
    off = wrong(body.truth, figures)
    result.figures += len(body.truth)
    blocking = [f"{f.code} {f.kind} {f.column}: {f.what}" for f in found if f.stops]
    if not chosen:
        result.clean += 1
        if blocking:
            result.blocked.append(f"{body.code}: {blocking[0]}")
        if off:
            result.clean_wrong.append(f"{body.code}: {sorted(off)}")
        return
    outcome = judge(chosen, off, found)
    result.counts[outcome] += 1
    if len(chosen) == 1:
        result.by_fault[chosen[0].name][outcome] += 1
    if outcome == "silent":
        result.silent.append(
            f"{body.code}: {' + '.join(one.name for one in chosen)}; indicators {sorted(off)}"
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bodies", type=int, default=2_400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=float("inf"))
    parser.add_argument("--print-only", action="store_true")
    asked = parser.parse_args()
    began = time.process_time()
    result = run(asked.bodies, asked.seed, minutes=asked.minutes)
    page = _page(result, sum(result.counts.values()) + result.clean, asked.seed, time.process_time() - began)
    print(page)
    if not asked.print_only:
        REPORT.write_text(page, encoding="utf-8")
    return 1 if result.silent or result.clean_wrong else 0


def _page(result: Result, bodies: int, seed: int, seconds: float) -> str:
    share = 100 * len(result.blocked) / max(result.clean, 1)
    lines = [
        "# Faults of meaning",
        "",
        f"Command: `python -m evidence.faults_of_meaning --bodies {bodies} --seed {seed}`; {datetime.now():%Y-%m-%d}; 2 cores, "  # noqa: DTZ005
        f"{seconds:,.0f} s of processor.",
        "",
        f"{bodies:,} generated bodies (40 to 160 staff, seven extracts each), whose figures are counted from the invented people. "
        f"One in {CLEAN_EVERY} keeps its extracts as they are; each other is put through one to three of {len(FAULTS)} faults of "
        "meaning. Told: a figure is not the truth, and a finding names the column and the count before it is printed. Silent: none "
        "does.",
        "",
        "| outcome | bodies |",
        "|---|---|",
        *(f"| {outcome} | {result.counts[outcome]:,} |" for outcome in OUTCOMES),
        "",
        f"Clean bodies: {result.clean:,}; with figures that are not the truth: {len(result.clean_wrong)}; with a finding that "
        f"blocks: {len(result.blocked)} ({share:.1f}%, limit 2%). Figures compared: {result.figures:,}.",
        "",
        *(f"- silent: {line}" for line in result.silent),
        *(f"- clean, blocked: {line}" for line in result.blocked[:10]),
        *(f"- clean, wrong: {line}" for line in result.clean_wrong[:10]),
        "",
        "Bodies with one fault only:",
        "",
        "| fault | " + " | ".join(OUTCOMES) + " |",
        "|---|" + "---|" * len(OUTCOMES),
        *(
            f"| {name} | " + " | ".join(str(counts[outcome] or "") for outcome in OUTCOMES) + " |"
            for name, counts in sorted(result.by_fault.items())
        ),
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
