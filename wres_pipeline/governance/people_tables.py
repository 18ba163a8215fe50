"""Where people stand in the warehouse: which columns name one, which hold the number somebody is called by, which are free text.

Told by the contracts and the declared tables, so that a column added there is found here; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from wres_pipeline.extracts.contracts import PARTICULARS

NUMBERS = frozenset(
    {
        "employee_number", "nearest_employee_number", "assignment_number", "application_id", "case_reference", "member_id",
        "respondent",
    }
)  # fmt: skip
"""Columns that hold the number a person, or something of one, is called by."""
FREE_TEXT = frozenset(
    {"extra", "row_text", "explanation", "text", "position_title", "vacancy_title", "outcome"}
)
"""Columns whose texts nobody has looked through."""
NOT_PEOPLE = frozenset(
    {"raw_staff_survey_organisations", "raw_provider_returns", "raw_staff_survey", "raw_recruitment_summary"}
)


@dataclass(frozen=True, slots=True)
class PeopleTable:
    """A stored table with people in it, and which of its columns are of which sort."""

    name: str
    particulars: tuple[str, ...]
    numbers: tuple[str, ...]
    free_text: tuple[str, ...]
    columns: tuple[str, ...]


def people_tables(con: duckdb.DuckDBPyConnection) -> Iterator[PeopleTable]:
    """Every stored table that has a column of a person, in order of name."""
    found: dict[str, list[str]] = {}
    for table, column in con.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE schema_name = 'main' AND NOT internal "
        "AND table_name IN (SELECT table_name FROM duckdb_tables()) ORDER BY table_name, column_index"
    ).fetchall():
        found.setdefault(table, []).append(column)
    for table, columns in found.items():
        if table in NOT_PEOPLE or table in ("findings", "protected_tables"):
            continue
        named, called, free = (tuple(c for c in columns if c in s) for s in (PARTICULARS, NUMBERS, FREE_TEXT))
        if named or called or "row_text" in columns or table == "texts_not_shown":
            yield PeopleTable(table, named, called, free, tuple(columns))
