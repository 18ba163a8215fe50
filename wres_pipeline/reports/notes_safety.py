"""Whether the author's notes say a number that the public edition withholds: such a note stays out of it.

A note about an indicator is held against the withheld figures of that indicator, one about the race disparity ratios
also against those of indicator 1, and an answer to one of the template's own questions against all of them [ours].
Every number of the note counts, in digits or in words up to ninety-nine, other than dates, pay bands and the numbers of
indicators: a whole number is compared with counts; one with decimals, or with "%", "per cent" or "times" after it,
also with percentages and ratios, rounded as the note rounds. What says a count without its number ("half of the five
…" apart from the five) is the author's to avoid.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from wres_pipeline.disclosure.store import figure_words
from wres_pipeline.indicators.figure import Figure, half_up
from wres_pipeline.reports.context import NoteLeftOut
from wres_pipeline.reports.notes import FIELDS, Notes, section_of

_UNITS = re.findall(
    r"\w+",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen",
)
_TENS = re.findall(r"\w+", "twenty thirty forty fifty sixty seventy eighty ninety")
_WORDS = {
    **{word: value for value, word in enumerate(_UNITS)},
    **{word: 10 * value for value, word in enumerate(_TENS, 2)},
    **{
        f"{ten}{between}{unit}": 10 * tens + units
        for tens, ten in enumerate(_TENS, 2)
        for units, unit in enumerate(_UNITS[1:10], 1)
        for between in ("-", " ")
    },
    "single": 1,
    "couple": 2,
    "pair": 2,
    "dozen": 12,
}
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_NO_COUNTS = re.compile(
    rf"\b\d{{1,2}} (?:{_MONTHS})\b|\bbands? \d+[a-d]?(?: ?(?:to|and|or|-|–|,) ?\d+[a-d]?\b)*|\b8[a-d]\b|"
    r"\bindicators? \d(?: ?(?:to|and|or|-|–|,) ?\d\b)*",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?P<digits>\d(?:\d|,(?=\d{3}))*(?:\.\d+)?)|\b(?P<word>"
    + "|".join(sorted(_WORDS, key=len, reverse=True))
    + r")\b",
    re.IGNORECASE,
)
_SHARE_OR_RATIO = re.compile(r"\s*(?:%|per ?cent\b|percentage\b|times\b)", re.IGNORECASE)
_SURVEY = frozenset("5678")


@dataclass(frozen=True, slots=True)
class _Said:
    """A number of a note: its digits, the decimals it is given with, whether it may be a percentage or a ratio."""

    digits: str
    places: int
    rate: bool


def left_out(mine: Notes, true: Iterable[Figure], public: Iterable[Figure]) -> tuple[NoteLeftOut, ...]:
    """The notes that say a number withheld in the public edition, with one figure each that they give away.

    true, public: the figures of both years before and after disclosure control.
    """
    shown = {figure.key: figure for figure in public}
    withheld = [
        figure
        for figure in true
        if figure.value is not None and figure.key in shown and shown[figure.key].state == "withheld"
    ]
    found: list[NoteLeftOut] = []
    for number, note in mine.by_indicator.items():
        about = [f for f in withheld if f.indicator in _indicators(number)]
        found += [
            NoteLeftOut(section_of(number), name, figure_words(given.key))
            for name in FIELDS
            if (given := _given_away(getattr(note, name), about))
        ]
    for question, answer in mine.answers.items():
        if given := _given_away(answer, withheld):
            found.append(NoteLeftOut(question, "", figure_words(given.key)))
    return tuple(found)


def without(mine: Notes, left: Sequence[NoteLeftOut]) -> Notes:
    """The notes as the public edition prints them."""
    places = {(one.section, one.field) for one in left}
    by_indicator = {
        number: type(note)(
            **{
                f.name: "" if (section_of(number), f.name) in places else getattr(note, f.name)
                for f in fields(note)
            }
        )
        for number, note in mine.by_indicator.items()
    }
    answers = {name: "" if (name, "") in places else words for name, words in mine.answers.items()}
    return Notes(by_indicator, answers)


def _indicators(number: str) -> tuple[str, ...]:
    return (number, "1") if number == "race_disparity" else (number,)


def _given_away(text: str, withheld: Sequence[Figure]) -> Figure | None:
    """The first withheld figure whose number the text says."""
    said = _numbers(text)
    return next((figure for figure in withheld if any(_says(one, figure) for one in said)), None)


def _numbers(text: str) -> list[_Said]:
    plain = _NO_COUNTS.sub(" ; ", unicodedata.normalize("NFKC", text))
    found = []
    for match in _NUMBER.finditer(plain):
        digits = match["digits"]
        digits = digits.replace(",", "") if digits else str(_WORDS[match["word"].lower()])
        places = len(digits.partition(".")[2])
        found.append(_Said(digits, places, bool(places or _SHARE_OR_RATIO.match(plain, match.end()))))
    return found


def _says(said: _Said, figure: Figure) -> bool:
    counts = [figure.numerator, figure.value if figure.unit == "people" else None]
    if figure.indicator in _SURVEY:
        counts.append(figure.denominator)
    if any(count is not None and half_up(count, said.places) == said.digits for count in counts):
        return True
    if figure.unit == "people" or figure.value is None or not said.rate:
        return False
    return half_up(figure.value, said.places).removeprefix("-") == said.digits
