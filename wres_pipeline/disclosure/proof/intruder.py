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

    parts = _components(matrix, low, high, rows_at_most)
    seen_low, seen_high = np.full(len(low), np.inf), np.full(len(low), -np.inf)
    fixed = low == high
    seen_low[fixed], seen_high[fixed] = low[fixed], high[fixed]
    wanted = np.zeros(len(low), dtype=bool)
    wanted[list(targets)] = True
    parts = [part for part in parts if wanted[part.columns].any()]
    for part in parts:
        if part.free:
            seen_low[part.columns], seen_high[part.columns] = part.low, part.high

    if points is not None and len(fits := points.within(low, high)):
        seen_low = np.minimum(seen_low, fits.min(axis=0))
        seen_high = np.maximum(seen_high, fits.max(axis=0))

    for part in parts:
        if not part.free:
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
    program = part.program()
    for place in np.flatnonzero(wanted[part.columns]):
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
    """Unknown columns tied together, with the sums that tie them."""

    columns: np.ndarray
    equal: scipy.sparse.csr_matrix
    right: np.ndarray
    at_most: scipy.sparse.csr_matrix
    limit: np.ndarray
    low: np.ndarray
    high: np.ndarray

    @property
    def free(self) -> bool:
        """Whether nothing ties its column to anything."""
        return not self.equal.shape[0] and not self.at_most.shape[0]

    def program(self) -> LinearProgram:
        """The sums and limits, ready for aims."""
        import numpy as np
        import scipy.sparse

        from wres_pipeline.disclosure.proof.linear_program import LinearProgram

        endless = np.full(len(self.limit), -np.inf)
        return LinearProgram(
            scipy.sparse.vstack([self.equal, self.at_most]).tocsr(),
            np.concatenate([self.right, endless]),
            np.concatenate([self.right, self.limit]),
            self.low,
            self.high,
        )


def _components(
    matrix: scipy.sparse.csr_matrix,
    low: np.ndarray,
    high: np.ndarray,
    rows_at_most: tuple[scipy.sparse.csr_matrix, np.ndarray] | None,
) -> list[_Component]:
    import numpy as np
    import scipy.sparse
    from scipy.sparse.csgraph import connected_components

    if np.any(low > high):
        raise Contradiction("a count is known to be in no range at all")
    fixed = low == high
    known = np.where(fixed, low, 0.0)
    unknown = np.flatnonzero(~fixed)
    right = -(matrix @ known)
    equal = matrix[:, unknown]
    loose = np.diff(equal.indptr) > 0
    if np.any(np.abs(right[~loose]) > _TOLERANCE):
        raise Contradiction("a printed total is not the sum of its printed parts")
    equal, right = equal[loose], right[loose]
    if rows_at_most is None:
        at_most = scipy.sparse.csr_matrix((0, len(unknown)))
        limit = np.zeros(0)
    else:
        limit = rows_at_most[1] - rows_at_most[0] @ known
        at_most = rows_at_most[0][:, unknown]
        loose = np.diff(at_most.indptr) > 0
        if np.any(limit[~loose] < -_TOLERANCE):
            raise Contradiction("a printed percentage is not that of its printed counts")
        at_most, limit = at_most[loose], limit[loose]
    if not len(unknown):
        return []
    both = scipy.sparse.vstack([equal, at_most]).tocsr()
    rows, columns = both.nonzero()
    size = len(unknown) + both.shape[0]
    graph = scipy.sparse.csr_matrix((np.ones(len(rows)), (columns, rows + len(unknown))), shape=(size, size))
    count, label = connected_components(graph, directed=False)
    parts = []
    for number in range(count):
        mine = np.flatnonzero(label[: len(unknown)] == number)
        if not len(mine):
            continue
        row_label = label[len(unknown) :]
        own = np.flatnonzero(row_label[: equal.shape[0]] == number)
        own_most = np.flatnonzero(row_label[equal.shape[0] :] == number)
        parts.append(
            _Component(
                columns=unknown[mine],
                equal=equal[own][:, mine],
                right=right[own],
                at_most=at_most[own_most][:, mine],
                limit=limit[own_most],
                low=low[unknown[mine]],
                high=high[unknown[mine]],
            )
        )
    return parts
