"""Figures of what was found: the range that those who could not be linked leave."""

from __future__ import annotations

from datetime import date

import pytest

from wres_pipeline.quality.figure import Place
from wres_pipeline.quality.trac_to_esr.gap_findings import closed_range

PLACE = Place("X01", date(2021, 3, 31))


def test_the_unlinked_may_be_all_or_none_of_those_not_known() -> None:
    # 1,000 staff, 200 BME, 50 Unknown; 30 BME applicants unlinked: from 20.0% to 23.0%
    [share] = closed_range(PLACE, 1000, 200, 50, 40, 30)
    assert (share.shown, share.interval_low, share.interval_high) == ("20.0%", 20.0, pytest.approx(23.0))
    assert "40 White and 30 BME applicants" in share.note


def test_no_more_can_be_among_those_not_known_than_there_are() -> None:
    [share] = closed_range(PLACE, 1000, 200, 10, 40, 30)
    assert share.interval_high == pytest.approx(21.0)


def test_without_staff_nothing_is_said() -> None:
    assert closed_range(PLACE, 0, 0, 0, 0, 0) == []
