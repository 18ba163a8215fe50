"""Reading the CSV and YAML files of this room, once each."""

from __future__ import annotations

import csv
import html
import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml

FOLDER = Path(__file__).parent
EVIDENCE = ("seen", "recalled", "ours")

_UNITS = re.findall(
    r"\w+",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
)
_TENS = re.findall(r"\w+", "twenty thirty forty fifty sixty seventy eighty ninety")
NUMBER_WORDS = {
    **{word: value for value, word in enumerate(_UNITS)},
    **{word: 10 * value for value, word in enumerate(_TENS, 2)},
    **{
        f"{ten}{between}{unit}": 10 * tens + units
        for tens, ten in enumerate(_TENS, 2)
        for units, unit in enumerate(_UNITS[1:10], 1)
        for between in ("-", " ")
    },
}
"""Whole numbers up to ninety-nine as they are written in words, with a hyphen or a blank."""

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


_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad\u2043\ufe58\ufe63\uff0d"
_APOSTROPHES = "\u2018\u2019\u201b\u02bc\u0060\u00b4"
_TRANSLATE = str.maketrans(
    {**dict.fromkeys(_DASHES + ":;,_", " "), **dict.fromkeys(_APOSTROPHES, "'"), "&": " and "}
)
_TIGHT = re.compile(r"\s*([/|()])\s*")
_SPACES = re.compile(r"\s+")
_TWICE_ENCODED = frozenset("\u00c2\u00c3\u00e2")
"""How UTF-8 read as Windows text begins: no label holds one of these letters by itself."""


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The look-up key of `text`.

    Folds Unicode forms (NFKC), letter case, every kind of dash, `&` and "and", colons, commas and
    underscores, typographic apostrophes, non-breaking and repeated spaces, spaces around `/ | ( )`,
    invisible characters and a final full stop; what a web page or a wrong encoding made of a character is read as that
    character (`&amp;`, `â€“`). Nothing is cut: two texts that differ in a word differ
    in their key. A lone dash folds to the empty key, as a blank does.
    """
    key = unicodedata.normalize("NFKC", _undamaged(text)).casefold()
    key = unicodedata.normalize("NFKC", key).translate(_TRANSLATE)
    key = "".join(c for c in key if unicodedata.category(c) != "Cf")
    key = _TIGHT.sub(lambda m: f" {m[1]}" if m[1] == "(" else f"{m[1]} " if m[1] == ")" else m[1], key)
    return _SPACES.sub(" ", key).strip().rstrip(".").rstrip()


def _undamaged(text: str) -> str:
    if "&" in text and ";" in text:
        text = html.unescape(text)
    if _TWICE_ENCODED.intersection(text):
        try:
            return text.encode("cp1252").decode("utf-8")
        except UnicodeError:
            return text
    return text
