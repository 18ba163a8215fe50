"""The differing texts of one column, with how many rows that can be used hold each; and how an error of a spreadsheet looks."""

# ruff: noqa: S608 - identifiers come from the contract files, quoted; values are bound

from __future__ import annotations

import re
from collections.abc import Sequence

import duckdb

from wres_pipeline.extracts.contracts import load
from wres_pipeline.extracts.intake.deliveries import Delivery
from wres_pipeline.extracts.statements import quoted

ERROR = re.compile(
    r"#(REF|VALUE|NAME|NUM|NULL|DIV/0|SPILL|CALC|FIELD|BLOCKED|BUSY|ERROR|NOT CALCULATED)[!?]|#N/?A|Err:\d{3}",
    re.IGNORECASE,
)
"""How spreadsheet programs print a cell that holds an error."""
Texts = dict[str, list[tuple[str, int]]]
"""Delivery -> (text without blanks around it, rows), the most frequent first."""


def of_column(con: duckdb.DuckDBPyConnection, deliveries: Sequence[Delivery], column: str) -> Texts:
    """What stands in `column` of deliveries of one kind; a blank cell is the empty text."""
    found: Texts = {one.delivery_id: [] for one in deliveries}
    if not deliveries:
        return found
    for identity, text, rows in con.execute(
        f"SELECT delivery_id, coalesce(trim({quoted(column)}), ''), count(*) AS found FROM {load(deliveries[0].kind).table} r "
        "WHERE delivery_id IN (SELECT unnest(?::VARCHAR[])) AND NOT EXISTS (SELECT 1 FROM quarantine q "
        "WHERE q.delivery_id = r.delivery_id AND q.row_number = r.row_number) GROUP BY 1, 2 ORDER BY 3 DESC, 2",
        [list(found)],
    ).fetchall():
        found[identity].append((text, rows))
    return found


def has(delivery: Delivery, column: str) -> bool:
    """Whether the file of a delivery has the column."""
    missing = delivery.reading.get("columns_missing")
    return column not in (missing if isinstance(missing, list) else [])


def first_row(con: duckdb.DuckDBPyConnection, delivery: Delivery, column: str, text: str) -> int:
    """The number of the first row that can be used and holds `text` in `column`; 0 for none."""
    found = con.execute(
        f"SELECT coalesce(min(row_number), 0) FROM {load(delivery.kind).table} r WHERE delivery_id = ? "
        f"AND coalesce(trim({quoted(column)}), '') = ? AND NOT EXISTS (SELECT 1 FROM quarantine q "
        "WHERE q.delivery_id = r.delivery_id AND q.row_number = r.row_number)",
        [delivery.delivery_id, text],
    ).fetchone()
    return 0 if found is None else int(found[0])
