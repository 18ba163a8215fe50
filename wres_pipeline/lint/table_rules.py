"""Rules that one table must keep: its counts, likelihoods, ratios, percentages, totals and changes agree."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from wres_pipeline.lint.facts import Fact, words
from wres_pipeline.lint.finding import Finding
from wres_pipeline.lint.printed import Printed, quotient

GROUPS = ("White", "BME", "Unknown")
#: how far a printed ratio may be from what its rounded likelihoods give before it is another number
_LOOSE = 0.02
MOST_OF_A_WHOLE = 115.0
"""Shares of three groups that add to more than this are likely each of a group's own people. [ours]"""


def check_table(facts: list[Fact]) -> Iterator[Finding]:
    """Everything one table says against itself."""
    yield from _ratios_as_percentages(facts)
    for year in sorted({fact.year for fact in facts}):
        of_year = [fact for fact in facts if fact.year == year and not fact.change]
        for indicator in sorted({fact.indicator for fact in of_year}):
            mine = [fact for fact in of_year if fact.indicator == indicator]
            yield from check_events(indicator, mine)
    yield from _rows(facts)
    yield from _groups_down_the_rows(facts)
    yield from _more_than_everybody(facts)
    yield from _totals(facts)
    yield from _changes(facts)


def _ratios_as_percentages(facts: Iterable[Fact]) -> Iterator[Finding]:
    for fact in facts:
        if fact.measure in ("ratio", "disparity") and fact.number.unit == "%" and not fact.group:
            yield Finding(
                "ratio_as_percentage",
                fact.place,
                fact.number.text,
                "a plain number",
                "A relative likelihood says how many times as likely; it is no percentage.",
            )


def check_events(indicator: str, facts: list[Fact]) -> Iterator[Finding]:
    """Indicators 2 to 4 of one year: what happened, out of what, as likelihoods, and their ratio."""
    if indicator not in words()["events"]:
        return
    top, bottom = words()["events"][indicator]
    counts: dict[tuple[str, str], Fact] = {}
    shares: dict[str, Fact] = {}
    for fact in facts:
        if fact.kind == "count" and fact.measure in (top, bottom, "applied") and fact.group in GROUPS:
            counts.setdefault((fact.measure, fact.group), fact)
        elif (
            fact.group in GROUPS and fact.kind in ("percent", "share") and fact.measure in ("likelihood", top)
        ):
            shares.setdefault(fact.group, fact)
    for smaller, larger in (
        ("appointed", "shortlisted"),
        ("shortlisted", "applied"),
        ("trained", "workforce"),
    ):
        for group in GROUPS:
            small, large = counts.get((smaller, group)), counts.get((larger, group))
            if small and large and small.number.value > large.number.value:
                yield Finding(
                    "more_than_possible",
                    small.place,
                    small.number.text,
                    f"at most {large.number.text}",
                    f"{group}: more {smaller} than {larger}.",
                )
    for group, share in shares.items():
        done, out_of = counts.get((top, group)), counts.get((bottom, group))
        if done and out_of and out_of.number.value:
            scale = 100.0 if share.kind == "percent" else 1.0
            exact = scale * done.number.value / out_of.number.value
            if not share.number.near(exact, exact):
                yield Finding(
                    "percentage_does_not_follow",
                    share.place,
                    share.number.text,
                    f"{exact:.1f}%" if scale > 1 else f"{exact:.3f}",
                    f"{done.number.text} of {out_of.number.text} ({group}).",
                )
    ranges = {group: _likelihood(group, counts, shares, top, bottom) for group in GROUPS[:2]}
    white, bme = ranges["White"], ranges["BME"]
    if white is None or bme is None:
        return
    for fact in facts:
        if fact.measure == "ratio" and fact.kind == "ratio" and not fact.group:
            yield from check_ratio(indicator, fact, white, bme)


def _likelihood(
    group: str, counts: dict[tuple[str, str], Fact], shares: dict[str, Fact], top: str, bottom: str
) -> tuple[float, float] | None:
    done, out_of = counts.get((top, group)), counts.get((bottom, group))
    if done and out_of:
        return quotient(done.number, out_of.number)
    share = shares.get(group)
    if share is None:
        return None
    scale = 100.0 if share.kind == "percent" else 1.0
    number = share.number
    return max(0.0, number.value - number.half) / scale, (number.value + number.half) / scale


