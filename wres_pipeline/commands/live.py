"""What a run says while it goes on: a moving line on a terminal, a line a step elsewhere, nothing where silence is asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.markup import escape

from wres_pipeline.commands import terminal
from wres_pipeline.pipelines import landing, plan, progress

FIRST = "Looking at what has changed"
WORDS = {
    landing.LAND: "Reading the extracts",
    landing.CORE: "Understanding their rows",
    landing.IDENTITIES: "Understanding their rows",
    "checks_of_extracts": "Checking the extracts",
    "findings": "Checking the extracts",
    "checks_of_findings": "Checking the extracts",
    "figures": "Counting",
    "checks_of_figures": "Checking the figures",
    "figure_changes": "Comparing with last year",
    "commissioning_figures": "Comparing with other bodies",
    "protected_figures": "Protecting small numbers",
    "system_figures": "Counting the system",
    "author_notes": "Reading the notes",
    "report_annual_return": "Writing the return",
    "report_publication": "Writing the public edition",
    "report_commissioning": "Writing the commissioner's pages",
    "report_system": "Writing the system's pages",
    "linkage_links": "Linking applicants and staff",
    "quality_gap": "Looking for what TRAC knows and ESR does not",
    "quality_figures": "Counting who has declared",
    "report_restricted": "Writing the lists for the people team",
    "report_quality": "Writing the data-quality report",
}
"""What each step does, in words; steps of the same words are one to the reader."""


def following(words: str) -> str:
    """What comes after the steps of these words, "" after the last."""
    order = list(dict.fromkeys(WORDS[step.name] for step in (*plan.YEAR, *plan.MONTH)))
    order = [FIRST, WORDS[landing.LAND], *order]
    place = order.index(words) if words in order else len(order)
    return order[place + 1] if place + 1 < len(order) else ""


@contextmanager
def followed(out: Console) -> Iterator[None]:
    """Say on `out` what the run inside is at and what comes next: moving on a terminal, else a line for each new step."""
    if out.quiet:
        yield
    elif out.is_terminal:
        with _moving(out):
            yield
    else:
        said: list[str] = []

        def line(news: progress.Progress) -> None:
            words = WORDS.get(news.step, news.step.replace("_", " "))
            if words not in said:
                said.append(words)
                out.print(f"{words} …", markup=False)

        with progress.told_to(line):
            yield


@contextmanager
def _moving(out: Console) -> Iterator[None]:
    bar = terminal.moving_line(out)
    task = bar.add_task(f"{FIRST} …", total=None, at="", following="")

    def show(news: progress.Progress) -> None:
        words = WORDS.get(news.step, news.step.replace("_", " "))
        after = following(words)
        bar.update(
            task,
            description=escape(words),
            total=news.all if news.all > 1 else None,
            completed=news.done,
            at=escape(terminal.how_far(news.done, news.all, news.at)),
            following=f"next: {after[0].lower()}{after[1:]}" if after else "",
        )

    with bar, progress.told_to(show):
        yield


def as_json(told: Mapping[str, Any]) -> None:
    """Print what became of a command as one JSON document on standard output."""
    print(json.dumps(told, indent=2, ensure_ascii=False, default=str))


def in_rows(failed: Sequence[tuple[str, str, bool]]) -> list[dict[str, Any]]:
    """Failed checks as JSON holds them."""
    return [{"check": name, "words": words, "error": is_error} for name, words, is_error in failed]
