"""The words of each indicator (wording.yaml): who, what they did or met, what a figure means, how it is
made.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from wres_pipeline.reference import indicators, tables


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one indicator. `short` is its name in a table, `better` which way is better, `about` the thing itself within a sentence. `people`, `base`, `did` and `to` are blank where no sentence needs them."""

    question: str
    short: str
    better: str
    meaning: str
    method: str
    people: str = ""
    base: str = ""
    did: str = ""
    to: str = ""
    about: str = ""


@lru_cache(maxsize=1)
def wordings() -> dict[str, Wording]:
    """The words of every indicator by its number in the registry."""
    folders = (Path(__file__).parent, *indicators.folders())
    return {
        str(number): Wording(**words)
        for folder in folders
        for number, words in tables.document(folder / "wording.yaml").items()
    }


def about(number: str) -> str:
    """What an indicator is about, as a sentence says it; its short name where nobody wrote other words."""
    words = wordings()[number]
    return words.about or f"{words.short[:1].lower()}{words.short[1:]}"
