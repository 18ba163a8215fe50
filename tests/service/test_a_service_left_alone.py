"""A year of an installation in two minutes: the web UI, the daemon and the runs they start are real processes on a new home.

The story: `wres ui` is started from another folder; the first landing fails and is tried again; the machine loses its power
in the middle of a run; the services are started as the systemd units say; a backfill serves two bodies, of which one has a
pay scale nobody knows; its publication is asked for by itself, in another run; the remedy is followed; the run is
re-executed from its failure. A third body's year is launched from its cell, and everything is made once more by the command, from a
copy of the extracts. With WRES_SCHEDULES_TOO=1 a fourth body's year and a month are made by their schedules as well, which takes a minute more.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests import small_extracts
from tests.annual_run import ALONE, differing, files_of
from tests.service.real_service import ENDED, SETTINGS, Service, unit_command
from wres_pipeline import warehouse
from wres_pipeline.orchestration import recovery

ANNUAL = (
    "findings", "figures", "figure_changes", "commissioning_figures", "protected_figures", "report_annual_return",
    "report_publication", "report_commissioning",
)  # fmt: skip
SCHEDULES_TOO = os.environ.get("WRES_SCHEDULES_TOO") == "1"
BODIES = ("X01", "X02", "X03", "X04") if SCHEDULES_TOO else ("X01", "X02", "X03")
LABEL = "LOCAL|PAY|77"
SCHEDULED = (
    ("annual_return_each_april", "annual_return", datetime(2021, 4, 6, 5, tzinfo=UTC)),
    ("monthly_quality", "ethnicity_data_quality", datetime(2021, 4, 5, 5, tzinfo=UTC)),
)
"""Schedule, its job, and six o'clock in London of its day. The year first: the report of its 31 March says more beside its figures."""
MONTH_RELEASED = "/releases/data_quality-"
TABLES = (
    "figures",
    "protected_figures",
    "figure_changes",
    "commissioning_figures",
    "quality_figures",
)
INSTANCE = "{ instance { info } schedulesOrError(repositorySelector: {repositoryName: \"__repository__\", " \
    "repositoryLocationName: \"wres_pipeline.definitions\"}) { ... on Schedules { results { name scheduleState { status } } } } }"  # fmt: skip
WHY = """query($id: ID!) { pipelineRunOrError(runId: $id) { ... on Run { eventConnection { events {
  __typename ... on MessageEvent { message } ... on ExecutionStepFailureEvent { error { message } failureMetadata { label } } } } } } }"""


@dataclass
class Story:
    """What was seen, chapter after chapter."""

    service: Service
    landings: list[tuple[str, str]] = field(default_factory=list)
    killed: str = ""
    seconds_until_ended: float = 0
    killed_status: str = ""
    killed_words: str = ""
    instance: dict[str, Any] = field(default_factory=dict)
    both: str = ""
    both_words: str = ""
    released: dict[str, bool] = field(default_factory=dict)
    alone: str = ""
    alone_words: str = ""
    released_after_alone: bool = False
    noticed: bool = False
    again: str = ""
    released_at_last: bool = False
    of_one_cell: str = ""
    of_the_sensor: str = ""
    of_schedules: list[str] = field(default_factory=list)
    by_service: dict[str, bytes] = field(default_factory=dict)
    by_command: dict[str, bytes] = field(default_factory=dict)
    figures: list[list[tuple[Any, ...]]] = field(default_factory=list)


def _extracts(place: Path) -> None:
    for number, code in enumerate(BODIES):
        small_extracts.write(place / code, people=lambda n, number=number: small_extracts.person(n, number))
    file = place / "X01" / "esr_staff_list_2021-03-31.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("NHS|XR05|Review Body Band 5", LABEL), encoding="utf-8")


def _released(story: Story, code: str) -> bool:
    return (story.service.place / "output" / "public" / code / "2021" / "index.html").exists()


