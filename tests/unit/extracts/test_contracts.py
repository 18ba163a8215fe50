"""The contracts: what extracts.md asks for is there, and no heading stands for two columns."""

from __future__ import annotations

import pytest

from wres_pipeline.extracts import contracts

NEEDED = {
    "esr_staff_list": {"employee_number", "assignment_number", "ethnic_origin", "staff_group", "pay_scale"},
    "trac_applications": {"application_id", "vacancy_reference", "stage", "ethnic_origin"},
    "employee_relations": {"case_reference", "case_type", "formal_investigation_started"},
    "training": {"employee_number", "course", "completed"},
    "appraisals": {"employee_number", "last_appraisal"},
    "staff_survey": {"question", "ethnic_group", "percent"},
    "board": {"name", "member_id", "role", "is_voting", "is_executive", "ethnic_origin"},
    "provider_returns": {"provider_code", "year", "indicator", "ethnic_group", "percent", "source"},
}
HEADINGS = {
    "esr_staff_list": [
        ("Latest Start Date", "hire_date"), ("Asg Type Of Contract", "assignment_category"), ("Grade", "pay_scale"),
        ("Contracted WTE", "fte"), ("Org L8", "org_l8"), ("National Insurance Number", "ni_number"),
        ("Employee Email", "email"), ("Home Postcode", "postcode"), ("Ethnicity", "ethnic_origin"),
    ],
    "trac_applications": [
        ("Application Reference", "application_id"), ("Vacancy Ref", "vacancy_reference"), ("Pay Band", "pay_scale"),
        ("Forename", "applicant_first_name"), ("Surname", "applicant_last_name"), ("Applicant Name", "applicant_name"),
        ("Status", "stage"), ("Offer Date", "offered"), ("Internal Applicant", "is_internal"),
        ("International Recruitment", "is_international"),
    ],
    "employee_relations": [("Date Opened", "opened"), ("Formal Investigation Start", "formal_investigation_started")],
    "training": [("Competence Name", "course"), ("Completion Date", "completed")],
}  # fmt: skip


@pytest.mark.parametrize("kind", contracts.kinds())
def test_a_contract_asks_for_what_the_specification_stars(kind: str) -> None:
    contract = contracts.load(kind)
    if kind in NEEDED:
        assert {c.name for c in contract.needed("column", "row", "any")} == NEEDED[kind]
    assert all(c.description for c in contract.columns)
    assert contract.needed("row", "any")


@pytest.mark.parametrize(
    ("kind", "heading", "column"), [(k, h, c) for k, pairs in HEADINGS.items() for h, c in pairs]
)
def test_a_heading_of_the_specification_stands_for_its_column(kind: str, heading: str, column: str) -> None:
    known = contracts.known_headings(contracts.load(kind))
    assert known[contracts.heading_key(heading)][0] == column
    assert known[contracts.heading_key(f"  {heading.upper()}\n")][0] == column


def test_columns_that_tell_of_a_person_are_marked() -> None:
    staff = contracts.load("esr_staff_list")
    marked = {c.name for c in staff.columns if c.personal}
    assert {
        "employee_number",
        "first_name",
        "last_name",
        "date_of_birth",
        "ni_number",
        "email",
        "postcode",
    } <= marked


def test_an_unknown_kind_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(contracts.ContractError, match="esr_staff_list"):
        contracts.load("holiday_rota")
