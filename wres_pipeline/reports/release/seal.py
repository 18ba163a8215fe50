"""The seal of a signed publication: the bytes of every file that was released, so that one edited afterwards is noticed.

`signed.json` stands in the public folder, for a reader who has only that; the same stands in the private folder, where
nobody who can edit the site can change it. A seal is the SHA-256 over the names and digests of all files: a body can have
it written into its minutes, and then the folder is enough to prove it. Later pages of the same return (a correction) are a
new version: the earlier one stays whole in `version-<n>/` and is no part of the seal.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

from wres_pipeline import whole_file
from wres_pipeline.reference import bounded_files
from wres_pipeline.render.page import day

FILE = "signed.json"
State = Literal["unchanged", "changed after sign-off", "unsigned"]
_VERSION = re.compile(r"version-\d+")


class SealError(ValueError):
    """A folder whose seal cannot be read; says what to do."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """state; who signed and when as it is told, blank for an unsigned folder; what differs: file -> how."""

    state: State
    signed: str = ""
    seal: str = ""
    differs: Mapping[str, str] = field(default_factory=dict)


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file of a publication by its path there, earlier versions and the seal itself left out.

    A link stands as what it leads to by name: it is no file of the publication, and what it shows can change.
    """
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if name.as_posix() == FILE or _VERSION.fullmatch(name.parts[0]):
            continue
        if path.is_symlink():
            found[name.as_posix()] = f"a link to {path.readlink()}"
        elif path.is_file():
            with path.open("rb") as content:
                found[name.as_posix()] = hashlib.file_digest(content, "sha256").hexdigest()
    return found


def seal_of(files: Mapping[str, str]) -> str:
    """The one digest of a whole publication."""
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(files.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def write(public: Path, private: Path, about: Mapping[str, Any]) -> str:
    """Seal what stands in `public`: `signed.json` there and in `private`. about: who signed, when, which version.

    Gives the seal. The private copy is written first: a seal that only the public folder has is not taken for one.
    """
    files = digests(public)
    if links := [name for name, digest in files.items() if digest.startswith("a link to ")]:
        raise SealError(f"{public}: {links[0]} is a link to another place; only files can be signed")
    if strange := [name for name in files if not name.isprintable()]:
        raise SealError(
            f"{public}: {ascii(strange[0])} is a name that cannot be read; take that file away, then sign off"
        )
    told = {**about, "seal": seal_of(files), "files": files}
    content = (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()
    whole_file.write(private / FILE, content)
    whole_file.write(public / FILE, content).chmod(whole_file.PUBLIC_FILE)
    return str(told["seal"])


def read(folder: Path) -> dict[str, Any] | None:
    """The seal file of a folder; None where there is none. Raises SealError for one that cannot be read."""
    place = folder / FILE
    if not place.exists():
        return None
    try:
        told = bounded_files.load_json(place)
        files = {str(name): str(digest) for name, digest in told["files"].items()}
        if type(told.get("version", 1)) is not int:
            raise TypeError(FILE)
        return {**told, "files": files, "seal": str(told["seal"])}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SealError(f"{place}: not a seal that can be read; it was edited or damaged") from error


def verify(public: Path, private: Path | None = None) -> Verdict:
    """Whether the folder is as it was signed. private: where the body's own copy of the seal stands, if it is at hand.

    Raises SealError for a seal that cannot be read.
    """
    theirs = read(public)
    mine = read(private) if private is not None else None
    told = mine or theirs
    if told is None:
        return Verdict("unsigned")
    now, then = digests(public), told["files"]
    differs = {name: "gone" for name in then if name not in now}
    differs |= {name: "new" for name in now if name not in then}
    differs |= {name: "changed" for name in now if name in then and now[name] != then[name]}
    differs |= _versions(public, told.get("version", 1))
    if told["seal"] != seal_of(then) or (mine is not None and theirs != mine):
        differs[FILE] = "changed"
    signed = (
        f"signed off by {told.get('body', '')} ({told.get('role', '')}) on {_in_words(told.get('date', ''))}"
    )
    return Verdict("changed after sign-off" if differs else "unchanged", signed, told["seal"], differs)


def _in_words(day_signed: Any) -> str:
    try:
        return day(date.fromisoformat(str(day_signed)))
    except ValueError:
        return str(day_signed)


def _versions(public: Path, current: int) -> dict[str, str]:
    """Folders of earlier versions that are not as they were signed, or that the current version does not know of."""
    found = {}
    for place in sorted(public.iterdir()):
        if not _VERSION.fullmatch(place.name):
            continue
        known = place.is_dir() and not place.is_symlink() and int(place.name.partition("-")[2]) < current
        if not known:
            found[place.name] = "new"
        elif verify(place).state != "unchanged":
            found[place.name] = "changed"
    return found
