"""The arithmetic of a publication: every count its figures and tables hold, with the sums that tie them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from wres_pipeline.disclosure import figure_cells
from wres_pipeline.disclosure.proof.cells import Arithmetic, Cell, CellKey
from wres_pipeline.disclosure.register.releases import Release, add_releases
from wres_pipeline.disclosure.rules.policy import WITHHELD, Policy
from wres_pipeline.disclosure.rules.stakes import COMPOSITION, stake_of
from wres_pipeline.disclosure.tables import CountTable
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference.codes import pay_bands

PRINTED = ("value", "zero")

#: what losing a count costs, 1 being a count of one band and ethnic group. The headline of each indicator is the last to
#: fall: White and BME of the whole workforce carry 1, 3, 4 and 9, the events 2, 3 and 4, the tiers of both clusters the
#: disparity ratios; Unknown of the workforce is the completeness of the data, which must be published [ours]
COST_HEADLINE, COST_UNKNOWN, COST_BOTH_CLUSTERS, COST_CLUSTER = 40.0, 60.0, 20.0, 5.0
COST_TIER, COST_TOTAL, COST_SUBSET = 3.0, 0.2, 0.5
#: of several bands together the share of BME staff is what is looked at: its two counts are the dearest
COST_MERGED = {"BME": 4.0, "": 4.0, "White": 3.0, "Unknown": 0.5}
EVENTS = frozenset(table for pair in figure_cells.LIKELIHOODS.values() for table in pair) - {
    figure_cells.STAFF
}


class InconsistentFigures(ValueError):
    """The figures hold one count with two values: nothing can be proved about them."""


def counts_of(figures: Iterable[Figure]) -> dict[CellKey, Fraction]:
    """Every count that the figures print or are worked out from. Raises InconsistentFigures."""
    figures = list(figures)
    counts: dict[CellKey, Fraction] = {}

    def note(key: CellKey, count: int | Fraction) -> None:
        if counts.setdefault(key, Fraction(count)) != count:
            raise InconsistentFigures(f"{_words(key)} stands in the figures with two values")

    for figure in figures:
        if figure_cells.is_count(figure) and figure.state in PRINTED:
            note(figure_cells.key_of(figure), _exact(figure.value))
    for figure in figures:
        if figure.unit == "percent" and figure.state in PRINTED:
            for key, count in zip(
                figure_cells.needs(figure), (figure.numerator, figure.denominator), strict=False
            ):
                if key not in counts and count is not None:
                    note(key, _exact(count))
    for figure in figures:
        if figure.measure in figure_cells.TIERS_OF and figure.state in (*PRINTED, "not_calculable"):
            for key in figure_cells.bounds_need(figure):
                _add_tier(counts, key)
    return counts


def account(
    counts: Mapping[CellKey, Fraction],
    policy: Policy,
    *,
    releases: Sequence[Release] = (),
    averages: frozenset[tuple[str, str]] = frozenset(),
    tables: Sequence[CountTable] = (),
) -> Arithmetic:
    """The cells and sums of the counts and of the tables beside them.

    releases: what was released before. averages: (organisation, year) whose indicator 3 is a two-year average.
    A total that is more than its parts leaves a rest, which a reader can work out and which is guarded like a
    count.
    """
    whole = Arithmetic()
    per_table = _steps_per_person(counts)
    for key, count in counts.items():
        per = per_table[key[:3]]
        decided = figure_cells.is_decided(key, policy)
        whole.add(
            Cell(
                key,
                int(count * per),
                per,
                kept=_is_headcount(key, count, policy) or decided,
                exact=decided,
                cost=_cost(key),
            )
        )
    if policy.zeros == WITHHELD:
        _mark_rows_of_one_group(whole, counts)
    for tie in figure_cells.ties(counts):
        _tie(whole, tie.total, tie.parts)
    for larger, smaller in figure_cells.limits(counts):
        whole.add_limit(larger, smaller)
    for table in tables:
        _add_table(whole, table)
    add_releases(whole, releases, policy, averages)
    have = {(each.total, each.parts) for each in whole.sums}
    apart = untied(whole)
    for total, parts in figure_cells.month_ties(whole.cells):
        if (total, parts) not in have and total not in apart:
            whole.add_sum(total, parts)
    return whole


def _add_table(whole: Arithmetic, table: CountTable) -> None:
    """The cells and sums of a table of counts; a cell that the figures hold already is kept as strictly as either says."""
    for row, number in table.counts.items():
        known = row in table.known
        kept = known or row in table.kept
        forced = row in table.forced and bool(number)
        cost = table.costs.get(row, 1.0)
        kind = "implied" if row in table.implied else "printed"
        cell = Cell(table.cell_key(row), number, kind=kind, kept=kept, exact=known, forced=forced, cost=cost)
        whole.add(cell)
        there = whole.cells[cell.key]
        if known and not there.exact:
            whole.cells[cell.key] = there = replace(there, kept=True, exact=True)
        if kind == "printed" and there.kind == "implied":
            whole.cells[cell.key] = cell
        elif there.cost < cost:
            whole.cells[cell.key] = replace(there, cost=cost)
    for total, parts in table.sums:
        if table.counts[total] != sum(table.counts[part] for part in parts):
            raise InconsistentFigures(f"a total of the table {table.name} is not the sum of its parts")
        whole.add_sum(table.cell_key(total), (table.cell_key(part) for part in parts))


def untied(whole: Arithmetic) -> frozenset[CellKey]:
    """Bands of a data-quality report that are no sum of the bands of the edition: a corrected return counts other people."""
    return frozenset(
        total
        for total, parts in figure_cells.month_ties(whole.cells)
        if whole.cells[total].steps != sum(whole.cells[part].steps for part in parts)
    )


def _mark_rows_of_one_group(whole: Arithmetic, counts: Mapping[CellKey, Fraction]) -> None:
    rows = {key[:-1] for key in counts if stake_of(key) == COMPOSITION and key[-1] in figure_cells.GROUPS}
    for row in rows:
        groups = [(*row, group) for group in figure_cells.GROUPS if (*row, group) in counts]
        if len(groups) > 1 and sum(bool(counts[key]) for key in groups) == 1:
            for key in groups:
                whole.cells[key] = replace(whole.cells[key], one_group=True)


def _tie(whole: Arithmetic, total: CellKey, parts: tuple[CellKey, ...]) -> None:
    rest = whole.cells[total].steps - sum(whole.cells[part].steps for part in parts)
    if rest < 0:
        raise InconsistentFigures(f"{_words(total)} is less than the sum of its parts")
    if rest:
        key = ("rest", *total, "of", *parts[0])
        whole.add(Cell(key, rest, whole.cells[total].per, kind="implied"))
        parts = (*parts, key)
    whole.add_sum(total, parts)


def _add_tier(counts: dict[CellKey, Fraction], key: CellKey) -> None:
    parts = figure_cells.tier_parts(key)
    if not key[3]:
        for part in parts:
            _add_tier(counts, part)
    there = [counts[part] for part in parts if part in counts]
    if there and key not in counts:
        counts[key] = sum(there, Fraction(0))


def _steps_per_person(counts: Mapping[CellKey, Fraction]) -> dict[CellKey, int]:
    per: dict[CellKey, int] = defaultdict(lambda: 1)
    for key, count in counts.items():
        per[key[:3]] = max(per[key[:3]], count.denominator)
    return per


def _is_headcount(key: CellKey, count: Fraction, policy: Policy) -> bool:
    return key[2:] == ("staff", "", "", "") and not policy.small(count, COMPOSITION)


def _cost(key: CellKey) -> float:
    _org, _year, table, cluster, band, group = key[:6]
    cost = 1.0
    if table == "staff":
        if figure_cells.is_merged(key):
            return COST_MERGED[group]
        if not cluster:
            cost = COST_UNKNOWN if group == "Unknown" else COST_HEADLINE
        elif not band:
            cost = COST_CLUSTER
        elif band == pay_bands.SENIOR_MEDICAL_MANAGER:
            cost = COST_SUBSET
    elif table == "tier":
        cost = COST_TIER if cluster else COST_BOTH_CLUSTERS
    elif table in EVENTS:
        cost = COST_HEADLINE if group != "Unknown" else COST_CLUSTER
    return cost + (COST_TOTAL if not group else 0.0)


def _exact(number: int | float | Fraction | None) -> int | Fraction:
    if number is None:
        raise InconsistentFigures("a figure in people has no value")
    return Fraction(number) if isinstance(number, float) else number


def _words(key: CellKey) -> str:
    return " ".join(part for part in key if part)
