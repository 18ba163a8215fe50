"""Builds the Word template of the provider review; run it after changing it: `python -m
…provider_review_template`.

A short pro forma [ours, after the annual reporting template's manner]: what was published, what
stands out, what to ask, what cannot be told, what was said before, and space for this year's
comments. The file it writes is committed, and a test says when the two differ.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from wres_pipeline.reports.annual.reporting_template_builder import (
    header_row,
    set_language,
    set_page,
    set_widths,
    two_columns,
)

if TYPE_CHECKING:
    from docx.document import Document

PLACE = Path(__file__).parents[1] / "templates" / "commissioner" / "provider-review.docx"

ABOUT: tuple[tuple[str, str], ...] = (
    ("Provider", "provider"),
    ("Reporting year", "year"),
    ("Reviewed by", "reviewer"),
    ("Date of the review", "date"),
    ("The provider's return", "status"),
    ("Sources", "sources"),
)
LINES = ("Indicator", "White", "BME", "All, or ratio", "Gap", "Verdict on the gap", "Since the year before")
LINE_WIDTHS = (3.9, 1.6, 1.6, 1.7, 1.8, 2.5, 3.5)
PEERS = ("Question, all staff", "Here", "Peers", "Verdict")
PEER_WIDTHS = (5.2, 1.8, 5.6, 4.0)
SPACES = ("Good practice to share", "Comments to the provider", "Agreed with the provider, with dates")


def build(path: Path = PLACE) -> Path:
    """Write the template to `path` and give it. The fields are docxtpl's; values come from
    `provider_review.fields`.
    """
    import docx

    document = docx.Document()
    set_page(document)
    set_language(document)
    document.add_heading("Review of {{ provider }}: Workforce Race Equality Standard {{ year }}", 0)
    _each(document, "markings", "Intense Quote")
    document.add_heading("About this review", 1)
    two_columns(document, ABOUT)
    for heading, field in (("What stands out", "stands_out"), ("What to ask", "questions")):
        document.add_heading(heading, 1)
        _each(document, field, "List Bullet")
    document.add_heading("What was published", 1)
    _table(document, LINES, "lines", LINE_WIDTHS)
    document.add_paragraph("{{ joint }}")
    document.add_heading("Among its peers", 1)
    document.add_paragraph("{{ peers_words }}")
    _table(document, PEERS, "peers", PEER_WIDTHS)
    document.add_heading("What cannot be told", 1)
    _each(document, "cannot_be_told", "List Bullet")
    document.add_heading("Comments sent and replies received", 1)
    document.add_paragraph("{%p for one in comments %}")
    document.add_heading("{{ one.heading }}", 2)
    document.add_paragraph("{{ one.text }}")
    document.add_paragraph("{{ one.reply }}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{{ no_comments }}")
    document.add_heading("For the reviewer to fill in", 1)
    for heading in SPACES:
        document.add_heading(heading, 2)
        for _ in range(4):
            document.add_paragraph("")
    path.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(path))
    return path


def _each(document: Document, field: str, style: str) -> None:
    document.add_paragraph("{%p for words in " + field + " %}")
    document.add_paragraph("{{ words }}", style=style)
    document.add_paragraph("{%p endfor %}")


def _table(document: Document, head: tuple[str, ...], field: str, widths: tuple[float, ...]) -> None:
    from docx.oxml import OxmlElement

    table = document.add_table(rows=1, cols=len(head), style="Table Grid")
    header_row(table, head)
    blank = [""] * (len(head) - 1)
    for texts in (
        ["{%tr for row in " + field + " %}", *blank],
        ["{{ row[" + str(place) + "] }}" for place in range(len(head))],
        ["{%tr endfor %}", *blank],
    ):
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    set_widths(table, widths)


if __name__ == "__main__":
    build()
