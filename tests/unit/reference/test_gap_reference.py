"""The states of the gap, the "any other" categories and the rules of the quality report."""

from __future__ import annotations

from tests import pinned
from wres_pipeline.reference import gap


def test_the_states_and_the_any_other_categories_are_pinned() -> None:
    assert pinned.differences("gap_states") == ""
    assert pinned.differences("any_other") == ""


def test_there_are_eleven_states_in_the_order_they_are_shown() -> None:
    assert [s.state for s in gap.states()] == [
        "in_sync", "missing_in_esr", "not_stated_in_esr", "conflict", "minor_difference", "not_declared",
        "awaiting_review", "not_found", "not_yet_due", "withdrawn", "internal_mover",
    ]  # fmt: skip


def test_an_any_other_category_is_one_of_its_headings_codes() -> None:
    for other in gap.any_others():
        assert other.code in other.codes
        assert 0 < other.census_share < 1


def test_the_rules_are_those_the_evidence_was_made_with() -> None:
    found = gap.break_rules()
    assert (found.least_months, found.threshold, found.least_change) == (2, 11.0, 0.08)
    assert gap.rules()["trend"] == {"limit": 2.66, "run": 7, "least_points": 6}
