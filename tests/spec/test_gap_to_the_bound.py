"""What a choice of counts to withhold costs, beside what none can cost less than."""

from __future__ import annotations

from wres_pipeline.disclosure.proof.cells import Arithmetic, Cell
from wres_pipeline.disclosure.rules.policy import Policy
from wres_pipeline.disclosure.suppression.secondary_suppression import choose


def test_the_choice_is_told_with_the_least_that_any_safe_one_costs() -> None:
    """5 BME of a printed total: one more of the line has to go, Unknown for 3 or White for 40; so 3, and no less."""
    line = Arithmetic()
    for group, steps, cost in (("White", 35, 40.0), ("BME", 5, 1.0), ("Unknown", 30, 3.0), ("", 70, 9.0)):
        line.add(Cell(("X", "2021", "staff", "clinical", "", group), steps, cost=cost, kept=not group))
    keys = list(line.cells)
    line.add_sum(keys[3], keys[:3])
    found = choose(line, Policy())
    assert {key[-1] for key in found.withheld} == {"BME", "Unknown"}
    assert found.least and round(found.cost, 6) == 3
    assert 2.99 <= found.bound <= 3
