"""The sums a reader can do with the counts of a publication: cells and the additions that tie them together.

Everything the room proves is proved about this. A count is held in steps: one step a person, or half a person
where a figure is a two-year average (`per` = 2), so that every quantity is a whole number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wres_pipeline.disclosure.rules.policy import Policy
from wres_pipeline.disclosure.rules.stakes import stake_of

if TYPE_CHECKING:
    import numpy as np
    import scipy.sparse

CellKey = tuple[str, ...]

#: steps beyond which no count of an organisation goes: stands for "no upper limit" in the linear programs
CEILING = 2_000_000


@dataclass(frozen=True, slots=True)
class Cell:
    """One count.

    kind: `printed` (stands in a public table unless it is withheld), `implied` (in no table, but a reader can
        subtract their way to it, so it is guarded if it is small), `released` (stands in something already
        released and not in this edition: nothing can be decided about it) or `gap` (the distance between a
        count and one that cannot exceed it: nobody's figure, never guarded).
    kept: public whatever we do (the organisation's headcount): it cannot be withheld.
    known: a release prints it exactly, so that withholding it would hide nothing.
    exact: printed as it is, under a rule that rounds as well.
    forced: must be withheld (a release withholds it, or prints it with a slightly different count).
    reader: the steps (lowest, highest) that releases leave for it, before any sums; None: they say nothing.
    guarded: a release withholds it, so that it may not be placed closely either.
    one_group: of a row whose people are all of one ethnic group, under a rule that withholds such rows, noughts too.
    cost: what losing it costs the reader, 1 for an ordinary count of a band.
    """

    key: CellKey
    steps: int
    per: int = 1
    kind: str = "printed"
    kept: bool = False
    known: bool = False
    exact: bool = False
    forced: bool = False
    cost: float = 1.0
    reader: tuple[int, int] | None = None
    guarded: bool = False
    one_group: bool = False

    def small(self, policy: Policy) -> bool:
        """Whether the policy withholds the count for its own size."""
        high = (policy.threshold(stake_of(self.key)) + 1) * self.per
        return policy.method != "none" and (policy.threshold_low - 1) * self.per < self.steps < high


@dataclass(frozen=True, slots=True)
class Sum:
    """`total` = the sum of `parts`, in steps."""

    total: CellKey
    parts: tuple[CellKey, ...]


@dataclass(slots=True)
class Arithmetic:
    """Cells and the sums over them. A sum counts only when every cell it names is there."""

    cells: dict[CellKey, Cell] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)

    def add(self, cell: Cell) -> None:
        """Adds a cell. Raises ValueError when the same count is there with another value."""
        there = self.cells.get(cell.key)
        if there is not None and there.steps * cell.per != cell.steps * there.per:
            raise ValueError("one count of the publication stands in it with two values")
        if there is None:
            self.cells[cell.key] = cell

    def add_sum(self, total: CellKey, parts: Iterable[CellKey]) -> None:
        """Ties a total to its parts."""
        self.sums.append(Sum(total, tuple(parts)))

    def add_limit(self, larger: CellKey, smaller: CellKey) -> None:
        """`smaller` cannot exceed `larger`: the reader knows the gap is zero or more."""
        gap = ("gap", *larger, *smaller)
        steps = self.cells[larger].steps - self.cells[smaller].steps
        self.add(Cell(gap, max(steps, 0), kind="gap"))
        if steps >= 0:
            self.add_sum(larger, (smaller, gap))

    def blocks(self) -> list[Arithmetic]:
        """The arithmetic split into parts that share no sum."""
        parent = {key: key for key in self.cells}

        def root(key: CellKey) -> CellKey:
            while parent[key] != key:
                parent[key] = parent[parent[key]]
                key = parent[key]
            return key

        for each in self.sums:
            for part in each.parts:
                parent[root(part)] = root(each.total)
        found: dict[CellKey, Arithmetic] = {}
        for key, cell in self.cells.items():
            found.setdefault(root(key), Arithmetic()).cells[key] = cell
        for each in self.sums:
            found[root(each.total)].sums.append(each)
        return list(found.values())

    def matrix(self) -> scipy.sparse.csr_matrix:
        """One row a sum, one column a cell in the order of `cells`: +1 for parts, −1 for the total."""
        import numpy as np
        import scipy.sparse

        place = {key: column for column, key in enumerate(self.cells)}
        rows: list[int] = []
        columns: list[int] = []
        values: list[float] = []
        for row, each in enumerate(self.sums):
            for key, value in ((each.total, -1.0), *((part, 1.0) for part in each.parts)):
                rows.append(row)
                columns.append(place[key])
                values.append(value)
        shape = (len(self.sums), len(self.cells))
        return scipy.sparse.csr_matrix((np.array(values), (rows, columns)), shape=shape)

    def array(self, of: Callable[[Cell], float]) -> np.ndarray:
        """A number for each cell, in the order of `cells`."""
        import numpy as np

        return np.array([of(cell) for cell in self.cells.values()], dtype=float)
