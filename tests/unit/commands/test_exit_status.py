"""What a command ends with, and what it says where something happens that no command foresees."""

from __future__ import annotations

import errno
import sqlite3
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from wres_pipeline.commands import exit_status
from wres_pipeline.extracts.outcomes.findings import Finding

LOOK = Finding("ethnic_share_moved", "look_at", "X01", "a share moved", "Look.")
REFUSED = replace(LOOK, code="file_refused")
WARNED, ERROR = [("a_check", "words", False)], [("a_check", "words", True)]


@pytest.mark.parametrize(
    ("checks", "findings", "ordinary", "strict"),
    [
        ([], [], 0, 0),
        (WARNED, [], 0, 1),
        (ERROR, [], 1, 1),
        ([], [LOOK], 0, 1),
        ([], [REFUSED], 1, 1),
        ([], [replace(REFUSED, confirmed="Head of Workforce")], 0, 0),
        ([], [replace(LOOK, severity="note")], 0, 0),
    ],
)
def test_a_return_that_was_made_ends_with_0_or_1(
    checks: list[tuple[str, str, bool]], findings: list[Finding], ordinary: int, strict: int
) -> None:
    assert exit_status.of_made(checks, findings) == ordinary
    assert exit_status.of_made(checks, findings, strict=True) == strict


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("wres_pipeline.action_plan.plan.PlanError: the plan", "the plan"),
        ("duckdb.duckdb.IOException: IO Error: No space", "IO Error: No space"),
        ("ValueError: a\nTraceback", "a"),
        ("Rows are missing: X01", "Rows are missing: X01"),
    ],
)
def test_no_class_name_stands_before_the_words(message: str, words: str) -> None:
    assert exit_status.without_class(message) == words


def dagster_error(settings: str) -> Exception:
    """What Dagster says of a home with these settings."""
    with tempfile.TemporaryDirectory() as home:
        (Path(home) / "dagster.yaml").write_text(settings, encoding="utf-8")
        try:
            dg.DagsterInstance.from_config(home)
        except Exception as error:  # noqa: BLE001 - whatever it is
            return error
    raise AssertionError(settings)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "disk is full"),
        (duckdb.IOException("IO Error: Could not write file: No space left on device"), "disk is full"),
        (PermissionError(errno.EACCES, "Permission denied", "/x/figures.csv"), "/x/figures.csv may not be"),
        (
            duckdb.IOException('The file "w" exists, but it is not a valid DuckDB database file!'),
            "Move it away",
        ),
        (sqlite3.DatabaseError("file is not a database"), "record of runs"),
        (sqlite3.OperationalError("database or disk is full"), "disk is full"),
        (
            dagster_error("run_storage: {module: wres_not_there, class: S, config: {}}"),
            "package wres-not-there",
        ),
        (dagster_error("storage: {sqlite: {base_dir: {env: WRES_NOT_SET}}}"), "variable WRES_NOT_SET"),
    ],
)
def test_what_is_wrong_with_the_machine_is_said_with_what_to_do(error: Exception, words: str) -> None:
    assert words in exit_status.foreseen(error, Path("home"), Path("w.duckdb"))


def test_a_fault_of_ours_is_written_down_for_the_owner_alone(tmp_path: Path) -> None:
    assert exit_status.foreseen(RuntimeError("odd"), tmp_path, tmp_path) == ""
    place = exit_status.report_of_fault(RuntimeError("odd"), tmp_path)
    assert "odd" in place.read_text()
    assert place.stat().st_mode & 0o077 == 0


def wres(*given: str, folder: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "wres_pipeline.cli", *given], cwd=folder, capture_output=True, text=True, timeout=120,
        env={"PYTHONPATH": str(Path(__file__).parents[3]), "PATH": "/usr/bin:/bin", "HOME": str(folder)}, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_a_command_line_that_is_none_and_a_warehouse_that_is_none_end_with_2_and_words(
    tmp_path: Path,
) -> None:
    (tmp_path / "w.duckdb").write_text("no database" * 1000)
    for given in (["run", "--yaer", "2021"], ["nonsense"], ["deliveries", "--warehouse", "w.duckdb"]):
        status, said = wres(*given, folder=tmp_path)
        assert status == 2, said
        assert "Traceback" not in said
        assert "Exception" not in said
