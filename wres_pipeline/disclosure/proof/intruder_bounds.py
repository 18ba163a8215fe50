"""What a reader knows of one count before doing any sums."""

from __future__ import annotations

from fractions import Fraction

from wres_pipeline.disclosure.proof.cells import CEILING, Cell
from wres_pipeline.disclosure.rules.policy import Policy
from wres_pipeline.disclosure.rules.stakes import stake_of


def with_releases(cell: Cell, bounds: tuple[float, float]) -> tuple[float, float]:
    """The bounds as far as what was released before leaves them."""
    if cell.reader is None:
        return bounds
    return max(bounds[0], float(cell.reader[0])), min(bounds[1], float(cell.reader[1]))


def withheld_bounds(cell: Cell, policy: Policy, *, told: bool) -> tuple[float, float]:
    """What a reader knows of a cell that is not printed: not zero; if told why, also whether it is small."""
    return with_releases(cell, _withheld(cell, policy, told=told))


def _withheld(cell: Cell, policy: Policy, *, told: bool) -> tuple[float, float]:
    if cell.kind != "printed" or cell.one_group:
        return 0.0, float(CEILING)
    if not told:
        return (1.0 if cell.steps else 0.0), float(CEILING)
    if cell.small(policy):
        return told_small(cell, policy)
    if not cell.steps:
        return 0.0, 0.0
    return float((policy.threshold(stake_of(cell.key)) + 1) * cell.per), float(CEILING)


def told_small(cell: Cell, policy: Policy) -> tuple[float, float]:
    """What a reader knows who is told that a count is one the policy withholds for its size."""
    highest = policy.threshold(stake_of(cell.key))
    return float((policy.threshold_low - 1) * cell.per + 1), float((highest + 1) * cell.per - 1)


def printed_bounds(cell: Cell, policy: Policy) -> tuple[float, float]:
    """What a reader knows of a printed cell: the count itself, or the counts that round to what is
    printed.
    """
    if policy.method != "round" or not cell.steps or cell.known or cell.exact:
        return float(cell.steps), float(cell.steps)
    printed = policy.rounded(Fraction(cell.steps, cell.per))
    return with_releases(cell, rounded_bounds(printed, cell.per, policy, stake_of(cell.key)))


def rounded_bounds(printed: int, per: int, policy: Policy, stake: str = "") -> tuple[float, float]:
    """The steps that a printed rounded count may stand for: to the nearest, halves up, and not a withheld
    count of its stake.
    """
    if printed == 0:
        return 0.0, 0.0
    nearest = policy.nearest * per
    # steps s with rounded(s) == printed: printed − nearest/2 <= s < printed + nearest/2
    low = -((nearest - 2 * printed * per) // 2)
    high = (2 * printed * per + nearest - 1) // 2
    return float(max(low, (policy.threshold(stake) + 1) * per)), float(high)
