"""Which labels of a delivery no list knows, and the mapping row that would make each known."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial

import duckdb

from wres_pipeline.extracts.canonical import column_texts
from wres_pipeline.extracts.canonical.column_texts import ERROR
from wres_pipeline.extracts.contracts import Contract
from wres_pipeline.extracts.intake.deliveries import Delivery
from wres_pipeline.reference import survey, tables
from wres_pipeline.reference.codes import (
    assignments,
    cases,
    ethnic_lists,
    ethnicity,
    pay_bands,
    recruitment,
    staff_groups,
)
from wres_pipeline.reference.local import BLANK, SURVEY_GROUPS, LocalMappings, allowed
from wres_pipeline.reference.tables import fold

Known = Callable[[str], bool]
MOST_SUGGESTIONS = 3
NEAR_ENOUGH = 0.6
"""Likeness (difflib) a known label needs to be suggested. [ours]"""
SAME_WORD = 0.75
"""Likeness from which two words are one, misspelt. [ours]"""
DENYING = frozenset(
    {"non", "not", "no", "un", "ex", "under", "below", "former", "informal", "unsuccessful", "without"}
)
CONTRARY = ("in", "un", "non", "dis", "de", "im", "ir")
"""Beginnings that turn a word into its contrary: `informal` is no misspelt `formal`. [ours]"""
FILLING = frozenset({"the", "or", "and", "of", "any", "background", "grade", "group", "ethnic", "nhs", "afc"})
"""Words a suggestion may bring in: they decide nothing. [ours]"""
NEVER_BLANK = frozenset({"pay_scale", "staff_group", "case_type", "stage"})
"""Columns where a blank cell leaves its row in no figure, so that its meaning is asked for."""


@dataclass(frozen=True, slots=True)
class UnknownLabel:
    """A text in a label column that no list knows; the empty text is a blank cell. file: the mapping it belongs into;
    nearest: known labels like it; allowed: what a mapping may say, in words; first: the first row that holds it."""

    column: str
    label: str
    rows: int
    file: str
    nearest: tuple[str, ...]
    allowed: str
    first: int

    @property
    def written(self) -> str:
        """The label as a mapping writes it."""
        return self.label or BLANK


@dataclass(frozen=True, slots=True)
class _List:
    """mapping: the organisation's own file; reference: the list suggestions come from, blank for none."""

    mapping: str
    reference: str
    known: Known


_BY_COLUMN: dict[str, tuple[str, Callable[[str, Mapping[str, str]], object]]] = {
    # column: (mapping and reference file of one name, what a text means or None)
    "pay_scale": ("pay_scales", pay_bands.resolve),
    "staff_group": ("staff_groups", staff_groups.resolve),
    "assignment_category": ("assignment_categories", assignments.category),
    "assignment_status": ("assignment_statuses", assignments.status),
    "case_type": ("case_types", cases.kind),
}
_STAGED = frozenset({"trac_applications", "recruitment_summary"})
_PLACED = frozenset({"esr_staff_list", "employee_relations"})
"""Kinds whose pay scales, staff groups, categories, statuses and case types reach a figure."""


def unknown(
    con: duckdb.DuckDBPyConnection, contract: Contract, delivery: Delivery, own: LocalMappings
) -> list[UnknownLabel]:
    """Labels of one delivery that no list knows, the most frequent first within each column.

    A blank is told where it leaves its row in no figure (`NEVER_BLANK`); the error of a spreadsheet is no label.
    """
    found: list[UnknownLabel] = []
    for column in contract.columns:
        listed = _list_of(delivery, column.name)
        if listed is None or not column_texts.has(delivery, column.name):
            continue
        mine: Mapping[str, str] = getattr(own, listed.mapping)
        for text, rows in column_texts.of_column(con, [delivery], column.name)[delivery.delivery_id]:
            key = fold(text)
            if not key and (column.name not in NEVER_BLANK or "" in mine):
                continue
            if ERROR.fullmatch(text) or (
                key and (_mapped(mine, delivery.survey_year, key) or listed.known(text))
            ):
                continue
            near = nearest(text, listed.reference) if key and listed.reference else ()
            first = column_texts.first_row(con, delivery, column.name, text)
            found.append(
                UnknownLabel(
                    column.name, text, rows, f"{listed.mapping}.csv", near, allowed(listed.mapping), first
                )
            )
    return found


