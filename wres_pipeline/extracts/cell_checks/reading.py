"""What the reader noted in the ledger: columns of one meaning, what a sheet hides, cells merged over rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wres_pipeline.extracts.cell_checks import feeds
from wres_pipeline.extracts.cell_checks.feeds import counted, told
from wres_pipeline.extracts.intake.deliveries import Delivery
from wres_pipeline.extracts.outcomes.findings import Finding, Severity
from wres_pipeline.extracts.reading.headings import showable


def find(delivery: Delivery) -> Iterator[Finding]:
    """The findings about how one file was read."""
    for entry in _entries(delivery.reading.get("columns_twice")):
        yield _twice(delivery, entry)
    yield from _missing(delivery)
    if hidden := delivery.reading.get("hidden_rows"):
        rows = int(str(hidden))
        yield told(
            delivery, "hidden_rows", "look_at",
            f"{counted(rows, 'row is', 'rows are')} hidden in the sheet, by a filter or by hand, and counted like the others.",
            "Nothing to do, if they belong to the list; else delete them, and send the file again.",
            rows=rows,
        )  # fmt: skip
    if sheet := delivery.reading.get("hidden_sheet"):
        yield told(
            delivery, "hidden_sheet", "look_at",
            f"The rows come from the sheet {showable(str(sheet))!r}, which is hidden ({counted(delivery.rows_in, 'row', 'rows')}).",
            "Nothing to do, if that is the list; else delete the sheet, and send the file again.",
            rows=delivery.rows_in,
        )  # fmt: skip
    if struck := delivery.reading.get("struck_rows"):
        rows = int(str(struck))
        yield told(
            delivery, "struck_through", "look_at",
            f"{counted(rows, 'row is', 'rows are')} struck through in the sheet, and counted like the others.",
            "Nothing to do, if they belong to the list; else delete them, and send the file again.",
            rows=rows,
        )  # fmt: skip
    if wide := delivery.reading.get("sheet_as_wide"):
        rows = int(str(wide))
        yield told(
            delivery, "sheet_as_wide", "look_at",
            f"Another sheet is as wide as the one that is read, has no headings and {counted(rows, 'row', 'rows')}: the list may go on there.",
            "Put all rows below one heading in one sheet, and send the file again. If it is no part of the list, delete that sheet.",
            rows=rows,
        )  # fmt: skip
    if cells := delivery.reading.get("last_row_short"):
        yield told(
            delivery, "last_row_short", "look_at",
            f"The last row has {cells} cells, fewer than every row before it: the file may have been cut off.",
            "Look whether the last row is whole; if it is not, export the file again.",
            rows=1,
        )  # fmt: skip
    merged = delivery.reading.get("merged_cells")
    for column, rows in merged.items() if isinstance(merged, dict) else ():
        yield told(
            delivery, "merged_cells", "look_at",
            f"{counted(rows, 'row takes its', 'rows take their')} {column} from a cell merged with the row above.",
            "Nothing to do, if the merged cell means all its rows; else undo the merging, and send the file again.",
            column=column, rows=rows,
        )  # fmt: skip


def _missing(delivery: Delivery) -> Iterator[Finding]:
    """Columns the file does not have, and what is then taken to hold for every row."""
    gone = delivery.reading.get("columns_missing")
    for column in gone if isinstance(gone, list) else []:
        feed = feeds.of_column(delivery.kind, str(column))
        if feed.missing is not None and delivery.rows_accepted:
            yield told(
                delivery, "column_missing", feed.missing,
                f"The file has no column {column} ({counted(delivery.rows_accepted, 'row', 'rows')}): {feed.assumed}.",
                "Nothing to do, if that holds; else add the column, or say in mappings/headings.csv beside the extracts (first line "
                f"label,means) which heading it has, such as `its heading,{column}`.",
                column=str(column), rows=delivery.rows_accepted,
            )  # fmt: skip


def _twice(delivery: Delivery, entry: dict[str, Any]) -> Finding:
    column, heading = str(entry["column"]), str(entry["heading"])
    feed = feeds.of_column(delivery.kind, column)
    if entry["differ"]:
        severity: Severity = "blocks" if feed.indicators else "note"
        return told(
            delivery, "columns_twice", severity,
            f"Two columns say {column}, and they contradict each other in {counted(entry['differ'], 'row', 'rows')}; the one "
            f"headed {heading!r} is not used.",
            "Take the wrong one out of the file, or give its heading a meaning of its own in mappings/headings.csv.",
            column=column, rows=entry["differ"],
        )  # fmt: skip
    added = (
        f"{counted(entry['filled'], 'blank is', 'blanks are')} filled from the one headed {heading!r}"
        if entry["filled"]
        else f"the one headed {heading!r} adds nothing"
    )
    return told(
        delivery, "columns_twice", "note",
        f"Two columns say {column} and never contradict each other: {added}.",
        "Nothing to do.",
        column=column, rows=entry["filled"],
    )  # fmt: skip


def _entries(found: object) -> list[dict[str, Any]]:
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []
