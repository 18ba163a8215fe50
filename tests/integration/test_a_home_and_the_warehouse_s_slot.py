"""A Dagster home of an earlier version works on, and nothing that died keeps the warehouse or stays a run at work."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import dagster as dg
import grpc
import pytest
import yaml
from dagster._core.events import EngineEventData
from dagster._core.storage.tags import GRPC_INFO_TAG
from dagster._core.test_utils import freeze_time
from dagster._grpc.__generated__.dagster_api_pb2 import CanCancelExecutionReply
from dagster._grpc.__generated__.dagster_api_pb2_grpc import (
    DagsterApiServicer,
    add_DagsterApiServicer_to_server,
)
from dagster._grpc.types import CanCancelExecutionRequest, CanCancelExecutionResult
from dagster._serdes import deserialize_value, serialize_value

from wres_pipeline import settings as settings_module
from wres_pipeline.commands import service
from wres_pipeline.orchestration import home, recovery
from wres_pipeline.orchestration.home import prepare_home
from wres_pipeline.pipelines import warehouse_slot

EARLIER = """\
event_log_storage:
  module: wres_pipeline.orchestration.event_store
  class: EventStore
  config:
    home:
      env: DAGSTER_HOME
telemetry:
  enabled: false
concurrency:
  pools:
    default_limit: 1
"""
HOLDER = """\
import sys, time
from pathlib import Path
from wres_pipeline.pipelines import warehouse_slot
with warehouse_slot.hold(Path(sys.argv[1]), "run 1234, annual_return", print):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_home_that_names_the_class_of_an_earlier_version_is_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    (tmp_path / "dagster.yaml").write_text(EARLIER, encoding="utf-8")
    prepare_home(tmp_path)
    told = yaml.safe_load((tmp_path / "dagster.yaml").read_text(encoding="utf-8"))
    assert told == {"telemetry": {"enabled": False}, "concurrency": {"pools": {"default_limit": 1}}}
    with dg.DagsterInstance.get() as instance:
        assert instance.get_runs_count() == 0


