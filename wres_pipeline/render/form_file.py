"""A form to fill in, as a Word file or a workbook: plain tables, which every word processor leaves as they are.

Content controls were tried on paper and not used: LibreOffice and Google Docs drop or flatten them, copying a row copies
their marks, and nobody sees where one begins.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from wres_pipeline import whole_file
from wres_pipeline.render.archive import same_bytes
from wres_pipeline.render.text import printable, property_text

_LABELS = "E8EDEE"


@dataclass(frozen=True, slots=True)
class FormTable:
    """One table. head: its headings, () for one of two columns whose first holds the labels. widths: of its columns, in mm."""

    title: str
    guidance: Sequence[str]
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]


def write(path: Path, title: str, about: Sequence[str], tables: Sequence[FormTable], dated: date) -> Path:
    """Write the form to `path`, a .docx or .xlsx file, and give the path. Same content and day, same bytes."""
    make = _docx if path.suffix == ".docx" else _xlsx
    return whole_file.write(path, same_bytes(make(title, about, tables, dated), dated))


def _docx(title: str, about: Sequence[str], tables: Sequence[FormTable], dated: date) -> bytes:
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm, Pt

    paper = docx.Document()
    section = paper.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(15)
    paper.styles["Normal"].font.name, paper.styles["Normal"].font.size = "Arial", Pt(11)
    paper.add_heading(printable(title), 1)
    for words in about:
        paper.add_paragraph(printable(words))
    for number, one in enumerate(tables):
        if (
            number == 0
        ):  # all guidance before the first table: words after it are the author's, and are asked about
            for each in tables:
                for words in each.guidance:
                    paper.add_paragraph(printable(words), style="List Bullet")
        paper.add_heading(printable(one.title), 2)
        _word_table(paper, one)
    core = paper.core_properties
    core.title, core.author, core.language, core.revision = property_text(title), "", "en-GB", 1
    core.last_modified_by, core.comments = "", ""
    core.created = core.modified = datetime.combine(dated, time())
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _word_table(paper: Any, one: FormTable) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Mm, Pt

    rows = [*([one.head] if one.head else []), *one.rows]
    table = paper.add_table(rows=len(rows), cols=len(one.widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, one.widths, strict=True):
        column.width = Mm(width)
    for number, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        heading = bool(one.head) and number == 0
        for place, (cell, text, width) in enumerate(zip(row.cells, texts, one.widths, strict=True)):
            cell.width = Mm(width)
            first, *more = printable(text).split("\n\n")
            cell.paragraphs[0].text = first
            for words in more:
                cell.add_paragraph(words)
            label = heading or (not one.head and place == 0)
            for paragraph in cell.paragraphs:
                for run in paragraph.runs:
                    run.font.size, run.font.bold = Pt(10), label
            if label:
                shade = OxmlElement("w:shd")
                shade.set(_w("val"), "clear")
                shade.set(_w("fill"), _LABELS)
                cell._tc.get_or_add_tcPr().append(shade)
        if heading:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _w(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))


def _xlsx(title: str, about: Sequence[str], tables: Sequence[FormTable], dated: date) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"title": property_text(title), "created": datetime.combine(dated, time())})
    label = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bg_color": f"#{_LABELS}", "border": 1}
    )
    plain = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@", "border": 1})
    for one in tables:
        sheet = book.add_worksheet(one.title[:31])
        for column, width in enumerate(one.widths):
            sheet.set_column(column, column, max(10, width // 2), plain)
        rows = [*([one.head] if one.head else []), *one.rows]
        for number, texts in enumerate(rows):
            for column, text in enumerate(texts):
                is_label = (bool(one.head) and number == 0) or (not one.head and column == 0)
                sheet.write_string(number, column, printable(text), label if is_label else plain)
        if one.head:
            sheet.freeze_panes(1, 0)
        if said := " ".join((*about, *one.guidance)):
            sheet.insert_textbox(0, len(one.widths) + 1, printable(said), {"width": 420, "height": 300})
    book.close()
    return out.getvalue()
