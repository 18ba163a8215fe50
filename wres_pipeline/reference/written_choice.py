"""Which of several files counts that hold the same texts: `actions.yaml`, `actions.docx`, `actions.xlsx`.

A form knows the mark of what it was filled from. Where that still stands as it was, the form is what became of it, and
counts; where it was changed since, or two files say different things, neither counts until one is moved away.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from wres_pipeline.reference.written_file import Problem, WrittenFileError

T = TypeVar("T")
SUFFIXES = (".yaml", ".docx", ".xlsx")
STEMS = ("actions", "notes")
NAMES = frozenset(f"{stem}{suffix}" for stem in STEMS for suffix in SUFFIXES)


@dataclass(frozen=True, slots=True)
class Chosen(Generic[T]):
    """found: what counts, and the file it stands in; None where there is none. problems: of all files."""

    found: T | None = None
    file: Path | None = None
    problems: tuple[Problem, ...] = ()


def beside(path: Path) -> tuple[Path, ...]:
    """The files that may hold what `path` holds: as YAML, in Word, as a workbook."""
    return tuple(path.with_suffix(suffix) for suffix in SUFFIXES)


def there(path: Path) -> list[Path]:
    """Those of them that are there."""
    return [one for one in beside(path) if one.is_file()]


def mark(found: object) -> str:
    """A short mark of what a file says: another mark, other words."""
    return hashlib.sha256(repr(found).encode("utf-8")).hexdigest()[:8]


def choose(path: Path, read: Callable[[bytes, str], tuple[T, str]], nothing: T | None = None) -> Chosen[T]:
    """What counts of the files beside `path`.

    read: the text of a file and its name -> what it says, and the mark of what the form was filled from (blank: no form).
    nothing: what says nothing at all, and stands back behind any other.
    """
    said: list[tuple[Path, T, str]] = []
    problems: list[Problem] = []
    for one in there(path):
        try:
            said.append((one, *read(one.read_bytes(), one.name)))
        except WrittenFileError as error:
            problems += error.problems
        except OSError:
            problems.append(Problem(one.name, "", "may not be read by this user"))
    if problems:
        return Chosen(problems=tuple(problems))
    words = [each for each in said if each[1] != nothing] or said[:1]
    made_from = {origin for _, _, origin in words if origin}
    last = [each for each in words if mark(each[1]) not in made_from or each[2] == mark(each[1])] or words
    if not last:
        return Chosen()
    file, found, _ = last[-1]
    if any(other != found for _, other, _ in last):
        names = " and ".join(one.name for one, _, _ in last)
        told = f"{names} say different things, and nobody can tell which is meant; move all but one away"
        return Chosen(problems=(Problem(file.name, "", told),))
    return Chosen(found, file)


def words_of(
    path: Path, read: Callable[[bytes, str], tuple[T, str]], nothing: T | None = None
) -> list[bytes]:
    """What the files beside `path` say, for a hash: a form that says what the YAML says changes nothing, and neither does one that
    a word processor saved again."""
    chosen = choose(path, read, nothing)
    yaml = path.with_suffix(SUFFIXES[0])
    if chosen.file is None:
        return [one.read_bytes() for one in there(path)]
    if chosen.file == yaml:
        return [yaml.read_bytes()]
    if yaml.is_file() and read(yaml.read_bytes(), yaml.name)[0] == chosen.found:
        return [yaml.read_bytes()]
    return [repr(chosen.found).encode()]
