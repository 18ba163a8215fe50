"""Which further counts to withhold so that no withheld one can be worked out: the fewest that will do.

The reader it defends against knows more than any real one: they are told which withheld counts are small and
which were withheld only to protect others, and that a count of the second kind is not small. In small
organisations no set may be safe from that reader (eight counts of at least 1 that add to a total known to be
under 10 have no room left): then the reader is told so of the single counts but not of the totals, and, if
that will not do either, of none. A reader of the public edition is told of none: withheld counts all look
alike.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from wres_pipeline.disclosure.cells import Arithmetic, Cell, Sum
from wres_pipeline.disclosure.policy import Policy
from wres_pipeline.disclosure.solver import Choice, Search

#: readers from the one who knows most to the one who knows what the public edition says
READERS = ("all", "parts", "none")


def choose(block: Arithmetic, policy: Policy) -> Choice:
    """The cells of one block to withhold, the small ones among them, at least cost.

    A cell that is kept is never withheld, one that is forced always, and one that is known protects nothing.
    What earlier editions printed and withheld is looked at only where the choice without it would contradict
    them, so that a year is withheld the same way in whichever edition it stands. When no set is safe, `safe`
    is False and the caller has to fall back on something coarser.
    """
    alone = _choose(_changed(block, lambda cell: replace(cell, forced=False, known=False)), policy)
    cells = block.cells.values()
    forced = {cell.key for cell in cells if cell.forced and cell.kind == "printed"}
    known = {cell.key for cell in cells if cell.known and not cell.small(policy)}
    gives_away = bool(known & alone.withheld) or any(cell.known and cell.small(policy) for cell in cells)
    if alone.safe and forced <= alone.withheld and not gives_away:
        return alone
    return _choose(_changed(block, lambda cell: replace(cell, kept=cell.kept or cell.known)), policy)


def _changed(block: Arithmetic, change: Callable[[Cell], Cell]) -> Arithmetic:
    return Arithmetic({key: change(cell) for key, cell in block.cells.items()}, block.sums)


def _choose(block: Arithmetic, policy: Policy) -> Choice:
    # a year stands in two editions, and a run may make both: the same counts have the same answer
    return _searched(tuple(block.cells.values()), tuple(block.sums), policy)


@lru_cache(maxsize=256)
def _searched(of: tuple[Cell, ...], sums: tuple[Sum, ...], policy: Policy) -> Choice:
    block = Arithmetic({cell.key: cell for cell in of}, list(sums))
    cells = list(block.cells.values())
    must = {
        i for i, cell in enumerate(cells) if cell.kind == "printed" and (cell.small(policy) or cell.forced)
    }
    guarded = {i for i, cell in enumerate(cells) if cell.kind == "implied" and cell.small(policy)}
    must -= {i for i in must if cells[i].kept}
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
