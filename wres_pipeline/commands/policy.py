"""`wres policy`: what each rule about small numbers would leave of one organisation's year, side by side."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from wres_pipeline import warehouse
from wres_pipeline.commands import given
from wres_pipeline.disclosure.tables import CountTable
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.settings import Settings

if TYPE_CHECKING:
    from wres_pipeline.disclosure.register.releases import Release
    from wres_pipeline.disclosure.rules.policy import Policy


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one preset leaves.

    said: headline figures by how much is said of them. together: rows of bands together, printed where single ones
    are withheld. small, more: counts withheld for size, and further ones lost
    to protect them. narrowest: whole numbers that a reader can still think possible for the least open of them; None where
    none is withheld. gap: by what share of what is lost the choice may miss the cheapest safe one. safe: whether the audit
    lets it be published.
    """

    preset: str
    because: str
    said: dict[str, int]
    together: int
    small: int
    more: int
    narrowest: int | None
    gap: float
    safe: bool
    seconds: float


def compare(settings: Settings, code: str, year: int) -> int:
    """Print the presets side by side; gives the exit status: 2 where the year has no figures."""
    from wres_pipeline.disclosure.register import release_store
    from wres_pipeline.indicators import store
    from wres_pipeline.pipelines.editions import other_tables, policy_of

    with warehouse.connect(settings.warehouse) as con:
        figures = [
            *store.read(con, store.FIGURES, code, year),
            *store.read(con, store.FIGURES, code, year - 1),
        ]
        tables = other_tables(con, code, year) if figures else []
        released = release_store.read(con, settings.output / code, code)
    if not figures:
        return given.no_figures(settings, code, year)
    rule = policy_of(settings, year)
    before = [one for one in released if one.product == "annual" and one.period < str(year)]
    made = outcomes(figures, tables, year, rule, before)
    console = Console()
    console.print(side_by_side(f"{code} {year}: what each rule leaves of the headline figures", made))
    console.print(
        "Rows of bands together are printed where single bands are withheld. Numbers left open: how many a reader can still "
        "think possible for the least open count.",
        highlight=False,
    )
    for one in made:
        console.print(f"{one.preset}: {one.because}", highlight=False)
    _say_stakes(console, rule)
    already = [release_store.file_name(one) for one in released if one.product == "annual"]
    if already:
        console.print(
            f"Already released: {', '.join(already)}. What a release withholds stays withheld under any rule.",
            highlight=False,
        )
    console.print(
        'Next: write the choice in wres.toml, [disclosure] preset = "…" with role, date and because, and what differs for a '
        "stake in [disclosure.events] and so on, with its because; wres run prints both in the method note.",
        highlight=False,
        markup=False,
    )
    return 0


def _say_stakes(console: Console, rule: Policy) -> None:
    from wres_pipeline.disclosure.rules.stakes import STAKES

    console.print("What the settings do where something else is at stake:", highlight=False)
    reasons = dict(rule.reasons)
    for stake, (where, otherwise) in STAKES.items():
        said = f"- {stake} ({where}): {rule.of_stake(stake)}. {reasons.get(stake, otherwise)}"
        console.print(said, highlight=False, markup=False)


#: how much is said of a headline figure, and what else tells the rules apart, as the rows of the table
SAID = {
    "value": "headlines as a value",
    "pooled": "as several years' value",
    "range": "as a range",
    "words": "in words only",
    "nothing": "not at all",
}


def _said(says: str) -> Callable[[Outcome], object]:
    return lambda one: one.said[says]


def side_by_side(title: str, made: Sequence[Outcome]) -> Table:
    """A column a rule, a row for each thing it leaves: it is read on a terminal of 80 columns."""
    table = Table("", *(one.preset for one in made), title=title)
    rows: dict[str, Callable[[Outcome], object]] = {words: _said(says) for says, words in SAID.items()}
    rows |= {
        "rows of bands together": lambda one: one.together,
        "counts withheld for size": lambda one: one.small,
        "others, to protect those": lambda one: one.more,
        "numbers left open, least": lambda one: one.narrowest or "-",
        "lost needlessly, at most": lambda one: f"{100 * one.gap:.1f}%",
        "safe to publish": lambda one: "yes" if one.safe else "no",
    }
    for words, told in rows.items():
        table.add_row(words, *(str(told(one)) for one in made))
    for column in table.columns[1:]:
        column.justify = "right"
    return table


def outcomes(
    figures: list[Figure],
    tables: list[CountTable],
    year: int,
    rule: Policy,
    before: Sequence[Release] = (),
) -> list[Outcome]:
    """Every preset, and the rule of the settings where it is none of them, tried on the true figures of a year and the year
    before.

    before: what was released for earlier years: what it withholds stays withheld, and its counts are those that several years
    together are made of.
    """
    from wres_pipeline.disclosure import protect
    from wres_pipeline.disclosure.rules.figure_ranges import narrowest
    from wres_pipeline.disclosure.rules.headlines import count_by_saying
    from wres_pipeline.disclosure.rules.policy import Policy
    from wres_pipeline.disclosure.rules.presets import PRESETS, Preset
    from wres_pipeline.indicators import merged_bands

    undecided = {"decided_by": "nobody yet", "decided_on": "-", "because": "tried only"}
    tried = [
        (one, Policy.of({**one.settings, **(undecided if one.name == "none" else {})}))
        for one in PRESETS.values()
    ]
    bare = (
        replace(rule, decided_by="", decided_on="", because="", reasons=()) if rule.method != "none" else rule
    )
    if bare not in [policy for _, policy in tried] and rule.method != "none":
        tried.append((Preset("as set", {}, rule.because or "What wres.toml asks for."), rule))
    found = []
    for preset, policy in tried:
        began = time.process_time()
        made = protect(figures, policy, quality=tables, releases=before)
        spent = time.process_time() - began
        found.append(
            Outcome(
                preset.name,
                preset.because,
                dict(count_by_saying(made.figures, year)),
                sum(
                    merged_bands.is_headcount_of_all(one)
                    for one in made.figures
                    if one.reporting_year == year
                ),
                made.small,
                made.more,
                narrowest([one for one in made.figures if one.reporting_year == year], policy),
                made.gap,
                not made.audit.failed,
                spent,
            )
        )
    return found
