"""The quarantine of one organisation as a CSV its data owner can work through. Holds people's rows: restricted."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import duckdb

from wres_pipeline import whole_file
from wres_pipeline.reference.spreadsheets import no_formula
from wres_pipeline.warehouse import sql

COLUMNS = (
    "file", "sheet", "row", "column", "looks_like", "reason", "what_to_do", "row_text", "kind", "period", "loaded_at",
)  # fmt: skip


def plain(text: object) -> str:
    """A cell no spreadsheet program takes for a formula: one that begins like one gets an apostrophe in front."""
    found = "" if text is None else str(text)
    return no_formula(found)


def write(con: duckdb.DuckDBPyConnection, organisation_code: str, path: Path) -> int:
    """Write the quarantined rows of the deliveries that count to `path`, readable by its owner only.

    Columns as `COLUMNS`; one row a reason. Returns the rows written. The file is written beside and renamed, so a killed
    run leaves the old one whole.
    """
    rows = con.execute(sql(__package__, "quarantine_file.sql"), [organisation_code]).fetchall()
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")
    beside.unlink(missing_ok=True)
    with os.fdopen(
        os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, whole_file.PRIVATE_FILE),
        "w",
        encoding="utf-8-sig",
        newline="",
    ) as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        writer.writerows([plain(cell) for cell in row] for row in rows)
    whole_file.put(beside, path)
    return len(rows)
