"""The rule that turns a comparison into words."""

from __future__ import annotations

import pytest

from wres_pipeline.indicators.figure_builder import Comparison
from wres_pipeline.indicators.verdicts import (
    CANNOT,
    FAMILY_SHARES,
    NO_EVIDENCE,
    TOO_FEW,
    WORDS,
    decide,
    tarone_holm,
    words_for,
)


def key(indicator: str = "3", measure: str = "", band: str = ""):
    return ("XTR", 2021, indicator, measure, "", band, "")


def verdict(white, bme, indicator: str = "3", measure: str = "") -> str:
    one = Comparison(key(indicator, measure), "headline", white, bme)
    return decide([one])[one.key].words


def test_one_case_among_four_bme_staff_is_too_few_to_say():
    assert verdict((15, 3906), (1, 4)) == TOO_FEW


def test_nine_cases_that_print_a_ratio_of_9_5_are_too_few_to_call_no_difference():
    # 8 of 800 White, 1 of 11 BME
    assert verdict((8, 800), (1, 11)) == TOO_FEW


@pytest.mark.parametrize(
    ("white", "bme", "words"),
    [
        ((40, 4000), (30, 1000), "BME staff more likely to enter the formal disciplinary process"),
        ((40, 4000), (10, 1000), NO_EVIDENCE),
        ((200, 4000), (10, 1000), "BME staff less likely to enter the formal disciplinary process"),
        ((0, 4000), (0, 1000), CANNOT),
        ((40, 4000), (0, 0), CANNOT),
        ((3, 4000), (3, 2), CANNOT),
        ((2, 4000), (2, 1000), TOO_FEW),
        ((400, 4000), (5, 10), TOO_FEW),
        ((20, 4000), (2, 100), TOO_FEW),
    ],
)
def test_every_kind_of_verdict(white, bme, words):
    assert verdict(white, bme) == words


def test_words_say_which_way_whatever_way_the_ratio_is_printed():
    assert (
        verdict((300, 1000), (150, 1000), "2")
        == "BME applicants less likely to be appointed from shortlisting"
    )
    assert (
        verdict((300, 1000), (150, 1000), "race_disparity", "lower_to_middle")
        == "BME staff less likely than White staff to be in the middle rather than the lower bands"
    )


def test_more_comparisons_ask_for_more_evidence():
    one = Comparison(key("2"), "headline", (300, 1000), (62, 270))
    alone = decide([one])[one.key]
    others = [Comparison(key(n), "headline", (100, 1000), (27, 270)) for n in "345678"]
    among = decide([one, *others])[one.key]
    assert alone.kind == "lower"
    assert among.kind == "no_evidence"
    assert among.threshold == pytest.approx(FAMILY_SHARES["headline"] / 7)


def test_a_comparison_that_could_not_be_decided_asks_nothing_of_the_others():
    one = Comparison(key("2"), "headline", (300, 1000), (62, 270))
    hopeless = [Comparison(key(n), "headline", (3, 11), (2, 11)) for n in "345678"]
    assert decide([one, *hopeless])[one.key].kind == "lower"


def test_holms_steps_ask_less_once_something_is_decided():
    # 0.01 fails 0.03/3 no, 0.012 passes only after the first is decided: 0.03/2 = 0.015
    stated, _ = tarone_holm([0.001, 0.012, 0.5], [1e-9, 1e-9, 1e-9], 0.03)
    assert stated == {0, 1}
    stated, _ = tarone_holm([0.5, 0.012, 0.5], [1e-9, 1e-9, 1e-9], 0.03)
    assert stated == set()


def test_the_families_share_one_error_of_4_in_100():
    assert sum(FAMILY_SHARES.values()) == pytest.approx(0.04)


def test_every_figure_that_is_compared_has_words_both_ways():
    for indicator, part in WORDS:
        band = part if indicator == "9" else ""
        measure = part if indicator == "race_disparity" else ""
        assert len(words_for(key(indicator, measure, band))) == 2
