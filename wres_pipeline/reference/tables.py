"""Reading the CSV and YAML files of this room, once each."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml

from wres_pipeline.reference.labels import fold

FOLDER = Path(__file__).parent
EVIDENCE = ("seen", "recalled", "ours")

Row = dict[str, str]
T = TypeVar("T")
_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class ReferenceFileError(ValueError):
    """A reference file contradicts itself; names the file, the line and the remedy."""


@cache
def rows(name: str) -> tuple[Row, ...]:
    """Every row of `<name>.csv` in file order, text as written.

    Raises ReferenceFileError when a row has too few or too many cells, or an evidence tag that is not
    one of `EVIDENCE`.
    """
    path = FOLDER / "lists" / f"{name}.csv"
    found = []
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        for row in reader:
            if None in row or None in row.values():
                raise ReferenceFileError(
                    f"{path.name}, line {reader.line_num}: not as many cells as headings"
                )
            if row.get("evidence", "seen") not in EVIDENCE:
                raise ReferenceFileError(
                    f"{path.name}, line {reader.line_num}: evidence is {row['evidence']!r}, allowed: "
                    + ", ".join(EVIDENCE)
                )
            found.append(row)
    return tuple(found)


def by_label(name: str, meaning: Callable[[Row], T], source: Iterable[Row] | None = None) -> dict[str, T]:
    """Folded label -> meaning, for a file with a `label` column.

    Several rows may share a key (one label seen in several systems) as long as they mean the same;
    raises ReferenceFileError when they do not.
    """
    known: dict[str, T] = {}
    for row in rows(name) if source is None else source:
        key, means = fold(row["label"]), meaning(row)
        if known.setdefault(key, means) != means:
            raise ReferenceFileError(f"{name}.csv: {row['label']!r} means both {known[key]!r} and {means!r}")
    return known


def document(path: Path) -> dict[str, Any]:
    """A YAML file of this room as a dictionary."""
    with path.open(encoding="utf-8") as text:
        found = yaml.load(text, Loader=_SafeLoader)
    if not isinstance(found, dict):
        raise ReferenceFileError(f"{path.name}: not a mapping of names to values")
    return found
