"""What a workbook knows of its cells beside their values: percent formats, errors, formulas never worked out, hidden and
merged rows; in xlsx, xls, xlsb and ods."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import duckdb
import openpyxl
import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P
from openpyxl.styles import Font

from tests.integration.extracts import binary_workbook
from wres_pipeline.extracts.intake import landing
from wres_pipeline.extracts.intake.deliveries import Delivery
from wres_pipeline.extracts.outcomes import checking
from wres_pipeline.reference.local import LocalMappings

HEADINGS = ("Question", "Ethnic Group", "Percent", "Base", "Measure")
ROWS = (("Q13a", "White staff", 0.152, 210, "experienced"), ("Q13a", "BME", 0.241, 41, "experienced"))
LAST = ("Q15b", "BME", "yes")


def xlsx(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEADINGS, *ROWS):
        sheet.append(row)
    for n in (2, 3):
        sheet.cell(n, 3).number_format = "0.0%"
    sheet.row_dimensions[3].hidden = True
    sheet.append((*LAST[:2], None, 40, LAST[2]))
    cell = sheet.cell(4, 3)
    cell.value, cell.data_type = "#REF!", "e"
    return _saved(book.save, path.with_suffix(".xlsx"))


def xls(path: Path) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    percent = xlwt.easyxf(num_format_str="0.0%")
    for n, row in enumerate((HEADINGS, *ROWS)):
        for at, value in enumerate(row):
            sheet.write(n, at, value, percent if n and at == 2 else xlwt.Style.default_style)
    for at, value in ((0, LAST[0]), (1, LAST[1]), (3, 40), (4, LAST[2])):
        sheet.write(3, at, value)
    sheet.row(3).set_cell_error(2, "#REF!")
    sheet.row(2).hidden = True
    return _saved(lambda place: book.save(str(place)), path.with_suffix(".xls"))


def ods(path: Path) -> Path:
    book = OpenDocumentSpreadsheet()
    table = Table(name="S")

    def add(cells: list[TableCell], **given: str) -> None:
        row = TableRow(**given)
        for one in cells:
            row.addElement(one)
        table.addElement(row)

    def cell(value: object, kind: str = "string", **given: object) -> TableCell:
        made = TableCell(valuetype=kind, **({} if kind == "string" else {"value": value}), **given)
        made.addElement(P(text=str(given.pop("said", value))))
        return made

    add([cell(text) for text in HEADINGS])
    for n, (question, group, percent, base, measure) in enumerate(ROWS):
        hidden = {"visibility": "filter"} if n else {}
        add(
            [cell(question), cell(group), cell(percent, "percentage"), cell(base, "float"), cell(measure)],
            **hidden,
        )
    wrong = TableCell(valuetype="float", value=0, formula="of:=#REF!")
    wrong.addElement(P(text="#REF!"))
    add([cell(LAST[0]), cell(LAST[1]), wrong, cell(40, "float"), cell(LAST[2])])
    book.spreadsheet.addElement(table)
    return _saved(lambda place: book.save(str(place)), path.with_suffix(".ods"))


def xlsb(path: Path) -> Path:
    rows = (HEADINGS, *ROWS, (*LAST[:2], "#REF!", 40, LAST[2]))
    return binary_workbook.write(path.with_suffix(".xlsb"), rows, percents={2}, hidden={2})


def _saved(save: Callable[[Path], object], path: Path) -> Path:
    save(path)
    return path


def landed(path: Path, column: str) -> tuple[list[str | None], Delivery]:
    with duckdb.connect() as con:
        found = landing.land_file(con, path, "X01", now=datetime(2026, 11, 27), mappings=LocalMappings())
        rows = con.execute(f"SELECT {column} FROM raw_{found.kind} ORDER BY row_number").fetchall()  # noqa: S608
    return [row[0] for row in rows], found


@pytest.mark.parametrize("write", [xlsx, xls, xlsb, ods])
def test_percentages_are_read_as_shown_errors_are_themselves_and_hidden_rows_are_told(
    tmp_path: Path, write: Callable[[Path], Path]
) -> None:
    texts, found = landed(write(tmp_path / "staff_survey_2020"), "percent")
    assert texts == ["15.2%", "24.1%", "#REF!"]
    assert found.reading["hidden_rows"] == 1


def test_a_formula_never_worked_out_is_an_error_and_a_merged_cell_counts_in_every_row(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(("Employee Number", "Course Name", "Mandatory", "Completion Date"))
    for number, course in (("0100001", "Leadership"), (None, "Coaching"), ("0100002", "Leadership")):
        sheet.append((number, course, "N", "01-JUN-2020"))
    sheet.merge_cells("A2:A3")
    sheet["D4"] = "=TODAY()"
    book.save(tmp_path / "training_2021-03-31.xlsx")
    numbers, found = landed(tmp_path / "training_2021-03-31.xlsx", "employee_number")
    assert numbers == ["0100001", "0100001", "0100002"]
    assert found.reading["merged_cells"] == {"employee_number": 1}
    days, _ = landed(tmp_path / "training_2021-03-31.xlsx", "completed")
    assert days == ["01-JUN-2020", "01-JUN-2020", "#NOT CALCULATED!"]


TRAINING = (
    ("Employee Number", "Course Name", "Mandatory", "Completion Date"),
    ("0100001", "Leadership", "N", "01-JUN-2020"),
    ("", "Coaching", "N", "01-JUN-2020"),
    ("0100002", "Leadership", "N", "01-JUN-2020"),
)


def merged_xlsb(path: Path) -> Path:
    return binary_workbook.write(path.with_suffix(".xlsb"), TRAINING, merged=[(1, 2, 0)])


def merged_ods(path: Path) -> Path:
    book = OpenDocumentSpreadsheet()
    table = Table(name="S")
    for n, cells in enumerate(TRAINING):
        row = TableRow()
        for at, words in enumerate(cells):
            if (n, at) == (2, 0):
                row.addElement(CoveredTableCell())
                continue
            one = TableCell(valuetype="string", **({"numberrowsspanned": 2} if (n, at) == (1, 0) else {}))
            one.addElement(P(text=words))
            row.addElement(one)
        table.addElement(row)
    book.spreadsheet.addElement(table)
    return _saved(lambda place: book.save(str(place)), path.with_suffix(".ods"))


@pytest.mark.parametrize("write", [merged_xlsb, merged_ods])
def test_a_merged_number_counts_in_every_row_of_an_xlsb_and_an_ods_too(
    tmp_path: Path, write: Callable[[Path], Path]
) -> None:
    numbers, found = landed(write(tmp_path / "training_2021-03-31"), "employee_number")
    assert numbers == ["0100001", "0100001", "0100002"]
    assert found.reading["merged_cells"] == {"employee_number": 1}


def test_a_hidden_sheet_is_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADINGS)
    sheet.append(("Q13a", "White staff", 15.2, 210, "experienced"))
    sheet.title, sheet.sheet_state = "Old", "hidden"
    book.create_sheet("Notes").append(("nothing here",))
    book.active = 1
    book.save(tmp_path / "staff_survey_2020.xlsx")
    _, found = landed(tmp_path / "staff_survey_2020.xlsx", "percent")
    assert found.reading["hidden_sheet"] == "Old"


def struck_xlsx(place: Path) -> Path:
    book = openpyxl.Workbook()
    for row in (HEADINGS, *ROWS):
        book.active.append(row)
    for cell in book.active[3]:
        cell.font = Font(strike=True)
    book.active.cell(2, 1).font = Font(strike=True)  # one cell of a row is no row
    return _saved(book.save, place / "staff_survey_2020.xlsx")


def struck_xls(place: Path) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    struck = xlwt.easyxf("font: struck_out on")
    for n, row in enumerate((HEADINGS, *ROWS)):
        for at, value in enumerate(row):
            sheet.write(n, at, value, struck if n == 2 or (n, at) == (1, 0) else xlwt.Style.default_style)
    return _saved(lambda path: book.save(str(path)), place / "staff_survey_2020.xls")


@pytest.mark.parametrize("write", [struck_xlsx, struck_xls])
def test_a_row_struck_through_is_told_until_it_is_gone(tmp_path: Path, write: Callable[[Path], Path]) -> None:
    path = write(tmp_path)
    told = {one.code: one.rows for one in checking.check_file(path, LocalMappings()).findings}
    assert told["struck_through"] == 1
    path.unlink()
    assert "struck_through" not in {
        one.code
        for one in checking.check_file(xlsx(tmp_path / "staff_survey_2020"), LocalMappings()).findings
    }


def test_a_sheet_that_goes_on_without_headings_is_told_and_one_of_another_width_is_not(
    tmp_path: Path,
) -> None:
    book = openpyxl.Workbook()
    for row in (HEADINGS, ROWS[0]):
        book.active.append(row)
    more, notes = book.create_sheet("Page 2"), book.create_sheet("Notes")
    for n in range(3):
        more.append((*ROWS[1][:2], 0.2 + n / 100, *ROWS[1][3:]))
        notes.append(("Made by", "workforce information"))
    path = _saved(book.save, tmp_path / "staff_survey_2020.xlsx")
    told = {one.code: one.rows for one in checking.check_file(path, LocalMappings()).findings}
    assert told["sheet_as_wide"] == 3
    book.remove(more)
    path = _saved(book.save, path)
    assert "sheet_as_wide" not in {one.code for one in checking.check_file(path, LocalMappings()).findings}
