"""Pages ask nothing of any other place, say what they must, and hold the figures' own text."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.unit.reports.invented_return import invented_context, invented_figures, without
from tests.unit.reports.marks_of_charts import misplaced
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import indicators
from wres_pipeline.render import page
from wres_pipeline.render.charts import Mark, percentage_chart, ratio_chart
from wres_pipeline.render.text import true_minus
from wres_pipeline.reports.context import PlannedAction, SignOff
from wres_pipeline.reports.site import site_pages


@pytest.fixture(scope="module")
def figures() -> list[Figure]:
    return invented_figures()


@pytest.fixture(scope="module")
def public(figures: list[Figure], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("public")
    site_pages.write(figures, invented_context("public"), folder)
    return folder


@pytest.fixture(scope="module")
def internal(figures: list[Figure], tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("internal")
    page, _ = site_pages.write_internal(figures, invented_context(), folder)
    return page.read_text(encoding="utf-8")


def words_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


class Addresses(HTMLParser):
    """Every address a page names."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.linked: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids.add(given.get("id", ""))
        if tag == "a":
            self.linked.append(given.get("href", ""))
        elif "src" in given or (tag == "link" and "href" in given):
            self.loaded.append(given.get("src", given.get("href", "")))


def addresses(path: Path) -> Addresses:
    parser = Addresses()
    parser.feed(path.read_text(encoding="utf-8"))
    return parser


def test_there_is_an_overview_a_page_for_each_indicator_data_quality_and_method(public: Path) -> None:
    names = {path.name for path in public.glob("*.html")}
    assert names == {
        "index.html",
        "key-facts.html",
        *(f"indicator-{n}.html" for n in range(1, 10)),
        "race-disparity.html",
        "data-quality.html",
        "method.html",
    }


def test_each_indicator_says_what_its_interval_means_of_those_who_were_asked_or_of_everybody_counted(
    public: Path,
) -> None:
    asked, counted = "Not everybody answers the survey", "moves by chance from one year to the next"
    for number in indicators.NUMBERS:
        name = f"indicator-{number}" if number.isdigit() else number.replace("_", "-")
        words = (public / f"{name}.html").read_text(encoding="utf-8")
        assert (asked in words, counted in words) == (number in "5678", number not in "5678"), number


def test_a_page_loads_only_files_beside_it_and_its_only_script_is_one_of_them(public: Path) -> None:
    for path in public.glob("*.html"):
        for address in addresses(path).loaded:
            assert address == "data:," or (public / address).is_file(), (path.name, address)
        text = path.read_text(encoding="utf-8")
        assert re.findall("<script[^>]*>[^<]*", text) == ['<script src="assets/pages.js" defer>'], path.name
        assert not re.search(r"<[^>]+\s(on\w+|style)=", text), (
            path.name
        )  # what a web server's strict policy refuses


def test_every_value_of_a_chart_lies_on_its_mark(public: Path) -> None:
    seen, wrong = misplaced(public)
    assert seen > 80
    assert not wrong


def test_every_link_inside_the_site_leads_somewhere(public: Path) -> None:
    offered = {one.href for one in site_pages.DOWNLOADS}
    for path in public.glob("*.html"):
        found = addresses(path)
        for address in found.linked:
            if address.startswith("http") or address in offered:
                continue
            name, _, anchor = address.partition("#")
            target = public / name if name else path
            assert target.is_file(), (path.name, address)
            assert not anchor or anchor in addresses(target).ids, (path.name, address)


def test_style_sheets_and_charts_ask_nothing_of_any_other_place(public: Path) -> None:
    for path in (public / "assets").glob("*.css"):
        css = path.read_text(encoding="utf-8")
        assert "url(" not in css
        assert "@font-face" not in css
        assert "@import" not in css
    for path in (public / "charts").glob("*.svg"):
        svg = path.read_text(encoding="utf-8")
        assert not re.findall(r'(?:href|src)="(?!#)', svg), path.name


def test_every_page_says_that_the_people_are_invented_and_that_it_is_a_draft(
    public: Path, internal: str
) -> None:
    for html in (*(p.read_text(encoding="utf-8") for p in public.glob("*.html")), internal):
        assert "The people in this report are invented." in html
        assert "Draft: not yet signed off." in html


def test_a_real_organisation_that_has_signed_off_has_no_marking(
    figures: list[Figure], tmp_path: Path
) -> None:
    signed = SignOff("signed off", "Trust Board", "Chair")
    context = invented_context("public", fictional=False, sign_off=signed)
    site_pages.write(figures, context, tmp_path)
    html = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "invented" not in html
    assert "wres-markings" not in html


def test_the_overview_prints_the_figure_and_the_verdict_of_every_indicator(
    public: Path, figures: list[Figure]
) -> None:
    words = words_of((public / "index.html").read_text(encoding="utf-8"))
    for figure in figures:
        headline = figure.measure.startswith("relative_likelihood") or (
            figure.indicator in "5678" and figure.ethnic_group in ("White", "BME")
        )
        if figure.reporting_year == 2021 and headline:
            assert figure.shown in words
            assert figure.verdict in words
    for rule in indicators.REGISTRY:
        assert rule.title.lower() in words.lower()


