"""The data-quality report's page in a real browser: what matters stands first, the rest is folded."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.unit.reports.invented_month import ABOUT, invented_month
from wres_pipeline.disclosure.rules.policy import Policy
from wres_pipeline.reports.quality import circulation, month_report

EDITIONS = (month_report.INTERNAL, month_report.CIRCULATION)
SCREEN, WHOLE = 900, 6000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("quality")
    figures = invented_month()
    month_report.write(figures, ABOUT, place / month_report.INTERNAL)
    safe = circulation.for_circulation(figures, Policy()).figures
    month_report.write(
        safe, replace(ABOUT, edition=month_report.CIRCULATION), place / month_report.CIRCULATION
    )
    return place


@pytest.mark.parametrize("edition", EDITIONS)
def test_state_cause_and_what_to_do_stand_on_the_first_screen_and_the_folded_page_is_short(
    chromium: Any, folder: Path, edition: str
) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": SCREEN})
    try:
        page.goto((folder / edition / "index.html").as_uri())
        assert page.evaluate("document.documentElement.scrollHeight") <= WHOLE
        for words in (
            "text=90.3% declared (target 95%)",
            "text=Ethnicity stopped arriving",
            "ol > li >> nth=1",
        ):
            box = page.locator(words).first.bounding_box()
            assert box is not None and box["y"] + box["height"] <= SCREEN, words
    finally:
        page.close()


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("width", [375, 1280])
def test_the_page_is_accessible_and_no_table_is_cut_folded_or_open(
    chromium: Any, axe_script: str, folder: Path, edition: str, width: int
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": SCREEN})
    try:
        page.goto((folder / edition / "index.html").as_uri())
        page.evaluate(axe_script)
        for opened in (False, True):
            page.evaluate(
                f"document.querySelectorAll('details').forEach(d => d.open = {str(opened).lower()})"
            )
            inner, whole = page.evaluate("[innerWidth, document.documentElement.scrollWidth]")
            assert whole <= inner
            cut = page.evaluate(
                "[...document.querySelectorAll('table')].filter(t => t.checkVisibility() && t.scrollWidth > "
                "t.parentElement.clientWidth + 1 && !t.closest('[tabindex]')).length"
            )
            assert cut == 0
            found = page.evaluate("() => axe.run({resultTypes: ['violations'], preload: false})")
            assert not [v["id"] for v in found["violations"]]
    finally:
        page.close()