def _mapped(mine: Mapping[str, str], survey_year: int | None, key: str) -> bool:
    return key in mine or f"{survey_year} {key}" in mine


def _list_of(delivery: Delivery, column: str) -> _List | None:
    kind, year = delivery.kind, delivery.survey_year
    if kind in ("staff_survey", "staff_survey_respondents"):
        return None if year is None else _of_survey(kind, year, column)
    if column == "ethnic_origin":
        written = str(delivery.reading.get("ethnic_list", ""))
        return _List("ethnic_labels", "ethnic_labels", partial(_ethnic, written=written))
    if column == "stage" and kind in _STAGED:
        return _List(
            "recruitment_stages", "recruitment_stages", lambda text: recruitment.stage(text) is not None
        )
    if column in _BY_COLUMN and kind in _PLACED:
        name, look = _BY_COLUMN[column]
        return _List(name, name, lambda text: look(text, {}) is not None)
    return None


def _of_survey(kind: str, year: int, column: str) -> _List | None:
    if column == "ethnic_group":
        return _List(
            "survey_groups", "survey_groups", lambda text: survey.ethnic_group(text, year) is not None
        )
    if column == "question" and not survey.is_mapped(year):
        return None  # told once, for the whole year
    if column == "question" and kind == "staff_survey":
        return _List(
            "survey_questions", "survey_questions", lambda text: survey.question(year, text) is not None
        )
    if column == "measure" and kind == "staff_survey":
        return _List("survey_measures", "survey_measures", lambda text: survey.measure(text) is not None)
    if kind == "staff_survey_respondents" and (asked := survey.question(year, column)) is not None:
        name = asked.question
        return _List("survey_answers", "", lambda text: survey.answer(year, name, text) is not None)
    return None


def _ethnic(text: str, written: str) -> bool:
    return ethnic_lists.resolve_of_column(text, written, {}).state != "unmapped"


def nearest(text: str, reference: str) -> tuple[str, ...]:
    """Known labels of a reference file most like `text`; suggestions for a person, never applied.

    Never the label itself, never one that needs a decision of its own, never one with another number, a word the label does
    not have, or without a word that denies (`Non AfC Grade` is no `Staff Grade`, `Band 8` no `Band 8d`).
    """
    spelt = _spelt(reference)
    key = fold(text)
    near = difflib.get_close_matches(key, list(spelt), n=4 * MOST_SUGGESTIONS, cutoff=NEAR_ENOUGH)
    fitting = dict.fromkeys(spelt[one] for one in near if one != key and _says_no_more(one, key))
    return tuple(fitting)[:MOST_SUGGESTIONS]


def _says_no_more(known: str, label: str) -> bool:
    theirs, ours = (
        set(words.replace("/", " ").replace("(", " ").replace(")", " ").split()) for words in (known, label)
    )
    numbers = [{w for w in words if any(c.isdigit() for c in w)} for words in (theirs, ours)]
    if numbers[0] != numbers[1] or (theirs & DENYING) != (ours & DENYING):
        return False
    left = ours - theirs
    return all(
        word in FILLING
        or any(
            difflib.SequenceMatcher(None, word, other).ratio() >= SAME_WORD and not _contrary(word, other)
            for other in left
        )
        for word in theirs - ours
    )


def _contrary(one: str, other: str) -> bool:
    return any(one == begin + other or other == begin + one for begin in CONTRARY)


@cache
def _spelt(reference: str) -> dict[str, str]:
    """Key -> label as a mapping may write it, of those that mean something by themselves."""
    if reference == "survey_groups":
        return {name.casefold(): name for name in SURVEY_GROUPS}
    rows = tables.rows(reference)
    means = {"pay_scales": "band", "staff_groups": "cluster"}.get(reference)
    kept = [row for row in rows if means is None or row[means]]
    found = {
        fold(row.get("label") or row["question"]): row.get("label") or row["question"]
        for row in reversed(kept)
    }
    if reference == "ethnic_labels":
        # The code in front of a label is part of how ESR writes it: compare with it and without.
        found |= {fold(f"{r['code']} {r['label']}"): r["label"] for r in kept if r.get("code")}
        found = {key: label for key, label in found.items() if ethnicity.resolve(label).state != "unmapped"}
    if reference == "survey_measures":
        found = {key: survey.measure(label) or label for key, label in found.items()}
    return found
