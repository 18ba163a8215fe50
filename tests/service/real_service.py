"""The web UI and the daemon as they are really started, in processes of their own, and what can be asked of them.

Everything a person does in the web UI goes through its GraphQL address, and so does what the tests do.
"""

from __future__ import annotations

import json
import os
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.service import warden

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
LOCATION = "wres_pipeline.definitions"
SETTINGS = """\
[folders]
extracts = "extracts"
output = "output"
warehouse = "warehouse/wres.duckdb"
dagster_home = "dagster_home"
[reports]
pdf = false
"""
LOOK_EVERY = "5"
"""Seconds between two looks of the sensors, where a minute is usual."""
ENDED = {"SUCCESS", "FAILURE", "CANCELED"}
LAUNCH = """mutation($p: ExecutionParams!) { launchRun(executionParams: $p) {
  __typename ... on LaunchRunSuccess { run { runId } } ... on UnauthorizedError { message } ... on PythonError { message } } }"""
BACKFILL = """mutation($p: LaunchBackfillParams!) { launchPartitionBackfill(backfillParams: $p) {
  __typename ... on LaunchBackfillSuccess { backfillId } ... on UnauthorizedError { message } ... on PythonError { message } } }"""
AGAIN = """mutation($p: ReexecutionParams!) { launchRunReexecution(reexecutionParams: $p) {
  __typename ... on LaunchRunSuccess { run { runId } } ... on PythonError { message } } }"""
TICK = """mutation($s: ScheduleSelector!, $t: Float) { scheduleDryRun(selectorData: $s, timestamp: $t) {
  ... on DryRunInstigationTick { evaluationResult { runRequests { tags { key value } } } } } }"""
RUNS = "{ runsOrError { ... on Runs { results { runId jobName status tags { key value } } } } }"


class NotInTimeError(AssertionError):
    """What was waited for has not come; holds the end of what the processes said."""


def a_free_port() -> int:
    """A port of this machine that nothing listens at."""
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        return int(reserved.getsockname()[1])


def unit_command(name: str, line: str = "ExecStart") -> list[str]:
    """The words of a line of one of the systemd units, with the programs of this environment."""
    text = (ROOT / "deploy" / "systemd" / name).read_text(encoding="utf-8")
    told = next(each for each in text.splitlines() if each.startswith(f"{line}="))
    return shlex.split(told.partition("=")[2].replace("/opt/wres/.venv/bin", str(BIN)))


