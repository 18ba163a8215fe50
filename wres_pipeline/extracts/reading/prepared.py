"""What every reader hands on: a delimited UTF-8 text DuckDB can load as it stands, and how it was
understood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import TextIO

from wres_pipeline.extracts import contracts
from wres_pipeline.extracts.contracts import Contract
from wres_pipeline.extracts.intake.refusal import RefusedFile
from wres_pipeline.extracts.reading.headings import (
    DEEPEST_HEADER,
    TALLEST_HEADER,
    Header,
    find_header,
    nearest,
    said_above,
    showable,
    turned,
)  # fmt: skip

PART, LINE_FEED, CARRIAGE_RETURN = "\x1f", "\x1e", "\x1d"
"""Control characters that stand for what parts cells and lines in a normalised copy."""
_SPECIAL = ("\r", "\0", LINE_FEED, CARRIAGE_RETURN)
_BLOCK = 500
"""Lines that are looked at and written together. [ours]"""
_ESCAPES = str.maketrans(
    {"\n": LINE_FEED, "\r": CARRIAGE_RETURN, PART: " ", LINE_FEED: " ", CARRIAGE_RETURN: " ", "\0": ""}
)

BEYOND = "(beyond the headings)"
"""Key in `extra` of what stands to the right of the last heading."""

ROW_IN_FILE, SHEET = "row in file", "sheet"
"""Keys in `extra` of where a value of a wide table stood."""

OWN_KEYS = frozenset({BEYOND, ROW_IN_FILE, SHEET})
"""Keys in `extra` that are ours, not headings of the file."""

Row = tuple[int, Sequence[str]]
"""(row as a spreadsheet numbers it, cells)"""


@dataclass(slots=True)
class Prepared:
    """A file ready to be loaded by the one loading statement.

    source: the text to load: the file itself where it is clean (`in_place`), else a normalised copy whose
    first field is the row number and whose last holds values beyond the headings. skip: lines above the first
    row. columns: canonical name -> field; extras: heading -> field. rows_in: rows the reader counted itself.
    beyond: numbers of rows with values beyond the headings. unit: what one row of it is, where it is not a
    row of the file. repeated: canonical name -> headings in `extras` that stand for the same column. facts: what the reader
    saw and the values do not say, by name; it goes into the ledger.
    """

    contract: Contract
    source: Path
    in_place: bool
    columns: Mapping[str, int]
    extras: Mapping[str, int]
    fields: int
    rows_in: int
    format: str
    header_row: int = 0
    skip: int = 0
    delimiter: str = ","
    encoding: str = "utf-8"
    sheet: str = ""
    blank_rows: int = 0
    beyond: Sequence[int] = ()
    escaped: bool = False
    unit: str = ""
    read_with: str = ""
    headings: Sequence[str] = ()
    notes: list[str] = field(default_factory=list)
    repeated: Mapping[str, Sequence[str]] = field(default_factory=dict)
    facts: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Chosen:
    contract: Contract
    header: Header


def choose(
    rows: Sequence[Sequence[str]], candidates: Sequence[Contract], local: Mapping[str, str]
) -> tuple[Chosen | None, Chosen | None]:
    """(the first candidate whose needed columns are all there, the nearest otherwise)."""
    nearest_miss: Chosen | None = None
    for contract in candidates:
        header = find_header(rows, contract, local)
        if header is None:
            continue
        chosen = Chosen(contract, header)
        if not header.match.missing(contract):
            return chosen, None
        if nearest_miss is None or len(header.match.columns) > len(nearest_miss.header.match.columns):
            nearest_miss = chosen
    return None, nearest_miss


def refuse_headings(
    name: str,
    rows: Sequence[Sequence[str]],
    candidates: Sequence[Contract],
    miss: Chosen | None,
    local: Mapping[str, str],
) -> RefusedFile:
    """The refusal of a file in which the needed columns were not found: what was, and what to do about it."""
    others = [contracts.load(k) for k in contracts.kinds() if k not in {c.kind for c in candidates}]
    other, _ = choose(rows, others, local)
    expected = candidates[0]
    if other is not None and (
        miss is None or len(other.header.match.columns) > len(miss.header.match.columns)
    ):
        return RefusedFile(
            name,
            f"its name says {expected.title}, but its headings are those of {other.contract.title}.",
            f"Name it after what it holds ({other.contract.names[0]}…), or send the right extract.",
        )
    if miss is None:
        return RefusedFile(
            name,
            f"no row of headings of {expected.title} was found in its first {DEEPEST_HEADER} rows.",
            "Send the extract with its headings: "
            + ", ".join(c.headings[0] for c in expected.needed("column", "row", "any"))
            + ".",
        )
    contract, header = miss.contract, miss.header
    missing = header.match.missing(contract)
    filled = [text for text in header.texts if text.strip()]
    known = {header.texts[i] for i in (*header.match.columns.values(), *header.match.repeated)}
    # A row with few known headings may be a row of data: what no contract knows is then not repeated in a message.
    telling = 2 * len(header.match.columns) >= len(filled)
    found = [showable(text) for text in filled if telling or text in known]
    if len(found) < len(filled):
        found.append(f"and {len(filled) - len(found)} cells no contract knows")
    hints = _hints(contract, header, missing)
    told = [f"{column} may be {' or '.join(map(repr, texts))}" for column, texts in hints.items()]
    either = {c.name for c in contract.needed("any")}
    lines = {c: f"`{hints[c][0] if c in hints else 'its heading'},{c}`" for c in missing}
    told_lines = [line for c, line in lines.items() if c not in either]
    if one_of := [line for c, line in lines.items() if c in either]:
        told_lines.append(" or ".join(one_of))
    return RefusedFile(
        name,
        f"no column for {_named(missing, contract)} of {contract.title}. "
        f"Headings found in row {header.row + 1}: {', '.join(found)}."
        + (f" {'; '.join(told)}." if told else ""),
        "Send the missing column, or say which heading it has: add the line "
        f"{' and '.join(told_lines)} to mappings/headings.csv beside the extracts (first line label,means).",
    )


def _named(missing: Sequence[str], contract: Contract) -> str:
    """The missing columns in words, those of which one is enough with `or` between."""
    either = {c.name for c in contract.needed("any")}
    parts = [name for name in missing if name not in either]
    one_of = [name for name in missing if name in either]
    return ", ".join([*parts, *([" or ".join(one_of)] if one_of else [])])


def _hints(contract: Contract, header: Header, missing: Sequence[str]) -> dict[str, list[str]]:
    """Canonical name -> headings of the file that no contract knows and that come near it; needed columns first.

    A heading is offered to the nearest column only, and to a needed one before others.
    """
    found: dict[str, list[str]] = {}
    for index in header.match.unknown:
        near = [
            name for _, name in nearest(header.texts[index], contract, 5) if name not in header.match.columns
        ]
        wanted = [name for name in near if name in missing] or near[:1]
        for name in wanted[:1]:
            found.setdefault(name, []).append(showable(header.texts[index]))
    if not found and len(header.match.unknown) == 1 and not turned(header.texts[header.match.unknown[0]]):
        found = {name: [showable(header.texts[header.match.unknown[0]])] for name in missing}
    return {name: found[name] for name in sorted(found, key=lambda n: n not in missing)}


def layout(header: Header) -> tuple[dict[str, int], dict[str, int], dict[str, list[str]], int]:
    """(canonical name -> cell, heading kept in `extra` -> cell, canonical name -> headings that repeat it, cells a row may
    have)."""
    texts = header.texts
    width = max((i + 1 for i, text in enumerate(texts) if text.strip()), default=0)
    extras: dict[str, int] = {}
    again: dict[str, list[str]] = {}
    for index in sorted((*header.match.unknown, *header.match.repeated)):
        label, number = " ".join(texts[index].split()), 2
        while label in extras:
            label = f"{' '.join(texts[index].split())} ({number})"
            number += 1
        extras[label] = index
        if index in header.match.repeated:
            again.setdefault(header.match.repeated[index], []).append(label)
    return dict(header.match.columns), extras, again, width


def normalise(
    rows: Iterable[Row],
    name: str,
    candidates: Sequence[Contract],
    local: Mapping[str, str],
    target: Path,
    *,
    format: str,
    sheet: str = "",
) -> Prepared:
    """Stream `rows` into `target` as plain CSV and say how they were understood.

    Blank rows are no rows and are only counted. Raises RefusedFile when the headings of no candidate are
    found, or when there is no row below them.
    """
    stream = iter(rows)
    head = list(islice(stream, DEEPEST_HEADER + TALLEST_HEADER))
    cells = [row for _, row in head]
    if not any(cell.strip() for row in cells for cell in row):
        head_rest = next((r for r in stream if any(cell.strip() for cell in r[1])), None)
        if head_rest is None:
            raise RefusedFile(name, "there is nothing in it.", "Send the extract again.")
    chosen, miss = choose(cells, candidates, local)
    if chosen is None:
        raise refuse_headings(name, cells, candidates, miss, local)
    header = chosen.header
    columns, extras, again, width = layout(header)
    body = chain(head[header.row + header.height :], stream)
    rows_in, blanks, beyond, escaped = write_rows(body, width, target)
    if not rows_in and not chosen.contract.may_be_empty:
        raise RefusedFile(
            name, "there are headings but not one row below them.", "Send the extract with its rows."
        )
    if beyond:
        extras[BEYOND] = width
    return Prepared(
        contract=chosen.contract,
        source=target,
        in_place=False,
        columns={column: index + 1 for column, index in columns.items()},
        extras={heading: index + 1 for heading, index in extras.items()},
        fields=width + 2,
        rows_in=rows_in,
        format=format,
        header_row=head[header.row][0],
        sheet=sheet,
        blank_rows=blanks,
        beyond=beyond,
        escaped=escaped,
        headings=header.texts[:width],
        repeated=again,
        facts=said_above(cells[: header.row]),
    )


def reshaped(prepared: Prepared, unit: str) -> Prepared:
    """Mark a delivery whose rows are values of a wide table: its row numbers count values, its header is not
    the file's."""
    prepared.unit, prepared.header_row = unit, 0
    return prepared


