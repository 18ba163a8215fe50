"""Runs whose process is gone: found by the lock each run holds while it lives, ended, and their turn given back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import dagster as dg
from filelock import FileLock, Timeout

ALIVE = "runs_alive"
"""The folder of a Dagster home that holds a locked file for every run that lives."""
BEGINNING = 300.0
"""Seconds a run may take from its launch until it holds its lock: it imports the pipeline first."""
UNENDED = [dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING]
GONE = "The process of this run was ended before the run was. What it had made stands; run it again to make the rest."


def _place(instance: dg.DagsterInstance, run_id: str) -> Path:
    folder = Path(instance.root_directory) / ALIVE
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder / f"{run_id}.lock"


@contextmanager
def alive(instance: dg.DagsterInstance, run_id: str) -> Iterator[None]:
    """Hold the lock of a run while it lives: the system lets go of it when its process dies."""
    place = _place(instance, run_id)
    lock = FileLock(place, mode=0o600)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        yield  # this process holds it already
        return
    try:
        yield
    finally:
        lock.release()
        with suppress(OSError):
            place.unlink()


def dead_runs(instance: dg.DagsterInstance) -> dict[str, dg.DagsterRun]:
    """Every run that has not ended and whose process is gone, by its id.

    A run that has no lock yet is gone when it was launched long ago.
    """
    found = {}
    for record in instance.get_run_records(dg.RunsFilter(statuses=UNENDED)):
        run = record.dagster_run
        place = _place(instance, run.run_id)
        if place.exists() and not _free(place):
            continue
        launched = record.start_time or record.create_timestamp.timestamp()
        if place.exists() or time.time() - launched >= BEGINNING:
            found[run.run_id] = run
    return found


def end_dead_runs(instance: dg.DagsterInstance) -> list[str]:
    """End every run whose process is gone, and give back what it held; gives their ids."""
    dead = dead_runs(instance)
    for run_id, run in dead.items():
        instance.event_log_storage.free_concurrency_slots_for_run(run_id)
        instance.report_run_failed(run, GONE)
        with suppress(OSError):
            _place(instance, run_id).unlink()
    return list(dead)


def end_dead_runs_of_the_home() -> list[str]:
    """The same for the home that DAGSTER_HOME names."""
    with dg.DagsterInstance.get() as instance:
        return end_dead_runs(instance)


def _free(place: Path) -> bool:
    lock = FileLock(place)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return False
    lock.release()
    return True
