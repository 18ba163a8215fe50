"""Flags, dates and numbers that cannot be read, errors of a spreadsheet, and days that cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

import duckdb

from wres_pipeline.extracts import contracts
from wres_pipeline.extracts.canonical import column_texts, values
from wres_pipeline.extracts.canonical.column_scales import NO_VALUE
from wres_pipeline.extracts.canonical.column_texts import ERROR
from wres_pipeline.extracts.canonical.core_texts import flag, flag_or_date
from wres_pipeline.extracts.cell_checks import feeds
from wres_pipeline.extracts.cell_checks.day_orders import WORDS
from wres_pipeline.extracts.cell_checks.feeds import counted, told
from wres_pipeline.extracts.contracts import Column
from wres_pipeline.extracts.intake.deliveries import Delivery
from wres_pipeline.extracts.outcomes.findings import Finding
from wres_pipeline.extracts.reading.cell_details import NEVER_WORKED_OUT
from wres_pipeline.extracts.reading.headings import showable
from wres_pipeline.reference.local import LocalMappings

EARLIEST = date(1995, 1, 1)
"""No course, case or application of a return is older; a day before it was read or typed in the wrong century. [ours]"""
NEVER_LATER = frozenset(
    {"completed", "formal_investigation_started", "opened", "closed", "date_applied", "last_appraisal"}
)
"""Columns of days that lie before the day of their extract."""
UNPROVEN_ORDER_TOLD = 8
"""Different dates none of which tells day from month, from which on a file is odd: with days spread over a month, eight
dates all up to the 12th come in about one file in 1,500. [ours]"""
STARTING_SOON = 0.02
"""Share of a list's rows that may have been entered ahead of their start without a question. [ours]"""
MOST_SHAPES = 3
NO_ANSWER = frozenset({"is_voting", "is_executive"})
"""Flags whose blank leaves its row out of the figure they decide."""


def find(
    con: duckdb.DuckDBPyConnection, deliveries: Sequence[Delivery], own: Mapping[str, LocalMappings]
) -> Iterator[Finding]:
    """The findings about the columns of deliveries of one kind."""
    contract = contracts.load(deliveries[0].kind)
    listed = feeds.of_kind(contract.kind)
    for column in contract.columns:
        have = [one for one in deliveries if column_texts.has(one, column.name)]
        if not have:
            continue
        looked_at = column.name in listed or column.type not in ("text",)
        if not looked_at or (column.type == "date" and column.name not in listed):
            continue
        found = column_texts.of_column(con, have, column.name)
        for one in have:
            cells = found[one.delivery_id]
            yield from _errors(one, column, cells)
            rest = [(text, rows) for text, rows in cells if text and not ERROR.fullmatch(text)]
            blank = sum(rows for text, rows in cells if not text)
            if column.name in NO_ANSWER and blank and "" not in own[one.organisation_code].flags:
                yield told(
                    one, "flags_blank", "blocks",
                    f"{counted(blank, 'row has', 'rows have')} no {column.name}, and {'counts' if blank == 1 else 'count'} as neither yes "
                    "nor no.",
                    "Write N where a blank means no, or add the line `(blank),no` to mappings/flags.csv beside the extracts (first "
                    "line label,means).",
                    column=column.name, rows=blank,
                )  # fmt: skip
            if column.type in ("yes_no", "yes_no_or_date"):
                yield from _flags(one, column, rest, own[one.organisation_code].flags)
            elif column.type == "date" and column.name in listed:
                yield from _dates(one, column, rest)
            elif column.type in ("number", "integer") and column.name in listed:
                yield from _numbers(one, column, rest)


