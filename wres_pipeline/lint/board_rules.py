"""Rules of the board and of the race disparity ratios: parts that add up, differences, and ratios that multiply."""

from __future__ import annotations

from collections.abc import Iterator

from wres_pipeline.lint.facts import Fact, folded, says, words
from wres_pipeline.lint.finding import Finding
from wres_pipeline.lint.printed import Printed

_LOOSE = 0.02
"""How far a product of rounded ratios may be from the printed one, as a share of it. [ours]"""


def check_board(facts: list[Fact], row_names: dict[int, str]) -> Iterator[Finding]:
    """One table that tells of the board. `row_names`: the label of each of its rows."""
    parts = {row: _part(name) for row, name in row_names.items()}
    if "board" not in parts.values():
        return
    for year in sorted({fact.year for fact in facts}):
        mine = [fact for fact in facts if fact.year == year and not fact.change]
        counts = _first(mine, parts, "count")
        for one, other in (("voting", "non_voting"), ("executive", "non_executive")):
            yield from _adds_up(counts, one, other)
        yield from _differences(mine, parts, row_names)


def _part(name: str) -> str:
    low = folded(name)
    if "difference" in low or "gap" in low:
        return "difference"
    return next((part for part, phrases in words()["board_parts"] if says(low, phrases)), "")


def _first(facts: list[Fact], parts: dict[int, str], kind: str) -> dict[tuple[str, str], Fact]:
    found: dict[tuple[str, str], Fact] = {}
    for fact in facts:
        part = parts.get(fact.row, "")
        if part and fact.kind == kind and fact.group:
            found.setdefault((part, fact.group), fact)
    return found


def _adds_up(counts: dict[tuple[str, str], Fact], one: str, other: str) -> Iterator[Finding]:
    for group in ("White", "BME", "Unknown", "Total"):
        whole, first, second = (counts.get((part, group)) for part in ("board", one, other))
        if not whole or not first or not second:
            continue
        added = first.number.value + second.number.value
        if added != whole.number.value:
            yield Finding(
                "total_does_not_add",
                whole.place,
                whole.number.text,
                f"{added:,.0f}",
                f"{group}: {one} and {other.replace('_', '-')} members add to another number.",
            )


def _differences(facts: list[Fact], parts: dict[int, str], names: dict[int, str]) -> Iterator[Finding]:
    shares: dict[tuple[str, str], Printed] = {}
    for fact in facts:
        if fact.kind != "percent" or not fact.group or parts.get(fact.row) == "difference":
            continue
        part = parts.get(fact.row) or ("workforce" if fact.measure == "workforce" else "")
        shares.setdefault((part, fact.group), fact.number)
    groups = {group for _, group in shares}
    for fact in facts:
        # a row of differences need not name the group where the table is of one alone
        group = fact.group or (next(iter(groups)) if len(groups) == 1 else "")
        if parts.get(fact.row) != "difference" or not group or fact.kind == "ratio":
            continue
        part = _subtracted(names[fact.row])
        board, workforce = shares.get((part, group)), shares.get(("workforce", group))
        if board is None or workforce is None:
            continue
        exact = board.value - workforce.value
        slack = board.half + workforce.half + (fact.number.half or 0.5) + 1e-9
        if abs(fact.number.value - exact) <= slack:
            continue
        opposite = abs(fact.number.value + exact) <= slack
        yield Finding(
            "wrong_sign" if opposite else "difference_does_not_follow",
            fact.place,
            fact.number.text,
            f"{exact:+.1f}",
            f"{group}: {board.text} of the {part} less {workforce.text} of the workforce.",
        )


def _subtracted(name: str) -> str:
    """Which part of the board a row of differences is about: the one it names, else the whole."""
    low = folded(name)
    found = next((part for part, phrases in words()["board_parts"] if says(low, phrases)), "board")
    return "board" if "total" in low else found


def check_disparity(facts: list[Fact]) -> Iterator[Finding]:
    """Lower to upper is the product of lower to middle and middle to upper, and each follows from the tiers' counts.

    `facts` are those of one document; counts and ratios of a document with several sections (clinical and
    non-clinical) are matched by section and year.
    """
    for section, year in sorted({(fact.section, fact.year) for fact in facts}):
        mine = [f for f in facts if (f.section, f.year) == (section, year) and not f.change]
        ratios: dict[tuple[str, str], Fact] = {}
        counts: dict[tuple[str, str], float] = {}
        for fact in mine:
            tiers = _tiers(fact.name)
            if len(tiers) == 2 and fact.kind in ("ratio", "number") and not fact.number.unit:
                ratios.setdefault((tiers[0], tiers[1]), fact)
            elif len(tiers) == 1 and fact.kind == "count" and fact.group in ("White", "BME"):
                counts.setdefault((tiers[0], fact.group), fact.number.value)
        wrong = list(_from_counts(ratios, counts))
        yield from wrong
        if not wrong:
            yield from _product(ratios)


def _tiers(label: str) -> list[str]:
    found = sorted(
        (label.index(phrase), tier)
        for tier, phrases in words()["tiers"].items()
        for phrase in phrases[:1]
        if says(label, [phrase])
    )
    return [tier for _, tier in found]


def _from_counts(
    ratios: dict[tuple[str, str], Fact], counts: dict[tuple[str, str], float]
) -> Iterator[Finding]:
    for (low, high), fact in ratios.items():
        people = [counts.get((tier, group), 0.0) for group in ("White", "BME") for tier in (high, low)]
        if not all(people):
            continue
        white_high, white_low, bme_high, bme_low = people
        exact = (white_high / white_low) / (bme_high / bme_low)
        if not fact.number.near(exact, exact):
            yield Finding(
                "ratio_does_not_follow",
                fact.place,
                fact.number.text,
                f"{exact:.2f}",
                f"({white_high:g} ÷ {white_low:g}) ÷ ({bme_high:g} ÷ {bme_low:g}) gives {exact:.2f}.",
            )


def _product(ratios: dict[tuple[str, str], Fact]) -> Iterator[Finding]:
    first, second = ratios.get(("lower", "middle")), ratios.get(("middle", "upper"))
    whole = ratios.get(("lower", "upper"))
    if not first or not second or not whole:
        return
    exact = first.number.value * second.number.value
    slack = whole.number.half + exact * (
        first.number.half / first.number.value + second.number.half / second.number.value
        if first.number.value and second.number.value
        else 0.0
    )
    if abs(whole.number.value - exact) > slack + _LOOSE * exact:
        yield Finding(
            "ratio_does_not_follow",
            whole.place,
            whole.number.text,
            f"{exact:.2f}",
            f"{first.number.text} × {second.number.text} gives {exact:.2f}.",
        )
