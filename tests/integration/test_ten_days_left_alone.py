"""Ten days of a service, the clock turned by the test: landing, checks and word of them, on a real Dagster instance.

Told by day: 1 the first delivery; 3 the mail server is down as a file comes that cannot be read; 4 it is up; 5 another program
has the warehouse open; 11 the month's staff list is late; 12 it comes. Every landing is a run of the job. With WRES_SCHEDULES_TOO=1
the story goes on until April, which takes half a minute more: the right file comes, then the year's, the schedules make month and
return, and a command makes the same from a copy.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_string
from pathlib import Path

import dagster as dg
import pytest

from tests import alert_servers, annual_run, small_extracts
from tests.annual_run import settings_of
from wres_pipeline import settings as settings_module
from wres_pipeline import warehouse
from wres_pipeline.commands import run as command_run
from wres_pipeline.orchestration import automation, telling
from wres_pipeline.orchestration.alerting import channels_of
from wres_pipeline.orchestration.assembly import build_definitions
from wres_pipeline.orchestration.home import prepare_home
from wres_pipeline.quality import alerts
from wres_pipeline.settings import Settings

MARCH = datetime(2021, 3, 1, 9, tzinfo=UTC)
SETTINGS = """\
[alerts]
email_to = ["data@x01.example.nhs.uk"]
email_from = "wres@x01.example.nhs.uk"
smtp_host = "127.0.0.1"
smtp_port = {port}
smtp_starttls = false
not_about = ["gap"]
[reports]
pdf = false
"""
UNTIL_APRIL = os.environ.get("WRES_SCHEDULES_TOO") == "1"
SCHEDULED = (
    ("annual_return", automation.annual_return_schedule, datetime(2021, 4, 6, 5, tzinfo=UTC)),
    ("ethnicity_data_quality", automation.monthly_quality_schedule, datetime(2021, 4, 5, 5, tzinfo=UTC)),
)
"""The year first: the report of its 31 March says more beside its figures, and a command makes it so."""
HOLDER = (
    "import duckdb, sys, time; c = duckdb.connect(sys.argv[1]); print('open', flush=True); time.sleep(120)"
)


@dataclass
class TenDays:
    """The installation, its clock, and what was sent."""

    settings: Settings
    instance: dg.DagsterInstance
    patch: pytest.MonkeyPatch
    mail: list[str]
    now: datetime = MARCH
    cursor: str = ""
    subjects: dict[str, list[str]] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    failing: dict[str, dict[str, str]] = field(default_factory=dict)
    by_schedule: dict[str, bool] = field(default_factory=dict)
    by_command: int = -1

    def day(self, number: int) -> None:
        """It is nine o'clock of the number-th of March 2021."""
        self.now = MARCH + timedelta(days=number - 1)

    def land(self) -> list[str]:
        """Ticks of the sensor until it has nothing to ask for, each landing carried out; the statuses of the landings."""
        definitions = build_definitions(self.settings)
        scope = (definitions.resources or {})["scope"]
        ended = []
        for _ in range(6):
            context = dg.build_sensor_context(
                instance=self.instance, cursor=self.cursor or None, resources={"scope": scope}
            )
            data = automation.new_extracts_sensor.evaluate_tick(context)
            self.cursor = data.cursor or self.cursor
            for request in data.run_requests or ():
                run = definitions.resolve_job_def("land_new_extracts").execute_in_process(
                    instance=self.instance, tags=request.tags, raise_on_error=False
                )
                ended.append("SUCCESS" if run.success else "FAILURE")
        return ended

    def make_by_schedule(self) -> None:
        """What the schedules of April ask for, carried out."""
        definitions = build_definitions(self.settings)
        scope = (definitions.resources or {})["scope"]
        for job, schedule, when in SCHEDULED:
            context = dg.build_schedule_context(
                instance=self.instance, scheduled_execution_time=when, resources={"scope": scope}
            )
            (request,) = schedule.evaluate_tick(context).run_requests or ()
            run = definitions.resolve_job_def(job).execute_in_process(
                instance=self.instance, tags=request.tags, raise_on_error=False
            )
            self.by_schedule[job] = run.success

    def tell(self, chapter: str) -> None:
        """A tick of the sensor that tells people, at the clock of the story."""
        before = len(self.mail)
        channels = channels_of(self.settings)
        found, seen = telling.gathered(
            self.instance, self.settings, self.settings.warehouse, self.settings.extracts, self.settings.output, self.now
        )  # fmt: skip
        try:
            told = telling.tell(self.instance, channels, found, seen, self.now.date())
            self.said[chapter] = "; ".join(told)
        except alerts.AlertNotSentError as error:
            self.said[chapter] = f"error: {error}"
        self.subjects[chapter] = [message_from_string(letter)["Subject"] for letter in self.mail[before:]]
        self.failing[chapter] = telling.failing_channels(self.instance, channels.ways)


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TenDays]:
    place = tmp_path_factory.mktemp("ten_days")
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        port = reserved.getsockname()[1]
    (place / "wres.toml").write_text(SETTINGS.format(port=port), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        for variable in (
            "WRES_EXTRACTS",
            "WRES_OUTPUT",
            "WRES_WAREHOUSE",
            "WRES_DAGSTER_HOME",
            "WRES_WEBHOOK_URL",
        ):
            patch.delenv(variable, raising=False)
        patch.setenv("WRES_SETTINGS", str(place / "wres.toml"))
        patch.setenv("DAGSTER_HOME", str(place / "home"))
        prepare_home(place / "home")
        settings = settings_of(place / "extracts", place, place / "wres.toml")
        assert settings_module.load().alerts.smtp_port == port
        with dg.DagsterInstance.get() as instance:
            made = TenDays(settings, instance, patch, [])
            _story(made, port)
            yield made


def _deliver(days: TenDays, name: str, text: str) -> None:
    (days.settings.extracts / "X01" / name).write_text(text, encoding="utf-8")


def _story(days: TenDays, port: int) -> None:
    body = small_extracts.write(days.settings.extracts / "X01", without=("board", "staff_survey"))
    staff = (body / "esr_staff_list_2021-03-31.csv").rename(body / "esr_staff_list_2021-01-31.csv")
    text = staff.read_text(encoding="utf-8")
    staff.write_text(text.replace(",1.00,", ",0.80,", 1), encoding="utf-8")  # no two months are the same
    for kind in ("trac_applications", "employee_relations", "training", "appraisals"):
        (body / f"{kind}_2021-03-31.csv").unlink()
    days.day(1)
    assert days.land() == ["SUCCESS"]
    days.tell("1 the first delivery")
    days.day(3)
    _deliver(days, "training_2021-02-28.csv", "Colour of the door\nred\n")
    assert days.land() == ["SUCCESS"]
    days.tell("3 the mail server is down")
    with alert_servers.mailbox(port) as mail:
        days.mail = mail.letters
        days.day(4)
        days.tell("4 it is up")
        days.tell("4 again")
        days.day(5)
        _a_busy_warehouse(days)
        days.tell("5 the warehouse is free again")
        days.day(11)
        days.tell("11 a staff list is late")
        days.day(12)
        days.tell("12 the next day")
        _deliver(days, "esr_staff_list_2021-02-28.csv", text.replace(",1.00,", ",0.90,", 1))
        assert days.land() == ["SUCCESS"]
        days.tell("12 it has come")
        if UNTIL_APRIL:
            _until_april(days, body)


def _until_april(days: TenDays, body: Path) -> None:
    days.day(14)
    (body / "training_2021-02-28.csv").unlink()
    small_extracts.write(body, without=("board",))
    assert days.land() == ["SUCCESS"]
    days.tell("14 the right file, and the year's")
    days.day(37)
    days.make_by_schedule()
    days.tell("6 April")
    copy = days.settings.extracts.parent / "by_command"
    shutil.copytree(days.settings.extracts, copy / "extracts")
    asked = settings_of(copy / "extracts", copy, copy.parent / "wres.toml")
    days.by_command = command_run.run(
        asked, organisations=[], year=None, reports_for=[], no_reports=False, dated=""
    )


def _a_busy_warehouse(days: TenDays) -> None:
    days.patch.setattr(warehouse, "PATIENCE", 0.2)
    days.patch.setattr(telling, "PATIENCE", 0.2)
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDER, days.settings.warehouse], stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None and other.stdout.readline() == "open\n"
    _deliver(days, "appraisals_2021-02-28.csv", "Employee Number,Last Appraisal Date\n7000000,01-DEC-2020\n")
    assert days.land() == ["FAILURE"]
    days.tell("5 the warehouse is busy")
    other.kill()
    other.wait()
    later = time.time() + automation.RETRY_AFTER[0] + 1
    days.patch.setattr(automation.time, "time", lambda: later)
    assert days.land() == ["SUCCESS"]


