"""The least and the most a figure can be, whatever the ethnicity of those not known; worked by hand.

Unknown successes go to one side and unknown failures to the other: the standard, "Uncertainty and small numbers".
"""

from __future__ import annotations

from fractions import Fraction as F

import pytest

from evidence.extremes import differences
from wres_pipeline.indicators import compute
from wres_pipeline.indicators.counts import (
    Board,
    Discipline,
    Groups,
    Happened,
    OrganisationCounts,
    Recruitment,
    Workforce,
)
from wres_pipeline.reference import years
from wres_pipeline.statistics import extremes

# above, below, unknown (successes, trials) -> lowest, highest
RATIOS = [
    ((30, 50), (12, 20), (5, 10), F(30, 55) / F(17, 25), F(35, 55) / F(12, 25)),
    ((30, 50), (12, 20), (0, 0), F(1), F(1)),
    ((30, 50), (12, 20), (5, 5), F(30, 50) / F(17, 25), F(35, 55) / F(12, 20)),  # all of them appointed
    ((30, 50), (12, 20), (0, 5), F(30, 55) / F(12, 20), F(30, 50) / F(12, 25)),  # none of them
    ((30, 50), (0, 20), (5, 10), F(30, 55) / F(5, 25), None),  # with no BME success nothing can be divided
    ((0, 50), (12, 20), (0, 10), F(0), F(0)),
    ((0, 50), (0, 20), (0, 10), None, None),  # 0 ÷ 0 whatever they are
    ((3, 4), (0, 0), (1, 1), F(3, 4), F(3, 4)),  # the only BME person there could be succeeded
]


@pytest.mark.parametrize(("above", "below", "unknown", "low", "high"), RATIOS)
def test_a_ratio_is_furthest_out_with_unknown_successes_on_one_side_and_failures_on_the_other(
    above, below, unknown, low, high
):
    assert extremes.ratio(above, below, unknown) == (low, high)


def test_cases_of_people_who_may_have_left_move_apart_from_the_workforce():
    # 2 BME cases of 100 staff, 3 White of 200, 1 case and 20 staff of Unknown ethnicity
    low, high = extremes.ratio((2, 100), (3, 200), (1, 20), tied=False)
    assert (low, high) == (F(2, 120) / F(4, 200), F(3, 100) / F(3, 220))


def test_the_unknown_of_one_tier_go_to_one_group_and_those_of_the_other_tier_to_the_other():
    # upper: 40 White, 10 BME, 4 unknown; lower: 60 White, 30 BME, 6 unknown
    assert extremes.odds_ratio((40, 10, 4), (60, 30, 6)) == (F(40 * 30, 66 * 14), F(44 * 36, 60 * 10))


def test_a_difference_is_open_on_both_sides():
    # board 1 BME of 12 with 2 unknown; workforce 20 of 100 with 10 unknown
    board, staff = extremes.share(1, 2, 12), extremes.share(20, 10, 100)
    assert extremes.difference(board, staff) == (F(1, 12) - F(30, 100), F(3, 12) - F(20, 100))


COUNTS = OrganisationCounts(
    "XTR",
    2021,
    workforce=Workforce(
        {("clinical", "Band 5"): Groups(60, 30, 6), ("clinical", "Band 7"): Groups(40, 10, 4)}
    ),
    recruitment=Recruitment(Groups(50, 20, 10), Groups(30, 12, 5)),
    discipline=Discipline(Groups(3, 2, 1)),
    training=Happened(Groups(50, 20, 5)),
    board=Board({"board": Groups(9, 1, 2), "voting": Groups(7, 1, 0), "executive": Groups(5, 0, 0)}),
)
EXPECTED = {
    ("2", "relative_likelihood_white_over_bme", "", ""): ("0.80 to 1.33", "Between 0.80 and 1.33"),
    # (50/105)÷(25/45) and (55/105)÷(20/45)
    ("4", "relative_likelihood_white_over_bme", "", ""): ("0.86 to 1.18", "Between 0.86 and 1.18"),
    # BME ÷ White: (2/50)÷(4/100) and (3/40)÷(3/110)
    ("3", "relative_likelihood_bme_over_white", "", ""): ("1.00 to 2.75", "Between 1.00 and 2.75"),
    # (40×30)÷(66×14) and (44×36)÷(60×10)
    ("race_disparity", "lower_to_middle", "", ""): ("1.30 to 2.64", "Between 1.30 and 2.64"),
    # board 1 to 3 of 12, staff 40 to 50 of 150
    ("9", "difference_from_workforce", "board", "BME"): (
        "-25.0 to -1.7 percentage points",
        "Between -25.0 and -1.7 percentage points",
    ),
    ("2", "likelihood", "", "BME"): ("48.0% to 68.0%", ""),
    ("9", "percentage", "board", "BME"): ("8.3% to 25.0%", ""),
    ("1", "headcount", "", "BME"): ("40 to 50", ""),
}


@pytest.mark.parametrize("key", EXPECTED)
def test_the_range_and_its_words_stand_beside_each_shape_of_figure(key):
    indicator, measure, band, group = key
    (one,) = [
        f
        for f in compute(COUNTS, years.load(2021))
        if (f.indicator, f.measure, f.cluster, f.band, f.ethnic_group)
        == (indicator, measure, "", band, group)
    ]
    shown, words = EXPECTED[key]
    assert one.bounds_shown == shown
    sentence = f"{words}, whatever the ethnicity of those not known." if words else ""
    assert one.open_in_words == sentence and one.remarks.endswith(sentence)


def test_every_printed_value_lies_inside_its_own_range():
    for figure in compute(COUNTS, years.load(2021)):
        if figure.value is not None and figure.bound_low is not None:
            assert figure.bound_low <= float(figure.value) + 1e-12
        if figure.value is not None and figure.bound_high is not None:
            assert figure.bound_high >= float(figure.value) - 1e-12


def test_the_closed_forms_are_those_of_every_split_of_small_tables():
    assert differences(7_000, seed=11)[1] == []
