"""From the true figures of a run to those its public edition may print, with the proof."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from wres_pipeline.disclosure import figure_cells, rounding, survey
from wres_pipeline.disclosure.apply_suppression import (
    Decision,
    printed,
    survey_without_bounds,
    withheld_figure,
    without_verdict,
)
from wres_pipeline.disclosure.audit import Audit, audit
from wres_pipeline.disclosure.cell_constraints import account, counts_of
from wres_pipeline.disclosure.cells import Arithmetic, CellKey
from wres_pipeline.disclosure.delivery_names import named
from wres_pipeline.disclosure.policy import Policy
from wres_pipeline.disclosure.previous_release import Earlier
from wres_pipeline.disclosure.secondary_suppression import choose
from wres_pipeline.disclosure.tables import CountTable, ProtectedTable
from wres_pipeline.indicators.figure import Figure, FigureKey

SECONDARY = "a small count could be worked out from it"
BEFORE = "withheld in the edition already published"
WHOLE = "the whole breakdown is withheld: nothing finer is safe"
UNKNOWN_ANSWERS = "its bounds would give back the answers of a few respondents"


@dataclass(frozen=True, slots=True)
class Withholding:
    """One figure that the public edition does not print (or prints without its bounds), and why.

    For the internal edition only: the reason tells a small count from one withheld to protect it.
    """

    key: FigureKey
    because: str
    what: str = "figure"


@dataclass(frozen=True, slots=True)
class Protected:
    """What the public edition may print.

    figures: as given, in order, protected. withheld: what is missing and why (internal edition only).
    tables: the other public tables by name. audit: the proof; a release whose `audit.failed` is not to be
    written. small, more: counts withheld for their own size, and further ones lost to protect them. readers:
    how many blocks of linked counts are safe from a reader told as much as each name of `choose.READERS`
        says; `whole` counts the blocks withheld whole.
    """

    figures: list[Figure]
    withheld: list[Withholding]
    audit: Audit
    tables: Mapping[str, ProtectedTable] = field(default_factory=dict)
    small: int = 0
    more: int = 0
    readers: Mapping[str, int] = field(default_factory=dict)

    def hides(self, key: FigureKey) -> bool:
        """Whether the figure of that key is withheld: what is said of it elsewhere must go as well."""
        return any(each.key == key and each.what == "figure" for each in self.withheld)


def protect(
    figures: Sequence[Figure],
    policy: Policy,
    *,
    earlier_public: Sequence[Figure] = (),
    quality: Sequence[CountTable] = (),
    delivery_names: Mapping[str, str] | None = None,
) -> Protected:
    """The public edition's figures, and its tables of counts, from the true ones.

    figures: every figure the edition prints, of any organisations and years (usually the year and the one
    before). earlier_public: figures of editions already published: what they withheld stays withheld, what
    they printed is
        known. quality: the other tables of counts published with them. delivery_names: delivery_id -> what
        may be said of it (`delivery_names`); without one a figure names no delivery.
    The same year's figures are withheld the same way in whichever edition they stand, so two editions do not
    undo each other. Raises InconsistentFigures when the figures contradict one another: nothing can then be
    proved.
    """
    before = Earlier.of(figures, earlier_public, policy)
    counts = counts_of(figures)
    decision, small, more, readers = _decide(counts, policy, before, quality)
    survey_reasons = survey.withheld(figures, policy)
    out: list[Figure] = []
    withheld: list[Withholding] = []
    for figure in figures:
        if figure.indicator in figure_cells.SURVEY:
            shown, why, bounds = _survey(figure, figures, survey_reasons, policy)
        else:
            shown, why, bounds = printed(figure, decision)
            if policy.method == "round" and not why:
                shown, bounds = rounding.rounded(shown, counts, policy), ""
        out.append(shown)
        if why:
            withheld.append(Withholding(figure.key, why))
        elif bounds:
            withheld.append(Withholding(figure.key, bounds, "bounds"))
    out = named(out, delivery_names or {})
    tables = {table.name: _protected(table, decision, policy) for table in quality}
    proof = audit(out, policy, earlier_public=earlier_public, tables=list(tables.values()), shapes=quality)
    return Protected(out, withheld, proof, tables, small, more, readers)


def _decide(
    counts: Mapping[CellKey, Fraction],
    policy: Policy,
    before: Earlier,
    quality: Sequence[CountTable],
) -> tuple[Decision, int, int, dict[str, int]]:
    whole = account(counts, policy, before, tables=quality)
    reasons: dict[CellKey, str] = {}
    fallen: set[CellKey] = set()
    small = 0
    readers: Counter[str] = Counter()
    named = set(counts) | {table.cell_key(row) for table in quality for row in table.counts}
    for block in whole.blocks():
        choice = choose(block, policy)
        chosen = choice.withheld
        if chosen or not choice.safe:
            readers[choice.told if choice.safe else "whole"] += 1
        if not choice.safe:
            chosen = _breakdown(block, policy)
            fallen |= chosen
        for key, cell in block.cells.items():
            if cell.kind != "printed":
                continue
            is_small = cell.small(policy)
            if is_small and not (cell.kept and key not in counts):
                reasons[key] = f"a count from {policy.threshold_low} to {policy.threshold_high}"
                small += key in named and key[2] != "tier"
            elif key in chosen:
                reasons[key] = WHOLE if key in fallen else BEFORE if cell.forced else SECONDARY
    more = sum(1 for key, why in reasons.items() if why in (SECONDARY, BEFORE, WHOLE) and key[2] != "tier")
    return Decision(reasons, frozenset(fallen)), small, more, dict(readers)


def _breakdown(block: Arithmetic, policy: Policy) -> frozenset[CellKey]:
    """Everything of the block but the headcount: by ethnic group, zeros too, and the totals with it."""
    return frozenset(
        key for key, cell in block.cells.items() if cell.kind == "printed" and not (cell.kept or cell.known)
    )


def _protected(table: CountTable, decision: Decision, policy: Policy) -> ProtectedTable:
    def shown(row: tuple[str, ...], count: int) -> int | None:
        if decision.hides(table.cell_key(row)):
            return None
        return policy.rounded(count) if policy.method == "round" and row not in table.known else count

    whole = frozenset(row for row in table.counts if table.cell_key(row) in decision.whole)
    return ProtectedTable(table.name, {row: shown(row, count) for row, count in table.counts.items()}, whole)


def _survey(
    figure: Figure, figures: Iterable[Figure], reasons: Mapping[FigureKey, str], policy: Policy
) -> tuple[Figure, str, str]:
    if figure.key in reasons:
        return withheld_figure(figure), reasons[figure.key], ""
    if figure.state == "suppressed_at_source":
        return replace(figure, numerator=None, denominator=None), "", ""
    if any(f.key in reasons for f in figures if f.key[:-1] == figure.key[:-1]):
        figure = without_verdict(figure)
    if figure.denominator is None or figure.bound_low is None:
        return figure, "", ""
    others = [f for f in figures if f.key[:-1] == figure.key[:-1]]
    groups = [f for f in others if f.ethnic_group]
    everyone = next((f.denominator for f in others if not f.ethnic_group), None)
    unknown = None if everyone is None else everyone - sum(f.denominator or 0 for f in groups)
    if any(f.key in reasons for f in others) or (unknown is not None and 0 < unknown < policy.survey_minimum):
        bare, _, bounds = survey_without_bounds(figure)
        return bare, "", UNKNOWN_ANSWERS if bounds else ""
    return figure, "", ""
