"""Assets, checks, jobs, schedules and the sensor: all there, described, in step with the warehouse, and well behaved.

`definitions.txt` beside this file names them all, a line each. Losing one in silence is easy (a module with an import
too many), so adding one costs a line there: the failing test prints it.
"""

from __future__ import annotations

import difflib
import importlib
import os
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg
import pytest
import yaml

from tests.annual_run import ROOT, SAMPLE, AnnualRun
from wres_pipeline import warehouse
from wres_pipeline.definitions import build_definitions, defs
from wres_pipeline.orchestration import automation
from wres_pipeline.orchestration.metadata import columns_of
from wres_pipeline.orchestration.partitions import months
from wres_pipeline.orchestration.resources import RunConfig
from wres_pipeline.reference import years
from wres_pipeline.settings import Settings

PINNED = Path(__file__).parent / "definitions.txt"
PEOPLE = ("core_staff_identities", "linkage_links", "quarantine")
"""Tables of persons: their description must say that they are restricted."""

BESIDE_AN_ASSET = {"core_built", "quality_gap_closed"}
"""Tables named by layer that are the bookkeeping of an asset, not one themselves."""


def _lines() -> list[str]:
    graph = defs.resolve_asset_graph()
    repository = defs.get_repository_def()
    found = [
        f"asset {key.to_user_string()} ({graph.get(key).group_name})" for key in graph.get_all_asset_keys()
    ]
    for key in graph.asset_check_keys:
        blocking = " (blocking)" if graph.get(key).blocking else ""
        found.append(f"check {key.asset_key.to_user_string()}: {key.name}{blocking}")
    found += [f"job {job.name}" for job in repository.get_all_jobs() if not job.name.startswith("__")]
    found += [f"schedule {schedule.name}: {schedule.cron_schedule}" for schedule in repository.schedule_defs]
    found += [f"sensor {sensor.name}" for sensor in repository.sensor_defs]
    return sorted(found)


def test_every_definition_is_there_and_none_is_new() -> None:
    pinned = PINNED.read_text(encoding="utf-8").splitlines()
    changes = [line for line in difflib.ndiff(pinned, _lines()) if line[0] in "+-"]
    assert not changes, f"{PINNED.name} and the definitions differ (-: lost, +: new):\n" + "\n".join(changes)


def test_the_definitions_load_as_workspace_yaml_names_them() -> None:
    [place] = yaml.safe_load((ROOT / "workspace.yaml").read_text(encoding="utf-8"))["load_from"]
    module = importlib.import_module(place["python_module"]["module_name"])
    assert (ROOT / place["python_module"]["working_directory"]).resolve() == ROOT
    loadable = [value for value in vars(module).values() if isinstance(value, dg.Definitions)]
    assert loadable == [module.defs]
    dg.Definitions.validate_loadable(module.defs)


def test_every_asset_has_an_owner_a_kind_a_group_and_a_description() -> None:
    graph = defs.resolve_asset_graph()
    bare = {}
    for key in graph.get_all_asset_keys():
        node = graph.get(key)
        told = {
            "owner": node.owners,
            "kind": node.kinds,
            "group": node.group_name not in (None, "default"),
            "description": len(node.description or "") >= 25,
        }
        if not all(told.values()):
            bare[key.to_user_string()] = [name for name, there in told.items() if not there]
    assert bare == {}


def test_every_check_job_schedule_and_sensor_is_described() -> None:
    graph, repository = defs.resolve_asset_graph(), defs.get_repository_def()
    bare = [key.name for key in graph.asset_check_keys if not graph.get(key).description]
    bare += [
        job.name for job in repository.get_all_jobs() if not job.name.startswith("__") and not job.description
    ]
    bare += [schedule.name for schedule in repository.schedule_defs if not schedule.description]
    bare += [sensor.name for sensor in repository.sensor_defs if not sensor.description]
    assert bare == []


