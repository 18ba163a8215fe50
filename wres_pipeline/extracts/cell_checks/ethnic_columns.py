"""What a whole column of ethnicity shows and no cell of it does: nothing in it, little understood, one group for all, the letters
of gender, two ways of writing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import duckdb

from wres_pipeline.extracts.canonical import column_texts
from wres_pipeline.extracts.cell_checks.feeds import counted, told
from wres_pipeline.extracts.intake.deliveries import Delivery
from wres_pipeline.extracts.outcomes.findings import Finding, Severity
from wres_pipeline.extracts.outcomes.label_checks import UnknownLabel
from wres_pipeline.reference.codes import ethnic_lists
from wres_pipeline.reference.codes.ethnicity import Ethnicity
from wres_pipeline.reference.local import LocalMappings
from wres_pipeline.reference.tables import fold

COLUMN = "ethnic_origin"
NOT_UNDERSTOOD = 0.25
"""Share of the filled cells that no list knows from which the column is not believed. [ours]"""
ENOUGH_APPLICATIONS = 200
"""Declared applications from which one group for all of them is told; staff lists are compared with their history. [ours: where 97
of 100 people are White, 200 by chance all are in one body of 400]"""
GENDER = frozenset({"M", "F"})
"""Letters that are codes of ESR's (Black Caribbean, White and Asian) and how gender is written."""
FEWEST_ROWS, MOSTLY_BLANK = 8, 0.5
"""Rows from which a column is looked at, and the share of them without ethnicity from which it is told. [ours: 5 of 100 is usual]"""
MOSTLY = 0.8
"""Share of the declared rows written in one way from which the others are told. [ours]"""
CONFIRM = "If it is right, confirm it in confirmations.yaml."


def find(
    con: duckdb.DuckDBPyConnection, delivery: Delivery, own: LocalMappings, unknown: Sequence[UnknownLabel]
) -> Iterator[Finding]:
    """The findings about the column of ethnicity of one delivery. unknown: its labels that no list knows."""
    cells = column_texts.of_column(con, [delivery], COLUMN)[delivery.delivery_id]
    filled = sum(rows for text, rows in cells if fold(text))
    if cells and not filled:
        rows = sum(rows for _, rows in cells)
        yield told(
            delivery, "column_blank", "look_at",
            f"{COLUMN} is blank in every row ({counted(rows, 'row', 'rows')}): everybody is Unknown.",
            "Look whether the export left the column out, and send it again.",
            column=COLUMN, rows=rows,
        )  # fmt: skip
        return
    yield from _blanks(delivery, [rows for text, rows in cells if fold(text)], sum(rows for _, rows in cells))
    lost = sum(one.rows for one in unknown if one.label)
    if lost > NOT_UNDERSTOOD * filled:
        yield told(
            delivery, "ethnicity_not_understood", "blocks",
            f"No list knows what {lost:,} of the {filled:,} filled cells of {COLUMN} mean: the people would count as Unknown.",
            "Follow what is said of each label, or export the descriptions as ESR or TRAC writes them.",
            column=COLUMN, rows=lost,
        )  # fmt: skip
    yield from _declared(delivery, _meanings(delivery, own, cells))


def _blanks(delivery: Delivery, filled: Sequence[int], rows: int) -> Iterator[Finding]:
    """filled: rows of each differing text; rows: of the file."""
    blank = rows - sum(filled)
    once = len(filled) > 1 and max(filled) == 1
    mostly = rows >= FEWEST_ROWS and blank >= MOSTLY_BLANK * rows
    if not (mostly or (once and blank)):
        return
    severity: Severity = "blocks" if once and mostly else "look_at"
    yield told(
        delivery, "ethnicity_written_once" if once else "ethnicity_mostly_blank", severity,
        f"{COLUMN} is blank in {blank:,} of {rows:,} rows, and each of its {len(filled)} texts stands in one row alone: it looks "
        "written once, for all the rows below it."
        if once
        else f"{COLUMN} is blank in {blank:,} of {rows:,} rows: the people count as Unknown.",
        "Export the list with its labels repeated in every row (in a pivot table: Repeat all item labels), and send it again. "
        f"{CONFIRM}",
        column=COLUMN, rows=blank,
    )  # fmt: skip


def _meanings(
    delivery: Delivery, own: LocalMappings, cells: Sequence[tuple[str, int]]
) -> list[tuple[str, int, Ethnicity]]:
    """(text, rows, meaning) of the texts that declare somebody's ethnicity."""
    written = str(delivery.reading.get("ethnic_list", ""))
    found = []
    for text, rows in cells:
        means = ethnic_lists.resolve_of_column(text, written, own.ethnic_labels)
        if means.state == "declared":
            found.append((text, rows, means))
    return found


def _declared(delivery: Delivery, declared: Sequence[tuple[str, int, Ethnicity]]) -> Iterator[Finding]:
    texts = {text.strip() for text, _, _ in declared}
    rows = sum(n for _, n, _ in declared)
    if texts and texts <= GENDER:
        yield told(
            delivery, "gender_for_ethnicity", "blocks",
            f"Every filled cell of {COLUMN} holds M or F ({counted(rows, 'row', 'rows')}), which is how gender is written.",
            f"Look whether the column is the one of ethnicity, and export the list again. {CONFIRM}",
            column=COLUMN, rows=rows,
        )  # fmt: skip
        return
    groups = {means.group for _, _, means in declared}
    if delivery.kind == "trac_applications" and rows >= ENOUGH_APPLICATIONS and len(groups) == 1:
        yield told(
            delivery, "applicants_of_one_group", "look_at",
            f"All {rows:,} applications that declare an ethnicity are of people who are {groups.pop()}.",
            f"Look whether the column was filled down or replaced; export the list again if so. {CONFIRM}",
            column=COLUMN, rows=rows,
        )  # fmt: skip
    elif rows >= FEWEST_ROWS and len({(means.national, means.group) for _, _, means in declared}) == 1:
        yield told(
            delivery, "one_ethnicity_for_all", "note",
            f"All {rows:,} rows that declare an ethnicity declare the same.",
            "Nothing to do, if that is so; else look whether the export filled the column with one value.",
            column=COLUMN, rows=rows,
        )  # fmt: skip
    ways = Counter[bool]()
    for text, n, _ in declared:
        ways[text[1:2] == " " and text[:1].isupper()] += n
    others = ways[False]
    if others and ways[True] >= MOSTLY * rows:
        yield told(
            delivery, "ethnicity_written_in_two_ways", "note",
            f"{counted(others, 'row is', 'rows are')} written without ESR's code in front, the other {ways[True]:,} with it.",
            "Nothing to do, if they were typed in by hand; else look where they come from.",
            column=COLUMN, rows=others,
        )  # fmt: skip
