"""Did the action's figure move? The rule as a table of two years' figures."""

from __future__ import annotations

from datetime import date

import pytest

from wres_pipeline.action_plan.movement import CANNOT_TELL, DID_NOT, MOVED, movements
from wres_pipeline.action_plan.plan import Action, Plan, Target, Update
from wres_pipeline.indicators.figure import Figure

PLAN = Plan("X01", "Plan", date(2020, 6, 1), ())
RATIO = "relative_likelihood_white_over_bme"


def ratio(year: int, value: float | None, low: float = 0, high: float = 0, **changes: str) -> Figure:
    return Figure(
        "X01",
        year,
        "2",
        RATIO,
        value=value,
        unit="ratio",
        state="value" if value is not None else "not_calculable",
        interval_low=low,
        interval_high=high,
        shown="" if value is None else f"{value:.2f}",
        **changes,
    )


def percent(year: int, value: float, low: float, high: float, group: str = "BME", basis: str = "") -> Figure:
    return Figure(
        "X01",
        year,
        "7",
        "percentage",
        ethnic_group=group,
        value=value,
        unit="percent",
        interval_low=low,
        interval_high=high,
        basis=basis,
    )


def verdict(action: Action, *figures: Figure, reporting_year: int = 2021) -> str:
    by_year = {
        year: [f for f in figures if f.reporting_year == year] for year in {f.reporting_year for f in figures}
    }
    (found,) = movements(action, PLAN, by_year, reporting_year)
    return found.verdict


def watching(number: str, target: Target | None = None) -> Action:
    return Action("A1", "Title", "Role", date(2021, 8, 31), indicators=(number,), target=target)


def towards(value: float) -> Target:
    return Target("2", RATIO, value, date(2022, 3, 31))


RATIOS = [
    # before (interval)     now (interval)       target  verdict
    ((2.0, 1.8, 2.2), (1.2, 1.1, 1.3), None, MOVED),
    ((1.2, 1.1, 1.3), (2.0, 1.8, 2.2), None, DID_NOT),
    ((1.6, 0.8, 3.1), (1.4, 0.7, 2.8), None, CANNOT_TELL),
    ((0.5, 0.45, 0.55), (0.9, 0.8, 1.0), None, MOVED),  # towards 1 from below
    ((2.0, 1.9, 2.1), (2.0, 1.9, 2.1), 1.0, DID_NOT),  # a halving would have been seen
    ((2.0, 1.9, 2.1), (2.0, 1.9, 2.1), None, CANNOT_TELL),  # without a target nobody said how much
    ((2.0, 0.9, 4.5), (2.0, 0.9, 4.5), 1.0, CANNOT_TELL),  # too wide to say that it did not
]


@pytest.mark.parametrize(("before", "now", "target", "expected"), RATIOS)
def test_a_ratio_moves_when_it_comes_nearer_to_1_by_more_than_chance(
    before: tuple[float, float, float], now: tuple[float, float, float], target: float | None, expected: str
) -> None:
    action = watching("2", towards(target) if target else None)
    assert verdict(action, ratio(2020, *before), ratio(2021, *now)) == expected


def test_career_progression_is_better_higher() -> None:
    assert verdict(watching("7"), percent(2020, 50, 48, 52), percent(2021, 60, 58, 62)) == MOVED
    assert verdict(watching("7"), percent(2020, 60, 58, 62), percent(2021, 50, 48, 52)) == DID_NOT


def test_a_changed_definition_cannot_be_told() -> None:
    before, now = percent(2020, 50, 48, 52, basis="excludes_dont_know"), percent(2021, 60, 58, 62)
    assert verdict(watching("7"), before, now) == CANNOT_TELL


def test_a_figure_that_is_missing_or_not_calculable_cannot_be_told() -> None:
    assert verdict(watching("2"), ratio(2020, 1.5, 1.0, 2.0)) == CANNOT_TELL
    assert verdict(watching("2"), ratio(2020, 1.5, 1.0, 2.0), ratio(2021, None)) == CANNOT_TELL


def test_the_return_the_plan_was_made_from_cannot_show_what_the_plan_did() -> None:
    figures = (ratio(2020, 2.0, 1.8, 2.2), ratio(2021, 1.2, 1.1, 1.3))
    assert verdict(watching("2"), *figures, reporting_year=2020) == CANNOT_TELL


def test_an_action_that_began_before_the_plan_is_compared_with_the_year_before_it_began() -> None:
    """First heard of in March 2020: the return of 31 March 2020 is not yet before it, that of 2019 is."""
    early = Action(
        "A1",
        "Title",
        "Role",
        date(2021, 8, 31),
        indicators=("2",),
        updates=(Update(date(2020, 3, 2), "Begun"),),
    )
    assert verdict(early, ratio(2020, 2.0, 1.8, 2.2), ratio(2021, 1.2, 1.1, 1.3)) == CANNOT_TELL
    assert (
        verdict(early, ratio(2019, 2.0, 1.8, 2.2), ratio(2020, 1.9, 1.8, 2.2), ratio(2021, 1.2, 1.1, 1.3))
        == MOVED
    )


def test_a_small_body_without_an_ethnicity_split_is_watched_by_all_its_staff_and_says_so() -> None:
    everyone = (percent(2020, 50, 48, 52, group=""), percent(2021, 60, 58, 62, group=""))
    by_year = {2020: everyone[:1], 2021: everyone[1:]}
    (found,) = movements(watching("7"), PLAN, by_year, 2021)
    assert found.verdict == MOVED
    assert "all staff" in found.because
