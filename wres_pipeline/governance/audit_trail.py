"""Who did what, when: one line an act, each bound to the one before by a hash, so that no line can be changed or taken out
without its being seen.

The file stands in the Dagster home (0600). It names the system's user and the command, never a person of the extracts. The
hash of the last line is printed by `wres audit`: written down elsewhere, it also shows lines cut off at the end.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock

from wres_pipeline import __version__, whole_file
from wres_pipeline.reference import bounded_files
from wres_pipeline.render.text import printable

try:
    import pwd
except ImportError:  # Windows
    pwd = None  # type: ignore[assignment]

FILE = "audit-trail.jsonl"
BEGINNING = "0" * 64


class AuditTrailError(RuntimeError):
    """The trail cannot be written or read; says where and what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the trail. facts: what was done, of which organisation and year, with which result."""

    number: int
    at: str
    user: str
    act: str
    facts: Mapping[str, Any]
    version: str
    before: str
    mark: str

    @property
    def content(self) -> str:
        """What the mark is made over."""
        told = [self.number, self.at, self.user, self.act, dict(self.facts), self.version, self.before]
        return json.dumps(told, ensure_ascii=False, sort_keys=True)

    @property
    def holds(self) -> bool:
        """Whether the line is as it was written."""
        return hashlib.sha256(self.content.encode()).hexdigest() == self.mark


def append(home: Path, act: str, now: datetime | None = None, **facts: Any) -> Entry:
    """Add an act to the trail of the Dagster home `home`, flushed to disk before it returns.

    A last line that a kill cut short is completed as a broken one, not overwritten.
    """
    home.mkdir(parents=True, exist_ok=True)
    place = home / FILE
    _no_link(place)
    with FileLock(home / f"{FILE}.lock"):
        lines = _lines(place)
        if place.exists() and lines and not place.read_bytes().endswith(b"\n"):
            with place.open("ab") as out:
                out.write(b"\n")
        last = _entry(lines[-1]) if lines else None
        before = last.mark if last else hashlib.sha256(lines[-1].encode()).hexdigest() if lines else BEGINNING
        at = (now or datetime.now(UTC)).isoformat(timespec="seconds")
        made = Entry(len(lines) + 1, at, _user(), act, facts, __version__, before, "")
        mark = hashlib.sha256(made.content.encode()).hexdigest()
        told = {
            name: getattr(made, name)
            for name in ("number", "at", "user", "act", "facts", "version", "before")
        }
        line = json.dumps({**told, "mark": mark}, ensure_ascii=False) + "\n"
        with os.fdopen(
            os.open(
                place,
                os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0),
                whole_file.PRIVATE_FILE,
            ),
            "ab",
        ) as out:
            out.write(line.encode())
            out.flush()
            os.fsync(out.fileno())
    return Entry(**told, mark=mark)


def read(home: Path) -> Iterator[Entry | None]:
    """Every line, in order; None for one that is no entry."""
    for line in _lines(home / FILE):
        yield _entry(line)


def breaks(home: Path) -> list[str]:
    """What does not hold, in words: a line that was changed, taken out, put in, or cut short."""
    found, before = [], BEGINNING
    for number, (line, entry) in enumerate(zip(_lines(home / FILE), read(home), strict=True), start=1):
        if entry is None:
            found.append(f"line {number} is no entry: it was cut short or overwritten")
            before = hashlib.sha256(line.encode()).hexdigest()
            continue
        if not entry.holds:
            found.append(f"line {number} was changed after it was written ({entry.at}, {entry.act})")
        if entry.before != before or entry.number != number:
            found.append(
                f"before line {number} ({entry.at}, {entry.act}) a line was taken out, put in or changed"
            )
        before = entry.mark
    return found


def head(home: Path) -> str:
    """The mark of the last line; zeros for no line."""
    entries = list(read(home))
    last = entries[-1] if entries else None
    return last.mark if last else BEGINNING


def _no_link(place: Path) -> None:
    """Somebody who may write to the home could have the trail written to, or read from, another file."""
    if place.is_symlink():
        raise AuditTrailError(
            f"{place} is a link to another place, and no audit trail is written through one or read from it: find out who made "
            "it, and move it away"
        )


def _lines(place: Path) -> list[str]:
    _no_link(place)
    try:
        held = place.read_text(encoding="utf-8", errors="replace") if place.exists() else ""
        return (
            held.removesuffix("\n").split("\n") if held else []
        )  # no other sign ends a line that was written here
    except OSError as error:
        raise AuditTrailError(f"{place}: the audit trail cannot be read ({type(error).__name__})") from error


def _entry(line: str) -> Entry | None:
    try:
        told = Entry(**bounded_files.parse(line))
    except (ValueError, TypeError):
        return None
    texts = (told.at, told.user, told.act, told.version, told.before, told.mark)
    facts = told.facts.values() if isinstance(told.facts, dict) else [[]]
    plain = all(each is None or isinstance(each, str | int | float) for each in facts)
    return (
        told if plain and type(told.number) is int and all(isinstance(each, str) for each in texts) else None
    )


def _user() -> str:
    """The user the system knows; the environment, which anybody may set, is asked on Windows alone."""
    if pwd is None:
        return printable(getpass.getuser())
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"user {os.getuid()}"
