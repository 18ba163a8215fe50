"""The pipeline against the second implementation, on generated organisations and on the sample."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.oracle import comparison, many_organisations, truth_files
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.synthetic import OrganisationSpec

GENERATED = {
    spec.code: (oddity, spec) for oddity, spec in many_organisations.specs(24, seed=11, largest=1500)
}
SAMPLE = Path(__file__).parents[2] / "data" / "sample"
SAMPLE_YEARS = {"X01": (2019, 2020, 2021), "XTR": (2020, 2021)}

Made = tuple[Path, dict[tuple[str, int], list[Figure]]]


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("generated")
    specs: list[OrganisationSpec] = [spec for _, spec in GENERATED.values()]
    comparison.write(folder, specs)
    asked: dict[str, Sequence[int]] = {spec.code: spec.years for spec in specs}
    return folder, comparison.pipeline_figures(folder, asked, folder / "warehouse.duckdb")


@pytest.mark.parametrize("code", GENERATED, ids=[f"{c}: {odd}" for c, (odd, _) in GENERATED.items()])
def test_every_figure_equals_the_independent_one(code: str, generated: Made) -> None:
    folder, figures = generated
    told = truth_files.read(folder / "truth" / code)
    for year in GENERATED[code][1].years:
        assert comparison.differences(code, year, figures[code, year], told) == []


def test_every_figure_of_the_sample_equals_the_independent_one(tmp_path: Path) -> None:
    figures = comparison.pipeline_figures(SAMPLE, dict(SAMPLE_YEARS), tmp_path / "warehouse.duckdb")
    for (code, year), made in figures.items():
        told = truth_files.read(SAMPLE / "truth" / code)
        assert comparison.differences(code, year, made, told) == []


def test_the_comparison_sees_a_figure_that_is_one_off(generated: Made) -> None:
    folder, figures = generated
    code, year = next((c, y) for c, y in figures if GENERATED[c][0] == "nothing")
    told = truth_files.read(folder / "truth" / code)
    place = next(i for i, f in enumerate(figures[code, year]) if f.indicator == "1" and f.state == "value")
    wrong = list(figures[code, year])
    wrong[place] = dataclasses.replace(wrong[place], value=wrong[place].value + 1)  # type: ignore[operator]
    assert len(comparison.differences(code, year, wrong, told)) == 1
