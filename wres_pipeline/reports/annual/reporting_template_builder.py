"""Builds the Word template of the annual reporting template; run it after changing it: `python -m
…word_template`.

The headings and questions are those of the annual reporting template [seen in two CCG reports], in its
order. The file it writes is committed, and a test says when the two differ.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document

PLACE = Path(__file__).parents[1] / "templates" / "annual" / "reporting-template.docx"

ABOUT: tuple[tuple[str, str], ...] = (
    ("Name of organisation", "organisation"),
    ("Date of report", "date"),
    ("Name and title of board lead for the Workforce Race Equality Standard", "board_lead"),
    ("Name and contact details of the author", "author"),
    ("Names of commissioners this report has been sent to", "commissioners"),
    ("Where this report and its action plan are published", "published_at"),
    ("This report has been signed off by, on behalf of the board, on", "signed_off"),
)
"""Question and field of the first table, in the template's order."""

QUESTIONS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Background narrative",
        (
            ("Any issues of completeness of data", "completeness"),
            ("Any matters relating to reliability of comparisons with previous years", "comparability"),
        ),
    ),
    (
        "Total numbers of staff",
        (
            ("Employed within this organisation at the date of the report", "total_staff"),
            ("Proportion of BME staff employed", "proportion_bme"),
        ),
    ),
    (
        "Self-reporting",
        (
            ("The proportion of total staff who have self-reported their ethnicity", "self_reported"),
            ("Steps taken in the last reporting period to improve self-reporting", "steps_taken"),
            ("Steps planned during the current reporting period to improve it", "steps_planned"),
        ),
    ),
    ("Workforce data", (("What period does the organisation’s workforce data refer to?", "period"),)),
)
"""Heading, and question and field of each of its paragraphs."""


def build(path: Path = PLACE) -> Path:
    """Write the template to `path` and give it. The fields are docxtpl's; their values come from `fields`."""
    import docx

    document = docx.Document()
    set_page(document)
    set_language(document)
    document.add_heading("Workforce Race Equality Standard reporting template {{ year }}", 0)
    document.add_paragraph("{%p for words in markings %}")
    document.add_paragraph("{{ words }}", style="Intense Quote")
    document.add_paragraph("{%p endfor %}")
    document.add_heading("About this report", 1)
    two_columns(document, ABOUT)
    for heading, questions in QUESTIONS:
        document.add_heading(heading, 1)
        for question, name in questions:
            document.add_heading(question, 2)
            document.add_paragraph("{{ " + name + " }}")
    document.add_heading("Workforce Race Equality indicators", 1)
    document.add_paragraph(
        "Where there is no number, the cell says why in words: not collected, not calculable, not required, "
        "suppressed at source or withheld."
    )
    document.add_paragraph("{%p for one in indicators %}")
    document.add_heading("{{ one.heading }}", 2)
    document.add_paragraph("{{ one.wording }}")
    _years(document)
    document.add_heading("Narrative: the implications of the data and any additional background", 3)
    document.add_paragraph("{%p for words in one.narrative %}")
    document.add_paragraph("{{ words }}")
    document.add_paragraph("{%p endfor %}")
    document.add_heading("Action taken", 3)
    document.add_paragraph("{{ one.action_taken }}")
    document.add_heading("Action planned", 3)
    document.add_paragraph("{%p for words in one.action_planned %}")
    document.add_paragraph("{{ words }}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endfor %}")
    document.add_heading("Any other factors or data which should be taken into consideration", 1)
    document.add_paragraph("{{ other_factors }}")
    document.add_heading("Action plan", 1)
    document.add_paragraph("{{ action_plan }}")
    document.add_heading("Method", 1)
    document.add_paragraph("{%p for words in method %}")
    document.add_paragraph("{{ words }}", style="List Bullet")
    document.add_paragraph("{%p endfor %}")
    path.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(path))
    return path


def set_page(document: Document) -> None:
    """A4, Arial, and headings dark enough to read (contrast of at least 7 to 1)."""
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2.0)
    sizes = {
        "Normal": 12,
        "Title": 24,
        "Heading 1": 18,
        "Heading 2": 14,
        "Heading 3": 12,
        "Intense Quote": 12,
    }
    for name, size in sizes.items():
        style = document.styles[name]
        style.font.name = "Arial"
        style.font.size = Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
        if name != "Normal":
            style.font.color.rgb = RGBColor(0x00, 0x30, 0x87)


def set_widths(table: Any, widths: tuple[float, ...]) -> None:
    """Fix the widths of a table's columns, in centimetres."""
    from docx.shared import Cm

    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)


def two_columns(document: Document, rows: tuple[tuple[str, str], ...]) -> None:
    """A table of questions and the fields that answer them."""
    table = document.add_table(rows=1, cols=2, style="Table Grid")
    header_row(table, ("Question", "Answer"))
    for question, name in rows:
        cells = table.add_row().cells
        cells[0].text = question
        cells[1].text = "{{ " + name + " }}"
    set_widths(table, (7.0, 9.6))


def _years(document: Document) -> None:
    table = document.add_table(rows=1, cols=3, style="Table Grid")
    header_row(table, ("Figure", "{{ year }}", "{{ year_before }}"))
    for texts in (
        ("{%tr for row in one.rows %}", "", ""),
        ("{{ row[0] }}", "{{ row[1] }}", "{{ row[2] }}"),
        ("{%tr endfor %}", "", ""),
    ):
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    set_widths(table, (10.0, 3.3, 3.3))


def header_row(table: Any, texts: tuple[str, ...]) -> None:
    """Mark the first row as a heading that a screen reader announces and every page repeats."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    row = table.rows[0]
    marked = OxmlElement("w:tblHeader")
    marked.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(marked)
    for cell, text in zip(row.cells, texts, strict=True):
        cell.text = ""
        cell.paragraphs[0].add_run(text).bold = True


def set_language(document: Document) -> None:
    """British English, for spelling and for screen readers."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    language = OxmlElement("w:lang")
    for name in ("w:val", "w:eastAsia", "w:bidi"):
        language.set(qn(name), "en-GB")
    properties = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(language)


if __name__ == "__main__":
    build()
