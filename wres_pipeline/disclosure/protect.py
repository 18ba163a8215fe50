"""From the true figures of a run to those its public edition may print, with the proof."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from wres_pipeline.disclosure import figure_cells, merged_bands, years_together
from wres_pipeline.disclosure.proof.audit import Audit, audit
from wres_pipeline.disclosure.proof.cell_constraints import account, counts_of, untied
from wres_pipeline.disclosure.proof.cells import CEILING, Arithmetic, CellKey
from wres_pipeline.disclosure.proof.intruder_bounds import printed_bounds
from wres_pipeline.disclosure.register.delivery_names import named
from wres_pipeline.disclosure.register.previous_release import averages_of, editions, release_of, survey_of
from wres_pipeline.disclosure.register.releases import Release, by_group, origins, rows_apart, said_by
from wres_pipeline.disclosure.rules.figure_ranges import with_ranges
from wres_pipeline.disclosure.rules.policy import Policy
from wres_pipeline.disclosure.rules.stakes import stake_of
from wres_pipeline.disclosure.suppression import rounding, survey
from wres_pipeline.disclosure.suppression.apply_suppression import (
    Decision,
    printed,
    survey_without_bounds,
    withheld_figure,
    without_verdict,
)
from wres_pipeline.disclosure.suppression.secondary_suppression import choose, told_ranges
from wres_pipeline.disclosure.tables import CountTable, ProtectedTable
from wres_pipeline.indicators.figure import Figure, FigureKey

SECONDARY = "a small count could be worked out from it"
BEFORE = "withheld in the edition already published"
WHOLE = "the whole breakdown is withheld: nothing finer is safe"
ONE_GROUP = "all the people of its row are of one ethnic group"
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
        says; `whole` counts the blocks withheld whole. cost, bound: of what is lost beyond what must be, and what no safe
        choice of the same blocks can cost less than. release: what it will have said once it has left the
        building, for the register.
    """

    figures: list[Figure]
    withheld: list[Withholding]
    audit: Audit
    tables: Mapping[str, ProtectedTable] = field(default_factory=dict)
    small: int = 0
    more: int = 0
    readers: Mapping[str, int] = field(default_factory=dict)
    release: Release | None = None
    cost: float = 0.0
    bound: float = 0.0

    @property
    def gap(self) -> float:
        """By what share of its cost the choice may be dearer than the cheapest safe one; 0 where it is proved the cheapest."""
        return 1 - self.bound / self.cost if self.cost else 0.0

    def hides(self, key: FigureKey) -> bool:
        """Whether the figure of that key is withheld: what is said of it elsewhere must go as well."""
        return any(each.key == key and each.what == "figure" for each in self.withheld)


def protect(
    figures: Sequence[Figure],
    policy: Policy,
    *,
    earlier_public: Sequence[Figure] = (),
    quality: Sequence[CountTable] = (),
    releases: Sequence[Release] = (),
    delivery_names: Mapping[str, str] | None = None,
) -> Protected:
    """The public edition's figures, and its tables of counts, from the true ones.

    figures: every figure the edition prints, of any organisations and years (usually the year and the one
    before). earlier_public: figures of editions already published: what they withheld stays withheld, what
    they printed is
        known. quality: the other tables of counts published with them. delivery_names: delivery_id -> what
        may be said of it (`delivery_names`); without one a figure names no delivery. releases: what the
        register says has left the building, of any product: every reader may have all of it.
    The same year's figures are withheld the same way in whichever edition they stand, so two editions do not
    undo each other. Raises InconsistentFigures when the figures contradict one another: nothing can then be
    proved.
    """
    wider = merged_bands.proposed(figures, policy)
    counts = counts_of([*figures, *wider])
    found = [
        release_of(layer, counts, policy, version=n) for n, layer in enumerate(editions(earlier_public), 1)
    ]
    everything = [*found, *releases]
    whole = account(counts, policy, releases=everything, averages=averages_of(figures), tables=quality)
    survey_reasons = survey.withheld(figures, policy, everything)

    def made(*, totals: bool, bands_together: bool = True) -> Protected:
        decision, small, more, readers = _decide(whole, counts, policy, quality, totals=totals)
        out, withheld = _printed(figures, decision, counts, survey_reasons, policy)
        more_rows = merged_bands.worth_printing(wider, decision) if bands_together else []
        out = merged_bands.placed(out, [printed(one, decision)[0] for one in more_rows])
        out = with_ranges(named(out, delivery_names or {}), policy)
        exact = frozenset(key for key, cell in whole.cells.items() if cell.known)
        tables = {table.name: _protected(table, decision, policy, exact) for table in quality}
        apart, told_first = rows_apart(whole, releases), origins(releases)

        def prove(public: Sequence[Figure], *sums: CountTable) -> Audit:
            return audit(
                public,
                policy,
                earlier_public=earlier_public,
                releases=releases,
                apart=apart,
                told_first=told_first,
                untied=untied(whole),
                tables=[*tables.values(), *(ProtectedTable(one.name, {}) for one in sums)],
                shapes=[*quality, *sums],
            )

        proof = prove(out)
        if proof.failed and more_rows:
            return made(totals=totals, bands_together=False)
        there = {figure_cells.key_of(one) for one in more_rows if figure_cells.is_count(one)}
        told = {key: n for key, n in counts.items() if key in there or not figure_cells.is_merged(key)}
        own = account(told, policy, averages=averages_of(figures), tables=quality)
        release = _release(own, whole, decision, policy, out)
        if not proof.failed:
            moved = {row for rows in apart.values() for row in rows}
            together = years_together.add(out, counts, releases, policy, moved, prove)
            if together is not None:
                out, proof = together.figures, together.audit
                said = {**together.counts, **release.counts}
                release = replace(release, counts=said, sums=(*release.sums, *together.sums))
        return Protected(
            out, withheld, proof, tables, small, more, readers, release, decision.cost, decision.bound
        )

    first = made(totals=False)
    if not first.audit.failed or not first.readers.get("whole"):
        return first
    # where readers know the other totals, a withheld one is worked out, and stands in the way for nothing
    second = made(totals=True)
    return first if second.audit.failed else second


