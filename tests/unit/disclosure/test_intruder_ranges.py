"""What a reader can work out, against ranges worked by hand and by trying every possible table."""

from __future__ import annotations

import itertools

import highspy
import numpy as np
import pytest
import scipy.sparse
from hypothesis import given, settings
from hypothesis import strategies as st

from wres_pipeline.disclosure.proof.intruder import Contradiction, ranges
from wres_pipeline.disclosure.proof.linear_program import LinearProgram


def _ranges(
    rows: list[list[int]], low: list[int], high: list[int], enough: int | None = None
) -> list[tuple[int, int]]:
    found = ranges(
        scipy.sparse.csr_matrix(np.array(rows, dtype=float).reshape(len(rows), len(low))),
        np.array(low, dtype=float),
        np.array(high, dtype=float),
        range(len(low)),
        enough=enough,
    )
    return [(int(a), int(b)) for a, b in zip(found.low, found.high, strict=True)]


def test_two_withheld_counts_of_a_printed_total_of_ten_may_each_be_one_to_nine() -> None:
    assert _ranges([[1, 1, -1]], [1, 1, 10], [99, 99, 10]) == [(1, 9), (1, 9), (10, 10)]


def test_a_single_withheld_count_of_a_line_is_worked_out() -> None:
    assert _ranges([[1, 1, -1]], [1, 6, 10], [99, 6, 10])[0] == (4, 4)


def test_counts_of_one_each_fill_a_total_that_is_their_number() -> None:
    assert _ranges([[1, 1, 1, -1]], [1, 1, 1, 3], [99, 99, 99, 3])[:3] == [(1, 1)] * 3


def test_tables_that_contradict_one_another_are_said_to() -> None:
    with pytest.raises(Contradiction):
        _ranges([[1, 1, -1]], [5, 6, 10], [5, 6, 10])
    with pytest.raises(Contradiction):
        _ranges([[1, 1, -1]], [6, 6, 10], [9, 9, 10])


def test_other_code_of_the_process_may_have_asked_the_solver_for_more_threads() -> None:
    # HiGHS has one pool of threads a process: it then begins no program that asks for another number
    highspy.Highs.resetGlobalScheduler(True)
    other = highspy.Highs()
    other.setOptionValue("output_flag", False)
    other.setOptionValue("threads", 3)
    other.addVars(1, np.zeros(1), np.ones(1))
    other.run()
    assert other.getModelStatus() == highspy.HighsModelStatus.kOptimal
    assert _ranges([[1, 1, -1]], [1, 1, 10], [99, 99, 10]) == [(1, 9), (1, 9), (10, 10)]


def test_a_linear_program_that_lost_its_way_is_solved_by_another_and_never_taken_for_proved() -> None:
    # x + y = 10 with x, y from 1 to 9, then x up to 4 only
    ten = scipy.sparse.csr_matrix([[1.0, 1.0]])
    both = np.array([10.0])
    program = LinearProgram((ten.indptr, ten.indices, ten.data), both, both, np.ones(2), np.full(2, 9.0))
    program.solver.setOptionValue(
        "simplex_iteration_limit", 0
    )  # it ends without a best point, as HiGHS may of itself
    assert program.least({0: -1.0})[0] == 9
    program.solver.setOptionValue("simplex_iteration_limit", 0)
    program.limit_one(0, 1, 4)
    assert list(program.least({0: -1.0})) == [4, 6]
    assert program.prices()[0] == -1
    program.limit_one(0, 1, 0)
    with pytest.raises(Contradiction):
        program.least({0: 1.0})


def test_a_range_ends_on_whole_numbers_though_the_linear_program_ends_between() -> None:
    # x + y = z + z' with x = y (both rows) has half-way corners: 2x = 7 − w, w in 0..1, so x is 3 only
    assert _ranges([[1, 1, 1, -1], [1, -1, 0, 0]], [0, 0, 0, 7], [9, 9, 1, 7])[0] == (3, 3)


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.lists(st.integers(1, 4), min_size=4, max_size=4), st.sets(st.integers(0, 8), max_size=7))
def test_the_ranges_are_those_that_trying_every_table_gives(inner: list[int], shown: set[int]) -> None:
    # a two by two table with its margins: cells 0..3, row totals 4, 5, column totals 6, 7, grand total 8
    a, b, c, d = inner
    truth = [a, b, c, d, a + b, c + d, a + c, b + d, a + b + c + d]
    rows = [
        [1, 1, 0, 0, -1, 0, 0, 0, 0],
        [0, 0, 1, 1, 0, -1, 0, 0, 0],
        [1, 0, 1, 0, 0, 0, -1, 0, 0],
        [0, 1, 0, 1, 0, 0, 0, -1, 0],
        [0, 0, 0, 0, 1, 1, 0, 0, -1],
    ]
    low = [value if place in shown else 1 for place, value in enumerate(truth)]
    high = [value if place in shown else (8 if place < 4 else 32) for place, value in enumerate(truth)]
    tables = []
    for w, x, y, z in itertools.product(range(1, 9), repeat=4):
        table = (w, x, y, z, w + x, y + z, w + y, x + z, w + x + y + z)
        if all(lo <= value <= hi for lo, value, hi in zip(low, table, high, strict=True)):
            tables.append(table)
    expected = [(min(t[i] for t in tables), max(t[i] for t in tables)) for i in range(9)]
    assert _ranges(rows, low, high) == expected
    for (lo, hi), (most_low, most_high) in zip(_ranges(rows, low, high, enough=3), expected, strict=True):
        assert most_low <= lo <= hi <= most_high
        assert hi - lo + 1 >= min(3, most_high - most_low + 1)
