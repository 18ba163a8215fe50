"""The expectations the tables must meet, run by Great Expectations on small frames of counts.

`expectations.csv` holds one row an expectation: the check's name, the table it is shown at, whether it blocks a return
or only warns, the SQL file whose rows it looks at, and the Great Expectations class with its arguments. The frames hold
counts and labels, never a person, and are small at any size of workforce. Great Expectations takes about ten seconds
to import, so it is imported inside the one function that runs it, in the second process of a command (`beside`).
"""

from __future__ import annotations

import csv
import json
import logging
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from threading import RLock
from typing import TYPE_CHECKING, Any

import duckdb

from wres_pipeline import background
from wres_pipeline.extracts.intake import ledger
from wres_pipeline.extracts.outcomes import texts_not_shown
from wres_pipeline.reference.years import ReportingYear
from wres_pipeline.warehouse import sql

if TYPE_CHECKING:
    import pandas as pd

SHOWN_AT_MOST = 12
LEDGER_FRAME = "expect_ledger"
"""The frame that is counted by the ledger itself, since the rule of conservation is its own."""


TEXTS = {
    "expect_bands": "pay_scale",
    "expect_case_types": "case_type",
    "expect_clusters": "staff_group",
    "expect_ethnic_labels": "ethnic_origin",
    "expect_stages": "stage",
    "expect_survey": "question",
}
"""Frames whose rows are about a text of a cell -> the column it stands in; what of it is told, `texts_not_shown` says."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """One row of `expectations.csv`; `severity` is `blocking` or `warning`."""

    check: str
    asset: str
    severity: str
    frame: str
    expectation: str
    arguments: Mapping[str, Any]
    words: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one expectation found at one organisation.

    passed: None when the check itself crashed, which says nothing about the data. words: what was found and what
    to do, with counts and labels only. looked_at: rows of counts the expectation was put to.
    """

    check: str
    asset: str
    severity: str
    organisation_code: str
    passed: bool | None
    words: str
    looked_at: int


@cache
def expectations() -> tuple[Expectation, ...]:
    """Every expectation, in the order of the file."""
    text = files(__package__).joinpath("expectations.csv").read_text(encoding="utf-8")
    return tuple(
        Expectation(
            row["check"], row["asset"], row["severity"], row["frame"], row["expectation"],
            json.loads(row["arguments"]), row["words"],
        )
        for row in csv.DictReader(text.splitlines())
    )  # fmt: skip


def of_assets(assets: Iterable[str]) -> list[Expectation]:
    """The expectations shown at these tables."""
    wanted = set(assets)
    return [e for e in expectations() if e.asset in wanted]


def run(
    con: duckdb.DuckDBPyConnection,
    wanted: Sequence[Expectation],
    organisations: Sequence[str],
    year: ReportingYear,
    *,
    declaration_target: float,
) -> list[Outcome]:
    """Put `wanted` to the warehouse for `organisations` and the reporting year; one outcome each and organisation.

    A crash of an expectation gives `passed=None` for every organisation, with the kind of error.
    """
    parameters: dict[str, Any] = {
        "organisations": list(organisations),
        "snapshot": year.snapshot_date,
        "period_start": year.period_start,
        "period_end": year.period_end,
        "survey_year": year.survey_year,
        "reporting_year": year.year,
    }
    frames = {name: _frame(con, name, parameters) for name in sorted({e.frame for e in wanted})}
    posed = [(frames[e.frame], e.expectation, _arguments(e, declaration_target)) for e in wanted]
    answers = background.submit(_answers, posed).result()
    return [
        outcome
        for e, (frame, _, arguments), answer in zip(wanted, posed, answers, strict=True)
        for outcome in _judge(e, frame, answer, organisations, arguments)
    ]


def _arguments(expectation: Expectation, declaration_target: float) -> dict[str, Any]:
    return {
        key: declaration_target if value == "$declaration_target" else value
        for key, value in expectation.arguments.items()
    }


def _frame(con: duckdb.DuckDBPyConnection, name: str, parameters: Mapping[str, Any]) -> pd.DataFrame:
    if name == LEDGER_FRAME:
        return _accounts(con, parameters["organisations"])
    query = sql(__package__, f"{name}.sql")
    given = {key: value for key, value in parameters.items() if f"${key}" in query}
    frame = con.execute(query, given).df()
    if name in TEXTS:
        texts = list(zip(frame["organisation_code"], frame["about"], strict=True))
        frame["about"] = texts_not_shown.told(con, TEXTS[name], texts)
    if name == "expect_declaration":
        frame["declared_share"] = frame["declared"] / frame["people"]
    return frame