def test_a_home_holds_dagster_s_storage_before_any_service_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two web servers started together on a new home would both make it, and one would fail."""
    monkeypatch.setenv("WRES_DAGSTER_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "home"))
    service.home()
    assert {"runs.db", "index.db", "schedules.db"} <= {
        path.name for path in (tmp_path / "home").rglob("*.db")
    }
    with dg.DagsterInstance.get() as instance:
        queue = instance.get_concurrency_config().run_queue_config
    assert queue is not None and queue.max_concurrent_runs == 4
    # a run that is asked for while the code location cannot be loaded waits half an hour for it
    assert queue.max_user_code_failure_retries * queue.user_code_failure_retry_delay == 1800
    assert instance.run_monitoring_start_timeout_seconds == 600


def test_a_waiting_run_says_whom_it_waits_for_and_goes_on_when_that_process_is_killed(tmp_path: Path) -> None:
    place, said = tmp_path / "w.duckdb", []
    other = subprocess.Popen([sys.executable, "-c", HOLDER, place], stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"

    def say(words: str) -> None:
        said.append(words)
        other.kill()

    with warehouse_slot.hold(place, "wres quality", say):
        assert f"run 1234, annual_return (process {other.pid}, at work since" in said[0]
    other.wait()


def test_a_run_whose_process_is_gone_is_ended_and_one_that_lives_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    prepare_home(tmp_path)

    @dg.job
    def annual_return() -> None:
        pass

    with dg.DagsterInstance.get() as instance:
        dead, lives = (
            instance.create_run_for_job(annual_return, status=dg.DagsterRunStatus.STARTED).run_id
            for _ in range(2)
        )
        (tmp_path / recovery.ALIVE).mkdir()
        (tmp_path / recovery.ALIVE / f"{dead}.lock").touch()
        storage = instance.event_log_storage
        storage.set_concurrency_slots("warehouse", 1)
        assert storage.claim_concurrency_slot("warehouse", dead, "figures").is_claimed
        with recovery.alive(instance, lives):
            assert recovery.end_dead_runs(instance) == [dead]
            assert storage.claim_concurrency_slot("warehouse", lives, "figures").is_claimed
            assert recovery.end_dead_runs(instance) == []
        run = instance.get_run_by_id(dead)
        assert run is not None and run.status == dg.DagsterRunStatus.FAILURE


@contextmanager
def a_code_server() -> Iterator[tuple[int, set[str], set[str]]]:
    """(port, the runs it has in hand, those it is too busy to answer about) of a code server that answers whether it has a run in
    hand, and nothing else."""
    in_hand: set[str] = set()
    busy: set[str] = set()

    class Server(DagsterApiServicer):
        def CanCancelExecution(self, request: Any, _context: Any) -> CanCancelExecutionReply:  # noqa: N802 - as it is named there
            asked = deserialize_value(
                request.serialized_can_cancel_execution_request, CanCancelExecutionRequest
            )
            if asked.run_id in busy:
                time.sleep(1)
            answer = CanCancelExecutionResult(can_cancel=asked.run_id in in_hand)
            return CanCancelExecutionReply(serialized_can_cancel_execution_result=serialize_value(answer))

    server = grpc.server(ThreadPoolExecutor(2))
    add_DagsterApiServicer_to_server(Server(), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    yield port, in_hand, busy
    server.stop(0).wait()


@pytest.mark.parametrize("command_lines", [recovery.PROCESSES, Path("there", "are", "none")])
def test_a_run_that_has_no_lock_yet_is_gone_with_the_process_it_told_of_or_when_it_tells_of_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command_lines: Path
) -> None:
    monkeypatch.setattr(recovery, "PROCESSES", command_lines)  # other systems show no command lines
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    prepare_home(tmp_path)
    begins = dg.DagsterRunStatus.STARTING
    child = subprocess.Popen([sys.executable, "-c", "pass"])
    child.wait()

    @dg.job
    def annual_return() -> None:
        pass

    with dg.DagsterInstance.get() as instance:

        def launched(process: int = 0, host: str = "localhost", seconds: int = 0, **server: int) -> str:
            with freeze_time(datetime.now(UTC) - timedelta(hours=1)):
                told = json.dumps({"host": host, **server})
                run = instance.create_run_for_job(annual_return, tags={GRPC_INFO_TAG: told})
            with freeze_time(datetime.now(UTC) - timedelta(seconds=seconds)):
                instance.report_dagster_event(dg.DagsterEvent("PIPELINE_STARTING", run.job_name), run.run_id)
            if process:
                instance.report_engine_event("Started", run, EngineEventData.in_process(process))
            return run.run_id

        lives, queued = launched(os.getpid(), seconds=3000), launched(seconds=-600)
        elsewhere = launched(child.pid, host="code")
        gone, silent = launched(child.pid), launched(seconds=400)
        monkeypatch.setattr(recovery, "PATIENCE", 0.3)
        with a_code_server() as (port, in_hand, busy):
            slow, lost = launched(seconds=400, port=port), launched(seconds=90, port=port)
            asked_too_much = launched(seconds=400, port=port)
            in_hand.add(slow)
            busy.add(asked_too_much)
            unseen, of_no_server = launched(seconds=90), launched(seconds=90, port=1)
            statuses = {run.run_id: run.status for run in instance.get_runs()}
            kept = {lives, queued, elsewhere, slow, unseen, asked_too_much}
            assert statuses == dict.fromkeys((*kept, gone, silent, lost, of_no_server), begins)
            assert set(recovery.end_dead_runs(instance)) == {gone, silent, lost, of_no_server}
            assert recovery.end_dead_runs(instance, unseen=recovery.BEGINNING) == [unseen]


def test_a_service_refuses_a_home_without_settings_and_a_run_of_one_that_has_telemetry_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    with pytest.raises(home.NoHomeError, match="which has no dagster.yaml. Stop, give `wres home`"):
        home.refuse_without_settings()
    monkeypatch.delenv("DAGSTER_DISABLE_TELEMETRY", raising=False)
    with dg.DagsterInstance.get() as instance, pytest.raises(home.NoHomeError, match="telemetry is on"):
        home.refuse_telemetry(instance)
    prepare_home(tmp_path)
    home.refuse_without_settings()
    with dg.DagsterInstance.get() as instance:
        home.refuse_telemetry(instance)
    monkeypatch.delenv("DAGSTER_DISABLE_TELEMETRY")
    with dg.DagsterInstance.get() as instance:
        home.refuse_telemetry(instance)  # the home's own settings have it off


def test_a_service_refuses_to_work_by_settings_nobody_wrote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WRES_SETTINGS", raising=False)
    assert settings_module.load(base=tmp_path).organisations == {}
    with pytest.raises(settings_module.SettingsError, match="name one with WRES_SETTINGS"):
        settings_module.load(base=tmp_path, must_be_there=True)
    (tmp_path / "wres.toml").write_text("", encoding="utf-8")
    assert settings_module.load(base=tmp_path, must_be_there=True).organisations == {}
