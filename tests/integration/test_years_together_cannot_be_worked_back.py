"""Values of several years together, attacked by a reader who shares no code with the disclosure room and has every edition."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from evidence.generated_returns import organisation_year
from evidence.public_files import TOGETHER, Knowledge, attack, read_csv
from tests.editions_as_files import read_of_each_form
from wres_pipeline.disclosure import Policy, protect
from wres_pipeline.disclosure.register.releases import Release
from wres_pipeline.indicators import computation
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import years
from wres_pipeline.reports.release import figures_csv

YEARS = range(2020, 2025)
BODIES = (4, 5, 6)
POLICY = Policy(threshold_high=4)


@lru_cache
def _editions(number: int, policy: Policy = POLICY) -> list[list[Figure]]:
    """The editions of four years of one small body: of indicators 2 to 4, and of the whole workforce."""
    draw = random.Random(f"years together {number}")
    staff, bme = draw.randint(50, 250), draw.uniform(0.04, 0.2)
    figures = {
        year: [
            one
            for one in computation.compute(
                organisation_year("X01", year, staff, bme, 0.05, draw), years.load(year)
            )
            if one.indicator in "234" or (one.indicator == "1" and not one.cluster)
        ]
        for year in YEARS
    }
    releases: list[Release] = []
    made = []
    for year in YEARS[1:]:
        edition = protect([*figures[year], *figures[year - 1]], policy, releases=releases)
        assert not edition.audit.failed and edition.release is not None
        releases.append(replace(edition.release, period=str(year)))
        made.append(edition.figures)
    return made


def test_a_reader_of_four_editions_places_no_withheld_count_by_what_they_add_up(tmp_path: Path) -> None:
    added = 0
    for number in BODIES:
        known = Knowledge()
        for place, figures in enumerate(_editions(number)):
            file = tmp_path / f"{number} {place}.csv"
            file.write_bytes(figures_csv.csv_bytes(figures))
            read_csv(file, known)
        added += sum(bool(TOGETHER.fullmatch(key[3])) for key in known.ranges)
        assert attack(known, POLICY.width) == {} and not known.impossible, number
    assert added > 5


def test_the_sums_of_pages_workbook_and_file_are_one_and_read_as_sums(tmp_path: Path) -> None:
    """The first edition that adds something up is printed in every form."""
    figures = next(
        made
        for number in BODIES
        for made in _editions(number)
        if any(TOGETHER.fullmatch(one.band) and one.unit == "ratio" for one in made)
    )
    newest = max(one.reporting_year for one in figures)
    found = [
        {key: ends for key, ends in known.ranges.items() if TOGETHER.fullmatch(key[3])}
        for known in read_of_each_form(figures, newest, tmp_path)
    ]
    assert found[0] and found[0] == found[1] == found[2]
    said = next(one for one in figures if TOGETHER.fullmatch(one.band) and one.unit == "ratio")
    page = (tmp_path / f"indicator-{said.indicator}.html").read_text(encoding="utf-8")
    assert f"{said.band}: " in page and f"{said.shown} times as likely" in page
    assert f"95% interval {said.interval_shown}" in page
    for name in ("index.html", "key-facts.html"):
        assert f"{said.shown}, {said.band}" in (tmp_path / name).read_text(encoding="utf-8")


def test_nothing_is_added_up_under_a_rule_that_rounds() -> None:
    for figures in _editions(0, Policy.rounding()):
        assert not any(TOGETHER.fullmatch(one.band) for one in figures)
