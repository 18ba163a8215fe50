"""The search for the fewest further counts to withhold, by cutting planes.

Method [ours, after Fischetti and Salazar's branch and cut for cell suppression]: a small integer program proposes
the cheapest set of cells; the reader's linear programs test it; each cell that the reader could pin down gives,
through the dual of its program, an inequality that every safe set obeys; the integer program is solved again with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wres_pipeline.disclosure.proof.cells import Arithmetic, Cell, CellKey
from wres_pipeline.disclosure.proof.intruder import Points, ranges
from wres_pipeline.disclosure.proof.intruder_bounds import printed_bounds, withheld_bounds
from wres_pipeline.disclosure.rules.policy import Policy

if TYPE_CHECKING:
    import numpy as np

    from wres_pipeline.disclosure.proof.linear_program import LinearProgram

#: rounds of proposal and test before the whole lines of a cell that is still not safe are withheld instead
ROUNDS = 40
#: rounds after which a good guess may take the place of proof, so that no organisation takes long
EXACT_ROUNDS = 16
#: branches of one integer program; thirty are many
NODES = 500
#: about how many of the cells that are not safe give an inequality in one round: one mostly helps its
#: neighbours
CUTS_A_ROUND = 12
#: of how many cells a round asks first whether they are safe
SOME = 40


@dataclass(frozen=True, slots=True)
class Choice:
    """withheld: the printed cells that are not to be printed; safe: whether the told reader can pin none of
    them.

    least: whether the integer program proved that no cheaper set is safe.
    with_releases: whether what was released before had to be looked at.
    cost: of what is withheld beyond what must be; bound: no safe set costs less, as far as it was proved.
    told: which withheld counts the reader may be told the reason of and still pin none: a name of READERS.
    """

    withheld: frozenset[CellKey]
    safe: bool
    least: bool
    told: str = "all"
    with_releases: bool = False
    cost: float = 0.0
    bound: float = 0.0


def told_cells(block: Arithmetic, told: str) -> set[CellKey]:
    """The cells whose reason for being withheld the reader knows."""
    if told == "none":
        return set()
    totals = {each.total for each in block.sums if len(each.parts) > 1} if told == "parts" else set()
    return set(block.cells) - totals


class Search:
    """One search, against the reader who is `told` as much as READERS says."""

    def __init__(
        self,
        block: Arithmetic,
        policy: Policy,
        cells: list[Cell],
        must: set[int],
        guarded: set[int],
        told: str,
    ) -> None:
        import numpy as np

        self.told = told
        self.given_away: set[int] = set()
        self.seen_open: set[int] = set()
        knows = told_cells(block, told)
        self.cells, self.policy, self.must, self.guarded = cells, policy, must, guarded
        self.need = policy.width
        self.matrix = block.matrix()
        self.truth = block.array(lambda cell: cell.steps)
        self.bounds_printed = np.array([printed_bounds(cell, policy) for cell in cells], dtype=float)
        self.bounds_withheld = np.array(
            [withheld_bounds(cell, policy, told=cell.key in knows) for cell in cells], dtype=float
        )
        self.points = Points(self.truth)
        self.moves: LinearProgram | None = None
        hidden = np.array([cell.kind != "printed" for cell in cells])
        self.bounds_printed[hidden] = self.bounds_withheld[hidden]
        # a wide reach is as good as an endless one, and keeps the programs well scaled
        reach = 6 * policy.width + 2 * max(cell.per for cell in cells) * policy.highest
        self.bounds_withheld[:, 0] = np.maximum(self.bounds_withheld[:, 0], self.truth - reach)
        self.bounds_withheld[:, 1] = np.minimum(self.bounds_withheld[:, 1], self.truth + reach)
        self.bounds_printed[:, 0] = np.maximum(self.bounds_printed[:, 0], self.truth - reach)
        self.bounds_printed[:, 1] = np.minimum(self.bounds_printed[:, 1], self.truth + reach)
        self.room_printed = self.room(self.bounds_printed).tolist()
        self.room_withheld = self.room(self.bounds_withheld).tolist()
        self.gains = (self.room(self.bounds_withheld) - self.room(self.bounds_printed)).tolist()
        if any(cell.reader is not None or cell.kind == "released" for cell in cells):
            self.given_away = self.released_give_away(reach)
        self.may = [
            i
            for i, cell in enumerate(cells)
            if cell.kind == "printed" and not cell.kept and cell.steps and i not in must
        ]
        self.cuts: list[tuple[dict[int, float], float]] = []
        self.proved = True
        self.guessed = False
        self.bound = 0.0
        self.known_cuts: set[tuple[tuple[tuple[int, float], ...], float]] = set()

    def room(self, bounds: np.ndarray) -> np.ndarray:
        """How far each count can go up and down within its bounds, a row each."""
        import numpy as np

        return np.column_stack([bounds[:, 1] - self.truth, self.truth - bounds[:, 0]])

    def released_give_away(self, reach: int) -> set[int]:
        """The cells that a reader of the releases alone places too closely: no choice of ours can mend that."""
        import numpy as np

        low = np.array([0.0 if cell.reader is None else cell.reader[0] for cell in self.cells])
        high = np.array([np.inf if cell.reader is None else cell.reader[1] for cell in self.cells])
        kept = np.array([cell.kept for cell in self.cells])
        low = np.where(kept, self.truth, np.maximum(low, self.truth - reach))
        high = np.where(kept, self.truth, np.minimum(high, self.truth + reach))
        targets = sorted(self.must | self.guarded)
        found = ranges(self.matrix, low, high, targets, enough=self.policy.width + 1)
        return {target for target in targets if found.spread(target) < self.policy.width}

    def run(self) -> Choice:
        if self.breaches(self.must | set(self.may), targets=self.must | self.guarded):
            return Choice(frozenset(), False, False, self.told)  # not even withholding everything would do
        self.first_cuts()
        least = True
        for turn in range(ROUNDS):
            proposal = self.propose()
            if proposal is None:
                least = False
                break
            breaches = self.breaches(proposal, some=True)
            if not breaches:
                return self.chosen(proposal, self.proved)
            spread = max(1, len(breaches) // CUTS_A_ROUND)
            self.cut(breaches[::spread], proposal)
            if turn >= EXACT_ROUNDS:
                self.cut_nearby(breaches[turn % len(breaches)], proposal)
        else:
            least = False
        return self.whole_lines(least)

    def chosen(self, withheld: set[int], least: bool) -> Choice:
        """A safe set, with what it costs and what none can cost less than."""
        cost = sum(self.cells[i].cost for i in withheld - self.must)
        keys = frozenset(self.cells[i].key for i in withheld)
        return Choice(keys, True, least, self.told, cost=cost, bound=min(self.bound, cost))

    def bounds(self, withheld: set[int]) -> tuple[np.ndarray, np.ndarray]:
        import numpy as np

        mask = np.zeros(len(self.cells), dtype=bool)
        mask[list(withheld)] = True
        low = np.where(mask, self.bounds_withheld[:, 0], self.bounds_printed[:, 0])
        high = np.where(mask, self.bounds_withheld[:, 1], self.bounds_printed[:, 1])
        return low, high

    def breaches(
        self, withheld: set[int], targets: set[int] | None = None, *, some: bool = False
    ) -> list[int]:
        """The cells that a reader places too closely when these are withheld; `some`: perhaps not all of them."""
        low, high = self.bounds(withheld)
        # a nought is withheld with its row only: that it is one may show, as every other nought is printed
        looked_at = sorted(
            one
            for one in (withheld | self.guarded if targets is None else targets) - self.given_away
            if self.cells[one].steps or self.cells[one].kind != "printed"
        )
        settled = self.points.within(low, high)
        spread = settled.max(axis=0) - settled.min(axis=0)
        left = [target for target in looked_at if spread[target] < self.policy.width]
        if not left:
            return []
        if some and len(left) > SOME:
            # in proposals that are far from safe the few that were not safe before, and some others, tell enough
            first = [target for target in left if target in self.seen_open][:SOME]
            found = self.pinned(low, high, first)
            if len(found) >= CUTS_A_ROUND:
                return found
        return self.pinned(low, high, left)

    def pinned(self, low: np.ndarray, high: np.ndarray, targets: list[int]) -> list[int]:
        """The targets that the reader places too closely."""
        if not targets:
            return []
        found = ranges(self.matrix, low, high, targets, enough=self.policy.width + 1, points=self.points)
        close = [target for target in targets if found.spread(target) < self.policy.width]
        self.seen_open |= set(close)
        return close

    def first_cuts(self) -> None:
        """What every line of the tables demands by itself: no withheld count the only unknown of its line."""
        lines = self.matrix
        for row in range(lines.shape[0]):
            span = slice(lines.indptr[row], lines.indptr[row + 1])
            columns, signs = lines.indices[span], lines.data[span]
            for target, sign in zip(columns, signs, strict=True):
                cell = self.cells[target]
                if int(target) in self.guarded or (
                    cell.kind == "printed" and (cell.steps or not cell.one_group)
                ):
                    others = [(int(c), s == sign) for c, s in zip(columns, signs, strict=True) if c != target]
                    self.line_cut(int(target), others)

    def line_cut(self, target: int, others: list[tuple[int, bool]]) -> None:
        # the target moves up by what the others can give way, and down likewise; either is limited by its own
        # range
        up_own, down_own = self.room_withheld[target]
        for use_up in (True, False):
            for use_down in (True, False):
                constant = (0.0 if use_up else up_own) + (0.0 if use_down else down_own)
                weights: dict[int, float] = {}
                for other, same_side in others:
                    gain = self.gains[other]
                    for used, upward in ((use_up, not same_side), (use_down, same_side)):
                        if used:
                            constant += self.room_printed[other][0 if upward else 1]
                            weights[other] = weights.get(other, 0.0) + gain[0 if upward else 1]
                if use_up or use_down:
                    self.add_cut(target, weights, constant)

    def add_cut(self, target: int, weights: dict[int, float], constant: float) -> None:
        """Adds: what withholding gives the target in room is at least what it needs, if the target is
        withheld.
        """
        need = self.need - constant
        if need <= _SMALL or target in self.given_away:
            return
        always = self.must | self.guarded
        fixed = sum(value for cell, value in weights.items() if cell in self.must and cell != target)
        need -= fixed
        if need <= _SMALL:
            return
        row = {
            cell: min(value, need) / need
            for cell, value in weights.items()
            if value > _SMALL
            and cell not in self.must
            and cell != target
            and self.cells[cell].kind == "printed"
        }
        row = {cell: round(value, 9) for cell, value in row.items() if not self.cells[cell].kept}
        right = 1.0
        if target not in always:
            row[target] = row.get(target, 0.0) - 1.0
            right = 0.0
        mark = (tuple(sorted(row.items())), right)
        if mark not in self.known_cuts:
            self.known_cuts.add(mark)
            self.cuts.append((row, right))

    def propose(self) -> set[int] | None:
        """The cheapest set that obeys every inequality found so far; None when none does (or the
        search for one was given up).
        """
        import numpy as np
        import scipy.sparse
        from scipy.optimize import Bounds, LinearConstraint, milp

        if not self.may:
            return None if any(right > 0 for _, right in self.cuts) else set(self.must)
        place = {cell: column for column, cell in enumerate(self.may)}
        rows, columns, values, rights = [], [], [], []
        for number, (row, right) in enumerate(self.cuts):
            rights.append(right)
            for cell, value in row.items():
                if cell in place:
                    rows.append(number)
                    columns.append(place[cell])
                    values.append(value)
        constraints = []
        if rights:
            matrix = scipy.sparse.csr_matrix((values, (rows, columns)), shape=(len(rights), len(self.may)))
            constraints = [LinearConstraint(matrix, np.array(rights) - 1e-7, np.inf)]
        found = milp(
            np.array([self.cells[cell].cost for cell in self.may]),
            constraints=constraints,
            bounds=Bounds(0, 1),
            integrality=1,
            # a limit of time would let the same figures be withheld otherwise on a busy machine
            options={"node_limit": NODES, "mip_rel_gap": 0.001},
        )
        self.proved = self.proved and found.status == 0
        if not self.guessed and found.mip_dual_bound is not None:
            self.bound = max(self.bound, float(found.mip_dual_bound))
        if found.x is None:
            return None
        return self.must | {cell for cell, value in zip(self.may, found.x, strict=True) if value > 0.5}

    def cut(self, targets: list[int], withheld: set[int]) -> None:
        """For each target the inequality that the dual of its two linear programs gives."""
        import numpy as np

        low, high = self.bounds(withheld)
        printed_up = self.bounds_printed[:, 1] - self.truth
        printed_down = self.truth - self.bounds_printed[:, 0]
        more_up = self.bounds_withheld[:, 1] - self.truth - printed_up
        more_down = self.truth - self.bounds_withheld[:, 0] - printed_down
        for target, up, down in self.duals(targets, low, high):
            positive = np.maximum(up, 0) + np.maximum(down, 0)
            negative = np.maximum(-up, 0) + np.maximum(-down, 0)
            base = printed_up * positive + printed_down * negative
            gains = more_up * positive + more_down * negative
            weights = {int(i): float(gains[i]) for i in np.flatnonzero(gains > _SMALL) if i != target}
            self.add_cut(target, weights, float(base.sum() + gains[target]))
            room_now = base.sum() + sum(gains[i] for i in withheld | {target})
            if room_now >= self.need - _SMALL:
                self.cut_nearby(target, withheld)

    def cut_nearby(self, target: int, withheld: set[int]) -> None:
        """Where the dual has no more to say: one more count of the lines that the target stands in has to go.

        No law but a good guess (the linear program sees room that whole numbers do not have), so that what is
        found after it is not proved to be the least.
        """
        self.proved, self.guessed = False, True
        lines = self.matrix[:, [target]].nonzero()[0]
        near = {int(cell) for cell in self.matrix[lines].nonzero()[1]} & set(self.may) - withheld
        row = dict.fromkeys(near or set(self.may) - withheld, 1.0)
        right = 1.0
        if target not in self.must | self.guarded:
            row[target] = -1.0
            right = 0.0
        self.cuts.append((row, right))

    def duals(
        self, targets: list[int], low: np.ndarray, high: np.ndarray
    ) -> list[tuple[int, np.ndarray, np.ndarray]]:
        """(target, weights up, weights down): the weight of each cell's room in the target's largest moves.

        A positive weight is of room upward.
        """
        import numpy as np

        from wres_pipeline.disclosure.proof.linear_program import LinearProgram

        # a trace of room everywhere makes the dual choose the inequality that names the fewest other cells
        trace = np.zeros(len(self.cells))
        trace[self.may] = _TRACE
        down, up = low - self.truth, high - self.truth
        nothing = np.zeros(self.matrix.shape[0])
        if self.moves is None:
            rows = (self.matrix.indptr, self.matrix.indices, self.matrix.data)
            self.moves = LinearProgram(rows, nothing, nothing, down - trace, up + trace)
        else:
            self.moves.limit(down - trace, up + trace)
        found = []
        for target in targets:
            self.moves.limit_one(target, down[target], up[target])
            self.moves.least({target: -1.0})
            upward = -self.moves.prices()
            self.moves.least({target: 1.0})
            found.append((target, upward, -self.moves.prices()))
            self.moves.limit_one(target, down[target] - trace[target], up[target] + trace[target])
        return found

    def whole_lines(self, least: bool) -> Choice:
        """Not proved within the rounds: withhold every count of the lines of each cell that is not safe."""
        withheld = self.propose() or set(self.must)
        for _ in range(8):
            breaches = self.breaches(withheld)
            if not breaches:
                return self.chosen(withheld, least)
            more = set()
            for row in range(self.matrix.shape[0]):
                columns = set(
                    self.matrix.indices[self.matrix.indptr[row] : self.matrix.indptr[row + 1]].tolist()
                )
                if columns & set(breaches):
                    more |= columns & set(self.may)
            if more <= withheld:
                break
            withheld |= more
        return Choice(frozenset(self.cells[i].key for i in withheld), False, False, self.told)


_SMALL = 1e-7
_TRACE = 1e-3