def test_every_asset_that_is_a_table_stands_in_the_warehouse_under_its_name(sample_run: AnnualRun) -> None:
    graph = defs.resolve_asset_graph()
    claimed = {key.to_user_string() for key in graph.get_all_asset_keys() if "duckdb" in graph.get(key).kinds}
    with warehouse.connect(sample_run.warehouse, read_only=True) as con:
        tables = {
            row[0] for row in con.execute("SELECT table_name FROM information_schema.tables").fetchall()
        }
    assert claimed - tables == set()


def test_every_table_of_the_warehouse_that_is_named_by_layer_is_an_asset(sample_run: AnnualRun) -> None:
    known = {key.to_user_string() for key in defs.resolve_asset_graph().get_all_asset_keys()}
    with warehouse.connect(sample_run.warehouse, read_only=True) as con:
        tables = {
            row[0] for row in con.execute("SELECT table_name FROM information_schema.tables").fetchall()
        }
    layered = {
        name for name in tables if name.startswith(("raw_", "core_", "indicator_", "quality_", "report_"))
    }
    assert layered - known == BESIDE_AN_ASSET


def test_every_column_of_every_table_has_a_meaning_on_the_page_of_its_asset() -> None:
    graph = defs.resolve_asset_graph()
    claimed = {key.to_user_string() for key in graph.get_all_asset_keys() if "duckdb" in graph.get(key).kinds}
    bare = {
        f"{name}.{column.name}"
        for name in claimed
        for column in columns_of(name).columns
        if not column.description
    }
    assert len(claimed) >= 40
    assert bare == set()


def test_the_columns_on_an_asset_s_page_are_those_of_the_warehouse(sample_run: AnnualRun) -> None:
    graph = defs.resolve_asset_graph()
    with warehouse.connect(sample_run.warehouse, read_only=True) as con:
        for key in graph.get_all_asset_keys():
            if "duckdb" in graph.get(key).kinds:
                name = key.to_user_string()
                held = [(row[0], row[1]) for row in con.execute(f"DESCRIBE {name}").fetchall()]
                assert [(c.name, c.type) for c in columns_of(name).columns] == held, name


def test_tables_of_people_say_that_they_are_restricted() -> None:
    graph = defs.resolve_asset_graph()
    for name in PEOPLE:
        assert "restricted" in (graph.get(dg.AssetKey(name)).description or "").lower(), name


def test_everything_that_opens_the_warehouse_waits_for_its_turn() -> None:
    repository = defs.get_repository_def()
    without = {
        node.name
        for job in repository.get_all_jobs()
        for node in job.all_node_defs
        if isinstance(node, dg.OpDefinition)
        and "warehouse" in node.required_resource_keys
        and node.pool != "warehouse"
    }
    assert without == set()


# Schedules


def _at(*when: int) -> datetime:
    return datetime(*when, tzinfo=ZoneInfo("Europe/London"))  # type: ignore[arg-type, misc]


def _asked(schedule: dg.ScheduleDefinition, when: datetime) -> dg.RunRequest:
    context = dg.build_schedule_context(
        scheduled_execution_time=when, repository_def=defs.get_repository_def()
    )
    data = schedule.evaluate_tick(context)
    [request] = data.run_requests or []
    return request


def test_the_annual_schedule_asks_for_the_year_that_has_just_ended() -> None:
    request = _asked(automation.annual_return_schedule, _at(2021, 4, 6, 6))
    assert (request.partition_key, request.run_key) == ("2021", "annual-2021")
    assert automation.annual_return_schedule.execution_timezone == "Europe/London"


def test_the_annual_schedule_skips_a_year_without_settings_and_says_what_to_add() -> None:
    after = years.all_years()[-1] + 1
    context = dg.build_schedule_context(scheduled_execution_time=_at(after, 4, 6, 6))
    data = automation.annual_return_schedule.evaluate_tick(context)
    assert not data.run_requests
    assert f"reference/years/{after}.yaml" in (data.skip_message or "")


@pytest.mark.parametrize(
    ("when", "month"),
    [((2021, 5, 5, 6), "2021-04-01"), ((2021, 1, 5, 6), "2020-12-01"), ((2020, 3, 5, 6), "2020-02-01")],
)
def test_the_monthly_schedule_asks_for_the_month_before(when: tuple[int, ...], month: str) -> None:
    request = _asked(automation.monthly_quality_schedule, _at(*when))
    assert (request.partition_key, request.run_key) == (month, f"quality-{month}")
    assert month in months.get_partition_keys()


