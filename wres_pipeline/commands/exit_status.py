"""The exit status of the commands, and what is said where something went wrong that no command foresees.

0 made; 1 made, with an error to look at (`--strict`: a warning too); 2 not made, with the reason; 3 a fault of ours, with
the place of its report. No traceback and no class name reaches the terminal.
"""

from __future__ import annotations

import errno
import re
import shutil
import traceback
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import typer

from wres_pipeline import whole_file
from wres_pipeline.extracts.outcomes.findings import Finding
from wres_pipeline.governance import installation

MADE, TO_LOOK_AT, NOT_MADE, FAULT = 0, 1, 2, 3
ERRORS = frozenset({"file_refused", "written_file_not_read", "file_gone"})
"""Findings that are errors though the return is made without what they are about; other findings to look at are warnings."""
_CLASS = re.compile(
    r"^(?:[A-Za-z_][\w.]*(?:Error|Exception|Warning|Failure|Interrupt)|[a-z_]+(?:\.[A-Za-z_]\w*)+):\s*"
)
FULL = ("no space left", "disk is full")
ENOUGH = 1 << 20
"""Bytes free below which a database that cannot be written is taken for one on a full disk. [ours]"""
DAMAGED = (
    "not a valid duckdb database",
    "corrupt",
    "checksum",
    "serialization",
    "database has been invalidated",
)


def of_made(
    failed_checks: Iterable[tuple[str, str, bool]], findings: Sequence[Finding], *, strict: bool = False
) -> int:
    """The status of a run that made its return. failed_checks: (name, words, whether it is an error)."""
    checks = list(failed_checks)
    errors = any(is_error for _, _, is_error in checks) or any(
        f.to_act_on and (f.code in ERRORS or f.severity == "blocks") for f in findings
    )
    warned = bool(checks) or any(f.to_act_on for f in findings)
    return TO_LOOK_AT if errors or (strict and warned) else MADE


def without_class(message: str) -> str:
    """An error's words without the name of its class."""
    first = next((line for line in message.strip().splitlines() if line.strip()), "unknown error")
    while (shorter := _CLASS.sub("", first)) != first and shorter:
        first = shorter
    return first


def foreseen(error: BaseException, home: Path, warehouse: Path) -> str:
    """What to say of an error of the machine or of the folders of a run; blank for a fault of ours."""
    words = str(error)
    if (
        isinstance(error, OSError)
        and error.errno in (errno.ENOSPC, errno.EDQUOT)
        or any(mark in words.lower() for mark in FULL)
        or _is_full(home)
        and installation.record_of_runs(error, home) is not None
    ):
        return (
            "the disk is full. What was there before still stands; free some space and run again, and the run goes on from "
            "what has landed."
        )
    if isinstance(error, OSError) and error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{error.filename or 'a file'} may not be read or written by this user. Let this user, and run again."
    if isinstance(error, duckdb.Error) and any(mark in words.lower() for mark in DAMAGED):
        return (
            f"the warehouse {warehouse} is damaged, or no DuckDB file. Move it away and run again: it is made anew from the "
            "extracts. Decisions and outputs are not in it."
        )
    if isinstance(error, duckdb.OutOfMemoryException):
        return "there is not enough memory for this run. Close other programs, or run fewer organisations at once."
    if found := installation.record_of_runs(error, home):
        return f"{found.words}. What to do: {found.remedy}."
    if isinstance(error, OSError) and error.filename and error.strerror:
        return f"{error.filename}: {error.strerror.lower()}."
    return ""


def _is_full(home: Path) -> bool:
    """Whether the disk the folder stands (or would stand) on has no space left."""
    place = next((one for one in (home, *home.parents) if one.exists()), Path.cwd())
    return shutil.disk_usage(place).free < ENOUGH


def report_of_fault(error: BaseException, home: Path) -> Path:
    """Write what went wrong, for us, into a file of the owner's alone; gives its place."""
    place = home / "faults" / f"{datetime.now(UTC):%Y-%m-%dT%H%M%S}.txt"
    text = "".join(traceback.format_exception(error))
    try:
        return whole_file.write(place, text.encode("utf-8", "replace"))
    except OSError:
        return whole_file.write(Path.cwd() / f"wres-fault-{place.name}", text.encode("utf-8", "replace"))


def unforeseen(error: Exception) -> int:
    """Say what an error of the machine is, or where the report of a fault of ours stands; gives the exit status."""
    show = getattr(error, "show", None)
    if show is not None and hasattr(error, "exit_code"):  # what the command line says of its own options
        show()
        return NOT_MADE
    from wres_pipeline import settings as settings_module
    from wres_pipeline.governance.audit_trail import AuditTrailError
    from wres_pipeline.reports.release.seal import SealError
    from wres_pipeline.reports.release.sign_off import SignOffError

    if isinstance(error, AuditTrailError | SealError | SignOffError):
        typer.echo(f"wres: {error}", err=True)
        return NOT_MADE
    try:
        settings = settings_module.load()
        home, warehouse = settings.dagster_home, settings.warehouse
    except settings_module.SettingsError:
        home = warehouse = Path.cwd()
    if words := foreseen(error, home, warehouse):
        typer.echo(f"wres: {words}", err=True)
        return NOT_MADE
    place = report_of_fault(error, home)
    typer.echo(
        f"wres: this is a fault of ours, not of your files. Its report is {place}; look through it for people before you send "
        "it. What stood before still stands.",
        err=True,
    )
    return FAULT
