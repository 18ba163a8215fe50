"""How many mistakes the lint finds in generated pages, and what it says of pages without any.

    python -m evidence.lint_accuracy [PAGES]

100 pages in six layouts, each with one mistake, and the same pages without. Writes docs/evidence/lint_accuracy.md.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from evidence.published_pages import LAYOUTS, MISTAKES, make
from wres_pipeline.lint import Finding, lint_file

SEED = 7_000
REPORT = Path(__file__).parents[1] / "docs" / "evidence" / "lint_accuracy.md"


def trial(pages: int, folder: Path) -> tuple[Counter[tuple[str, bool]], list[str], list[list[Finding]]]:
    """(how often each mistake was found or not, the pages it was missed on, findings of each clean page)."""
    outcome: Counter[tuple[str, bool]] = Counter()
    missed: list[str] = []
    clean: list[list[Finding]] = []
    number = made = 0
    names = list(MISTAKES)
    while made < pages:
        layout, mistake = LAYOUTS[number % len(LAYOUTS)], names[number // len(LAYOUTS) % len(names)]
        path, there = make(SEED + number, layout, mistake, folder)
        if there:
            made += 1
            found = {finding.rule for finding in lint_file(path)}
            right = bool(found & set(MISTAKES[mistake]))
            outcome[mistake, right] += 1
            if not right:
                missed.append(f"{path.name}: {sorted(found)}")
            clean.append(lint_file(make(SEED + number, layout, "", folder)[0]))
        number += 1
    return outcome, missed, clean


def main() -> int:
    """Runs the trial and writes the report; status 1 when it falls short."""
    started = time.perf_counter()
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with tempfile.TemporaryDirectory() as folder:
        outcome, missed, clean = trial(pages, Path(folder))
    found = sum(count for (_, right), count in outcome.items() if right)
    false = [len(findings) for findings in clean]
    lines = [
        "# What the lint finds",
        "",
        f"`python -m evidence.lint_accuracy {pages}`, seed {SEED}, 2026-11-24, 2 cores, 24 GiB;"
        f" {time.perf_counter() - started:.0f} s.",
        "",
        f"Pages in six layouts ({', '.join(LAYOUTS)}), each with one mistake: **{found} of {pages} found** under its own"
        " name.",
        f"The same pages without it: {sum(false)} false findings on {len(false)} pages, at most {max(false)} on one.",
        "",
        "| mistake | pages | found |",
        "|---|---|---|",
    ]
    for mistake in MISTAKES:
        right, wrong = outcome[mistake, True], outcome[mistake, False]
        lines.append(f"| {mistake.replace('_', ' ')} | {right + wrong} | {right} |")
    if missed:
        lines += ["", "Missed:", "", *(f"- {each}" for each in missed)]
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text("\n".join([*lines, ""]), encoding="utf-8")
    print("\n".join(lines))
    for findings in clean:
        for finding in findings:
            print("FALSE", finding)
    return 0 if found >= 0.95 * pages and max(false) <= 1 else 1


if __name__ == "__main__":
    raise SystemExit(main())
