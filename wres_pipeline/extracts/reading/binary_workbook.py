"""What an xlsb workbook knows of its cells and their values do not say: its parts are records, as [MS-XLSB] describes them."""

from __future__ import annotations

import struct
from collections.abc import Iterator

ROW, ERRORS, NUMBERS = 0, frozenset({3, 11}), frozenset({2, 5, 9})
"""Records of a sheet: a row, a cell that holds an error, a cell that holds a number."""
MERGED, SHEET, FORMAT, STYLES, STYLE, STYLES_END = 176, 156, 44, 617, 47, 618
ROW_HIDDEN = 0x10
ERROR_TEXTS = {
    0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A", 43: "#GETTING_DATA",
}  # fmt: skip

Merged = tuple[tuple[int, int], tuple[int, int]]
"""First and last (row, column) of a merged cell, from 0."""


def records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """(type, content) of every record of a part."""
    at, end = 0, len(part)
    while at < end:
        kind = part[at]
        at += 1
        if kind & 0x80:
            kind = kind & 0x7F | (part[at] & 0x7F) << 7
            at += 1
        size = shift = 0
        while True:
            byte = part[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        yield kind, part[at : at + size]
        at += size


def text(content: bytes, at: int) -> tuple[str, int]:
    """(the text that stands at a place of a record, the place behind it)."""
    (length,) = struct.unpack_from("<I", content, at)
    length = 0 if length == 0xFFFFFFFF else length
    return content[at + 4 : at + 4 + 2 * length].decode("utf-16-le"), at + 4 + 2 * length


def relation_of(book: bytes, sheet: str) -> str:
    """The id of the relation that leads to a sheet; blank where the workbook has none of that name."""
    for kind, content in records(book):
        if kind == SHEET:
            relation, behind = text(content, 8)
            if text(content, behind)[0] == sheet:
                return relation
    return ""


def percent_styles(styles: bytes, percent_formats: frozenset[str]) -> frozenset[int]:
    """The places of the cell styles that show a number as a percentage. percent_formats: built-in formats that do."""
    formats = {int(number) for number in percent_formats}
    found: set[int] = set()
    place, inside = 0, False
    for kind, content in records(styles):
        if kind == FORMAT and "%" in text(content, 2)[0]:
            formats.add(struct.unpack_from("<H", content)[0])
        elif kind in (STYLES, STYLES_END):
            inside = kind == STYLES
        elif kind == STYLE and inside:
            if struct.unpack_from("<H", content, 2)[0] in formats:
                found.add(place)
            place += 1
    return frozenset(found)


class SheetDetails:
    """Rows from 1, cells from 0. errors: text of each cell that holds one; percents: cells shown as a percentage; hidden:
    hidden rows; merged: cells merged over several rows or columns."""

    def __init__(self, part: bytes, percents: frozenset[int]) -> None:
        self.errors: list[tuple[int, int, str]] = []
        self.percents: list[tuple[int, int]] = []
        self.hidden: list[int] = []
        self.merged: list[Merged] = []
        row = 0
        for kind, content in records(part):
            if kind == ROW:
                row = struct.unpack_from("<I", content)[0] + 1
                if content[11] & ROW_HIDDEN:
                    self.hidden.append(row)
            elif kind in NUMBERS:
                if percents and int.from_bytes(content[4:7], "little") in percents:
                    self.percents.append((row, int.from_bytes(content[:4], "little")))
            elif kind in ERRORS:
                said = ERROR_TEXTS.get(content[8], "#ERROR!")
                self.errors.append((row, int.from_bytes(content[:4], "little"), said))
            elif kind == MERGED:
                top, bottom, left, right = struct.unpack_from("<4I", content)
                self.merged.append(((top, left), (bottom, right)))
