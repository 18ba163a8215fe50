"""A letter to each provider from the review: what was found, what is asked, by when; correspondence, never published."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from docxtpl import DocxTemplate

from tests.unit.reports.invented_desk import CONTEXT, FIGURES, INPUTS
from wres_pipeline.commands import written_files
from wres_pipeline.commissioner import dashboard
from wres_pipeline.commissioner.log_checks import Logged
from wres_pipeline.commissioner.own_returns import Difference, differences
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reports.commissioner import provider_letter

BY = date(2021, 12, 29)


def published(number: str, group: str, value: float, base: int | None, unit: str = "percent") -> Logged:
    return Logged(2, "XTR", "The Trust", 2021, number, group, value, unit, base, "value", "Its report", "")


def own(number: str, measure: str, group: str, value: float, base: int | None, **more: Any) -> Figure:
    return Figure(
        "XTR",
        2021,
        number,
        measure,
        ethnic_group=group,
        value=value,
        denominator=base,
        unit="percent",
        **more,
    )


def test_a_published_figure_is_told_that_its_own_return_has_otherwise_with_as_many_decimals_as_were_published() -> (
    None
):
    logged = [
        published("5", "White", 27.8, 1019), published("5", "BME", 31.0, 312), published("6", "White", 24.0, 1007),
        published("6", "BME", 29.8, None), published("7", "White", 60.6, 1005), published("8", "BME", 14.9, 306),
        published("2", "", 1.28, None, "ratio"),
    ]  # fmt: skip
    mine = [
        own("5", "percentage", "White", 27.84, 1019),  # the same, rounded
        own("5", "percentage", "BME", 30.6, 312),  # published without decimals: 31 both times
        own("6", "percentage", "White", 24.0, 999),  # another base
        own("6", "percentage", "BME", 29.85, 374),  # 29.9, halves away from zero; no base published to compare
        own("7", "percentage", "White", 74.7, 814, band="Band 5"),  # another figure
        own("8", "percentage", "BME", 15.7, 363, state="withheld"),
        Figure("XTR", 2021, "2", "relative_likelihood_white_over_bme", value=1.311, unit="ratio"),
    ]  # fmt: skip
    titles = ("Harassment, bullying or abuse from staff",) * 2
    found = differences(logged, mine)
    assert [(one.indicator, one.group, one.published, one.own) for one in found] == [
        ("6", "White", "24.0% of 1,007", "24.0% of 999"),
        ("6", "BME", "29.8%", "29.9% of 374"),
        ("2", "all staff", "1.28", "1.31"),
    ]
    assert tuple(one.title for one in found[:2]) == titles


def written(place: Path, **more: Any) -> tuple[str, str]:
    review = dashboard.internal(INPUTS, FIGURES).reviews[0]
    apart = [Difference("8", "Discrimination", "BME", "16.0% of 300", "15.7% of 363")]
    path = provider_letter.write_docx(
        review, apart, replace(CONTEXT, board_lead="Chief Nurse"), BY, place / "l.docx", **more
    )
    paper = docx.Document(str(path))
    cells = "\n".join(cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    return "\n".join(paragraph.text for paragraph in paper.paragraphs), cells


def test_a_letter_says_what_was_found_what_is_asked_by_when_what_waits_and_what_differs(
    tmp_path: Path,
) -> None:
    words, cells = written(tmp_path)
    for said in (
        "To the Chief People Officer, The Trust (XTR)",
        "higher among BME staff (16.0%) than among White staff (6.0%)",
        "Please answer by 29 December 2021.",
        "Indicator 8: How many reports of discrimination by colleagues were received, and how were they closed?",
        "On 8 November 2021 we wrote to the Chief People Officer: Why <so>?",
        "Where what you published differs from your return",
        "Chief Nurse",
    ):
        assert said in words
    assert "16.0% of 300\n15.7% of 363" in cells and "10.0 points" in cells
    assert "{{" not in words + cells and "{%" not in words + cells
    paper = docx.Document(str(tmp_path / "l.docx"))
    assert paper.sections[0].header.paragraphs[0].text == "Correspondence: not for publication"


def test_the_letter_asks_for_every_field_that_is_given_and_for_no_other() -> None:
    review = dashboard.internal(INPUTS, FIGURES).reviews[0]
    given = set(provider_letter.fields(review, [], CONTEXT, BY))
    assert set(DocxTemplate(str(provider_letter.TEMPLATE)).get_undeclared_template_variables()) == given
    assert given == set(provider_letter.FIELDS)


def template(place: Path, text: str) -> Path:
    paper = docx.Document()
    paper.add_paragraph(text)
    paper.save(str(place / "own.docx"))
    return place / "own.docx"


def test_a_template_of_ones_own_is_filled_and_one_that_asks_for_more_than_fields_is_refused(
    tmp_path: Path,
) -> None:
    mine = template(tmp_path, "Dear {{ to }}, about {{ year }}.")
    assert written(tmp_path, template=mine)[0] == "Dear Chief People Officer, about 2021."
    for text, told in (
        ("{{ salary }}", "no such field: salary; there are asked, by"),
        ("{{ to.__class__.__mro__[1].__subclasses__() }}", "cannot be filled"),
        ("{% for x in %}", "cannot be read as a Word template"),
    ):
        with pytest.raises(provider_letter.TemplateError, match=told):
            written(tmp_path, template=template(tmp_path, text))
    (tmp_path / "own.docx").write_bytes(b"PK no Word file")
    with pytest.raises(provider_letter.TemplateError, match="cannot be read as a Word template"):
        written(tmp_path, template=tmp_path / "own.docx")


def test_the_template_is_written_for_ones_own_wording_and_overwrites_nothing(tmp_path: Path) -> None:
    assert written_files.write_template(tmp_path / "ours.docx") == 0
    assert (tmp_path / "ours.docx").read_bytes() == provider_letter.TEMPLATE.read_bytes()
    assert written_files.write_template(tmp_path / "ours.docx") == 2
