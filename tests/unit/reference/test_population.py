"""The census file says what the published counts say, and refuses what it does not hold."""

from __future__ import annotations

import pytest

from wres_pipeline.reference import tables
from wres_pipeline.reference.population import UnknownAreaError, residents


def test_the_file_is_pinned() -> None:
    assert [
        (r["area_code"], r["area"], r["ages"], r["residents"], r["white"])
        for r in tables.rows("census_2021_population")
    ] == [
        ("E06000052", "Cornwall", "all", "570305", "552130"),
        ("E06000053", "Isles of Scilly", "all", "2055", "2004"),
        ("E92000001", "England", "all", "56490065", "45783379"),
    ]


def test_two_areas_are_added_together() -> None:
    both = residents(["Cornwall", "Isles of Scilly"])
    assert (both.residents, both.white, both.bme) == (572_360, 554_134, 18_226)
    assert both.areas == ("Cornwall", "Isles of Scilly")


def test_an_area_may_be_named_by_its_code_and_counts_once_however_often_it_is_named() -> None:
    assert residents(["e06000052", "Cornwall"]).residents == 570_305


def test_an_area_that_is_not_in_the_file_is_refused_with_the_file_to_edit() -> None:
    with pytest.raises(UnknownAreaError, match=r"census_2021_population\.csv.*Add a row"):
        residents(["Devon"])


def test_working_ages_are_refused_until_somebody_adds_them() -> None:
    with pytest.raises(UnknownAreaError, match="16 to 64"):
        residents(["Cornwall"], "16 to 64")


def test_no_area_at_all_is_refused() -> None:
    with pytest.raises(UnknownAreaError, match="residents_of"):
        residents([])
