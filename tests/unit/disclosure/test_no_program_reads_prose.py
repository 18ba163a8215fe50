"""Facts are fields: with every text of every figure replaced by another, disclosure control decides the same and text alone moves."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from tests.unit.reports.invented_return import invented_counts
from wres_pipeline.disclosure.protect import Protected, protect
from wres_pipeline.disclosure.register.previous_release import flags_of
from wres_pipeline.disclosure.rules.policy import Policy
from wres_pipeline.indicators.computation import compute
from wres_pipeline.indicators.counts import Groups, Workforce
from wres_pipeline.indicators.figure import UNPLACED, WHOLE_BREAKDOWN, Figure
from wres_pipeline.reference import years

TEXTS = ("note", "shown", "reason")
OTHER = {"note": "Anders gesagt.", "shown": "etwas anderes", "reason": "Darum."}


def figures(seed: int, staff: int) -> list[Figure]:
    """Two years of a body in whose totals stand people of no known band."""
    made: list[Figure] = []
    for year in (2021, 2020):
        counts = invented_counts(seed, year, staff=staff, bme=0.25, unknown=0.05)
        assert counts.workforce is not None
        cells = {**counts.workforce.cells, ("clinical", "Unmapped"): Groups(14, 11, 0)}
        counts = replace(counts, workforce=Workforce(cells, counts.workforce.senior_medical))
        made += compute(counts, years.load(year))
    return made


def reworded(given: list[Figure]) -> list[Figure]:
    return [replace(figure, **OTHER) for figure in given]


def facts(protected: Protected) -> object:
    bare = [replace(figure, **dict.fromkeys(TEXTS, "")) for figure in protected.figures]
    return bare, protected.withheld, protected.audit, protected.small, protected.more, protected.readers


@pytest.mark.parametrize(
    ("seed", "staff", "policy"), [(2, 90, Policy()), (3, 9, Policy(threshold_high=19, width=4))]
)
def test_another_wording_of_the_figures_moves_no_decision(seed: int, staff: int, policy: Policy) -> None:
    true = figures(seed, staff)
    assert any(figure.has(UNPLACED) for figure in true)
    plain, other = protect(true, policy), protect(reworded(true), policy)
    assert facts(other) == facts(plain)
    assert not plain.audit.failed


@pytest.mark.parametrize(("seed", "staff"), [(2, 60), (3, 9)])
def test_another_wording_of_an_edition_published_before_moves_no_decision(seed: int, staff: int) -> None:
    true = figures(seed, staff)
    before = protect(true, Policy()).figures
    moved = [
        replace(figure, value=Fraction(figure.value or 0) + 1)
        if (figure.indicator, figure.measure, figure.ethnic_group) == ("2", "appointed", "White")
        else figure
        for figure in true
    ]
    plain = protect(moved, Policy(), earlier_public=before)
    other = protect(reworded(moved), Policy(), earlier_public=reworded(before))
    assert facts(other) == facts(plain)


@pytest.mark.parametrize(
    ("row", "flags"),
    [
        ({"note": "Holds people on a pay scale that no list knows: in this total, in no band."}, UNPLACED),
        ({"note": "The whole breakdown is withheld, zeros as well."}, WHOLE_BREAKDOWN),
        ({"note": "Covers cases up to 28 February 2021 only."}, ""),
        ({"note": "Holds people on a pay scale that no list knows.", "flags": ""}, ""),
        ({"note": "", "flags": UNPLACED}, UNPLACED),
    ],
)
def test_a_file_published_before_figures_had_flags_says_the_same_by_its_notes(
    row: dict[str, str], flags: str
) -> None:
    assert flags_of(row) == flags
