"""A small xlsb workbook written record by record, as [MS-XLSB] describes it: no library here writes one."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Collection, Sequence
from pathlib import Path

ERROR_CODES = {"#REF!": 23, "#N/A": 42}
_TYPES = """<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>"""
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def record(kind: int, content: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = bytearray()
    left = len(content)
    while left >= 128:
        size.append(left & 0x7F | 0x80)
        left >>= 7
    return head + bytes([*size, left]) + content


def text(words: str) -> bytes:
    return struct.pack("<I", len(words.encode("utf-16-le")) // 2) + words.encode("utf-16-le")


def cell(column: int, value: object, style: int) -> bytes:
    head = struct.pack("<I", column) + style.to_bytes(3, "little") + b"\0"
    if value in ("", None):
        return record(1, head)
    if value in ERROR_CODES:
        return record(3, head + bytes([ERROR_CODES[str(value)]]))
    if isinstance(value, int | float):
        return record(5, head + struct.pack("<d", value))
    return record(6, head + text(str(value)))


def write(
    path: Path,
    rows: Sequence[Sequence[object]],
    *,
    percents: Collection[int] = (),
    hidden: Collection[int] = (),
    merged: Sequence[tuple[int, int, int]] = (),
) -> Path:
    """rows: with the headings first. percents: columns shown as a percentage; hidden: rows; merged: (first row, last row,
    column); all from 0."""
    wide = max(map(len, rows))
    formats = record(44, struct.pack("<H", 164) + text("0.0%"))
    styles = b"".join(record(47, struct.pack("<HH", 0xFFFF, form) + bytes(12)) for form in (0, 164))
    sheet = record(129) + record(148, struct.pack("<4I", 0, len(rows) - 1, 0, wide - 1)) + record(145)
    for n, row in enumerate(rows):
        sheet += record(0, struct.pack("<IIHBBBI", n, 0, 300, 0, 0x10 if n in hidden else 0, 0, 0))
        sheet += b"".join(cell(at, value, int(at in percents and n > 0)) for at, value in enumerate(row))
    sheet += record(146) + record(177, struct.pack("<I", len(merged)))
    sheet += b"".join(record(176, struct.pack("<4I", top, bottom, at, at)) for top, bottom, at in merged)
    sheet += record(178) + record(130)
    book = record(131) + record(143) + record(156, struct.pack("<II", 0, 1) + text("rId1") + text("Extract"))
    relation = f'<Relationship Id="rId1" Type="{_LINK}/worksheet" Target="worksheets/sheet1.bin"/>'
    root = f'<Relationship Id="rId1" Type="{_LINK}/officeDocument" Target="xl/workbook.bin"/>'
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{package}">{root}</Relationships>',
        "xl/workbook.bin": book + record(144) + record(132),
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{package}">{relation}</Relationships>',
        "xl/styles.bin": record(278) + record(615, struct.pack("<I", 1)) + formats + record(616)
        + record(617, struct.pack("<I", 2)) + styles + record(618) + record(279),
        "xl/worksheets/sheet1.bin": sheet,
    }  # fmt: skip
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in parts.items():
            pack.writestr(name, content)
    return path
