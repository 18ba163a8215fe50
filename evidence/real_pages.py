"""The lint on the wording of pages that bodies really published.

    python -m evidence.real_pages

Each entry is one published page: its address, and its claims in our own words with its own figures, in the layout the
page has. `mistakes` names the rules that a careful reader finds broken. Every second of the pages read last (`aside`, by the hash of
their address) was not linted while the rules were written. Writes docs/evidence/lint_real_pages.md.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from wres_pipeline.lint import Finding, lint_file

REPORT = Path(__file__).parents[1] / "docs" / "evidence" / "lint_real_pages.md"
PAGES = Path(__file__).with_name("real_pages.yaml")


@dataclass(frozen=True, slots=True)
class RealPage:
    """A published page re-worded: where it stands, whether it was set aside, its body, the rules it breaks."""

    address: str
    aside: bool
    body: str
    mistakes: tuple[str, ...]


def pages() -> list[RealPage]:
    """Every page of the yard-stick, in the order it was read."""
    return [
        RealPage(one["address"], bool(one.get("aside")), one["body"], tuple(one.get("mistakes", ())))
        for one in yaml.safe_load(PAGES.read_text(encoding="utf-8"))
    ]


def linted(page: RealPage, folder: Path) -> list[Finding]:
    """What the lint says of a page."""
    place = folder / "page.html"
    place.write_text(f"<html><body>{page.body}</body></html>", encoding="utf-8")
    return lint_file(place)


def outcome(page: RealPage, folder: Path) -> tuple[set[str], set[str], list[str]]:
    """(rules found, rules missed, what was found that is no mistake) of one page."""
    findings = linted(page, folder)
    rules = {finding.rule for finding in findings}
    wanted = set(page.mistakes)
    false = [f"{one.rule}: {one.found}, {one.words}" for one in findings if one.rule not in wanted]
    return rules & wanted, wanted - rules, false


FIRST_MEASURE = """The half set aside was linted once before anything was mended for it (29 pages, 2 mistakes):

| kind of mistake | found | missed | false |
|---|---|---|---|
| a ratio printed as a percentage | 1 | 0 | 0 |
| a ratio that does not follow from its likelihoods | 0 | 1 | 0 |
| a change that does not follow from its two ends | 0 | 0 | 1 |

Missed: the likelihood of each group in a list whose caption alone says that they are likelihoods. False: a year taken as the value that a
rise was from. Both kinds were mended then; the table below is of the code as it is now, so it is no measure of pages never seen."""


def main() -> int:
    """Lints every page and writes the report."""
    rows = []
    totals = {True: [0, 0, 0], False: [0, 0, 0]}
    kinds: dict[str, list[int]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for page in pages():
            found, missed, false = outcome(page, Path(folder))
            for place, rules in enumerate((found, missed, [one.partition(":")[0] for one in false])):
                totals[page.aside][place] += len(rules)
                for rule in rules:
                    kinds.setdefault(rule, [0, 0, 0])[place] += 1
            kind = "aside" if page.aside else "worked on"
            rows.append(
                f"| {page.address} | {kind} | {', '.join(sorted(found)) or 'none'} | {', '.join(sorted(missed)) or 'none'} |"
                f" {'; '.join(false) or 'none'} |"
            )
    lines = [
        "# What the lint finds on pages that bodies really published",
        "",
        f"`python -m evidence.real_pages`, {date.today():%Y-%m-%d}, 2 cores, 24 GiB. Claims are re-worded, figures and layout are the page's.",  # noqa: DTZ011
        f"{len(rows)} pages: reports of trusts and their indicator pages, national findings as others told them, and pages that are not of",
        "this standard (disability, gender pay, a bank), on which nothing but true mistakes may be found. Few published pages contradict",
        "themselves where it shows: recall by kind is measured on invented pages in four kinds of file",
        "(`tests/unit/lint/invented_pages.yaml`) and on seeded ones ([lint_accuracy](lint_accuracy.md)).",
        "",
        "## The half set aside, before anything was mended for it",
        "",
        FIRST_MEASURE,
        "",
        "## All pages now",
        "",
        "| half | pages | kinds of mistake found | missed | false findings |",
        "|---|---|---|---|---|",
    ]
    for aside, name in ((False, "worked on"), (True, "set aside until the rules stood")):
        count = sum(page.aside is aside for page in pages())
        lines.append(f"| {name} | {count} | {totals[aside][0]} | {totals[aside][1]} | {totals[aside][2]} |")
    lines += ["", "| kind of mistake | found | missed | false |", "|---|---|---|---|"]
    lines += [f"| {rule} | {n[0]} | {n[1]} | {n[2]} |" for rule, n in sorted(kinds.items())]
    lines += ["", "| page | half | found | missed | false |", "|---|---|---|---|---|", *rows, ""]
    REPORT.write_text("\n".join(lines), encoding="utf-8")
    return 1 if any(total[2] for total in totals.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
