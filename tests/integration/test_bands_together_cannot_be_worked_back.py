"""Rows of several bands together, attacked by a reader who shares no code with the disclosure room and has both editions."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from evidence.generated_returns import organisation_year
from evidence.public_files import BANDS_TOGETHER, Knowledge, attack, read_csv
from tests.editions_as_files import read_of_each_form
from wres_pipeline.disclosure import Policy, protect
from wres_pipeline.disclosure.register.releases import Release
from wres_pipeline.indicators import computation
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import years
from wres_pipeline.reports.release import figures_csv

POLICY = Policy(threshold_high=4)


@lru_cache
def _editions() -> list[list[Figure]]:
    """The editions of two years of a body of 700 staff, of indicator 1 and the ratios of its tiers."""
    draw = random.Random("bands together")
    figures = {
        year: [
            one
            for one in computation.compute(
                organisation_year("X01", year, 700, 0.12, 0.05, draw), years.load(year)
            )
            if one.indicator in ("1", "race_disparity")
        ]
        for year in (2020, 2021, 2022)
    }
    releases: list[Release] = []
    made = []
    for year in (2021, 2022):
        edition = protect([*figures[year], *figures[year - 1]], POLICY, releases=releases)
        assert not edition.audit.failed and edition.release is not None
        releases.append(replace(edition.release, period=str(year)))
        made.append(edition.figures)
    return made


def test_a_reader_of_two_editions_places_no_withheld_count_by_what_bands_together_add_up(
    tmp_path: Path,
) -> None:
    known = Knowledge()
    for place, figures in enumerate(_editions()):
        (tmp_path / f"{place}.csv").write_bytes(figures_csv.csv_bytes(figures))
        read_csv(tmp_path / f"{place}.csv", known)
    rows = {key[:4] for key in known.printed if key[3] in BANDS_TOGETHER}
    assert len(rows) > 5
    assert attack(known, POLICY.width) == {} and not known.impossible


def test_bands_together_of_pages_workbook_and_file_are_one(tmp_path: Path) -> None:
    figures = _editions()[-1]
    # a page tells the year before of the whole workforce only
    found = [
        {
            key: known.ranges[key]
            for key in known.printed
            if key[0] == "2022" and key[3] in BANDS_TOGETHER and "Unknown" not in key
        }
        for known in read_of_each_form(figures, 2022, tmp_path)
    ]
    assert found[0] and found[0] == found[1] == found[2]
    upper = next(
        one
        for one in figures
        if (one.reporting_year, one.measure, one.cluster, one.band, one.ethnic_group)
        == (2022, "percentage", "", "Band 8a and above", "BME")
    )
    assert upper.state == "value"
    for name in ("index.html", "indicator-1.html"):
        assert f"{upper.shown}" in (tmp_path / name).read_text(encoding="utf-8"), name
