"""Reading `wres.toml`: every fault of the file is named at once, with its line, so that it is mended once."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_type_hints

_SECTION = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?")
_KEY = re.compile(r"""\s*("[^"]*"|'[^']*'|[\w.-]+)\s*=""")


def _hint(error: Exception) -> str:
    """What to write where a path of Windows has made a fault of a backslash."""
    if isinstance(error, tomllib.TOMLDecodeError) and re.search(
        r"hex value|unescaped|escape", str(error), re.IGNORECASE
    ):
        return "; write a path with / or between single quotation marks"
    return ""


class SettingsError(ValueError):
    """Settings that cannot be used; `problems` names each fault: file, line, key, what was found and what is allowed."""

    def __init__(self, *problems: str) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


class SettingsFile:
    """The text of one settings file, and the faults found in it.

    A key that is faulty is left out of what `section` gives: the caller reads on and raises at the end (`refuse`).
    """

    def __init__(self, place: Path) -> None:
        self.place = place
        self.problems: list[str] = []
        self.faulty: set[tuple[str, str]] = set()
        self._lines: dict[tuple[str, str], int] = {}

    def read(self, *, required: bool) -> dict[str, Any]:
        """What the file holds, nothing where there is none or it is no TOML, which is a fault."""
        if not self.place.exists():
            if required:
                self.problems.append(f"{self.place}: there is no such settings file")
            return {}
        try:
            text = self.place.read_text(encoding="utf-8-sig")
            given = tomllib.loads(text)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError, RecursionError) as error:
            self.problems.append(f"{self.place}: not a settings file that can be read: {error}{_hint(error)}")
            return {}
        section = ""
        for number, line in enumerate(text.splitlines(), start=1):
            if heading := _SECTION.fullmatch(line):
                section = ".".join(part.strip().strip("\"'") for part in heading[1].split("."))
                self._lines.setdefault((section, ""), number)
            elif key := _KEY.match(line):
                self._lines.setdefault((section, key[1].strip("\"'")), number)
        return given

    def fault(self, section: str, key: str, words: str, *, named: bool = True) -> None:
        """Note a fault of a key of a section. `named`: the section and key stand before the words."""
        self.faulty.add((section, key))
        line = self._lines.get((section, key)) or self._lines.get((section, "")) or self._lines.get((key, ""))
        where = f"line {line}: " if line else ""
        place = f"[{section}] {key}".strip() if section else f"[{key}]"
        self.problems.append(f"{self.place}: {where}{f'{place} ' if named else ''}{words}")

    def table(self, section: str, given: Any) -> dict[str, Any]:
        """A section, empty where something else stands in its place."""
        if isinstance(given, dict):
            return given
        name = section.rpartition(".")[2]
        self.fault(
            section.rpartition(".")[0],
            name,
            f"{name} is {given!r}; it must be a section of its own",
            named=False,
        )
        return {}

    def known(self, section: str, given: Mapping[str, Any], known: set[str]) -> None:
        """A key that is none of `known` is a fault."""
        for key in given:
            if key not in known:
                self.fault(section, key, f"is not a setting; known here: {', '.join(sorted(known))}")

    def section(
        self, name: str, kind: type[Any], given: Any, secret: Mapping[str, str] | None = None, **fixed: str
    ) -> Any:
        """One section as its dataclass; `fixed` are the fields that no file may set; `secret`: those that the environment
        gives, with the variable."""
        hints = get_type_hints(kind)
        values: dict[str, Any] = dict(fixed)
        known = {f.name for f in dataclasses.fields(kind)} - set(fixed)
        entries = dict(self.table(name, given))
        for key in sorted(set(entries) & set(secret or {})):
            self.fault(name, key, f"is a secret: set {(secret or {})[key]} in the environment instead")
            del entries[key]
        self.known(name, entries, known)
        for key in known & set(entries):
            value, (wanted, words) = entries[key], KINDS[hints[key]]
            fits = isinstance(value, wanted) and (bool in wanted or not isinstance(value, bool))
            if not fits or (isinstance(value, list) and not all(isinstance(item, str) for item in value)):
                self.fault(name, key, f"is {value!r}; it must be {words}")
            else:
                values[key] = (
                    tuple(value)
                    if isinstance(value, list)
                    else float(value)
                    if hints[key] is float
                    else value
                )
        return kind(**values)


KINDS: dict[Any, tuple[tuple[type, ...], str]] = {
    str: ((str,), "text in quotes"),
    bool: ((bool,), "true or false"),
    int: ((int,), "a whole number"),
    float: ((int, float), "a number"),
    tuple[str, ...]: ((list,), 'a list of texts, such as ["a", "b"]'),
    str | None: ((str,), "text in quotes"),
    int | None: ((int,), "a whole number"),
}
"""The type of a field -> what a settings file may give for it, and that in words."""
