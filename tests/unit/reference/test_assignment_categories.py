"""Pins assignment_categories.csv."""

from __future__ import annotations

import pytest

from tests import pinned
from wres_pipeline.reference import tables
from wres_pipeline.reference.codes import assignments


def test_the_list_of_assignment_categories_is_the_one_that_was_reviewed() -> None:
    assert len(tables.rows("assignment_categories")) == 42
    assert pinned.differences("assignment_categories") == ""
    assert {row["category"] for row in tables.rows("assignment_categories")} == set(assignments.CATEGORIES)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Permanent", "substantive"),
        ("Fixed Term Temp", "substantive"),
        ("Fixed-Term Temp", "substantive"),
        ("Locum", "substantive"),
        ("Bank", "bank"),
        ("Honorary", "honorary"),
        ("Non-Exec Director/Chair", "non_executive"),
        ("Non-Exec Director / Chair", "non_executive"),
        ("Widow/Widower", "other_excluded"),
        ("Sessional", None),
        ("", None),
        (None, None),
    ],
)
def test_a_category_says_whether_a_contract_is_substantive(text: str | None, category: str | None) -> None:
    assert assignments.category(text) == category


def test_an_organisation_may_say_what_its_own_category_is() -> None:
    assert assignments.category("Sessional", {"sessional": "Bank"}) == "bank"
