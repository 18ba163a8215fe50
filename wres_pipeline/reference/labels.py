"""The one look-up key for every label: two spellings of one label give one key."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

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
