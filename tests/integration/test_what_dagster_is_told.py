"""Assets, checks, jobs, schedules and the sensor: all there, described, in step with the warehouse, and well behaved.

`definitions.txt` beside this file names them all, a line each. Losing one in silence is easy (a module with an import
too many), so adding one costs a line there: the failing test prints it.
"""

from __future__ import annotations

import difflib
import importlib
import os
import time
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg
import pytest
import yaml
from markdown.extensions.toc import slugify

from tests.annual_run import ROOT, SAMPLE, AnnualRun
from wres_pipeline import warehouse
from wres_pipeline.definitions import build_definitions, defs
from wres_pipeline.orchestration import automation, checks, partitions
from wres_pipeline.orchestration.partitions import months
from wres_pipeline.orchestration.resources import RunConfig, Warehouse
from wres_pipeline.pipelines import warehouse_slot
from wres_pipeline.reference import years
from wres_pipeline.settings import Settings

PINNED = Path(__file__).parent / "definitions.txt"
PEOPLE = ("core_staff", "core_identities", "linkage_links", "quarantine")
"""Tables of persons: their description must say that they are restricted."""

BESIDE_AN_ASSET = {"core_built", "core_events", "quality_gap_closed", "quality_gap_counted"}
"""Tables named by layer that belong to an asset (`core_*`, `quality_gap`) and are written with it, not assets themselves;
`core_events` is empty until a team registers an indicator of its own whose extract is a person and a day."""


def _lines() -> list[str]:
    graph = defs.resolve_asset_graph()
    repository = defs.get_repository_def()
    found = [
        f"asset {key.to_user_string()} ({graph.get(key).group_name})" for key in graph.get_all_asset_keys()
    ]
    for key in graph.asset_check_keys:
        blocking = " (blocking)" if checks.STOPS in (graph.get(key).description or "") else ""
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


def _columns(asset: str) -> Sequence[dg.TableColumn]:
    """The columns as the page of an asset shows them, before it was ever made."""
    told = defs.resolve_asset_graph().get(dg.AssetKey(asset)).metadata["dagster/column_schema"]
    return list(getattr(told, "value", told).columns)


