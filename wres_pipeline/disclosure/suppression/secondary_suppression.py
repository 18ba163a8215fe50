"""Which further counts to withhold so that no withheld one can be worked out: the fewest that will do.

The reader it defends against knows more than any real one: they are told which withheld counts are small and
which were withheld only to protect others, and that a count of the second kind is not small. In small
organisations no set may be safe from that reader (eight counts of at least 1 that add to a total known to be
under 10 have no room left): then the reader is told so of the single counts but not of the totals, and, if
that will not do either, of none. A reader of the public edition is told of none: withheld counts all look
alike.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from wres_pipeline.disclosure.proof.cells import CEILING, Arithmetic, Cell, CellKey, Sum
from wres_pipeline.disclosure.proof.intruder_bounds import withheld_bounds
from wres_pipeline.disclosure.rules.policy import Policy
from wres_pipeline.disclosure.suppression.solver import Choice, Search, told_cells

#: readers from the one who knows most to the one who knows what the public edition says
READERS = ("all", "parts", "none")


def choose(block: Arithmetic, policy: Policy) -> Choice:
    """The cells of one block to withhold, the small ones among them, at least cost.

    A cell that is kept is never withheld, one that is forced always, and one that is known protects nothing.
    What earlier editions printed and withheld is looked at only where the choice without it would contradict
    them, so that a year is withheld the same way in whichever edition it stands. When no set is safe, `safe`
    is False and the caller has to fall back on something coarser.
    """
    cells = block.cells.values()
    joint = _changed(block, lambda cell: replace(cell, kept=cell.kept or cell.known))
    forced = {cell.key for cell in cells if cell.forced and cell.kind == "printed"}
    known = {cell.key for cell in cells if cell.known and not cell.small(policy)}
    if any(cell.known and cell.small(policy) for cell in cells):
        return replace(_choose(joint, policy), with_releases=True)
    alone = _choose(_alone(block), policy)
    if not alone.safe or not forced <= alone.withheld or known & alone.withheld:
        return replace(_choose(joint, policy), with_releases=True)
    if any(cell.reader is not None for cell in cells) and not _safe_with(joint, alone, policy):
        return replace(_choose(joint, policy), with_releases=True)
    return alone


def choose_further(
    block: Arithmetic, open_cells: Container[CellKey], withheld: Container[CellKey], told: str, policy: Policy
) -> Choice:
    """The cells of a block to withhold where all but the open ones are decided: those of `withheld` are, every other is not.

    told: the reader it has to be safe from, a name of READERS.
    """

    def decided(cell: Cell) -> Cell:
        if cell.kind != "printed" or cell.key in open_cells:
            return replace(cell, kept=cell.kept or cell.known)
        return replace(cell, forced=cell.key in withheld, kept=cell.key not in withheld)

    fixed = _changed(block, decided)
    return _searched_further(tuple(fixed.cells.values()), tuple(fixed.sums), told, policy)


@lru_cache(maxsize=256)
def _searched_further(of: tuple[Cell, ...], sums: tuple[Sum, ...], told: str, policy: Policy) -> Choice:
    must, guarded = _targets(of, policy)
    block = Arithmetic({cell.key: cell for cell in of}, list(sums))
    return Search(block, policy, list(of), must, guarded, told).run()


def told_ranges(
    block: Arithmetic, choice: Choice, policy: Policy
) -> dict[CellKey, tuple[Fraction, Fraction]]:
    """The ranges that readers may be told: of a small count that it is small, of one that moved a little since a release
    how far it can have moved. Only what the search has proved them to be safe with.
    """
    found: dict[CellKey, tuple[Fraction, Fraction]] = {}
    may = told_cells(block, choice.told) if choice.safe else set()
    for key in choice.withheld & may:
        cell = block.cells[key]
        if cell.one_group:
            continue  # a range would tell it from the noughts beside it
        if not cell.small(policy) and not (cell.forced and cell.reader is not None):
            continue
        low, high = withheld_bounds(cell, policy, told=cell.small(policy))
        if high < CEILING and high - low >= policy.width:
            found[key] = Fraction(int(low), cell.per), Fraction(int(high), cell.per)
    return found


def _alone(block: Arithmetic) -> Arithmetic:
    """The block as if nothing had been released before."""
    cells = {
        key: replace(cell, forced=False, known=False, reader=None)
        for key, cell in block.cells.items()
        if cell.kind != "released"
    }
    sums = [each for each in block.sums if all(key in cells for key in (each.total, *each.parts))]
    return Arithmetic(cells, sums)


def _safe_with(joint: Arithmetic, alone: Choice, policy: Policy) -> bool:
    """Whether what was chosen without a look at the releases is safe from a reader who has them."""
    cells = list(joint.cells.values())
    must, guarded = _targets(cells, policy)
    search = Search(joint, policy, cells, must, guarded, alone.told)
    place = {cell.key: number for number, cell in enumerate(cells)}
    return not search.breaches({place[key] for key in alone.withheld})


def _changed(block: Arithmetic, change: Callable[[Cell], Cell]) -> Arithmetic:
    return Arithmetic({key: change(cell) for key, cell in block.cells.items()}, block.sums)


def _choose(block: Arithmetic, policy: Policy) -> Choice:
    # a year stands in two editions, and a run may make both: the same counts have the same answer
    return _searched(tuple(block.cells.values()), tuple(block.sums), policy)


@lru_cache(maxsize=256)
def _searched(of: tuple[Cell, ...], sums: tuple[Sum, ...], policy: Policy) -> Choice:
    block = Arithmetic({cell.key: cell for cell in of}, list(sums))
    cells = list(block.cells.values())
    must, guarded = _targets(cells, policy)
    if not must and not guarded:
        return Choice(frozenset(), True, True)
    if not block.sums:
        return Choice(frozenset(cells[i].key for i in must), True, True)
    choice = Choice(frozenset(), False, False)
    for told in READERS:
        choice = Search(block, policy, cells, must, guarded, told).run()
        if choice.safe:
            break
    return choice


def _targets(cells: Sequence[Cell], policy: Policy) -> tuple[set[int], set[int]]:
    """The places of the cells that must be withheld, and of those nobody prints that must not be worked out."""
    must = {
        i
        for i, cell in enumerate(cells)
        if cell.kind == "printed" and not cell.kept and (cell.small(policy) or cell.forced or cell.one_group)
    }
    guarded = {
        i
        for i, cell in enumerate(cells)
        if (cell.kind == "implied" and cell.small(policy)) or (cell.kind == "released" and cell.guarded)
    }
    return must, guarded