def check_ratio(
    indicator: str, fact: Fact, white: tuple[float, float], bme: tuple[float, float]
) -> Iterator[Finding]:
    """One printed ratio against the likelihoods of the two groups (each a range)."""
    above = fact.above or words()["direction"][indicator]
    on_top, below = (white, bme) if above == "White" else (bme, white)
    number = fact.number
    value = number.value / (100.0 if number.unit == "%" and number.value > 5 else 1.0)
    shown = Printed(value, max(number.half, 0.5 if number.whole else 0.0), "", number.text)
    right, other = _ratio(on_top, below), _ratio(below, on_top)
    if right is None or shown.near(*right):
        return
    name = f"{above} ÷ {'BME' if above == 'White' else 'White'}"
    expected = f"{(right[0] + right[1]) / 2:.2f}"
    told = re.search(
        r"likely", number.text, re.I
    )  # in words, which group comes off worse is what is said first
    opposite = told and (shown.value + shown.half < 1 < right[0] or shown.value - shown.half > 1 > right[1])
    if opposite or (other is not None and shown.near(*other)):
        yield Finding(
            "wrong_direction",
            fact.place,
            number.text,
            expected,
            f"The number is the other way round: {name} gives {expected}.",
        )
    elif abs(shown.value - (right[0] + right[1]) / 2) > shown.half + _LOOSE * shown.value * (
        right[0] != right[1]
    ):
        yield Finding("ratio_does_not_follow", fact.place, number.text, expected, f"{name} gives {expected}.")


def _ratio(top: tuple[float, float], bottom: tuple[float, float]) -> tuple[float, float] | None:
    if bottom[0] <= 0:
        return None
    return top[0] / bottom[1], top[1] / bottom[0]


