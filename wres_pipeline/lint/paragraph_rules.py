"""Rules for what neighbouring sentences, or a sentence and a table, state twice: a chance each, a change, a share of the workforce."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from wres_pipeline.lint.documents import Sentence
from wres_pipeline.lint.facts import Fact, folded, indicator_of, words, year_of
from wres_pipeline.lint.finding import Finding
from wres_pipeline.lint.printed import Printed, numbers
from wres_pipeline.lint.stated_rules import held_against, shares_by_year

_PERCENT = r"\d+(?:\.\d+)?\s*(?:%|per cent|percent)"
_POINTS = r"(\d+(?:\.\d+)?)\s*(?:percentage points?|points?\b|pp\b)"
_IN_WORDS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15,
    "twenty": 20, "twenty-five": 25, "thirty": 30, "forty": 40, "fifty": 50, "a hundred": 100, "one hundred": 100, "two hundred": 200,
}  # fmt: skip
_BACK = re.compile(r"\b(?:that|this|the|its)\s+(?:figure|percentage|proportion|share|rate)\b|^it\b")
_MOVED = re.compile(
    r"\b(?P<verb>c[ao]me (?:down|up)|gone (?:down|up)|went (?:down|up)|fell|fallen|falls|rose|risen|rises|increased|decreased|dropped|"
    rf"declined|reduced|grew|grown)\s+by\s+(?P<change>\d+(?:\.\d+)?\s*(?:percentage points?|points?\b|pp\b))[^.;\d]{{0,20}}?\bto\s+(?P<now>{_PERCENT})"
)
_WAS = re.compile(
    rf"\b(?:it|that|this|the (?:figure|percentage|proportion|share|rate)) was (?P<before>{_PERCENT})\s+(?:the year before|a year (?:before|earlier)|"
    rf"last year|the previous year|in 20\d\d)[^.;%\d]{{0,40}}?\b(?P<verb>risen|rose|increased|gone up|went up|grown|fallen|fell|decreased|"
    rf"gone down|went down|dropped|come down|came down)\s+by\s+(?P<change>\d+(?:\.\d+)?\s*(?:percentage points?|points?\b|pp\b))"
)
_UP = ("risen", "rose", "increased", "gone up", "went up", "grown")
_UP_NOUNS = ("rise", "increase")
_THIS_IS = re.compile(
    r"\b(?:this|that|it|the figure|the percentage|the proportion) (?:is|was|represents|represented)\b[^.;%\d]{0,60}?\ban? (?:[a-z]+ )?"
    rf"(?P<noun>rise|increase|fall|decline|decrease|drop|reduction)\b(?: of (?P<change>{_PERCENT}|{_POINTS}))?\s+(?:from|on)\b[^.;%]{{0,30}}?(?P<before>\b{_PERCENT})"
)
_MEMBERS = re.compile(
    r"\b(?P<all>\d[\d,]*)\s+(?:board |voting |executive )?(?:members|directors|people|staff|employees|colleagues)\b\s*[:,(-]+\s*"
    r"(?:of whom\s+)?(?P<white>\d[\d,]*)\s+(?:are\s+|were\s+)?white,?\s+(?:and\s+)?(?P<bme>\d[\d,]*)\s+(?:are\s+|were\s+)?(?:bme|bame|global majority|"
    r"ethnic minority),?\s+(?:and\s+)?(?P<unknown>\d[\d,]*)\s+(?:not stated|unknown|undeclared|not declared|undisclosed|prefer not to say)"
)
_DIRECTORS = re.compile(rf"\b(?:directors|board members?|board)\b[^.;%\d]{{0,60}}?\(?({_PERCENT})")
_STAFF = re.compile(
    rf"({_PERCENT})\s+of\s+(?:the |our |all )?(?:workforce|staff)\b|\b(?:workforce|staff)\b[^.;%\d]{{0,30}}?({_PERCENT})"
)
_APART = re.compile(rf"\bboard\b[^.;%\d]{{0,40}}?{_POINTS}\s+(?P<way>more|less|higher|lower|above|below)\b")
_MADE_UP = (
    r"[a-z ,'()-]{0,40}?\b(?:made up|make up|makes up|accounted for|account for|accounts for)\s+"
    r"(?:(?:about|around|nearly|almost|just over|just under|over|some)\s+)?"
    rf"(?P<share>{_PERCENT})\s+of\s+(?:the |our |all |its )?(?:total |overall |whole |trust's )?(?:workforce|staff|everyone|employees)\b"
)
_ELSEWHERE = re.compile(
    r"\b(?:national\w*|england|nhs trusts?|nhs|region\w*|population|communit\w*|census|target|aim\w*|ambition|bands?|senior\w*|boards?|"
    r"directors?|nurs\w*|doctors?|medical|clinical|appli\w*|shortlist\w*|appoint\w*|leavers?|starters?|joiners?|respon\w*|survey\w*|bank|"
    r"average|last year|previous\w*|before|women|men|who)\b"
)
_ABOUT = re.compile(r"\b(?:about|around|nearly|almost|just over|just under|over|some)\s+$")


@cache
def _group() -> str:
    names = sorted({"white", *words()["groups"]["BME"]}, key=len, reverse=True)
    return rf"(?<![a-z-])(?P<group>{'|'.join(map(re.escape, names))})(?![a-z])"


@cache
def _chance() -> re.Pattern[str]:
    return re.compile(
        rf"{_group()}[a-z ]{{0,40}}?\b(?:(?:had|have|has)\s+)?an?\s+(?P<share>{_PERCENT})\s+(?:chance|likelihood|probability)\b"
    )


@cache
def _one_in() -> re.Pattern[str]:
    many = "|".join(sorted(map(re.escape, _IN_WORDS), key=len, reverse=True))
    return re.compile(rf"\bone in (?P<many>{many}|\d+)\s+{_group()}")


@cache
def _share_of_all() -> re.Pattern[str]:
    return re.compile(_group() + _MADE_UP)


def _named(group: str) -> str:
    return "White" if group == "white" else "BME"


def chances(
    sentences: Sequence[Sentence], title: str, default: str
) -> dict[tuple[str, str, str], tuple[float, float]]:
    """(indicator, year, group) -> the range of its likelihood as sentences say it ("an 18% chance"); none that is said twice."""
    found: dict[tuple[str, str, str], set[tuple[float, float]]] = {}
    for sentence in sentences:
        indicator = indicator_of(sentence.text, sentence.heading, title)
        if indicator not in words()["events"]:
            continue
        year = year_of(sentence.text, sentence.heading) or default
        for match in _chance().finditer(folded(sentence.text)):
            said = numbers(match["share"])[0]
            ends = ((said.value - said.half) / 100, (said.value + said.half) / 100)
            found.setdefault((indicator, year, _named(match["group"])), set()).add(ends)
    return {key: next(iter(ends)) for key, ends in found.items() if len(ends) == 1}


def check_one_in(
    sentence: Sentence, title: str, default: str, known: dict[tuple[str, str, str], tuple[float, float]]
) -> Iterator[Finding]:
    """ "One in fifty White staff", where the tables say so of the other group."""
    indicator = indicator_of(sentence.text, sentence.heading, title)
    year = year_of(sentence.text, sentence.heading) or default
    for match in _one_in().finditer(folded(sentence.text)):
        many = _IN_WORDS.get(match["many"]) or int(match["many"])
        group = _named(match["group"])
        other = "BME" if group == "White" else "White"
        mine, theirs = known.get((indicator, year, group)), known.get((indicator, year, other))
        if many < 2 or not mine or not theirs:
            continue
        said = Printed(1 / many, 0.5 / many**2, "", match[0])
        if not said.near(*mine) and said.near(*theirs):
            yield Finding(
                "swapped_groups", sentence.place, match[0], f"{100 * mine[0]:.1f}% of {group}",
                f"The tables say so of {other} staff.",
            )  # fmt: skip


def check_parts(sentence: Sentence) -> Iterator[Finding]:
    """ "12 members: 9 White, 2 BME and 1 not stated": three parts and their whole."""
    for match in _MEMBERS.finditer(folded(sentence.text)):
        whole, *parts = (int(match[name].replace(",", "")) for name in ("all", "white", "bme", "unknown"))
        if sum(parts) != whole:
            yield Finding(
                "total_does_not_add", sentence.place, match["all"], f"{sum(parts):,}",
                "White, BME and those not known add to another number.",
            )  # fmt: skip


def check_neighbours(before: Sentence, sentence: Sentence) -> Iterator[Finding]:
    """A sentence against the one before it, under the same heading."""
    if before.heading != sentence.heading:
        return
    first, low = folded(before.text), folded(sentence.text)
    yield from _moved(first, sentence, low)
    yield from _was(first, sentence, low)
    yield from _this_is(first, sentence, low)
    yield from _board(first, sentence, low)


def _moved(first: str, sentence: Sentence, low: str) -> Iterator[Finding]:
    match = _MOVED.search(low)
    shares = [number for number in numbers(first) if number.unit == "%"]
    if match is None or len(shares) != 1 or not _BACK.search(low):
        return
    change, now = (numbers(match[name])[0] for name in ("change", "now"))
    yield from held_against(sentence, change, shares[0], now)


def _was(first: str, sentence: Sentence, low: str) -> Iterator[Finding]:
    match = _WAS.search(low)
    shares = [number for number in numbers(first) if number.unit == "%"]
    if match is None or len(shares) != 1:
        return
    before, change = (numbers(match[name])[0] for name in ("before", "change"))
    wrong = list(_way(sentence, match[0], before, shares[0], up=match["verb"] in _UP))
    yield from wrong or held_against(sentence, change, before, shares[0])


def _this_is(first: str, sentence: Sentence, low: str) -> Iterator[Finding]:
    match = _THIS_IS.search(low)
    shares = [number for number in numbers(first) if number.unit == "%"]
    if match is None or len(shares) != 1:
        return
    before = numbers(match["before"])[0]
    yield from _way(sentence, match[0], before, shares[0], up=match["noun"] in _UP_NOUNS)
    if match["change"]:
        yield from held_against(sentence, numbers(match["change"])[0], before, shares[0])


def _way(sentence: Sentence, found: str, before: Printed, now: Printed, *, up: bool) -> Iterator[Finding]:
    moved = now.value - before.value
    if (moved > 0) != up and abs(moved) > now.half + before.half:
        way = "rise" if moved > 0 else "fall"
        yield Finding(
            "wrong_sign", sentence.place, found, f"a {way}", f"From {before.text} to {now.text} is a {way}."
        )


def _board(first: str, sentence: Sentence, low: str) -> Iterator[Finding]:
    apart = _APART.search(low)
    boards, staff = _DIRECTORS.findall(first), [one or other for one, other in _STAFF.findall(first)]
    if apart is None or len(boards) != 1 or len(staff) != 1 or "white" in first + low:
        return
    board, workforce, said = (numbers(text)[0] for text in (boards[0], staff[0], apart[1] + " points"))
    exact = board.value - workforce.value
    slack = board.half + workforce.half + said.half + 1e-9
    if abs(said.value - abs(exact)) > slack:
        rule = "difference_does_not_follow"
    elif (apart["way"] in ("more", "higher", "above")) != (exact > 0) and abs(exact) > slack:
        rule = "wrong_sign"
    else:
        return
    yield Finding(
        rule, sentence.place, apart[0], f"{exact:+.1f}", f"{board.text} of the board less {workforce.text} of the workforce.",
    )  # fmt: skip


def check_share(sentence: Sentence, default: str, facts: list[Fact]) -> Iterator[Finding]:
    """A group's share of the whole workforce in a sentence, against the one that the tables have of that year."""
    low = folded(sentence.text)
    if indicator_of(sentence.text) not in ("", "1") or _ELSEWHERE.search(low):
        return
    for match in _share_of_all().finditer(low):
        said, group = numbers(match["share"])[0], _named(match["group"])
        held = shares_by_year(facts, group).get(year_of(sentence.text, sentence.heading) or default)
        if held is None or _ABOUT.search(low[: match.start("share")]):
            continue
        if abs(held.value - said.value) > held.half + said.half + 1e-9:
            yield Finding(
                "two_values", sentence.place, said.text, held.text, f"{group}: {held.text} in a table of the page.",
            )  # fmt: skip
