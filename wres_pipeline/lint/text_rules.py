"""Rules for sentences: their numbers agree with themselves and with the tables of the same document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from wres_pipeline.lint.documents import Sentence
from wres_pipeline.lint.facts import Fact, folded, indicator_of, words, year_of
from wres_pipeline.lint.finding import Finding
from wres_pipeline.lint.printed import Printed, numbers
from wres_pipeline.lint.stated_rules import is_years
from wres_pipeline.reference import indicators

#: a sentence that explains or supposes, and states no figure
_SUPPOSES = re.compile(
    r"\b(?:if|means?|would|could|might|unless|above 1|below 1|more than 1|less than 1)\b", re.I
)
_NUMBER = r"([-−]?\d[\d,]*(?:\.\d+)?)\s*(%|percentage points?|per cent|percent)?"
_GROUP = r"(white|bme|bame|black(?:,? asian)?(?: and|,) (?:minority|ethnic) (?:ethnic|minority)|ethnic minority|ethnic minorities|minority ethnic|global majority)"
_FROM_TO = re.compile(rf"from\s+{_NUMBER}(?:\s+in\s+[\d/–-]+)?\s+to\s+{_NUMBER}", re.I)
_TO_UP_FROM = re.compile(
    rf"{_NUMBER}[^.;]{{0,30}}?[,(]?\s*(up|down|a rise|an increase|a fall|a decrease|a reduction)\s+from\s+{_NUMBER}",
    re.I,
)
_OF = re.compile(
    r"\b(\d[\d,]*)\s+(?:out\s+)?of\s+(?:the\s+|all\s+|our\s+|its\s+|their\s+)?(\d[\d,]*)\b[^%.;]{0,70}?\(?\s*(\d+(?:\.\d+)?)\s*(?:%|per cent|percent)(?!\s+of (?:all|the total|every))",
    re.I,
)
_IN_WORDS = {"twice": 2.0, "half": 0.5, "three times": 3.0, "four times": 4.0, "five times": 5.0}
_LIKELY = re.compile(
    rf"{_GROUP}\s+(?:[a-z]+\s+){{0,6}}?(?:were|was|are|is|remain(?:s|ed)?|being)\s+"
    r"(?:(?:about|around|nearly|almost|approximately|still)\s+)?"
    rf"(?:(\d+(?:\.\d+)?)\s*(%|per cent|percent|times)?|({'|'.join(_IN_WORDS)}))\s*(?:times\s+)?(more|less|as)\s+likely",
    re.I,
)
_RELATIVE = re.compile(
    r"relative likelihood(.{0,160}?)(?:\bis|\bwas|\bof|:|=|\bat)\s+(\d+(?:\.\d+)?)\s*(%|per cent|percent)?",
    re.I,
)
_SHARE = re.compile(rf"(\d+(?:\.\d+)?)\s*(?:%|per cent)\s+of\s+(?:our\s+|all\s+)?{_GROUP}\b", re.I)

_COUNTED = re.compile(
    rf"(\d[\d,]*)\s+{_GROUP}\s+(?:[a-z]+\s+){{0,2}}?(?:and \d[\d,]*\s+(?:[a-z]+\s+){{1,3}}?)?(?:who\s+|that\s+)?(?:were\s+|was\s+|have\s+)?"
    r"(?P<event>shortlisted|appointed|entered (?:the |a )?formal|disciplined)\b",
    re.I,
)
_A_PART = re.compile(
    r"\b(?:bands?|internal\w*|external\w*|clinical|nurs\w*|medical|months?|quarter|first|second|since|departments?|divisions?|consultants?|senior|"
    r"between|before|last year|previous\w*|directorates?|vacanc\w*|posts?)\b",
    re.I,
)
"""Words of a sentence that counts a part of what the tables count."""


def check_sentence(sentence: Sentence) -> Iterator[Finding]:
    """What a sentence says against itself."""
    text = sentence.text
    for match in _RELATIVE.finditer(text):
        if match.group(3) and indicator_of(text, sentence.heading) in (*indicators.LIKELIHOODS, ""):
            yield Finding(
                "ratio_as_percentage",
                sentence.place,
                f"{match.group(2)}{match.group(3)}",
                "a plain number",
                "A relative likelihood says how many times as likely; it is no percentage.",
            )
    for match in _LIKELY.finditer(text):
        if _percent(match.group(3)) and match.group(5).lower() == "as":
            yield Finding(
                "ratio_as_percentage",
                sentence.place,
                match.group(0),
                "a plain number",
                "Times, not per cent.",
            )
    for match in _OF.finditer(text):
        top, bottom = (float(match.group(n).replace(",", "")) for n in (1, 2))
        printed = numbers(match.group(3) + "%")[0]
        if bottom and top <= bottom and not printed.near(100 * top / bottom, 100 * top / bottom):
            yield Finding(
                "percentage_does_not_follow",
                sentence.place,
                f"{match.group(3)}%",
                f"{100 * top / bottom:.1f}%",
                f"{match.group(1)} of {match.group(2)}.",
            )
    yield from _signs(sentence)


def _signs(sentence: Sentence) -> Iterator[Finding]:
    low = folded(sentence.text)
    for match in _FROM_TO.finditer(low):
        before, now = _value(match.group(1)), _value(match.group(3))
        if (
            is_years(*(numbers(match.group(n))[0] for n in (1, 3)))
            and not match.group(2)
            and not match.group(4)
        ):
            continue
        clause = (
            re.split(r"[;:]|, (?:and|but|while)\b", low[: match.start()])[-1]
            + " "
            + low[match.end() : match.end() + 1]
        )
        verb = _last_verb(clause)
        if verb and before != now and (now > before) != (verb == "rises"):
            yield _wrong_sign(sentence, match.group(0), before, now)
    for match in _TO_UP_FROM.finditer(low):
        now, before = _value(match.group(1)), _value(match.group(4))
        if bool(match.group(2)) != bool(match.group(5)):
            continue
        verb = _last_verb(match.group(3))
        if verb and before != now and (now > before) != (verb == "rises"):
            yield _wrong_sign(sentence, match.group(0), before, now)


def _wrong_sign(sentence: Sentence, found: str, before: float, now: float) -> Finding:
    way = "rise" if now > before else "fall"
    return Finding("wrong_sign", sentence.place, found, f"a {way}", f"From {before:g} to {now:g} is a {way}.")


def _last_verb(clause: str) -> str:
    found = [
        (match.end(), kind)
        for kind in ("rises", "falls")
        for word in words()[kind]
        for match in re.finditer(rf"\b{word}\b", clause)
    ]
    return max(found)[1] if found else ""


def _value(text: str) -> float:
    return float(text.replace(",", "").replace("−", "-"))


def facts_of_sentence(sentence: Sentence, page_heading: str, default_year: str) -> list[Fact]:
    """Numbers of a sentence that say which figure they are: ratios in words, and shares of a group."""
    text = sentence.text
    if _SUPPOSES.search(text):
        return []
    indicator = indicator_of(text, sentence.heading, page_heading)
    year = year_of(text, sentence.heading) or (default_year if not _years(text) else "")
    found = []
    for match in _LIKELY.finditer(text):
        said = _times(match)
        if indicator in words()["events"] and said is not None:
            above = "White" if match.group(1).lower() == "white" else "BME"
            found.append(
                replace(
                    _fact(sentence, indicator, "ratio", "", year, "ratio", "1", above),
                    number=said,
                )
            )
    for match in _RELATIVE.finditer(text):
        if indicator in words()["events"] and not match.group(3):
            found.append(
                _fact(sentence, indicator, "ratio", "", year, "ratio", match.group(2), _side(match.group(1)))
            )
    for match in () if _A_PART.search(text) else _COUNTED.finditer(text):
        top, bottom = words()["events"].get(indicator, ("", ""))
        measure = bottom if match["event"].lower() == "shortlisted" else top
        of_them = re.search(r"\bof\s+$", text[: match.start()], re.I)
        if measure and not (of_them and measure == top):
            group = "White" if match.group(2).lower() == "white" else "BME"
            found.append(_fact(sentence, indicator, measure, group, year, "count", match.group(1), ""))
    for match in _SHARE.finditer(text):
        group = "White" if match.group(2).lower() == "white" else "BME"
        measure = "likelihood" if indicator in words()["events"] else ""
        if indicator in indicators.SURVEY or measure:
            found.append(
                _fact(sentence, indicator, measure, group, year, "percent", match.group(1) + "%", "")
            )
    return found


def _percent(unit: str | None) -> bool:
    return (unit or "").lower() in ("%", "per cent", "percent")


def _times(match: re.Match[str]) -> Printed | None:
    """What a claim of `_LIKELY` says as a ratio of its group to the other: 50% less likely is 0.5, 3 times as is 3.

    None for one that cannot be read as a ratio, such as 120% less likely, or 54% as likely.
    """
    _, digits, unit, in_words, way = match.groups()
    text = match.group(0)
    if in_words:
        value = _IN_WORDS[in_words.lower()]
        half = 0.25 if value < 1 else 0.5
    else:
        number = numbers(digits)[0]
        value, half = number.value, number.half or 0.5
    way = way.lower()
    if _percent(unit):
        share, half = value / 100, _half_of_percent(value, number.half, text) / 100
        if way == "as" or (way == "less" and share >= 1):
            return None
        return Printed(1 + share if way == "more" else 1 - share, half, "", text)
    if way == "less":
        return Printed(1 / value, half / value**2, "", text) if value else None
    return Printed(value, half, "", text)


def _half_of_percent(value: float, half: float, text: str) -> float:
    """How far "50% more likely" may be rounded: numbers that end in 0 or 5 are often meant so, and "about" says so."""
    if re.search(r"\b(?:about|around|nearly|almost|approximately)\b", text, re.I):
        return 10.0
    return max(half, 5.0 if value % 10 == 0 else 2.5 if value % 5 == 0 else 0.5)


def less_likely(sentence: Sentence, page_heading: str) -> tuple[str, str, bool] | None:
    """(indicator, group, whether it is said to be more likely) of a sentence that only says which way."""
    match = re.search(
        rf"{_GROUP}\s+(?:[a-z]+\s+){{0,4}}?(?:were|was|are|is|remain(?:s|ed)?)\s+(more|less)\s+likely",
        sentence.text,
        re.I,
    )
    indicator = indicator_of(sentence.text, sentence.heading, page_heading)
    if match is None or indicator not in words()["events"] or _SUPPOSES.search(sentence.text):
        return None
    return (
        indicator,
        "White" if match.group(1).lower() == "white" else "BME",
        match.group(2).lower() == "more",
    )


def _side(text: str) -> str:
    from wres_pipeline.lint.facts import above_of

    return above_of(text)


def _years(text: str) -> bool:
    return bool(re.search(r"\b20[0-4]\d\b", text))


def _fact(
    sentence: Sentence, indicator: str, measure: str, group: str, year: str, kind: str, text: str, above: str
) -> Fact:
    return Fact(
        -1, 0, 0, sentence.place, indicator, measure, "", "", group, year, kind, numbers(text)[0], above
    )
