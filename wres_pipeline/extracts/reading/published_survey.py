"""The staff survey's published workbooks: several sheets, several header rows with merged cells, a percentage
a cell.

Seen: the 2018 sheet (question, question text, part, answer, unit; bases last in each block; groups indented
by a blank). From 2021 on the question stands with its part, answers read `% Never`, bases `Base (number of
responses)`. [seen]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from wres_pipeline.extracts.canonical.values import parse_number, tidy
from wres_pipeline.extracts.contracts import Contract, heading_key, known_headings
from wres_pipeline.extracts.reading.prepared import ROW_IN_FILE, SHEET, Row

TALLEST = 12
"""Rows that may stand above the first row of values; five and six were seen. [ours]"""
_QUESTION = re.compile(r"\bq\s?(\d{1,2})\s?([a-e])?(?:\)|\b)", re.IGNORECASE)
_PART = re.compile(r"([a-e])\)\s")
_BASE = re.compile(r"^(base\b|n$|number of (responses|respondents))", re.IGNORECASE)
_UNITS = frozenset({"%", "n", "number"})
_YEAR = re.compile(r"survey\s+(20\d{2})", re.IGNORECASE)
_LABELS = ("ods_code", "organisation_name", "benchmarking_group", "region", "weighting")

Merged = Sequence[tuple[tuple[int, int], tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class _Column:
    question: str
    text: str
    answer: str
    is_base: bool


@dataclass(frozen=True, slots=True)
class _Layout:
    first: int
    columns: Mapping[int, _Column]
    labels: Mapping[int, str]


def layout(rows: Sequence[Sequence[str]], merged: Merged, contract: Contract) -> _Layout | None:
    """Where the values begin and what each column holds; None for a sheet that is no table of percentages."""
    first = _first_values(rows)
    if first is None:
        return None
    headers = [list(row) for row in rows[:first]]
    width = max(len(row) for row in rows[: first + 1])
    for row in headers:
        row.extend([""] * (width - len(row)))
    _spread(headers, merged)
    known = known_headings(contract)
    columns: dict[int, _Column] = {}
    labels: dict[int, str] = {}
    for index in range(width):
        texts = [tidy(row[index]) for row in headers]
        found = _column([t for t in texts if t])
        if found is not None:
            columns[index] = found
        elif not columns:
            names = [known[heading_key(t)][0] for t in texts if heading_key(t) in known]
            labels[index] = next((n for n in names if n in _LABELS), "")
    return _Layout(first, columns, labels) if columns else None


def is_published(rows: Sequence[Sequence[str]], merged: Merged, contract: Contract) -> bool:
    """Whether a sheet is such a table: at least one percentage of a numbered question, and one base."""
    found = layout(rows, merged, contract)
    return (
        found is not None
        and any(c.is_base for c in found.columns.values())
        and any(not c.is_base for c in found.columns.values())
    )


HEADER = (
    "ods_code", "survey_year", "organisation_name", "benchmarking_group", "region", "weighting",
    "question", "question_text", "measure", "ethnic_group", "percent", "base", SHEET, ROW_IN_FILE,
)  # fmt: skip


def long_rows(
    sheets: Sequence[tuple[str, Sequence[Sequence[str]], Merged]], contract: Contract, survey_year: int | None
) -> Iterator[Row]:
    """One row a percentage under a header of canonical names. `sheets`: (title, rows, merged cells)."""
    yield 0, HEADER
    number = 0
    for title, rows, merged in sheets:
        found = layout(rows, merged, contract)
        if found is None:
            continue
        above = " ".join(cell for row in rows[: found.first] for cell in row[:2])
        year = _YEAR.search(above)
        weighting = "Unweighted" if "unweighted" in above.lower() else ""
        bases = {c.question: i for i, c in found.columns.items() if c.is_base}
        for line in range(found.first, len(rows)):
            cells = rows[line]
            about, group = _labels(cells, found, weighting)
            if not any(_at(cells, i) for i in found.columns):
                continue
            for index, column in found.columns.items():
                if column.is_base:
                    continue
                number += 1
                yield (
                    number,
                    (
                        about["ods_code"],
                        year[1] if year else str(survey_year or ""),
                        about["organisation_name"],
                        about["benchmarking_group"],
                        about["region"],
                        about["weighting"],
                        column.question,
                        column.text,
                        column.answer,
                        group,
                        _at(cells, index),
                        _at(cells, bases[column.question]) if column.question in bases else "",
                        title,
                        str(line + 1),
                    ),
                )


def _first_values(rows: Sequence[Sequence[str]]) -> int | None:
    for index, row in enumerate(rows[: TALLEST + 1]):
        cells = [tidy(cell) for cell in row]
        values = [c for c in cells if parse_number(c) is not None or c in ("-", "*")]
        if index and len(values) >= 2 and 2 * len(values) >= len([c for c in cells if c]):
            return index
    return None


def _spread(headers: list[list[str]], merged: Merged) -> None:
    """Give every cell of a merged range the range's text; without ranges, the texts above the last two rows
    run on."""
    wide = [m for m in merged if m[0][0] < len(headers) and m[1][1] > m[0][1]]
    if wide:
        for (top, left), (_, right) in wide:
            for index in range(left, min(right + 1, len(headers[top]))):
                headers[top][index] = headers[top][left]
        return
    units = [n for n, row in enumerate(headers) if {tidy(c).lower() for c in row if tidy(c)} <= _UNITS]
    answers = max((n for n in range(len(headers)) if n not in units and any(headers[n])), default=0)
    for row in headers[:answers]:
        last = ""
        for index, text in enumerate(row):
            last = text if tidy(text) else last
            row[index] = last if index > 1 else text


def _column(texts: Sequence[str]) -> _Column | None:
    """What the texts above a column say, outermost first; None for a column of labels."""
    whole = " ".join(texts)
    number = _QUESTION.search(whole)
    if number is None:
        return None
    said = [t for t in texts if t.lower() not in _UNITS]
    answer = said[-1] if said else ""
    part = number[2] or next((p[1] for t in said[:-1] if (p := _PART.match(t + " "))), "")
    text = " ".join(t for t in dict.fromkeys(said[:-1]) if not _QUESTION.fullmatch(t))
    is_base = _BASE.match(answer) is not None or texts[-1].lower() == "n"
    return _Column(f"Q{number[1]}{part.lower()}", text, answer, is_base)


def _labels(cells: Sequence[str], found: _Layout, weighting: str) -> tuple[dict[str, str], str]:
    """(what the row is about, group of staff): a label indented by a blank first cell is a group's."""
    about = dict.fromkeys(_LABELS, "")
    about["weighting"] = weighting
    group, nameless = "", []
    for index, name in found.labels.items():
        text = _at(cells, index)
        if name:
            about[name] = text
        elif text:
            nameless.append(index)
    if nameless and not about["organisation_name"]:
        raw = cells[0] if cells else ""
        if nameless[0] > 0 and raw and not raw.strip():
            group = _at(cells, nameless[-1])
        else:
            about["organisation_name"] = _at(cells, nameless[-1])
            if len(nameless) > 1:
                about["ods_code"] = about["ods_code"] or _at(cells, nameless[0])
    return about, group


def _at(cells: Sequence[str], index: int) -> str:
    return tidy(cells[index]) if index < len(cells) else ""
