"""What the cells of a table say: which figure, of which group and year, with which number."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from wres_pipeline.lint.documents import Table
from wres_pipeline.lint.printed import Printed, cell_numbers, is_state
from wres_pipeline.reference import tables as reference_tables

_YEAR = re.compile(r"\b(20[0-4]\d)(?:\s*[/–-]\s*(\d\d|20\d\d))?\b")


@dataclass(frozen=True, slots=True)
class Fact:
    """One printed number with what it is a number of.

    measure: a name of the word list, or "" for a plain row (a pay band, a survey question). label: the row's
    words where there is no measure. section: cluster. group: White, BME, Unknown, Total or "". year: "" where
    not said. row, column: where in its table. kind: count, percent, ratio, points or number. sides: the
    groups above and below the line as the label says, "" where it does not. open_above: a row above
    has no number in the column, so that a total cannot be checked. name: the row's words, folded. earlier: whether the
    column or row is of an earlier year that it does not name.
    """

    table: int
    row: int
    column: int
    place: str
    indicator: str
    measure: str
    label: str
    section: str
    group: str
    year: str
    kind: str
    number: Printed
    above: str = ""
    change: bool = False
    total_row: bool = False
    part_row: bool = False
    open_above: bool = False
    name: str = ""
    earlier: bool = False


MOST_OF_A_RATIO = 5.0
"""A percentage below this in a row that compares two groups is a ratio with a percent sign. [ours]"""

REMEMBERED = 1 << 14
"""Texts whose reading is kept: the labels and headings of a page are read once for each of its numbers. [ours]"""


@cache
def words() -> dict[str, Any]:
    """The word list."""
    return reference_tables.document(Path(__file__).with_name("words.yaml"))


@lru_cache(maxsize=REMEMBERED)
def folded(text: str) -> str:
    """Text ready for look-up: lower case, plain dashes, single spaces (marks of a ratio stay)."""
    plain = re.sub(r"[\u2010-\u2015\u2212]", "-", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(plain.split())


def says(text: str, phrases: list[str]) -> bool:
    """Whether a folded text holds one of the phrases, as whole words at its start."""
    return _starting(tuple(phrases)).search(text) is not None


@cache
def _starting(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<![a-z]){re.escape(phrase)}" for phrase in phrases) or r"(?!)")


@cache
def _whole(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<![a-z-]){re.escape(phrase)}(?![a-z])" for phrase in phrases) or r"(?!)")


@lru_cache(maxsize=REMEMBERED)
def group_of(text: str) -> str:
    """The ethnic group that a heading or label names; "" for none or for White and BME both."""
    low = folded(text)
    found = [group for group, phrases in words()["groups"].items() if _whole(tuple(phrases)).search(low)]
    if "White" in found and "BME" in found:
        return ""
    known = [group for group in found if group != "Total"]
    return (known or found or [""])[0]


@lru_cache(maxsize=REMEMBERED)
def measure_of(text: str) -> str:
    """The measure that a label names, "" for none."""
    low = folded(text)
    return next((name for name, phrases in words()["measures"] if says(low, phrases)), "")


@lru_cache(maxsize=REMEMBERED)
def indicator_of(*texts: str) -> str:
    """The indicator that the first telling text names."""
    for text in texts:
        low = folded(text)
        if "disab" in low:
            return ""  # the disability standard counts other metrics under the same numbers
        number = re.search(r"(?:indicator|metric)\s+([1-9])\b(?!\s*(?:,|to|and|-)\s*\d)", low)
        if number:
            return number.group(1)
        if re.search(r"(?:indicators|metrics)\s+\d", low):
            continue
        for name, phrases in words()["indicators"]:
            if any(phrase in low for phrase in phrases):
                return str(name)
    return ""


@lru_cache(maxsize=REMEMBERED)
def year_of(*texts: str) -> str:
    """The last year that the first telling text names: of 2020/21 and of 2020-2021 it is 2021."""
    for text in texts:
        years = []
        for match in _YEAR.finditer(text):
            second = match.group(2)
            years.append(
                second if second and len(second) == 4 else f"20{second}" if second else match.group(1)
            )
        if len(set(years)) == 1:
            return years[0]
        if years:
            return ""
    return ""


@lru_cache(maxsize=REMEMBERED)
def section_of(*texts: str) -> str:
    """The cluster of staff that the first telling text names."""
    for text in texts:
        low = folded(text)
        found = next((name for name, phrases in words()["sections"].items() if says(low, phrases)), "")
        if found:
            return found
    return ""


@lru_cache(maxsize=REMEMBERED)
def above_of(text: str) -> str:
    """Which group a label puts above the line of a ratio: `White ÷ BME`, `White to BME`, `BME compared to
    White`.
    """
    low = folded(text)
    match = _sides().search(low)
    if not match:
        return ""
    first, second = ("White" if side == "white" else "BME" for side in match.group(1, 2))
    return first if first != second else ""


@cache
def _sides() -> re.Pattern[str]:
    names = sorted(
        {"white", *words()["groups"]["BME"]},
        key=len,
        reverse=True,
    )
    group = rf"(?<![a-z-])({'|'.join(map(re.escape, names))})(?![a-z])"
    between = r"(?:÷|/|:|\bto\b|\bover\b|compared (?:to|with)|\bagainst\b|\bv\b|\bvs\b|\bthan\b|times that of|in comparison (?:to|with)|relative to)"
    return re.compile(rf"{group}[a-z ,'’()-]{{0,120}}?{between}[a-z ]{{0,25}}?{group}")


NOT_PUBLISHED = "not for publication"


def facts_of(table: Table, number: int, page_heading: str = "") -> list[Fact]:
    """Every number of a table whose cell says what it is of; none of a table that says it is not for publication, as its
    rows are of parts of the figures that the others are of.
    """
    headings = _headings(table)
    found: list[Fact] = []
    caption = table.caption or table.heading
    if NOT_PUBLISHED in caption.lower():
        return found
    context = (caption, table.heading, page_heading)
    section = ""
    open_columns: set[int] = set()
    ratios_of = {group_of(row[0]) for row in table.body if row and measure_of(row[0]) == "ratio"}
    events = {measure_of(row[0]) for row in table.body if row} & {"entered", "trained"}
    for row_number, row in enumerate(table.body):
        label = row[0] if row else ""
        filled = [cell for cell in row if cell]
        if len(set(filled)) == 1 and len(filled) in (1, len(row)):
            section = filled[0]
            continue
        labels = [label]
        if (
            len(row) > 2
            and row[1]
            and not cell_numbers(row[1])
            and not is_state(row[1])
            and not group_of(headings[1] if len(headings) > 1 else "")
        ):
            labels.append(row[1])
        name = " ".join(labels)
        base = bool(events) and folded(label) in words()["base_rows"]
        by_group = _one_value_a_group(row, headings)
        for column, cell in enumerate(row[1:], 1):
            heading = headings[column] if column < len(headings) else ""
            printed_here = cell_numbers(cell)
            if not printed_here:
                open_columns.add(column)
            for printed in printed_here:
                fact = _fact(printed, name, heading, caption, section, context, by_group)
                if fact is not None and len(ratios_of) == 1 and _is_an_appointment_ratio(printed, name):
                    fact = replace(fact, measure="ratio", kind="ratio", group="")
                if fact is not None and base:
                    fact = replace(fact, measure="workforce", total_row=False)
                again = fact is not None and fact.kind == "ratio" and column > 1 and cell == row[column - 1]
                if fact is not None and not again:
                    place = f"{table.place}, row “{name}”, column “{heading}”"
                    found.append(
                        replace(
                            fact,
                            table=number,
                            row=row_number,
                            column=column,
                            place=place,
                            open_above=column in open_columns,
                        )
                    )
    return found


def _one_value_a_group(row: list[str], headings: list[str]) -> bool:
    """Whether a row has a value of its own for White and for BME: a likelihood each, whatever its label says."""
    values = {
        group_of(heading): cell
        for cell, heading in zip(row, headings, strict=False)
        if group_of(heading) in ("White", "BME") and cell_numbers(cell)
    }
    return len(values) == 2 and values["White"] != values["BME"]


def _ratio_in_percent(printed: Printed, label: str) -> bool:
    """Whether a label such as "percentage of White applicants appointed compared to BME" stands by a ratio: 1.54%."""
    small = printed.unit == "%" and printed.value < MOST_OF_A_RATIO
    return (
        small and bool(above_of(label)) and measure_of(label) in ("appointed", "ratio", "entered", "trained")
    )


def _is_an_appointment_ratio(printed: Printed, label: str) -> bool:
    """Whether a label such as "relative likelihood of White applicants being appointed" stands by a ratio with a percent sign: as a
    likelihood 1.25% would be out of all proportion, and the page has none for another group.
    """
    return (
        printed.unit == "%"
        and printed.value < MOST_OF_A_RATIO
        and measure_of(label) == "ratio"
        and indicator_of(label) == "2"
    )


def _names_a_body(text: str) -> bool:
    return bool(year_of(text)) or says(folded(text), words()["bodies"])


def _fact(
    printed: Printed,
    name: str,
    heading: str,
    caption: str,
    section: str,
    context: tuple[str, ...],
    by_group: bool = False,
) -> Fact | None:
    if re.fullmatch(r"(19|20)\d\d", printed.text) and "year" in folded(heading):
        return None
    group = group_of(heading) or group_of(name)
    measure = _measure(printed, name, heading, caption, group, by_group)
    if measure == "interval":
        return None
    if measure == "ratio" and printed.unit == "times" and group:
        above = group
    else:
        above = above_of(name) or above_of(heading) or above_of(caption)
    if measure in ("ratio", "disparity"):
        group = ""  # a ratio compares groups, in whichever column it is printed
    whole_row = says(folded(name), words()["totals"])
    kind = _kind(printed, measure, heading, name, caption)
    plain = measure in ("", "workforce")
    return Fact(
        table=0,
        row=0,
        column=0,
        place="",
        indicator=indicator_of(name, heading, *context[:1], section, *context[1:]),
        measure=measure,
        label="" if measure and not plain else folded(name),
        section=section_of(name, section, caption, context[1]),
        group=group,
        year=year_of(heading, name, section, caption, context[1]),
        kind=kind,
        number=printed,
        above=above,
        change=says(folded(heading), words()["change"]),
        total_row=whole_row or folded(name) in ("all", "total"),
        part_row=says(folded(name), words()["part_of"]),
        name=folded(name),
        earlier=says(folded(f"{heading} {name}"), words()["earlier"]),
    )


def _measure(printed: Printed, name: str, heading: str, caption: str, group: str, by_group: bool) -> str:
    """What a number measures, by the words of its row, its column and the table."""
    measure = measure_of(name) or measure_of(heading)
    in_heading = measure_of(heading)
    if in_heading in ("interval", "points", "ratio", "likelihood", "disparity"):
        measure = in_heading
    if measure == "interval":
        return measure
    if (
        not measure
        and not group
        and measure_of(caption) == "ratio"
        and (not printed.unit or printed.unit == "times" or _names_a_body(name))
    ):
        measure = "ratio"
    if not measure and not group and _names_a_body(name) and _ratio_in_percent(printed, caption):
        measure = "ratio"
    if not measure and group and printed.unit == "%" and measure_of(caption) in ("likelihood", "ratio"):
        measure = "likelihood"
    if measure == "ratio" and group and printed.unit == "%" and not above_of(name) and not in_heading:
        measure = "likelihood"
    if measure == "ratio" and by_group and group_of(heading) and not above_of(name):
        measure = "likelihood"
    if measure == "appointed" and _ratio_in_percent(printed, name):
        measure = "ratio"
    if "how likely" in folded(name) and above_of(name) and printed.value < MOST_OF_A_RATIO:
        measure = "ratio"
    return measure


def _kind(printed: Printed, measure: str, heading: str, name: str, caption: str) -> str:
    if measure in ("ratio", "disparity"):
        return "ratio"
    if measure == "points" or printed.unit == "points":
        return "points"
    percent_words = ("%", "percent", "per cent", "proportion")
    low = folded(heading), folded(name), folded(caption)
    if printed.unit == "%" or any(word in text for text in low[:2] for word in percent_words):
        return "percent"
    if measure == "likelihood":
        return "percent" if printed.value > 1 else "share"
    if not printed.whole:
        return "percent" if any(word in low[2] for word in percent_words) else "number"
    counted = any(word in low[0] + " " + low[1] for word in ("respon", "base", "number", "people", "count"))
    return "percent" if "percentage" in low[2] and not counted else "count"


def _headings(table: Table) -> list[str]:
    width = max((len(row) for row in (*table.head, *table.body)), default=0)
    found = []
    for column in range(width):
        parts = [row[column] for row in table.head if column < len(row) and row[column]]
        found.append(" ".join(dict.fromkeys(parts)))
    return found