def _words(service: Service, run_id: str) -> str:
    events = service.ask(WHY, id=run_id)["pipelineRunOrError"]["eventConnection"]["events"]
    return "\n".join(
        f"{each.get('message', '')} {(each.get('error') or {}).get('message', '')}" for each in events
    )


def _landed_after_a_failure(story: Story) -> None:
    service = story.service
    in_the_way = service.place / "warehouse"
    in_the_way.write_text("a file where the folder of the warehouse should be", encoding="utf-8")
    service.start(unit_command("wres-webserver.service", "ExecStartPre")[0],
                  "ui", "--port", str(service.port))  # fmt: skip
    service.wait_for_the_ui()

    def landings() -> list[tuple[str, str]]:
        return [(run["tags"]["wres/attempt"], run["status"]) for run in service.runs("land_new_extracts")]

    service.until("a landing that fails", lambda: ("1", "FAILURE") in landings())
    in_the_way.unlink()
    service.until("a landing that goes well", lambda: any(status == "SUCCESS" for _, status in landings()))
    story.landings = landings()


def _power_is_lost(story: Story) -> None:
    service = story.service
    story.killed = service.until("the month's report", lambda: service.runs("ethnicity_data_quality"))[0][
        "runId"
    ]
    service.until(
        "the run at work", lambda: (service.home / recovery.ALIVE / f"{story.killed}.lock").exists()
    )
    service.kill()


def _the_services_start(story: Story) -> None:
    service = story.service
    for name in ("wres-webserver.service", "wres-daemon.service"):
        words = [str(service.port) if word == "3000" else word for word in unit_command(name)]
        service.start(*words, home=True)
    service.wait_for_the_ui()
    began = time.monotonic()
    story.killed_status = service.ended(story.killed)
    story.seconds_until_ended = time.monotonic() - began
    story.killed_words = _words(service, story.killed)
    story.instance = service.ask(INSTANCE)


def _one_of_two_bodies_is_refused(story: Story) -> None:
    service = story.service
    assert service.backfill(["X01|2021", "X02|2021"], ANNUAL)["__typename"] == "LaunchBackfillSuccess"
    one_cell = service.launch("annual_return", "X03", "2021")["run"]["runId"]
    of_both = service.until(
        "the run of the backfill", lambda: [r for r in service.runs() if "dagster/backfill" in r["tags"]]
    )[0]["runId"]
    story.both, story.both_words = service.ended(of_both), _words(service, of_both)
    story.released = {code: _released(story, code) for code in ("X01", "X02")}
    alone = service.launch("annual_return", "X01", "2021", ["report_publication"])["run"]["runId"]
    story.alone, story.alone_words = service.ended(alone), _words(service, alone)
    story.released_after_alone = _released(story, "X01")
    story.of_one_cell = service.ended(one_cell)
    mappings = service.place / "extracts" / "X01" / "mappings"
    mappings.mkdir()
    before = len(service.runs("land_new_extracts"))
    (mappings / "pay_scales.csv").write_text(f"label,means\n{LABEL},Band 5\n", encoding="utf-8")
    service.until(
        "the mapping is noticed",
        lambda: [r for r in service.runs("land_new_extracts") if r["status"] == "SUCCESS"][before - 1 :],
    )
    story.noticed = True
    again = service.again(of_both)["run"]["runId"]
    story.again = service.ended(again)
    story.released_at_last = _released(story, "X01")


