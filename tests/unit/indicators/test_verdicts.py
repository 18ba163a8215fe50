"""The rule over a return's comparisons: families, directions, words."""

from __future__ import annotations

import pytest

from wres_pipeline.indicators.computation import compute
from wres_pipeline.indicators.counts import OrganisationCounts
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.indicators.figure_builder import Comparison
from wres_pipeline.indicators.verdicts import (
    FAMILY_SHARES,
    decide,
    in_words,
    stated,
    words_for,
)
from wres_pipeline.reference import years
from wres_pipeline.statistics.verdict_rule import CANNOT_TELL, CLEAR, LIKELY, tarone_holm


def key(indicator: str = "3", measure: str = "", band: str = ""):
    return ("XTR", 2021, indicator, measure, "", band, "")


def verdict(white, bme, indicator: str = "3", measure: str = ""):
    one = Comparison(key(indicator, measure), "headline", white, bme)
    return decide([one])[one.key]


def test_the_direction_is_that_of_the_bme_share_whatever_way_the_ratio_is_printed():
    assert verdict((300, 1000), (150, 1000), "2").direction == "lower"
    assert verdict((40, 4000), (30, 1000), "3").direction == "higher"
    assert verdict((40, 4000), (10, 1000), "3").direction == ""
    assert verdict((40, 4000), (0, 0), "3").direction == ""


def test_the_words_name_the_difference_and_what_it_is_worth():
    made = {"unit": "ratio", "verdict": CLEAR, "direction": "lower"}
    ratio = Figure("XTR", 2021, "2", "relative_likelihood_white_over_bme", **made)
    assert in_words(ratio) == "clear difference: BME applicants less likely to be appointed from shortlisting"
    likely = Figure("XTR", 2021, "2", "ratio", **(made | {"verdict": LIKELY, "direction": "higher"}))
    assert in_words(likely) == (
        "likely difference: BME applicants more likely to be appointed from shortlisting; "
        "among all comparisons of a return one such can come by chance"
    )


@pytest.mark.parametrize(
    ("unit", "detectable", "clause"),
    [
        ("ratio", 1.45, "with these numbers a ratio of 1.45 or more is seen in 4 years of 5"),
        (
            "percent",
            6.1,
            "with these numbers a difference of 6.1 percentage points or more is seen in 4 years of 5",
        ),
        ("ratio", None, "with these numbers no disadvantage, however large, is seen in 4 years of 5"),
    ],
)
def test_a_word_that_states_no_difference_says_what_could_have_been_seen(unit, detectable, clause):
    figure = Figure("X", 2021, "7", "percentage", unit=unit, verdict=CANNOT_TELL, detectable=detectable)
    assert (stated(figure), in_words(figure)) == (CANNOT_TELL, f"{CANNOT_TELL}; {clause}")
    assert in_words(Figure("X", 2021, "7", "percentage")) == ""


def test_what_could_be_seen_is_on_the_figures_own_scale():
    # 300 of 1,000 White and 270 BME applicants: a fall of 8.5 points or so, 30% to 21.5%, is a ratio of 1.4
    assert 1.3 < verdict((300, 1000), (81, 270), "2").detectable < 1.5
    assert 1.5 < verdict((40, 4000), (10, 1000), "3").detectable < 3.0
    assert 8 < verdict((300, 1000), (81, 270), "7").detectable < 9.5
    assert verdict((3, 12), (3, 11), "2").detectable is None


def test_more_comparisons_ask_for_more_evidence_before_a_difference_is_clear():
    one = Comparison(key("2"), "headline", (300, 1000), (62, 270))
    alone = decide([one])[one.key]
    others = [Comparison(key(n), "headline", (100, 1000), (27, 270)) for n in "345678"]
    among = decide([one, *others])[one.key]
    assert (alone.word, among.word) == (CLEAR, LIKELY)
    assert among.threshold == pytest.approx(FAMILY_SHARES["headline"] / 7)


def test_a_comparison_that_could_not_be_decided_asks_nothing_of_the_others():
    one = Comparison(key("2"), "headline", (300, 1000), (62, 270))
    hopeless = [Comparison(key(n), "headline", (3, 11), (2, 11)) for n in "345678"]
    assert decide([one, *hopeless])[one.key].word == CLEAR


def test_holms_steps_ask_less_once_something_is_decided():
    # 0.01 fails 0.03/3 no, 0.012 passes only after the first is decided: 0.03/2 = 0.015
    found, _ = tarone_holm([0.001, 0.012, 0.5], [1e-9, 1e-9, 1e-9], 0.03)
    assert found == {0, 1}
    found, _ = tarone_holm([0.5, 0.012, 0.5], [1e-9, 1e-9, 1e-9], 0.03)
    assert found == set()


def test_the_families_share_one_error_of_4_in_100():
    assert sum(FAMILY_SHARES.values()) == pytest.approx(0.04)


def test_every_figure_that_is_compared_has_words_both_ways():
    for figure in compute(OrganisationCounts("XTR", 2021), years.load(2021)):
        compared = figure.ethnic_group == "BME" and (
            figure.unit == "percentage_points" or figure.indicator in "15678"
        )
        if figure.unit == "ratio" or compared:
            assert len(set(words_for(figure.key))) == 2
