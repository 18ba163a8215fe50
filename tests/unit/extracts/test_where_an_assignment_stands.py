"""Cluster and band of an assignment, and what puts it outside the substantive workforce."""

from __future__ import annotations

import pytest

from wres_pipeline.extracts.canonical import pay_banding

NURSES = "Nursing and Midwifery Registered"
CLERKS = "Administrative and Clerical"
DOCTORS = "Medical and Dental"


@pytest.mark.parametrize(
    ("staff_group", "pay_scale", "cluster", "band"),
    [
        (NURSES, "NHS|XR05|Review Body Band 5", "clinical", "Band 5"),
        (CLERKS, "NHS|XN03|Non Review Body Band 3", "non_clinical", "Band 3"),
        (CLERKS, "NHS|XR08|Review Body Band 8 - Range A", "non_clinical", "Band 8a"),
        (DOCTORS, "NHS|YC72|Consultant", "medical_and_dental", "Consultants"),
        # a medical pay scale decides by itself
        (CLERKS, "NHS|YC72|Consultant", "medical_and_dental", "Consultants"),
        ("", "NHS|YC72|Consultant", "medical_and_dental", "Consultants"),
        # a medical manager on Agenda for Change stays with the doctors
        (DOCTORS, "NHS|XR09|Review Body Band 8 - Range B", "medical_and_dental", "Other"),
        # what no list knows is named, never guessed
        (NURSES, "Spot salary 7", "clinical", "Unmapped"),
        (NURSES, "", "clinical", "Unmapped"),
        (NURSES, None, "clinical", "Unmapped"),
        (DOCTORS, "Spot salary 7", "medical_and_dental", "Unmapped"),
        ("Wizards", "NHS|XR05|Review Body Band 5", "Unmapped", "Band 5"),
        (None, None, "Unmapped", "Unmapped"),
    ],
)
def test_cluster_and_band(staff_group: str | None, pay_scale: str | None, cluster: str, band: str) -> None:
    assert pay_banding.place(staff_group, pay_scale) == pay_banding.Placement(cluster, band)


def test_an_organisations_own_labels_place_what_no_list_knows() -> None:
    found = pay_banding.place(
        "Wizards", "Spot salary 7", {"wizards": "non_clinical"}, {"spot salary 7": "Band 7"}
    )
    assert found == pay_banding.Placement("non_clinical", "Band 7")


@pytest.mark.parametrize(
    ("label", "reason"),
    [
        ("Permanent", ""),
        ("Fixed Term Temp", ""),
        ("Locum", ""),
        ("Bank", "bank"),
        ("BANK  STAFF", "bank"),
        ("Honorary", "honorary"),
        ("Non-Exec Director/Chair", "non-executive"),
        ("Agency Worker", "not staff"),
        ("Secondment In", "not staff"),
        ("", ""),
        (None, ""),
        ("Something new", ""),
    ],
)
def test_categories_outside_the_substantive_workforce(label: str | None, reason: str) -> None:
    assert pay_banding.category_exclusion(label) == reason


def test_an_organisations_own_category_counts() -> None:
    assert pay_banding.category_exclusion("Casual", {"casual": "bank"}) == "bank"


@pytest.mark.parametrize(
    ("label", "reason"),
    [
        ("Active Assignment", ""),
        ("Acting Up", ""),
        ("Maternity & Adoption", ""),
        ("Career Break", ""),
        ("Out on External Secondment - Paid", ""),
        ("Suspend With Pay", ""),
        ("Terminate Assignment", "leaver"),
        ("", ""),
        (None, ""),
        ("Something new", ""),
    ],
)
def test_only_those_who_have_left_are_outside_by_their_status(label: str | None, reason: str) -> None:
    assert pay_banding.status_exclusion(label) == reason


@pytest.mark.parametrize(
    ("payroll", "own", "reason"),
    [
        ("X01 Monthly", {}, ""),
        ("", {}, ""),
        (None, {}, ""),
        ("   ", {}, ""),
        ("Hosted - Sustainability Partnership", {}, "hosted on another payroll"),
        ("Ghosted Staff", {}, ""),
        ("STP Weekly", {"stp weekly": "hosted"}, "hosted on another payroll"),
        # the organisation's own list decides, even against the name
        ("Hosted Services", {"hosted services": "own"}, ""),
    ],
)
def test_a_payroll_of_another_body_hosts_its_staff(
    payroll: str | None, own: dict[str, str], reason: str
) -> None:
    assert pay_banding.payroll_exclusion(payroll, own) == reason
