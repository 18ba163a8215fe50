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

_TOLERANCE = 1e-6
#: columns of one call: more cost nothing less each
_BATCH = 6_000


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

    def left(part: _Component) -> np.ndarray:
        """The places of the part's targets that are not settled."""
        short = np.ones(len(part.columns), dtype=bool)
        if enough is not None:
            short = seen_high[part.columns] - seen_low[part.columns] + 1 < enough
        return np.flatnonzero(short & wanted[part.columns])

    def solve(jobs: list[tuple[_Component, np.ndarray]]) -> None:
        for part, point in _solve_together(jobs):
            seen_low[part.columns] = np.minimum(seen_low[part.columns], point)
            seen_high[part.columns] = np.maximum(seen_high[part.columns], point)
            if points is not None:
                points.add(part.columns, point)

    tied = [part for part in parts if not part.free]
    if enough is not None:
        # a few corners of the space settle most targets without two programs for each; points have settled some before
        for turn in range(2 if points is None else 1):
            solve([(part, aim) for part in tied for aim in _corners(part, left(part), turn)])
    solve([(part, aim) for part in tied for place in left(part) for aim in _both_ways(part, int(place))])
    return Ranges(seen_low, seen_high)


@dataclass(slots=True)
class _Component:
    """Unknown columns tied together, with the sums that tie them."""

    columns: np.ndarray
    equal: scipy.sparse.coo_matrix
    right: np.ndarray
    at_most: scipy.sparse.coo_matrix
    limit: np.ndarray
    low: np.ndarray
    high: np.ndarray

    @property
    def free(self) -> bool:
        """Whether nothing ties its column to anything."""
        return not self.equal.shape[0] and not self.at_most.shape[0]


def _corners(part: _Component, places: np.ndarray, turn: int) -> list[np.ndarray]:
    import numpy as np

    aims = []
    for spin in (3, 5) if len(places) else ():
        aim = np.zeros(len(part.columns))
        aim[places] = [1.0 if (number * (spin + 2 * turn)) % 4 < 2 else -1.0 for number in range(len(places))]
        aims += [aim, -aim]
    return aims


def _both_ways(part: _Component, place: int) -> list[np.ndarray]:
    import numpy as np

    aim = np.zeros(len(part.columns))
    aim[place] = 1.0
    return [aim, -aim]


def _solve_together(
    jobs: list[tuple[_Component, np.ndarray]],
) -> list[tuple[_Component, np.ndarray]]:
    """For each (component, aim) the whole-number point that makes aim·x least.

    Many small programs are one large one without ties between them, which costs one call, not many. Raises
    Contradiction when a component has no point at all.
    """
    import numpy as np

    found: list[tuple[_Component, np.ndarray]] = []
    batch: list[tuple[_Component, np.ndarray]] = []
    size = 0
    for number, job in enumerate(jobs):
        batch.append(job)
        size += len(job[1])
        if size < _BATCH and number + 1 < len(jobs):
            continue
        solution = _program(batch, whole=False)
        start = 0
        for part, aim in batch:
            point = solution[start : start + len(aim)]
            start += len(aim)
            rounded = np.round(point)
            if np.any(np.abs(rounded - point) > _TOLERANCE):
                rounded = np.round(_program([(part, aim)], whole=True))
            found.append((part, rounded))
        batch, size = [], 0
    return found


def _program(jobs: list[tuple[_Component, np.ndarray]], *, whole: bool) -> np.ndarray:
    import numpy as np
    from scipy.optimize import linprog

    equal = stack([part.equal for part, _ in jobs])
    at_most = stack([part.at_most for part, _ in jobs])
    found = linprog(
        np.concatenate([aim for _, aim in jobs]),
        A_eq=equal if equal.shape[0] else None,
        b_eq=np.concatenate([part.right for part, _ in jobs]) if equal.shape[0] else None,
        A_ub=at_most if at_most.shape[0] else None,
        b_ub=np.concatenate([part.limit for part, _ in jobs]) if at_most.shape[0] else None,
        bounds=np.column_stack(
            [np.concatenate([part.low for part, _ in jobs]), np.concatenate([part.high for part, _ in jobs])]
        ),
        method="highs",
        integrality=1 if whole else 0,
    )
    if found.status == 2:
        raise Contradiction("the tables contradict one another")
    if found.x is None:
        raise RuntimeError(f"the linear program did not end: {found.message}")
    return np.asarray(found.x)


def stack(blocks: list[scipy.sparse.coo_matrix]) -> scipy.sparse.csr_matrix:
    """The matrices along the diagonal of one."""
    import numpy as np
    import scipy.sparse

    heights = np.cumsum([0, *(block.shape[0] for block in blocks)])
    widths = np.cumsum([0, *(block.shape[1] for block in blocks)])
    rows = np.concatenate([block.row + up for block, up in zip(blocks, heights, strict=False)])
    columns = np.concatenate([block.col + along for block, along in zip(blocks, widths, strict=False)])
    values = np.concatenate([block.data for block in blocks])
    return scipy.sparse.csr_matrix((values, (rows, columns)), shape=(heights[-1], widths[-1]))


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
                equal=equal[own][:, mine].tocoo(),
                right=right[own],
                at_most=at_most[own_most][:, mine].tocoo(),
                limit=limit[own_most],
                low=low[unknown[mine]],
                high=high[unknown[mine]],
            )
        )
    return parts
