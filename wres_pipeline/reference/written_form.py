"""What a form in Word or a workbook says: its tables recognised by their headings, and each entry with its place.

A form is read into what the YAML of the same file would hold, so that one reader judges both and names the same faults.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wres_pipeline.reference import written_tables
from wres_pipeline.reference.shown_text import shown_of_a_written_file
from wres_pipeline.reference.tables import fold
from wres_pipeline.reference.written_file import Problem, WrittenFile, WrittenFileError
from wres_pipeline.reference.written_tables import Cell, Grid

SUFFIXES = (".docx", ".xlsx")
MARK = "made_from"
MARK_LABEL = "Mark of this form (leave as it is)"
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe63\uff0d]")
_QUOTES = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " ", "\u00ad": None}
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_WORDED = re.compile(r"(?:[a-z]+day,? )?(\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -]([a-z]{3,9})\.?,?[ -](\d{4})")
_IN_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})")


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of table: its fields by the heading people see. records: a row an entry; else two columns, a row a field."""

    name: str
    fields: Mapping[str, str]
    records: bool


class PlacedMapping(dict[Any, Any]):
    """An entry of a form that knows where each of its fields stands, and what its heading is."""

    def __init__(
        self, place: str, places: Mapping[str, str] | None = None, labels: Mapping[str, str] | None = None
    ) -> None:
        super().__init__()
        self.place = place
        self.places = dict(places or {})
        self.labels = dict(labels or {})

    def place_of(self, field: str) -> str:
        """Where a field stands, else the entry."""
        return self.places.get(field, self.place)

    def named(self, field: str) -> str:
        """The heading of a field, as the form has it."""
        return self.labels.get(field, field)


def read(reader: WrittenFile, content: bytes, parts: Sequence[Part]) -> dict[str, list[PlacedMapping]]:
    """The entries of every table of a form by the name of its part; faults of its shape are noted in the reader.

    Raises WrittenFileError for a file whose tables cannot be read at all.
    """
    try:
        tables = written_tables.read(content, reader.name)
    except written_tables.TablesError as error:
        raise WrittenFileError([Problem(reader.name, *one) for one in error.problems]) from None
    found: dict[str, list[PlacedMapping]] = {part.name: [] for part in parts}
    for grid in tables.grids:
        rows = [(number, cells) for number, cells in grid.rows if written_tables.filled(cells)]
        if not rows:
            continue
        part = _recognised(rows, parts)
        if part is None:
            reader.fault_at(
                f"{grid.place}, row {rows[0][0]}",
                "its headings are those of no table of this form; write them as "
                "the form had them, or delete the table",
            )
        elif part.records:
            found[part.name] += _records(reader, grid, rows, part)
        else:
            found[part.name].append(_entry(reader, grid, rows, part))
    for place, _ in tables.outside:
        reader.fault_at(
            place, "words outside the tables are not read; write them into a cell, or delete them"
        )
    return found


def _recognised(rows: Sequence[tuple[int, list[Cell]]], parts: Iterable[Part]) -> Part | None:
    """The part most of whose headings stand in the first row, or in the first column."""
    first_row = [plain(cell) for cell in rows[0][1]]
    first_column = [plain(cells[0]) for _, cells in rows]
    best, most = None, 0
    for part in parts:
        labels = {plain(label) for label in part.fields}
        hits = sum(cell in labels for cell in (first_row if part.records else first_column))
        if hits > most and (hits > 1 or len(labels) == 1):
            best, most = part, hits
    return best


def _records(
    reader: WrittenFile, grid: Grid, rows: Sequence[tuple[int, list[Cell]]], part: Part
) -> list[PlacedMapping]:
    by_label = {plain(label): (label, name) for label, name in part.fields.items()}
    number, header = rows[0]
    columns = [by_label.get(plain(cell)) for cell in header]
    place = f"{grid.place}, row {number}"
    for cell, known in zip(header, columns, strict=True):
        if known is None and cell != "":
            _no_such(reader, place, cell, part)
    names = [known[1] for known in columns if known]
    for label, name in part.fields.items():
        if names.count(name) != 1:
            reader.fault_at(
                place,
                f"the column {label!r} must stand there once; it stands there {names.count(name)} times",
            )
    found = []
    for number, cells in rows[1:]:
        if [plain(one) for one in cells] == [plain(one) for one in header]:
            continue  # the header repeated on another page
        place = f"{grid.place}, row {number}"
        entry = PlacedMapping(place, labels={name: label for label, name in part.fields.items()})
        for position, cell in enumerate(cells):
            known = columns[position] if position < len(columns) else None
            if known is not None:
                entry[known[1]] = cell
            elif cell != "":
                reader.fault_at(
                    place, "words stand in a column without a heading; write them under one, or delete them"
                )
        found.append(entry)
    return found


