"""What of the commissioner's own counts a public edition may show.

The figures of the return come first: what they print and withhold is decided without these counts
and stays as it is, and these counts give way. The counts of appraisals, opportunities and
recruitment go to disclosure control as tables tied to the figures they share people with (the
workforce of indicators 1, 3 and 4, the shortlisted and appointed of indicator 2), so that nothing
withheld there can be worked out here. The public rows are then worked out from the protected counts
alone, and population and national comparisons from the protected figures: what they say, the public
edition says already.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wres_pipeline.commissioner import fair_process as development
from wres_pipeline.commissioner import fair_process as recruiting
from wres_pipeline.commissioner.fair_process import DevelopmentCounts, Funnel
from wres_pipeline.commissioner.group_comparison import ALL, COMPARED, Count
from wres_pipeline.disclosure.proof.cells import CellKey
from wres_pipeline.disclosure.protect import Protected, protect
from wres_pipeline.disclosure.register.releases import Release
from wres_pipeline.disclosure.rules.policy import Policy
from wres_pipeline.disclosure.tables import CountTable, ProtectedTable, RowKey
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference.codes.ethnicity import GROUPS

PUBLIC_ROUTES = (recruiting.EVERYBODY, recruiting.WITHOUT_INTERNATIONAL, recruiting.INTERNATIONAL)
"""Routes of the public funnel. Internal and external applicants apart stay in the internal edition
[ours]: a second split of the same applications loses more counts of the first than it shows.
"""

COST_COMPARED, COST_OTHER, COST_REST, COST_ROUTE = 3.0, 0.3, 0.05, 0.5
"""What losing a count costs the reader: the groups that are compared are worth most, a rest next to
nothing.
"""


def public_tables(
    inputs_tables: Sequence[CountTable],
    figures: Sequence[Figure],
    public_figures: Sequence[Figure],
    policy: Policy,
    releases: Sequence[Release] = (),
) -> Protected:
    """The tables as the public edition may print them, with the proof over figures and tables
    together.

    `figures` are all true figures of the edition (the year and the one before), `public_figures`
    the same as it prints them; `releases` is what the register has, and takes the place of both where the edition stands
    in it. The result's tables must not be written when its audit fails.
    """
    if any(one.product == "annual" for one in releases):
        return protect([], policy, releases=releases, quality=inputs_tables)
    return protect(figures, policy, earlier_public=public_figures, releases=releases, quality=inputs_tables)


def development_table(counts: DevelopmentCounts) -> CountTable:
    """The counts of appraisals and opportunities as a table for `disclosure.protect`."""
    steps = [step for step in development.DEVELOPMENT_STEPS if counts.has(step)]
    made = _Table(_whole(counts.cells))
    for step in steps:
        made.groups(step)
    for step, of in development.MEASURES:
        if step in steps and of in steps:
            for name in (ALL, *GROUPS):
                made.parts((of, name), [(step, name)])
    place = (counts.organisation_code, str(counts.reporting_year))
    same: dict[RowKey, CellKey] = {}
    for step, table in ((development.WORKFORCE, "staff"), (development.TAKEN, "training")):
        if step in steps:
            same |= {(step, name): (*place, table, "", "", name) for name in (ALL, *GROUPS)}
    return made.table(_name("development", *place), same)


def funnel_table(funnel: Funnel) -> CountTable:
    """The recruitment funnel as a table for `disclosure.protect`: groups, stages and routes tied together."""
    routes = [route for route in PUBLIC_ROUTES if funnel.has(route)]
    made = _Table(_whole({key: number for key, number in funnel.cells.items() if key[0] in routes}))
    for route in routes:
        for stage in recruiting.STAGES:
            made.groups(route, stage)
        for before, stage in zip(recruiting.STAGES, recruiting.STAGES[1:], strict=False):
            for name in (ALL, *GROUPS):
                made.parts((route, before, name), [(route, stage, name)])
    there = [route for route in routes if route != recruiting.EVERYBODY]
    for stage in recruiting.STAGES if there else ():
        for name in (ALL, *GROUPS):
            made.parts((recruiting.EVERYBODY, stage, name), [(part, stage, name) for part in there])
    place = (funnel.organisation_code, str(funnel.reporting_year))
    same: dict[RowKey, CellKey] = {
        (recruiting.EVERYBODY, stage, name): (*place, stage, "", "", name)
        for stage in ("shortlisted", "appointed")
        for name in (ALL, *GROUPS)
    }
    return made.table(_name("funnel", *place), same)


class _Table:
    """Gathers the counts and sums of a table; whoever is in a total and in none of its parts is a
    count as well.
    """

    def __init__(self, counts: dict[RowKey, int]) -> None:
        self.counts = counts
        self.sums: list[tuple[RowKey, tuple[RowKey, ...]]] = []

    def groups(self, *row: str) -> None:
        """The three ethnic groups add up to all."""
        self.sums.append(((*row, ALL), tuple((*row, name) for name in GROUPS)))

    def parts(self, total: RowKey, parts: list[RowKey]) -> None:
        """The parts and the rest, which a reader can work out, add up to the total."""
        rest = ("rest", *total, *parts[0])
        left = self.counts[total] - sum(self.counts[part] for part in parts)
        if left:
            self.counts[rest] = left
        self.sums.append((total, (*parts, rest) if left else tuple(parts)))

    def table(self, name: str, same: dict[RowKey, CellKey]) -> CountTable:
        costs = {row: _cost(row) for row in self.counts}
        implied = frozenset(row for row in self.counts if row[0] == "rest")
        return CountTable(name, self.counts, tuple(self.sums), same, costs=costs, implied=implied)


def _cost(row: RowKey) -> float:
    if row[0] == "rest":
        return COST_REST
    cost = COST_COMPARED if row[-1] in COMPARED else COST_OTHER
    split = row[0] in recruiting.ROUTES and row[0] != recruiting.EVERYBODY
    return cost * COST_ROUTE if split else cost


def public_development(counts: DevelopmentCounts, tables: Mapping[str, ProtectedTable]) -> DevelopmentCounts:
    """The counts as the public edition may know them. Raises KeyError when the table was not protected."""
    table = tables[_name("development", counts.organisation_code, str(counts.reporting_year))]
    return DevelopmentCounts(
        counts.organisation_code, counts.reporting_year, {key: table.counts[key] for key in counts.cells}
    )


def public_funnel(funnel: Funnel, tables: Mapping[str, ProtectedTable]) -> Funnel:
    """The funnel as the public edition may know it. Raises KeyError when the table was not protected."""
    table = tables[_name("funnel", funnel.organisation_code, str(funnel.reporting_year))]
    return Funnel(
        funnel.organisation_code,
        funnel.reporting_year,
        {key: table.counts[key] for key in funnel.cells if key[0] in PUBLIC_ROUTES},
    )


def _name(what: str, *place: str) -> str:
    return " ".join((what, *place))


def _whole(cells: Mapping[Any, Count]) -> dict[RowKey, int]:
    """Raises ValueError when a count is already withheld: only true counts can be protected."""
    found: dict[RowKey, int] = {}
    for key, number in cells.items():
        if number is None:
            raise ValueError("only true counts can be protected")
        found[key] = number
    return found