def test_nothing_is_told_while_nothing_is_wrong(days: TenDays) -> None:
    assert (days.said["1 the first delivery"], days.failing["1 the first delivery"]) == ("", {})


def test_a_mail_server_that_is_down_is_shown_with_since_when_and_what_it_missed_is_sent_once_it_is_up(
    days: TenDays,
) -> None:
    chapter = "3 the mail server is down"
    assert days.said[chapter].startswith("error: email: the mail server did not take it")
    assert days.failing[chapter]["email"].startswith("since ")
    assert days.subjects["4 it is up"] == ["WRES: a file was refused"]
    assert days.failing["4 it is up"] == {}
    assert days.subjects["4 again"] == []


def test_a_landing_that_failed_is_told_once_though_it_is_tried_again_and_the_delivery_lands(
    days: TenDays,
) -> None:
    assert days.subjects["5 the warehouse is busy"] == ["WRES: a run failed"]
    assert days.subjects["5 the warehouse is free again"] == []
    with warehouse.connect(days.settings.warehouse, read_only=True) as con:
        landed = {row[0] for row in con.execute("SELECT file_name FROM deliveries WHERE present").fetchall()}
    assert "appraisals_2021-02-28.csv" in landed


def test_a_late_staff_list_is_told_once_by_name_of_body_and_month(days: TenDays) -> None:
    assert days.subjects["11 a staff list is late"] == ["WRES: a delivery is late"]
    assert "X01: no esr staff list for February 2021 by 10 March 2021" in next(
        letter for letter in days.mail if "a delivery is late" in letter
    )
    assert days.subjects["12 the next day"] == days.subjects["12 it has come"] == []


def test_no_letter_holds_a_person_or_a_count(days: TenDays) -> None:
    everyone = [small_extracts.person(n) for n in range(30)]
    particulars = {value for p in everyone for value in (p.number, p.last_name, p.email, p.ni_number)}
    assert days.mail and not [text for text in particulars for letter in days.mail if text in letter]


@pytest.mark.skipif(not UNTIL_APRIL, reason="half a minute more: WRES_SCHEDULES_TOO=1")
def test_every_event_of_the_whole_time_was_told_once_and_the_returns_are_those_of_the_command(
    days: TenDays,
) -> None:
    assert [subject for told in days.subjects.values() for subject in told] == [
        "WRES: a file was refused",
        "WRES: a run failed",
        "WRES: a delivery is late",
    ]
    assert days.by_schedule == {"annual_return": True, "ethnicity_data_quality": True}
    assert days.by_command in (0, 1)
    by_schedule, by_command = (
        annual_run.files_of(output)
        for output in (days.settings.output, days.settings.output.with_name("by_command") / "output")
    )
    assert annual_run.differing(by_schedule, by_command) == []
    assert len(by_schedule) > 80