def _entry(
    reader: WrittenFile, grid: Grid, rows: Sequence[tuple[int, list[Cell]]], part: Part
) -> PlacedMapping:
    by_label = {plain(label): (label, name) for label, name in part.fields.items()}
    entry = PlacedMapping(
        f"{grid.place}, row {rows[0][0]}", labels={name: label for label, name in part.fields.items()}
    )
    for number, cells in rows:
        place = f"{grid.place}, row {number}"
        known = by_label.get(plain(cells[0]))
        if known is None:
            _no_such(reader, place, cells[0], part)
            continue
        if known[1] in entry:
            reader.fault_at(place, f"{known[0]!r} stands in this table twice")
        entry.places[known[1]] = place
        said = [cell for cell in cells[1:] if cell != ""]
        entry[known[1]] = said[0] if said else ""
        if len(said) > 1:
            reader.fault_at(
                place, "words stand in a third column; write them into the second, or delete them"
            )
    return entry


def _no_such(reader: WrittenFile, place: str, cell: Cell, part: Part) -> None:
    named = shown_of_a_written_file(cell)
    reader.fault_at(place, f"{named} is no heading of this table; there are {', '.join(part.fields)}")


# --- what a cell says


def plain(cell: Cell) -> str:
    """A cell for comparing with a word of a list."""
    return fold(str(cell))


def line(cell: Cell) -> str:
    """A cell as one line of words."""
    return " ".join(str(cell).split())


def day(cell: Cell) -> Any:
    """A cell as a date, in British forms and in ours; what is none is given back as it is written."""
    if isinstance(cell, date):
        return cell
    text = " ".join(_DASHES.sub("-", str(cell).translate(_QUOTES)).lower().split())
    try:
        if match := _WORDED.fullmatch(text):
            month = next((n for n, name in enumerate(_MONTHS, 1) if match[2].startswith(name)), 0)
            return date(int(match[3]), month, int(match[1]))
        if match := _IN_NUMBERS.fullmatch(text):
            year = int(match[4]) + (2000 if len(match[4]) == 2 else 0)
            return date(year, int(match[3]), int(match[1]))
    except ValueError:
        pass
    return text if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else line(cell) or None


def days(cell: Cell) -> list[Any]:
    """Every date of a cell, with semicolons, commas, "and" or lines between."""
    if isinstance(cell, date):
        return [cell]
    return [day(one) for one in re.split(r"[;,\n]|\band\b", str(cell)) if one.strip()]


def number(cell: Cell) -> Any:
    """A cell as a number; what is none is given back as it is written."""
    if isinstance(cell, int | float):
        return cell
    text = _DASHES.sub("-", str(cell).translate(_QUOTES)).replace(" ", "").removesuffix("%")
    return float(text) if re.fullmatch(r"-?\d{1,9}(?:\.\d{1,9})?", text, re.ASCII) else line(cell) or None


def sequence(cell: Cell, known: Sequence[str]) -> list[str]:
    """The entries of a cell such as "2, 7", "Indicators 5 to 8" or "5–8"; known: the entries there are, in order."""
    text = re.sub(r"\bindicators?\b", " ", _DASHES.sub("-", str(cell).translate(_QUOTES)).lower())
    text = re.sub(r"(\d)\s*(?:-|to)\s*(\d)", r"\1-\2", text)
    found: list[str] = []
    for one in re.split(r"[;,\n&]|\band\b", text):
        word = "_".join(one.split())
        ends = re.fullmatch(r"(\d)-(\d)", word)
        if ends and ends[1] in known and ends[2] in known:
            found += known[known.index(ends[1]) : known.index(ends[2]) + 1]
        elif word:
            found.append(word)
    return found
