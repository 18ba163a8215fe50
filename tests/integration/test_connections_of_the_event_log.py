"""The event log's connections stay open for a run, and where that cannot be the stock log does its work.

No `from __future__ import annotations` here: Dagster reads the annotations.
"""

from pathlib import Path

import dagster as dg
import pytest
import sqlalchemy

from wres_pipeline.orchestration import event_connections

OBSERVATIONS = 5
connections: list[int] = []
"""How many connections each observation had opened when it was stored."""


@dg.multi_asset(specs=[dg.AssetSpec("wards")])
def wards(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    connections.clear()
    for number in range(OBSERVATIONS):
        opened: list[object] = []

        def note(*_: object, opened: list[object] = opened) -> None:
            opened.append(1)

        sqlalchemy.event.listen(sqlalchemy.pool.Pool, "connect", note)
        context.log_event(dg.AssetObservation("wards", metadata={"number": number}))
        sqlalchemy.event.remove(sqlalchemy.pool.Pool, "connect", note)
        connections.append(len(opened))
    return dg.MaterializeResult("wards")


def _events(instance: dg.DagsterInstance) -> list[str]:
    """The kinds of the events that a run leaves, as another reader of the home finds them while this one has it open."""
    run = dg.materialize([wards], instance=instance).run_id
    with dg.DagsterInstance.local_temp(instance.root_directory) as reader:
        return [event.dagster_event.event_type_value for event in reader.all_logs(run) if event.dagster_event]


def test_a_run_leaves_the_events_of_the_stock_log_and_opens_no_connection_for_each(tmp_path: Path) -> None:
    with dg.DagsterInstance.local_temp(str(tmp_path)) as instance:
        with event_connections.kept_open(instance) as kept:
            assert kept
            events = _events(instance)
        assert connections[1:] == [0] * (OBSERVATIONS - 1)
        assert events.count("ASSET_OBSERVATION") == OBSERVATIONS
        assert events == _events(instance)
        assert min(connections) > 0


def test_a_log_built_otherwise_is_left_as_it_is(tmp_path: Path) -> None:
    with (
        dg.DagsterInstance.local_temp(str(tmp_path)) as instance,
        dg.DagsterInstance.ephemeral() as in_memory,
    ):
        del instance.event_log_storage._initialized_dbs
        with event_connections.kept_open(instance) as kept:
            assert not kept
        with event_connections.kept_open(in_memory) as kept:
            assert not kept
            assert dg.materialize([wards], instance=in_memory).success


@pytest.mark.parametrize(
    ("name", "module"), [("SqliteEventLogStorage", "their.storage"), ("TheirLog", "dagster.theirs")]
)
def test_a_class_of_somebody_else_with_all_that_is_used_is_left_alone(
    tmp_path: Path, name: str, module: str
) -> None:
    with dg.DagsterInstance.local_temp(str(tmp_path)) as instance:
        log = instance.event_log_storage
        theirs = type(name, (type(log),), {"__module__": module})
        log.__class__ = theirs
        with event_connections.kept_open(instance) as kept:
            assert not kept
