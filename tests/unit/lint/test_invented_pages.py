"""Invented pages in the layouts bodies publish in: each mistake is found in a page, a Word file, a PDF and a workbook, and nothing
else is said; pages of other standards (disability, pay gaps) and traps of ordinary wording are left alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import docx
import openpyxl
import pytest
import yaml
from lxml import html

from wres_pipeline.lint import lint_file
from wres_pipeline.reports.site import pdf


@dataclass(frozen=True)
class Page:
    """A page, and the rules a careful reader finds broken in it."""

    name: str
    body: str
    mistakes: frozenset[str]


PAGES = [
    Page(one["name"], one["body"], frozenset(one.get("mistakes", ())))
    for one in yaml.safe_load(Path(__file__).with_name("invented_pages.yaml").read_text(encoding="utf-8"))
]
WRONG = [page for page in PAGES if page.mistakes]
OF_OTHER_FILES = [*WRONG, *PAGES[::4]]


def blocks(body: str) -> list[tuple[str, list[list[str]]]]:
    """(tag, rows of text) of each heading, paragraph, list and table in order."""
    found = []
    for element in html.fragment_fromstring(body, create_parent="div"):
        if element.tag == "table":
            rows = [[cell.text_content() for cell in row] for row in element.iter("tr")]
        else:
            rows = [[item.text_content()] for item in (element if element.tag == "ul" else [element])]
        found.append((str(element.tag), rows))
    return found


def as_word(body: str, place: Path) -> None:
    file = docx.Document()
    for tag, rows in blocks(body):
        if tag == "table":
            table = file.add_table(rows=len(rows), cols=len(rows[0]))
            for number, row in enumerate(rows):
                for cell, text in zip(table.rows[number].cells, row, strict=True):
                    cell.text = text
        for (text,) in rows if tag != "table" else ():
            if tag in ("h1", "h2"):
                file.add_heading(text, int(tag[1]))
            else:
                file.add_paragraph(text, style="List Bullet" if tag == "ul" else None)
    file.save(str(place))


def as_workbook(body: str, place: Path) -> None:
    """Numbers as numbers, percentages as Excel keeps them: a share with a format."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    line = 0
    for tag, rows in blocks(body):
        line += tag in ("table", "ul")
        for row in rows:
            line += 1
            for column, text in enumerate(row, 1):
                cell = sheet.cell(line, column)
                try:
                    cell.value = float(text.replace(",", "").rstrip("%")) / (100 if text.endswith("%") else 1)
                except ValueError:
                    cell.value = text
                else:
                    cell.number_format = "0.0%" if text.endswith("%") else "General"
        line += tag == "table"
    book.save(str(place))


def as_pdf(body: str, place: Path) -> None:
    import weasyprint

    style = "<style>table{border-collapse:collapse}td,th{border:1px solid black;padding:3px}</style>"
    weasyprint.HTML(string=f"{style}<body>{body}</body>").write_pdf(str(place))


def rules_of(place: Path) -> set[str]:
    return {finding.rule for finding in lint_file(place)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_gives_its_mistakes_and_no_false_finding(tmp_path: Path, page: Page) -> None:
    place = tmp_path / "page.html"
    place.write_text(f"<html><body>{page.body}</body></html>", encoding="utf-8")
    assert rules_of(place) == page.mistakes


@pytest.mark.parametrize(("suffix", "write"), [("docx", as_word), ("xlsx", as_workbook), ("pdf", as_pdf)])
def test_the_same_is_said_of_the_page_as_another_kind_of_file(
    tmp_path: Path, suffix: str, write: Callable[[str, Path], None]
) -> None:
    if suffix == "pdf" and pdf.missing():
        pytest.skip(pdf.missing())
    told = {}
    for number, page in enumerate(OF_OTHER_FILES):
        place = tmp_path / f"{number}.{suffix}"
        write(page.body, place)
        if (found := rules_of(place)) != page.mistakes:
            told[page.name] = (page.mistakes, found)
    assert told == {}