def _printed(
    figures: Sequence[Figure],
    decision: Decision,
    counts: Mapping[CellKey, Fraction],
    survey_reasons: Mapping[FigureKey, str],
    policy: Policy,
) -> tuple[list[Figure], list[Withholding]]:
    """The figures as they may be printed, and those that may not, with the reason."""
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
    return out, withheld


def _decide(
    whole: Arithmetic,
    counts: Mapping[CellKey, Fraction],
    policy: Policy,
    quality: Sequence[CountTable],
    *,
    totals: bool,
) -> tuple[Decision, int, int, dict[str, int]]:
    """totals: of a breakdown that is withheld whole, the totals that are not small are printed."""
    reasons: dict[CellKey, str] = {}
    fallen: set[CellKey] = set()
    told: dict[CellKey, tuple[Fraction, Fraction]] = {}
    one_group: set[CellKey] = set()
    known_as: dict[CellKey, str] = {}
    small, cost, bound = 0, 0.0, 0.0
    readers: Counter[str] = Counter()
    named = set(counts) | {table.cell_key(row) for table in quality for row in table.counts}
    for block in merged_bands.without(whole).blocks():
        choice = choose(block, policy)
        chosen = choice.withheld
        cost, bound = cost + choice.cost, bound + choice.bound
        if chosen or not choice.safe:
            readers[choice.told if choice.safe else "whole"] += 1
        if not choice.safe:
            chosen = _breakdown(block, policy, totals=totals)
            fallen |= chosen
        told |= told_ranges(block, choice, policy)
        known_as |= dict.fromkeys(block.cells, choice.told)
        for key, cell in block.cells.items():
            if cell.kind != "printed" or cell.kept:
                continue
            is_small = cell.small(policy)
            if is_small and not (cell.known and key not in chosen):
                reasons[key] = f"a count from {policy.threshold_low} to {policy.threshold(stake_of(key))}"
                small += key in named and key[2] != "tier"
            if cell.one_group and key in chosen:
                reasons.setdefault(key, ONE_GROUP)
                one_group.add(key)
            elif is_small:
                continue
            elif key in chosen:
                reasons[key] = (
                    WHOLE if key in fallen else BEFORE if cell.forced and choice.with_releases else SECONDARY
                )
    more = sum(
        1 for key, why in reasons.items() if why in (SECONDARY, BEFORE, WHOLE, ONE_GROUP) and key[2] != "tier"
    )
    whole_rows = frozenset(fallen | one_group)
    decision = Decision(reasons, whole_rows, told, frozenset(one_group), cost, bound)
    decision = merged_bands.with_wider_rows(whole, decision, known_as, policy)
    more += sum(1 for key in decision.withheld if key not in reasons and not figure_cells.is_merged(key))
    return decision, small, more, dict(readers)


def _release(
    own: Arithmetic, whole: Arithmetic, decision: Decision, policy: Policy, public: Sequence[Figure]
) -> Release:
    """What the edition says of every count in it, for the register; what other releases say is theirs."""
    bounds: dict[CellKey, tuple[float, float]] = {}
    for key, cell in own.cells.items():
        exact = whole.cells[key].known or cell.exact
        if key in decision.told:
            low, high = decision.told[key]
            bounds[key] = float(low * cell.per), float(high * cell.per)
        elif decision.hides(key):
            bounds[key] = 0.0 if key in decision.whole else 1.0, float(CEILING)
        elif cell.kind == "printed":
            bounds[key] = printed_bounds(replace(cell, reader=None, known=exact), policy)
    said = said_by(own, bounds, decision.withheld)
    sums = tuple(
        (each.total, each.parts) for each in own.sums if all(key in said for key in (each.total, *each.parts))
    )
    code, year = next(((one.organisation_code, one.reporting_year) for one in public), ("", 0))
    return Release(
        code,
        "annual",
        "public",
        str(max((one.reporting_year for one in public), default=year)),
        rule=policy.words(),
        counts=said,
        sums=sums,
        averages=averages_of(public),
        survey=survey_of(public),
    )


def _breakdown(block: Arithmetic, policy: Policy, *, totals: bool) -> frozenset[CellKey]:
    """Everything of the block but the headcount: by ethnic group, zeros too, and the totals with it, unless `totals` says
    that those which are not small stay.
    """
    return frozenset(
        key
        for key, cell in block.cells.items()
        if cell.kind == "printed"
        and not (cell.kept or cell.known)
        and not (totals and not by_group(key) and not (cell.small(policy) or cell.forced))
    )


def _protected(
    table: CountTable, decision: Decision, policy: Policy, exact: frozenset[CellKey]
) -> ProtectedTable:
    """exact: counts that every reader has already, and that are printed as they are."""

    def shown(row: tuple[str, ...], count: int) -> int | None:
        if decision.hides(table.cell_key(row)):
            return None
        as_it_is = row in table.known or table.cell_key(row) in exact
        return policy.rounded(count) if policy.method == "round" and not as_it_is else count

    whole = frozenset(row for row in table.counts if table.cell_key(row) in decision.whole)
    counts = {row: shown(row, count) for row, count in table.counts.items() if row not in table.implied}
    return ProtectedTable(table.name, counts, whole)


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
