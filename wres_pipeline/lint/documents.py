"""A published file as tables and sentences, each with the place a reader would look for it in.

`read` chooses the reader by the file's ending: pages (HTML), workbooks and CSV, Word and PDF.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

SUFFIXES = (".html", ".htm", ".xlsx", ".xls", ".ods", ".csv", ".docx", ".pdf")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"0-9])")
_PAIR = re.compile(r"^(?P<label>[^=:]{2,150}?)\s*(?:[:=]|\s[-–—])\s*(?P<value>[-−+£]?\d[\d,.]*\s*\D{0,30})$")

_GROUP_SHARE = re.compile(r"^(?P<label>(?:[A-Za-z/-]+ ?){1,4}?)\s+(?P<value>\d+(?:\.\d+)?\s*(?:%|per cent))$")
"""A short label and its percentage with nothing between: White staff 78%."""


class UnreadablePage(ValueError):
    """The file is not one that the lint reads."""


@dataclass(slots=True)
class Table:
    """A table: caption or sheet, the heading above it, heading rows and body rows, all as printed."""

    place: str
    caption: str
    heading: str
    head: list[list[str]]
    body: list[list[str]]


@dataclass(slots=True)
class Sentence:
    """A sentence of the text and the heading it stands under."""

    place: str
    heading: str
    text: str


@dataclass(slots=True)
class Document:
    """All that a file prints. figures: the rows of a file in the figures table's own columns, if it is one."""

    name: str
    title: str = ""
    tables: list[Table] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    figures: list[dict[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Prose:
    """Collects the running text of a document: headings, paragraphs, and lists of `label: number` as tables.

    A body often prints a figure as an item of a list under the figure's name. Such items, one after another, become
    a table of two columns whose caption is the line above them. place, unit: how a place in it is named.
    """

    document: Document
    heading: str = ""
    count: int = 0
    line_above: str = ""
    pairs: list[list[str]] = field(default_factory=list)
    place: str = ""
    unit: str = "paragraph"

    def head(self, text: str) -> None:
        """A heading: what follows stands under it."""
        self.close()
        self.heading = self.line_above = _plain(text)
        self.document.title = self.document.title or self.heading

    def add(self, text: str) -> None:
        """A paragraph or an item of a list."""
        text = _plain(text)
        if not text:
            return
        self.count += 1
        pair = _PAIR.match(text) or _GROUP_SHARE.match(text)
        if pair and not text.endswith((".", "!", "?")):
            self.pairs.append([pair["label"].strip(" -–—•"), pair["value"].strip()])
            return
        self.close()
        self.line_above = text
        place = f"{self.place or self.document.name}, {self.unit} {self.count}"
        self.document.sentences += sentences(place, self.heading, text)

    def close(self) -> None:
        """Ends the running list."""
        if self.pairs:
            number = len(self.document.tables) + 1
            place = f"{self.place or self.document.name}, list {number} under “{self.line_above}”"
            table = Table(place, self.line_above, self.heading, [["", ""]], self.pairs)
            self.document.tables.append(table)
            self.pairs = []


def read(path: Path) -> Document:
    """The document at `path`. Raises UnreadablePage for a kind of file, or bytes, that it cannot read."""
    suffix = path.suffix.lower()
    if suffix in (".html", ".htm"):
        from wres_pipeline.lint import html_page

        return html_page.read(path)
    if suffix == ".docx":
        from wres_pipeline.lint import word_document

        return word_document.read(path)
    if suffix == ".pdf":
        from wres_pipeline.lint import pdf_document

        return pdf_document.read(path)
    if suffix in SUFFIXES:
        from wres_pipeline.lint import sheets

        return sheets.read(path)
    raise UnreadablePage(f"{path.name}: the lint reads {', '.join(SUFFIXES)} files")


LONGEST_TITLE = 120


def titled(document: Document) -> Document:
    """The document with its first line as its title, where it has no heading and that line is no sentence."""
    first = document.sentences[0].text if document.sentences else ""
    if not document.title and len(first) <= LONGEST_TITLE and not first.endswith("."):
        document.title = first
    return document


def sentences(place: str, heading: str, text: str) -> list[Sentence]:
    """The sentences of a paragraph."""
    return [Sentence(place, heading, part.strip()) for part in _SENTENCE.split(_plain(text)) if part.strip()]


def is_number(cell: str) -> bool:
    """Whether a cell holds a number and nothing else; a year is a label."""
    return bool(re.fullmatch(r"[-−]?[\d,]+(\.\d+)?\s*%?", cell)) and not re.fullmatch(r"(19|20)\d\d", cell)


def heading_rows(rows: list[list[str]]) -> int:
    """How many of a table's first rows are headings: at most three, and at least one row of numbers must follow."""
    heads = 1
    while heads < min(3, len(rows) - 1) and not any(is_number(cell) for cell in rows[heads][1:]):
        heads += 1
    return heads if any(is_number(cell) for row in rows[heads:] for cell in row) else 1


def regions(place: str, rows: Iterable[list[str]]) -> list[Table]:
    """Tables of a sheet: runs of rows with at least two cells filled; a run's caption is the first line above it, its heading the last."""
    tables: list[Table] = []
    caption = line_above = ""
    run: list[list[str]] = []
    for row in [*rows, []]:
        filled = [cell for cell in row if cell]
        if len(filled) >= 2 or (
            filled and not row[0] and not run
        ):  # a heading row may have one cell beside the corner
            run.append(row)
            continue
        if len(run) >= 2:
            heads = heading_rows(run)
            where = f"{place}, table “{caption}”" if caption else place
            tables.append(Table(where, caption, line_above, run[:heads], run[heads:]))
        if run or (filled and not caption):
            caption = ""
        if filled:
            caption, line_above = caption or filled[0], filled[0]
        run = []
    return tables


def _plain(text: str) -> str:
    return " ".join(text.split())
