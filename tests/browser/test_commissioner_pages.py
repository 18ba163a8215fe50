"""Every page of the commissioner's desk, in a real browser."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.browser.test_publication_pages import WIDTHS, fits_and_is_accessible
from tests.unit.reports.invented_desk import AS_AT, CONTEXT, FIGURES, INPUTS, PLAN
from wres_pipeline.action_plan.progress import progress
from wres_pipeline.commissioner import dashboard
from wres_pipeline.reports.commissioner import commissioner_pages, withdrawn_pages

NAMES = (
    "full/providers.html",
    "full/provider-xtr.html",
    "full/benchmark.html",
    "full/survey-history.html",
    "full/population.html",
    "full/fair-process.html",
    "full/action-plan.html",
    "empty/benchmark.html",
    "empty/survey-history.html",
    "empty/population.html",
    "empty/fair-process.html",
    "withdrawn/population.html",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("desk")
    plan = progress(PLAN, {2021: FIGURES}, 2021, AS_AT)
    commissioner_pages.write(dashboard.internal(INPUTS, FIGURES), plan, CONTEXT, place / "full")
    nothing = dashboard.internal(dashboard.DeskInputs("X01", 2021, AS_AT), [])
    public = replace(CONTEXT, edition="public")
    commissioner_pages.write(nothing, None, public, place / "empty")
    withdrawn_pages.withdraw(commissioner_pages.pages(reviews=False, plan=False), public, place / "withdrawn")
    return place


@pytest.mark.parametrize("name", NAMES)
def test_a_desk_page_is_accessible_fits_and_asks_nothing_of_any_other_place(
    opened: Any, axe_script: str, folder: Path, name: str
) -> None:
    page, asked, complaints = opened(folder / name, WIDTHS[0])
    assert all(address.startswith(("file://", "data:")) for address in asked), asked
    fits_and_is_accessible(page, axe_script)
    assert not complaints
