"""What a return says of rules that nobody has checked, and of a year whose guidance nobody has read: where, and how often."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import openpyxl
import pytest
from pptx import Presentation

from tests.unit.reports.invented_return import invented_context, invented_figures
from wres_pipeline.reports.annual import reporting_template, return_workbook
from wres_pipeline.reports.board_pack import board_paper, slides
from wres_pipeline.reports.context import ConfirmedRule, ReturnContext, UnverifiedRule
from wres_pipeline.reports.site import site_pages

PROJECTED = "The rules of this year are projected from 2025: no guidance for it has been read."
RULE = UnverifiedRule(
    "Indicator 9 is given for the total board.", "recalled", ("9",), "indicator_9_total", "5d3c0a11"
)
CONFIRMED = ConfirmedRule(RULE, "Form of 2021, items 50 to 63", "Head of Workforce")


def texts(context: ReturnContext, folder: Path) -> dict[str, str]:
    """The text of every file of a return, by its name."""
    figures = invented_figures()
    paths, charts = site_pages.write(figures, context, folder)
    charts.result()
    found = {path.name: re.sub(r"<[^>]+>", " ", path.read_text(encoding="utf-8")) for path in paths}
    book = openpyxl.load_workbook(
        return_workbook.write_workbook(figures, context, folder / return_workbook.NAME)
    )
    for sheet in book:
        found[sheet.title] = " ".join(
            str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell
        )
    for place in (
        reporting_template.write_docx(figures, context, folder / reporting_template.NAME),
        board_paper.write(figures, context, folder / board_paper.NAME),
    ):
        document = docx.Document(str(place))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        found[place.name] = " ".join([*(p.text for p in document.paragraphs), *cells])
    for number, slide in enumerate(
        Presentation(str(slides.write(figures, context, folder / slides.NAME))).slides
    ):
        found[f"slide {number}"] = " ".join(s.text_frame.text for s in slide.shapes if s.has_text_frame)
    return found


@pytest.fixture(scope="module")
def internal(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    context = invented_context("internal", projected=PROJECTED, unverified=(RULE,), confirmed=(CONFIRMED,))
    return texts(context, tmp_path_factory.mktemp("internal"))


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    context = invented_context("public", projected=PROJECTED, unverified=(RULE,))
    return texts(context, tmp_path_factory.mktemp("public"))


def test_a_projected_year_says_so_on_the_first_page_and_sheet_of_each_file_once(
    internal: dict[str, str], public: dict[str, str]
) -> None:
    first = {"index.html", "Cover", reporting_template.NAME, board_paper.NAME, "slide 0"}
    for found in (internal, public):
        assert {
            name: text.count(PROJECTED) for name, text in found.items() if PROJECTED in text
        } == dict.fromkeys(first, 1)


def test_the_warning_of_a_confirmed_rule_leaves_every_page(public: dict[str, str], tmp_path: Path) -> None:
    warned = {name for name, text in public.items() if "not yet been checked against the published" in text}
    assert warned == {"indicator-9.html"}
    assert "Every rule that touched a figure has been verified." not in public["method.html"]

    after = texts(invented_context("public", unverified=(), confirmed=(CONFIRMED,)), tmp_path)
    assert not any("not yet been checked against the published" in text for text in after.values())
    assert "Every rule that touched a figure has been verified." in after["method.html"]
    assert "Rules held against our own form of the year" in after["method.html"]
    assert "confirmed" in after["Method"]
    assert not any(CONFIRMED.form in text for text in after.values())


def test_the_internal_edition_names_what_to_write_to_confirm_a_rule_and_what_was_written(
    internal: dict[str, str],
) -> None:
    assert "indicator_9_total, mark 5d3c0a11" in internal["Method"]
    assert "Held against Form of 2021, items 50 to 63 by Head of Workforce." in internal["Method"]
