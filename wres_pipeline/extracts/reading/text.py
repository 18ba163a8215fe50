"""Delimited text: how it is encoded, what stands between its values, and whether it can be loaded as it
stands."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from wres_pipeline.extracts.contracts import Contract
from wres_pipeline.extracts.intake.refusal import RefusedFile
from wres_pipeline.extracts.reading import markup, outbound, wide
from wres_pipeline.extracts.reading.headings import DEEPEST_HEADER, TALLEST_HEADER, said_above
from wres_pipeline.extracts.reading.prepared import Prepared, Row, choose, layout, normalise

DELIMITERS = (",", ";", "\t", "|", "~")
_TAIL = 1 << 16
WHOLE_BEFORE = 3
"""Whole rows that must stand before a short last one for it to look cut off. [ours]"""
LONGEST_LINE = 1 << 20
"""Bytes; a longer line is no row of an extract. [ours]"""
_HEAD = 1 << 18
LINE_END = ord("\n")
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_FALLBACK = "cp1252-where-not-utf8"
_GUARD = "\x00end\x00"


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error(_FALLBACK, _as_cp1252)


@dataclass(slots=True)
class Scan:
    """What one pass over the bytes found. records: lines outside quotes, the reader's own count of
    records."""

    encoding: str
    clean: bool
    records: int
    quotes: bool


def scan(path: Path, name: str) -> Scan:
    """Look at every byte once: encoding, NULs, giant lines, blank lines, and the number of records.

    Raises RefusedFile for NUL bytes and for a line longer than `LONGEST_LINE`.
    """
    with path.open("rb", buffering=0) as file:
        first = file.read(4096)
        for mark, encoding in _MARKS:
            if first.startswith(mark) and encoding != "utf-8-sig":
                return Scan(encoding, False, 0, True)
        if wide := _wide_without_mark(first):
            return Scan(wide, False, 0, True)
        marked = first.startswith(codecs.BOM_UTF8)
        file.seek(3 if marked else 0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        utf8, odd, blank, quoted, quotes = True, False, False, False, False
        lines = inside = pairs_seen = breaks_seen = 0
        last = bytearray(b"\n")
        # one piece of memory for all: a new one for each megabyte costs as much as reading it
        room, ends_room = bytearray(LONGEST_LINE), np.empty(LONGEST_LINE, bool)
        pair_room = np.empty(LONGEST_LINE, bool)
        while size := file.readinto(room):
            chunk = room if size == LONGEST_LINE else room[:size]
            if b"\0" in chunk:
                line = lines + inside + chunk[: chunk.index(b"\0")].count(b"\n") + 1
                raise RefusedFile(
                    name,
                    f"line {line} holds NUL bytes, which no text file has.",
                    "Export it again as CSV or a workbook.",
                )
            ends = np.equal(np.frombuffer(chunk, np.uint8), LINE_END, out=ends_room[:size])
            breaks = int(np.count_nonzero(ends))
            if not breaks and size == LONGEST_LINE and b"\r" not in chunk:
                raise RefusedFile(
                    name,
                    f"line {lines + inside + 1} is longer than {LONGEST_LINE // 1024} KB: this is not a "
                    f"list of rows.",
                    "Export it again with one row a line.",
                )
            if utf8 and not chunk.isascii():
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    utf8 = False
            if b'"' in chunk:
                quotes = True
                pieces = chunk.split(b'"')
                outside = sum(piece.count(b"\n") for piece in pieces[1 if quoted else 0 :: 2])
                quoted ^= len(pieces) % 2 == 0
                lines, inside = lines + outside, inside + breaks - outside
            elif quoted:
                inside += breaks
            else:
                lines += breaks
            returns = b"\r" in chunk
            if not blank:
                blank = (
                    bool(np.logical_and(ends[1:], ends[:-1], out=pair_room[: size - 1]).any())
                    or (returns and b"\n\r\n" in chunk)
                    or (last == b"\n" and chunk[:1] in b"\r\n")
                )
            breaks_seen += breaks
            if not odd and returns:
                pairs = chunk.count(b"\r\n") + (last == b"\r" and chunk[:1] == b"\n")
                odd = chunk.count(b"\r") - (chunk[-1:] == b"\r") + (last == b"\r") != pairs
                pairs_seen += pairs
            last = chunk[-1:]
        if utf8:
            try:
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                utf8 = False
    encoding = ("utf-8-sig" if marked else "utf-8") if utf8 else "cp1252"
    clean = utf8 and not (
        blank or odd or quoted or inside or last == b"\r" or pairs_seen not in (0, breaks_seen)
    )
    return Scan(encoding, clean, lines + (last != b"\n"), quotes)


def _wide_without_mark(first: bytes) -> str:
    if b"\0" not in first:
        return ""
    half = max(len(first) // 2, 1)
    if first[1::2].count(0) > 0.6 * half and first[::2].count(0) < 0.05 * half:
        return "utf-16-le"
    if first[::2].count(0) > 0.6 * half and first[1::2].count(0) < 0.05 * half:
        return "utf-16-be"
    return ""


def open_text(path: Path, encoding: str) -> io.TextIOWrapper:
    """The file as text; where it is not UTF-8, byte runs that are no UTF-8 are read as cp1252."""
    if encoding == "cp1252":
        return path.open(encoding="utf-8-sig", errors=_FALLBACK, newline="")
    return path.open(encoding=encoding, newline="")


def prepare(
    path: Path,
    name: str,
    candidates: Sequence[Contract],
    local: Mapping[str, str],
    target: Path,
    *,
    careful: bool = False,
) -> Prepared:
    """Read delimited text. Where it is clean it is loaded in place; `careful` always writes a normalised
    copy."""
    found = scan(path, name)
    try:
        with open_text(path, found.encoding) as file:
            head = file.read(_HEAD)
    except UnicodeError:
        raise _undecodable(name, found.encoding) from None
    if markup.is_web_archive(head):
        prepared = wide.normalise_any(
            markup.web_archive_rows(path, name), name, candidates, local, target, format="web archive"
        )
        prepared.encoding, prepared.delimiter = found.encoding, ""
        return prepared
    if not head.strip('\ufeff \t\r\n,;|~"'):
        raise RefusedFile(name, "there is nothing in it.", "Send the extract again.")
    if re.match(r"\s*(\{|\[\s*[\[{])\s*[\"\]}]", head):
        raise RefusedFile(name, "it holds JSON, not a table of rows.", "Export it as CSV or as a workbook.")
    special = _special(path, name, head, found.encoding, candidates, local, target)
    if special is not None:
        return special
    delimiter, rows = _delimiter(head, candidates, local)
    chosen, _ = choose(rows, candidates, local)
    if chosen is None and _in_fixed_widths(head):
        raise RefusedFile(
            name,
            "its columns are parted by blanks alone, and a cell may hold blanks too.",
            "Export it as CSV or as a workbook.",
        )
    if chosen is None and (inner := _within_quotes(rows, candidates, local)):
        with open_text(path, found.encoding) as file:
            unwrapped = (
                (n, next(csv.reader(row[:1], delimiter=inner), [])) for n, row in _rows(file, delimiter, name)
            )
            prepared = wide.normalise_any(unwrapped, name, candidates, local, target, format="text")
        prepared.encoding, prepared.delimiter = found.encoding, inner
        prepared.notes.append("each whole row stands in quotation marks, and was read without them")
        return _with_end(path, prepared)
    if chosen is not None and found.clean and not careful and chosen.header.height == 1:
        header = chosen.header
        columns, extras, again, width = layout(header)
        above = found.records - header.row - 1
        if (
            above > 0
            and '"' not in "".join(head.split("\n", header.row + 1)[: header.row + 1])
            and _plain_quotes(head, delimiter)
        ):
            return _with_end(path, Prepared(
                contract=chosen.contract, source=path, in_place=True, columns=columns, extras=extras,
                fields=len(header.texts), rows_in=above, format="text", header_row=header.row + 1,
                skip=header.row + 1, delimiter=delimiter, encoding=found.encoding,
                headings=header.texts[:width], repeated=again, facts=said_above(rows[: header.row]),
            ))  # fmt: skip
    try:
        with open_text(path, found.encoding) as file:
            prepared = wide.normalise_any(
                _rows(file, delimiter, name), name, candidates, local, target, format="text"
            )
    except UnicodeError:
        raise _undecodable(name, found.encoding) from None
    prepared.encoding, prepared.delimiter = found.encoding, delimiter
    return _with_end(path, prepared)


def _with_end(path: Path, prepared: Prepared) -> Prepared:
    """Note where the last row is shorter than all before it, as in a file that was cut off."""
    with path.open("rb") as file:
        size = file.seek(0, io.SEEK_END)
        file.seek(max(0, size - _TAIL))
        text = file.read().decode("utf-8", "replace")
    lines = [line for line in text.splitlines()[1:] if line.strip()]
    *before, last = [len(row) for row in _lenient("\n".join(lines), prepared.delimiter)] or [0]
    width = len(prepared.headings)
    if 1 < last < width and len(before) >= WHOLE_BEFORE and min(before) >= width:
        prepared.facts["last_row_short"] = last
    return prepared


def _special(
    path: Path,
    name: str,
    head: str,
    encoding: str,
    candidates: Sequence[Contract],
    local: Mapping[str, str],
    target: Path,
) -> Prepared | None:
    """The file read as what it is under its name: HTML, spreadsheet XML or ESR Generic Outbound; None for
    plain text."""
    try:
        if markup.is_spreadsheet_xml(head):
            with path.open("rb") as raw:
                rows = markup.spreadsheet_xml_rows(raw, name)
                prepared = wide.normalise_any(rows, name, candidates, local, target, format="spreadsheet XML")
        elif markup.is_html(head):
            if "<table" not in head.lower() and len(head) < _HEAD:
                raise RefusedFile(
                    name,
                    "it is a web page without a table, such as a page to sign in or of an error.",
                    "Sign in to the system and export it again.",
                )
            with open_text(path, encoding) as file:
                rows = markup.html_rows(file)
                prepared = wide.normalise_any(rows, name, candidates, local, target, format="HTML")
        elif outbound.is_outbound(head):
            file_of = outbound.Outbound(name)
            with open_text(path, encoding) as file:
                prepared = normalise(
                    file_of.rows(file), name, candidates, local, target, format="ESR Generic Outbound"
                )
            prepared.notes.extend(file_of.notes)
        else:
            return None
    except UnicodeError:
        raise _undecodable(name, encoding) from None
    prepared.encoding, prepared.delimiter = encoding, ""
    return prepared


def _undecodable(name: str, encoding: str) -> RefusedFile:
    return RefusedFile(
        name,
        f"it begins as {encoding} text but does not go on as such: it is cut short or damaged.",
        "Export it again.",
    )


def _plain_quotes(head: str, delimiter: str) -> bool:
    return f'{delimiter}="' not in head and '\n="' not in head


def _delimiter(
    head: str, candidates: Sequence[Contract], local: Mapping[str, str]
) -> tuple[str, list[list[str]]]:
    """The delimiter under which most columns are known, and the first rows read with it."""
    lines = head.split("\n", DEEPEST_HEADER + TALLEST_HEADER + 1)[: DEEPEST_HEADER + TALLEST_HEADER]
    text = "\n".join(lines)
    best: tuple[int, str, list[list[str]]] | None = None
    for delimiter in sorted(DELIMITERS, key=lambda d: -text.count(d)):
        rows = list(_lenient(text, delimiter))
        chosen, miss = choose(rows, candidates, local)
        if chosen is not None:
            return delimiter, rows
        score = len(miss.header.match.columns) if miss is not None else 0
        if best is None or score > best[0]:
            best = score, delimiter, rows
    assert best is not None
    return best[1], best[2]


def _in_fixed_widths(head: str) -> bool:
    """Whether nothing parts the values but runs of blanks, in line after line."""
    lines = [line for line in head.splitlines()[:DEEPEST_HEADER] if line.strip()]
    wide = [line for line in lines if len(re.findall(r"\S {2,}(?=\S)", line)) >= 2]
    return len(wide) > len(lines) / 2 and not any(
        mark in line for line in wide for mark in DELIMITERS if mark != "|"
    )


def _within_quotes(
    rows: Sequence[Sequence[str]], candidates: Sequence[Contract], local: Mapping[str, str]
) -> str:
    """What parts the values where each whole row was put into quotation marks as one value; blank where none was."""
    single = [row[0] for row in rows if any(cell.strip() for cell in row)]
    if not single or any(cell.strip() for row in rows for cell in row[1:]):
        return ""
    delimiter, inner = _delimiter("\n".join(single), candidates, local)
    return delimiter if choose(inner, candidates, local)[0] is not None else ""


def _lenient(text: str, delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error:
        return


def _rows(file: io.TextIOWrapper, delimiter: str, name: str) -> Iterator[Row]:
    """Records with their number; refuses a quote that is never closed."""
    csv.field_size_limit(LONGEST_LINE)
    last_line = ""

    def lines() -> Iterator[str]:
        nonlocal last_line
        for line in file:
            last_line = line
            if "\0" in line:
                raise RefusedFile(
                    name, "it holds NUL characters, which no text file has.", "Export it again."
                )
            yield line
        if last_line and not last_line.endswith(("\n", "\r")):
            yield "\n"
        yield _GUARD

    number = 0
    reader = csv.reader(lines(), delimiter=delimiter)
    try:
        for number, row in enumerate(reader, start=1):
            if row and row[-1].endswith(_GUARD):
                if row != [_GUARD]:
                    raise _unclosed(name, number)
                return
            yield number, [_unguard(cell) for cell in row] if any(c.startswith('="') for c in row) else row
    except csv.Error:
        raise _unclosed(name, number + 1) from None


def _unguard(cell: str) -> str:
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') and len(cell) > 2 else cell


def _unclosed(name: str, number: int) -> RefusedFile:
    return RefusedFile(
        name,
        f"a quotation mark opened in row {number} is never closed.",
        "Export it again, or close the quotation mark.",
    )
