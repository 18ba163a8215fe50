"""What a spreadsheet knows of its cells and their values do not say: errors, percent formats, hidden rows, formulas that
were never worked out, cells merged over several rows.

The reader of values (calamine) gives an error as an empty cell and 15.2% as 0.152. xlsx and ods are read here from their
own XML, and only where a first look at the bytes found something; xls through xlrd; xlsb from its records.
"""

from __future__ import annotations

import html
import re
import struct
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.parsers import expat

from wres_pipeline.extracts.reading import binary_workbook
from wres_pipeline.extracts.reading.workbook_safety import OLE

NEVER_WORKED_OUT = "#NOT CALCULATED!"
"""Stands for a formula without a value: the program that wrote the file never worked it out. [ours]"""
MARKS = (b't="e"', b'hidden="1"', b"<f>", b"<f ")
"""In the XML of a sheet: an error, a hidden row or column, a formula."""
_OPEN_DOCUMENT = (
    b'value-type="percentage"', b'value-type="error"', b">#", b">Err:", b"visibility=", b"rows-spanned=",
)  # fmt: skip
_PERCENT_FORMATS = frozenset({"9", "10"})
_FORMAT = re.compile(
    rb'<numFmt [^>]*?numFmtId="(\d+)"[^>]*?formatCode="([^"]*)"|<numFmt [^>]*?formatCode="([^"]*)"[^>]*?numFmtId="(\d+)"'
)
_STYLES = re.compile(rb"<cellXfs[ >].*?</cellXfs>", re.DOTALL)
_FONTS = re.compile(rb"<fonts[ >].*?</fonts>", re.DOTALL)
_FONT = re.compile(rb"<font/>|<font>.*?</font>|<font [^>]*?>.*?</font>", re.DOTALL)
_STYLE = re.compile(rb'<xf [^>]*?numFmtId="(\d+)"')
_SHEET = re.compile(rb"<(?:\w+:)?sheet ([^>]*?)/?>")
_ROW = re.compile(rb"<row ([^>]*?)(/?)>")
_CELL = re.compile(rb"<c ([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_REFERENCE = re.compile(rb'\br="([A-Z]+)(\d+)"')
_VALUE = re.compile(rb"<v[^>]*>([^<]+)</v>")
_FAILED = re.compile(r"#[A-Z0-9/]+[!?]?|#N/A|Err:\d+")
_CHUNK = 4 << 20
MOST_REPEATED = 16_384
"""Cells an ods file may repeat with one element before they are taken for the empty rest of the sheet. [ours]"""


@dataclass(slots=True)
class CellDetails:
    """By row as the spreadsheet numbers it, and cell from 0. texts: what to read instead of the value. percents: cells shown
    as a percentage. hidden: hidden rows. struck: rows of which every filled cell is struck through (xlsx, xls). merged: first and last (row, column) from 0 of merged cells that the reader of values
    does not give."""

    texts: dict[int, dict[int, str]] = field(default_factory=dict)
    percents: dict[int, set[int]] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    struck: set[int] = field(default_factory=set)
    merged: list[binary_workbook.Merged] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.texts or self.percents or self.hidden or self.struck or self.merged)


NOTHING = CellDetails()


def read(path: Path, sheet: str, marks: Mapping[str, bool]) -> CellDetails:
    """The details of the cells of one sheet. `marks`: part of the zip -> whether it holds any of `MARKS`.

    Where the file is not built as its format wants, NOTHING: its values have been read by then, and nothing else is known.
    """
    with path.open("rb") as file:
        first = file.read(8)
    if first == OLE:
        return _of_xls(path, sheet)
    try:
        with zipfile.ZipFile(path) as pack:
            names = set(pack.namelist())
            if "xl/workbook.xml" in names:
                return _of_xlsx(pack, names, sheet, marks)
            if "xl/workbook.bin" in names:
                return _of_xlsb(pack, sheet)
            if "content.xml" in names:
                return _of_ods(pack, sheet)
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, struct.error, expat.ExpatError):
        return NOTHING
    return NOTHING


def over(
    rows: Iterator[tuple[int, list[Any]]],
    details: CellDetails,
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]],
) -> Iterator[tuple[int, list[Any]]]:
    """`rows` with errors as texts, percentages as they are shown, and a merged cell's value in every row it covers."""
    covers: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _) in merged:
        for covered in range(top, bottom):
            covers.setdefault(covered + 2, []).append((left, top + 1))
    above: dict[tuple[int, int], Any] = {}
    tops = {(top + 1, left) for (top, left), (bottom, _) in merged if bottom > top}
    for number, row in rows:
        for column in details.percents.get(number, ()):
            if column < len(row) and isinstance(row[column], (int, float)):
                row[column] = f"{(Decimal(repr(row[column])) * 100).normalize():f}%"
        for column, text in details.texts.get(number, {}).items():
            row.extend([""] * (column + 1 - len(row)))
            row[column] = text
        for left, top in covers.get(number, ()):
            if left < len(row) and row[left] in ("", None):
                row[left] = above.get((top, left), "")
        if tops:
            for left in [left for top, left in tops if top == number and left < len(row)]:
                above[number, left] = row[left]
        yield number, row


