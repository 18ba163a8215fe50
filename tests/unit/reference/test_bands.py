"""Pins bands.csv: the rows of indicator 1 and the tiers of the disparity ratios."""

from __future__ import annotations

from tests import pinned
from wres_pipeline.reference import tables
from wres_pipeline.reference.codes import pay_bands


def test_the_rows_of_indicator_1_are_the_ones_that_were_reviewed() -> None:
    assert len(tables.rows("bands")) == 19
    assert pinned.differences("bands") == ""


def test_only_the_senior_medical_managers_are_outside_the_totals() -> None:
    outside = [row["band"] for row in tables.rows("bands") if row["in_total"] == "no"]
    assert outside == [pay_bands.SENIOR_MEDICAL_MANAGER] == ["of which Senior medical manager"]