@dataclass
class Service:
    """An installation in a folder of its own: extracts, settings, home; and the processes started on it."""

    place: Path
    more: Mapping[str, str] = field(default_factory=dict)
    port: int = field(default_factory=a_free_port)
    path: str = ""
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _warden: subprocess.Popen[str] | None = None

    def __post_init__(self) -> None:
        (self.place / "elsewhere").mkdir(parents=True)
        (self.place / "wres.toml").write_text(SETTINGS, encoding="utf-8")

    @property
    def home(self) -> Path:
        return self.place / "dagster_home"

    def environment(self) -> dict[str, str]:
        """What /etc/wres/environment sets, for this place."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("WRES_", "DAGSTER_"))}
        return {
            **kept, "WRES_SETTINGS": str(self.place / "wres.toml"), "WRES_LOOK_EVERY": LOOK_EVERY,
            "DAGSTER_GRPC_TIMEOUT_SECONDS": "300",
            "PYTHONPATH": os.pathsep.join([str(ROOT), kept.get("PYTHONPATH", "")]), **self.more,
        }  # fmt: skip

    def start(self, *words: str, home: bool = False) -> None:
        """Start a program in a process group of its own, from a folder that is not the installation's."""
        told = self.environment() | ({"DAGSTER_HOME": str(self.home)} if home else {})
        with (self.place / "said.log").open("ab") as log:
            started = subprocess.Popen(
                words, cwd=self.place / "elsewhere", env=told, stdout=log, stderr=log, start_new_session=True
            )
        self.processes.append(started)
        if self._warden is None:
            self._warden = subprocess.Popen(
                [sys.executable, "-S", warden.__file__],
                stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, text=True,
            )  # fmt: skip
        assert self._warden.stdin is not None
        self._warden.stdin.write(f"{started.pid}\n")
        self._warden.stdin.flush()

    def kill(self, number: int = signal.SIGKILL) -> None:
        """End every process of everything that was started, as a power cut would unless another signal is given."""
        if self._warden is not None:
            self._warden.kill()
            self._warden.communicate()
            self._warden = None
        for process in self.processes:
            warden.end(process.pid, number)
        for process in self.processes:
            process.wait(30)
        self.processes.clear()

    def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        """The answer of the web UI to a GraphQL query."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{self.path}/graphql",
            data=json.dumps({"query": query, "variables": variables}).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            told = json.loads(answer.read())
        assert "errors" not in told, told["errors"]
        return dict(told["data"])

    def until(self, what: str, true: Callable[[], Any], seconds: float = 600) -> Any:
        """Wait until something is true, and give it. Raises NotInTimeError, with what the processes said last."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if found := true():
                    return found
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                pass
            time.sleep(0.5)
        said = (self.place / "said.log").read_text(encoding="utf-8", errors="replace")
        raise NotInTimeError(f"not in {seconds:.0f} s: {what}\n{said[-6000:]}")

    def wait_for_the_ui(self) -> None:
        """Wait until the web UI has loaded the definitions."""
        loaded = "{ workspaceOrError { ... on Workspace { locationEntries { loadStatus locationOrLoadError { __typename } } } } }"

        def there() -> bool:
            places = self.ask(loaded)["workspaceOrError"]["locationEntries"]
            return bool(places) and places[0]["locationOrLoadError"]["__typename"] == "RepositoryLocation"

        self.until("the web UI", there)

    def runs(self, job: str = "") -> list[dict[str, Any]]:
        """The runs, the newest first, each with its tags as a dictionary."""
        found = self.ask(RUNS)["runsOrError"]["results"]
        for run in found:
            run["tags"] = {tag["key"]: tag["value"] for tag in run["tags"]}
        return [run for run in found if job in ("", run["jobName"])]

    def status(self, run_id: str) -> str:
        return next((run["status"] for run in self.runs() if run["runId"] == run_id), "")

    def launch(self, job: str, body: str, period: str, assets: Sequence[str] = ()) -> dict[str, Any]:
        """Launch a job for one body as its page in the web UI does; gives the answer."""
        dimension = "year" if len(period) == 4 else "month"
        key = f"{body}|{period}" if dimension == "year" else f"{period}|{body}"
        tags = {
            "dagster/partition": key,
            "dagster/partition/organisation": body,
            f"dagster/partition/{dimension}": period,
        }
        return self.launch_tagged(job, tags, assets)

    def launch_tagged(self, job: str, tags: Mapping[str, str], assets: Sequence[str] = ()) -> dict[str, Any]:
        """Launch a job with tags; gives the answer."""
        selector = {
            "repositoryLocationName": LOCATION, "repositoryName": "__repository__", "jobName": job,
            **({"assetSelection": [{"path": [name]} for name in assets], "assetCheckSelection": []} if assets else {}),
        }  # fmt: skip
        told = [{"key": k, "value": v} for k, v in tags.items()]
        params = {
            "selector": selector,
            "runConfigData": {},
            "mode": "default",
            "executionMetadata": {"tags": told},
        }
        return dict(self.ask(LAUNCH, p=params)["launchRun"])

    def asked_by(self, schedule: str, when: datetime) -> list[dict[str, str]]:
        """The tags of the runs a schedule asks for at a moment, as the web UI's test of a schedule gives them."""
        selector = {
            "repositoryLocationName": LOCATION,
            "repositoryName": "__repository__",
            "scheduleName": schedule,
        }
        tick = self.ask(TICK, s=selector, t=when.timestamp())["scheduleDryRun"]
        requests = tick["evaluationResult"]["runRequests"]
        return [{tag["key"]: tag["value"] for tag in request["tags"]} for request in requests]

    def backfill(self, cells: Sequence[str], assets: Sequence[str]) -> dict[str, Any]:
        """Backfill cells of some assets, as the grid in the web UI does; gives the answer."""
        params = {"assetSelection": [{"path": [name]} for name in assets], "partitionNames": list(cells)}
        return dict(self.ask(BACKFILL, p=params)["launchPartitionBackfill"])

    def again(self, run_id: str) -> dict[str, Any]:
        """Re-execute a run from its failure."""
        told = self.ask(AGAIN, p={"parentRunId": run_id, "strategy": "FROM_FAILURE"})
        return dict(told["launchRunReexecution"])

    def ended(self, run_id: str, seconds: float = 600) -> str:
        """Wait for the end of a run and give its status."""
        self.until(f"the end of run {run_id}", lambda: self.status(run_id) in ENDED, seconds)
        return self.status(run_id)
