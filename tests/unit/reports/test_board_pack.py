"""What a board is shown: slides and a paper that print what the pages of the same edition print."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import docx
import pytest
from pptx import Presentation

from tests.unit.reports.invented_return import invented_context, invented_figures
from wres_pipeline.render import slides as render
from wres_pipeline.render.slides import Grid, Slide
from wres_pipeline.reports.board_pack import board_paper, slides
from wres_pipeline.reports.figure_set import FigureSet
from wres_pipeline.reports.site import site_pages
from wres_pipeline.reports.site.key_findings import key_findings

FIGURES = invented_figures()
CONTEXT = invented_context("public")


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return slides.write(FIGURES, CONTEXT, tmp_path_factory.mktemp("deck") / slides.NAME)


def test_the_slides_say_the_findings_and_every_slide_has_its_page_and_marks(deck: Path) -> None:
    shown = Presentation(str(deck)).slides
    titles = [slide.shapes.title.text for slide in shown]
    assert titles[0] == "What we found in 2021" and len(titles) == 8
    text = "\n".join(shape.text_frame.text for shape in shown[0].shapes if shape.has_text_frame)
    for finding in key_findings(FigureSet(FIGURES, "XTR", 2021)):
        assert finding.words in text
    for number, slide in enumerate(shown, 1):
        words = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert f"{number} of 8" in words and "invented" in words


def test_a_chart_can_be_edited_and_holds_the_printed_numbers_only(deck: Path) -> None:
    getting_in = Presentation(str(deck)).slides[2]
    chart = next(shape.chart for shape in getting_in.shapes if shape.has_chart)
    found = FigureSet(FIGURES, "XTR", 2021)
    for series in chart.plots[0].series:
        printed = found.get("2", "likelihood", group=series.name).shown
        assert [f"{value}%" for value in series.values] == [printed]
    assert chart.part.chart_workbook.xlsx_part is not None


def test_what_to_say_stands_in_the_notes(deck: Path) -> None:
    notes = Presentation(str(deck)).slides[2].notes_slide.notes_text_frame.text
    assert "as likely as" in notes and notes.endswith(".")


def test_the_same_return_gives_the_same_slides_and_the_same_paper(tmp_path: Path, deck: Path) -> None:
    assert slides.write(FIGURES, CONTEXT, tmp_path / "again.pptx").read_bytes() == deck.read_bytes()
    first, second = (board_paper.write(FIGURES, CONTEXT, tmp_path / f"{n}.docx").read_bytes() for n in "ab")
    assert first == second


def test_an_edition_that_can_show_nothing_still_has_slides_that_say_so(tmp_path: Path) -> None:
    shown = Presentation(str(slides.write([], CONTEXT, tmp_path / "none.pptx"))).slides
    assert not any(shape.has_chart for slide in shown for shape in slide.shapes)
    assert "can be shown" in shown[2].shapes[1].text_frame.text


def test_a_table_of_many_long_rows_ends_above_the_foot_and_counts_what_it_leaves_out(tmp_path: Path) -> None:
    head, widths = ("Action", "Owner", "Due", "Progress"), (4.2, 2.6, 1.7, 3.6)
    row = (
        "Review every post offered without an advertisement, say why and to whom",
        "Head of Workforce",
        "31 May",
        "late",
    )
    for rows in (3, 11, 40):
        path = render.write(
            [Slide("Plan", (), Grid(head, (row,) * rows, widths))], CONTEXT, "Plan", tmp_path / "p.pptx"
        )
        (slide,) = Presentation(str(path)).slides
        (frame,) = (shape for shape in slide.shapes if shape.has_table)
        foot = next(
            shape for shape in slide.shapes if shape.has_text_frame and "1 of 1" in shape.text_frame.text
        )
        shown = [cells.cells[0].text for cells in frame.table.rows][1:]
        assert frame.top + sum(one.height for one in frame.table.rows) <= foot.top
        left_out = rows - sum(text == row[0] for text in shown)
        assert shown[-1] == (f"and {left_out} more" if left_out else row[0])
        assert (left_out > 0) == (rows == 40)


def test_beside_a_chart_stand_the_words_of_what_it_shows() -> None:
    white = next(
        f
        for f in FIGURES
        if (f.indicator, f.measure, f.ethnic_group, f.reporting_year) == ("5", "percentage", "White", 2021)
    )
    shown = [
        dataclasses.replace(f, state="suppressed_at_source", value=None, shown="fewer than 11 answers", verdict="")
        if f.indicator == "5" and f is not white and f.reporting_year == 2021 else f
        for f in FIGURES
    ]  # fmt: skip
    safe = next(
        one
        for one in slides.deck(site_pages.publication(shown, CONTEXT), CONTEXT)
        if one.title == "Being safe"
    )
    assert any(point.endswith(f"White {white.shown}, BME too few to show") for point in safe.points), (
        safe.points
    )


def test_the_board_s_slide_names_both_places_of_the_one_group_where_the_difference_is_withheld(
    tmp_path: Path,
) -> None:
    hidden = [
        dataclasses.replace(f, value=None, state="withheld", shown="withheld")
        if (f.indicator, f.unit) == ("9", "percentage_points")
        else f
        for f in FIGURES
    ]
    slide = Presentation(str(slides.write(hidden, CONTEXT, tmp_path / "x.pptx"))).slides[5]
    words = "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    found = FigureSet(FIGURES, "XTR", 2021)
    staff, board = (
        found.get("9", "percentage", band=band, group="BME").shown for band in ("workforce", "board")
    )
    assert f"Board and workforce, BME people: workforce {staff}, board {board}" in words
    assert "White" not in words


def test_the_paper_has_words_own_headings_and_every_indicator(tmp_path: Path) -> None:
    paper = docx.Document(str(board_paper.write(FIGURES, CONTEXT, tmp_path / "paper.docx")))
    headings = [p.text for p in paper.paragraphs if p.style.name.startswith("Heading")]
    assert headings[:2] == ["What we found", "The nine at a glance"]
    assert sum(heading.startswith("Indicator ") for heading in headings) == 9
    assert len(paper.tables[0].rows) == 11


def test_the_paper_is_a4_and_its_tables_repeat_their_heading_split_no_row_and_fit_the_page(
    tmp_path: Path,
) -> None:
    paper = docx.Document(str(board_paper.write(FIGURES, CONTEXT, tmp_path / "paper.docx")))
    section = paper.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    room = 210 - section.left_margin.mm - section.right_margin.mm
    for table in paper.tables:
        assert sum(cell.width.mm for cell in table.rows[0].cells) <= room + 0.5
        assert table.rows[0]._tr.trPr.xpath("w:tblHeader")
        assert all(row._tr.trPr.xpath("w:cantSplit") for row in table.rows)
