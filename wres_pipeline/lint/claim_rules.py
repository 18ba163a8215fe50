"""Rules for what a sentence says that its own numbers mean: who is more likely, within a range, better or worse, half or double.

The numbers may stand in the sentence before it, under the same heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from wres_pipeline.lint.documents import Sentence
from wres_pipeline.lint.facts import above_of, folded, indicator_of, words
from wres_pipeline.lint.finding import Finding
from wres_pipeline.lint.printed import Printed, numbers, quotient
from wres_pipeline.reference import indicators, years
from wres_pipeline.reference.tables import NUMBER_WORDS

_PERCENT = r"\d+(?:\.\d+)?\s*(?:%|per cent\b|percent\b)"
_COUNTS = re.compile(r"\b\d[\d,]* (?:out )?of (?:the |our |its )?\d")
"""Counts beside the percentages: another rule holds these against each other."""
_WORD = "|".join(sorted(NUMBER_WORDS.keys() - {"zero"}, key=len, reverse=True))
_SUPPOSES = re.compile(
    r"\b(?:if|would|could|might|unless|target|aim|ambition|above (?:1|one)|below (?:1|one)|(?:more|less|greater) than (?:1|one)|figure of 1|value of 1)\b"
)
_ELSEWHERE = re.compile(
    r"\b(?:a year before|national\w*|england|regional\w*|average|benchmark\w*|last year|previous\w*|the year before|in 20[0-4]\d[^.]*\bin 20[0-4]\d)\b"
)
"""Another body's or another year's numbers stand in the sentence too."""
_BOTH_AT_ONCE = re.compile(
    rf"{_PERCENT} of [a-z ,]{{3,50}} (?:and|but|against|compared (?:to|with)) {_PERCENT} of "
)
_RATIO = re.compile(
    r"\b(?:relative likelihood|likelihood ratio|relative risk)\b(?P<whose>.{0,170}?)(?:\bis|\bwas|\bof|:|=|\bat|\bstands at)\s+(?P<value>\d+\.\d+)(?!\d|\.\d|\s*(?:%|per))"
)
_FOLD = {"twice": 2.0, "double": 2.0, "three times": 3.0, "four times": 4.0, "half": 0.5}
_RANGE = re.compile(r"\b(?P<low>0\.\d+)\s*(?:to|-|and)\s*(?P<high>1\.\d+)\b")
_INSIDE = re.compile(
    r"\b(?P<out>not |outside|beyond|above|below)?\s*(?:\bwithin\b|\binside\b|\bfalls in\b|\bin the range\b|\boutside\b)"
)
_SAID_OF = re.compile(
    rf"\b(?P<top>\d[\d,]*|{_WORD})\s+(?:out\s+)?of\s+(?:the\s+|our\s+|its\s+|all\s+)?(?P<bottom>\d[\d,]*|{_WORD})\s+[a-z -]{{0,40}}\(\s*(?P<share>{_PERCENT})\s*\)"
)
_PEOPLE = r"(?:people|staff|employees|colleagues|members|applicants|candidates)"
_OF_WHOM = re.compile(
    rf"\b(?P<bottom>\d[\d,]*)\s+{_PEOPLE}\b[^.;%\d]{{0,40}},?\s+(?:of (?:whom|which|these)\s+(?:only\s+)?(?P<first>\d[\d,]*)|(?P<then>\d[\d,]*)\s+of whom)"
    rf"\s*\(\s*(?P<share>{_PERCENT})\s*\)"
)
_LOOSE = {
    "nearly": (0.15, 0.0), "almost": (0.15, 0.0), "under": (0.15, 0.0), "over": (0.0, 0.15), "than": (0.0, 0.15),
    "about": (0.1, 0.1), "around": (0.1, 0.1), "roughly": (0.1, 0.1), "some": (0.1, 0.1),
}  # fmt: skip
"""How far below and above a fraction in words its percentage may be, as a share of it, by the word before it. [ours]"""
_FRACTIONS = {
    "half": 50.0, "a third": 100 / 3, "one third": 100 / 3, "a quarter": 25.0, "one quarter": 25.0, "a fifth": 20.0, "one fifth": 20.0, "a tenth": 10.0,
    "two thirds": 200 / 3, "three quarters": 75.0,
}  # fmt: skip
_FRACTION = re.compile(
    rf"\b(?P<about>[a-z]+\s+)?(?P<part>{'|'.join(_FRACTIONS)})\s+of\s+(?:[a-z]+\s+){{1,5}}?\(\s*(?P<share>{_PERCENT})\s*\)"
)
_ONE_IN = re.compile(
    rf"\b(?P<about>[a-z]+ )?one in (?P<many>\d+|{_WORD})\b[^.;%\d]{{0,60}}\(\s*(?P<share>{_PERCENT})\s*\)"
)
_SUM = re.compile(
    rf"(?P<a>{_PERCENT})\s*\)?\s*(?:of [a-z ]{{0,20}})?(?:are |were |is )?white\b[^.;%\d]{{0,30}}?(?P<b>{_PERCENT})[^.;%\d]{{0,40}}?(?P<c>{_PERCENT})"
    r"\s*\)?\s*(?:were |are |is |of |have |had )*(?:of )?(?:an? )?(?:unknown|not stated|undeclared|not declared|not known|undisclosed)"
)
_LISTED = re.compile(
    rf"\bwhite\W{{1,3}}(?P<a>{_PERCENT})[^.;%\d]{{0,30}}?(?P<b>{_PERCENT})\W{{1,3}}(?:and )?(?:unknown|not stated|undeclared|not declared|not known|undisclosed)"
    rf"\W{{1,3}}(?P<c>{_PERCENT})"
)
_MANY_FOLD = re.compile(
    rf"\b(?P<about>more than |almost |nearly |over |about |just over |just under )?(?P<verb>halved|doubled|trebled|tripled|quadrupled)\b[^.;\d]{{0,40}}?from\s+"
    rf"(?P<before>{_PERCENT}|\d[\d,.]*\d|\d)[^.;]{{0,40}}?\bto\s+(?P<now>{_PERCENT}|\d[\d,.]*\d|\d)"
)
_BY = {"halved": 0.5, "doubled": 2.0, "trebled": 3.0, "tripled": 3.0, "quadrupled": 4.0}
_BETTER = re.compile(
    rf"\b(?P<word>improv(?:ed|ement|ing|es)|better|worsened|deteriorated|worsening|deterioration)\b[^.;%\d]{{0,40}}?\bfrom\s+(?P<before>{_PERCENT})"
    rf"[^.;%]{{0,30}}?\bto\s+(?P<now>{_PERCENT})"
)
_THEN_BETTER = re.compile(
    rf"\bfrom\s+(?P<before>{_PERCENT})[^.;%]{{0,30}}?\bto\s+(?P<now>{_PERCENT})[^.;\d]{{0,40}}?\b(?:an?|the)\s+(?:[a-z]+ )?(?P<word>improvement|deterioration|worsening)\b"
)
_OVER_YEARS = re.compile(
    rf"\b(?P<way>from|between)?\s*(?P<before>{_PERCENT})[^.;%\d]{{0,20}}?\b(?P<first>20[0-4]\d)\b[^.;%]{{0,30}}?\bto\s+(?P<now>{_PERCENT})"
    r"[^.;%\d]{0,20}?\b(?P<last>20[0-4]\d)\b"
)
_KNOWS_THE_BREAK = re.compile(
    r"\b(?:compar(?:able|e with care)|don't know|do not know|\bbase\b|changed|re-?worded|method|calculat)"
)
_WITH_THE_BASE = 15
"""Points by which a percentage falls that loses none but to its base. [ours]"""
_REPRESENTED = re.compile(r"\b(?P<way>over|under)-?\s?represented\b")
_ON_BOARD = re.compile(
    rf"(?P<a>{_PERCENT})\s+of\s+(?:the |our |its )?(?:trust |whole |total )?board\b|\bboard\b[^.;%\d]{{0,40}}?(?P<b>{_PERCENT})"
)
_AT_WORK = re.compile(
    rf"(?P<a>{_PERCENT})\s+of\s+(?:the |our |its |all )?(?:overall |whole |total )?(?:workforce|staff)\b|\b(?:workforce|staff)\b[^.;%\d]{{0,30}}?(?P<b>{_PERCENT})"
)
_PERCENT_MORE = re.compile(r"\b(?P<value>[0-3]\.\d\d)\s*(?:%|per cent|percent)\s+more likely\b")
_NUMBERED = re.compile(
    r"\b(?:wres )?(?:indicator|metric)\s+(?P<number>[1-9])\b\s*(?:[:(.-]|\bis\b|\bshows\b|\bmeasures\b)\s*(?P<then>(?:[^.;:]|\.(?=\d)){10,200})"
)
_OTHER_STANDARD = re.compile(
    r"\b(?:disab\w*|medical workforce race|mwres|bank (?:workforce|wres)|social care|council|borough|sexual safety)\b"
)
_SAYS = {
    "2": r"appointed from shortlisting",
    "3": r"enter\w* (?:the |a )?formal disciplinary",
    "4": r"non-mandatory training",
    "5": r"(?:harass|bully|abus)[^.;]{0,60}from (?:the )?(?:patients|service users|public|relatives)",
    "6": r"(?:harass|bully|abus)[^.;]{0,60}from (?:other )?(?:staff|colleagues|managers)",
    "7": r"equal opportunities for (?:career|promotion)",
    "8": r"discriminat\w+[^.;]{0,60}(?:manager|team leader|colleague)",
}


@cache
def _named(name: str) -> str:
    names = sorted({"white", *words()["groups"]["BME"]}, key=len, reverse=True)
    return rf"(?<![a-z-])(?P<{name}>{'|'.join(map(re.escape, names))})(?![a-z])"


@cache
def _claim() -> re.Pattern[str]:
    return re.compile(
        rf"{_named('who')}\s+(?:[a-z]+\s+){{0,5}}?(?:are|were|was|is|being|have|had|remain|remains|remained)\s+(?:therefore |thus |still |now |also |at |a |an )*"
        r"(?:(?P<about>more than |over |nearly |almost |about |around )?(?P<times>\d+(?:\.\d+)?\s+times|twice|double|three times|four times|half)\s+(?:as |more )?|"
        r"(?P<way>more|less|better|higher|greater|worse|lower|poorer)\s+)(?:likely|chance|likelihood|probability|odds|risk)\b"
    )


@cache
def _share() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<share>{_PERCENT})\s+(?:of\s+)?(?:our\s+|all\s+|the\s+)?{_named('of')}|{_named('who')}\s+(?:[a-z]+\s+){{0,2}}?\(?\s*(?P<beside>{_PERCENT})"
    )


def check_claims(before: Sentence | None, sentence: Sentence, title: str) -> Iterator[Finding]:
    """What a sentence says against its own numbers, or against those of the sentence before it."""
    low = folded(sentence.text)
    page = folded(f"{title} {sentence.heading}")
    first = folded(before.text) if before is not None and before.heading == sentence.heading else ""
    yield from _parts(sentence, low)
    yield from _fold(sentence, low)
    yield from _range(sentence, first, low)
    yield from _better(sentence, low, indicator_of(sentence.text, sentence.heading, title))
    yield from _bases(sentence, low, indicator_of(sentence.text, sentence.heading, title))
    yield from _represented(sentence, first, low)
    if not _OTHER_STANDARD.search(page):
        yield from check_numbered(sentence.place, low)
    if _SUPPOSES.search(low):
        return
    for match in _PERCENT_MORE.finditer(low):
        yield Finding(
            "ratio_as_percentage", sentence.place, match[0], "a plain number",
            "A relative likelihood says how many times as likely; it is no percentage.",
        )  # fmt: skip
    yield from _direction(sentence, first, low, title)


def _shares(text: str) -> dict[str, Printed]:
    """The share of White and of BME, where the text has one of each and no other percentage."""
    found: dict[str, list[Printed]] = {"White": [], "BME": []}
    for match in _share().finditer(text):
        who = match["of"] or match["who"]
        found["White" if who == "white" else "BME"].append(numbers(match["share"] or match["beside"])[0])
    every = [n for n in numbers(text) if n.unit == "%"]
    if any(len(mine) != 1 for mine in found.values()) or len(every) != 2:
        return {}
    return {group: mine[0] for group, mine in found.items()}


def _direction(sentence: Sentence, first: str, low: str, title: str) -> Iterator[Finding]:
    for claim in _claim().finditer(low):
        group = "White" if claim["who"] == "white" else "BME"
        known = _likelier(sentence, first, low, claim, title)
        if known is None:
            continue
        value, above, why = known
        mine = (
            value if above == group else Printed(1 / value.value, value.half / value.value**2, "", value.text)
        )
        more = claim["way"] not in ("less", "worse", "lower", "poorer") and claim["times"] != "half"
        if (mine.value - mine.half > 1) if not more else (mine.value + mine.half < 1):
            yield Finding(
                "wrong_direction", sentence.place, claim[0],
                f"{group} {'less' if more else 'more'} likely", why,
            )  # fmt: skip
        elif claim["times"] and not _times_agree(claim, mine):
            yield Finding("ratio_does_not_follow", sentence.place, claim[0], f"{mine.value:.2f}", why)


def _likelier(
    sentence: Sentence, first: str, low: str, claim: re.Match[str], title: str
) -> tuple[Printed, str, str] | None:
    """(ratio, group above its line, where it comes from) of the numbers that a claim is about; None for none or several."""
    rest = low[: claim.start()] + " " + low[claim.end() :]
    indicators = {name for name in (indicator_of(first), indicator_of(low)) if name}
    for text in (rest, f"{first} {rest}") if len(indicators) < 2 else (rest,):
        shares = _shares(text)
        # two shares of one clause are of one year, whichever it is
        other = (
            re.sub(r"\b(?:last year|previous year)\b", "", text)
            if shares and _BOTH_AT_ONCE.search(text)
            else text
        )
        if _ELSEWHERE.search(other) or _COUNTS.search(text):
            return None
        if shares and (found := quotient(shares["White"], shares["BME"])):
            value = (found[0] + found[1]) / 2
            half = (found[1] - found[0]) / 2
            return (
                (
                    Printed(value, half, "", ""),
                    "White",
                    f"{shares['White'].text} of White, {shares['BME'].text} of BME.",
                )
                if value
                else None
            )
        ratios = list(_RATIO.finditer(text))
        plain = [n for n in numbers(text) if not n.unit and "." in n.text]
        if len(ratios) == 1 and len(plain) == 1:
            indicator = indicator_of(sentence.text, first, sentence.heading, title)
            above = above_of(ratios[0]["whose"]) or str(words()["direction"].get(indicator, ""))
            said = numbers(ratios[0]["value"])[0]
            if above and said.value:
                return said, above, f"The relative likelihood is {said.text}, {above} over the other group."
    return None


def _times_agree(claim: re.Match[str], mine: Printed) -> bool:
    text, about = claim["times"], (claim["about"] or "").strip()
    said = numbers(text)[0] if text[0].isdigit() else Printed(_FOLD[text], 0.25 * _FOLD[text], "", text)
    if about in ("more than", "over"):
        return mine.value + mine.half >= 0.99 * said.value
    slack = max(said.half, 0.05, 0.5 if said.value == int(said.value) and "." not in text else 0) + mine.half
    return abs(said.value - mine.value) <= (0.2 * said.value if about else slack) + 1e-9


def _parts(sentence: Sentence, low: str) -> Iterator[Finding]:
    for match in (*_SAID_OF.finditer(low), *_OF_WHOM.finditer(low)):
        told = match.groupdict()
        first = told.get("top") or told.get("first") or told.get("then") or ""
        top, bottom, printed = _whole(first), _whole(match["bottom"]), numbers(match["share"])[0]
        digits = first[0].isdigit() and match["bottom"][0].isdigit()
        if (
            not 0 < top <= bottom
            or (digits and match.re is _SAID_OF)
            or printed.near(100 * top / bottom, 100 * top / bottom)
        ):
            continue
        yield Finding(
            "percentage_does_not_follow", sentence.place, match["share"], f"{100 * top / bottom:.1f}%", f"{top} of {bottom}."
        )  # fmt: skip
    for match in _ONE_IN.finditer(low):
        many, printed = _whole(match["many"]), numbers(match["share"])[0]
        below, above = _LOOSE.get((match["about"] or "").strip(), (0.0, 0.0))
        if many > 1 and not printed.near(100 / (many + 0.5) * (1 - below), 100 / (many - 0.5) * (1 + above)):
            yield Finding(
                "percentage_does_not_follow", sentence.place, match["share"], f"{100 / many:.1f}%", f"One in {many}."
            )  # fmt: skip
    for match in _FRACTION.finditer(low):
        exact, printed = _FRACTIONS[match["part"]], numbers(match["share"])[0]
        below, above = _LOOSE.get((match["about"] or "").strip(), (0.0, 0.0))
        if not printed.near(exact * (1 - below) - 2, exact * (1 + above) + 2):
            yield Finding(
                "percentage_does_not_follow", sentence.place, match["share"], f"{exact:.1f}%", f"{match['part'].capitalize()}."
            )  # fmt: skip
    for match in (*_SUM.finditer(low), *_LISTED.finditer(low)):
        parts = [numbers(match[name])[0] for name in "abc"]
        whole = sum(part.value for part in parts)
        if abs(whole - 100) > sum(part.half for part in parts) + 0.05:
            yield Finding(
                "total_does_not_add", sentence.place, ", ".join(part.text for part in parts), "100%", f"Together {whole:.1f}%."
            )  # fmt: skip


def _whole(text: str) -> int:
    return NUMBER_WORDS[text] if text in NUMBER_WORDS else int(text.replace(",", ""))


def _fold(sentence: Sentence, low: str) -> Iterator[Finding]:
    for match in _MANY_FOLD.finditer(low):
        before, now = (numbers(match[name])[0] for name in ("before", "now"))
        if not before.value or before.unit != now.unit:
            continue
        by, said, about = now.value / before.value, _BY[match["verb"]], (match["about"] or "").strip()
        way = said if said > 1 else 1 / said
        grown = by if said > 1 else (1 / by if by else way)
        low_end = way if about in ("more than", "over", "just over") else 0.8 * way
        if not 0.97 * low_end <= grown <= (3 * way if about in ("more than", "over") else 1.25 * way):
            yield Finding(
                "change_does_not_follow", sentence.place, match[0], f"{by:.2f} times", f"From {before.text} to {now.text}."
            )  # fmt: skip


def _range(sentence: Sentence, first: str, low: str) -> Iterator[Finding]:
    told = _RANGE.search(low)
    where = _INSIDE.search(low[: told.start()]) if told else None
    if told is None or where is None:
        return
    ends = [numbers(told[name])[0] for name in ("low", "high")]
    rest = low[: told.start()] + low[told.end() :]
    values = [n for n in numbers(rest) if not n.unit and re.fullmatch(r"\d\.\d\d?", n.text)]
    values = values or [n for n in numbers(first) if not n.unit and re.fullmatch(r"\d\.\d\d?", n.text)]
    if len(values) != 1 or re.search(r"\b(?:aim|target|should|if|bring|return|until|move)\w*\b", low):
        return
    within = ends[0].value <= values[0].value <= ends[1].value
    said = not (where["out"] or "outside" in where[0])
    if within != said:
        yield Finding(
            "range_does_not_hold", sentence.place, f"{values[0].text} {'within' if said else 'outside'} {told[0]}",
            "within" if within else "outside", f"{values[0].text} is {'inside' if within else 'outside'} {told[0]}.",
        )  # fmt: skip


def _better(sentence: Sentence, low: str, indicator: str) -> Iterator[Finding]:
    if indicator not in indicators.SURVEY or re.search(r"\b(?:not|no|need|without)\b", low):
        return
    for match in (*_BETTER.finditer(low), *_THEN_BETTER.finditer(low)):
        before, now = (numbers(match[name])[0] for name in ("before", "now"))
        better = match["word"].startswith(("improv", "better"))
        less_is_better = indicator in indicators.EXPERIENCED
        fell = now.value < before.value
        if before.value != now.value and (fell == less_is_better) != better:
            yield Finding(
                "wrong_sign", sentence.place, match[0], "worse" if better else "better",
                f"Of indicator {indicator} {'less' if less_is_better else 'more'} is better.",
            )  # fmt: skip


def _bases(sentence: Sentence, low: str, indicator: str) -> Iterator[Finding]:
    since = _other_base_since(indicator) if indicator in indicators.SURVEY else None
    if since is None or _KNOWS_THE_BREAK.search(low):
        return
    until = since - 2  # whether a page means the survey's year or the return's, which is the one after
    for match in _OVER_YEARS.finditer(low):
        before, now = (numbers(match[name])[0].value for name in ("before", "now"))
        if int(match["first"]) <= until and since <= int(match["last"]) and before - now >= _WITH_THE_BASE:
            yield Finding(
                "bases_differ", sentence.place, match[0], "",
                f"Don't know is counted in indicator {indicator} from the survey of {since - 1} on: what the two say cannot be compared.",
            )  # fmt: skip


def _represented(sentence: Sentence, first: str, low: str) -> Iterator[Finding]:
    match = _REPRESENTED.search(low)
    text = f"{first} {low}"
    if match is None or "white" in text or re.search(r"\bnot\b", low):
        return
    ends = []
    for pattern in (_ON_BOARD, _AT_WORK):
        found = {one["a"] or one["b"] for one in pattern.finditer(text)}
        if len(found) != 1:
            return
        ends.append(numbers(found.pop())[0])
    apart = ends[0].value - ends[1].value
    if apart and (apart > 0) != (match["way"] == "over"):
        yield Finding(
            "wrong_sign", sentence.place, match[0], f"{'over' if apart > 0 else 'under'}-represented",
            f"{ends[0].text} of the board, {ends[1].text} of the workforce.",
        )  # fmt: skip


@cache
def _other_base_since(indicator: str) -> int | None:
    """The return from which a survey indicator stands on another base than the ones before; None where it never changed."""
    setting = indicators.rule(indicator).basis_setting
    of_year = {year: getattr(years.load(year), setting) for year in years.all_years()} if setting else {}
    return next((year for year, base in of_year.items() if base != of_year.get(year - 1, base)), None)


def check_numbered(place: str, text: str) -> Iterator[Finding]:
    """An indicator's number beside the words of another one, in a sentence or the label of a row."""
    low = folded(text)
    found = list(_NUMBERED.finditer(low))
    if len(found) != 1 or _OTHER_STANDARD.search(low):
        return
    number, then = found[0]["number"], found[0]["then"]
    named = [other for other, pattern in _SAYS.items() if re.search(pattern, then)]
    if len(named) == 1 and named[0] != number:
        yield Finding(
            "wrong_indicator", place, f"indicator {number}", f"indicator {named[0]}", "The words are those of the other indicator."
        )  # fmt: skip
