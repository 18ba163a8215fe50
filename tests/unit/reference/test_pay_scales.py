"""Pins pay_scales.csv and the reading of ESR's three-part grade."""

from __future__ import annotations

import pytest

from tests import pinned
from wres_pipeline.reference import tables
from wres_pipeline.reference.codes import pay_bands
from wres_pipeline.reference.codes.pay_bands import PayBand


def test_the_list_of_pay_scales_is_the_one_that_was_reviewed() -> None:
    assert len(tables.rows("pay_scales")) == 285
    assert pinned.differences("pay_scales") == ""


def test_every_band_of_the_list_is_a_row_of_the_return() -> None:
    rows = {row["band"] for row in tables.rows("bands")}
    assert {row["band"] for row in tables.rows("pay_scales")} - {""} <= rows


def test_a_scale_code_and_a_label_that_contradict_each_other_are_not_guessed_between() -> None:
    assert pay_bands.resolve("NHS|XR05|Review Body Band 5") == PayBand("Band 5", "afc")
    assert pay_bands.resolve("NHS|XR05|Review Body Band 6") is None


def test_a_scale_code_nobody_knows_is_read_by_its_label() -> None:
    assert pay_bands.resolve("NHS|ZZ99|Review Body Band 8 - Range C") == PayBand("Band 8c", "afc")


@pytest.mark.parametrize(
    "text", ["", None, "-", "Band 10", "Band 8", "8", "Ad hoc salary", "Trust Scale", "5.0", "Band"]
)
def test_what_no_list_knows_or_the_organisation_must_decide_is_none(text: str | None) -> None:
    assert pay_bands.resolve(text) is None


def test_an_organisation_may_decide_its_local_scale() -> None:
    assert pay_bands.resolve("Ad-hoc salary", {"ad hoc salary": "VSM"}) == PayBand("VSM", "afc")
