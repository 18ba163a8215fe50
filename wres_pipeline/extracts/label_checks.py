"""Which labels of a delivery no list knows, and the mapping row that would make each known."""

# ruff: noqa: S608 - identifiers come from the contract files, quoted; values are bound

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import duckdb

from wres_pipeline.extracts.contracts import Contract
from wres_pipeline.extracts.statements import quoted
from wres_pipeline.reference import (
    assignments,
    cases,
    ethnicity,
    pay_bands,
    recruitment,
    staff_groups,
    survey,
    tables,
)
from wres_pipeline.reference.labels import fold
from wres_pipeline.reference.local import LocalMappings

Known = Callable[[str, Mapping[str, str]], bool]
MOST_SUGGESTIONS = 3
NEAR_ENOUGH = 0.6
"""Likeness (difflib) a known label needs to be suggested. [ours]"""


@dataclass(frozen=True, slots=True)
class UnknownLabel:
    """A text in a label column that no list knows. file: the mapping it belongs into; nearest: known labels
    like it; first: the number of the first row that holds it."""

    column: str
    label: str
    rows: int
    file: str
    nearest: tuple[str, ...]
    first: int


def _ethnic(text: str, own: Mapping[str, str]) -> bool:
    return ethnicity.resolve(text, own).state != "unmapped"


_BY_COLUMN: dict[str, tuple[str, str, Known]] = {
    # column: (local mapping, reference file, whether a text is known)
    "ethnic_origin": ("ethnic_labels", "ethnic_labels", _ethnic),
    "pay_scale": ("pay_scales", "pay_scales", lambda t, own: pay_bands.resolve(t, own) is not None),
    "staff_group": ("staff_groups", "staff_groups", lambda t, own: staff_groups.resolve(t, own) is not None),
    "assignment_category": (
        "assignment_categories", "assignment_categories", lambda t, own: assignments.category(t, own) is not
        None, ),
    "assignment_status": (
        "assignment_statuses", "assignment_statuses", lambda t, own: assignments.status(t, own) is not None,
    ),
    "case_type": ("case_types", "case_types", lambda t, own: cases.kind(t, own) is not None),
}  # fmt: skip
_STAGE: tuple[str, str, Known] = (
    "recruitment_stages", "recruitment_stages", lambda t, own: recruitment.stage(t, own) is not None,
)  # fmt: skip
_STAGED = frozenset({"trac_applications", "recruitment_summary"})


def unknown(
    con: duckdb.DuckDBPyConnection,
    contract: Contract,
    delivery_id: str,
    survey_year: int | None,
    own: LocalMappings,
) -> list[UnknownLabel]:
    """Labels of one delivery that no list knows, the most frequent first within each column; blanks are no
    labels."""
    found: list[UnknownLabel] = []
    for column in contract.columns:
        mapping, reference, known = _list_of(contract.kind, column.name, survey_year)
        if not mapping:
            continue
        rows = con.execute(_texts(contract, column.name), [delivery_id]).fetchall()
        local: Mapping[str, str] = getattr(own, mapping, {})
        for text, count, first in rows:
            if not fold(text) or known(text, local):
                continue
            place = mapping if hasattr(own, mapping) else f"wres_pipeline/reference/{mapping}"
            found.append(
                UnknownLabel(
                    column.name, text.strip(), count, f"{place}.csv", nearest(text, reference), first
                )
            )
    return found


def nearest(text: str, reference: str) -> tuple[str, ...]:
    """Known labels of a reference file most like `text`; suggestions for a person, never applied."""
    spelt = _spelt(reference)
    return tuple(
        spelt[key]
        for key in difflib.get_close_matches(fold(text), list(spelt), n=MOST_SUGGESTIONS, cutoff=NEAR_ENOUGH)
    )


@cache
def _spelt(reference: str) -> dict[str, str]:
    rows = tables.rows(reference)
    found = {
        fold(row.get("label") or row["question"]): row.get("label") or row["question"]
        for row in reversed(rows)
    }
    if reference == "ethnic_labels":
        # The code in front of a label is part of how ESR writes it: compare with it and without.
        found |= {fold(f"{r['code']} {r['label']}"): r["label"] for r in rows if r.get("code")}
    return found


def _list_of(kind: str, column: str, survey_year: int | None) -> tuple[str, str, Known]:
    if kind in ("staff_survey", "staff_survey_respondents") and survey_year is not None:
        if column == "ethnic_group":
            return (
                "survey_groups",
                "survey_groups",
                lambda t, own: survey.ethnic_group(t, survey_year) is not None,
            )
        if column == "question":
            return (
                "survey_questions",
                "survey_questions",
                lambda t, own: survey.question(survey_year, t) is not None,
            )
        if kind == "staff_survey_respondents" and survey.question(survey_year, column) is not None:
            return (
                "survey_answers",
                "survey_answers",
                lambda t, own: survey.answer(survey_year, column, t) is not None,
            )
    if column == "stage" and kind in _STAGED:
        return _STAGE
    return _BY_COLUMN.get(column, ("", "", lambda t, own: True))


def _texts(contract: Contract, column: str) -> str:
    return (
        f"SELECT {quoted(column)}, count(*), min(row_number) FROM {contract.table} r WHERE delivery_id = ? AND "
        f"{quoted(column)} IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM quarantine q WHERE q.delivery_id = r.delivery_id AND q.row_number = "
        "r.row_number) "
        "GROUP BY 1 ORDER BY 2 DESC, 1"
    )
