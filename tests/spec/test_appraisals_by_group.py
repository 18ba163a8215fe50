"""Appraisals by ethnic group: shares, the exact test against scipy, and when nothing can be said."""

from __future__ import annotations

import pytest
from scipy.stats import fisher_exact

from wres_pipeline.commissioner import fair_process as development
from wres_pipeline.commissioner.group_comparison import LESS, decide, p_words, what_could_be_seen

CASES = [
    # White appraised, White, BME appraised, BME, verdict
    (900, 1000, 70, 100, f"clear difference: {LESS}"),  # 90% and 70%
    (900, 1000, 89, 100, "cannot tell"),
    (160, 275, 3, 5, "too few"),  # five people: not tested
    (9, 12, 8, 11, "too few"),  # tested, but nothing to see it by
    (12, 12, 11, 11, "too few"),  # everybody in both
    (12, 20, 0, 0, "too few"),  # nobody to compare with
]


@pytest.mark.parametrize(("white", "of_white", "bme", "of_bme", "expected"), CASES)
def test_the_verdict_on_appraisals(white: int, of_white: int, bme: int, of_bme: int, expected: str) -> None:
    assert decide([((white, of_white), (bme, of_bme))]) == [expected]


@pytest.mark.parametrize(("white", "of_white", "bme", "of_bme"), [case[:4] for case in CASES[:4]])
def test_the_printed_p_value_is_that_of_scipy(white: int, of_white: int, bme: int, of_bme: int) -> None:
    p = float(fisher_exact([[white, of_white - white], [bme, of_bme - bme]]).pvalue)
    assert f"Exact p {p_words(p)}." in what_could_be_seen((white, of_white), (bme, of_bme))


def test_the_rows_of_an_appraisal_table() -> None:
    """18 of 20 White (90%), 3 of 12 BME (25%), 1 of 4 Unknown: 22 of 36 = 61.1%; the difference is
    −65.0 points.
    """
    found = development.counts(
        "X01",
        2021,
        {
            "workforce": {"White": 20, "BME": 12, "Unknown": 4},
            "appraised": {"White": 18, "BME": 3, "Unknown": 1},
            "requested": None,
            "approved": None,
            "taken": None,
        },
    )
    rows = {
        (one.measure, one.ethnic_group): one
        for one in development.development_figures(found)
        if one.section == "appraisals"
    }
    assert rows[("appraised", "")].shown == "61.1%"
    assert rows[("appraised", "White")].shown == "90.0%"
    assert rows[("appraised", "BME")].shown == "25.0%"
    assert rows[("appraised_difference", "")].shown == "-65.0 percentage points"
    assert rows[("appraised_difference", "")].verdict == f"clear difference: {LESS}"


def test_what_no_extract_records_is_not_collected_and_says_so() -> None:
    found = development.counts("X01", 2021, {"workforce": {"White": 20}, "appraised": None, "taken": None})
    rows = {one.measure: one for one in development.development_figures(found)}
    assert {one.state for one in rows.values()} == {"not_collected"}
    assert rows["offered"].note == "No extract of the year records offers of development."


def test_a_family_of_twenty_fair_comparisons_names_none_that_one_alone_would() -> None:
    """One of twenty with p of about 0.03 alone does not stand among twenty."""
    fair = [((500, 1000), (100, 200))] * 19
    odd = ((500, 1000), (83, 200))
    assert decide([odd]) == [f"clear difference: {LESS}"]
    assert decide([*fair, odd])[-1] == f"likely difference: {LESS}"
