"""Tables with several values a row, turned into one value a row: results by organisation, and counts by
stage.

What is counted as a row of such a delivery is a value, not a line of the file; where it stood is kept in
`extra`.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from importlib.resources import files
from itertools import chain, islice
from pathlib import Path

from wres_pipeline.extracts.canonical.values import parse_number
from wres_pipeline.extracts.contracts import Contract, heading_key, known_headings
from wres_pipeline.extracts.intake.refusal import RefusedFile
from wres_pipeline.extracts.reading import wres_counts
from wres_pipeline.extracts.reading.headings import DEEPEST_HEADER, TALLEST_HEADER
from wres_pipeline.extracts.reading.prepared import ROW_IN_FILE, Prepared, Row, choose, normalise, reshaped
from wres_pipeline.reference import survey

Reshape = Callable[[Iterator[Row], list[str]], Iterator[Row]]
"""Turns the rows of a file into long rows under a header of canonical names; adds to the notes."""

_RATE, _BASE = ("rate", "percent", "pct"), ("base", "n", "responses")
_ORGANISATIONS, _SUMMARY, _COUNTS = "staff_survey_organisations", "recruitment_summary", "wres_counts"
_ABOUT = ("ods_code", "survey_year", "organisation_name", "benchmarking_group", "region", "weighting")


def recognise(head: Sequence[Sequence[str]], candidates: Sequence[Contract]) -> Reshape | None:
    """How to turn these rows into long ones, if they are wide ones of a candidate; else None."""
    for contract in candidates:
        for index, row in enumerate(head[:DEEPEST_HEADER]):
            if (
                contract.kind == _ORGANISATIONS
                and len(_pairs(row)) > 0
                and "ods code" in map(heading_key, row)
            ):
                return partial(_organisations, at=index, contract=contract)
            if contract.kind == _COUNTS and wres_counts.columns(row) is not None:
                return partial(wres_counts.long_rows, at=index)
            if contract.kind == _SUMMARY and len(_stages(row)) > 1:
                return partial(_summary, at=index, contract=contract)
    return None


def normalise_any(
    rows: Iterable[Row],
    name: str,
    candidates: Sequence[Contract],
    local: Mapping[str, str],
    target: Path,
    *,
    format: str,
    sheet: str = "",
) -> Prepared:
    """As `prepared.normalise`, for rows that may be wide ones."""
    stream = iter(rows)
    head = list(islice(stream, DEEPEST_HEADER + TALLEST_HEADER))
    cells = [list(row) for _, row in head]
    whole = chain(head, stream)
    reshape = recognise(cells, candidates) if choose(cells, candidates, local)[0] is None else None
    if reshape is None:
        return normalise(whole, name, candidates, local, target, format=format, sheet=sheet)
    notes: list[str] = []
    try:
        found = normalise(reshape(whole, notes), name, candidates, local, target, format=format, sheet=sheet)
    except RefusedFile as refused:
        if not notes:
            raise
        raise RefusedFile(name, f"{refused.reason} {'; '.join(notes)}.", refused.remedy) from refused
    found.notes.extend(notes)
    return reshaped(found, "a value")


@cache
def _file(name: str) -> dict[str, tuple[str, ...]]:
    text = files(__package__).joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return {heading_key(row[0]): tuple(row[1:]) for row in list(csv.reader(text.splitlines()))[1:]}


def _pairs(row: Sequence[str]) -> dict[str, tuple[int, int | None]]:
    """Heading stem -> (cell of the rate, cell of the base) for headings like `Emotional_public_rate`."""
    found: dict[str, dict[str, int]] = {}
    for index, text in enumerate(row):
        stem, _, end = text.strip().rpartition("_")
        if stem and end.lower() in _RATE + _BASE:
            found.setdefault(stem, {})["rate" if end.lower() in _RATE else "base"] = index
    return {stem: (cells["rate"], cells.get("base")) for stem, cells in found.items() if "rate" in cells}


def _organisations(rows: Iterator[Row], notes: list[str], *, at: int, contract: Contract) -> Iterator[Row]:
    known = known_headings(contract)
    heading: Sequence[str] = ()
    for index, (_, heading) in enumerate(rows):  # noqa: B007
        if index == at:
            break
    pairs = _pairs(heading)
    paired = {cell for cells in pairs.values() for cell in cells if cell is not None}
    about = {
        known[heading_key(t)][0]: i
        for i, t in enumerate(heading)
        if heading_key(t) in known and i not in paired
    }
    others = {
        t.strip(): i
        for i, t in enumerate(heading)
        if t.strip() and i not in paired and i not in about.values()
    }
    yield (
        0,
        (
            *_ABOUT,
            "question",
            "question_text",
            "measure",
            "ethnic_group",
            "percent",
            "base",
            ROW_IN_FILE,
            *others,
        ),
    )
    number = lines = 0
    for line, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        lines += 1
        cells = [*row, *[""] * (len(heading) - len(row))]
        first = [cells[about[name]] if name in about else "" for name in _ABOUT]
        last = [cells[i] for i in others.values()]
        for stem, (rate, base) in pairs.items():
            question, measure = _asked(stem, first[1])
            number += 1
            yield (
                number,
                (
                    *first,
                    question,
                    stem,
                    measure,
                    "",
                    cells[rate],
                    "" if base is None else cells[base],
                    str(line),
                    *last,
                ),
            )
    notes.append(f"{lines} rows of {len(pairs)} measures each, read as a row a measure")


def _asked(stem: str, year: str) -> tuple[str, str]:
    """(question as the survey of that year numbers it, what the percentage counts)."""
    topic, measure, *_ = _file("organisation_measures").get(heading_key(stem), ("", "", ""))
    number = parse_number(year)
    if topic and number is not None:
        for question in survey.questions(int(number)):
            if question.topic == topic and question.preferred:
                return question.question, measure
    return stem, measure or "as printed"


def _stages(row: Sequence[str]) -> dict[int, str]:
    known = _file("stage_headings")
    return {i: known[heading_key(t)][0] for i, t in enumerate(row) if heading_key(t) in known}


def _summary(rows: Iterator[Row], notes: list[str], *, at: int, contract: Contract) -> Iterator[Row]:
    """Counts by stage, one column a stage; where the report has sections (gender, age …), only
    ethnicity's."""
    known = known_headings(contract)
    heading: Sequence[str] = ()
    for index, (_, heading) in enumerate(rows):  # noqa: B007
        if index == at:
            break
    stages = _stages(heading)
    percents = {i: i + 1 for i in stages if i + 1 < len(heading) and "%" in heading_key(heading[i + 1])}
    groups = [i for i, t in enumerate(heading) if known.get(heading_key(t), ("", 0))[0] == "ethnic_origin"]
    label = groups[0] if groups else 0
    inside, left_out, number = bool(groups), 0, 0
    yield 0, ("stage", "ethnic_origin", "applications", "percent", ROW_IN_FILE)
    for line, row in rows:
        filled = [cell.strip() for cell in row if cell.strip()]
        if not filled:
            continue
        cells = [*row, *[""] * (len(heading) - len(row))]
        if len(filled) == 1 or not any(parse_number(cells[i]) is not None for i in stages):
            if len(filled) == 1 or not groups:
                inside = "ethnic" in heading_key(filled[0]) or (inside and bool(groups))
            continue
        if not inside:
            left_out += 1
            continue
        for i, stage in stages.items():
            number += 1
            yield (
                number,
                (stage, cells[label], cells[i], cells[percents[i]] if i in percents else "", str(line)),
            )
    if left_out:
        notes.append(f"{left_out} rows about other characteristics than ethnicity are not read")
