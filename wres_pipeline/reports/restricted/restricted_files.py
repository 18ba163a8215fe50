"""Files that hold people, for the people team only: written into the restricted folder, readable by their
owner alone.

Every cell is text that no spreadsheet runs as a formula. Nothing here is ever part of another output.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from wres_pipeline import whole_file
from wres_pipeline.extracts.naming import file_names
from wres_pipeline.quality.trac_to_esr import gap, linkage_card
from wres_pipeline.render.text import safe_cell
from wres_pipeline.reports.restricted import clerk_workbook, review
from wres_pipeline.warehouse import sql

REVIEW_PAGE = "link-review.html"
CORRECTIONS, LINKS, REVIEW, QUARANTINE = (
    "esr-corrections.csv",
    "trac-esr-links.csv",
    file_names.LINK_REVIEW,
    "quarantine.csv",
)

CORRECTION_HEADINGS = {
    "employee_number": "Employee Number",
    "what_to_do": "What to do",
    "trac_ethnic_origin": "TRAC says",
    "esr_ethnic_origin": "ESR says",
    "state": "Why",
    "start_date": "Start date",
    "application_id": "Application ID",
    "trac_as_at": "TRAC as at",
    "esr_snapshot": "ESR as at",
    "method": "How the person was found",
    "score": "Score",
    "explanation": "Evidence",
    "also_not_in_esr": clerk_workbook.OTHERS,
}


def write(
    con: duckdb.DuckDBPyConnection,
    organisation: str,
    as_at: date,
    folder: Path,
    review_pairs: int = 60,
    characteristics: bool = False,
) -> list[Path]:
    """Write the six files of an organisation's account at `as_at` into `folder` (made private); gives
    their paths.

    esr-corrections.xlsx: what the people team keys, with marks that are read back. esr-corrections.csv: the same for a
    program, with the evidence; both with `characteristics` which other answers ESR lacks. trac-esr-links.csv:
    application_id, employee_number (only of links sure enough to use), state, method, score.
    link-review.csv: pairs a person has to decide; filled in and saved as link-decisions.csv beside the
    extracts, it is read back; `review_pairs` of them at most, those worth most first, and link-review.html shows the same
    side by side. quarantine.csv: rows of the latest deliveries that could not be used.
    """
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(whole_file.PRIVATE_FOLDER)
    scope = {"organisation": organisation, "as_at": as_at}
    headings, rows = gap.corrections(con, organisation, as_at, others=characteristics)
    titles = [CORRECTION_HEADINGS[name] for name in headings]
    made = [write_private(folder / CORRECTIONS, csv_bytes(titles, rows))]
    made.append(clerk_workbook.write(con, organisation, as_at, folder, characteristics))
    found = con.execute(sql("wres_pipeline.reports.restricted", "restricted_review.sql"), scope)
    names, rows = [column[0] for column in found.description or []], found.fetchall()
    cards = linkage_card.read(con, [organisation], as_at)[organisation]
    pairs = review.ordered(names, rows, next(iter(cards), None), review_pairs)
    made.append(write_private(folder / REVIEW, csv_bytes(*pairs)))
    made.append(
        write_private(
            folder / REVIEW_PAGE, review.page(*pairs, f"Pairs to decide, {organisation}, {as_at:%B %Y}")
        )
    )
    for name, query, bound in (
        (LINKS, "restricted_links.sql", scope),
        (QUARANTINE, "restricted_quarantine.sql", {**scope, "year_before": _year_before(as_at)}),
    ):
        found = con.execute(sql("wres_pipeline.reports.restricted", query), bound)
        names = [column[0] for column in found.description or []]
        made.append(write_private(folder / name, csv_bytes(names, found.fetchall())))
    return made


def csv_bytes(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Rows as CSV with a byte-order mark, so that Excel reads names rightly; every cell harmless."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(headings)
    for row in rows:
        writer.writerow([safe_cell(_text(cell)) for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def write_private(path: Path, content: bytes) -> Path:
    """Write a file that only its owner may read, beside its place, and rename it."""
    return whole_file.write(path, content)


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.4f}".rstrip("0").rstrip(".")
    return str(cell)


def _year_before(day: date) -> date:
    return date(day.year - 1, day.month, min(day.day, 28))
