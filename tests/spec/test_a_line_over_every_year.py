"""Years entered as counts give a line over every year: worked by hand, printed on the page and in the workbook, each by its own rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import openpyxl

from tests.core_rows import CoreRows
from tests.unit.reports.invented_return import CODE, invented_context, invented_figures
from wres_pipeline.indicators import history
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reports.annual import return_workbook
from wres_pipeline.reports.figure_set import FigureSet
from wres_pipeline.reports.site import over_years
from wres_pipeline.reports.site.shapes import charts

RATIO = "relative_likelihood_white_over_bme"


def test_typed_counts_of_an_earlier_year_count_before_what_a_later_extract_still_holds() -> None:
    rows = CoreRows()
    for measure, people in (("shortlisted", (400, 100, 10)), ("appointed", (120, 15, 1))):
        for group, n in zip(("White", "BME", "Unknown"), people, strict=True):
            rows.typed_count(("2", measure, "", "", group), Fraction(n), year=2018)
    # of that year a later extract still holds four applications
    rows.applications("White", 4, appointed=False, as_at=date(2018, 9, 30), on=date(2018, 2, 1))
    assert history.years_delivered(rows.con, "XTR") == {2018}
    found = {f.key[2:]: f for f in history.work_out(rows.con, "XTR", 2018)}
    assert found["2", "shortlisted", "", "", "White"].shown == "400"
    # (120 ÷ 400) ÷ (15 ÷ 100) = 0.30 ÷ 0.15
    assert found["2", RATIO, "", "", ""].shown == "2.00"


def test_a_part_nobody_typed_comes_from_rows() -> None:
    rows = CoreRows()
    for group, n in zip(("White", "BME", "Unknown"), (9, 1, 0), strict=True):
        rows.typed_count(("9", "headcount", "", "board", group), Fraction(n), year=2018)
    rows.applications("White", 4, appointed=True, as_at=date(2018, 3, 31), on=date(2018, 2, 1))
    found = {f.key[2:]: f for f in history.work_out(rows.con, "XTR", 2018)}
    assert found["9", "headcount", "", "board", "White"].shown == "9"
    assert found["2", "appointed", "", "", "White"].shown == "4"


def earlier(year: int, shown: str, basis: str = "") -> list[object]:
    """The figures of indicator 2 of an earlier year, its ratio as given."""
    made = []
    for figure in history.followed(
        f for f in invented_figures() if f.reporting_year == 2021 and f.indicator == "2"
    ):
        figure = replace(figure, reporting_year=year, basis=basis)
        made.append(
            replace(figure, value=Fraction(shown), shown=shown) if figure.measure == RATIO else figure
        )
    return made


EARLIER = (*earlier(2018, "1.50"), *earlier(2019, "1.25"))


def test_the_page_has_a_row_and_a_line_over_every_year() -> None:
    figures = FigureSet((*invented_figures(), *EARLIER), CODE, 2021)  # type: ignore[arg-type]
    table = over_years.table("2", figures)
    assert table is not None
    assert table.caption == "Every year, 2018 to 2021"
    assert table.head[1:-1] == ("2018", "2019", "2020", "2021")
    ratio = next(row for row in table.rows if row[0].startswith("Relative likelihood"))
    assert ratio[1:3] == ("1.50", "1.25")
    assert "2018: 1.50" in charts("2", figures)[1].description
    assert over_years.table("2", FigureSet(invented_figures(), CODE, 2021)) is None


def test_two_definitions_are_never_one_series() -> None:
    other = (*earlier(2018, "1.50", "before"), *earlier(2019, "1.25"))
    figures = FigureSet((*invented_figures(), *other), CODE, 2021)  # type: ignore[arg-type]
    table = over_years.table("2", figures)
    assert table is not None
    assert {row[-1] for row in table.rows} == {"another definition before 2019"}


def test_a_definition_changes_for_figures_that_are_withheld_too_and_not_across_years_of_nothing() -> None:
    def of(year: int, state: str, basis: str) -> Figure:
        return Figure(CODE, year, "3", "likelihood", state=state, basis=basis)

    withheld = (of(2019, "withheld", "two_year_rolling"), of(2020, "withheld", "single_year"))
    assert over_years.breaks(withheld) == "another definition before 2020"
    between = (
        of(2018, "value", "two_year_rolling"),
        of(2019, "not_collected", "two_year_rolling"),
        of(2020, "zero", "single_year"),
    )
    assert over_years.breaks(between) == "another definition before 2020"
    assert over_years.breaks((between[1], between[2])) == "one definition"


def test_the_workbook_has_a_sheet_of_every_year_where_there_are_more_than_two(tmp_path: Path) -> None:
    context = replace(invented_context("internal"), earlier=EARLIER)
    place = return_workbook.write_workbook(invented_figures(), context, tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(place)["Every year"]
    rows = [row for row in sheet.iter_rows(values_only=True) if row[0] == "Indicator 2"]
    assert next(row for row in rows if str(row[1]).startswith("Relative likelihood"))[2:4] == (1.5, 1.25)
    plain = return_workbook.write_workbook(
        invented_figures(), invented_context("internal"), tmp_path / "b.xlsx"
    )
    assert "Every year" not in openpyxl.load_workbook(plain).sheetnames
