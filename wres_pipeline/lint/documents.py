"""A published file as tables and sentences, each with the place a reader would look for it in."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

SUFFIXES = (".html", ".htm", ".xlsx", ".xls", ".ods", ".csv")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"0-9])")


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


def read(path: Path) -> Document:
    """The document at `path`. Raises UnreadablePage for a kind of file, or bytes, that it cannot read."""
    suffix = path.suffix.lower()
    if suffix in (".html", ".htm"):
        return _html(path.name, path.read_bytes().decode("utf-8", "replace"))
    if suffix == ".csv":
        return _csv(path)
    if suffix in SUFFIXES:
        return _workbook(path)
    raise UnreadablePage(f"{path.name}: the lint reads {', '.join(SUFFIXES)} files")


def _csv(path: Path) -> Document:
    from wres_pipeline.indicators.figure import COLUMNS

    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        rows = [[cell.strip() for cell in row] for row in csv.reader(file)]
    document = Document(path.name)
    if rows and set(COLUMNS[:12]) <= set(rows[0]):
        document.figures = [dict(zip(rows[0], row, strict=False)) for row in rows[1:]]
    else:
        document.tables = _regions(path.name, rows)
    return document


def _workbook(path: Path) -> Document:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(path)
    except CalamineError as error:
        raise UnreadablePage(f"{path.name} cannot be read as a workbook") from error
    document = Document(path.name)
    for sheet in book.sheet_names:
        rows = [[_cell(value) for value in row] for row in book.get_sheet_by_name(sheet).to_python()]
        document.tables += _regions(f"{path.name}, sheet {sheet}", rows)
        for number, row in enumerate(rows, 1):
            filled = [cell for cell in row if cell]
            if len(filled) == 1 and " " in filled[0]:
                document.sentences += _sentences(
                    f"{path.name}, sheet {sheet}, row {number}", sheet, filled[0]
                )
    return document


def _cell(value: object) -> str:
    if isinstance(value, float):
        # the noise of binary arithmetic is not what the sheet shows
        short = f"{value:.10g}"
        return short if "e" not in short else f"{value:.6f}"
    return " ".join(str(value).split())


def _regions(place: str, rows: list[list[str]]) -> list[Table]:
    """Tables of a sheet: runs of rows with at least two cells filled; a run's caption is the line above it."""
    tables: list[Table] = []
    caption = ""
    run: list[list[str]] = []
    for row in [*rows, []]:
        filled = [cell for cell in row if cell]
        if len(filled) >= 2:
            run.append(row)
            continue
        if len(run) >= 2:
            heads = 1
            while heads < len(run) - 1 and not any(_is_number(cell) for cell in run[heads][1:]) and heads < 3:
                heads += 1
            heads = heads if any(any(_is_number(c) for c in r) for r in run[heads:]) else 1
            tables.append(
                Table(
                    f"{place}, table “{caption}”" if caption else place, caption, "", run[:heads], run[heads:]
                )
            )
        if run or (filled and not caption):
            caption = ""
        if filled:
            caption = caption or filled[0]
        run = []
    return tables


def _is_number(cell: str) -> bool:
    return bool(re.fullmatch(r"[-−]?[\d,]+(\.\d+)?\s*%?", cell)) and not re.fullmatch(r"(19|20)\d\d", cell)


def _sentences(place: str, heading: str, text: str) -> list[Sentence]:
    return [
        Sentence(place, heading, part.strip())
        for part in _SENTENCE.split(" ".join(text.split()))
        if part.strip()
    ]


def _html(name: str, text: str) -> Document:
    parser = _Page(name)
    parser.feed(text)
    parser.close()
    parser.end_paragraph()
    return parser.document


_BLOCKS = frozenset({"p", "li", "dd", "dt", "div", "section", "figcaption", "summary", "blockquote", "br"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SILENT = frozenset({"script", "style", "title", "svg", "nav", "template"})


class _Page(HTMLParser):
    """Collects tables (cells over several columns or rows repeated), headings and paragraphs."""

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.document = Document(name)
        self.heading, self.paragraph, self.count = "", [], 0  # type: ignore[var-annotated]
        self.silent = 0
        self.table: Table | None = None
        self.in_head = False
        self.row: list[tuple[str, int, int, bool]] | None = None
        self.cell: list[str] | None = None
        self.span = (1, 1, False)
        self.hanging: dict[int, tuple[int, str]] = {}
        self.into_caption = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag == "table":
            self.end_paragraph()
            number = len(self.document.tables) + 1
            self.table = Table(f"{self.document.name}, table {number}", "", self.heading, [], [])
            self.hanging = {}
        elif self.table is not None:
            self._in_table(tag, dict(attrs))
        elif tag in _HEADINGS or tag in _BLOCKS:
            self.end_paragraph()

    def _in_table(self, tag: str, attrs: dict[str, str | None]) -> None:
        if tag == "caption":
            self.into_caption, self.cell = True, []
        elif tag == "thead":
            self.in_head = True
        elif tag == "tr":
            self.row = []
        elif tag in ("td", "th"):
            self.cell = []
            self.span = (_span(attrs.get("colspan")), _span(attrs.get("rowspan")), tag == "th")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif self.table is None:
            if tag in _HEADINGS:
                self.heading = " ".join("".join(self.paragraph).split())
                self.document.title = self.document.title or self.heading
                self.end_paragraph()
            elif tag in _BLOCKS:
                self.end_paragraph()
        elif tag == "caption":
            self.table.caption = " ".join("".join(self.cell or []).split())
            if self.table.caption:
                self.table.place += f" “{self.table.caption}”"
            self.into_caption, self.cell = False, None
        elif tag in ("td", "th") and self.cell is not None and self.row is not None:
            self.row.append((" ".join("".join(self.cell).split()), *self.span))
            self.cell = None
        elif tag == "tr" and self.row is not None:
            self._end_row()
        elif tag == "thead":
            self.in_head = False
        elif tag == "table":
            self.document.tables.append(self.table)
            self.table = None

    def _end_row(self) -> None:
        assert self.table is not None and self.row is not None
        cells: list[str] = []
        waiting = list(self.row)
        hanging: dict[int, tuple[int, str]] = {}
        while waiting or len(cells) in self.hanging:
            if len(cells) in self.hanging:
                left, text = self.hanging[len(cells)]
                if left > 1:
                    hanging[len(cells)] = (left - 1, text)
                cells.append(text)
                continue
            text, across, down, _ = waiting.pop(0)
            for _ in range(across):
                if down > 1:
                    hanging[len(cells)] = (down - 1, text)
                cells.append(text)
        self.hanging = hanging
        all_heads = bool(self.row) and all(is_head for *_, is_head in self.row)
        if (
            self.in_head
            or (all_heads and not self.table.body)
            or (not self.table.head and not self.table.body)
        ):
            self.table.head.append(cells)
        else:
            self.table.body.append(cells)
        self.row = None

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        if self.cell is not None:
            self.cell.append(data)
        elif self.table is None:
            self.paragraph.append(data)

    def end_paragraph(self) -> None:
        """Ends the running paragraph, if it holds anything."""
        text = " ".join("".join(self.paragraph).split())
        self.paragraph = []
        if text:
            self.count += 1
            place = f"{self.document.name}, paragraph {self.count}"
            self.document.sentences += _sentences(place, self.heading, text)


def _span(text: str | None) -> int:
    return max(1, min(int(text), 50)) if text and text.isdigit() else 1
