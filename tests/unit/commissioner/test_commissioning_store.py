"""The table `commissioning_figures` is replaced whole and gives back what was put in."""

from __future__ import annotations

from fractions import Fraction

from wres_pipeline import warehouse
from wres_pipeline.commissioner.figure import figure, read_figures, replace_figures


def rows(year: int) -> list:
    return [
        figure(
            "X01",
            year,
            "benchmark",
            "X01",
            "harassment_public",
            value=11.3,
            rank=3,
            of=52,
            quartile=1,
            about_year=year - 1,
        ),
        figure(
            "X01", year, "appraisals", "X01", "appraised", value=Fraction(200, 3), numerator=2, denominator=3
        ),
        figure("X01", year, "appraisals", "X01", "offered", state="not_collected"),
    ]


def test_what_is_put_in_comes_back() -> None:
    with warehouse.connect(":memory:") as con:
        replace_figures(con, rows(2021), 2021, ["X01"])
        found = read_figures(con, "X01", 2021)
        assert [one.key for one in found] == [one.key for one in rows(2021)]
        assert [one.shown for one in found] == ["11.3%", "66.7%", "not collected"]
        assert (found[0].rank, found[0].quartile, found[0].about_year) == (3, 1, 2020)
        assert (found[1].numerator, found[2].value) == (2, None)


def test_a_year_is_replaced_whole_and_others_are_left() -> None:
    with warehouse.connect(":memory:") as con:
        replace_figures(con, rows(2020), 2020, ["X01"])
        replace_figures(con, rows(2021), 2021, ["X01"])
        replace_figures(con, rows(2021)[:1], 2021, ["X01"])
        assert (len(read_figures(con, "X01", 2020)), len(read_figures(con, "X01", 2021))) == (
            3,
            1,
        )
        replace_figures(con, [], 2020, ["X01"])
        assert read_figures(con, "X01", 2020) == []
