"""Small clean tables of every kind, and ways to write them: what the fault corpus and the disguises start from."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table as OdfTable
from odf.table import TableCell, TableRow
from odf.text import P

LABELS = (
    "A White - British",
    "H Asian or Asian British - Indian",
    "Z Not Stated",
    "N Black or Black British - African",
)


@dataclass(frozen=True)
class Table:
    """kind, file stem, headings and rows of text; `dates`: columns that hold days, written dd-MON-yyyy."""

    kind: str
    stem: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    dates: tuple[int, ...] = field(default=())

    def column(self, heading: str) -> int:
        return self.headings.index(heading)

    def with_cell(self, row: int, column: int, text: str) -> Table:
        rows = [list(r) for r in self.rows]
        rows[row][column] = text
        return replace(self, rows=tuple(map(tuple, rows)))

    def plus(self, *rows: Sequence[str]) -> Table:
        return replace(self, rows=(*self.rows, *(tuple(r) for r in rows)))


def clean(kind: str, rows: int = 6) -> Table:
    """A clean table of `kind`, every row different, every id with a leading zero."""
    n = range(1, rows + 1)
    if kind == "esr_staff_list":
        return Table(
            kind,
            "esr_staff_list_2021-03-31",
            ("Employee Number", "Assignment Number", "Primary", "Ethnic Origin", "Staff Group", "Pay Scale", "First Name",
             "Last Name", "Date Of Birth", "Latest Start Date", "Termination Date"),
            tuple(
                (f"0100{i:04d}", f"0100{i:04d}-2", "Y", LABELS[i % 4], "Nursing and Midwifery Registered",
                 "NHS|XR05|Review Body Band 5", f"Zoë{i}", f"O’Neill–{i}", f"{10 + i}-JAN-1980", f"{10 + i}-APR-2015", "")
                for i in n
            ),
            (8, 9, 10),
        )  # fmt: skip
    if kind == "trac_applications":
        return Table(
            kind,
            "trac_applications_2021-03-31",
            ("Application ID", "Vacancy Reference", "First Name", "Last Name", "Date Of Birth", "Date Applied",
             "Current Stage", "Shortlisted", "Ethnic Origin"),
            tuple(
                (f"0{i:05d}", f"V{i % 3}", f"Zoë{i}", f"O’Neill–{i}", f"{10 + i}-FEB-1990", f"{10 + i}-MAY-2020",
                 "Interview", "Y" if i % 2 else "N", LABELS[i % 4])
                for i in n
            ),
            (4, 5),
        )  # fmt: skip
    if kind == "employee_relations":
        return Table(
            kind,
            "employee_relations_2021-03-31",
            (
                "Case Reference",
                "Employee Number",
                "Case Type",
                "Date Opened",
                "Formal Investigation Start",
                "Ethnic Origin",
            ),
            tuple(
                (
                    f"ER{i:03d}",
                    f"0100{i:04d}",
                    "Disciplinary",
                    f"{10 + i}-JUN-2020",
                    f"{12 + i}-JUN-2020",
                    LABELS[i % 4],
                )
                for i in n
            ),
            (3, 4),
        )
    if kind == "training":
        return Table(
            kind,
            "training_2021-03-31",
            ("Employee Number", "Course Name", "Mandatory", "Completion Date"),
            tuple((f"0100{i:04d}", f"Café course – {i}", "N", f"{10 + i}-JUL-2020") for i in n),
            (3,),
        )
    if kind == "appraisals":
        return Table(
            kind,
            "appraisals_2021-03-31",
            ("Employee Number", "Last Appraisal Date"),
            tuple((f"0100{i:04d}", f"{10 + i}-AUG-2020") for i in n),
            (1,),
        )
    if kind == "staff_survey":
        return Table(
            kind,
            "staff_survey_2020",
            ("Question", "Ethnic Group", "Percent", "Base", "Measure"),
            tuple(
                (f"Q13{'abc'[i % 3]}", ("White", "BME")[i // 3 % 2], f"{i}.5", f"{i}00", "experienced")
                for i in n
            ),
        )
    if kind == "staff_survey_respondents":
        return Table(
            kind,
            "staff_survey_2020",
            ("Respondent", "Ethnic Group", "Q13a", "Q13b", "Q13c", "Q14", "Q15b"),
            tuple((f"R{i:04d}", f"{1 + i % 18:02d}", "Never", "1-2", "Never", "Yes", "No") for i in n),
        )
    if kind == "board":
        return Table(
            kind,
            "board_2021-03-31",
            ("Member ID", "Role", "Voting", "Executive", "Start", "Ethnic Origin"),
            tuple((f"B0{i:02d}", "Director", "Y", "Y", f"{10 + i}-SEP-2018", LABELS[i % 4]) for i in n),
            (4,),
        )
    if kind == "provider_returns":
        return Table(
            kind,
            "provider_returns",
            ("Provider Code", "Year", "Indicator", "Ethnic Group", "Percent", "Source"),
            tuple((f"R{i:02d}", "2020", "5", "White", f"{20 + i}.1", "Return of 2020 – page 4") for i in n),
        )
    raise KeyError(kind)


KINDS = (
    "esr_staff_list", "trac_applications", "employee_relations", "training", "appraisals", "staff_survey",
    "staff_survey_respondents", "board", "provider_returns",
)  # fmt: skip


def as_text(table: Table, delimiter: str = ",", newline: str = "\n") -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=newline)
    writer.writerow(table.headings)
    writer.writerows(table.rows)
    return out.getvalue()


def write_csv(table: Table, folder: Path, *, delimiter: str = ",", encoding: str = "utf-8", newline: str = "\n",
              suffix: str = ".csv", text: str | None = None) -> Path:  # fmt: skip
    path = folder / f"{table.stem}{suffix}"
    body = as_text(table, delimiter, newline) if text is None else text
    path.write_bytes(body.encode(encoding))
    return path


def grid(table: Table) -> list[list[str]]:
    return [list(table.headings), *[list(row) for row in table.rows]]


def write_xlsx(table: Table, folder: Path, *, suffix: str = ".xlsx", cells: Sequence[Sequence[object]] | None = None,
               merge: Sequence[str] = (), more: dict[str, Sequence[Sequence[object]]] | None = None) -> Path:  # fmt: skip
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Extract"
    for row in cells if cells is not None else grid(table):
        sheet.append([None if c == "" else c for c in row])
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                cell.data_type = "s"
    for merged in merge:
        sheet.merge_cells(merged)
    for title, rows in (more or {}).items():
        extra = book.create_sheet(title)
        for row in rows:
            extra.append(list(row))
    path = folder / f"{table.stem}{suffix}"
    book.save(path)
    return path


def write_xls(table: Table, folder: Path) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Extract")
    for r, row in enumerate(grid(table)):
        for c, text in enumerate(row):
            sheet.write(r, c, text)
    path = folder / f"{table.stem}.xls"
    book.save(str(path))
    return path


def write_ods(table: Table, folder: Path) -> Path:
    document = OpenDocumentSpreadsheet()
    sheet = OdfTable(name="Extract")
    for row in grid(table):
        line = TableRow()
        for text in row:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=text))
            line.addElement(cell)
        sheet.addElement(line)
    document.spreadsheet.addElement(sheet)
    path = folder / f"{table.stem}.ods"
    document.save(str(path))
    return path


def as_html(table: Table) -> str:
    def line(cells: Sequence[str], tag: str) -> str:
        inside = "".join(f"<{tag}>{c.replace('&', '&amp;').replace('<', '&lt;')}</{tag}>" for c in cells)
        return f"<tr>{inside}</tr>"

    body = "\n".join(line(row, "td") for row in table.rows)
    return f"<html><head><title>Report</title></head><body><table>{line(table.headings, 'th')}\n{body}</table></body></html>"


def as_spreadsheet_xml(table: Table) -> str:
    def cell(text: str) -> str:
        safe = text.replace("&", "&amp;").replace("<", "&lt;")
        return f'<Cell><Data ss:Type="String">{safe}</Data></Cell>'

    rows = "".join(f"<Row>{''.join(map(cell, row))}</Row>" for row in grid(table))
    name = "urn:schemas-microsoft-com:office:spreadsheet"
    return f'<?xml version="1.0"?><Workbook xmlns="{name}" xmlns:ss="{name}"><Worksheet ss:Name="A"><Table>{rows}</Table></Worksheet></Workbook>'
