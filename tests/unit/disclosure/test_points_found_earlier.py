"""Points kept from earlier questions answer later ones as programs would, and only where they fit."""

from __future__ import annotations

import numpy as np
import scipy.sparse
from hypothesis import given, settings
from hypothesis import strategies as st

from wres_pipeline.disclosure.proof.intruder import Points, ranges

# two rows of three counts, their totals, and the totals of the columns: 3 + 4 = 7 …
TRUTH = np.array([3, 4, 5, 12, 6, 1, 7, 14, 9, 5, 12], dtype=float)
SUMS = scipy.sparse.csr_matrix(
    np.array(
        [
            [1, 1, 1, -1, 0, 0, 0, 0, 0, 0, 0],
            [0, 0, 0, 0, 1, 1, 1, -1, 0, 0, 0],
            [1, 0, 0, 0, 1, 0, 0, 0, -1, 0, 0],
            [0, 1, 0, 0, 0, 1, 0, 0, 0, -1, 0],
            [0, 0, 1, 0, 0, 0, 1, 0, 0, 0, -1],
        ],
        dtype=float,
    )
)
WITHHELD = st.lists(st.sets(st.integers(0, 10), min_size=2), min_size=1, max_size=6)


def _wide_enough(withheld: set[int], points: Points | None) -> set[int]:
    low, high = TRUTH.copy(), TRUTH.copy()
    low[list(withheld)], high[list(withheld)] = 1, 20
    found = ranges(SUMS, low, high, withheld, enough=3, points=points)
    return {cell for cell in withheld if found.spread(cell) >= 2}


@settings(max_examples=40, deadline=None)
@given(WITHHELD)
def test_the_same_counts_are_safe_with_and_without_points_found_earlier(questions: list[set[int]]) -> None:
    points = Points(TRUTH)
    for withheld in questions:
        assert _wide_enough(withheld, points) == _wide_enough(withheld, None)


def test_a_point_is_used_only_within_the_limits() -> None:
    points = Points(TRUTH)
    points.add(np.array([0, 1, 4, 5]), np.array([2, 5, 7, 0]))
    assert len(points.within(np.zeros(11), np.full(11, 20.0))) == 2
    assert len(points.within(np.ones(11), np.full(11, 20.0))) == 1  # its 0 is outside
    assert len(points.within(np.full(11, 4.0), np.full(11, 20.0))) == 0  # nor is the truth inside
