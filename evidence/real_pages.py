"""The lint on the wording of pages that bodies really published.

    python -m evidence.real_pages

Each entry is one published page: its address, and its claims in our own words with its own figures, in the layout the
page has. `mistakes` names the rules that a careful reader finds broken. Half of the entries (`aside`) were not looked at
while the rules were written. Writes docs/evidence/lint_real_pages.md.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
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


def main() -> int:
    """Lints every page and writes the report."""
    rows, totals = [], {True: [0, 0, 0], False: [0, 0, 0]}
    with tempfile.TemporaryDirectory() as folder:
        for page in pages():
            found, missed, false = outcome(page, Path(folder))
            for place, count in enumerate((len(found), len(missed), len(false))):
                totals[page.aside][place] += count
            kind = "aside" if page.aside else "worked on"
            rows.append(
                f"| {page.address} | {kind} | {', '.join(sorted(found)) or 'none'} | {', '.join(sorted(missed)) or 'none'} |"
                f" {'; '.join(false) or 'none'} |"
            )
    lines = [
        "# What the lint finds on pages that bodies really published",
        "",
        "`python -m evidence.real_pages`, 2026-11-27, 2 cores, 24 GiB. Claims are re-worded, figures and layout are the page's.",
        "The aim was sixty pages; these are those that could be read here.",
        "",
        "| half | pages | kinds of mistake found | missed | false findings |",
        "|---|---|---|---|---|",
    ]
    for aside, name in ((False, "worked on"), (True, "set aside until the end")):
        count = sum(page.aside is aside for page in pages())
        lines.append(f"| {name} | {count} | {totals[aside][0]} | {totals[aside][1]} | {totals[aside][2]} |")
    lines += ["", "| page | half | found | missed | false |", "|---|---|---|---|---|", *rows, ""]
    REPORT.write_text("\n".join(lines), encoding="utf-8")
    return 1 if any(total[2] for total in totals.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
