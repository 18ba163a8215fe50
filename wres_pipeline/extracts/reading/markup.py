"""Tables written as HTML, as a web archive (MHTML) or as spreadsheet XML of 2003, all of which arrive named `.xls`."""

from __future__ import annotations

import email
import email.policy
import io
from collections import deque
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, TextIO
from xml.parsers import expat

from wres_pipeline.extracts.intake.refusal import RefusedFile
from wres_pipeline.extracts.reading.prepared import Row

DEEPEST = 200
"""Elements that may stand inside one another; a real table needs about ten. [ours]"""
WIDEST = 2_000
"""Columns a merged cell or an index may reach. [ours]"""
_CHUNK = 1 << 16
_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"


def is_html(head: str) -> bool:
    found = head.lstrip("\ufeff \t\r\n").lower()
    return found.startswith("<") and ("<table" in found or "<html" in found)


def is_web_archive(head: str) -> bool:
    found = head.lstrip("\ufeff \t\r\n")[:2_000].lower()
    return found.startswith(("mime-version:", "from: <saved by")) and "multipart/related" in found


def web_archive_rows(path: Path, name: str) -> Iterator[Row]:
    """The rows of the tables of the first page of a web archive that has one; refused where none has."""
    with path.open("rb") as file:
        archive = email.message_from_binary_file(file, policy=email.policy.default)
    for part in archive.walk():
        if part.get_content_type() != "text/html":
            continue
        content = part.get_payload(decode=True)
        text = (
            content.decode(part.get_content_charset("utf-8"), "replace") if isinstance(content, bytes) else ""
        )
        if "<table" in text.lower():
            return html_rows(io.StringIO(text))
    raise RefusedFile(
        name, "it is a web archive (MHTML) without a table.", "Export it again as an Excel workbook or CSV."
    )


def is_spreadsheet_xml(head: str) -> bool:
    return head.lstrip("\ufeff \t\r\n").startswith("<") and _SPREADSHEET in head


class _Tables(HTMLParser):
    """Collects the rows of every table, in order; what stands outside tables is no row."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: deque[list[str]] = deque()
        self._row: list[str] | None = None
        self._cell: list[str] | None = None
        self._span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._end_row()
            self._row = []
        elif tag in ("td", "th"):
            self._end_cell()
            if self._row is None:
                self._row = []
            self._cell = []
            span = dict(attrs).get("colspan") or "1"
            self._span = min(int(span), WIDEST) if span.isdigit() else 1
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._end_cell()
        elif tag in ("tr", "table"):
            self._end_row()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _end_cell(self) -> None:
        if self._cell is not None and self._row is not None:
            self._row.append("".join(self._cell).strip())
            self._row.extend([""] * (self._span - 1))
        self._cell, self._span = None, 1

    def _end_row(self) -> None:
        self._end_cell()
        if self._row is not None:
            self.rows.append(self._row)
        self._row = None


def html_rows(file: TextIO) -> Iterator[Row]:
    """The rows of the tables of an HTML file, as they are read."""
    parser = _Tables()
    number = 0
    while True:
        chunk = file.read(_CHUNK)
        if chunk:
            parser.feed(chunk)
        else:
            parser.close()
            parser.handle_endtag("table")
        while parser.rows:
            number += 1
            yield number, parser.rows.popleft()
        if not chunk:
            return


class _Sheet:
    """Rows of the first worksheet of a spreadsheet-XML file."""

    def __init__(self, name: str) -> None:
        self.rows: deque[Row] = deque()
        self.parser = expat.ParserCreate(namespace_separator="|")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype
        self._name, self._depth, self._sheets, self._number = name, 0, 0, 0
        self._row: list[str] = []
        self._data: list[str] | None = None
        self._across = 0

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise RefusedFile(
                self._name,
                f"its elements stand more than {DEEPEST} deep in one another.",
                "Save it again as .xlsx or CSV.",
            )
        local = tag.rpartition("|")[2]
        if local == "Worksheet":
            self._sheets += 1
        elif local == "Row":
            index = attributes.get(f"{_SPREADSHEET}|Index", "")
            self._number = int(index) if index.isdigit() else self._number + 1
            self._row = []
        elif local == "Cell":
            index = attributes.get(f"{_SPREADSHEET}|Index", "")
            if index.isdigit() and int(index) <= WIDEST:
                self._row.extend([""] * (int(index) - 1 - len(self._row)))
            across = attributes.get(f"{_SPREADSHEET}|MergeAcross", "0")
            self._across = min(int(across), WIDEST) if across.isdigit() else 0
            self._row.append("")
        elif local == "Data":
            self._data = []

    def _end(self, tag: str) -> None:
        self._depth -= 1
        local = tag.rpartition("|")[2]
        if local == "Data" and self._data is not None:
            if self._row:
                self._row[-1] = "".join(self._data)
            self._data = None
        elif local == "Cell":
            self._row.extend([""] * self._across)
        elif local == "Row" and self._sheets <= 1:
            self.rows.append((self._number, self._row))

    def _text(self, data: str) -> None:
        if self._data is not None:
            self._data.append(data)

    def _doctype(self, *_: Any) -> None:
        raise RefusedFile(
            self._name,
            "it declares a document type, which no extract needs.",
            "Save it again as .xlsx or CSV.",
        )


def spreadsheet_xml_rows(file: io.BufferedReader, name: str) -> Iterator[Row]:
    """The rows of the first worksheet, as they are read; refused where the XML breaks off."""
    sheet = _Sheet(name)
    try:
        while True:
            chunk = file.read(_CHUNK)
            sheet.parser.Parse(chunk, not chunk)
            while sheet.rows:
                yield sheet.rows.popleft()
            if not chunk:
                return
    except expat.ExpatError:
        raise RefusedFile(
            name, "its XML is cut short or damaged.", "Save it again as .xlsx or CSV."
        ) from None