def write_rows(
    rows: Iterator[Row] | Iterable[Row], width: int, target: Path
) -> tuple[int, int, list[int], bool]:
    """Write (row number, `width` cells, values beyond them) a line, in the form `statements.load_rows` reads.

    That form has no quotation marks: cells are parted by `PART` and lines by a line feed; line ends within a cell are
    written as `LINE_FEED` and `CARRIAGE_RETURN`. Returns (rows written, blank rows left out, numbers of the rows with
    values beyond, whether any cell had to be written so).
    """
    written = blanks = 0
    over: list[int] = []
    escaped = False
    with target.open("w", encoding="utf-8", newline="") as file:
        block: list[list[str]] = []
        for number, row in rows:
            first = row[0] if row else ""
            if (not first or first.isspace()) and not any(cell and not cell.isspace() for cell in row):
                blanks += 1
                continue
            count = len(row)
            if count == width:
                cells = [str(number), *row, ""]
            elif count < width:
                cells = [str(number), *row, *[""] * (width - count), ""]
            else:
                beyond = [cell for cell in row[width:] if cell.strip()]
                if beyond:
                    over.append(number)
                cells = [str(number), *row[:width], " | ".join(beyond)]
            block.append(cells)
            written += 1
            if len(block) == _BLOCK:
                escaped |= _write_block(file, block)
                block = []
        escaped |= _write_block(file, block)
    return written, blanks, over, escaped


def _write_block(file: TextIO, block: Sequence[Sequence[str]]) -> bool:
    """Write lines of as many cells each; whether any cell had to be escaped. Looked at together: a line by itself costs more
    to look at than to write."""
    text = "".join(f"{PART.join(cells)}\n" for cells in block)
    parts = sum(len(cells) - 1 for cells in block)
    plain = text.count(PART) == parts and text.count("\n") == len(block)
    if plain and not any(character in text for character in _SPECIAL):
        file.write(text)
        return False
    for cells in block:
        file.write(PART.join(cell.translate(_ESCAPES) for cell in cells) + "\n")
    return True
