"""Counts are read alike from a typed sheet, from last year's workbook and from its figures.csv; what was withheld is no count."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import duckdb
import pytest

from tests.unit.reports.invented_return import CODE, invented_context, invented_figures
from wres_pipeline.extracts.canonical import core
from wres_pipeline.extracts.intake import landing
from wres_pipeline.extracts.intake.refusal import RefusedFile
from wres_pipeline.indicators import compute, typed_counts
from wres_pipeline.indicators.counts import OrganisationCounts
from wres_pipeline.reference import years
from wres_pipeline.reference.local import LocalMappings
from wres_pipeline.reports.annual import return_workbook
from wres_pipeline.reports.release import figures_csv

TYPED = """Indicator,Item,White,BME,Unknown
2,34,300,30,10
2,Number appointed from shortlisting,100,7,1
3,38,900,90,10
3,Number of staff entering the formal disciplinary process,9,3,0
4,Likelihood of accessing non-mandatory training and CPD,40%,41%,30%
9,Total board members,9,3,0
9,of which: voting board members,7,2,0
"""
"""Items by number and by words; the likelihood counts nobody."""
BY_HAND = {
    ("2", "shortlisted", "", ""): (300, 30, 10),
    ("2", "appointed", "", ""): (100, 7, 1),
    ("3", "workforce", "", ""): (900, 90, 10),
    ("3", "entered_disciplinary", "", ""): (9, 3, 0),
    ("9", "headcount", "", "board"): (9, 3, 0),
    ("9", "headcount", "", "voting"): (7, 2, 0),
}
GROUPS = ("White", "BME", "Unknown")


def landed(path: Path) -> tuple[dict[int, dict[typed_counts.Cell, Fraction]], list[str]]:
    """(the counts by year and cell, what was noted) of a file that arrives as a body's counts."""
    with duckdb.connect() as con:
        delivery = landing.land_file(con, path, CODE, now=datetime(2026, 11, 28), mappings=LocalMappings())
        core.build(con, core.CORE_TABLES, [CODE], {})
        found = {year: typed_counts.typed_cells(con, [CODE], year).get(CODE) for year in (2020, 2021)}
        assert con.execute("SELECT count(*) FROM quarantine").fetchone() == (0,)
    return {year: dict(one.cells) for year, one in found.items() if one}, delivery.reading["notes"]


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "wres_counts_2021.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_typed_sheet_names_its_items_by_number_or_in_the_words_of_the_form(tmp_path: Path) -> None:
    cells, _ = landed(written(tmp_path, TYPED))
    assert cells == {
        2021: {
            (*cell, group): people
            for cell, numbers in BY_HAND.items()
            for group, people in zip(GROUPS, numbers, strict=True)
        }
    }


def test_an_item_that_no_form_has_or_whose_words_name_several_counts_is_told_by_its_row(
    tmp_path: Path,
) -> None:
    # Band 5 stands under non-clinical and clinical; row 2 is the first below the headings
    _, notes = landed(written(tmp_path, TYPED + "1,Band 5,60,30,6\n2,64,5,5,5\n"))
    assert (
        "2 rows with numbers are left out: their item is no number of the form, and no words of one count (row 9, 10)"
        in notes
    )
    with pytest.raises(RefusedFile, match=r"no words of one count \(row 2\)"):
        landed(written(tmp_path, "Indicator,Item,White,BME,Unknown\n1,Band 5,60,30,6\n"))


@pytest.mark.parametrize("form", ["annual-return.xlsx", "figures.csv"])
def test_last_years_workbook_and_figures_read_back_give_last_years_figures_to_the_digit(
    tmp_path: Path, form: str
) -> None:
    figures = invented_figures()
    path = tmp_path / f"wres_counts_2021.{form.rpartition('.')[2]}"
    if form == "figures.csv":
        path.write_bytes(figures_csv.csv_bytes(figures))
    else:
        return_workbook.write_workbook(figures, invented_context("internal"), path)
    cells, _ = landed(path)
    mine = [f for f in figures if f.reporting_year == 2021]
    # of the two years that either file holds the one it is named by; the form has no item for totals
    assert set(cells) == {2021}
    assert cells[2021].items() <= typed_counts.cells_of(mine).items()
    rules = years.load(2021)
    again = compute(
        typed_counts.filled(OrganisationCounts(CODE, 2021), cells[2021], rules, ("typed",)), rules
    )
    shown = {f.key: f.shown for f in again}
    counted = [f for f in mine if f.indicator not in ("5", "6", "7", "8")]
    assert len(counted) > 200
    assert [f.shown for f in counted] == [shown[f.key] for f in counted]


def test_a_count_that_a_published_file_withholds_is_no_count(tmp_path: Path) -> None:
    hidden = ("2", "appointed", "", "", "BME")
    figures = [
        replace(f, value=None, state="withheld", shown="fewer than 10", range_low=1, range_high=9)
        if f.key[2:] == hidden
        else f
        for f in invented_figures()
    ]
    path = tmp_path / "wres_counts_2021.csv"
    path.write_bytes(figures_csv.csv_bytes(figures))
    cells, _ = landed(path)
    assert hidden not in cells[2021]
    assert ("2", "appointed", "", "", "White") in cells[2021]


def test_a_cell_of_a_typed_sheet_that_is_no_count_of_people_is_left_out_and_told_by_its_row(
    tmp_path: Path,
) -> None:
    text = 'Indicator,Item,White,BME,Unknown\n2,34,"1,040",1 060,*\n2,35,12.5%,<5,-3\n3,39,4.5,3.25,0\n'
    cells, notes = landed(written(tmp_path, text))
    assert {cell[1:2] + cell[4:]: int(2 * n) for cell, n in cells[2021].items()} == {
        ("shortlisted", "White"): 2080, ("shortlisted", "BME"): 2120,
        ("entered_disciplinary", "White"): 9, ("entered_disciplinary", "Unknown"): 0,
    }  # fmt: skip
    assert "5 cells hold no count of people and are left out (row 2, 3, 4)" in notes
