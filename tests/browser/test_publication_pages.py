"""Every page of the publication and of the internal edition, in a real browser."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.spec.test_like_for_like import applications
from tests.unit.reports.invented_return import invented_context, invented_figures, without
from wres_pipeline import render
from wres_pipeline.disclosure.protect import protect
from wres_pipeline.disclosure.rules.policy import Policy
from wres_pipeline.indicators.like_for_like import of_applications
from wres_pipeline.reference import indicators
from wres_pipeline.reports.site import site_pages, system_page
from wres_pipeline.reports.site.system_page import Member

WIDTHS = (320, 375, 1280)
LIKE_ANOTHER = (375,)
"""No rule of the style sheets tells this width from the one before (but of the NHS's hero, which no page has), so that only what
fits may differ."""
NAMES = (
    "public/index.html",
    "public/key-facts.html",
    *(f"public/indicator-{n}.html" for n in range(1, 10)),
    "public/race-disparity.html",
    "public/data-quality.html",
    "public/method.html",
    "internal/index.html",
    "empty/index.html",
    "empty/indicator-2.html",
    "small/index.html",
    "small/indicator-2.html",
    "incomplete/index.html",
    "system/index.html",
)
OVERVIEWS = [name for name in NAMES if name.endswith("/index.html") and not name.startswith("internal")]
SCREEN = 900


def fits_and_is_accessible(page: Any, axe_script: str) -> None:
    """Nothing of the open page is cut off at any width, and axe finds nothing at those that look different."""
    page.evaluate(axe_script)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        inner, whole = page.evaluate("[innerWidth, document.documentElement.scrollWidth]")
        assert whole <= inner, f"the page scrolls sideways at {width} pixels"
        if width in LIKE_ANOTHER:
            continue
        found = page.evaluate("() => axe.run({resultTypes: ['violations'], preload: false})")
        violations = [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found["violations"]]
        assert not violations, width


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("pages")
    figures = invented_figures()
    site_pages.write(figures, invented_context("public"), place / "public")
    within = of_applications("XTR", 2021, [one for v in range(40) for one in applications(v, (1, 6), (1, 4))])
    internal = replace(invented_context(), like_for_like=tuple(within))
    site_pages.write_internal(figures, internal, place / "internal")
    small = list(protect(invented_figures(3, staff=60, bme=0.06), Policy()).figures)
    site_pages.write(
        small, invented_context("public", actions=(), action_plan="", changes=()), place / "small"
    )
    kinds = {"survey": "NHS Staff Survey results", "recruitment": "TRAC applications"}
    context = invented_context("public", complete=False, missing_kinds=tuple(kinds.values()))
    site_pages.write(invented_figures(5, missing=frozenset(kinds)), context, place / "incomplete")
    about = replace(
        invented_context("public"), organisation_code="XSY", organisation_name="A system of two bodies"
    )
    of_all = [replace(one, organisation_code="XSY") for one in invented_figures()]
    members = [Member("X01", "One member", "310", "draft"), Member("XTR", "Another member", "2,974", "draft")]
    system_page.write(of_all, members, about, place / "system")
    nothing = without([f for f in figures if f.reporting_year == 2021], set(indicators.NUMBERS))
    context = invented_context("public", complete=False, missing_kinds=("every extract",), actions=())
    site_pages.write(nothing, context, place / "empty")
    return place


def test_no_rule_of_our_style_sheet_tells_375_pixels_from_320() -> None:
    written = (Path(render.__file__).parent / "static" / "pages.css").read_text(encoding="utf-8")
    edges = {float(number) * 16 for number in re.findall(r"-width: ?([\d.]+)em\)", written)}
    assert len(edges) > 1 and not [edge for edge in edges if WIDTHS[0] < edge <= LIKE_ANOTHER[0]]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_accessible_fits_has_its_headings_in_order_and_asks_nothing_of_any_other_place(
    opened: Any, axe_script: str, folder: Path, name: str
) -> None:
    page, asked, complaints = opened(folder / name, WIDTHS[0])
    assert not complaints
    assert all(address.startswith(("file://", "data:")) for address in asked), asked
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => Number(h.tagName[1]))")
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    fits_and_is_accessible(page, axe_script)
    assert not complaints


def test_the_five_questions_are_answered_on_the_first_screen_of_every_kind_of_body(
    opened: Any, folder: Path
) -> None:
    asked = [
        "Are we fairer than last year?",
        "Are we fairer than England?",
        "Where is it worst?",
        "What are we doing?",
    ]
    for name in OVERVIEWS:
        page, _, _ = opened(folder / name, 1280)
        found = page.evaluate(
            "[...document.querySelectorAll('.wres-answers > div')].map(one => "
            "[one.children[0].innerText, one.children[1].innerText, one.getBoundingClientRect().bottom])"
        )
        assert [question for question, _, _ in found] == [*asked, "Can you trust it?"], name
        assert all(len(words) > 20 and bottom <= SCREEN for _, words, bottom in found), (name, found)


def test_the_desk_says_what_stops_it_and_what_changed_on_the_first_screen_and_copies_the_block(
    opened: Any, folder: Path
) -> None:
    page, _, _ = opened(folder / "internal/index.html", 1280)
    for words in ("What to do", "Since the last run.", "Since last year."):
        box = page.locator(f"text={words}").first.bounding_box()
        assert box is not None and box["y"] + box["height"] <= SCREEN, words
    page.evaluate("navigator.clipboard.writeText = words => { window.copied = words }")
    page.click("text=Copy the block")
    assert page.evaluate("window.copied === document.getElementById('block').value")
    assert page.locator("text=Copied").is_visible()


@pytest.mark.parametrize("name", NAMES)
def test_a_page_says_everything_without_javascript(opened: Any, folder: Path, name: str) -> None:
    with_script, _, _ = opened(folder / name, 1280)
    without_script, _, _ = opened(folder / name, 1280, script=False)
    # what sorts, filters, copies and saves what stands on the page says nothing that is not there without it
    with_script.evaluate(
        "document.querySelectorAll('[data-copy], .wres-added').forEach(one => one.hidden = true)"
    )
    assert without_script.inner_text("body").split() == with_script.inner_text("body").split()


@pytest.mark.parametrize("name", ["public/index.html", "public/indicator-1.html", "internal/index.html"])
def test_the_keyboard_reaches_every_link_and_every_box_that_scrolls(
    opened: Any, folder: Path, name: str
) -> None:
    page, _, _ = opened(folder / name, 375)
    wanted = page.evaluate(
        "[...document.querySelectorAll('a[href], [tabindex=\"0\"], summary, button, input, textarea')]"
        ".filter(e => e.checkVisibility()).length"
    )
    page.evaluate("window.reached = new Set()")
    for _ in range(wanted):
        page.keyboard.press("Tab")
        page.evaluate("window.reached.add(document.activeElement)")
    assert page.evaluate("window.reached.size") == wanted
    assert page.evaluate("!window.reached.has(document.body)")


def test_the_skip_link_comes_first_shows_itself_and_leads_to_the_content(opened: Any, folder: Path) -> None:
    page, _, _ = opened(folder / "public/index.html", 1280)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Skip to main content"
    box = page.evaluate(
        "(() => { const b = document.activeElement.getBoundingClientRect(); return [b.top, b.height] })()"
    )
    assert box[0] >= 0
    assert box[1] > 20
    page.keyboard.press("Enter")
    page.wait_for_function("location.hash === '#maincontent'")


def test_a_reader_can_walk_from_the_overview_through_every_indicator_with_next(
    opened: Any, folder: Path
) -> None:
    page, _, complaints = opened(folder / "public/index.html", 1280)
    page.click("text=Indicator 1: workforce by pay band >> nth=0")
    seen = [page.inner_text("h1")]
    while page.locator("a[rel=next]").count():
        page.click("a[rel=next]")
        seen.append(page.inner_text("h1"))
    assert len(seen) == 10
    assert seen[-1] == "Race disparity ratios"
    assert not complaints


def test_a_page_can_still_be_read_at_four_times_the_size(opened: Any, folder: Path) -> None:
    page, _, _ = opened(folder / "public/indicator-2.html", 320)
    inner, whole = page.evaluate("[innerWidth, document.documentElement.scrollWidth]")
    assert whole <= inner


def test_the_key_facts_print_on_one_sheet(chromium: Any, folder: Path) -> None:
    import pdfplumber

    page = chromium.new_page()
    page.goto((folder / "public" / "key-facts.html").as_uri())
    sheet = folder / "key-facts.pdf"
    page.pdf(path=str(sheet), prefer_css_page_size=True)
    page.close()
    with pdfplumber.open(sheet) as file:
        assert len(file.pages) == 1


def test_on_a_telephone_the_glance_shows_no_line_that_says_nothing(opened: Any, folder: Path) -> None:
    page, _, _ = opened(folder / "public/index.html", 375)
    none = page.locator(".wres-glance__none")
    assert none.count() > 3
    assert not [place for place in range(none.count()) if none.nth(place).is_visible()]
    page.set_viewport_size({"width": 1280, "height": 900})
    assert none.first.is_visible()  # in a table a cell that is gone would shift the others


@pytest.mark.parametrize("width", [375, 1280])
def test_no_column_of_the_ratios_like_for_like_is_cut_off(opened: Any, folder: Path, width: int) -> None:
    page, _, _ = opened(folder / "internal/index.html", width)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    table = page.locator("table:has(caption:has-text('Like compared with like'))")
    right, wide = table.evaluate("one => [one.getBoundingClientRect().right, one.scrollWidth]")
    assert right <= width and wide <= width
    assert table.locator("td:last-child").first.is_visible()


STRICT = "default-src 'none'; script-src file:; style-src file:; img-src file: data:"


def test_the_script_sorts_filters_shows_values_and_saves_only_what_the_page_prints(
    opened: Any, axe_script: str, folder: Path
) -> None:
    text = (folder / "public/indicator-1.html").read_text(encoding="utf-8")
    strict = folder / "public/strict.html"
    policy = f'<meta http-equiv="Content-Security-Policy" content="{STRICT}">'
    strict.write_text(text.replace("<head>", f"<head>{policy}"), encoding="utf-8")
    page, asked, complaints = opened(strict, 1280)
    try:
        page.locator("summary:has-text('Non-clinical staff by band')").click()
        table = page.locator("table:has(caption:has-text('Non-clinical'))").first
        column = (
            "one => [...one.tBodies[0].rows].filter(row => !row.hidden).map(row => row.cells[2].innerText)"
        )
        printed = table.evaluate(column)
        ways = []
        for _ in range(3):
            table.locator("th[scope=col] button").nth(2).press("Enter")
            ways.append(
                (table.locator("th[scope=col]").nth(2).get_attribute("aria-sort"), table.evaluate(column))
            )
        numbers = sorted(int(one.replace(",", "")) for one in printed)
        as_numbers = [[int(one.replace(",", "")) for one in found] for _, found in ways[:2]]
        assert [way for way, _ in ways] == ["ascending", "descending", None]
        assert as_numbers == [numbers, numbers[::-1]]
        assert ways[2][1] == printed

        box = page.locator("input[aria-label*='Non-clinical']").first
        box.fill("band 8")
        names = table.evaluate(
            "one => [...one.tBodies[0].rows].filter(r => !r.hidden).map(r => r.cells[0].innerText)"
        )
        assert names == ["Band 8a", "Band 8b", "Band 8c", "Band 8d"]
        assert page.locator("[role=status]:text-matches('^4 of ')").count() == 1

        figure = page.locator("figure").first
        rows = figure.evaluate(
            "one => [...one.querySelectorAll('tr')].map(row => [...row.cells].map(c => c.textContent.trim()))"
        )
        marks = figure.locator(".wres-marks")
        marks.focus()
        page.keyboard.press("ArrowRight")
        tip = figure.locator(".wres-tip")
        assert all(words in tip.inner_text() for words in (*rows[1], rows[0][1]))
        places = marks.locator("img").evaluate("one => JSON.parse(one.dataset.places)")
        area = marks.locator("img").bounding_box()
        x, y, row = places[-1]
        page.mouse.move(area["x"] + area["width"] * x / 100 + 3, area["y"] + area["height"] * y / 100)
        assert rows[row + 1][0] in tip.inner_text()
        page.evaluate(axe_script)
        found = page.evaluate("() => axe.run({resultTypes: ['violations'], preload: false})")
        assert not [v["id"] for v in found["violations"]]
        page.keyboard.press("Escape")
        assert not tip.is_visible()

        figure.locator("summary").click()
        with page.expect_download() as saved:
            figure.locator("text=Numbers (CSV)").click()
        with Path(saved.value.path()).open(encoding="utf-8-sig", newline="") as file:
            assert [[cell.replace("-", "−") for cell in row] for row in csv.reader(file)] == [
                [cell.replace("-", "−") for cell in row] for row in rows
            ]
        assert not complaints
        assert all(address.startswith(("file://", "data:", "blob:")) for address in asked), asked
    finally:
        strict.unlink()