# The sensor


class Watched:
    """The sensor on a folder, tick after tick, with the cursor it keeps."""

    def __init__(self, extracts: Path) -> None:
        self.extracts, self.cursor = extracts, ""
        self.scope = RunConfig(extracts=str(extracts), output=str(extracts.parent))

    def tick(self) -> str:
        """The run key asked for, or why not."""
        context = dg.build_sensor_context(cursor=self.cursor or None, resources={"scope": self.scope})
        data = automation.new_extracts_sensor.evaluate_tick(context)
        self.cursor = data.cursor or self.cursor
        if data.run_requests:
            [request] = data.run_requests
            return request.run_key or ""
        return data.skip_message or ""


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    (tmp_path / "extracts" / "X01").mkdir(parents=True)
    return Watched(tmp_path / "extracts")


def _deliver(watched: Watched, name: str, text: str) -> None:
    place = watched.extracts / "X01" / name
    place.write_text(text, encoding="utf-8")
    # two writes of one moment must not look the same on a file system of coarse times
    moment = 1_600_000_000 + len(text)
    os.utime(place, (moment, moment))


NOTHING, ARRIVING = "No new extracts.", "New extracts are arriving"


def test_nothing_is_asked_for_while_there_is_nothing(watched: Watched) -> None:
    assert watched.tick() == NOTHING
    assert Watched(watched.extracts / "nowhere").tick() == NOTHING


def test_a_file_is_landed_once_when_it_has_stopped_changing(watched: Watched) -> None:
    _deliver(watched, "training_2021-03-31.csv", "half")
    assert watched.tick().startswith(ARRIVING)
    _deliver(watched, "training_2021-03-31.csv", "half and whole")
    assert watched.tick().startswith(ARRIVING)
    assert watched.tick().startswith("land-")
    assert [watched.tick(), watched.tick()] == [NOTHING, NOTHING]


def test_a_second_file_and_a_restated_one_are_landed_too(watched: Watched) -> None:
    keys = []
    for name, text in (
        ("training_2021-03-31.csv", "a"),
        ("board_2021-03-31.csv", "b"),
        ("board_2021-03-31.csv", "bc"),
    ):
        _deliver(watched, name, text)
        assert watched.tick().startswith(ARRIVING)
        keys.append(watched.tick())
    assert all(key.startswith("land-") for key in keys) and len(set(keys)) == 3


def test_the_sensor_looks_only_into_folders_of_organisations(watched: Watched) -> None:
    (watched.extracts / "truth").mkdir()
    (watched.extracts / "truth" / "training_2021-03-31.csv").write_text("x", encoding="utf-8")
    (watched.extracts / "README.md").write_text("x", encoding="utf-8")
    assert watched.tick() == NOTHING


# A check that crashes


@pytest.fixture
def definitions_of_the_sample(tmp_path: Path) -> Iterator[dg.Definitions]:
    yield build_definitions(Settings(SAMPLE, tmp_path / "o", tmp_path / "w.duckdb", tmp_path / "h"))


def test_the_folders_of_the_settings_reach_the_resources(
    tmp_path: Path, definitions_of_the_sample: dg.Definitions
) -> None:
    resources = definitions_of_the_sample.resources or {}
    assert resources["warehouse"].path == str(tmp_path / "w.duckdb")
    assert resources["scope"].extracts_folder == SAMPLE
    assert resources["scope"].codes() == ["X01", "XTR"]
    assert resources["scope"].year_otherwise() == 2021


def test_no_report_is_dated_on_a_day_that_has_not_come() -> None:
    def dated(told: str, otherwise: date) -> date:
        return RunConfig(extracts="extracts", output="output", dated=told).report_date(otherwise)

    assert dated("2021-09-07", date(2021, 10, 31)) == date(2021, 9, 7)
    assert dated("", date(2021, 10, 31)) == date(2021, 10, 31)
    assert dated("", date(2999, 10, 31)) < date(2999, 10, 31)
