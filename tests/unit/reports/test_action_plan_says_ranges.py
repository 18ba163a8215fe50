"""Where small counts leave only a range, the action plan says the range and why no more can be told."""

from __future__ import annotations

from dataclasses import replace

from wres_pipeline.action_plan import movement
from wres_pipeline.disclosure.suppression.apply_suppression import withheld_figure
from wres_pipeline.indicators.figure import Figure

THEN = Figure("X01", 2020, "2", "relative_likelihood_white_over_bme", value=1.4, unit="ratio", shown="1.40")
NOW = replace(withheld_figure(replace(THEN, reporting_year=2021)), range_low=0.27, range_high=2.45,
              shown="between 0.27 and 2.45")  # fmt: skip


def test_a_range_is_said_with_its_year_and_calls_no_move() -> None:
    aim = movement._Aim(None, "2", "relative_likelihood_white_over_bme", 1.0)
    made = movement._movement(aim, {2020: [THEN], 2021: [NOW]}, 2020, 2021)
    assert made.verdict == movement.CANNOT_TELL
    assert made.because.startswith("1.40 in 2020 and between 0.27 and 2.45 in 2021: counts so small")
