"""What a file's name says."""

from __future__ import annotations

from datetime import date

import pytest

from wres_pipeline.extracts.intake.refusal import RefusedFile
from wres_pipeline.extracts.naming.file_names import identify, is_extract, natural_order


@pytest.mark.parametrize(
    ("name", "kind", "period"),
    [
        ("esr_staff_list_2021-03-31.csv", "esr_staff_list", date(2021, 3, 31)),
        ("ESR Staff List 2021-03-31 (2).XLSX", "esr_staff_list", date(2021, 3, 31)),
        ("esr-staff-list-20210331.xls", "esr_staff_list", date(2021, 3, 31)),
        ("trac_applications_2021-03-31_v2.ods", "trac_applications", date(2021, 3, 31)),
        ("employee_relations_2021-03-31.xlsb", "employee_relations", date(2021, 3, 31)),
        ("recruitment_summary_2021-03-31.csv", "recruitment_summary", date(2021, 3, 31)),
        ("staff_survey_2020.xlsx", "staff_survey", date(2020, 11, 30)),
        ("board_2021-03-31.csv", "board", date(2021, 3, 31)),
        ("provider_returns.csv", "provider_returns", None),
        ("nss_organisations_2021_2024.csv", "staff_survey_organisations", None),
        ("staff_survey_organisations_2021.csv", "staff_survey_organisations", date(2021, 11, 30)),
    ],
)
def test_kind_and_period_are_in_the_name(name: str, kind: str, period: date | None) -> None:
    found = identify(name)
    assert found.kinds[0] == kind
    assert found.period == period


def test_a_survey_file_may_be_any_of_three_shapes() -> None:
    found = identify("staff_survey_2020.xlsx")
    assert found.survey_year == 2020
    assert set(found.kinds) == {"staff_survey", "staff_survey_respondents", "staff_survey_organisations"}


@pytest.mark.parametrize(
    "name", ["esr_staff_list.csv", "esr_staff_list_2021-02-31.csv", "rota_2021-03-31.csv", "staff_survey.csv"]
)
def test_a_name_that_does_not_say_enough_is_refused_with_an_example(name: str) -> None:
    with pytest.raises(RefusedFile) as refusal:
        identify(name)
    assert refusal.value.remedy


def test_only_files_that_can_be_extracts_are_looked_at() -> None:
    assert is_extract("training_2021-03-31.CSV")
    assert not any(map(is_extract, ("actions.yaml", "~$training_2021-03-31.xlsx", ".hidden.csv", "README")))
    assert not any(map(is_extract, ("link-decisions.csv", "link-review.csv")))


def test_a_second_delivery_comes_after_the_first_and_a_tenth_after_the_second() -> None:
    names = ["a_2021-03-31 (10).csv", "a_2021-03-31 (2).csv", "a_2021-03-31.csv"]
    assert sorted(names, key=natural_order) == names[::-1]
