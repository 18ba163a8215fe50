"""The register of releases: in the warehouse, and as files in the body's own folder, so that neither loses what was said.

A release stands in both. Whoever reads the register puts back what one of the two lacks: a new warehouse reads the
files, a lost folder is written again from the warehouse.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from wres_pipeline import schema, whole_file
from wres_pipeline.disclosure.proof.cells import CellKey
from wres_pipeline.disclosure.register.releases import Release, Said

FOLDER = "releases"
TABLE, TO_RELEASE = "releases", "editions_to_release"
_SEPARATOR = "|"


class RegisterError(ValueError):
    """A file of the register that cannot be read: names it and what to do."""


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """A row of `releases`."""

    organisation_code: str
    release_name: str
    product: str
    audience: str
    period: str
    version: int
    dated: str
    replaces: str
    withdrawn: str
    sequence: int
    entry: str


@dataclass(frozen=True, slots=True)
class EditionToRelease:
    """A row of `editions_to_release`."""

    organisation_code: str
    product: str
    period: str
    entry: str


def keep(con: duckdb.DuckDBPyConnection, release: Release) -> None:
    """Keeps what an edition will have said until it is released."""
    place = {
        "organisation_code": release.organisation_code,
        "product": release.product,
        "period": release.period,
    }
    schema.replace(con, TO_RELEASE, [EditionToRelease(**place, entry=dump(release))], **place)


def kept(con: duckdb.DuckDBPyConnection, organisation: str, product: str, period: str) -> Release | None:
    """What was kept of an edition; None where there is none."""
    place = {"organisation_code": organisation, "product": product, "period": period}
    rows = schema.read(con, TO_RELEASE, EditionToRelease, **place)
    return entry_of(rows[0].entry, f"{TO_RELEASE} {organisation} {product} {period}") if rows else None


def read(con: duckdb.DuckDBPyConnection, folder: Path, organisation: str) -> list[Release]:
    """Everything the body has released and not withdrawn, oldest first; puts back what warehouse or folder lacks.

    folder: the body's own folder of outputs. Raises RegisterError for a file of the register that cannot be read: without
    it nothing can be proved about what readers have.
    """
    return [one for one in every(con, folder, organisation) if not one.withdrawn]


def record(con: duckdb.DuckDBPyConnection, folder: Path, release: Release) -> Release:
    """Puts a release on the register, and gives it as it stands there.

    The same said again is no new release. Other counts are the next version, which says what it replaces.
    """
    before = [
        one
        for one in every(con, folder, release.organisation_code)
        if (one.product, one.period) == (release.product, release.period)
    ]
    standing = [one for one in before if not one.withdrawn]
    if standing and standing[-1].says_the_same(release):
        return standing[-1]
    release = replace(release, version=max((one.version for one in before), default=0) + 1)
    if standing:
        last = standing[-1]
        changed = sum(release.counts.get(key) != said for key, said in last.counts.items())
        release = replace(
            release,
            replaces=f"Replaces version {last.version} of {last.dated}: {changed} counts are told otherwise.",
        )
    name, entry = file_name(release), dump(release)
    _write(folder, name, entry)
    _insert(con, release)
    return release


def withdraw(
    con: duckdb.DuckDBPyConnection, folder: Path, organisation: str, name: str, because: str
) -> Release:
    """Takes a release out of what readers are held to know, because it never left the building; the entry stays.

    because: the role, the date and the reason, in words. Raises RegisterError for a name the register does not have.
    """
    found = {file_name(one): one for one in every(con, folder, organisation)}
    if name not in found:
        raise RegisterError(
            f"the register of {organisation} has no release {name}; it has {', '.join(found) or 'none'}"
        )
    release = replace(found[name], withdrawn=because)
    _insert(con, release)
    _write(folder, name, dump(release))
    return release


def file_name(release: Release) -> str:
    """The name of a release in the register, without the ending: `annual-2021-1`."""
    return f"{release.product}-{release.period}-{release.version}"


def every(con: duckdb.DuckDBPyConnection, folder: Path, organisation: str) -> list[Release]:
    """All entries, oldest first; a file tells what the warehouse lacks, and the warehouse what the folder lacks."""
    rows = schema.read(con, TABLE, ReleaseRow, organisation_code=organisation)
    found = {row.release_name: row.entry for row in sorted(rows, key=lambda row: row.sequence)}
    files = {path.stem: path.read_text(encoding="utf-8") for path in sorted((folder / FOLDER).glob("*.json"))}
    for name, entry in found.items():
        if name not in files:
            _write(folder, name, entry)
    for name, entry in files.items():
        release = entry_of(entry, str(folder / FOLDER / f"{name}.json"))
        # a file of the same name that says otherwise was put there, or withdrawn, by another machine
        if found.get(name) != entry:
            found[name] = entry
            _insert(con, release)
    return [entry_of(entry, name) for name, entry in found.items()]


def _insert(con: duckdb.DuckDBPyConnection, release: Release) -> None:
    name, code = file_name(release), release.organisation_code
    rows = schema.read(con, TABLE, ReleaseRow, organisation_code=code)
    number = next(
        (row.sequence for row in rows if row.release_name == name),
        1 + max((r.sequence for r in rows), default=0),
    )
    row = ReleaseRow(
        code,
        name,
        release.product,
        release.audience,
        release.period,
        release.version,
        release.dated,
        release.replaces,
        release.withdrawn,
        number,
        dump(release),
    )
    schema.replace(con, TABLE, [row], organisation_code=code, release_name=name)


def _write(folder: Path, name: str, entry: str) -> None:
    whole_file.write(folder / FOLDER / f"{name}.json", entry.encode("utf-8"))


def dump(release: Release) -> str:
    """The release as text: the counts a line each, so that a person can read what was said."""
    head: dict[str, Any] = {
        "release": release.name,
        "organisation_code": release.organisation_code,
        "product": release.product,
        "audience": release.audience,
        "period": release.period,
        "version": release.version,
        "dated": release.dated,
        "rule": release.rule,
        "replaces": release.replaces,
        "withdrawn": release.withdrawn,
        "internal": "True counts are in it: it stays in the building.",
        "averages": sorted(_joined(one) for one in release.averages),
        "texts": dict(release.texts),
        "survey": {_joined(key): responses for key, responses in release.survey.items()},
    }
    body = json.dumps(head, ensure_ascii=False, indent=1)[:-2]
    counts = ",\n".join(
        json.dumps([_joined(key), s.how, s.low, s.high, s.true, s.per]) for key, s in release.counts.items()
    )
    sums = ",\n".join(
        json.dumps([_joined(total), [_joined(part) for part in parts]]) for total, parts in release.sums
    )
    return f'{body},\n "counts": [\n{counts}\n],\n "sums": [\n{sums}\n]\n}}\n'


def entry_of(text: str, place: str) -> Release:
    """The release of an entry's text. Raises RegisterError, naming `place`, for one that cannot be read."""
    try:
        told = json.loads(text)
        return Release(
            told["organisation_code"],
            told["product"],
            told["audience"],
            told["period"],
            told["version"],
            told["dated"],
            told["rule"],
            told["replaces"],
            {
                _parted(key): Said(low, high, true, per, how)
                for key, how, low, high, true, per in told["counts"]
            },
            tuple((_parted(total), tuple(_parted(part) for part in parts)) for total, parts in told["sums"]),
            frozenset(_pairs(told["averages"])),
            {_parted(key): responses for key, responses in told["survey"].items()},
            told["withdrawn"],
            told.get("texts", {}),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise RegisterError(
            f"{place}: an entry of the register of releases that cannot be read ({error}). Put the file back from a copy: "
            "without it nobody can say what readers already know."
        ) from error


def _pairs(texts: Iterable[str]) -> list[tuple[str, str]]:
    return [(one, other) for one, other in (_parted(text) for text in texts)]


def _joined(key: CellKey) -> str:
    return _SEPARATOR.join(part.replace(_SEPARATOR, "\u00a6") for part in key)


def _parted(text: str) -> CellKey:
    return tuple(text.split(_SEPARATOR))
