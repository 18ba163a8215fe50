"""What the folder says is what counts: after landing, the ledger is brought to what stands in the folders.

A delivery whose file is gone does not count, one whose file is back counts again, and of two files of one kind and
day the later in the natural order of their names counts. So a warehouse that has grown for years and a fresh one hold
the same deliveries that count for the same folder.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from wres_pipeline.extracts.intake.deliveries import Delivery, find
from wres_pipeline.warehouse import sql, transaction


@dataclass(frozen=True, slots=True)
class Present:
    """A file of a folder, in the order in which files count, and the delivery it holds."""

    delivery_id: str
    file_name: str


@dataclass(frozen=True, slots=True)
class FolderChanges:
    """gone: counted before, and its file is no longer there. restored: did not count before this run, was known from
    an earlier one, and counts now."""

    gone: tuple[Delivery, ...] = ()
    restored: tuple[Delivery, ...] = ()


def bring_up_to_date(
    con: duckdb.DuckDBPyConnection,
    organisations: Sequence[str],
    present: Sequence[Present],
    landed_now: Sequence[str],
) -> FolderChanges:
    """Mark in the ledger which deliveries of `organisations` stand in their folders, and order them as the folder does.

    `present`: every file of these folders that could be read, in order. `landed_now`: ids of deliveries this run added.
    All in one transaction.
    """
    codes = list(organisations)
    with transaction(con):
        before = _counting(con, codes) - set(landed_now)
        order = {one.delivery_id: (place, one.file_name) for place, one in enumerate(present)}
        con.execute(
            sql(__package__, "folder_counts.sql"),
            {
                "organisations": codes,
                "deliveries": list(order),
                "places": [place for place, _ in order.values()],
                "names": [name for _, name in order.values()],
            },
        )
        now = _counting(con, codes)
    absent = before - set(order)
    restored = now - before - set(landed_now)
    return FolderChanges(_entries(con, absent), _entries(con, restored))


def _counting(con: duckdb.DuckDBPyConnection, codes: list[str]) -> set[str]:
    return {
        row[0]
        for row in con.execute(
            "SELECT delivery_id FROM current_deliveries WHERE list_contains(?::VARCHAR[], organisation_code)",
            [codes],
        ).fetchall()
    }


def _entries(con: duckdb.DuckDBPyConnection, ids: set[str]) -> tuple[Delivery, ...]:
    found = (find(con, one) for one in ids)
    return tuple(
        sorted(
            (d for d in found if d is not None),
            key=lambda d: (d.organisation_code, d.kind, str(d.period), d.file_name),
        )
    )
