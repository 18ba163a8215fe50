"""A sheet of WRES counts, an item a row and White, BME and Unknown side by side, as rows of one count each.

The sheet of the national form as it is remembered, of our own workbook (`White 2021` beside `White 2020`), or a table of
`indicator, item, White, BME, Unknown`. An item is known by its number in `submission_items.csv`, or by its words there where
they name one count of the indicator. [ours]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from wres_pipeline.extracts.canonical.values import parse_number
from wres_pipeline.extracts.contracts import heading_key
from wres_pipeline.extracts.reading.prepared import ROW_IN_FILE, Row
from wres_pipeline.reference.submission import SubmissionItem, items

HEADER = (
    "reporting_year",
    "indicator",
    "measure",
    "cluster",
    "band",
    "ethnic_group",
    "value",
    "unit",
    ROW_IN_FILE,
)
_GROUP = re.compile(r"(white|bme|unknown)(?: (20\d\d))?")
_NAMES = {"white": "White", "bme": "BME", "unknown": "Unknown"}


INDICATOR = ("indicator", "indicator number", "wres indicator")
FEW = 5
"""How many rows of items that nobody knows are named."""


def item_named(text: str, indicator: str) -> SubmissionItem | None:
    """The item of a number, or of words that name one count among those of the indicator written beside it, if one is; a band
    stands under three headings, so its words name none.
    """
    number = parse_number(text)
    if number is not None:
        return next((item for item in items() if item.item == number), None)
    beside = parse_number(indicator.lower().removeprefix("indicator").strip())
    found = [
        item
        for item in items()
        if heading_key(item.text) == heading_key(text)
        and (beside is None or item.indicator == str(int(beside)))
    ]
    cells = {(item.indicator, item.measure, item.cluster, item.band) for item in found}
    return found[0] if len(cells) == 1 else None


def people(text: str) -> str:
    """The count of people that a cell holds, blanks between thousands taken out; empty for a percentage, a part of a person (halves
    occur in an average of two years), less than nobody, or words."""
    found = re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))", "", text.strip())
    number = parse_number(found)
    return (
        found if number is not None and "%" not in found and number >= 0 and (2 * number).is_integer() else ""
    )


def columns(row: Sequence[str]) -> tuple[int, dict[int, tuple[str, str]]] | None:
    """(the column of the item, column -> (ethnic group, year or "")); None for a row that heads no such sheet."""
    keys = [heading_key(cell) for cell in row]
    item = next((i for i, key in enumerate(keys) if key in ("item", "item number", "item no")), None)
    groups = {
        i: (_NAMES[found[1]], found[2] or "")
        for i, key in enumerate(keys)
        if (found := _GROUP.fullmatch(key))
    }
    return (
        None if item is None or len({group for group, _ in groups.values()}) < len(_NAMES) else (item, groups)
    )


def long_rows(rows: Iterator[Row], notes: list[str], *, at: int) -> Iterator[Row]:
    """One row a count under a header of canonical names; items that count no people are left out and told."""
    heading: Sequence[str] = ()
    for index, (_, heading) in enumerate(rows):  # noqa: B007
        if index == at:
            break
    found = columns(heading)
    if found is None:
        raise ValueError(f"row {at + 1} does not head a sheet of counts")
    place, groups = found
    of_indicator = next((i for i, cell in enumerate(heading) if heading_key(cell) in INDICATOR), None)
    yield 0, HEADER
    number = other = 0
    unknown: list[str] = []
    words: list[str] = []
    for line, row in rows:
        named = row[place].strip() if place < len(row) else ""
        indicator = row[of_indicator] if of_indicator is not None and of_indicator < len(row) else ""
        item = item_named(named, indicator)
        if item is None:
            if any(column < len(row) and parse_number(row[column]) is not None for column in groups):
                unknown.append(str(line))
            continue
        if item.unit != "people":
            other += 1
            continue
        for column, (group, year) in groups.items():
            text = row[column].strip() if column < len(row) else ""
            if item.cell(group) != "group" or not text:
                continue
            if not (count := people(text)):
                words.append(str(line))
                continue
            number += 1
            yield (
                number,
                (
                    year,
                    item.indicator,
                    item.measure,
                    item.cluster,
                    item.band,
                    group,
                    count,
                    "people",
                    str(line),
                ),
            )
    notes.append(
        f"{number} counts read; {other} items that count no people are worked out anew, or come from the survey"
    )
    if unknown:
        notes.append(
            f"{len(unknown)} rows with numbers are left out: their item is no number of the form, and no words of one count "
            f"(row {', '.join(unknown[:FEW])})"
        )
    if words:
        notes.append(
            f"{len(words)} cells hold no count of people and are left out (row {', '.join(dict.fromkeys(words[:FEW]))})"
        )
