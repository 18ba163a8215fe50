"""A sheet of WRES counts, an item a row and White, BME and Unknown side by side, as rows of one count each.

The sheet of the national form as it is remembered, of our own workbook (`White 2021` beside `White 2020`), or a table of
`indicator, item, White, BME, Unknown`. An item is known by its number in `submission_items.csv`. [ours]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from wres_pipeline.extracts.canonical.values import parse_number
from wres_pipeline.extracts.contracts import heading_key
from wres_pipeline.extracts.reading.prepared import ROW_IN_FILE, Row
from wres_pipeline.reference.submission import items

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
    by_number = {item.item: item for item in items()}
    heading: Sequence[str] = ()
    for index, (_, heading) in enumerate(rows):  # noqa: B007
        if index == at:
            break
    found = columns(heading)
    if found is None:
        raise ValueError(f"row {at + 1} does not head a sheet of counts")
    place, groups = found
    yield 0, HEADER
    number = other = words = 0
    for line, row in rows:
        item_number = parse_number(row[place]) if place < len(row) else None
        item = by_number.get(int(item_number)) if item_number is not None else None
        if item is None:
            continue
        if item.unit != "people":
            other += 1
            continue
        for column, (group, year) in groups.items():
            text = row[column].strip() if column < len(row) else ""
            if item.cell(group) != "group" or not text:
                continue
            if parse_number(text) is None:
                words += 1
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
                    text,
                    "people",
                    str(line),
                ),
            )
    notes.append(
        f"{number} counts read; {other} items that count no people are worked out anew, or come from the survey"
    )
    if words:
        notes.append(f"{words} cells say in words that there is no number")
