"""What a reader can work out: the range of each unknown count that all the sums together leave, by linear
programming.

A range is exact for whole numbers: where a linear program ends between whole numbers, it is solved again over
them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import scipy.sparse

    from wres_pipeline.disclosure.proof.linear_program import LinearProgram

_TOLERANCE = 1e-6


class Contradiction(ValueError):
    """What the tables print cannot all be true of one organisation."""


@dataclass(slots=True)
class Ranges:
    """low, high: for each column, the smallest and largest whole number known to be possible.

    For a target that was settled early they are values that were reached, so the true range is at least as
    wide.
    """

    low: np.ndarray
    high: np.ndarray

    def spread(self, column: int) -> int:
        """The distance from the smallest to the largest possible whole number: 0 = worked out exactly."""
        return int(self.high[column] - self.low[column])


class Points:
    """Whole-number points found earlier: a point that fits new limits shows what is possible without a program.

    truth: a point that obeys every sum; what a program says of some columns is completed with it.
    """

    def __init__(self, truth: np.ndarray) -> None:
        self.truth = truth
        self.found: dict[bytes, np.ndarray] = {}

    def add(self, columns: np.ndarray, values: np.ndarray) -> None:
        """Keeps a point of some columns that are tied to no others."""
        point = self.truth.copy()
        point[columns] = values
        self.found[point.tobytes()] = point

    def within(self, low: np.ndarray, high: np.ndarray) -> np.ndarray:
        """The points, a row each, that lie within these limits."""
        import numpy as np

        points = np.array([self.truth, *self.found.values()])
        return points[np.all((points >= low) & (points <= high), axis=1)]


def ranges(
    matrix: scipy.sparse.csr_matrix,
    low: np.ndarray,
    high: np.ndarray,
    targets: Iterable[int],
    *,
    enough: int | None = None,
    rows_at_most: tuple[scipy.sparse.csr_matrix, np.ndarray] | None = None,
    points: Points | None = None,
) -> Ranges:
    """The ranges of the target columns given matrix·x = 0 and low ≤ x ≤ high.

    enough: a target is settled as soon as that many whole numbers are known to be possible for it.
    rows_at_most: further knowledge (rows, limits): rows·x ≤ limits, such as a percentage rounded to one
        decimal.
    points: what earlier calls with the same sums and truth found; added to. Of no use with rows_at_most.
    Raises Contradiction when nothing obeys all of it.
    """
    import numpy as np

    wanted = np.zeros(len(low), dtype=bool)
    wanted[list(targets)] = True
    parts, alone = _components(matrix, low, high, rows_at_most, wanted)
    seen_low, seen_high = np.full(len(low), np.inf), np.full(len(low), -np.inf)
    seen_low[alone], seen_high[alone] = low[alone], high[alone]
    if points is not None and len(fits := points.within(low, high)):
        seen_low = np.minimum(seen_low, fits.min(axis=0))
        seen_high = np.maximum(seen_high, fits.max(axis=0))
    for part in parts:
        _settle(part, wanted, (seen_low, seen_high), enough, points)
    return Ranges(seen_low, seen_high)


def _settle(
    part: _Component,
    wanted: np.ndarray,
    seen: tuple[np.ndarray, np.ndarray],
    enough: int | None,
    points: Points | None,
) -> None:
    """Widens what is seen of the part's targets, one aim after another; every point found may settle other targets."""
    import numpy as np

    seen_low, seen_high = seen
    open_still = wanted[part.columns]
    if enough is not None:
        open_still &= ~(seen_high[part.columns] - seen_low[part.columns] + 1 >= enough)
    if not open_still.any():
        return
    program = part.program()
    for place in np.flatnonzero(open_still):
        column = part.columns[place]
        for weight in (1.0, -1.0):
            if enough is not None and seen_high[column] - seen_low[column] + 1 >= enough:
                break
            if weight > 0 and seen_low[column] <= part.low[place]:
                continue
            if weight < 0 and seen_high[column] >= part.high[place]:
                continue
            point = _whole_point(program, {int(place): weight})
            seen_low[part.columns] = np.minimum(seen_low[part.columns], point)
            seen_high[part.columns] = np.maximum(seen_high[part.columns], point)
            if points is not None:
                points.add(part.columns, point)


def _whole_point(program: LinearProgram, aim: dict[int, float]) -> np.ndarray:
    """The whole-number point that makes the aim least. Raises Contradiction when there is none."""
    import numpy as np

    point = program.least(aim)
    rounded = np.round(point)
    return rounded if np.all(np.abs(rounded - point) <= _TOLERANCE) else program.least_whole(aim)


@dataclass(slots=True)
class _Component:
    """Unknown columns tied together, with the rows that tie them: where each row starts, its places and values, its ends."""

    columns: np.ndarray
    start: np.ndarray
    place: np.ndarray
    value: np.ndarray
    row_low: np.ndarray
    row_high: np.ndarray
    low: np.ndarray
    high: np.ndarray

    def program(self) -> LinearProgram:
        """The rows and limits, ready for aims."""
        from wres_pipeline.disclosure.proof.linear_program import LinearProgram

        rows = (self.start, self.place, self.value)
        return LinearProgram(rows, self.row_low, self.row_high, self.low, self.high)


def _components(
    matrix: scipy.sparse.csr_matrix,
    low: np.ndarray,
    high: np.ndarray,
    rows_at_most: tuple[scipy.sparse.csr_matrix, np.ndarray] | None,
    wanted: np.ndarray,
) -> tuple[list[_Component], np.ndarray]:
    """The components that hold a wanted column, and the columns that are known or that nothing ties."""
    import numpy as np
    import scipy.sparse
    from scipy.sparse.csgraph import connected_components

    if np.any(low > high):
        raise Contradiction("a count is known to be in no range at all")
    fixed = low == high
    known = np.where(fixed, low, 0.0)
    row_high = -(matrix @ known)
    row_low = row_high
    rows = matrix
    if rows_at_most is not None:
        rows = scipy.sparse.vstack([matrix, rows_at_most[0]])
        row_high = np.concatenate([row_high, rows_at_most[1] - rows_at_most[0] @ known])
        row_low = np.concatenate([row_low, np.full(len(rows_at_most[1]), -np.inf)])
    entries = rows.tocoo()
    kept = ~fixed[entries.col]
    at, column, value = entries.row[kept], entries.col[kept], entries.data[kept]
    bare = np.bincount(at, minlength=len(row_high)) == 0
    if np.any(row_low[bare] > _TOLERANCE):
        raise Contradiction("a printed total is not the sum of its printed parts")
    if np.any(row_high[bare] < -_TOLERANCE):
        raise Contradiction("a printed total or percentage is not that of its printed counts")
    size = len(low) + len(row_high)
    graph = scipy.sparse.coo_matrix((np.ones(len(at)), (column, at + len(low))), shape=(size, size))
    label = connected_components(graph, directed=False)[1][: len(low)]
    tied = np.zeros(len(low), dtype=bool)
    tied[column] = True
    parts = []
    of_entry = label[column]
    order = np.lexsort((at, of_entry))
    of_entry = of_entry[order]
    for number in np.unique(label[wanted & tied]):
        mine = order[np.searchsorted(of_entry, number) : np.searchsorted(of_entry, number, side="right")]
        columns, place = np.unique(column[mine], return_inverse=True)
        own, start = np.unique(at[mine], return_index=True)
        start = np.append(start, len(mine))
        parts.append(
            _Component(
                columns, start, place, value[mine], row_low[own], row_high[own], low[columns], high[columns]
            )
        )
    return parts, ~tied
