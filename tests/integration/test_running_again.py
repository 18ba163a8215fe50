"""Running twice changes nothing, anywhere, and a killed run leaves nothing that running again does not put right.

The extracts are those of the sample's smaller organisation; what its outputs must be is what the shared run on the whole
sample wrote. Nothing of the clock, the folders, the file times or the other organisations of a run may be in them.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests import annual_run
from tests.annual_run import MADE_WITH_FAILED_CHECKS, AnnualRun
from wres_pipeline import warehouse

CODE = "X01"
SEED = 20211124
KILLED_IN = (
    ("land_extracts - STEP_START", 0.5),
    ("annual_steps - STEP_START", 3.0),
    ("monthly_steps - STEP_START", 1.0),
)
"""Words of the log a run is killed after, and at most how many seconds: fewer than the work that begins there takes."""
NOT_COMPARED = ("check_outcomes",)
"""Tables of the warehouse left out of the comparison of tables: rows are replaced, in an order of no meaning."""


def tables_of(run: AnnualRun, *, without: tuple[str, ...] = ()) -> dict[str, list[tuple[Any, ...]]]:
    """Every table of the warehouse, its rows as text in a fixed order, without some columns."""
    with warehouse.connect(run.warehouse, read_only=True) as con:
        names = con.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE' ORDER BY 1"
        ).fetchall()
        found = {}
        for (name,) in names:
            columns = con.execute(
                "SELECT column_name FROM information_schema.columns WHERE table_name = ? ORDER BY ordinal_position",
                [name],
            ).fetchall()
            kept = ", ".join(f'"{column}"::VARCHAR' for (column,) in columns if column not in without)
            found[name] = con.execute(f'SELECT {kept} FROM "{name}" ORDER BY ALL').fetchall()
        return found


def outputs_of(run: AnnualRun) -> dict[str, bytes]:
    public = annual_run.files_of(run.output / "public" / CODE)
    return annual_run.files_of(run.output / CODE) | {f"public/{name}": held for name, held in public.items()}


@dataclass(frozen=True)
class Twice:
    """A run in an empty place and the same run again there: the outputs and tables after each."""

    first: AnnualRun
    second: AnnualRun
    outputs: dict[str, bytes]
    tables: dict[str, list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Twice:
    place = tmp_path_factory.mktemp("twice")
    extracts = annual_run.copy_of_the_sample(place / "elsewhere", CODE)
    first = annual_run.make(extracts, place)
    outputs, tables = outputs_of(first), tables_of(first)
    return Twice(first, annual_run.make(extracts, place), outputs, tables)


def test_a_fresh_warehouse_in_another_place_gives_the_same_bytes(twice: Twice, sample_run: AnnualRun) -> None:
    assert twice.first.status == sample_run.status == MADE_WITH_FAILED_CHECKS
    assert len(twice.outputs) > 5
    assert annual_run.differing(outputs_of(sample_run), twice.outputs) == []


def test_running_again_changes_no_byte_of_any_output(twice: Twice) -> None:
    assert twice.second.status == twice.first.status
    assert annual_run.differing(twice.outputs, outputs_of(twice.second)) == []


def test_running_again_changes_no_row_of_any_table(twice: Twice) -> None:
    after = tables_of(twice.second)
    assert {name: len(rows) for name, rows in after.items()} == {
        name: len(rows) for name, rows in twice.tables.items()
    }
    assert [name for name, rows in after.items() if rows != twice.tables[name]] == []


def test_what_is_printed_of_the_data_is_the_same_again(twice: Twice) -> None:
    def words(run: AnnualRun) -> list[str]:
        # what a run is at is said of the work there is, and the second has none
        return [x for x in run.printed.splitlines() if not x.startswith("Done in") and not x.endswith(" …")]

    assert words(twice.first) == words(twice.second)


def test_runs_killed_at_random_moments_are_put_right_by_running_again(twice: Twice, tmp_path: Path) -> None:
    # what a killed run has made stands, so the run after it is killed at work that no run has come to yet
    drawn = random.Random(SEED)
    killed = [
        annual_run.killed_after(twice.first.extracts, tmp_path, words, drawn.random() * seconds)
        for words, seconds in KILLED_IN
    ]
    assert killed == [True] * len(KILLED_IN)
    last = annual_run.make(twice.first.extracts, tmp_path)
    assert last.status == twice.first.status
    assert annual_run.differing(twice.outputs, outputs_of(last)) == []
    of_the_clock = ("loaded_at", "sequence", "brought_up_at")
    assert tables_of(last, without=of_the_clock) == tables_of(twice.second, without=of_the_clock)