def test_every_column_of_every_table_has_a_meaning_on_the_page_of_its_asset() -> None:
    graph = defs.resolve_asset_graph()
    claimed = {key.to_user_string() for key in graph.get_all_asset_keys() if "duckdb" in graph.get(key).kinds}
    bare = {
        f"{name}.{column.name}" for name in claimed for column in _columns(name) if not column.description
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
                assert [(c.name, c.type) for c in _columns(name)] == held, name


def _events(instance: dg.DagsterInstance, asset: str) -> list[dg.AssetMaterialization]:
    found = instance.fetch_materializations(dg.AssetKey(asset), limit=10).records
    return [record.asset_materialization for record in found if record.asset_materialization]


def test_numbers_worth_a_curve_are_told_as_numbers_for_every_body(sample_run: AnnualRun) -> None:
    """X01 has 1,200 people in its workforce of 31 March 2021; what is not declared is not known."""
    with dg.DagsterInstance.from_config(str(sample_run.dagster_home)) as instance:
        for asset, period, more in (
            ("figures", "2021", {"verdict: clear difference", "verdict: cannot tell", "figures"}),
            ("quality_figures", "2021-03-01", {"figures of gap"}),
        ):
            told = {str(one.partition): one.metadata for one in _events(instance, asset)}
            key = next(key for key in told if "X01" in key and period in key)
            numbers = {
                name: value.value for name, value in told[key].items() if isinstance(value.value, int | float)
            }
            assert more <= set(numbers)
            people, share, unknown = (
                numbers[name] for name in ("headcount", "declared share", "ethnicity not known")
            )
            assert share == round(100 * (people - unknown) / people, 1)
            assert 0 < unknown < people
        gap = next(one for one in _events(instance, "quality_gap") if "X01" in str(one.partition))
        assert isinstance(gap.metadata["arrival share"].value, float)
        assert isinstance(gap.metadata["declared in TRAC and not in ESR"].value, int)


def test_each_organisation_has_curves_of_its_own_over_years_and_months(sample_run: AnnualRun) -> None:
    """What has one name is joined by the web UI: the plots of a cell's asset would go up and down between bodies."""
    with dg.DagsterInstance.from_config(str(sample_run.dagster_home)) as instance:
        for asset, period, of in (
            ("curves_of_years", "2021", "figures"),
            ("curves_of_months", "2021-03-01", "quality_figures"),
        ):
            told = {str(one.partition): one.metadata for one in _events(instance, asset)}[period]
            cells = [one for one in _events(instance, of) if period in str(one.partition)]
            for code in ("X01", "XTR"):
                cell = next(one for one in cells if code in str(one.partition))
                assert told[f"declared share: {code}"] == cell.metadata["declared share"]
            assert {name.partition(": ")[0] for name in told} > {"headcount", "declared share"}


def test_a_cell_says_how_many_rows_it_has_and_the_newest_from_which_columns(sample_run: AnnualRun) -> None:
    with (
        dg.DagsterInstance.from_config(str(sample_run.dagster_home)) as instance,
        warehouse.connect(sample_run.warehouse, read_only=True) as con,
    ):
        for asset, of in (("figures", "reporting_year = 2021"), ("linkage_links", "as_at = '2021-03-31'")):
            newest, *others = [one for one in _events(instance, asset) if "2021" in str(one.partition)]
            for one in (newest, *others):
                code = next(code for code in ("X01", "XTR") if code in str(one.partition))
                (rows,) = con.execute(
                    f"SELECT count(*) FROM {asset} WHERE organisation_code = '{code}' AND {of}"
                ).fetchone() or (None,)
                assert one.metadata["dagster/partition_row_count"].value == rows
            assert "dagster/column_lineage" in newest.metadata


def test_every_asset_leads_to_a_page_and_place_of_the_documentation_that_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WRES_DOCUMENTATION", "https://wres.example.nhs.uk/docs/")
    made = build_definitions(
        Settings(*(tmp_path / name for name in ("extracts", "output", "w.duckdb", "home")))
    )
    lost, graph = [], made.resolve_asset_graph()
    for key in graph.get_all_asset_keys():
        told = graph.get(key).metadata["documentation"].url
        page, _, place = told.removeprefix("https://wres.example.nhs.uk/docs/").partition("#")
        text = (ROOT / "docs" / page).with_suffix(".md").read_text(encoding="utf-8")
        headings = [line.lstrip("# ").replace("`", "") for line in text.splitlines() if line.startswith("#")]
        if place and place not in {slugify(heading, "-") for heading in headings}:
            lost.append(told)
    assert lost == []


def test_the_web_ui_is_told_from_which_columns_a_figure_comes(sample_run: AnnualRun) -> None:
    with dg.DagsterInstance.from_config(str(sample_run.dagster_home)) as instance:
        (newest, *_) = _events(instance, "indicator_3")
        deps = newest.metadata["dagster/column_lineage"].value.deps_by_column["value"]
        assert (
            dg.TableColumnDep(dg.AssetKey("core_disciplinary_cases"), "formal_investigation_started") in deps
        )
        (newest, *_) = _events(instance, "core_disciplinary_cases")
        deps = newest.metadata["dagster/column_lineage"].value.deps_by_column["case_kind"]
        assert deps == [dg.TableColumnDep(dg.AssetKey("raw_employee_relations"), "case_type")]
    heading = next(column for column in _columns("raw_employee_relations") if column.name == "case_type")
    assert "Heading: Case Type" in (heading.description or "")


def test_tables_of_people_say_that_they_are_restricted() -> None:
    graph = defs.resolve_asset_graph()
    for name in PEOPLE:
        assert "restricted" in (graph.get(dg.AssetKey(name)).description or "").lower(), name


def test_the_warehouse_is_held_for_a_run_and_not_for_a_look(tmp_path: Path) -> None:
    """A sensor or schedule that looks in while a run is at work is not kept waiting: it has no run."""
    place = tmp_path / "w.duckdb"
    with warehouse_slot.hold(place, "another run", print):
        context = dg.build_init_resource_context()
        with Warehouse(path=str(place)).yield_for_execution(context) as resource:
            assert resource.path == str(place)


# Schedules


def _at(*when: int) -> datetime:
    return datetime(*when, tzinfo=ZoneInfo("Europe/London"))  # type: ignore[arg-type, misc]


def _asked(schedule: dg.ScheduleDefinition, when: datetime, instance: dg.DagsterInstance) -> dg.RunRequest:
    context = dg.build_schedule_context(
        instance=instance,
        scheduled_execution_time=when,
        repository_def=defs.get_repository_def(),
        resources={"scope": RunConfig(extracts=str(SAMPLE), output="")},
    )
    [request] = schedule.evaluate_tick(context).run_requests or []
    return request


def _range(request: dg.RunRequest) -> tuple[str, str]:
    return request.tags[partitions.RANGE_START], request.tags[partitions.RANGE_END]


def test_the_annual_schedule_asks_for_the_year_that_has_just_ended_and_every_organisation(
    tmp_path: Path,
) -> None:
    with dg.DagsterInstance.local_temp(str(tmp_path)) as instance:
        request = _asked(automation.annual_return_schedule, _at(2021, 4, 6, 6), instance)
    assert _range(request) == ("X01|2021", "XTR|2021")
    assert automation.annual_return_schedule.execution_timezone == "Europe/London"


def test_the_annual_schedule_skips_a_year_without_settings_and_says_what_to_add() -> None:
    after = years.all_years()[-1] + 1
    context = dg.build_schedule_context(
        scheduled_execution_time=_at(after, 4, 6, 6),
        resources={"scope": RunConfig(extracts=str(SAMPLE), output="")},
    )
    data = automation.annual_return_schedule.evaluate_tick(context)
    assert not data.run_requests
    assert f"reference/years/{after}.yaml" in (data.skip_message or "")


@pytest.mark.parametrize(
    ("when", "month"),
    [((2021, 5, 5, 6), "2021-04-01"), ((2021, 1, 5, 6), "2020-12-01"), ((2020, 3, 5, 6), "2020-02-01")],
)
def test_the_monthly_schedule_asks_for_the_month_before(
    when: tuple[int, ...], month: str, tmp_path: Path
) -> None:
    with dg.DagsterInstance.local_temp(str(tmp_path)) as instance:
        request = _asked(automation.monthly_quality_schedule, _at(*when), instance)
    assert _range(request) == (f"{month}|X01", f"{month}|XTR")
    assert month in months.get_partition_keys()


def test_organisations_that_do_not_stand_side_by_side_are_asked_for_in_stretches(tmp_path: Path) -> None:
    with dg.DagsterInstance.local_temp(str(tmp_path)) as instance:
        partitions.ensure_organisations(instance, ["A", "B", "C", "D"])
        assert partitions.stretches(instance, ["D", "A", "B"]) == [("A", "B"), ("D", "D")]
        assert partitions.stretches(instance, ["A", "B", "C", "D"]) == [("A", "D")]


# The sensor


class Watched:
    """The sensor on a folder, tick after tick, with the cursor it keeps and the runs it asked for."""

    def __init__(self, extracts: Path, instance: dg.DagsterInstance) -> None:
        self.extracts, self.cursor, self.instance = extracts, "", instance
        self.scope = RunConfig(extracts=str(extracts), output=str(extracts.parent))
        self.asked: list[dg.RunRequest] = []

    def tick(self) -> str:
        """The run key asked for, or why not."""
        context = dg.build_sensor_context(
            instance=self.instance, cursor=self.cursor or None, resources={"scope": self.scope}
        )
        data = automation.new_extracts_sensor.evaluate_tick(context)
        self.cursor = data.cursor or self.cursor
        if data.run_requests:
            [request] = data.run_requests
            self.asked.append(request)
            return request.run_key or ""
        return data.skip_message or ""

    def landing_ends(self, status: dg.DagsterRunStatus) -> None:
        """What was asked for last has run, and ended so."""

        @dg.op
        def land() -> None:
            if status != dg.DagsterRunStatus.SUCCESS:
                raise RuntimeError("the disk is full")

        @dg.job
        def land_new_extracts() -> None:
            land()

        land_new_extracts.execute_in_process(
            instance=self.instance, tags=self.asked[-1].tags, raise_on_error=False
        )


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    (tmp_path / "extracts" / "X01").mkdir(parents=True)
    with dg.DagsterInstance.local_temp(str(tmp_path)) as instance:
        yield Watched(tmp_path / "extracts", instance)


def _deliver(watched: Watched, name: str, text: str) -> None:
    place = watched.extracts / "X01" / name
    place.write_text(text, encoding="utf-8")
    # two writes of one moment must not look the same on a file system of coarse times
    moment = 1_600_000_000 + len(text)
    os.utime(place, (moment, moment))


NOTHING, ARRIVING = "No new extracts.", "New extracts are arriving"


def test_nothing_is_asked_for_while_there_is_nothing(watched: Watched) -> None:
    assert watched.tick() == NOTHING
    assert Watched(watched.extracts / "nowhere", watched.instance).tick() == NOTHING


def test_a_file_is_landed_once_when_it_has_stopped_changing(watched: Watched) -> None:
    _deliver(watched, "training_2021-03-31.csv", "half")
    assert watched.tick().startswith(ARRIVING)
    _deliver(watched, "training_2021-03-31.csv", "half and whole")
    assert watched.tick().startswith(ARRIVING)
    assert watched.tick().startswith("land-")
    watched.landing_ends(dg.DagsterRunStatus.SUCCESS)
    assert watched.tick() == "The extracts have landed."
    assert [watched.tick(), watched.tick()] == [NOTHING, NOTHING]


def test_a_landing_that_failed_is_tried_again_and_the_delivery_is_not_lost(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    _deliver(watched, "training_2021-03-31.csv", "whole")
    watched.tick()
    first = watched.tick()
    watched.landing_ends(dg.DagsterRunStatus.FAILURE)
    assert watched.tick().startswith("The landing failed; it is tried again in")
    # a second more: the instance keeps the end of a run to the microsecond, which can lie after the clock that was read
    later = time.time() + automation.RETRY_AFTER[0] + 1
    monkeypatch.setattr(automation.time, "time", lambda: later)
    second = watched.tick()
    assert first.endswith("-1") and second.endswith("-2")
    watched.landing_ends(dg.DagsterRunStatus.FAILURE)
    assert watched.tick().startswith("The landing failed")
    later += automation.RETRY_AFTER[1] + 1
    assert watched.tick().endswith("-3")
    watched.landing_ends(dg.DagsterRunStatus.SUCCESS)
    assert [watched.tick(), watched.tick()] == ["The extracts have landed.", NOTHING]


def test_a_body_whose_month_comes_after_the_next_of_another_has_its_report_once(watched: Watched) -> None:
    """X01 has delivered March; X02 comes with February then."""
    extracts = watched.extracts
    (extracts / "X02").mkdir()
    (extracts / "X01" / "esr_staff_list_2021-03-31.csv").touch()
    (extracts / "X02" / "esr_staff_list_2021-02-28.csv").touch()

    def asked() -> list[tuple[str, str]]:
        watched.asked = [dg.RunRequest(tags={})]
        watched.landing_ends(dg.DagsterRunStatus.SUCCESS)
        landed = watched.instance.get_runs(limit=1)[0]
        [event] = watched.instance.all_logs(landed.run_id, of_type=dg.DagsterEventType.RUN_SUCCESS)
        context = dg.build_run_status_sensor_context(
            "month_follows_landing",
            event.dagster_event,
            watched.instance,
            landed,
            resources={"scope": watched.scope},
        )
        requests = automation.month_follows_landing(context)
        return [(r.tags[partitions.RANGE_START], r.tags[partitions.RANGE_END]) for r in requests]

    march, february = "2021-03-01|X01", "2021-02-01|X02"
    assert asked() == [(february, february), (march, march)]
    watched.instance.report_runless_asset_event(dg.AssetMaterialization("report_quality", partition=february))
    assert asked() == [(march, march)]


def test_a_line_added_to_the_mappings_and_a_decision_are_noticed(watched: Watched) -> None:
    _deliver(watched, "training_2021-03-31.csv", "whole")
    watched.tick()
    watched.tick()
    watched.landing_ends(dg.DagsterRunStatus.SUCCESS)
    assert [watched.tick(), watched.tick()] == ["The extracts have landed.", NOTHING]
    (watched.extracts / "X01" / "mappings").mkdir()
    _deliver(watched, "mappings/pay_scales.csv", "label,means\n")
    assert watched.tick().startswith(ARRIVING)
    assert watched.tick().startswith("land-")


def test_a_new_organisation_is_added_to_the_grid_with_its_first_delivery(watched: Watched) -> None:
    _deliver(watched, "training_2021-03-31.csv", "whole")
    watched.tick()
    context = dg.build_sensor_context(
        instance=watched.instance, cursor=watched.cursor, resources={"scope": watched.scope}
    )
    data = automation.new_extracts_sensor.evaluate_tick(context)
    [request] = data.dynamic_partitions_requests or []
    assert (request.partitions_def_name, list(request.partition_keys)) == ("organisation", ["X01"])


def test_a_second_file_a_restated_one_and_one_taken_away_again_are_noticed_too(watched: Watched) -> None:
    """In the end the folder is as it was after the first landing, and the warehouse is not."""
    keys = []
    for name, text in (
        ("training_2021-03-31.csv", "a"),
        ("board_2021-03-31.csv", "b"),
        ("board_2021-03-31.csv", "bc"),
        ("board_2021-03-31.csv", ""),
    ):
        if text:
            _deliver(watched, name, text)
        else:
            (watched.extracts / "X01" / name).unlink()
        assert watched.tick().startswith(ARRIVING)
        keys.append(watched.tick())
        watched.landing_ends(dg.DagsterRunStatus.SUCCESS)
        assert watched.tick() == "The extracts have landed."
    assert all(key.startswith("land-") for key in keys) and len(set(keys)) == 4
    watched.cursor = ""  # lost
    assert watched.tick().startswith(ARRIVING)
    assert [watched.tick(), watched.tick()] == ["The extracts have landed.", NOTHING]


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
    scope = resources["scope"].scope(resources["warehouse"])
    assert scope.extracts == SAMPLE
    assert scope.codes() == ["X01", "XTR"]
    assert scope.year_otherwise() == 2021


def test_no_report_is_dated_on_a_day_that_has_not_come(definitions_of_the_sample: dg.Definitions) -> None:
    resources = definitions_of_the_sample.resources or {}
    scope = resources["scope"].scope(resources["warehouse"])
    assert scope.made_on == date.today()
    assert scope.judged_on(date(2021, 10, 31)) == date(2021, 10, 31)
    assert scope.judged_on(date(2999, 10, 31)) <= date.today()
    dated = RunConfig(extracts="", output="", dated="2021-09-07").scope(resources["warehouse"])
    assert dated.judged_on(date(2021, 10, 31)) == dated.made_on == date(2021, 9, 7)
