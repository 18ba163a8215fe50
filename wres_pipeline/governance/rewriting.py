"""The warehouse file written anew, so that what was deleted in it is gone from its bytes."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import duckdb

from wres_pipeline import warehouse, whole_file


def rewritten(
    place: Path, change: Callable[[duckdb.DuckDBPyConnection], None], *, sealed: bool | None = None
) -> None:
    """Change a copy of the warehouse, write it anew from what is left, and put that in its place in one step.

    sealed: whether the new one is stored encrypted; None as the old one was. Killed at any moment, the warehouse is the old
    one or the new one. Raises WarehouseBusyError when it is in use, WarehouseError without its key.
    """
    beside, clean = (place.with_name(place.name + ending) for ending in warehouse.COPIES[:2])
    before = warehouse.is_sealed(place)
    after = before if sealed is None else sealed
    try:
        with warehouse.connect(place) as con:  # holds every other process out while it lasts
            con.execute("CHECKPOINT")
            _copy_database(con, beside, sealed=before)
            with warehouse.connect(beside) as copy:
                with warehouse.transaction(copy):
                    change(copy)
                copy.execute("CHECKPOINT")
                _copy_database(copy, clean, sealed=after)
            _take_away(beside)
            clean.chmod(whole_file.PRIVATE_FILE)
            whole_file.flush(clean)
            if os.name != "nt":
                clean.replace(
                    place
                )  # while the old one is held, so that nobody can have written to it meanwhile
        if os.name == "nt":
            clean.replace(place)
        whole_file.flush(place.parent)
    finally:
        _take_away(beside, clean)


def _take_away(*places: Path) -> None:
    for place in places:
        for ending in ("", ".wal", ".open"):
            place.with_name(place.name + ending).unlink(missing_ok=True)


def _copy_database(con: duckdb.DuckDBPyConnection, target: Path, *, sealed: bool) -> None:
    """Everything of the open database into a new file: tables with their rows in order, and views."""
    name = con.execute("SELECT current_database()").fetchall()[0][0]
    warehouse.attach(con, target, "rewritten", sealed=sealed)
    con.execute(f'COPY FROM DATABASE "{name}" TO rewritten')
    con.execute("CHECKPOINT rewritten")
    con.execute("DETACH rewritten")
