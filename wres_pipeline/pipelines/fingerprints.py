"""What a step read, as one short text: the same text means that the same would be made again.

It holds the code with its libraries, the settings of the organisation, its files, its deliveries as they count, and the
texts of the steps before. Where a text differs the step is made again; nothing else decides.
"""

from __future__ import annotations

import dataclasses
import hashlib
import sys
import sysconfig
import time
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import duckdb

from wres_pipeline.pipelines.run_scope import RunScope
from wres_pipeline.reference import indicators, written_choice
from wres_pipeline.reports.release import plan_disclosure
from wres_pipeline.schema import table
from wres_pipeline.settings import FOLDERS

TEXTS = frozenset(path.name for path in written_choice.beside(Path(plan_disclosure.FILE)))
"""Files beside the extracts that only printed pages read, each a part of their own steps."""
NOT_AN_OUTPUTS = frozenset({*FOLDERS, "organisations", "systems", "alerts"})
"""Settings that are no part of what an organisation's outputs are made from, or are looked at by themselves."""
LENGTH = 24
SETTLED = 2_000_000_000
"""Nanoseconds after which a file that nobody touched is taken as it was read: two seconds, the coarsest clock of a file system.
[ours]"""
REMEMBERED = 20_000
"""Files whose hashes are remembered. [ours]"""

_read_before: dict[tuple[str | int, ...], bytes] = {}


def digest(parts: Iterable[bytes | str]) -> str:
    """One text for these parts, in their order."""
    whole = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        whole.update(len(content).to_bytes(8, "big"))
        whole.update(content)
    return whole.hexdigest()[:LENGTH]


@cache
def code_version() -> str:
    """The files of the package and of further indicators, and the names and versions of every installed library."""
    package = Path(__file__).parents[1]
    parts: list[bytes | str] = [sys.version]
    for path in sorted(package.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            parts += [path.relative_to(package).as_posix(), path.read_bytes()]
    for folder in indicators.folders():
        parts += file_parts(folder)
    libraries = Path(sysconfig.get_paths()["purelib"])
    parts += sorted(entry.name for entry in libraries.glob("*.dist-info"))
    return digest(parts)


def file_parts(folder: Path, *, without: Iterable[str] = ()) -> list[bytes | str]:
    """Every file below a folder, by name and content; hidden ones, and those at the top named in `without`, left out."""
    left_out = frozenset(without)
    parts: list[bytes | str] = []
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in left_out and not path.name.startswith("."):
            parts += [name, _content(path)]
    return parts


def content_of(*files: Path) -> list[bytes | str]:
    """The content of each file, and that it is not there where it is not."""
    return [_content(file) if file.is_file() else "none" for file in files]


def _content(path: Path) -> bytes:
    """The hash of a file, which is read once in a process: every step of a run asks for the extracts.

    A file is read again when anything of it moved, and as long as it was touched within the last SETTLED: a change so soon
    after another may leave size and times as they were.
    """
    stat = path.stat()
    mark = (str(path), stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)
    if mark in _read_before:
        return _read_before[mark]
    before = time.time_ns()
    with path.open("rb") as file:
        content = hashlib.file_digest(file, "sha256").digest()
    if 0 < max(stat.st_mtime_ns, stat.st_ctime_ns) < before - SETTLED:
        if len(_read_before) >= REMEMBERED:
            _read_before.clear()
        _read_before[mark] = content
    return content


def settings_of(scope: RunScope, code: str) -> str:
    """The settings that can move an output of an organisation: not its folders, and not who is told."""
    found = scope.settings
    systems = sorted(
        (s for s in found.systems.values() if code in (s.code, *s.members)), key=lambda s: s.code
    )
    members = sorted({m for s in systems for m in s.members} | {code})
    others = {
        each.name: getattr(found, each.name)
        for each in dataclasses.fields(found)
        if each.name not in NOT_AN_OUTPUTS
    }
    return repr(([found.organisation(member) for member in members], systems, others))


def deliveries_of(con: duckdb.DuckDBPyConnection, code: str) -> str:
    """The organisation's ledger: every delivery in the order in which those of a kind and period count."""
    picks = ", ".join(
        f'"{name}"' for name in sorted({*table("deliveries").names} - {"loaded_at", "sequence"})
    )
    rows = con.execute(
        f"SELECT {picks} FROM deliveries WHERE organisation_code = ? "  # noqa: S608
        "ORDER BY kind, period, survey_year, sequence",
        [code],
    ).fetchall()
    return repr(rows)


def extracts_of(scope: RunScope, con: duckdb.DuckDBPyConnection, code: str) -> str:
    """All of an organisation's folder but the texts, and its ledger."""
    return digest([*file_parts(scope.extracts / code, without=TEXTS), deliveries_of(con, code)])


def fixed(scope: RunScope, code: str) -> list[bytes | str]:
    """What every step of an organisation depends on."""
    return [code_version(), settings_of(scope, code), repr(scope.dated)]


def paths_only(
    folder: Path, files: Iterable[Path], now_at: Mapping[Path, Path] | None = None
) -> dict[str, str]:
    """Path below the folder -> hash of the content, of files that are there.

    now_at: where those stand now that take their place later.
    """
    at = {path: (now_at or {}).get(path, path) for path in sorted(set(files))}
    return {
        path.relative_to(folder).as_posix(): _content(place).hex()[:LENGTH]
        for path, place in at.items()
        if place.is_file()
    }
