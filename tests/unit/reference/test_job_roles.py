"""Pins job_roles.csv."""

from __future__ import annotations

from tests import pinned
from wres_pipeline.reference import tables
from wres_pipeline.reference.codes import job_roles


def test_the_list_of_job_roles_is_the_one_that_was_reviewed() -> None:
    assert len(tables.rows("job_roles")) == 13
    assert pinned.differences("job_roles") == ""


def test_a_medical_director_is_a_senior_medical_manager_and_a_consultant_is_not() -> None:
    assert job_roles.is_senior_medical_manager("Medical Director")
    assert job_roles.is_senior_medical_manager("CLINICAL DIRECTOR - MEDICAL")
    assert not job_roles.is_senior_medical_manager("Consultant")
    assert not job_roles.is_senior_medical_manager(None)
