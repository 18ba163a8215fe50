"""Pins staff_groups.csv."""

from __future__ import annotations

import pytest

from tests import pinned
from wres_pipeline.reference import tables
from wres_pipeline.reference.codes import staff_groups


def test_the_list_of_staff_groups_is_the_one_that_was_reviewed() -> None:
    assert len(tables.rows("staff_groups")) == 45
    assert pinned.differences("staff_groups") == ""
    assert {row["cluster"] for row in tables.rows("staff_groups")} == set(staff_groups.CLUSTERS)


@pytest.mark.parametrize(
    ("text", "cluster"),
    [
        ("Administrative and Clerical", "non_clinical"),
        ("ADMINISTRATIVE & CLERICAL", "non_clinical"),
        ("Estates and Ancillary", "non_clinical"),
        ("Add Prof Scientific and Technic", "clinical"),
        ("Nursing and Midwifery Registered|Community Nurse", "clinical"),
        ("Medical and Dental", "medical_and_dental"),
        ("Students", "clinical"),
        ("Volunteers", None),
        ("", None),
        (None, None),
    ],
)
def test_a_staff_group_has_one_cluster(text: str | None, cluster: str | None) -> None:
    assert staff_groups.resolve(text) == cluster


def test_an_organisation_may_name_its_own_staff_group() -> None:
    assert (
        staff_groups.resolve("Primary Care Network Roles", {"primary care network roles": "clinical"})
        == "clinical"
    )
