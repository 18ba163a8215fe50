"""Reading a file that a person keeps by hand, YAML or a form: every fault in it is named at once, so that it is mended
once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol, runtime_checkable

from wres_pipeline.reference import bounded_files, ods_codes
from wres_pipeline.reference.shown_text import shown_of_a_written_file, without_people

MOST_FAULTS = 50
"""Faults of one file that are told one by one."""


class Problem(str):
    """A fault of one file as it is told: file, entry, field, what was found and is allowed. `about`: the same without the file."""

    file: str
    about: str

    def __new__(cls, file: str, place: str, words: str) -> Problem:
        about = f"{place}: {words}" if place else words
        made = super().__new__(cls, f"{file}{', ' if place else ': '}{about}")
        made.file, made.about = file, about
        return made


class WrittenFileError(ValueError):
    """A file that cannot be used; `problems` names each fault."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@runtime_checkable
class _KnowsItsPlace(Protocol):
    """An entry that can say where a field of it stands in the file, and what the file calls it."""

    def place_of(self, field: str) -> str: ...

    def named(self, field: str) -> str: ...


class WrittenFile:
    """Reads the entries of one file and gathers the faults in `problems`.

    A field that is faulty is given back as its empty value: the caller reads on and refuses the
    file at the end.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.faults = 0
        self._entries: dict[str, Any] = {}

    def document(self, content: bytes | str) -> Any:
        """The YAML of the file. Raises WrittenFileError when it is none, with the line."""
        try:
            return bounded_files.load_yaml(content)
        except bounded_files.BoundedYamlError as error:
            raise WrittenFileError([Problem(self.name, "", str(error))]) from None

    def fault(self, where: str, field: str, words: str) -> None:
        """Note a fault of a field of an entry; of `MOST_FAULTS` the rest are counted."""
        self.faults += 1
        if self.faults > MOST_FAULTS:
            self.problems[MOST_FAULTS:] = [Problem(self.name, "", f"and {self.faults - MOST_FAULTS:,} more")]
            return
        entry = self._entries.get(where)
        stands = entry.place_of(field) if isinstance(entry, _KnowsItsPlace) else ""
        named = entry.named(field) if isinstance(entry, _KnowsItsPlace) else field
        place = ", ".join(part for part in (stands, where, named) if part)
        self.problems.append(Problem(self.name, place, words))

    def fault_at(self, place: str, words: str) -> None:
        """Note a fault of the shape of a form, of no entry."""
        self.fault("", place, words)

    def known(self, where: str, entry: Mapping[Any, Any], fields: Sequence[str]) -> None:
        """A field that is none of `fields` is a fault. Later faults of `where` are told with their line of `entry`."""
        self._entries[where] = entry
        for field in entry:
            if field not in fields:
                named = shown_of_a_written_file(field).strip("'")
                self.fault(where, named, f"no such field; there are {', '.join(fields)}")

    def text(self, where: str, entry: Mapping[Any, Any], field: str, *, required: bool = False) -> str:
        """The text of a field, blank when it is not there."""
        value = entry.get(field)
        if isinstance(value, list | dict):
            self.fault(where, field, "must be text")
            return ""
        words = "" if value is None else str(value).strip()
        if required and not words:
            self.fault(where, field, "is missing")
        return words

    def words(self, where: str, entry: Mapping[Any, Any], field: str, *, required: bool = False) -> str:
        """The text of a field that is printed: a sentence stands in place of one that holds a person."""
        return without_people(self.text(where, entry, field, required=required))

    def code(self, where: str, entry: Mapping[Any, Any], field: str) -> str:
        """The ODS code of a field, in capitals; blank, and a fault, when it is none."""
        words = self.text(where, entry, field, required=True).upper()
        if words and not ods_codes.is_code(words):
            self.fault(where, field, f"is not an ODS code; one is {ods_codes.SHAPE}")
            return ""
        return words

    def sequence(self, where: str, entry: Mapping[Any, Any], field: str) -> list[Any]:
        """The list of a field, empty when it is not there."""
        value = entry.get(field)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault(where, field, "must be a list")
            return []
        return value

    def day(self, where: str, entry: Mapping[Any, Any], field: str, *, required: bool = True) -> date | None:
        """The date of a field; None when it is not there or is faulty."""
        value = entry.get(field)
        return None if value is None and not required else self.one_day(where, field, value)

    def one_day(self, where: str, field: str, value: Any) -> date | None:
        """A value as a date; anything else is a fault."""
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            found = "is missing" if value is None else f"{shown_of_a_written_file(value)} is not a date"
            as_here = "2021-10-31" if self.name.endswith(".yaml") else "31 October 2021"
            self.fault(where, field, f"{found}; write it as {as_here}")
            return None
