"""The board's paper as a Word file: findings, the nine at a glance, what is being done, how far it can be trusted.

The text is that of the pages of the same edition, ready to be edited: Word's own heading and table styles, nothing else.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Any

from wres_pipeline.indicators.figure import Figure
from wres_pipeline.render.archive import same_bytes
from wres_pipeline.render.page import day, write_whole
from wres_pipeline.render.text import printable, property_text, true_minus
from wres_pipeline.reports.context import ReturnContext
from wres_pipeline.reports.site import site_pages
from wres_pipeline.reports.site.glance import glance
from wres_pipeline.reports.site.key_findings import key_findings

NAME = "board-paper.docx"
_HEAD = ("Indicator", "White", "BME", "Ratio or difference", "Last year", "England", "Verdict")
_WIDTHS = (40, 23, 23, 24, 22, 18, 20)
"""Of the columns of the nine at a glance, in mm."""


def write(figures: Iterable[Figure], context: ReturnContext, path: Path) -> Path:
    """Write the paper of one edition to `path`, replaced whole. Raises notes.NotesError for unusable notes."""
    import docx

    made = site_pages.publication(figures, context)
    paper = docx.Document()
    _on_a4(paper)
    title = f"Workforce race equality {context.reporting_year}"
    paper.add_heading(title, 0)
    paper.add_paragraph(f"{context.organisation_name}, {day(context.dated)}.")
    for words in filter(None, (*context.markings, context.projected)):
        paper.add_paragraph(words, style="Intense Quote")
    paper.add_heading("What we found", 1)
    for finding in key_findings(made.figures):
        paper.add_paragraph(_set(finding.words), style="List Bullet")
    paper.add_heading("The nine at a glance", 1)
    rows = glance(made.figures, {one.number: one.page for one in made.views})
    _table(
        paper,
        _HEAD,
        _WIDTHS,
        [(f"{r.number} {r.title}" if r.number.isdigit() else r.title, r.white, r.bme, r.headline, r.before,
          r.england, r.verdict) for r in rows],
    )  # fmt: skip
    for one in made.views:
        paper.add_heading(f"{one.name}: {one.title}" if one.number.isdigit() else one.title, 2)
        for words in one.words:
            paper.add_paragraph(_set(words))
        for words in one.changes:
            paper.add_paragraph(_set(words))
    paper.add_heading("What we are doing", 1)
    if context.actions:
        _table(
            paper,
            ("Action", "Owner", "Due", "Progress"),
            (62, 36, 30, 42),
            [
                (a.title, a.owner or "not set", a.due or "not set", a.progress or "no update")
                for a in context.actions
            ],
        )
    else:
        paper.add_paragraph("No action plan has been supplied with this return.")
    paper.add_heading("How far it can be trusted", 1)
    for words in made.data_quality:
        paper.add_paragraph(words)
    about = paper.core_properties
    about.title, about.author = property_text(title), property_text(context.organisation_name)
    about.last_modified_by, about.language, about.revision = context.organisation_name, "en-GB", 1
    about.comments = property_text(" ".join(context.markings))
    about.created = about.modified = datetime.combine(context.dated, time())
    out = io.BytesIO()
    paper.save(out)
    return write_whole(path, same_bytes(out.getvalue(), context.dated))


def _set(words: str) -> str:
    """Words as the paper prints them: nothing Word cannot hold, true minus signs."""
    return true_minus(printable(words))


def _on_a4(paper: Any) -> None:
    """A4 with margins of 20 mm, in a face without serifs."""
    from docx.shared import Mm, Pt

    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(20)
    paper.styles["Normal"].font.name, paper.styles["Normal"].font.size = "Arial", Pt(11)


def _table(paper: Any, head: Sequence[str], widths: Sequence[int], rows: Sequence[Sequence[str]]) -> None:
    """A table with columns of these widths (mm) whose heading is repeated on each page and whose rows are never split."""
    from docx.oxml import OxmlElement
    from docx.shared import Mm, Pt

    table = paper.add_table(rows=1, cols=len(head), style="Light Grid Accent 1")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for texts in (head, *rows):
        row = table.rows[0] if texts is head else table.add_row()
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.text, cell.width = _set(text), Mm(width)
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(9.5)
        marks = row._tr.get_or_add_trPr()
        marks.append(OxmlElement("w:cantSplit"))
        if texts is head:
            marks.append(OxmlElement("w:tblHeader"))
