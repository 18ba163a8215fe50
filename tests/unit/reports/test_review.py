"""A review that a person can finish: the order of the pairs, and the page to decide them on."""

from __future__ import annotations

import pytest

from wres_pipeline.quality.trac_to_esr.linkage_card import Card
from wres_pipeline.reports.restricted import review

HEADINGS = ["application_id", "employee_number", "score", "decides", "state"]
CARD = Card("X01", "all", "", 100, 90, 90.0, 10.0, 0.0, 5.0)


def test_pairs_stand_in_the_order_of_what_their_decision_is_worth() -> None:
    rows = [
        ("A1", "1", 0.9, "little", "awaiting_review"),
        ("A2", "2", 0.4, "a correction", "awaiting_review"),
        ("A3", "3", 0.8, "a figure", "awaiting_review"),
        ("A4", "4", 0.7, "a correction", "awaiting_review"),
    ]
    headings, made = review.ordered(HEADINGS, rows, CARD, 3)
    assert headings[-2:] == ["minutes_so_far", "recall_then"]
    # 0.7, 0.4, 0.3 x 0.8 = 0.24 and 0.05 x 0.9 = 0.045; 90 + 0.7, + 0.4, + 0.8 of 100
    assert [(row[0], row[-2]) for row in made] == [("A4", 1.5), ("A2", 3.0), ("A3", 4.5)]
    assert [row[-1] for row in made] == [pytest.approx(share) for share in (0.907, 0.911, 0.919)]


def test_nobody_is_asked_about_somebody_unlikely_who_counts_as_not_found_already() -> None:
    rows = [
        ("A1", "1", 0.049, "a correction", "not_found"),
        ("A2", "2", 0.05, "a figure", "not_found"),
        ("A3", "3", 0.01, "a figure", "awaiting_review"),
    ]
    assert [row[0] for row in review.ordered(HEADINGS, rows, None, 5)[1]] == ["A2", "A3"]


def test_without_a_card_no_recall_is_promised() -> None:
    _, made = review.ordered(HEADINGS, [("A1", "1", 0.9, "little", "awaiting_review")], None, 5)
    assert made[0][-1] is None


def test_the_page_shows_both_sides_and_runs_no_cell() -> None:
    sides = [f"{side}_{name}" for name in review.SIDES for side in ("trac", "esr")]
    sides[sides.index("esr_start_date")] = "esr_hire_date"
    headings = [*HEADINGS, *sides, "minutes_so_far", "recall_then"]
    values = ["<img src=x onerror=alert(1)>", "Ann", *["x"] * (len(sides) - 2)]
    text = review.page(
        headings, [["A1", "1", 0.9, "a figure", "awaiting_review", *values, 1.5, 0.95]], "Pairs"
    ).decode()
    assert "&lt;img src=x" in text and "<img" not in text
    assert "default-src 'none'" in text and "http" not in text.replace("http-equiv", "")
    assert "95.0% of those who could be found" in text


def test_a_page_without_a_pair_says_so_and_offers_nothing_to_save() -> None:
    empty = review.page(HEADINGS, [], "Pairs").decode()
    assert review.NOTHING in empty and "<p hidden><label>Your name" in empty and "{{" not in empty