def _column(letters: bytes) -> int:
    found = 0
    for letter in letters:
        found = found * 26 + letter - 64
    return found - 1


def _of_xlsx(pack: zipfile.ZipFile, names: set[str], sheet: str, marks: Mapping[str, bool]) -> CellDetails:
    part = _part_of(pack, sheet)
    if part not in names:
        return NOTHING
    styles = pack.read("xl/styles.xml") if "xl/styles.xml" in names else b""
    percents, struck = _percent_styles(styles), _struck_styles(styles)
    if not percents and not struck and not marks.get(part, True):
        return NOTHING
    found = CellDetails()
    for rows in _whole_rows(pack, part):
        for row in re.split(rb"(?=<row )", rows):
            _look_at_row(row, percents, found)
            if struck:
                _look_for_strikes(row, struck, found)
    return found


def _part_of(pack: zipfile.ZipFile, sheet: str) -> str:
    """The part of an xlsx that holds a sheet; blank where it cannot be told."""
    book = pack.read("xl/workbook.xml")
    for attributes in _SHEET.findall(book):
        name = re.search(rb'\bname="([^"]*)"', attributes)
        link = re.search(rb'\b(?:\w+:)?id="([^"]*)"', attributes)
        if name and link and html.unescape(name[1].decode("utf-8", "replace")) == sheet:
            links = pack.read("xl/_rels/workbook.xml.rels")
            return _target(links, link[1])
    return ""


def _target(links: bytes, relation: bytes) -> str:
    """The part of the zip a relation of the workbook leads to; blank where there is none."""
    for one in re.findall(rb"<Relationship ([^>]*?)/?>", links):
        if b'Id="' + relation + b'"' in one and (target := re.search(rb'\bTarget="([^"]*)"', one)):
            place = html.unescape(target[1].decode("utf-8", "replace"))
            return place.lstrip("/") if place.startswith("/") else f"xl/{place}"
    return ""


def _of_xlsb(pack: zipfile.ZipFile, sheet: str) -> CellDetails:
    relation = binary_workbook.relation_of(pack.read("xl/workbook.bin"), sheet)
    part = _target(pack.read("xl/_rels/workbook.bin.rels"), relation.encode())
    percents = binary_workbook.percent_styles(pack.read("xl/styles.bin"), _PERCENT_FORMATS)
    read = binary_workbook.SheetDetails(pack.read(part), percents)
    found = CellDetails(hidden=set(read.hidden), merged=read.merged)
    for row, column, text in read.errors:
        found.texts.setdefault(row, {})[column] = text
    for row, column in read.percents:
        found.percents.setdefault(row, set()).add(column)
    return found


def _percent_styles(styles: bytes) -> frozenset[bytes]:
    formats = set(_PERCENT_FORMATS)
    for number, code, other, again in _FORMAT.findall(styles):
        if b"%" in (code or other):
            formats.add((number or again).decode())
    block = _STYLES.search(styles)
    every = _STYLE.findall(block[0]) if block else []
    return frozenset(str(place).encode() for place, number in enumerate(every) if number.decode() in formats)


def _struck_styles(styles: bytes) -> frozenset[bytes]:
    """The cell styles of an xlsx whose font is struck through."""
    block, fonts = _STYLES.search(styles), _FONTS.search(styles)
    if block is None or fonts is None or b"<strike" not in fonts[0]:
        return frozenset()
    off = (b'<strike val="0"', b'<strike val="false"')
    struck = {
        number
        for number, font in enumerate(_FONT.findall(fonts[0]))
        if b"<strike" in font and not any(one in font for one in off)
    }
    every = re.findall(rb'<xf [^>]*?fontId="(\d+)"', block[0])
    return frozenset(str(place).encode() for place, font in enumerate(every) if int(font) in struck)


def _look_for_strikes(row: bytes, struck: frozenset[bytes], found: CellDetails) -> None:
    opening = _ROW.search(row)
    number = re.search(rb'\br="(\d+)"', opening[1]) if opening else None
    filled = [attributes for attributes, inside in _CELL.findall(row) if inside]
    styles = [re.search(rb'\bs="(\d+)"', attributes) for attributes in filled]
    if number and filled and all(style is not None and style[1] in struck for style in styles):
        found.struck.add(int(number[1]))


