"""One linear program that is asked many questions: the same sums, one aim after another.

HiGHS keeps the corner it stands on, so that the next aim or the next limits are a few steps away and not a search of its own.
"""

from __future__ import annotations

import highspy
import numpy as np

from wres_pipeline.disclosure.proof.intruder import Contradiction

_FROM_THE_LIMITS, _FROM_THE_AIM = 1, 4
"""Simplex strategies of HiGHS: dual, for new limits under an old aim; primal, for a new aim under old limits."""


class LinearProgram:
    """rows·x between `row_low` and `row_high`, x between `low` and `high`; every aim is to be made least.

    rows: where each row starts, the columns and the values of its entries, as a scipy CSR matrix has them.
    """

    def __init__(
        self,
        rows: tuple[np.ndarray, np.ndarray, np.ndarray],
        row_low: np.ndarray,
        row_high: np.ndarray,
        low: np.ndarray,
        high: np.ndarray,
    ) -> None:
        self.width = len(low)
        self.all_columns = np.arange(self.width, dtype=np.int32)
        self.model = highspy.HighsLp()
        self.model.num_col_, self.model.num_row_ = self.width, len(row_low)
        self.model.col_cost_ = np.zeros(self.width)
        self.model.col_lower_, self.model.col_upper_ = low, high
        self.model.row_lower_, self.model.row_upper_ = row_low, row_high
        matrix = self.model.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        matrix.start_, matrix.index_, matrix.value_ = rows
        self.solver = _solver(self.model)
        self.solver.setOptionValue("presolve", "off")
        self.aim: dict[int, float] = {}

    def limit(self, low: np.ndarray, high: np.ndarray) -> None:
        """Other limits of the columns; the sums stay."""
        self.solver.changeColsBounds(self.width, self.all_columns, low, high)
        self.solver.setOptionValue("simplex_strategy", _FROM_THE_LIMITS)

    def limit_one(self, column: int, low: float, high: float) -> None:
        """Other limits of one column."""
        self.solver.changeColBounds(column, low, high)
        self.solver.setOptionValue("simplex_strategy", _FROM_THE_LIMITS)

    def least(self, aim: dict[int, float]) -> np.ndarray:
        """A point that makes the weighted sum of some columns least. Raises Contradiction."""
        for column in self.aim.keys() - aim.keys():
            self.solver.changeColCost(column, 0.0)
        for column, weight in aim.items():
            self.solver.changeColCost(column, weight)
        self.aim = dict(aim)
        self.solver = _solved(self.solver)
        self.solver.setOptionValue("simplex_strategy", _FROM_THE_AIM)
        return np.array(self.solver.getSolution().col_value)

    def prices(self) -> np.ndarray:
        """What a unit more of each column's room would give the last aim: its reduced costs."""
        return np.array(self.solver.getSolution().col_dual)

    def least_whole(self, aim: dict[int, float]) -> np.ndarray:
        """As `least`, over whole numbers."""
        costs = np.zeros(self.width)
        costs[list(aim)] = list(aim.values())
        self.model.col_cost_ = costs
        self.model.integrality_ = [highspy.HighsVarType.kInteger] * self.width
        solver = _solver(self.model)
        self.model.integrality_ = []
        return np.round(np.array(_solved(solver).getSolution().col_value))


class _Silent(highspy.Highs):
    """HiGHS without its callbacks, which print its name on the screen and are of no use here."""

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()


def _solver(model: highspy.HighsLp) -> _Silent:
    solver = _Silent()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.passModel(model)
    return solver


def _solved(solver: _Silent) -> _Silent:
    """The solver that holds the best point: the one given, or where that lost its way a new one, which stands on no corner.

    Raises Contradiction, and RuntimeError where none is found: nothing is taken for proved that was not solved.
    """
    status = _ended(solver)
    if status not in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible):
        solver = _solver(solver.getLp())
        status = _ended(solver)
    if status == highspy.HighsModelStatus.kInfeasible:
        raise Contradiction("the tables contradict one another")
    if status != highspy.HighsModelStatus.kOptimal:
        raise RuntimeError(f"the linear program did not end: {solver.modelStatusToString(status)}")
    return solver


def _ended(solver: _Silent) -> highspy.HighsModelStatus:
    solver.run()
    if solver.getModelStatus() == highspy.HighsModelStatus.kNotset:
        # HiGHS has one pool of threads a process and begins nothing where other code in it has asked for another number
        _Silent.resetGlobalScheduler(True)
        solver.clearSolver()
        solver.run()
    return solver.getModelStatus()
