"""The pipeline's figures beside the independent ones: every numerator, denominator, value and state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.oracle import nine_indicators, truth_files
from wres_pipeline.extracts.canonical import core
from wres_pipeline.extracts.intake import landing
from wres_pipeline.indicators import computation, count_reading
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import years
from wres_pipeline.reference.local import LocalMappings
from wres_pipeline.synthetic import OrganisationSpec, extracts, generate_organisation, truth
from wres_pipeline.warehouse import connect

NOW = datetime(2026, 11, 24, 9, 0)


def write(folder: Path, specs: Iterable[OrganisationSpec]) -> None:
    """Extracts to `folder/<code>`, truth to `folder/truth/<code>`."""
    for spec in specs:
        made = generate_organisation(spec)
        written = extracts.write_extracts(folder / spec.code, made)
        truth.write_truth(folder / "truth" / spec.code, made, written)


def pipeline_figures(
    folder: Path, asked: dict[str, Sequence[int]], warehouse: Path | str
) -> dict[tuple[str, int], list[Figure]]:
    """Land, build, count and compute, without Dagster; every file must land and no row may be quarantined."""
    with connect(warehouse) as con:
        report = landing.land_folder(con, folder, list(asked), now=NOW, mappings=LocalMappings.load(None))
        assert not report.refused, report.refused[:3]
        assert not [d.file_name for d in report.landed if d.rows_quarantined]
        core.build(con, core.CORE_TABLES, list(asked), {})
        made: dict[tuple[str, int], list[Figure]] = {}
        for year in sorted({year for wanted in asked.values() for year in wanted}):
            codes = [code for code, wanted in asked.items() if year in wanted]
            rules = years.load(year)
            for code, counted in count_reading.read(con, codes, rules).items():
                made[code, year] = computation.compute(counted, rules)
    return made


def differences(code: str, year: int, figures: Sequence[Figure], told: truth_files.Truth) -> list[str]:
    """What differs between the pipeline's figures and the independent ones, a line each."""
    expected = nine_indicators.figures(told, year)
    found = {(f.indicator, f.measure, f.cluster, f.band, f.ethnic_group): f for f in figures}
    lines = [f"{code} {year}: two figures of one key" for _ in range(len(figures) - len(found))]
    for key in sorted(set(expected) | set(found)):
        if key not in found or key not in expected:
            lines.append(f"{code} {year} {key}: only {'expected' if key in expected else 'in the pipeline'}")
            continue
        want, have = expected[key], found[key]
        pairs = {
            "state": (want.state, have.state),
            "value": (want.value, _exact(have.value)),
            "numerator": (want.numerator, _exact(have.numerator)),
            "denominator": (want.denominator, _exact(have.denominator)),
        }
        lines += [f"{code} {year} {key} {name}: {a} is not {b}" for name, (a, b) in pairs.items() if a != b]
    return lines


def _exact(value: Any) -> Fraction | None:
    return None if value is None else Fraction(value)
