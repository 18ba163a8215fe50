"""Whether a text that people wrote says a number that the public edition withholds.

Every number of the text counts, in digits or in words up to ninety-nine, other than dates, pay bands, the numbers of
indicators, and what counts time or papers ("two meetings"): a whole number is compared with counts; one with decimals,
or with "%", "per cent" or "times" after it, also with percentages and ratios, rounded as the text rounds. In prose
about what is done, such as an action plan, a number in words counts only where the text speaks of ethnicity: "one"
and "two" stand there for much that is not people. What says a count without its number ("half of the five …" apart
from the five) is the author's to avoid.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wres_pipeline.indicators.figure import Figure, half_up
from wres_pipeline.reference import indicators

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
    rf"\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}} (?:{_MONTHS})\b|\bbands? \d+[a-d]?(?: ?(?:to|and|or|-|–|,) ?\d+[a-d]?\b)*|\b8[a-d]\b|"
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
_OF_THINGS = re.compile(
    r"[\s-]*(?:minutes?|hours?|days?|weeks?|months?|quarters?|years?|meetings?|sessions?|workshops?|courses?|"
    r"checks?|questions?|pages?|papers?|rounds?|stages?|steps?|policies|policy|providers?)\b",
    re.IGNORECASE,
)
"""What is counted that is neither people nor what happened to them: a number right before it gives nobody away."""
_ETHNICITY = re.compile(
    r"\b(?:white|bme|bame|black|asian|mixed|ethnic\w*|minorit\w+|global majority|rac(?:e|ial|ially|ism))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Said:
    """A number of a text: its digits, the decimals it is given with, whether it may be a percentage or a ratio."""

    digits: str
    places: int
    rate: bool


def withheld(true: Iterable[Figure], public: Iterable[Figure]) -> list[Figure]:
    """The true figures that the public edition withholds. true, public: those before and after disclosure control."""
    shown = {figure.key: figure for figure in public}
    return [
        figure
        for figure in true
        if figure.value is not None and figure.key in shown and shown[figure.key].state == "withheld"
    ]


def given_away(text: str, hidden: Sequence[Figure], *, prose: bool = False) -> Figure | None:
    """The first withheld figure whose number the text says. prose: the text tells what is done, see above."""
    said = _numbers(text, prose=prose)
    return next((figure for figure in hidden if any(_says(one, figure) for one in said)), None)


def _numbers(text: str, *, prose: bool) -> list[_Said]:
    plain = _NO_COUNTS.sub(" ; ", unicodedata.normalize("NFKC", text))
    words_count = not prose or _ETHNICITY.search(plain) is not None
    found = []
    for match in _NUMBER.finditer(plain):
        if _OF_THINGS.match(plain, match.end()):
            continue
        digits = match["digits"]
        if not digits and not words_count:
            continue
        digits = digits.replace(",", "") if digits else str(_WORDS[match["word"].lower()])
        places = len(digits.partition(".")[2])
        found.append(_Said(digits, places, bool(places or _SHARE_OR_RATIO.match(plain, match.end()))))
    return found


def _says(said: _Said, figure: Figure) -> bool:
    counts = [figure.numerator, figure.value if figure.unit == "people" else None]
    if figure.indicator in indicators.SURVEY:
        counts.append(figure.denominator)
    if any(count is not None and half_up(count, said.places) == said.digits for count in counts):
        return True
    if figure.unit == "people" or figure.value is None or not said.rate:
        return False
    return half_up(figure.value, said.places).removeprefix("-") == said.digits