def test_the_internal_page_shows_every_count_and_every_bme_figure_of_this_year(
    internal: str, figures: list[Figure]
) -> None:
    words = words_of(internal)
    for figure in figures:
        of_another_group = figure.indicator in ("1", "9") and figure.ethnic_group in ("White", "Unknown")
        if figure.reporting_year == 2021 and not (of_another_group and figure.unit != "people"):
            assert true_minus(figure.shown) in words, figure.key


def test_an_incomplete_return_says_so_at_its_head(figures: list[Figure], tmp_path: Path) -> None:
    gone = without(figures, {"4"})
    context = invented_context(complete=False, missing_kinds=("training records",))
    page, _ = site_pages.write_internal(gone, context, tmp_path)
    words = words_of(page.read_text(encoding="utf-8"))
    assert "Incomplete return. These were not supplied: training records." in words
    assert "not collected" in words


def test_text_from_an_extract_is_text_on_a_page(figures: list[Figure], tmp_path: Path) -> None:
    action = PlannedAction("A1", "<script>alert(1)</script>", "O'Neill & Sons", "now", "", ("2",))
    noted = [replace(f, note="<b>bold</b> {{ 7 * 7 }}") if f.indicator == "2" else f for f in figures]
    site_pages.write(noted, invented_context("public", actions=(action,)), tmp_path)
    html = (tmp_path / "indicator-2.html").read_text(encoding="utf-8")
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html
    assert "<b>bold</b>" not in html
    assert "{{ 7 * 7 }}" in html


def test_the_same_figures_give_the_same_bytes(figures: list[Figure], public: Path, tmp_path: Path) -> None:
    site_pages.write(figures, invented_context("public"), tmp_path)
    files = sorted(p.relative_to(public) for p in public.rglob("*") if p.is_file())
    assert files == sorted(p.relative_to(tmp_path) for p in tmp_path.rglob("*") if p.is_file())
    for name in files:
        assert (public / name).read_bytes() == (tmp_path / name).read_bytes(), name


def test_charts_of_an_earlier_run_that_are_no_longer_made_are_removed(
    figures: list[Figure], tmp_path: Path
) -> None:
    context = invented_context()
    site_pages.write_internal(figures, context, tmp_path)
    before = {p.name for p in (tmp_path / "charts").glob("*.svg")}
    site_pages.write_internal(without(figures, {"2"}), context, tmp_path)
    after = {p.name for p in (tmp_path / "charts").glob("*.svg")}
    assert after < before


def test_a_zero_is_printed_in_a_table() -> None:
    words = words_of(str(page.table("Caption", ("A", "B"), [("x", 0), ("y", "")]))).split()
    assert words == ["Caption", "A", "B", "x", "0", "y", "–"]


def test_the_public_edition_never_says_that_nobody_was_left_out(
    figures: list[Figure], tmp_path: Path
) -> None:
    site_pages.write(figures, invented_context("public", exclusions=()), tmp_path)
    words = words_of((tmp_path / "data-quality.html").read_text(encoding="utf-8"))
    assert "Nobody on the staff list was left out" not in words
    assert "How many they are is told in the internal edition only." in words


class TestCharts:
    """SVG files: named and described, the same bytes every time, and honest about what is not there."""

    MARKS = (
        Mark("2021", 1.5, "1.50", 0.9, 2.4),
        Mark("2020", 12.0, "12.00", 1.2, None, paler=True),
        Mark("2019", None, "withheld"),
    )

    def chart(self) -> bytes:
        return ratio_chart(self.MARKS, title="A <title>", description="Words & more.", axis="Ratio")

    def test_a_chart_has_a_title_and_a_description_for_those_who_cannot_see_it(self) -> None:
        root = ElementTree.fromstring(self.chart())
        space = "{http://www.w3.org/2000/svg}"
        title, description = root.find(f"{space}title"), root.find(f"{space}desc")
        assert title is not None
        assert title.text == "A <title>"
        assert description is not None
        assert description.text == "Words & more."
        assert root.get("role") == "img"
        assert root.get("aria-labelledby", "").split() == [title.get("id"), description.get("id")]

    def test_the_same_marks_give_the_same_bytes(self) -> None:
        assert self.chart() == self.chart()

    def test_a_figure_without_a_value_has_words_and_no_mark(self) -> None:
        assert b"2019: withheld" in self.chart()

    def test_labels_print_the_figures_own_text(self) -> None:
        svg = percentage_chart(
            (Mark("BME", 22.25, "22.3%", 12, 35),),
            title="T",
            description="D",
            axis="A",
            line=Mark("Workforce", 8, "8.0%"),
        )
        assert b"BME: 22.3%" in svg
        assert b"Workforce 8.0%" in svg

    def test_no_font_of_this_machine_is_named(self) -> None:
        assert b"DejaVu" not in self.chart()


class TestNothingToShow:
    """A return without a single figure is still a page of words."""

    def test_every_page_is_made_and_says_not_collected(self, tmp_path: Path, figures: list[Figure]) -> None:
        nothing = without([f for f in figures if f.reporting_year == 2021], set(indicators.NUMBERS))
        context = invented_context("public", declaration=(), exclusions=(), checks=(), actions=(), changes=())
        paths, _ = site_pages.write(nothing, context, tmp_path)
        for path in paths:
            if path.name.startswith("indicator"):
                assert "not collected" in path.read_text(encoding="utf-8"), path.name
        assert not list((tmp_path / "charts").glob("*.svg"))
