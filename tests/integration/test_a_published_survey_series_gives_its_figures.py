"""NHS Kernow CCG's printed series of all staff: turned round where printed as did not, bounds for 6."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.oracle import comparison
from wres_pipeline.indicators.figure import Figure

PUBLISHED = Path(__file__).parents[2] / "data" / "published"

# Worked by hand from the printed table: 100 - Q13a; from Q13b and Q13c the larger and the sum; Q14; Q15b.
BY_HAND = {
    2016: ("16%", "between 17% and 29%", "78%", "5%"),
    2017: ("18%", "between 19% and 35%", "76%", "4%"),
    2018: ("25%", "between 18% and 35%", "75%", "8%"),
    2019: ("14%", "between 16% and 28%", "82%", "5%"),
    2020: ("15%", "between 15% and 29%", "91%", "3%"),
    2021: ("13%", "between 14% and 24%", "86%", "4%"),
}


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, int], list[Figure]]:
    warehouse = tmp_path_factory.mktemp("published") / "warehouse.duckdb"
    return comparison.pipeline_figures(PUBLISHED, {"11N": tuple(BY_HAND)}, warehouse)


@pytest.mark.parametrize("year", BY_HAND)
def test_all_staff_figures_of_indicators_5_to_8(
    year: int, figures: dict[tuple[str, int], list[Figure]]
) -> None:
    of_all = {
        f.indicator: f.shown for f in figures["11N", year] if f.indicator in "5678" and not f.ethnic_group
    }
    assert tuple(of_all[indicator] for indicator in "5678") == BY_HAND[year]


@pytest.mark.parametrize("year", BY_HAND)
def test_nothing_is_collected_by_ethnic_group_and_nothing_of_the_other_indicators(
    year: int, figures: dict[tuple[str, int], list[Figure]]
) -> None:
    others = [f for f in figures["11N", year] if f.ethnic_group or f.indicator not in "5678"]
    assert {f.state for f in others} == {"not_collected"}