def _accounts(con: duckdb.DuckDBPyConnection, organisations: Sequence[str]) -> pd.DataFrame:
    """One row a delivery: its rows by the ledger, and as they stand in the tables."""
    import pandas as pd

    columns = (
        "organisation_code", "about", "rows_in", "rows_accounted_for", "rows_stored", "row_numbers",
        "rows_quarantined", "rows_in_quarantine",
    )  # fmt: skip
    rows = [
        (
            a.organisation_code, f"{a.kind} {a.period or ''}".strip(), a.rows_in,
            a.rows_accepted + a.rows_quarantined, a.stored, a.numbered, a.rows_quarantined, a.aside,
        )
        for a in ledger.accounts(con, organisations)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(columns))


def _judge(
    expectation: Expectation,
    frame: pd.DataFrame,
    unexpected: set[int] | str,
    organisations: Sequence[str],
    arguments: Mapping[str, Any],
) -> list[Outcome]:
    """One outcome an organisation, from the rows found unexpected (or the kind of error that crashed the check)."""

    def outcome(code: str, passed: bool | None, words: str, looked_at: int) -> Outcome:
        return Outcome(
            expectation.check, expectation.asset, expectation.severity, code, passed, words, looked_at
        )

    if frame.empty:
        return [outcome(code, True, "nothing to look at", 0) for code in organisations]
    if isinstance(unexpected, str):
        words = f"the check itself could not run ({unexpected}); this says nothing about the data"
        return [outcome(code, None, words, 0) for code in organisations]
    found = []
    for code in organisations:
        mine = frame.index[frame["organisation_code"] == code]
        wrong = [index for index in mine if index in unexpected]
        words = (
            "as expected" if not wrong else f"{expectation.words}. Found: {_told(frame, wrong, arguments)}"
        )
        found.append(outcome(code, not wrong, words, len(mine)))
    return found


def _told(frame: pd.DataFrame, wrong: Sequence[int], arguments: Mapping[str, Any]) -> str:
    counts = [c for c in frame.columns if c not in ("organisation_code", "about", arguments.get("column"))]
    counts = [c for c in (arguments.get("column"), *counts) if c and c in frame.columns]
    parts = []
    for index in wrong[:SHOWN_AT_MOST]:
        row = frame.loc[index]
        numbers = ", ".join(f"{column.replace('_', ' ')} {_plain(column, row[column])}" for column in counts)
        parts.append(f"{row['about']} ({numbers})" if row["about"] else numbers)
    more = f" and {len(wrong) - SHOWN_AT_MOST} more" if len(wrong) > SHOWN_AT_MOST else ""
    return "; ".join(parts) + more


def _plain(column: str, value: object) -> str:
    if isinstance(value, float) and column.endswith("_share"):
        return f"{100 * value:.1f}%"
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".")
    return str(value)


def prepare() -> None:
    """Import Great Expectations, where it is not yet: what the second process begins with (see `beside`)."""
    _engine()


@cache
def _engine() -> tuple[Any, Any]:
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    import great_expectations as gx
    from tqdm import tqdm

    tqdm.set_lock(RLock())  # its own is shared between processes, and outlives one that is ended
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}  # type: ignore[assignment]
    return gx, context.data_sources.add_pandas("counts").add_dataframe_asset(
        "frame"
    ).add_batch_definition_whole_dataframe("all")


def _answers(posed: Sequence[tuple[pd.DataFrame, str, Mapping[str, Any]]]) -> list[set[int] | str]:
    """The rows each expectation finds unexpected in its frame, or the kind of error that crashed it."""
    answers: list[set[int] | str] = []
    for frame, name, arguments in posed:
        try:
            answers.append(set() if frame.empty else _unexpected_rows(frame, name, arguments))
        except Exception as error:  # noqa: BLE001 - a crashed check is an outcome of its own, whatever crashed it
            answers.append(type(error).__name__)
    return answers


def _unexpected_rows(frame: pd.DataFrame, name: str, arguments: Mapping[str, Any]) -> set[int]:
    gx, batches = _engine()
    batch = batches.get_batch(batch_parameters={"dataframe": frame})
    wanted = getattr(gx.expectations, name)(**arguments)
    result = batch.validate(wanted, result_format="COMPLETE").to_json_dict()
    info = result.get("exception_info") or {}
    crashed = info if "raised_exception" in info else next(iter(info.values()), {})
    if isinstance(crashed, dict) and crashed.get("raised_exception"):
        raise RuntimeError("the expectation raised an exception")
    if result["success"]:
        return set()
    return set(result["result"]["unexpected_index_list"])
