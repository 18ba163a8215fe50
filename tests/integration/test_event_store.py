"""Dagster's event log with its connections kept open: the same files, readable by the stock storage, and no slower to tell."""

from __future__ import annotations

import time
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.storage.event_log import SqliteEventLogStorage

from wres_pipeline.orchestration import event_store
from wres_pipeline.orchestration.running import prepare_home


@dg.asset
def counted() -> dg.MaterializeResult:
    """An asset to make."""
    return dg.MaterializeResult(metadata={"dagster/row_count": 3})


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))  # put back after the test, whatever prepare_home sets
    return prepare_home(tmp_path / "home")


def test_a_home_of_the_command_stores_its_events_with_it(home: Path) -> None:
    with dg.DagsterInstance.get() as instance:
        assert isinstance(instance.event_log_storage, event_store.EventStore)


def test_the_stock_storage_reads_what_was_stored_while_the_store_is_open_and_after(home: Path) -> None:
    with dg.DagsterInstance.get() as instance:
        result = dg.materialize([counted], instance=instance)
        mine = [event.dagster_event_type for event in instance.all_logs(result.run_id)]
        stock = SqliteEventLogStorage(str(home / "history" / "runs"))
        stock.register_instance(instance)
        assert [e.dagster_event_type for e in stock.get_logs_for_run(result.run_id)] == mine
        assert stock.has_asset_key(dg.AssetKey("counted"))
    assert [e.dagster_event_type for e in stock.get_logs_for_run(result.run_id)] == mine
    assert mine.count(dg.DagsterEventType.ASSET_MATERIALIZATION) == 1
    assert not list((home / "history" / "runs").glob("*.db-wal"))


def test_a_home_made_by_the_stock_storage_goes_on(home: Path) -> None:
    ours = (home / "dagster.yaml").read_text(encoding="utf-8")
    (home / "dagster.yaml").write_text("telemetry:\n  enabled: false\n", encoding="utf-8")
    with dg.DagsterInstance.get() as instance:
        before = dg.materialize([counted], instance=instance).run_id
    (home / "dagster.yaml").write_text(ours, encoding="utf-8")
    with dg.DagsterInstance.get() as instance:
        assert instance.all_logs(before)
        dg.materialize([counted], instance=instance)
        found = instance.fetch_materializations(dg.AssetKey("counted"), limit=10)
        assert len(found.records) == 2


def test_who_watches_a_run_is_told_of_its_events_while_they_are_stored(home: Path) -> None:
    told: list[str] = []
    with dg.DagsterInstance.get() as instance, dg.DagsterInstance.get() as watching:
        first = dg.materialize([counted], instance=instance).run_id
        last = instance.all_logs(first)[-1]
        watching.event_log_storage.watch(first, None, lambda event, _: told.append(event.user_message))
        for number in range(3):
            instance.event_log_storage.store_event(last._replace(user_message=f"event {number}"))
        for _ in range(100):
            if "event 2" in told:
                break
            time.sleep(0.1)
    assert told[-3:] == ["event 0", "event 1", "event 2"]


def test_no_more_connections_are_kept_than_said(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_store, "KEPT_OPEN", 2)
    with dg.DagsterInstance.get() as instance:
        runs = [dg.materialize([counted], instance=instance).run_id for _ in range(4)]
        store = instance.event_log_storage
        assert isinstance(store, event_store.EventStore)
        assert len(store._engines) == 2
        assert all(instance.all_logs(run) for run in runs)


def test_wiping_takes_every_event_and_the_store_goes_on(home: Path) -> None:
    with dg.DagsterInstance.get() as instance:
        run = dg.materialize([counted], instance=instance).run_id
        instance.event_log_storage.wipe()
        assert not instance.all_logs(run)
        dg.materialize([counted], instance=instance)
        assert len(instance.fetch_materializations(dg.AssetKey("counted"), limit=10).records) == 1
