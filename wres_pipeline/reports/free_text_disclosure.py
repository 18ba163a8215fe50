"""Whether a text that people wrote says a number that the public edition withholds.

Every number of the text counts, in digits or in words up to ninety-nine, other than one that names (a date, year, pay band,
indicator, policy, version, section of an act, phase, room, telephone, the number of a line) and one that counts time or papers
("two meetings"): a whole number is compared with counts; one with decimals or "times" after it also with percentages and
ratios, one with "%" or "per cent" with them alone, rounded as the text rounds. In prose
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
from wres_pipeline.reference.tables import NUMBER_WORDS

_WORDS = {**NUMBER_WORDS, "single": 1, "couple": 2, "pair": 2, "dozen": 12}
_SPELT = "|".join(sorted(_WORDS, key=len, reverse=True))
_PEOPLE = (
    r"\s*(?:(?:new|more|other)\s+)*(?:white|bme|bame|black|asian|mixed|ethnic|minorit|global majority|staff\b|people|"
    r"persons?\b|colleagues?\b|employees?\b|members?\b|nurses?\b|doctors?\b|managers?\b|applicants?\b|candidates?\b|"
    r"appoint|cases?\b|were\b|was\b|are\b|left\b|joined\b|of (?:them|whom|(?:the|our) (?:\w+ )?(?:\d+|staff|people|colleagues|nurses|members))\b)"
)
"""What follows a number that counts, whatever stands before it."""
_MONTHS = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
_ONE = rf"(?:(?!0\d{{3}})\d+(?:\.\d+)*(?:[a-h]\b)?|\b(?:{_SPELT})\b)"
_MORE = rf"(?:\s?(?:,\s?(?:and|or)?|to|and|or|&|/|-|–)\s?{_ONE})*"
_NAMED = (
    r"actions?|aims?|annex(?:es)?|appendix|appendices|articles?|chapters?|clauses?|cohorts?|criteri(?:on|a)|domains?|ext(?:ension)?|"
    r"figures?|floors?|goals?|grades?|items?|levels?|metrics?|modules?|objectives?|outcomes?|pages?|paragraphs?|parts?|phases?|"
    r"pillars?|principles?|priorit(?:y|ies)|polic(?:y|ies)|questions?|recommendations?|regulations?|rooms?|rounds?|rules?|schedules?|"
    r"sections?|ss?|slides?|stages?|standards?|steps?|tables?|themes?|tiers?|versions?|v|volumes?|wards?|waves?|workstreams?"
)
"""What is numbered to be named, not counted: 'Policy HR 42', 'Objective 4', 'section 149'. [ours]"""
_NAMES = (
    rf"\b(?P<named>{_NAMED})\.?\s?(?:[A-Z]{{2,5}}[ /-]?)?{_ONE}{_MORE}",
    r"\b(?:ISO|BSI?|IEC|HR|WF|SOP|NG|NHS|HIA|KPI|EDS|DPIA|EQIA)[ /-]?\d+(?:\.\d+)*",
    r"\b(?-i:Years?|Quarters?|Weeks?|Days?) \d{1,2}(?: (?:to|and) \d{1,2})?",
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTHS}\b",
    rf"\b{_MONTHS}[ -]\d{{1,2}}(?:st|nd|rd|th)?",
    r"\b(?:19|20)\d\d(?:\s?[/–-]\s?(?:(?:19|20)\d\d|\d\d))?",
)
"""Numbers that name, unless people are what follows: 'under the policy 9 staff were moved'."""
_THE = re.compile(
    r"\b(?:the|this|that|these|those|our|each|every|last|next)\s+(?:[\w-]+\s+)?$", re.IGNORECASE
)
_NEVER = (
    r"\b\d{4}-\d\d-\d\d\b|\b\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d\d)\b",
    rf"\bbands? {_ONE}{_MORE}|\b8[a-d]\b|\bindicators? {_ONE}{_MORE}",
    r"(?:\+44|\b0)[\d ()-]{8,}\d|\b(?:24/7|1:1|1-2-1|360)\b",
    r"£\s?\d[\d,.]*\s?(?:k|m|bn|million|thousand)?\b",
    r"\b(?![xn]\d)(?:(?!bme|bame|white|vsm)[a-z]{1,12})-?\d+(?:\.\d+)*\b",  # Q2, EDS2, v3, COVID-19
    r"\b\d+(?:st|nd|rd|th|am|pm|[a-h])\b|\b\d{1,2}[:.]\d\d ?(?:am|pm)\b",
    rf"^\s*(?:\(\d{{1,2}}\)(?=\s+\w)(?!{_PEOPLE})|\d{{1,2}}[.)](?=\s+\w)|\d{{1,2}}(?:\.\d{{1,2}})+(?= +[A-Z]))",
)
_NO_COUNTS = re.compile(
    "|".join((*_NEVER, *(f"(?:{name})(?![\\d.,]*\\d)(?!{_PEOPLE})" for name in _NAMES))),
    re.IGNORECASE | re.MULTILINE,
)
_NUMBER = re.compile(rf"(?P<digits>\d(?:\d|,(?=\d{{3}}))*(?:\.\d+)?)|\b(?P<word>{_SPELT})\b", re.IGNORECASE)
_SHARE_OR_RATIO = re.compile(r"\s*(?:%|per ?cent\b|percentage\b|times\b)", re.IGNORECASE)
_SHARE = re.compile(r"\s*(?:%|per ?cent\b|percentage\b)", re.IGNORECASE)
_OF_THINGS = re.compile(
    r"[\s-]*(?:(?:wres|wdes|nhs|edi|high|impact|key|strategic|equality|protected|national|main|community|identified|different)\s+)*"
    r"(?:minutes?|hours?|days?|weeks?|months?|quarters?|years?|meetings?|sessions?|workshops?|courses?|"
    r"checks?|questions?|pages?|papers?|rounds?|stages?|steps?|policies|policy|providers?|"
    r"characteristics|indicators?|metrics?|objectives?|actions?|aims?|goals?|priorities|themes?|sites?|trusts?|hospitals?|"
    r"directorates?|departments?|events?|webinars?|roadshows?|activities|modules?|programmes?|cohorts?|workstreams?)\b",
    re.IGNORECASE,
)
"""What is counted that is neither people nor what happened to them: a number right before it gives nobody away."""
_ETHNICITY = re.compile(
    r"\b(?:white|bme|bame|black|asian|mixed|ethnic\w*|minorit\w+|global majority|rac(?:e|ial|ially|ism))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Said:
    """A number of a text: its digits, the decimals it is given with, whether it may be a percentage or a ratio, and is a percentage."""

    digits: str
    places: int
    rate: bool
    share: bool


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
    plain = _NO_COUNTS.sub(_without_name, unicodedata.normalize("NFKC", text))
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
        rate = bool(places or _SHARE_OR_RATIO.match(plain, match.end()))
        found.append(_Said(digits, places, rate, _SHARE.match(plain, match.end()) is not None))
    return found


def _without_name(found: re.Match[str]) -> str:
    """Nothing in the place of a name; the text as it is where it counts after all: 'at the interview stage 9 withdrew'."""
    small = (found["named"] or "").islower()
    return found[0] if small and _THE.search(found.string, 0, found.start()) else " ; "


def _says(said: _Said, figure: Figure) -> bool:
    counts = [figure.numerator, figure.value if figure.unit == "people" else None]
    if figure.indicator in indicators.SURVEY:
        counts.append(figure.denominator)
    if not said.share and any(
        count is not None and half_up(count, said.places) == said.digits for count in counts
    ):
        return True
    if figure.unit == "people" or figure.value is None or not said.rate:
        return False
    return half_up(figure.value, said.places).removeprefix("-") == said.digits