def _the_schedule_and_the_command_make_the_same(story: Story) -> None:
    service = story.service
    elsewhere = service.place.parent / "by_command"
    shutil.copytree(service.place / "extracts", elsewhere / "extracts")
    (elsewhere / "wres.toml").write_text(SETTINGS, encoding="utf-8")
    told = {**service.environment(), "WRES_SETTINGS": str(elsewhere / "wres.toml")}
    words = [sys.executable, "-c", ALONE, "run"]
    command = subprocess.Popen(words, cwd=elsewhere, env=told, stdout=subprocess.DEVNULL)
    service.until(
        "the month after the last landing", lambda: all(r["status"] in ENDED for r in service.runs())
    )
    story.of_the_sensor = service.runs("ethnicity_data_quality")[0]["status"]
    for schedule, job, when in SCHEDULED if SCHEDULES_TOO else ():
        (tags,) = service.asked_by(schedule, when)
        story.of_schedules.append(service.ended(service.launch_tagged(job, tags)["run"]["runId"]))
    assert command.wait(300) in (0, 1)
    story.by_service, story.by_command = (files_of(place / "output") for place in (service.place, elsewhere))
    for place in (service.place, elsewhere):
        with warehouse.connect(place / "warehouse" / "wres.duckdb", read_only=True) as con:
            story.figures.append(
                [
                    row
                    for table in TABLES
                    for row in con.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall()
                ]
            )


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    service = Service(tmp_path_factory.mktemp("service"))
    _extracts(service.place / "extracts")
    told = Story(service)
    try:
        _landed_after_a_failure(told)
        _power_is_lost(told)
        _the_services_start(told)
        _one_of_two_bodies_is_refused(told)
        _the_schedule_and_the_command_make_the_same(told)
        yield told
    finally:
        service.kill()


def test_a_landing_that_failed_is_tried_again_and_the_month_follows_it(story: Story) -> None:
    assert ("1", "FAILURE") in story.landings
    assert story.landings[0][1] == "SUCCESS" and int(story.landings[0][0]) >= 2
    assert story.killed, "the report of the month was asked for"


def test_a_run_that_died_with_the_machine_is_ended_at_the_next_start_and_gives_its_turn_back(
    story: Story,
) -> None:
    assert story.killed_status == "FAILURE"
    assert "The process of this run was ended before the run was" in story.killed_words
    assert story.seconds_until_ended < 300


def test_services_on_a_home_made_by_the_project_have_its_settings_and_every_schedule_is_on(
    story: Story,
) -> None:
    info = story.instance["instance"]["info"]
    assert "max_concurrent_runs: 4" in info and "telemetry:\n  enabled: false" in info
    schedules = story.instance["schedulesOrError"]["results"]
    assert {one["name"] for one in schedules} >= {"monthly_quality", "annual_return_each_april"}
    assert {one["scheduleState"]["status"] for one in schedules} == {"RUNNING"}


def test_one_body_s_fault_stops_its_own_return_alone(story: Story) -> None:
    assert story.both == "FAILURE"
    assert "no finding blocks" in story.both_words
    assert story.released == {"X01": False, "X02": True}


def test_a_failed_blocking_check_stops_the_publication_in_every_other_run(story: Story) -> None:
    assert story.alone == "FAILURE"
    assert "no finding blocks" in story.alone_words
    assert not story.released_after_alone


def test_a_line_added_to_the_mappings_is_noticed_and_re_execution_works(story: Story) -> None:
    assert story.noticed
    assert story.again == "SUCCESS"
    assert story.released_at_last


def test_backfill_re_execution_one_cell_schedules_and_the_sensor_make_what_the_command_makes(
    story: Story,
) -> None:
    """X01 was re-executed, X02 backfilled, X03 launched from its cell, X04 made for the schedule if asked for; the month by the sensor.

    A month that was made before its year is on the register of releases twice, as it was passed round; the command makes the year first.
    """
    assert (story.of_one_cell, story.of_the_sensor, story.of_schedules) == (
        "SUCCESS",
        "SUCCESS",
        ["SUCCESS"] * (2 * SCHEDULES_TOO),
    )
    for code in BODIES:
        made = {name for name in story.by_service if name.split("/")[:2] == ["public", code]}
        assert len(made) > 5, code
    assert [
        name for name in differing(story.by_service, story.by_command) if MONTH_RELEASED not in name
    ] == []
    assert story.figures[0] == story.figures[1]
    assert len(story.figures[0]) > 300 * len(BODIES)
