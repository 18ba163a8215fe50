"""Likelihoods and ratios of several years together: their numbers by hand, and which years are never added up."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from wres_pipeline.disclosure import Policy, protect
from wres_pipeline.disclosure.register.releases import Release
from wres_pipeline.disclosure.rules.headlines import is_headline, says
from wres_pipeline.indicators import computation
from wres_pipeline.indicators.counts import Discipline, Groups, OrganisationCounts, Recruitment, Workforce
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.indicators.years_together import is_of_several_years, years_of
from wres_pipeline.reference import years

RATIO = "relative_likelihood_white_over_bme"


def _year(year: int, appointed: int) -> list[Figure]:
    """80 White and 30 BME applicants shortlisted, 20 White and so many BME ones appointed."""
    counts = OrganisationCounts(
        "X99",
        year,
        workforce=Workforce({("clinical", "Band 5"): Groups(200, 60, 20)}, Groups(0, 0, 0)),
        recruitment=Recruitment(Groups(80, 30, 0), Groups(20, appointed, 0)),
        discipline=Discipline(Groups(8, 6, 0), Groups(8, 6, 0)),
    )
    return computation.compute(counts, years.load(year))


@lru_cache
def _history(
    *appointed: int, first: int = 2021, corrected: tuple[int, int] | None = None
) -> tuple[list[Figure], list[Figure], list[Release]]:
    """The newest edition of a body that published one a year, each with the year before beside it; what it is made from, and
    what is on the register then.

    corrected: a year, and the count it has in the newest edition.
    """
    releases: list[Release] = []
    true: list[Figure] = []
    made: list[Figure] = []
    for place in range(1, len(appointed)):
        year, before = first + place, appointed[place - 1]
        if corrected and place == len(appointed) - 1:
            assert corrected[0] == year - 1
            before = corrected[1]
        true = [*_year(year, appointed[place]), *_year(year - 1, before)]
        edition = protect(true, Policy(), releases=releases)
        assert not edition.audit.failed and edition.release is not None
        releases.append(replace(edition.release, period=str(year)))
        made = edition.figures
    return made, true, releases


def _last(*appointed: int, first: int = 2021, corrected: tuple[int, int] | None = None) -> list[Figure]:
    return _history(*appointed, first=first, corrected=corrected)[0]


def _together(figures: list[Figure], indicator: str) -> dict[tuple[str, str], str]:
    return {
        (one.measure, one.ethnic_group): one.shown
        for one in figures
        if one.indicator == indicator and one.band == "2021 to 2023 together"
    }


def test_three_years_of_4_5_and_6_appointments_are_15_of_90_and_the_ratio_1_50() -> None:
    # White 3 × 20 of 3 × 80 is 25%, BME 4 + 5 + 6 of 3 × 30 is 16.7%: 1.50 times
    figures = _last(4, 5, 6)
    assert _together(figures, "2") == {
        ("shortlisted", "White"): "240",
        ("shortlisted", "BME"): "90",
        ("appointed", "White"): "60",
        ("appointed", "BME"): "15",
        ("likelihood", "White"): "25.0%",
        ("likelihood", "BME"): "16.7%",
        (RATIO, ""): "1.50",
    }


def test_a_figure_of_several_years_holds_its_first_year_and_no_program_needs_the_words() -> None:
    true, releases = _history(4, 5, 6)[1:]
    reworded = [replace(one, note="Anders gesagt.", shown="etwas anderes", reason="Darum.") for one in true]
    plain, other = (protect(given, Policy(), releases=releases) for given in (true, reworded))
    assert {one.first_year for one in plain.figures} == {None, 2021}
    assert all((one.first_year == 2021) == one.band.endswith("together") for one in plain.figures)
    assert [(one.key, one.state, one.value, one.flags) for one in other.figures] == [
        (one.key, one.state, one.value, one.flags) for one in plain.figures
    ]
    one = replace(next(f for f in plain.figures if f.first_year), band="drei Jahre", note="")
    assert is_of_several_years(one) and list(years_of(one)) == [2021, 2022, 2023]


def test_the_single_years_of_indicator_3_are_added_up() -> None:
    # 3 × 6 of 3 × 60 BME staff is 10%, 3 × 8 of 3 × 200 White staff 4%: 2.50 times
    found = _together(_last(4, 5, 6), "3")
    assert found["relative_likelihood_bme_over_white", ""] == "2.50"


def test_the_year_keeps_its_own_words_and_its_headlines_count_as_said_for_several_years() -> None:
    figures = _last(4, 5, 6)
    mine = [one for one in figures if (one.indicator, one.reporting_year) == ("2", 2023) and not one.band]
    said = {(one.measure, one.ethnic_group): says(one) for one in mine if is_headline(one)}
    assert said == {("likelihood", "White"): "value", ("likelihood", "BME"): "pooled", (RATIO, ""): "pooled"}
    assert all(one.state == "withheld" for one in mine if says(one) == "pooled")


def test_a_year_that_alone_is_withheld_is_not_added_up() -> None:
    # 12 and 14 are printed: 32 less both would be the 6
    assert _together(_last(12, 14, 6), "2") == {}


def test_a_sum_that_is_small_itself_is_not_printed() -> None:
    assert _together(_last(2, 3, 4), "2") == {}


def test_a_year_corrected_since_it_was_released_is_not_added_up() -> None:
    assert _together(_last(4, 5, 6, corrected=(2022, 7)), "2") == {}


def test_two_year_averages_of_indicator_3_are_added_to_nothing() -> None:
    # 2019 is an average of two years: with 2020 and 2021, of one year each, it is no series
    figures = _last(4, 5, 6, first=2019)
    assert {one.indicator for one in figures if one.band.endswith("together")} == {"2"}


def test_an_edition_made_again_beside_itself_on_the_register_says_the_same() -> None:
    figures, true, releases = _history(4, 5, 6)
    again = protect(true, Policy(), releases=releases)
    assert again.figures == figures and again.release is not None
    assert again.release.says_the_same(releases[-1])


def test_what_was_said_of_the_year_before_stays_beside_it() -> None:
    figures = _last(4, 5, 6, 7)
    before = _together([one for one in figures if one.reporting_year == 2023], "2")
    assert before[RATIO, ""] == "1.50"
    # 5 + 6 + 7 of 90 is 20%
    now = {
        one.measure: one.shown
        for one in figures
        if one.band == "2022 to 2024 together" and not one.ethnic_group
    }
    assert now[RATIO] == "1.25"


def test_the_rule_in_words_says_that_years_are_added_up_unless_it_rounds() -> None:
    assert "for three to five years together" in Policy().words() and "{" not in Policy().words()
    assert "years together" not in Policy.rounding().words() and "{" not in Policy.rounding().words()


def test_years_before_and_after_another_wording_are_not_added_up() -> None:
    # the standard was worded anew for 2018
    assert not [one for one in _last(4, 5, 6, first=2016) if one.band.endswith("together")]