def _rows(facts: list[Fact]) -> Iterator[Finding]:
    rows: dict[tuple[int, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        rows[fact.row, fact.year].append(fact)
    for mine in rows.values():
        counts: dict[str, list[Fact]] = defaultdict(list)
        for fact in mine:
            if fact.kind == "count" and fact.group and not fact.change:
                counts[fact.group].append(fact)
        once = {group: found[0] for group, found in counts.items() if len(found) == 1 or group == "Unknown"}
        total = once.get("Total")
        parts = [fact for group in GROUPS for fact in counts.get(group, ()) if group in once]
        known = {fact.group for fact in parts}
        if total and {"White", "BME"} <= known:
            added = sum(fact.number.value for fact in parts)
            if added > total.number.value or ("Unknown" in known and added != total.number.value):
                yield Finding(
                    "total_does_not_add",
                    total.place,
                    total.number.text,
                    f"{added:,.0f}",
                    "The groups of the row add to another number.",
                )
        every = {"White", "BME", "Unknown"} <= known  # a row of one group alone says nothing of the whole
        whole = total.number.value if total else sum(f.number.value for f in parts) if every else 0
        for fact in mine:
            mate = once.get(fact.group)
            if fact.kind != "percent" or fact.change or not mate or not whole or fact.measure == "likelihood":
                continue
            declared = sum(f.number.value for f in parts if f.group != "Unknown")
            bases = [base for base in (whole, declared if {"White", "BME"} <= known else 0) if base]
            if fact.group == "Total" or any(
                fact.number.near(*[100 * mate.number.value / base] * 2) for base in bases
            ):
                continue
            if fact.measure and mate.measure and fact.measure != mate.measure:
                continue
            yield Finding(
                "percentage_does_not_follow",
                fact.place,
                fact.number.text,
                f"{100 * mate.number.value / whole:.1f}%",
                f"{mate.number.text} of {whole:,.0f} ({fact.group}).",
            )


def _groups_down_the_rows(facts: list[Fact]) -> Iterator[Finding]:
    """A table with a row a group, a column of counts and a column of percentages: each percentage of the sum."""
    for year in sorted({fact.year for fact in facts}):
        mine = [f for f in facts if f.year == year and not f.change and f.group in GROUPS]
        counts: dict[tuple[int, str], list[Fact]] = defaultdict(list)
        shares: dict[tuple[int, str], list[Fact]] = defaultdict(list)
        for fact in mine:
            if fact.kind == "count":
                counts[fact.column, fact.group].append(fact)
            elif fact.kind == "percent" and fact.measure != "likelihood":
                shares[fact.column, fact.group].append(fact)
        columns = {column for column, _ in counts}
        percents = {column for column, _ in shares}
        if (
            len(columns) != 1
            or len(percents) != 1
            or not all(len(x) == 1 for x in (*counts.values(), *shares.values()))
        ):
            continue
        column, percent = next(iter(columns)), next(iter(percents))
        if not all((column, group) in counts and (percent, group) in shares for group in GROUPS):
            continue
        if len({counts[column, group][0].row for group in GROUPS}) != len(GROUPS):
            continue
        whole = sum(counts[column, group][0].number.value for group in GROUPS)
        declared = whole - counts[column, "Unknown"][0].number.value
        for group in GROUPS:
            count, share = counts[column, group][0], shares[percent, group][0]
            exact = [100 * count.number.value / base for base in (whole, declared) if base]
            if exact and not any(share.number.near(value, value) for value in exact):
                yield Finding(
                    "percentage_does_not_follow",
                    share.place,
                    share.number.text,
                    f"{exact[0]:.1f}%",
                    f"{count.number.text} of {whole:,.0f} ({group}).",
                )


def _more_than_everybody(facts: list[Fact]) -> Iterator[Finding]:
    """White, BME and Unknown as shares of one whole: together more than all of it. Shares of each group's own are none."""
    lines: dict[tuple[str, int, str], dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts:
        share = fact.kind == "percent" and not fact.change and fact.measure in ("", "workforce")
        if share and fact.group in GROUPS and fact.indicator in ("1", "9"):
            for line in (("row", fact.row, fact.year), ("column", fact.column, fact.year)):
                lines[line][fact.group].append(fact)
    for by_group in lines.values():
        if set(by_group) != set(GROUPS) or any(len(mine) != 1 for mine in by_group.values()):
            continue
        mine = [by_group[group][0] for group in GROUPS]
        added = sum(fact.number.value for fact in mine)
        if 100 + 1e-6 + sum(fact.number.half for fact in mine) < added <= MOST_OF_A_WHOLE:
            yield Finding(
                "total_does_not_add",
                mine[-1].place,
                f"{added:.1f}%",
                "100%",
                "White, BME and Unknown together are more than everybody.",
            )


def _totals(facts: list[Fact]) -> Iterator[Finding]:
    columns: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.kind == "count" and not fact.change:
            columns[fact.column].append(fact)
    for mine in columns.values():
        plain: list[Fact] = []
        totals: list[Fact] = []
        since: list[Fact] = []
        for fact in sorted(mine, key=lambda fact: fact.row):
            if not fact.total_row:
                if not fact.part_row:
                    plain.append(fact)
                    since.append(fact)
                continue
            sums = [sum(f.number.value for f in some) for some in (since, plain, totals) if some]
            measured = len({f.measure for f in since}) > 1  # rows of different things are not added
            if {f.group for f in since} == {"White", "BME"} and sums and fact.number.value > sums[0]:
                sums.append(fact.number.value)  # people of Unknown ethnicity are in the total and in no row
            if (
                sums
                and not fact.open_above
                and not measured
                and len(since or totals) > 1
                and fact.number.value not in sums
            ):
                yield Finding(
                    "total_does_not_add",
                    fact.place,
                    fact.number.text,
                    f"{sums[0]:,.0f}",
                    "The rows above add to another number.",
                )
            totals.append(fact)
            since = []


def _changes(facts: list[Fact]) -> Iterator[Finding]:
    rows: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        rows[fact.row].append(fact)
    for mine in rows.values():
        changes = [fact for fact in mine if fact.change]
        values = [fact for fact in mine if not fact.change and fact.year]
        for change in changes:
            same = [fact for fact in values if not change.group or fact.group == change.group]
            by_year = {fact.year: fact for fact in same}
            if len(by_year) != 2 or len(same) != 2 or len({fact.kind for fact in same}) != 1:
                continue
            before, now = (by_year[year] for year in sorted(by_year))
            moved = now.number.value - before.number.value
            if change.number.value * moved < 0:
                yield Finding(
                    "wrong_sign",
                    change.place,
                    change.number.text,
                    f"{moved:+.1f}",
                    f"From {before.number.text} in {before.year} to {now.number.text} in {now.year}.",
                )
