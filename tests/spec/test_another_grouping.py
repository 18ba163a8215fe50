"""Groups are named by the registry: a likelihood that compares disabled with other staff, worked by hand.

500 staff: 400 not disabled, 80 disabled, 20 of whom it is not known. 8 of the first entered the process, 16 of the second and 1
of the third: 2.0%, 20.0%, 5.0%; disabled ÷ not disabled is 20 ÷ 2 = 10.00. Were all of the third not disabled, it would be
(16/80) / (9/420) = 9.33; were they disabled, (17/100) / (8/400) = 8.50; the one to whom it happened among the disabled and the
others not: (17/81) / (8/419) = 10.99; the reverse: (16/99) / (9/401) = 7.20.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from wres_pipeline.indicators.computation import compute
from wres_pipeline.indicators.counts import Groups, Happened, OrganisationCounts, Workforce
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.indicators.verdicts import stated
from wres_pipeline.reference import indicators, tables, years

RATIO = "relative_likelihood_disabled_over_not_disabled"


@pytest.fixture
def figures(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], Figure]:
    """(measure, group) -> the figure of the indicator."""
    monkeypatch.setattr(
        indicators, "REGISTRY", indicators.rules_in(Path(__file__).parent / "another_grouping")
    )
    counts = OrganisationCounts(
        "XTR",
        2021,
        Workforce({("clinical", "Band 5"): Groups(400, 80, 20)}),
        events={"11": Happened(Groups(8, 16, 1))},
    )
    return {(one.measure, one.ethnic_group): one for one in compute(counts, years.load(2021))}


@pytest.mark.parametrize(
    ("measure", "group", "shown"),
    [
        ("workforce", "Not disabled", "400"),
        ("workforce", "Disabled", "80"),
        ("workforce", "Unknown", "20"),
        ("entered_capability", "Not disabled", "8"),
        ("entered_capability", "Disabled", "16"),
        ("entered_capability", "Unknown", "1"),
        ("likelihood", "Not disabled", "2.0%"),
        ("likelihood", "Disabled", "20.0%"),
        ("likelihood", "Unknown", "5.0%"),
        (RATIO, "", "10.00"),
    ],
)
def test_every_figure_is_of_the_groups_the_registry_names(
    figures: dict[tuple[str, str], Figure], measure: str, group: str, shown: str
) -> None:
    assert figures[measure, group].shown == shown
    assert len(figures) == 10


def test_what_is_not_known_leaves_the_ratio_as_open_as_any(
    figures: dict[tuple[str, str], Figure],
) -> None:
    assert figures[RATIO, ""].bounds_shown == "7.20 to 10.99"


def test_the_verdict_speaks_of_the_group_the_standard_is_about(
    figures: dict[tuple[str, str], Figure],
) -> None:
    assert stated(figures[RATIO, ""]) == (
        "clear difference: Disabled staff more likely to enter the formal capability process"
    )


def test_a_ratio_of_groups_that_are_not_of_the_grouping_is_refused(tmp_path: Path) -> None:
    text = (Path(__file__).parent / "another_grouping" / "indicators.yaml").read_text(encoding="utf-8")
    (tmp_path / "indicators.yaml").write_text(
        text.replace("direction: disabled_over_not_disabled", "direction: bme_over_white"), encoding="utf-8"
    )
    with pytest.raises(
        tables.ReferenceFileError, match="indicator 11: direction 'bme_over_white' is one of disabled_over"
    ):
        indicators.rules_in(tmp_path)
