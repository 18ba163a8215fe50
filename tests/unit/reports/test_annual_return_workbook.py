"""The annual return's workbook, read back with openpyxl."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import openpyxl
import pytest

from tests import pinned
from tests.unit.reports.invented_return import CODE, invented_context, invented_figures, without
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference.submission import items
from wres_pipeline.reports.annual import return_workbook
from wres_pipeline.reports.figure_set import FigureSet


def number_in(shown: str) -> float | None:
    """The number of '1,234', '13.3%' or '1.50'; None for words or a range."""
    text = shown.removesuffix("percentage points").strip().removesuffix("%").replace(",", "")
    try:
        return float(text)
    except ValueError:
        return None


@pytest.fixture(scope="module")
def figures() -> list[Figure]:
    return invented_figures()


@pytest.fixture(scope="module")
def workbook(figures: list[Figure], tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    path = tmp_path_factory.mktemp("return") / "annual-return.xlsx"
    return_workbook.write_workbook(figures, invented_context(), path)
    return openpyxl.load_workbook(path)


def _table(book: openpyxl.Workbook, tab: str) -> list[dict[str, object]]:
    page = book[tab]
    (table,) = page.tables.values()
    rows = [[cell.value for cell in row] for row in page[table.ref]]
    heads = [str(name).split("\n")[0] for name in rows[0]]
    return [dict(zip(heads, row, strict=True)) for row in rows[1:]]


def test_items_1_to_63_stand_in_the_submissions_order(workbook: openpyxl.Workbook) -> None:
    rows = _table(workbook, "Submission")
    assert [row["Item"] for row in rows] == list(range(1, 64))
    assert rows[0]["What is asked for"] == "Under Band 1"
    assert rows[11]["What is asked for"] == "Band 8d"
    assert rows[29]["What is asked for"] == "of which Senior medical manager"
    assert rows[62]["What is asked for"] == "Difference (total board − overall workforce)"


def test_every_cell_prints_the_figure_it_names(workbook: openpyxl.Workbook, figures: list[Figure]) -> None:
    found = FigureSet(figures, CODE, 2021)
    for item, row in zip(items(), _table(workbook, "Submission"), strict=True):
        for year in (2020, 2021):
            for group in ("White", "BME", "Unknown"):
                kind = item.cell(group)
                printed = row[f"{group} {year}"]
                if not kind:
                    assert printed == "not applicable"
                    continue
                figure = found.get(
                    item.indicator,
                    item.measure,
                    cluster=item.cluster,
                    band=item.band,
                    group=group if kind == "group" else "",
                    year=year,
                )
                number = number_in(figure.shown)
                assert printed == (figure.shown if number is None else number), (item.item, group, year)


def test_numbers_are_numbers_and_states_are_words(figures: list[Figure], tmp_path: Path) -> None:
    gone = without(figures, {"4"})
    path = return_workbook.write_workbook(gone, invented_context(), tmp_path / "r.xlsx")
    rows = {row["Item"]: row for row in _table(openpyxl.load_workbook(path), "Submission")}
    assert isinstance(rows[38]["White 2021"], int)
    assert isinstance(rows[40]["White 2021"], float)
    assert rows[45]["White 2021"] == "not collected"


def test_a_year_before_that_is_not_there_is_not_collected(figures: list[Figure], tmp_path: Path) -> None:
    only = [f for f in figures if f.reporting_year == 2021]
    path = return_workbook.write_workbook(only, invented_context(), tmp_path / "r.xlsx")
    row = _table(openpyxl.load_workbook(path), "Submission")[0]
    assert row["White 2020"] == "not collected"


def test_the_same_figures_give_the_same_bytes(figures: list[Figure], tmp_path: Path) -> None:
    first = return_workbook.write_workbook(figures, invented_context(), tmp_path / "a.xlsx").read_bytes()
    second = return_workbook.write_workbook(figures, invented_context(), tmp_path / "b.xlsx").read_bytes()
    assert hashlib.sha256(first).digest() == hashlib.sha256(second).digest()


def test_an_incomplete_return_says_so_on_its_cover(figures: list[Figure], tmp_path: Path) -> None:
    context = invented_context(complete=False, missing_kinds=("training records",))
    path = return_workbook.write_workbook(figures, context, tmp_path / "r.xlsx")
    words = [str(row[0].value) for row in openpyxl.load_workbook(path)["Cover"].iter_rows()]
    assert "Incomplete return. These were not supplied: training records." in words


def test_the_cover_says_that_the_people_are_invented(workbook: openpyxl.Workbook) -> None:
    words = " ".join(str(row[0].value) for row in workbook["Cover"].iter_rows())
    assert "The people in this report are invented." in words


def test_text_that_looks_like_a_formula_or_a_link_stays_text(figures: list[Figure], tmp_path: Path) -> None:
    context = invented_context(
        organisation_name='=HYPERLINK("http://example.org")', method_notes=("[a](http://b)", "$$x$$", "--")
    )
    path = return_workbook.write_workbook(figures, context, tmp_path / "r.xlsx")
    book = openpyxl.load_workbook(path)
    for page in book:
        for row in page.iter_rows():
            for cell in row:
                assert cell.data_type != "f", f"{page.title} {cell.coordinate} is a formula"
                if cell.hyperlink is not None:
                    assert cell.hyperlink.target is None, "only links inside the workbook"


def test_the_public_edition_has_no_list_of_extracts_or_of_withheld_figures(
    figures: list[Figure], tmp_path: Path
) -> None:
    path = return_workbook.write_workbook(figures, invented_context("public"), tmp_path / "r.xlsx")
    assert not {"Extracts", "Withheld"} & set(openpyxl.load_workbook(path).sheetnames)


class TestTheAnalysisFunctionChecklist:
    """Making spreadsheets accessible: a brief checklist of the basics (Government Analysis Function)."""

    def test_every_worksheet_but_the_cover_holds_exactly_one_marked_up_table(
        self, workbook: openpyxl.Workbook
    ) -> None:
        assert {page.title: len(page.tables) for page in workbook if page.title != "Cover"} == {
            page.title: 1 for page in workbook if page.title != "Cover"
        }

    def test_tables_have_meaningful_unique_names(self, workbook: openpyxl.Workbook) -> None:
        names = [name for page in workbook for name in page.tables]
        assert len(names) == len(set(names))
        assert not [name for name in names if name.lower().startswith("table1")]

    def test_worksheets_have_unique_names_and_a_title_in_the_first_cell(
        self, workbook: openpyxl.Workbook
    ) -> None:
        assert len(set(workbook.sheetnames)) == len(workbook.sheetnames)
        assert workbook.sheetnames[:3] == ["Cover", "Contents", "Notes"]
        for page in workbook:
            assert page["A1"].value

    def test_no_merged_hidden_or_empty_cells_in_a_table(self, workbook: openpyxl.Workbook) -> None:
        for page in workbook:
            assert not page.merged_cells.ranges
            assert page.sheet_state == "visible"
            assert not [n for n, d in page.row_dimensions.items() if d.hidden]
            assert not [n for n, d in page.column_dimensions.items() if d.hidden]
            for table in page.tables.values():
                for row in page[table.ref]:
                    for cell in row:
                        assert cell.value not in (None, ""), f"{page.title} {cell.coordinate} is empty"

    def test_column_headings_are_unique_text_and_say_what_the_column_holds(
        self, workbook: openpyxl.Workbook
    ) -> None:
        for page in workbook:
            for table in page.tables.values():
                heads = [cell.value for cell in page[table.ref][0]]
                assert all(isinstance(name, str) and name.strip() for name in heads)
                assert len(set(heads)) == len(heads)

    def test_every_table_sheet_says_how_many_tables_it_holds(self, workbook: openpyxl.Workbook) -> None:
        for page in workbook:
            if page.title != "Cover":
                assert "one table" in str(page["A2"].value), page.title

    def test_the_contents_link_to_every_other_worksheet(self, workbook: openpyxl.Workbook) -> None:
        linked = {
            str(cell.hyperlink.location).split("!")[0].strip("'")
            for row in workbook["Contents"].iter_rows()
            for cell in row
            if cell.hyperlink
        }
        assert linked >= set(workbook.sheetnames) - {"Cover", "Contents", "Notes"}

    def test_text_is_at_least_12_point_in_a_plain_face_without_colour_for_meaning(
        self, workbook: openpyxl.Workbook
    ) -> None:
        for page in workbook:
            for row in page.iter_rows():
                for cell in row:
                    if cell.value is not None:
                        assert cell.font.sz >= 12, f"{page.title} {cell.coordinate}"
                        assert cell.font.name == "Arial"
                        assert cell.fill.fill_type is None

    def test_notes_that_are_referred_to_are_on_the_notes_sheet(self, workbook: openpyxl.Workbook) -> None:
        numbers = {row["Note number"] for row in _table(workbook, "Notes")}
        import re

        for page in workbook:
            for row in page.iter_rows():
                for cell in row:
                    for number in re.findall(r"\[note (\d+)\]", str(cell.value)):
                        assert int(number) in numbers

    def test_the_document_has_a_title_and_its_organisation(self, workbook: openpyxl.Workbook) -> None:
        assert workbook.properties.title.startswith("Workforce Race Equality Standard 2021")
        assert workbook.properties.creator


def test_the_submissions_reference_file_is_pinned() -> None:
    from wres_pipeline.reference import tables

    assert pinned.differences("submission_items") == ""
    with (tables.FOLDER / "lists" / "submission_items.csv").open(encoding="utf-8") as text:
        assert {row["evidence"] for row in csv.DictReader(text)} == {"recalled"}


def test_the_unit_of_every_item_is_a_word(workbook: openpyxl.Workbook) -> None:
    units = {row["Unit"] for row in _table(workbook, "Submission")}
    assert units == {"people", "percent", "ratio", "percentage points"}
