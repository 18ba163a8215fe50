"""ESR Generic Outbound v2: records of persons and assignments, joined into the rows of a staff list.

`~` delimited without quotation marks: HDR, then PRA (person, 44 fields), ASA (assignment, 50), POA (position)
and others, then TRL with the number of records. The last letter of a record's type says what it does: A adds
or updates, D deletes. [seen] Fields are counted from 0, the record type; which is which column stands in
`outbound_fields.csv`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from wres_pipeline.extracts.intake.refusal import RefusedFile
from wres_pipeline.extracts.reading.prepared import Row

FIELDS = {"PRA": 44, "ASA": 50}
TRAILER = "TRL"
CHANGES_ONLY = "_GOC_"
"""In the header's file name: a file of changes, not of everybody (`_GOF_` is the full one). [recalled]"""
_PERSON, _ASSIGNMENT = 1, 2


def is_outbound(head: str) -> bool:
    return head.lstrip("\ufeff").startswith("HDR~")


@cache
def fields() -> tuple[tuple[str, int, str, str], ...]:
    """(record, field, column, part of the field between `|` or blank) for every field that is read."""
    text = files(__package__).joinpath("outbound_fields.csv").read_text(encoding="utf-8")
    return tuple(
        (r["record"], int(r["field"]), r["column"], r["part"]) for r in csv.DictReader(text.splitlines())
    )


@cache
def columns() -> tuple[str, ...]:
    return tuple(column for _, _, column, _ in fields())


class Outbound:
    """One file of it. `rows` gives a header row, then a row an assignment; a person without one has a row
    too."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.notes: list[str] = []
        self._people: dict[str, list[str]] = {}
        self._assignments: dict[str, tuple[int, list[str]]] = {}
        self._lines: dict[str, int] = {}
        self._replaced = self._deleted = 0

    def rows(self, file: io.TextIOWrapper) -> Iterator[Row]:
        """Raises RefusedFile for a missing or wrong trailer, a record of the wrong length, and a file of
        changes only."""
        self._read(file)
        yield 1, columns()
        used: set[str] = set()
        for number, record in self._assignments.values():
            person = self._people.get(record[_PERSON])
            used.add(record[_PERSON])
            yield number, self._joined(person, record)
        for key, person in self._people.items():
            if key not in used:
                yield self._lines[key], self._joined(person, None)
        for count, what in (
            (self._replaced, "replaced by a later record"),
            (self._deleted, "deleted by a later record"),
        ):
            if count:
                self.notes.append(f"{count} records {what} of the same file")

    def _read(self, file: io.TextIOWrapper) -> None:
        trailer, number = "", 0
        for number, line in enumerate(file, start=1):
            record = line.rstrip("\r\n").split("~")
            kind = record[0]
            if trailer:
                if any(record):
                    raise self._damaged(f"something stands below the trailer, in line {number}")
                continue
            if kind == "HDR":
                if number == 1 and len(record) > 1 and CHANGES_ONLY in record[1]:
                    raise RefusedFile(
                        self.name,
                        "it holds changes only, not everybody in post.",
                        "Send the full file (GOF) of that day.",
                    )
            elif kind == TRAILER:
                trailer = record[1] if len(record) > 1 else "?"
                if not trailer.isdigit() or int(trailer) != number - 2:
                    raise self._damaged(
                        f"its trailer counts {trailer} records but {number - 2} stand above it"
                    )
            elif kind in FIELDS:
                if len(record) != FIELDS[kind]:
                    raise self._damaged(f"line {number} has {len(record)} fields, {kind} has {FIELDS[kind]}")
                self._add(kind, record, number)
            elif kind in ("PRD", "ASD"):
                self._delete(kind, record)
        if not trailer:
            raise self._damaged("its trailer is missing")

    def _add(self, kind: str, record: list[str], number: int) -> None:
        if kind == "PRA":
            key = record[_PERSON]
            self._replaced += key in self._people
            self._people[key], self._lines[key] = record, number
        else:
            key = record[_ASSIGNMENT]
            self._replaced += key in self._assignments
            self._assignments[key] = number, record

    def _delete(self, kind: str, record: list[str]) -> None:
        keys = [part for part in record[1:] if part]
        if kind == "PRD":
            for key in keys[:1]:
                self._deleted += self._people.pop(key, None) is not None
        else:
            for key in reversed(keys):
                if self._assignments.pop(key, None) is not None:
                    self._deleted += 1
                    break

    def _joined(self, person: list[str] | None, assignment: list[str] | None) -> list[str]:
        row = []
        for record, field, _, part in fields():
            source = person if record == "PRA" else assignment
            text = source[field] if source is not None else ""
            if part:
                pieces = text.split("|")
                text = pieces[int(part)] if int(part) < len(pieces) else ""
            row.append(text)
        if person is None and assignment is not None:
            # The person's own record is in another file: the assignment number still begins with the employee
            # number.
            row[columns().index("employee_number")] = assignment[7].partition("-")[0]
        return row

    def _damaged(self, what: str) -> RefusedFile:
        return RefusedFile(self.name, f"{what}: the file is cut short or damaged.", "Ask for the file again.")
