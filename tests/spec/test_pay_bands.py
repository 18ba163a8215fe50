"""The rows of indicator 1 and the tiers of the disparity ratios (standard.md)."""

from __future__ import annotations

import pytest

from wres_pipeline.extracts.canonical import pay_banding
from wres_pipeline.reference.codes import pay_bands
from wres_pipeline.reference.codes.pay_bands import PayBand

AFC_ROWS = [
    "Under Band 1", "Band 1", "Band 2", "Band 3", "Band 4", "Band 5", "Band 6", "Band 7",
    "Band 8a", "Band 8b", "Band 8c", "Band 8d", "Band 9", "VSM",
]  # fmt: skip

# fmt: off
SCALES = [
    # pay scale as written                     band                            section
    ("NHS|XR05|Review Body Band 5",            "Band 5",                       "afc"),
    ("NHS|XN02|Non Review Body Band 2",        "Band 2",                       "afc"),
    ("NHS|XR08|Review Body Band 8 - Range A",  "Band 8a",                      "afc"),
    ("XR12",                                   "Band 9",                       "afc"),
    ("Review Body Band 7",                     "Band 7",                       "afc"),
    ("Band 8 - Range D",                       "Band 8d",                      "afc"),
    ("NHS AfC: Band 6",                        "Band 6",                       "afc"),
    ("8b",                                     "Band 8b",                      "afc"),
    ("Apprentice",                             "Under Band 1",                 "afc"),
    ("Local|VSM",                              "VSM",                          "afc"),
    ("Very Senior Manager",                    "VSM",                          "afc"),
    ("NHS|YC72|Consultant",                    "Consultants",                  "medical_and_dental"),
    ("Specialty Doctor",                       "Non-consultant career grade",  "medical_and_dental"),
    ("NHS|MN13|Foundation Year 1",             "Trainee grades",               "medical_and_dental"),
    ("Salaried GP",                            "Other",                        "medical_and_dental"),
]
PLACES = [
    # staff group                    pay scale             cluster               row
    ("Allied Health Professionals",  "Band 5",             "clinical",           "Band 5"),
    ("Administrative and Clerical",  "VSM",                "non_clinical",       "VSM"),
    ("Medical and Dental",           "Consultant",         "medical_and_dental", "Consultants"),
    ("Medical and Dental",           "VSM",                "medical_and_dental", "Other"),
    ("Administrative and Clerical",  "Consultant",         "medical_and_dental", "Consultants"),
    ("Medical and Dental",           "Spot rate of 1987",  "medical_and_dental", "Unmapped"),
    ("Gardeners of the Lost World",  "Band 2",             "Unmapped",           "Band 2"),
]
# fmt: on


def test_clinical_and_non_clinical_staff_have_fourteen_rows_each() -> None:
    assert pay_bands.BANDS_BY_CLUSTER["clinical"] == AFC_ROWS
    assert pay_bands.BANDS_BY_CLUSTER["non_clinical"] == AFC_ROWS


def test_medical_and_dental_staff_have_four_rows_that_add_up_and_one_subset() -> None:
    assert pay_bands.BANDS_BY_CLUSTER["medical_and_dental"] == [
        "Consultants",
        "Non-consultant career grade",
        "Trainee grades",
        "Other",
    ]
    assert pay_bands.SENIOR_MEDICAL_MANAGER == "of which Senior medical manager"


@pytest.mark.parametrize(("text", "band", "section"), SCALES)
def test_a_pay_scale_is_counted_in_one_row(text: str, band: str, section: str) -> None:
    assert pay_bands.resolve(text) == PayBand(band, section)


@pytest.mark.parametrize(("staff_group", "pay_scale", "cluster", "row"), PLACES)
def test_staff_group_and_pay_scale_place_a_person_in_one_row(
    staff_group: str, pay_scale: str, cluster: str, row: str
) -> None:
    assert pay_banding.place(staff_group, pay_scale) == pay_banding.Placement(cluster, row)


def test_the_tiers_are_band_5_and_below_6_and_7_and_8a_and_above() -> None:
    assert [band for band in AFC_ROWS if pay_bands.tier(band) == "lower"] == AFC_ROWS[:6]
    assert [band for band in AFC_ROWS if pay_bands.tier(band) == "middle"] == AFC_ROWS[6:8]
    assert [band for band in AFC_ROWS if pay_bands.tier(band) == "upper"] == AFC_ROWS[8:]
    assert pay_bands.tier("Consultants") is None
