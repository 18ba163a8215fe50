"""Runs whose process is gone: found by the lock each run holds while it lives, or before it has one by the number its process
told; ended, and their turn given back."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import dagster as dg
from filelock import FileLock, Timeout

ALIVE = "runs_alive"
"""The folder of a Dagster home that holds a locked file for every run that lives."""
BEGINNING = 60.0
"""Seconds from its launch after which a run that has told no process is gone, unless the code server that begins it says that
it is at it: a busy machine takes minutes to begin a process. One that begins after all finds its run ended and goes no further."""
UNSEEN = 300.0
"""The same where the code server may live and not be seen from here: each service has a folder for its sockets of its own."""
PATIENCE = 20
"""Seconds a code server has to answer."""
PROCESSES = Path("/proc")
LAUNCHED_BY = ".dagster/grpc_info"
"""The tag in which Dagster notes the code server that began the process of a run."""
HERE = ("localhost", "127.0.0.1", "::1")
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
        with suppress(
            OSError
        ):  # first, where the system allows it: a lock that is free is that of a dead run
            place.unlink()
        lock.release()
        with suppress(OSError):
            place.unlink()


def dead_runs(instance: dg.DagsterInstance, unseen: float = UNSEEN) -> dict[str, dg.DagsterRun]:
    """Every run that has not ended and whose process is gone, by its id.

    A run without a lock imports the pipeline still, or is somebody else's and never takes one: it is gone when none of the
    processes it told of is there any more, or when it told of none in the time it has for that and no code server has it in hand.
    unseen: that time where no code server can be asked.
    """
    found = {}
    for record in instance.get_run_records(dg.RunsFilter(statuses=UNENDED)):
        run = record.dagster_run
        place = _place(instance, run.run_id)
        if place.exists():
            gone = _free(place)
        elif told := _processes(instance, run):
            gone = _is_here(run) and not any(map(_lives, told))
        else:
            waited = time.time() - record.update_timestamp.timestamp()
            gone = waited >= BEGINNING and not _is_begun(run, otherwise=waited < unseen)
        if gone:
            found[run.run_id] = run
    return found


def end_dead_runs(instance: dg.DagsterInstance, unseen: float = UNSEEN) -> list[str]:
    """End every run whose process is gone, and give back what it held; gives their ids."""
    dead = dead_runs(instance, unseen)
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


def _processes(instance: dg.DagsterInstance, run: dg.DagsterRun) -> set[int]:
    """The processes a run told of in its events."""
    events = instance.all_logs(run.run_id, of_type=dg.DagsterEventType.ENGINE_EVENT)
    told = [each.dagster_event.engine_event_data.metadata.get("pid") for each in events if each.dagster_event]
    return {int(str(number.value)) for number in told if number is not None}


def _is_begun(run: dg.DagsterRun, *, otherwise: bool) -> bool:
    """Whether the code server that was asked to begin a run has it in hand; otherwise: what counts where none can be asked."""
    told = json.loads(run.tags.get(LAUNCHED_BY, "{}"))
    if not (told.get("port") or Path(told.get("socket") or "nowhere").exists()):
        return otherwise
    try:  # Dagster says this to its own parts alone: where an upgrade has moved them, nobody can be asked
        from dagster._grpc.client import DagsterGrpcClient
        from dagster._grpc.types import CanCancelExecutionRequest
    except ImportError:
        return otherwise
    server = DagsterGrpcClient(
        told.get("port"), told.get("socket"), told["host"], use_ssl=told.get("use_ssl", False)
    )
    try:
        answer = server.can_cancel_execution(CanCancelExecutionRequest(run_id=run.run_id), timeout=PATIENCE)
    except dg.DagsterError as error:
        return "timed out" in str(error)  # it is there, and busy
    return bool(json.loads(answer)["can_cancel"])


def _is_here(run: dg.DagsterRun) -> bool:
    """Whether the processes of a run can be seen from here: another container or machine counts its own."""
    launched_by = json.loads(run.tags.get(LAUNCHED_BY, "{}"))
    return launched_by.get("host", HERE[0]) in HERE


def _lives(process: int) -> bool:
    """Whether this number is a Python process still: the system gives numbers out again, and keeps that of a dead child for a
    while, without a command line. Where the system does not show command lines, whether the number is there."""
    if sys.platform == "win32":
        import psutil

        return psutil.pid_exists(process)
    try:
        if not PROCESSES.is_dir():
            os.kill(process, 0)
            return True
        return b"python" in (PROCESSES / str(process) / "cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return False
    except OSError:
        return True
