"""Percentages of the staff survey: their scale, and figures that stand twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import duckdb

from wres_pipeline.extracts.canonical import column_scales, column_texts, values
from wres_pipeline.extracts.canonical.column_scales import FRACTION, PERCENT, UNCLEAR
from wres_pipeline.extracts.cell_checks.feeds import counted, told
from wres_pipeline.extracts.intake.deliveries import Delivery
from wres_pipeline.extracts.outcomes.findings import Finding
from wres_pipeline.reference import indicators, survey
from wres_pipeline.reference.local import SURVEY_GROUPS, LocalMappings
from wres_pipeline.reference.tables import fold
from wres_pipeline.warehouse import sql

ROUNDED_FROM = 6
"""Percentages from which all being multiples of 5 is odd: by chance in one file of 15,000, even of whole numbers. [ours]"""

MOST_HARASSED = 60
"""Per cent above which no group of a body stands in each of them: ambulance trusts have half at indicator 5, a third at 6. [ours]"""


def find(
    con: duckdb.DuckDBPyConnection, deliveries: Sequence[Delivery], own: Mapping[str, LocalMappings]
) -> Iterator[Finding]:
    """The findings about percentages of deliveries of one kind; none for other kinds than the survey's."""
    cells = column_texts.of_column(con, deliveries, "percent") if deliveries[0].kind == "staff_survey" else {}
    for one in deliveries:
        if one.kind in column_scales.SURVEYS:
            yield from _scale(one)
        if one.kind == "staff_survey":
            yield from _rounded(one, cells[one.delivery_id])
            yield from _stands_twice(con, one, own[one.organisation_code])


def _scale(delivery: Delivery) -> Iterator[Finding]:
    scale = delivery.reading.get("percent_scale")
    cells: Any = delivery.reading.get("percent_cells")
    small, impossible = (cells["small"], cells["impossible"]) if isinstance(cells, dict) else (0, 0)
    if scale == FRACTION:
        yield told(
            delivery, "percentages_as_fractions", "look_at",
            f"{counted(small, 'cell', 'cells')} of percent hold fractions of one (0.152 for 15.2%) and are read so: no number "
            "of the column is above 1, and a base or an indicator shows that they are no percentages.",
            "Nothing to do, if that is right; else send the percentages as they are printed.",
            column="percent", rows=small,
        )  # fmt: skip
    elif scale == UNCLEAR:
        yield told(
            delivery, "percentages_unclear", "blocks",
            f"No number in percent is above 1 ({counted(small, 'cell', 'cells')}): they may be fractions (0.152 for 15.2%) or "
            "percentages, and nothing in the file tells which.",
            "Send the percentages as they are printed, with a percent sign, or add the column of bases.",
            column="percent", rows=small,
        )  # fmt: skip
    elif scale == PERCENT and delivery.kind == "staff_survey" and small:
        yield told(
            delivery, "percentages_of_two_scales", "blocks" if impossible else "look_at",
            f"{counted(small, 'cell', 'cells')} of percent stand at or below 1 among percentages"
            + (f", {impossible:,} of them no percentage of their base" if impossible else "")
            + ".",
            "Look whether they are fractions (0.152 for 15.2%), and write them as percentages.",
            column="percent", rows=small,
        )  # fmt: skip


def _rounded(delivery: Delivery, cells: Sequence[tuple[str, int]]) -> Iterator[Finding]:
    """Percentages without a decimal among them: rounded before they came, or counts of people in their place."""
    numbers = [(number, rows) for text, rows in cells if (number := values.parse_number(text)) is not None]
    rows = sum(n for _, n in numbers)
    whole = all(number % 1 == 0 for number, _ in numbers)
    if rows >= ROUNDED_FROM and whole and any(number > 1 for number, _ in numbers):
        yield told(
            delivery, "percentages_rounded", "look_at",
            f"All {counted(rows, 'percentage', 'percentages')} are whole numbers: they look rounded, or are counts of people.",
            "Nothing to do, if the source prints them so; else send the percentages with their decimals.",
            column="percent", rows=rows,
        )  # fmt: skip


def _stands_twice(
    con: duckdb.DuckDBPyConnection, delivery: Delivery, own: LocalMappings
) -> Iterator[Finding]:
    """Rows of one question, group and measure that give different percentages: only the first would count."""
    if delivery.survey_year is None:
        return
    said: dict[tuple[object, ...], set[float | None]] = {}
    unsaid: list[float] = []
    rows: dict[tuple[object, ...], int] = {}
    scale = str(delivery.reading.get("percent_scale", ""))
    for question, group, percent, measure in con.execute(
        sql(__package__, "survey_rows.sql"), [delivery.delivery_id]
    ).fetchall():
        asked = survey.question(delivery.survey_year, own.survey_questions.get(fold(question), question))
        if asked is None or not asked.indicator:
            continue
        mine = SURVEY_GROUPS.get(own.survey_groups.get(fold(group), ""))
        of = (
            mine
            if mine is not None
            else survey.ethnic_group(group, delivery.survey_year)
            if fold(group)
            else ""
        )
        counts = survey.measure(own.survey_measures.get(fold(measure), measure)) or asked.measure
        value = column_scales.percent(percent, scale)
        if value is not None and counts in ("not_experienced", "no"):
            value = round(100 - value, 6)
        if (
            asked.indicator in indicators.EXPERIENCED
            and not measure
            and of in ("White", "BME")
            and value is not None
        ):
            unsaid.append(value)
        key = (asked.indicator, asked.part, asked.question, of)
        said.setdefault(key, set()).add(value)
        rows[key] = rows.get(key, 0) + 1
    if unsaid and min(unsaid) > MOST_HARASSED:
        yield told(
            delivery, "percentages_turned_round", "blocks",
            f"Every percentage of indicators 5, 6 and 8 is above {MOST_HARASSED} ({counted(len(unsaid), 'row', 'rows')}) and the column measure is "
            "blank there: they may count those who did not experience it.",
            "Write experienced or not experienced into the column measure, as the source counts, and send the file again.",
            column="percent", rows=len(unsaid), indicators=indicators.EXPERIENCED,
        )  # fmt: skip
    odd = [key for key, values in said.items() if len(values) > 1 and key[3] is not None]
    if odd:
        count = sum(rows[key] for key in odd)
        named = ", ".join(f"{key[2]} of {key[3] or 'all staff'}" for key in odd[:3])
        yield told(
            delivery, "survey_rows_contradict", "blocks",
            f"{counted(count, 'row gives', 'rows give')} different percentages for one question and group: {named}.",
            "Leave one row for each question and group (one year, one weighting), and send the file again.",
            column="percent", rows=count, indicators=tuple(sorted({str(key[0]) for key in odd})),
        )  # fmt: skip
