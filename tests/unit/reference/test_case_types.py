"""Pins case_types.csv."""

from __future__ import annotations

import pytest

from tests import pinned
from wres_pipeline.reference import tables
from wres_pipeline.reference.codes import cases


def test_the_list_of_case_types_is_the_one_that_was_reviewed() -> None:
    assert len(tables.rows("case_types")) == 53
    assert pinned.differences("case_types") == ""
    assert {row["kind"] for row in tables.rows("case_types")} == set(cases.KINDS)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Disciplinary", "disciplinary"),
        ("DISCIPLINARY", "disciplinary"),
        ("Disciplinary – Gross misconduct", "disciplinary"),
        ("Grievance", "other"),
        ("Bullying & Harassment", "other"),
        ("Disciplinary appeal", "other"),
        ("Long-term sickness", "other"),
        ("Speeding", None),
        (None, None),
    ],
)
def test_only_disciplinary_cases_count_for_indicator_3(text: str | None, kind: str | None) -> None:
    assert cases.kind(text) == kind
