"""Every link on every page of a run leads to a file or a place that is there: with and without providers, and a system."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

from lxml import html

from tests.annual_run import AnnualRun

ELSEWHERE = re.compile(r"(https?:|mailto:|data:|tel:)")


def dead_links(root: Path) -> list[str]:
    found = []
    for page in sorted(root.rglob("*.html")):
        tree = html.parse(str(page)).getroot()
        places = {element.get("id") for element in tree.iter() if element.get("id")}
        for _, _, link, _ in tree.iterlinks():
            path, _, place = link.partition("#")
            if ELSEWHERE.match(link):
                continue
            if (
                path
                and not (page.parent / unquote(path)).exists()
                or not path
                and place
                and place not in places
            ):
                found.append(f"{page.relative_to(root)}: {link}")
    return found


def test_no_page_of_the_sample_has_a_dead_link(sample_run: AnnualRun) -> None:
    assert len(list(sample_run.output.rglob("*.html"))) > 40
    assert dead_links(sample_run.output) == []


def reached(first: Path) -> set[str]:
    """The pages of the folder of `first` to which one comes by links from it."""
    waiting, found = [first], {first.name}
    while waiting:
        tree = html.parse(str(waiting.pop())).getroot()
        for link in tree.xpath("//a/@href"):
            name = unquote(link.partition("#")[0])
            page = first.parent / name
            if (
                name not in found
                and page.suffix == ".html"
                and page.is_file()
                and page.parent == first.parent
            ):
                found.add(name)
                waiting.append(page)
    return found


def test_every_page_of_an_internal_edition_is_reached_from_its_first(sample_run: AnnualRun) -> None:
    for code in ("X01", "XTR"):
        first = sample_run.output / code / "2021" / "internal" / "index.html"
        pages = {page.name for page in first.parent.glob("*.html")}
        assert "deliveries.html" in pages
        assert pages - reached(first) == set()
        back = html.parse(str(first.parent / "deliveries.html")).getroot().xpath("//a/@href")
        assert "index.html" in [link.partition("#")[0] for link in back]


def test_the_check_of_links_finds_a_missing_file_and_a_missing_place(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        '<p id="here"><a href="#here">a</a><a href="#gone">b</a><a href="gone.html">c</a><a href="index.html#x">d</a>'
        '<a href="https://example.org/">e</a></p>',
        encoding="utf-8",
    )
    assert dead_links(tmp_path) == ["index.html: #gone", "index.html: gone.html"]
