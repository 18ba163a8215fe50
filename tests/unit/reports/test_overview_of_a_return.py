"""The first page of a publication: findings in order, the nine at a glance, the small line of all years."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from wres_pipeline.indicators.figure import STATES, Figure
from wres_pipeline.render.sparkline import sparkline
from wres_pipeline.render.text import typeset
from wres_pipeline.reports.figure_set import FigureSet
from wres_pipeline.reports.site.glance import NONE, glance
from wres_pipeline.reports.site.key_findings import key_findings

CODE = "XTR"
PAGES = {n: f"{n}.html" for n in [*"123456789", "race_disparity"]}


def figure(
    indicator: str, measure: str, value: str, unit: str, *, year: int = 2021, group: str = "", band: str = "",
    verdict: str = "", shown: str = "", basis: str = "",
) -> Figure:  # fmt: skip
    return Figure(
        CODE, year, indicator, measure, "", band, group, value=Fraction(value), unit=unit, state="value",
        shown=shown or value, verdict=verdict, basis=basis,
    )  # fmt: skip


def ratio(value: str, verdict: str, *, year: int = 2021, indicator: str = "2", basis: str = "") -> Figure:
    side = "bme_over_white" if indicator == "3" else "white_over_bme"
    return figure(
        indicator, f"relative_likelihood_{side}", value, "ratio", year=year, verdict=verdict, basis=basis
    )


def survey(number: str, white: str, bme: str, verdict: str) -> list[Figure]:
    return [
        figure(number, "percentage", white, "percent", group="White", shown=f"{white}%"),
        figure(number, "percentage", bme, "percent", group="BME", shown=f"{bme}%", verdict=verdict),
    ]


def words(figures: list[Figure]) -> list[str]:
    return [one.words for one in key_findings(FigureSet(figures, CODE, 2021))]


def test_clear_differences_come_before_likely_ones_and_larger_ones_before_smaller() -> None:
    figures = [
        ratio("1.2", "likely difference"),
        ratio("3", "clear difference", indicator="3"),
        *survey("8", "5.0", "10.0", "clear difference"),
        *survey("5", "20.0", "21.0", "cannot tell"),
    ]
    # 3 is three times, 8 twice; the question on harassment says nothing and three others say something
    assert [one.number for one in key_findings(FigureSet(figures, CODE, 2021))] == ["3", "8", "2"]


def test_a_difference_in_favour_of_bme_staff_comes_after_those_against_them() -> None:
    figures = [
        ratio("0.5", "clear difference"),
        *survey("7", "60.0", "45.0", "clear difference"),
        *survey("6", "20.0", "30.0", "clear difference"),
    ]
    assert [one.number for one in key_findings(FigureSet(figures, CODE, 2021))] == ["6", "7", "2"]


def test_a_finding_prints_its_figures_and_its_verdict_and_compares_only_one_definition() -> None:
    now, before = ratio("1.28", "likely difference", basis="a"), ratio("1.35", "", year=2020, basis="a")
    assert words([now, before]) == [
        "White applicants were 1.28 times as likely as BME applicants to be appointed from shortlisting (a year "
        "before: 1.35): likely difference."
    ]
    assert "a year before" not in words([now, replace(before, basis="b")])[0]


def test_nought_times_as_likely_is_said_as_nobody() -> None:
    none_of_them = [ratio("0", "too few", indicator="3")]
    assert words(none_of_them) == [
        "No BME staff entered the formal disciplinary process: too few people to tell whether this is chance."
    ]


def test_a_verdict_that_is_half_a_sentence_is_said_whole() -> None:
    assert words([ratio("0", "too few", indicator="3")])[0].endswith(
        ": too few people to tell whether this is chance."
    )
    assert words([ratio("1.1", "cannot tell")])[0].endswith(": we cannot tell whether this is chance.")


def test_a_withheld_or_missing_figure_makes_no_finding() -> None:
    hidden = replace(ratio("1.28", ""), value=None, state="withheld", shown=STATES["withheld"])
    assert words([hidden]) == []
    assert words([]) == []


def test_a_withheld_figure_of_which_a_range_may_be_said_makes_a_finding_that_says_the_range() -> None:
    share = figure("1", "percentage", "2", "percent", group="BME")
    hidden = replace(
        share, value=None, state="withheld", range_low=1.6, range_high=2.6, shown="between 1.6% and 2.6%"
    )
    assert words([hidden]) == ["BME staff are between 1.6% and 2.6% of the workforce."]
    open_ended = replace(hidden, range_low=None, range_high=None, shown=STATES["withheld"])
    assert words([open_ended]) == []


def test_a_ratio_that_may_be_on_either_side_of_one_says_that_it_does_not_tell() -> None:
    def withheld(low: float, high: float, shown: str, indicator: str) -> Figure:
        hidden = replace(ratio("1", "", indicator=indicator), value=None, state="withheld", shown=shown)
        return replace(hidden, range_low=low, range_high=high)

    assert words([withheld(0.27, 2.45, "between 0.27 and 2.45", "2")]) == [
        "What can be published does not show whether White or BME applicants were more likely to be appointed from "
        "shortlisting (the ratio is between 0.27 and 2.45)."
    ]
    assert words([withheld(1.2, 2.45, "between 1.20 and 2.45", "2")])[0].startswith(
        "White applicants were between 1.20 and 2.45 times as likely as BME applicants"
    )
    assert words([withheld(0, 0, "0.00", "3")]) == ["No BME staff entered the formal disciplinary process."]


def test_the_glance_has_a_row_an_indicator_and_says_what_is_not_there() -> None:
    rows = glance(FigureSet([ratio("1.28", "likely difference")], CODE, 2021), PAGES)
    assert [row.number for row in rows] == [*"123456789", "race_disparity"]
    second, fifth = rows[1], rows[4]
    assert (second.headline, second.verdict, second.before) == ("1.28", "likely difference", NONE)
    assert (fifth.white, fifth.headline, fifth.verdict) == ("not collected", NONE, NONE)


def test_the_national_value_of_another_year_carries_its_year() -> None:
    # England, indicator 9: 10% of board members were BME in 2020; indicator 4 has no value after 2019
    board = glance(FigureSet([], CODE, 2020), PAGES)[8]
    assert board.england == "10% of boards"
    training = glance(FigureSet([], CODE, 2020), PAGES)[3]
    assert training.england == "1.15 (2019)"
    # the survey question was worded anew in 2025, after the newest value
    equal = glance(FigureSet([], CODE, 2026), PAGES)[6]
    assert equal.england == "BME 44.4% (2022, on another basis)"
    # Indicator 2 in 2022: 1.54, of the same year
    assert glance(FigureSet([], CODE, 2022), PAGES)[1].england == "1.54"


def test_the_small_line_holds_one_definition_and_says_its_numbers() -> None:
    figures = [
        ratio(v, "", year=y, basis=b)
        for v, y, b in (("2.0", 2018, "old"), ("1.4", 2019, ""), ("1.2", 2021, ""))
    ]
    row = glance(FigureSet(figures, CODE, 2021), PAGES)[1]
    assert row.years == (2019, 2021)
    assert 'aria-label="2019: 1.4 and 2021: 1.2"' in row.spark


def test_years_stand_at_their_true_distance() -> None:
    drawn = sparkline([(2016, 1.0), (2017, 2.0), (2021, 1.0)], "words")
    xs = [float(pair.split(",")[0]) for pair in re.search(r'points="([^"]+)"', drawn).group(1).split()]  # type: ignore[union-attr]
    assert (xs[1] - xs[0]) * 4 == xs[2] - xs[1]
    assert sparkline([(2021, 1.0)], "words") == ""


def test_a_printed_figure_is_set_with_a_true_minus_and_an_interval_keeps_its_hyphens() -> None:
    assert typeset("-5.8 percentage points") == "−5.8 points"
    assert typeset("2019-2021, band 8a-b") == "2019-2021, band 8a-b"
