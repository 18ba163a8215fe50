"""Rules across a document: the same figure has one value wherever it stands, and groups keep their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from wres_pipeline.lint.facts import Fact, words
from wres_pipeline.lint.finding import Finding
from wres_pipeline.lint.printed import Printed, quotient
from wres_pipeline.lint.table_rules import check_ratio
from wres_pipeline.reference import indicators

Key = tuple[str, ...]


def check_across(facts: list[Fact]) -> Iterator[Finding]:
    """Figures that stand in two places with two values, and tables whose White and BME change places."""
    places: dict[Key, list[Fact]] = defaultdict(list)
    for fact in facts:
        key = _key(fact)
        if key is not None:
            places[key].append(fact)
    swapped: set[Key] = set()
    for key, mine in places.items():
        if key[-2] != "White":
            continue
        others = places.get((*key[:-2], "BME", key[-1]), [])
        swap = _swap(mine, others)
        if swap is not None:
            swapped |= {key, (*key[:-2], "BME", key[-1])}
            yield swap
    for key, mine in places.items():
        if key in swapped:
            continue
        first = mine[0]
        for other in mine[1:]:
            if other.table == first.table or _agree(first.number, other.number):
                continue
            yield Finding(
                "two_values",
                other.place,
                other.number.text,
                first.number.text,
                f"Printed as {first.number.text} at {first.place}.",
            )
            break


def _key(fact: Fact) -> Key | None:
    """What makes two printed numbers the same figure; None where the page does not say enough."""
    if fact.change or not fact.year:
        return None
    if fact.measure in ("appointed", "shortlisted", "applied", "entered", "trained", "likelihood"):
        if fact.group not in ("White", "BME", "Unknown") or not fact.indicator:
            return None
        if fact.measure == "likelihood" or fact.kind == "count":
            return (fact.indicator, fact.measure, fact.kind, fact.year, fact.group, "")
        return None
    if fact.measure == "ratio" and fact.indicator in words()["events"] and not fact.group:
        above = fact.above or words()["direction"][fact.indicator]
        return (fact.indicator, "ratio", fact.year, above, "", "")
    if fact.measure == "workforce" and fact.kind == "count" and not fact.section and fact.group:
        return ("", "workforce", fact.year, fact.group, "")
    if fact.indicator in indicators.SURVEY and fact.kind == "percent" and fact.group in ("White", "BME"):
        return (fact.indicator, "percentage", fact.year, fact.group, "")
    return None


def _swap(white: list[Fact], bme: list[Fact]) -> Finding | None:
    by_table: dict[int, dict[str, Fact]] = defaultdict(dict)
    for name, facts in (("White", white), ("BME", bme)):
        for fact in facts:
            by_table[fact.table].setdefault(name, fact)
    pairs = [pair for pair in by_table.values() if len(pair) == 2]
    for pair in pairs[1:]:
        first = pairs[0]
        if (
            not _agree(first["White"].number, first["BME"].number)
            and _agree(first["White"].number, pair["BME"].number)
            and _agree(first["BME"].number, pair["White"].number)
        ):
            return Finding(
                "swapped_groups",
                pair["White"].place,
                f"White {pair['White'].number.text}, BME {pair['BME'].number.text}",
                f"White {first['White'].number.text}, BME {first['BME'].number.text}",
                f"The other way round at {first['White'].place}.",
            )
    return None


def survey_agrees(said: Fact, facts: list[Fact]) -> bool:
    """Whether a survey result told in a sentence stands in a table under any year.

    A survey's year and the year of the return it goes into differ by one, and sentences name either.
    """
    return said.indicator in indicators.SURVEY and any(
        fact.indicator == said.indicator
        and fact.group == said.group
        and fact.kind == "percent"
        and _agree(fact.number, said.number)
        for fact in facts
    )


def _agree(one: Printed, other: Printed) -> bool:
    """Whether both can be roundings of one number."""
    return abs(one.value - other.value) <= one.half + other.half + 1e-9


def likelihoods(facts: list[Fact]) -> dict[tuple[str, str, str], tuple[float, float]]:
    """(indicator, year, group) -> the range of its likelihood, from the counts or percentages of the tables."""
    found: dict[tuple[str, str, str], tuple[float, float]] = {}
    for indicator, (top, bottom) in words()["events"].items():
        done = {(f.year, f.group): f.number for f in facts if _is(f, indicator, top)}
        out_of = {(f.year, f.group): f.number for f in facts if _is(f, indicator, bottom)}
        for fact in facts:
            if fact.indicator == indicator and fact.measure == "likelihood" and fact.kind == "percent":
                number = fact.number
                found[indicator, fact.year, fact.group] = (
                    (number.value - number.half) / 100,
                    (number.value + number.half) / 100,
                )
        for place in set(done) & set(out_of):
            share = quotient(done[place], out_of[place])
            if share is not None:
                found[indicator, *place] = share
    return found


def _is(fact: Fact, indicator: str, measure: str) -> bool:
    return (
        fact.indicator == indicator
        and fact.measure == measure
        and fact.kind == "count"
        and not fact.change
        and fact.group in ("White", "BME")
    )


def check_words(
    said: list[Fact], known: dict[tuple[str, str, str], tuple[float, float]]
) -> Iterator[Finding]:
    """Ratios told in sentences against the likelihoods of the tables."""
    for fact in said:
        white, bme = (known.get((fact.indicator, fact.year, group)) for group in ("White", "BME"))
        if fact.measure == "ratio" and white and bme:
            yield from check_ratio(fact.indicator, fact, white, bme)


def check_way(
    place: str,
    way: tuple[str, str, bool],
    year: str,
    known: dict[tuple[str, str, str], tuple[float, float]],
) -> Iterator[Finding]:
    """A sentence that says which group is more likely, against the likelihoods of the tables."""
    indicator, group, more = way
    other = "BME" if group == "White" else "White"
    mine, theirs = known.get((indicator, year, group)), known.get((indicator, year, other))
    if mine is None or theirs is None:
        return
    if (more and mine[1] < theirs[0]) or (not more and mine[0] > theirs[1]):
        yield Finding(
            "wrong_direction",
            place,
            f"{group} {'more' if more else 'less'} likely",
            f"{group} {'less' if more else 'more'} likely",
            "The tables of the page say the opposite.",
        )
