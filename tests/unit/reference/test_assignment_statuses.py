"""Pins assignment_statuses.csv."""

from __future__ import annotations

import pytest

from tests import pinned
from wres_pipeline.reference import tables
from wres_pipeline.reference.codes import assignments


def test_the_list_of_assignment_statuses_is_the_one_that_was_reviewed() -> None:
    assert len(tables.rows("assignment_statuses")) == 40
    assert pinned.differences("assignment_statuses") == ""
    assert {row["status"] for row in tables.rows("assignment_statuses")} == set(assignments.STATUSES)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Active Assignment", "in_post"),
        ("Acting Up", "in_post"),
        ("Internal Secondment", "in_post"),
        ("Maternity & Adoption", "on_leave"),
        ("Maternity and Adoption", "on_leave"),
        ("Career Break", "on_leave"),
        ("Suspend With Pay", "on_leave"),
        ("Out on External Secondment – Paid", "seconded_out"),
        ("Terminate Assignment", "left"),
        ("Gardening", None),
        (None, None),
    ],
)
def test_a_status_says_whether_a_person_is_there_away_or_gone(text: str | None, status: str | None) -> None:
    assert assignments.status(text) == status
