"""Which indicators each column reaches, and how bad it is when its cells cannot be read (`contracts/feeds.csv`)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

from wres_pipeline.extracts import contracts
from wres_pipeline.extracts.intake.deliveries import Delivery
from wres_pipeline.extracts.naming.shown_names import shown_name
from wres_pipeline.extracts.outcomes.findings import Finding, Severity
from wres_pipeline.reference import indicators


@dataclass(frozen=True, slots=True)
class Feed:
    """indicators: those the column's cells can move, blank for none. unreadable: severity of a cell that cannot be read.
    missing: severity of a file without the column, blank where that is no matter; assumed: what then holds, in words."""

    indicators: tuple[str, ...]
    unreadable: Severity
    missing: Severity | None = None
    assumed: str = ""


@cache
def of_kind(kind: str) -> Mapping[str, Feed]:
    """Column -> what it feeds, for one kind of extract."""
    text = files(contracts.__package__).joinpath("feeds.csv").read_text(encoding="utf-8")
    return {
        row["column"]: Feed(
            tuple(part for part in row["indicators"].split("|") if part),
            cast(Severity, row["unreadable"]),
            cast(Severity, row["missing"]) if row["missing"] else None,
            row["assumed"],
        )
        for row in csv.DictReader(text.splitlines())
        if row["kind"] == kind
    }


def of_column(kind: str, column: str) -> Feed:
    """What one column feeds; a column that is not listed feeds nothing and is a note."""
    if kind == "staff_survey_respondents" and column.startswith("q"):
        return Feed(indicators.SURVEY, "blocks")
    of_events = tuple(
        rule.number
        for rule in indicators.REGISTRY
        if rule.events and rule.events.kind == kind and column in ("employee_number", rule.events.happened)
    )
    return Feed(of_events, "blocks") if of_events else of_kind(kind).get(column, Feed((), "note"))


def told(
    delivery: Delivery,
    code: str,
    severity: Severity,
    what: str,
    remedy: str,
    *,
    column: str = "",
    rows: int = 0,
    example: str = "",
    indicators: tuple[str, ...] | None = None,
) -> Finding:
    """A finding about the cells of one delivery; the indicators are those its column feeds, where none are given."""
    feeds = of_column(delivery.kind, column).indicators if indicators is None else indicators
    return Finding(
        code, severity, delivery.organisation_code, what, remedy, file=shown_name(delivery.file_name), kind=delivery.kind,
        period=delivery.period, column=column, rows=rows, example=example,
        indicators=feeds if severity == "blocks" else (), content=delivery.content_hash,
    )  # fmt: skip


def counted(rows: int, one: str, several: str) -> str:
    """`1 row is`, `12 rows are`: the count with the words that fit it."""
    return f"{rows:,} {one if rows == 1 else several}"