def _errors(delivery: Delivery, column: Column, cells: Sequence[tuple[str, int]]) -> Iterator[Finding]:
    wrong = [(text, rows) for text, rows in cells if ERROR.fullmatch(text)]
    if not wrong:
        return
    rows = sum(n for _, n in wrong)
    feed = feeds.of_column(delivery.kind, column.name)
    named = ", ".join(f"{text} in {n:,}" for text, n in wrong[:MOST_SHAPES])
    never = any(text == NEVER_WORKED_OUT for text, _ in wrong)
    yield told(
        delivery, "error_cells", "blocks" if feed.indicators else "look_at",
        f"{counted(rows, 'cell', 'cells')} of {column.name} hold a spreadsheet's error instead of a value ({named}).",
        "Open the file in Excel, let it calculate, save it and send that."
        if never
        else "Mend the formulas, or paste the values over them, and send the file again.",
        column=column.name, rows=rows, example=wrong[0][0],
    )  # fmt: skip


def _flags(
    delivery: Delivery, column: Column, cells: Sequence[tuple[str, int]], own: Mapping[str, str]
) -> Iterator[Finding]:
    order = delivery.date_orders.get(column.name, "dmy")
    unread = []
    for text, rows in cells:
        if column.type == "yes_no":
            known = flag(column.name, text, own) is not None
        else:
            known = flag_or_date(column.name, text, order, own)[0] is not None
        if not known and own.get(values.tidy(text).casefold()) != "not known":
            unread.append((text, rows))
    if not unread:
        return
    rows = sum(n for _, n in unread)
    feed = feeds.of_column(delivery.kind, column.name)
    yield told(
        delivery, "flags_not_read", feed.unreadable,
        f"{counted(rows, 'cell', 'cells')} of {column.name} say neither yes nor no: {_shapes(unread)}.",
        f"Write Y or N, or add a line `{_cell(unread[0][0])},yes` (or no, or not known) to mappings/flags.csv beside the "
        "extracts (first line label,means) for each such word.",
        column=column.name, rows=rows, example=values.shape(unread[0][0]),
    )  # fmt: skip


def _dates(delivery: Delivery, column: Column, cells: Sequence[tuple[str, int]]) -> Iterator[Finding]:
    order = delivery.date_orders.get(column.name, "dmy")
    feed = feeds.of_column(delivery.kind, column.name)
    unread, waiting, odd = [], 0, 0
    last = None if delivery.period is None else delivery.period + timedelta(days=31)
    for text, rows in cells:
        day = values.parse_date(text, order)
        if day is None and values.tidy(text).casefold().rstrip(".") in WORDS:
            waiting += rows
        elif day is None:
            unread.append((text, rows))
        elif column.name in NEVER_LATER and (day < EARLIEST or (last is not None and day > last)):
            odd += rows
    if unread:
        rows = sum(n for _, n in unread)
        yield told(
            delivery, "dates_not_read", feed.unreadable,
            f"{counted(rows, 'cell', 'cells')} of {column.name} {'is no date and counts' if rows == 1 else 'are no dates and count'} as "
            f"none: {_shapes(unread)}.",
            "Write each as a day (31/03/2021 or 31-MAR-2021) in the source system or the file, or empty the cell where there "
            "is none, and send it again.",
            column=column.name, rows=rows, example=values.shape(unread[0][0]),
        )  # fmt: skip
    if waiting:
        yield told(
            delivery, "dates_still_open", "note",
            f"{counted(waiting, 'cell says', 'cells say')} in words that there is no {column.name} yet, and count as none.",
            "Nothing to do, if that is right.",
            column=column.name, rows=waiting,
        )  # fmt: skip
    if odd:
        yield told(
            delivery, "dates_out_of_range", "look_at",
            f"{counted(odd, 'day', 'days')} in {column.name} lie before {EARLIEST.year} or more than a month after the day "
            "of the file.",
            "Look whether years were typed or exported wrongly, and send the file again.",
            column=column.name, rows=odd,
        )  # fmt: skip
    if column.name == "hire_date" and delivery.period is not None:
        yield from _not_yet_started(delivery, cells, order, delivery.period)
    unproven = delivery.reading.get("order_unproven")
    if isinstance(unproven, list) and column.name in unproven:
        both = sum(values.depends_on_order(text) for text, _ in cells)
        rows = sum(n for text, n in cells if values.depends_on_order(text))
        yield told(
            delivery, "day_month_order_not_proven", "look_at" if both >= UNPROVEN_ORDER_TOLD else "note",
            f"No date of {column.name} shows by itself whether the day or the month stands first "
            f"({counted(rows, 'cell', 'cells')}): the {'month' if order == 'mdy' else 'day'} is taken to, as in the rest of the file.",
            "Nothing to do, if the day stands first; else export the file with dates such as 31-MAR-2021.",
            column=column.name, rows=rows,
        )  # fmt: skip


