"""Older years in the public edition are what earlier public editions printed, to the letter: typed counts never reach it."""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import duckdb
import openpyxl
import pytest

from wres_pipeline import settings
from wres_pipeline.indicators import store
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.pipelines import editions
from wres_pipeline.pipelines.run_scope import RunScope
from wres_pipeline.reports.annual import return_workbook
from wres_pipeline.reports.context import ReturnContext
from wres_pipeline.reports.figure_set import FigureSet
from wres_pipeline.reports.release import figures_csv
from wres_pipeline.reports.site import over_years, site_pages

KEPT = Path(__file__).parents[1] / "earlier_version"
RATIO = "relative_likelihood_white_over_bme"
TYPED = {
    ("shortlisted", "White"): 40,
    ("shortlisted", "BME"): 8,
    ("appointed", "White"): 10,
    ("appointed", "BME"): 1,
}
"""Counts of 2018 of which disclosure control has seen none: (10 ÷ 40) ÷ (1 ÷ 8) is 2.00."""  # fmt: skip


@dataclass
class Body:
    """An organisation with figures of 2020 and 2021, counts of 2018 typed, and a public folder to put editions in."""

    con: duckdb.DuckDBPyConnection
    scope: RunScope

    def published(self, edition: int, *years: int, **shown: str) -> None:
        """An edition of `edition` in the public folder, of the years named: today's protected figures, but for indicator 2, whose
        ratio and BME likelihood are those given, or withheld.
        """
        folder = self.scope.folders("X01", edition).public
        folder.mkdir(parents=True)
        made = [
            given(replace(one, reporting_year=year), shown)
            for year in years
            for one in store.read(self.con, store.PROTECTED, "X01", 2021)
        ]
        (folder / figures_csv.NAME).write_bytes(figures_csv.csv_bytes(made))

    def typed(self, year: int) -> None:
        """The counts of TYPED, delivered for a year."""
        self.con.execute(
            "INSERT INTO deliveries BY NAME SELECT * REPLACE ($1 AS delivery_id, 'wres_counts' AS kind, $2 AS period, "
            "$1 || '.csv' AS file_name) FROM deliveries LIMIT 1",
            [f"typed{year}", date(year, 3, 31)],
        )
        for number, ((measure, group), people) in enumerate(TYPED.items()):
            self.con.execute(
                "INSERT INTO core_wres_counts VALUES (?, ?, 'X01', ?, '2', ?, '', '', ?, ?)",
                [f"typed{year}", number, year, measure, group, people],
            )

    def public(self) -> tuple[list[Figure], ReturnContext]:
        return editions.public_edition(self.con, self.scope, "X01", 2021)

    def row(self, name: str) -> tuple[str, ...]:
        """A row of the public table of indicator 2, its head before it: year by year."""
        figures, about = self.public()
        table = over_years.table("2", FigureSet((*figures, *about.earlier), "X01", 2021))
        assert table is not None
        (found,) = [one for one in table.rows if one[0].startswith(name)]
        return (*table.head[1:-1], *found[1:-1])


def given(figure: Figure, shown: dict[str, str]) -> Figure:
    """The figure, with another text where it is the ratio or the likelihood of BME applicants of indicator 2."""
    name = {(RATIO, ""): "ratio", ("likelihood", "BME"): "bme"}.get((figure.measure, figure.ethnic_group), "")
    if figure.indicator != "2" or figure.cluster or not name:
        return figure
    text = shown.get(name, "withheld")
    if text == "withheld":
        return replace(figure, value=None, state="withheld", shown=text, range_low=None, range_high=None)
    return replace(figure, value=Fraction(text.rstrip("%")), state="value", shown=text)


@pytest.fixture
def body(tmp_path: Path) -> Iterator[Body]:
    place = tmp_path / "w.duckdb"
    place.write_bytes(lzma.decompress((KEPT / "wres.duckdb.xz").read_bytes()))
    scope = RunScope(settings.load(), KEPT / "extracts", tmp_path / "output", place, ("X01",))
    with scope.open() as con:
        yield Body(con, scope)


def test_a_year_stands_as_its_own_edition_printed_it_and_what_was_withheld_stays_so(body: Body) -> None:
    body.published(2019, 2019, ratio="1.50")
    of_return = tuple(
        one.shown
        for year in (2020, 2021)
        for one in store.read(body.con, store.PROTECTED, "X01", year)
        if one.key[2:] == ("2", RATIO, "", "", "")
    )
    assert body.row("Relative likelihood") == ("2019", "2020", "2021", "1.50", *of_return)
    assert body.row("BME")[3] == "withheld"


def test_a_year_without_an_edition_of_its_own_stands_as_the_next_edition_printed_it(body: Body) -> None:
    body.published(2020, 2020, 2019, ratio="1.25", bme="20.0%")
    assert body.row("Relative likelihood")[:4] == ("2019", "2020", "2021", "1.25")
    # its own edition, once there is one, is what readers have of it; the year before stands as its own edition had it, once
    body.published(2019, 2019, 2018, ratio="1.50")
    body.published(2018, 2018, ratio="1.10")
    assert body.row("Relative likelihood")[:6] == ("2018", "2019", "2020", "2021", "1.10", "1.50")
    assert body.row("BME")[5] == "withheld"
    earlier = body.public()[1].earlier
    assert len({one.key for one in earlier}) == len(earlier)


def test_counts_typed_for_an_older_year_are_in_the_internal_edition_alone(body: Body, tmp_path: Path) -> None:
    body.typed(2018)
    body.typed(2019)
    body.published(2019, 2019, ratio="1.50")
    internal = editions.internal_edition(body.con, body.scope, "X01", 2021)[1]
    ratios = {one.reporting_year: one.shown for one in internal.earlier if one.key[2:4] == ("2", RATIO)}
    assert ratios == {2018: "2.00", 2019: "2.00"}
    figures, about = body.public()
    assert {one.reporting_year for one in about.earlier} == {2019}
    assert "typed2018" not in repr(about)
    texts = [
        text
        for view in site_pages.publication(figures, about).views
        for table in view.tables
        for text in (table.caption, *table.head, *(cell for row in table.rows for cell in row))
    ]
    assert "1.50" in texts
    assert not [text for text in texts if text == "2018" or "2018 to" in text]
    book = openpyxl.load_workbook(return_workbook.write_workbook(figures, about, tmp_path / "public.xlsx"))
    cells = [cell for row in book["Every year"].iter_rows(values_only=True) for cell in row]
    assert 1.5 in cells and 2 not in cells and "2018" not in cells
    assert over_years.PUBLIC in cells and over_years.INTERNAL not in cells


def test_years_between_of_which_nothing_was_published_are_named(body: Body) -> None:
    body.published(2017, 2017)
    figures, about = body.public()
    table = over_years.table("2", FigureSet((*figures, *about.earlier), "X01", 2021))
    assert table is not None
    assert table.caption == "Every year, 2017 to 2021, but not 2018 or 2019"


def test_no_earlier_edition_gives_no_line_whatever_was_typed(body: Body) -> None:
    body.typed(2018)
    figures, about = body.public()
    assert about.earlier == ()
    assert over_years.table("2", FigureSet(figures, "X01", 2021)) is None