def _whole_rows(pack: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    rest = b""
    with pack.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            rest += chunk
            end = rest.rfind(b"</row>")
            if end >= 0:
                yield rest[: end + 6]
                rest = rest[end + 6 :]
    yield rest


def _look_at_row(row: bytes, percents: frozenset[bytes], found: CellDetails) -> None:
    opening = _ROW.search(row)
    if opening is None:
        return
    if b'hidden="1"' in opening[1] and (number := re.search(rb'\br="(\d+)"', opening[1])):
        found.hidden.add(int(number[1]))
    if not percents and not any(mark in row for mark in MARKS):
        return
    for attributes, inside in _CELL.findall(row):
        place = _REFERENCE.search(attributes)
        if place is None:
            continue
        at, column = int(place[2]), _column(place[1])
        value = _VALUE.search(inside)
        if b't="e"' in attributes:
            text = html.unescape(value[1].decode("utf-8", "replace")) if value else "#ERROR!"
            found.texts.setdefault(at, {})[column] = text
        elif (b"<f>" in inside or b"<f " in inside or b"<f/" in inside) and value is None:
            if b't="str"' not in attributes:
                found.texts.setdefault(at, {})[column] = NEVER_WORKED_OUT
        elif percents and (style := re.search(rb'\bs="(\d+)"', attributes)) and style[1] in percents:
            found.percents.setdefault(at, set()).add(column)


def _of_xls(path: Path, sheet: str) -> CellDetails:
    import xlrd

    try:
        book = xlrd.open_workbook(str(path), formatting_info=True, logfile=_Silent())
        page = book.sheet_by_name(sheet)
    except Exception:  # noqa: BLE001 - its values have been read; a part of its format that xlrd does not know is no fault
        return NOTHING
    percent = {
        index
        for index, style in enumerate(book.xf_list)
        if "%" in getattr(book.format_map.get(style.format_key), "format_str", "")
    }
    struck = {
        index for index, style in enumerate(book.xf_list) if book.font_list[style.font_index].struck_out
    }
    found = CellDetails(hidden={row + 1 for row, info in page.rowinfo_map.items() if info.hidden})
    for row in range(page.nrows):
        filled = [
            c
            for c, kind in enumerate(page.row_types(row))
            if kind not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)
        ]
        if struck and filled and all(page.cell_xf_index(row, column) in struck for column in filled):
            found.struck.add(row + 1)
        for column, kind in enumerate(page.row_types(row)):
            if kind == xlrd.XL_CELL_ERROR:
                text = xlrd.error_text_from_code.get(page.cell_value(row, column), "#ERROR!")
                found.texts.setdefault(row + 1, {})[column] = text
            elif kind == xlrd.XL_CELL_NUMBER and page.cell_xf_index(row, column) in percent:
                found.percents.setdefault(row + 1, set()).add(column)
    return found


class _Silent:
    """Where xlrd writes its warnings."""

    def write(self, _: str) -> int:
        return 0

    def flush(self) -> None:
        return None


def _of_ods(pack: zipfile.ZipFile, sheet: str) -> CellDetails:
    content = pack.read("content.xml")
    if not any(mark in content for mark in _OPEN_DOCUMENT):
        return NOTHING
    reader = _OpenDocument(sheet)
    reader.parser.Parse(content, True)
    return reader.found


class _OpenDocument:
    """The details of one table of an ods file, as its XML is read."""

    def __init__(self, sheet: str) -> None:
        self.found = CellDetails()
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self._sheet, self._inside = sheet, False
        self._row = self._column = 0
        self._rows = self._cells = 1
        self._percent, self._error, self._said = False, False, ""

    def _start(self, tag: str, given: dict[str, str]) -> None:
        if tag == "table:table":
            self._inside = given.get("table:name") == self._sheet
        elif tag == "table:table-row" and self._inside:
            self._rows = int(given.get("table:number-rows-repeated", "1"))
            self._column = 0
            if given.get("table:visibility", "visible") != "visible" and self._rows < MOST_REPEATED:
                self.found.hidden.update(range(self._row + 1, self._row + self._rows + 1))
        elif tag in ("table:table-cell", "table:covered-table-cell") and self._inside:
            self._cells = int(given.get("table:number-columns-repeated", "1"))
            self._percent = given.get("office:value-type") == "percentage"
            self._error = given.get("calcext:value-type") == "error" or "table:formula" in given
            self._said = ""
            down, right = (int(given.get(f"table:number-{of}-spanned", "1")) for of in ("rows", "columns"))
            if down > 1:
                top, left = self._row, self._column
                self.found.merged.append(((top, left), (top + down - 1, left + right - 1)))

    def _text(self, text: str) -> None:
        if self._inside and len(self._said) < 40:
            self._said += text

    def _end(self, tag: str) -> None:
        if not self._inside:
            return
        if tag in ("table:table-cell", "table:covered-table-cell"):
            said = self._said.strip()
            wrong = bool(self._error and _FAILED.fullmatch(said))
            if (wrong or self._percent) and self._rows * self._cells < MOST_REPEATED:
                for row in range(self._row + 1, self._row + self._rows + 1):
                    for column in range(self._column, self._column + self._cells):
                        if wrong:
                            self.found.texts.setdefault(row, {})[column] = said
                        else:
                            self.found.percents.setdefault(row, set()).add(column)
            self._column += self._cells
        elif tag == "table:table-row":
            self._row += self._rows
        elif tag == "table:table":
            self._inside = False
