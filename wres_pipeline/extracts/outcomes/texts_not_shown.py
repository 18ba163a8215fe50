"""Texts of cells that may not be shown: each has an id, and only the organisation's restricted file says which text it is.

The id is a running number, never made from the text: a hash of a name is found again by hashing names.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import duckdb

from wres_pipeline import schema, whole_file
from wres_pipeline.reference.shown_text import may_be_shown, shape
from wres_pipeline.reference.spreadsheets import no_formula

FILE = "texts-not-shown.csv"
COLUMNS = ("id", "column", "text")


def told(con: duckdb.DuckDBPyConnection, column: str, texts: Sequence[tuple[str, str]]) -> list[str]:
    """What a check may say of each text of a column (organisation, text): itself in quotation marks, or its id and shape.

    A text keeps its id as long as the warehouse holds it.
    """
    found = {each: f'"{each[1]}"' for each in texts if may_be_shown(each[1])}
    if hidden := [each for each in dict.fromkeys(texts) if each not in found]:
        schema.add_to(con, [schema.table("texts_not_shown")])
        found |= {(code, text): _by_id(con, code, column, text) for code, text in hidden}
    return [found[each] for each in texts]


def _by_id(con: duckdb.DuckDBPyConnection, organisation_code: str, column: str, text: str) -> str:
    row = con.execute(
        "SELECT id FROM texts_not_shown WHERE organisation_code = ? AND column_name = ? AND text = ?",
        [organisation_code, column, text],
    ).fetchone()
    if row is None:
        row = con.execute(
            "INSERT INTO texts_not_shown (organisation_code, id, column_name, text) SELECT ?, coalesce(max(id), 0) + 1, ?, ? FROM texts_not_shown "
            "WHERE organisation_code = ? RETURNING id",
            [organisation_code, column, text, organisation_code],
        ).fetchone()
    assert row is not None
    return f"text {row[0]} of restricted/{FILE} ({shape(text)})"


def write(con: duckdb.DuckDBPyConnection, organisation_code: str, path: Path) -> int:
    """Write the organisation's texts to its restricted file, columns `COLUMNS`; gives how many, and writes none for none."""
    schema.add_to(con, [schema.table("texts_not_shown")])
    rows = con.execute(
        "SELECT id, column_name, text FROM texts_not_shown WHERE organisation_code = ? ORDER BY id",
        [organisation_code],
    ).fetchall()
    if not rows:
        path.unlink(missing_ok=True)
        return 0
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([number, column, no_formula(text)] for number, column, text in rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.parent.chmod(whole_file.PRIVATE_FOLDER)
    whole_file.write(path, b"\xef\xbb\xbf" + out.getvalue().encode())
    return len(rows)
