"""Every label the invented systems print is known to the reference room, and means what the truth says."""

from __future__ import annotations

import pytest

from wres_pipeline.extracts.canonical import pay_banding
from wres_pipeline.reference import survey
from wres_pipeline.reference.codes import assignments, cases, ethnicity, job_roles, recruitment
from wres_pipeline.synthetic import catalogue, extracts, records, staff

LABELS = catalogue.ethnicities()
POSTS = catalogue.posts()


@pytest.mark.parametrize("place", range(len(LABELS.code)))
def test_an_ethnic_origin_has_the_state_and_group_of_the_truth(place: int) -> None:
    for label in (LABELS.esr_label[place], LABELS.trac_label[place]):
        found = ethnicity.resolve(label)
        assert (found.state, found.group) == (LABELS.state[place], LABELS.wres_group[place])


@pytest.mark.parametrize("survey_year", [2018, 2019, 2020, 2021, 2024])
def test_a_respondent_s_ethnic_group_is_the_truth_s(survey_year: int) -> None:
    declared = LABELS.state == "declared"
    found = [survey.ethnic_group(label, survey_year) for label in LABELS.survey_label[declared]]
    assert found == LABELS.wres_group[declared].tolist()


@pytest.mark.parametrize("place", range(len(POSTS.band)))
def test_a_post_stands_in_the_cluster_and_band_of_the_truth(place: int) -> None:
    found = pay_banding.place(POSTS.staff_group[place], POSTS.pay_scale[place])
    assert (found.cluster, found.band) == (POSTS.cluster[place], POSTS.band[place])
    senior = job_roles.is_senior_medical_manager(POSTS.job_role[place])
    assert senior == POSTS.senior_medical_manager[place]


def test_every_category_status_stage_and_case_type_is_known() -> None:
    assert all(assignments.category(label) for label in staff.CATEGORY_LABELS)
    assert all(assignments.status(label) for label, _ in staff.STATUSES)
    assert all(recruitment.stage(label) for label in extracts.STAGES.values())
    assert all(cases.kind(label) == "other" for label in records.OTHER_TYPES)
    assert cases.kind("Disciplinary") == "disciplinary"


def test_a_payroll_that_says_it_is_hosted_is_another_payroll() -> None:
    assert pay_banding.payroll_exclusion("XTR Hosted Services") == staff.EXCLUSIONS[staff.HOSTED]
    assert pay_banding.payroll_exclusion("XTR Monthly") == ""