def _not_yet_started(
    delivery: Delivery, cells: Sequence[tuple[str, int]], order: str, on: date
) -> Iterator[Finding]:
    """People who start after the day of the list: where they are many it was drawn up later, and lacks who left since."""
    later = sum(
        rows for text, rows in cells if (day := values.parse_date(text, order)) is not None and day > on
    )
    if later:
        many = later > max(2, STARTING_SOON * delivery.rows_accepted)
        yield told(
            delivery, "not_yet_started", "look_at" if many else "note",
            f"{counted(later, 'row starts', 'rows start')} after the day of the list, {on.day} {on:%B %Y}, and {'counts' if later == 1 else 'count'} "
            "for nothing." + (" A list drawn up later also lacks who left since." if many else ""),
            f"Look whether the list was drawn up as at {on.day} {on:%B %Y}, and export it again as at that day if not. If it is right, "
            "confirm it in confirmations.yaml."
            if many
            else "Nothing to do, if they had been entered ahead of their start.",
            column="hire_date", rows=later,
        )  # fmt: skip


def _numbers(delivery: Delivery, column: Column, cells: Sequence[tuple[str, int]]) -> Iterator[Finding]:
    feed = feeds.of_column(delivery.kind, column.name)
    unread = [
        (text, rows)
        for text, rows in cells
        if values.parse_number(text) is None and values.tidy(text).casefold() not in NO_VALUE
    ]
    wrong = []
    for text, rows in cells:
        number = values.parse_number(text)
        if number is not None and _cannot_be(delivery.kind, column, number):
            wrong.append((text, rows))
    for code, odd, said in (
        ("numbers_not_read", unread, "are no numbers and count as none"),
        ("numbers_out_of_range", wrong, "are numbers that cannot be"),
    ):
        if odd:
            rows = sum(n for _, n in odd)
            yield told(
                delivery, code, feed.unreadable,
                f"{counted(rows, 'cell', 'cells')} of {column.name} {said}: {_shapes(odd)}.",
                "Write them as plain numbers (15.2), or - where the source gives none, and send the file again.",
                column=column.name, rows=rows, example=values.shape(odd[0][0]),
            )  # fmt: skip
    none = sum(rows for text, rows in cells if values.tidy(text).casefold() in NO_VALUE)
    if none and column.name == "percent":
        yield told(
            delivery, "no_value_given", "note",
            f"{counted(none, 'cell gives', 'cells give')} no percentage in so many words, and count as suppressed at source.",
            "Nothing to do, if the source prints none.",
            column=column.name, rows=none,
        )  # fmt: skip


def _cannot_be(kind: str, column: Column, number: float) -> bool:
    if kind not in ("staff_survey", "recruitment_summary"):
        return False
    if column.name == "percent":
        return kind == "staff_survey" and not 0 <= number <= 100
    return column.type == "integer" and (number < 0 or not float(number).is_integer())


def _shapes(cells: Sequence[tuple[str, int]]) -> str:
    """Forms of texts with their rows, the most frequent first."""
    shown: dict[str, int] = {}
    for text, rows in cells:
        shown[values.shape(text)] = shown.get(values.shape(text), 0) + rows
    first = list(shown.items())[:MOST_SHAPES]
    more = f" and {len(shown) - MOST_SHAPES} more forms" if len(shown) > MOST_SHAPES else ""
    return ", ".join(f"{rows:,} \u00d7 {shape}" for shape, rows in first) + more


def _cell(text: str) -> str:
    """The word of a flag for a mapping's line, unless it could be a person's."""
    plain = values.tidy(text)
    return plain if showable(plain) == plain and "," not in plain else "<the word>"
