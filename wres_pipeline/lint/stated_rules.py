"""Rules for what one sentence states twice: a change and its two ends, a gap and its two sides, a ratio and its two shares."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wres_pipeline.lint.documents import Sentence
from wres_pipeline.lint.facts import Fact, folded, group_of, indicator_of, words, year_of
from wres_pipeline.lint.finding import Finding
from wres_pipeline.lint.printed import Printed, numbers

_N = r"([-+]?\d[\d,]*(?:\.\d+)?(?:\s*(?:%|percentage points?|points\b|pp\b|per cent|percent))?)"
_IN_A_YEAR = r"(?:\s+(?:in|of|at|on)\s+[a-z0-9 /-]{4,20}?)?"
_MOVE = r"(?:increas\w*|decreas\w*|rise[ns]?|rose|fall[s]?|fell|fallen|grew|grown|growth|drop\w*|reduc\w*|declin\w*|improve\w*|up|down|change)"
_ABOUT = r"(?:about|around|nearly|almost|approximately|roughly|over|more than|less than|under|at least|up to|some|just)"
_ENDS = rf"from\s+{_N}{_IN_A_YEAR}\s+to\s+(?:(?:just|only)\s+)?{_N}"
_CHANGES = (
    # rose by 2.3 points from 12.1% to 14.4%
    (re.compile(rf"\b{_MOVE}\s+(?:by\s+|of\s+)?(?:[a-z -]{{3,30}}\()?{_N}\)?[^.;\d]{{0,40}}?(?:\d{{4}}[^.;\d]{{0,30}}?){{0,2}}{_ENDS}"), (1, 2, 3)),
    # from 4,750 to 5,000, an increase of 5.3%
    (re.compile(rf"{_ENDS}[^.;\d]{{0,40}}?\b{_MOVE}\s+of\s+{_N}"), (3, 1, 2)),
)  # fmt: skip
"""Pattern, and which of its numbers are the change, the value before and the value now."""
_RISE_FROM = re.compile(rf",\s*(?:an?\s+{_MOVE}\s+of|(?:up|down)(?:\s+by)?)\s+{_N}\s+from\s+{_N}")
"""29.8% in 2018, a rise of 1.3% from 28.5%: the value now is the last number of its kind before it."""
_QUALIFIED = re.compile(rf"\b{_ABOUT}\s+$")
_GAP = re.compile(
    rf"(?:\(|,\s+|:\s+)(?:which is |giving |leaving |this is )?(?:an?\s+)?(?:gap|difference)\s+of\s+{_N}\s*\)?\s*"
    r"(?:\.?$|(?P<then>,\s+(?:narrower|wider|smaller|larger|bigger|up|down)\b))"
)
_TIMES = re.compile(
    r"(?P<about>[a-z]+ )?(?P<times>\d+(?:\.\d+)?)\s+times\s+(?P<way>as|more)\s+likely[^.;%\d]{0,90}?\((?P<one>\d+(?:\.\d+)?\s*(?:%|per cent))"
    r"[^.;%\d]{0,30}?\b(?:compared (?:to|with)|against|versus|vs|v)\b[^.;%\d]{0,30}?(?P<other>\d+(?:\.\d+)?\s*(?:%|per cent))"
)  # fmt: skip
_RATIO_BESIDE = re.compile(
    r"\((?:an?\s+)?(?:ratio|relative likelihood)\s*(?:of|is|was|:|=)?\s*(\d+(?:\.\d+)?)(?![\d.]*\s*(?:%|per))"
)
_MORE = re.compile(r"(\d+(?:\.\d+)?)\s*(%|per cent|percent|times)\s+(?:as|more)\s+likely")
_BOARD = re.compile(
    r"\bboard\b[^%.;\d]{0,40}?(\d+(?:\.\d+)?\s*%)|(\d+(?:\.\d+)?\s*%)\s+of\s+(?:the |our )?board\b"
)
_WORKFORCE = re.compile(
    r"\b(?:workforce|staff)\b[^%.;\d]{0,30}?(\d+(?:\.\d+)?\s*%)|(\d+(?:\.\d+)?\s*%)\s+of\s+(?:the |our )?(?:workforce|staff)\b"
)
_DIFFERENCE = re.compile(rf"\bdifference\s*(?:\s(?:is|was|of)\s|:|\s)\s*{_N}")
_ANOTHER_YEAR = re.compile(
    r"\b(?:last year|previous|year before|compared (?:to|with) 20\d\d|now|this year|currently|since|nationally|national)\b"
)
_MOVED_BY = re.compile(rf"(?P<who>[^,;.]{{3,60}}?)\b(?P<verb>{_MOVE})\s+by\s+{_N}")


def check_stated(sentence: Sentence) -> Iterator[Finding]:
    """What a sentence states twice, held against itself."""
    low = folded(sentence.text)
    yield from _changes(sentence, low)
    yield from _gap(sentence, low)
    yield from _ratio_of_shares(sentence, low)
    yield from _ratio_beside(sentence, low)
    yield from _board(sentence, low)


def is_years(one: Printed, other: Printed) -> bool:
    """Whether two numbers are years rather than values."""
    return all(re.fullmatch(r"(?:19|20)\d\d", number.text) for number in (one, other))


def _changes(sentence: Sentence, low: str) -> Iterator[Finding]:
    for pattern, order in _CHANGES:
        for match in pattern.finditer(low):
            change, before, now = (numbers(match.group(n))[0] for n in order)
            if not _QUALIFIED.search(low[: match.start(order[0])]) and not is_years(before, now):
                yield from held_against(sentence, change, before, now)
    for match in _RISE_FROM.finditer(low):
        change, before = (numbers(match.group(n))[0] for n in (1, 2))
        earlier = [n for n in numbers(low[: match.start()]) if n.unit == before.unit and not is_years(n, n)]
        if earlier and not is_years(before, before):
            yield from held_against(sentence, change, before, earlier[-1])


def held_against(sentence: Sentence, change: Printed, before: Printed, now: Printed) -> Iterator[Finding]:
    """A change against its two ends."""
    right = _right_changes(before, now, change)
    if right and not any(abs(abs(change.value) - value) <= slack for value, slack in right):
        yield Finding(
            "change_does_not_follow", sentence.place, change.text, f"{right[0][0]:.1f}",
            f"From {before.text} to {now.text}.",
        )  # fmt: skip


def _right_changes(before: Printed, now: Printed, change: Printed) -> list[tuple[float, float]]:
    """What the change may be, each with its slack: the difference, and of a change in per cent the share of the value before;
    none where the two ends are of two kinds.
    """
    if {before.unit or now.unit, now.unit or before.unit} not in ({"%"}, {""}):
        return []
    moved, rounding = abs(now.value - before.value), before.half + now.half + change.half + 1e-9
    found: list[tuple[float, float]] = []
    if now.unit or before.unit or not change.unit:
        found.append((moved, rounding + _round_number(change)))
    if change.unit == "%" and before.value:
        share = 100 * moved / before.value
        found.append(
            (share, change.half + 100 * (before.half + now.half) * (1 + share / 100) / before.value + 0.06)
        )
    return found


def _round_number(change: Printed) -> float:
    """How far a count that ends in noughts may be rounded."""
    digits = change.text.replace(",", "").lstrip("+-")
    noughts = len(digits) - len(digits.rstrip("0")) if change.whole else 0
    return 10**noughts / 2 if noughts >= 2 else 0.0


def _gap(sentence: Sentence, low: str) -> Iterator[Finding]:
    match = _GAP.search(low)
    shares = [n for n in numbers(low[: match.start()] if match else "") if n.unit == "%"]
    if match is None or len(shares) != 2:
        return
    # how the gap compares with another year's may follow it; before it, another year's figure may be one of the two
    told = low[: match.start("then")] if match["then"] else low
    if _ANOTHER_YEAR.search(told) or _IS_CHANGE.search(told):
        return
    gap = numbers(match.group(1))[0]
    exact = abs(shares[0].value - shares[1].value)
    if abs(abs(gap.value) - exact) > shares[0].half + shares[1].half + gap.half + 1e-9:
        yield Finding(
            "difference_does_not_follow", sentence.place, gap.text, f"{exact:.1f}",
            f"{shares[0].text} and {shares[1].text}.",
        )  # fmt: skip


_IS_CHANGE = re.compile(r"\bfrom\b[^.;]*\bto\b")


def _ratio_of_shares(sentence: Sentence, low: str) -> Iterator[Finding]:
    for match in _TIMES.finditer(low):
        if _QUALIFIED.search(low[: match.start("times")]):
            continue
        said, one, other = (numbers(match[name])[0] for name in ("times", "one", "other"))
        if other.value <= other.half:
            continue
        low_end, high_end = (
            (one.value - one.half) / (other.value + other.half),
            (one.value + one.half) / (other.value - other.half),
        )
        said = Printed(said.value, said.half or 0.5, "times", said.text)
        if said.near(low_end, high_end) or (match["way"] == "more" and said.near(low_end - 1, high_end - 1)):
            continue
        turned = one.value > one.half and said.near(1 / high_end, 1 / low_end)
        yield Finding(
            "wrong_direction" if turned else "ratio_does_not_follow", sentence.place, f"{said.text} times",
            f"{one.value / other.value:.2f}", f"{one.text} ÷ {other.text}.",
        )  # fmt: skip


def _ratio_beside(sentence: Sentence, low: str) -> Iterator[Finding]:
    likely, beside = _MORE.findall(low), _RATIO_BESIDE.findall(low)
    if (
        len(likely) != 1
        or len(beside) != 1
        or _ANOTHER_YEAR.search(low)
        or len(set(re.findall(r"\b20\d\d\b", low))) > 1
    ):
        return
    said, ratio = numbers(likely[0][0])[0], numbers(beside[0])[0]
    if likely[0][1] == "times":
        as_ratio, half = said.value, said.half or 0.5
    else:
        as_ratio, half = 1 + said.value / 100, max(said.half, 0.5) / 100
    ends = [ratio.value] + ([1 / ratio.value] if ratio.value else [])
    if not any(abs(as_ratio - end) <= half + ratio.half + 1e-9 for end in ends):
        yield Finding(
            "ratio_does_not_follow",
            sentence.place,
            ratio.text,
            f"{as_ratio:.2f}",
            f"The sentence says {' '.join(likely[0])}.",
        )


def _board(sentence: Sentence, low: str) -> Iterator[Finding]:
    board, workforce, stated = _BOARD.search(low), _WORKFORCE.search(low), _DIFFERENCE.search(low)
    if not board or not workforce or not stated or "white" in low or _ANOTHER_YEAR.search(low):
        return
    if stated.start() < max(board.end(), workforce.end()) or board.end() == workforce.end():
        return
    top, base = (numbers(m.group(1) or m.group(2))[0] for m in (board, workforce))
    difference = numbers(stated.group(1))[0]
    exact, slack = top.value - base.value, top.half + base.half + difference.half + 1e-9
    signed = stated.group(1)[0] in "+-"
    if abs(abs(difference.value) - abs(exact)) > slack:
        rule = "difference_does_not_follow"
    elif signed and difference.value * exact < 0 and abs(difference.value - exact) > slack:
        rule = "wrong_sign"
    else:
        return
    yield Finding(
        rule,
        sentence.place,
        difference.text,
        f"{exact:+.1f}",
        f"{top.text} of the board less {base.text} of the workforce.",
    )


def check_moves(sentence: Sentence, title: str, facts: list[Fact]) -> Iterator[Finding]:
    """A group that is said to have grown or shrunk by so much, against the page's shares of the workforce in two years."""
    if indicator_of(sentence.text, sentence.heading, title) not in ("", "1"):
        return
    for match in _MOVED_BY.finditer(folded(sentence.text)):
        group = group_of(match["who"].rsplit(" and ", 1)[-1])
        way = next(
            (kind for kind in ("rises", "falls") if any(match["verb"].startswith(w) for w in words()[kind])),
            "",
        )
        shares = shares_by_year(facts, group)
        years = sorted(shares)
        now = year_of(match["who"], sentence.text) or (years[-1] if years else "")
        before = years[years.index(now) - 1] if now in years[1:] else ""
        if not group or not way or not before:
            continue
        moved = shares[now].value - shares[before].value
        if moved * (1 if way == "rises" else -1) < -(shares[now].half + shares[before].half):
            yield Finding(
                "wrong_sign", sentence.place, match.group(0).strip(), f"a {'fall' if way == 'rises' else 'rise'}",
                f"{group}: {shares[before].text} in {before}, {shares[now].text} in {now}.",
            )  # fmt: skip


def shares_by_year(facts: list[Fact], group: str) -> dict[str, Printed]:
    """A group's share of the workforce by year, where the page has one of it and no other share of that group and year."""
    found: dict[str, list[Printed]] = {}
    for fact in facts:
        if (
            fact.group == group
            and fact.year
            and fact.kind == "percent"
            and not fact.change
            and fact.indicator in ("", "1")
        ):
            if fact.measure not in ("", "workforce") or fact.section:
                continue
            found.setdefault(fact.year, []).append(fact.number)
    return {year: mine[0] for year, mine in found.items() if len(mine) == 1}
