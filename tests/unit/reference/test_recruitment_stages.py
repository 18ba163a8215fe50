"""Pins recruitment_stages.csv."""

from __future__ import annotations

import pytest

from tests import pinned
from wres_pipeline.reference import tables
from wres_pipeline.reference.codes import recruitment
from wres_pipeline.reference.codes.recruitment import Stage


def test_the_list_of_stages_is_the_one_that_was_reviewed() -> None:
    assert len(tables.rows("recruitment_stages")) == 121
    assert pinned.differences("recruitment_stages") == ""
    for row in tables.rows("recruitment_stages"):
        assert row["reached"] in recruitment.REACHED
        assert row["ended"] in ("", "rejected", "withdrawn")


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("Longlisting: Pile 1. Meets all essential criteria", Stage("applied", "")),
        ("Shortlisting: Evaluate", Stage("applied", "")),
        ("Shortlisting: Rejected", Stage("applied", "rejected")),
        ("Shortlisting: Shortlist", Stage("shortlisted", "")),
        ("Shortlisting - Shortlist", Stage("shortlisted", "")),
        ("Invited for Interview", Stage("shortlisted", "")),
        ("Did not attend", Stage("shortlisted", "withdrawn")),
        ("Interview", Stage("interviewed", "")),
        ("Reserve", Stage("interviewed", "rejected")),
        ("Offer", Stage("offered", "")),
        ("Offer withdrawn", Stage("offered", "withdrawn")),
        ("Starting", Stage("appointed", "")),
        ("Start date set", Stage("appointed", "")),
        ("Withdrawn", Stage("applied", "withdrawn")),
        ("Under review by panel", None),
        ("", None),
        (None, None),
    ],
)
def test_a_stage_tells_the_least_that_happened(text: str | None, stage: Stage | None) -> None:
    assert recruitment.stage(text) == stage


def test_an_organisation_names_its_stages_by_step_and_end() -> None:
    assert recruitment.stage("Panel said no", {"panel said no": "interviewed: rejected"}) == Stage(
        "interviewed", "rejected"
    )
