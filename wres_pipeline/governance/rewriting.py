"""The warehouse file written anew, so that what was deleted in it is gone from its bytes."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import duckdb

from wres_pipeline import warehouse, whole_file


def rewritten(place: Path, change: Callable[[duckdb.DuckDBPyConnection], None]) -> None:
    """Change a copy of the warehouse, write it anew from what is left, and put that in its place in one step.

    Killed at any moment, the warehouse is the old one or the new one. Raises WarehouseBusyError when it is in use.
    """
    beside, clean = place.with_name(place.name + ".changing"), place.with_name(place.name + ".rewritten")
    for left in (beside, clean, _log_of(beside), _log_of(clean)):
        left.unlink(missing_ok=True)
    try:
        with warehouse.connect(place) as con:  # holds every other process out while it lasts
            con.execute("CHECKPOINT")
            _copy_database(con, beside)
            with warehouse.connect(beside) as copy:
                with warehouse.transaction(copy):
                    change(copy)
                copy.execute("CHECKPOINT")
                _copy_database(copy, clean)
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
        for left in (beside, clean, _log_of(beside), _log_of(clean)):
            left.unlink(missing_ok=True)


def _copy_database(con: duckdb.DuckDBPyConnection, target: Path) -> None:
    """Everything of the open database into a new file: tables with their rows in order, and views."""
    name = con.execute("SELECT current_database()").fetchall()[0][0]
    con.execute(f"ATTACH '{str(target).replace(chr(39), chr(39) * 2)}' AS rewritten")
    con.execute(f'COPY FROM DATABASE "{name}" TO rewritten')
    con.execute("DETACH rewritten")


def _log_of(place: Path) -> Path:
    return place.with_name(place.name + ".wal")
