"""The annual job on a folder of extracts, in this process, and what it left behind.

The run on the committed sample takes longest, so it is made once a test session and shared, by the workers of
pytest-xdist too. A test only reads what the shared run left; one that changes anything makes a run of its own.
"""

from __future__ import annotations

import dataclasses
import io
import json
import multiprocessing
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy
from filelock import FileLock

from wres_pipeline import settings as settings_module
from wres_pipeline.commands import run as command_run
from wres_pipeline.settings import Settings

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "data" / "sample"
SAMPLE_ORGANISATIONS = ("X01", "XTR")
SAMPLE_YEARS = (2021, 2020)
MADE, MADE_WITH_FAILED_CHECKS, NOT_MADE = 0, 1, 2
ALONE = "import os; os.cpu_count = lambda: 1; from wres_pipeline import cli; cli.main()"
"""The command without its second process, which would import for seconds what the first has imported."""


@dataclass(frozen=True)
class AnnualRun:
    """status: the exit status of `wres run`; printed: what it wrote to the terminal; seconds: wall time."""

    extracts: Path
    place: Path
    status: int
    printed: str
    seconds: float

    @property
    def output(self) -> Path:
        return self.place / "output"

    @property
    def warehouse(self) -> Path:
        return self.place / "warehouse.duckdb"

    @property
    def dagster_home(self) -> Path:
        return self.place / "dagster_home"


def settings_file(place: Path) -> Path:
    """The committed settings in a file of the run's own, without the PDF: it takes seconds, and one test makes it."""
    file = place / "wres.toml"
    given = (ROOT / "wres.toml").read_text(encoding="utf-8")
    file.write_text(f"{given}\n[reports]\npdf = false\n", encoding="utf-8")
    return file


def settings_of(extracts: Path, place: Path, file: Path = ROOT / "wres.toml") -> Settings:
    """The settings of a file, the committed one unless another is given, with the folders of one run."""
    return dataclasses.replace(
        settings_module.load(file),
        extracts=extracts,
        output=place / "output",
        warehouse=place / "warehouse.duckdb",
        dagster_home=place / "dagster_home",
    )


def make(
    extracts: Path,
    place: Path,
    *,
    year: int | None = None,
    organisations: Sequence[str] = (),
    reports_for: Sequence[str] = (),
) -> AnnualRun:
    """What `wres run` does, with its warehouse, outputs and Dagster home inside `place`."""
    place.mkdir(parents=True, exist_ok=True)
    printed = io.StringIO()
    began = time.perf_counter()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(printed):
        for variable in ("WRES_EXTRACTS", "WRES_OUTPUT", "WRES_WAREHOUSE", "WRES_DAGSTER_HOME"):
            patch.delenv(variable, raising=False)
        # the assets read the settings file again, wherever the tests are started from
        file = settings_file(place)
        patch.setenv("WRES_SETTINGS", str(file))
        patch.setenv("DAGSTER_HOME", str(place / "dagster_home"))
        status = command_run.run(
            settings_of(extracts, place, file),
            organisations=list(organisations),
            year=year,
            reports_for=list(reports_for),
            no_reports=False,
            dated="",
        )
    return AnnualRun(extracts, place, status, printed.getvalue(), time.perf_counter() - began)


@sqlalchemy.event.listens_for(sqlalchemy.engine.Engine, "connect")
def _do_not_wait_for_the_disk(connection: object, _record: object) -> None:
    """Dagster's event log commits hundreds of times a run: the tests need it whole after a kill, not after a power cut."""
    connection.execute("PRAGMA synchronous=OFF")  # type: ignore[attr-defined]


def copy_of_the_sample(place: Path, *codes: str) -> Path:
    """The sample's extracts of some organisations in another folder, with other file times."""
    for code in codes:
        (place / code).mkdir(parents=True)
        for path in sorted((SAMPLE / code).iterdir()):
            shutil.copyfile(path, place / code / path.name)
    return place


def edition(output: Path, code: str, year: int, edition: str) -> Path:
    """The folder of an organisation's edition of a year, `internal` or `public`."""
    return (
        output / "public" / code / str(year) if edition == "public" else output / code / str(year) / edition
    )


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder: its path there, and its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The files that are missing from either, or whose bytes differ."""
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def killed_after(extracts: Path, place: Path, words: str, more: float) -> bool:
    """Start a run in a process of its own and kill it (SIGKILL) `more` seconds after it logs `words`.

    True when it was killed before its end. The process is forked from one that has everything imported, so that a
    kill falls into the run and not into ten seconds of imports.
    """
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.annual_run", "wres_pipeline.definitions", "great_expectations"])
    log = place / "dagster_home" / "wres.log"
    before = _in_log(log, words)
    child = processes.Process(target=_run_in_a_child, args=(extracts, place))
    with pytest.MonkeyPatch.context() as patch:
        # what the processes are forked from refuses a home that a test before this one has left and lost
        patch.delenv("DAGSTER_HOME", raising=False)
        child.start()
    while child.is_alive() and _in_log(log, words) == before:
        time.sleep(0.005)
    time.sleep(more)
    child.kill()
    child.join()
    return child.exitcode == -signal.SIGKILL


def _run_in_a_child(extracts: Path, place: Path) -> None:
    # what a killed run leaves in the temporary folder stays where the test can see it
    (place / "scratch").mkdir(parents=True, exist_ok=True)
    tempfile.tempdir = str(place / "scratch")
    # a second process would import for seconds what this one has been forked with
    os.cpu_count = lambda: 1
    make(extracts, place)


def _in_log(log: Path, words: str) -> int:
    return log.read_bytes().count(words.encode()) if log.exists() else 0


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> AnnualRun:
    """The annual job on the committed sample, made once a session. Read only."""
    base = tmp_path_factory.getbasetemp()
    place = (base if worker_id == "master" else base.parent) / "sample_run"
    told = place / "made.json"
    with FileLock(f"{place}.lock"):
        if not told.exists():
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(os, "cpu_count", lambda: 2)  # with its second process, on any machine
                made = make(SAMPLE, place)
            told.write_text(json.dumps([made.status, made.printed, made.seconds]), encoding="utf-8")
    return AnnualRun(SAMPLE, place, *json.loads(told.read_text(encoding="utf-8")))
