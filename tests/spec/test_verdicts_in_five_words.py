"""Which of the five words stands beside a comparison; every row worked by hand or with a table of the interval.

A word that denies evidence never stands beside an interval that excludes equality.
"""

from __future__ import annotations

import pytest

from wres_pipeline.indicators.figure_builder import Comparison
from wres_pipeline.indicators.verdicts import decide
from wres_pipeline.statistics import intervals
from wres_pipeline.statistics.verdict_rule import Question, answers

# indicator, (White, of), (BME, of), word
ALONE = [
    ("3", (40, 4000), (30, 1000), "clear difference"),  # 1% and 3%
    ("3", (200, 4000), (10, 1000), "clear difference"),  # to the advantage of BME staff
    ("3", (40, 4000), (10, 1000), "cannot tell"),  # 1% and 1%, 0.50 to 1.99
    ("3", (400, 40000), (400, 40000), "no difference that matters"),  # 0.87 to 1.15 lies inside 0.80 to 1.25
    ("2", (300, 1000), (66, 270), "cannot tell"),  # 1.23 (0.98 to 1.56)
    ("7", (5600, 10000), (2800, 5000), "no difference that matters"),  # 56% and 56%, within 1.7 points
    ("7", (560, 1000), (280, 500), "cannot tell"),  # within 5.3 points
    ("8", (800, 10000), (400, 5000), "no difference that matters"),  # 8% and 8%, within one point
    ("3", (15, 3906), (1, 4), "too few"),  # a ratio of 65 from one case among four people
    ("3", (8, 800), (1, 11), "too few"),  # a ratio of 9.1 from one case
    ("3", (0, 4000), (0, 1000), "too few"),  # nobody in either
    ("3", (40, 4000), (0, 0), "too few"),  # nobody to compare with
    ("3", (2, 4000), (2, 1000), "too few"),  # four cases
    ("3", (400, 4000), (5, 10), "too few"),  # ten people
    ("3", (20, 4000), (2, 100), "too few"),  # half a case expected
    ("3", (40, 30), (20, 15), "cannot tell"),  # more cases than people: most have left
]


@pytest.mark.parametrize(("indicator", "white", "bme", "word"), ALONE)
def test_each_word(indicator, white, bme, word):
    one = Comparison(("XTR", 2021, indicator, "", "", "", ""), "headline", white, bme)
    assert decide([one])[one.key].word == word


def test_a_ratio_of_3_87_whose_interval_excludes_1_is_a_likely_difference_and_never_none():
    # 9 of 900 White, 4 of 103 BME: 3.88, the interval above 1; among nine comparisons its p of about 0.03 is not clear
    white, bme = (9, 900), (4, 103)
    low, _ = intervals.koopman(bme, white)
    assert low > 1
    one = Comparison(("XTR", 2021, "3", "", "", "", ""), "headline", white, bme)
    others = [
        Comparison(("XTR", 2021, n, "", "", "", ""), "headline", (100, 1000), (27, 270)) for n in "2456789"
    ]
    assert decide([one, *others])[one.key].word == "likely difference"


@pytest.mark.parametrize(
    ("interval", "word"),
    [
        ((0.81, 1.24), "no difference that matters"),
        ((0.79, 1.24), "cannot tell"),
        ((0.81, 1.26), "cannot tell"),
        ((1.01, 1.20), "likely difference"),  # inside the margin, but it excludes 1
        ((0.85, 0.99), "likely difference"),
        ((0.85, None), "cannot tell"),
        ((1.10, None), "likely difference"),
    ],
)
def test_the_interval_decides_between_the_words(interval, word):
    asked = Question((100, 1000), (100, 1000), interval, (0.80, 1.25), 1.0)
    assert answers([asked], 0.024)[0].word == word
