"""From extracts to a letter: real runs of the monthly job on the sample, and ticks of the sensor that looks at them.

The story: the mail server is down when the gap opens and is up at the next tick; nothing more is sent while the gap stays
open; the people team keys the correction list; a reviewer takes a link apart; April's staff list comes, the files of before
have been taken away; the gap closes; December is made late, from what is stored. The servers are on this machine.
"""

from __future__ import annotations

import csv
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import dagster as dg
import pytest

from tests import alert_servers
from tests.annual_run import SAMPLE, copy_of_the_sample, settings_of
from wres_pipeline.definitions import build_definitions
from wres_pipeline.orchestration import alerting, monthly, partitions, running
from wres_pipeline.orchestration.home import prepare_home
from wres_pipeline.quality import month
from wres_pipeline.reports.quality import month_report
from wres_pipeline.settings import Settings
from wres_pipeline.warehouse import connect

MONTHLY = tuple(spec.key.to_user_string() for spec in monthly.SPECS)
SETTINGS = """\
[organisations.X01]
name = "NHS Tamar and Moor"
fictional = true
[alerts]
email_to = ["data@x01.example.nhs.uk"]
email_from = "wres@x01.example.nhs.uk"
smtp_host = "127.0.0.1"
smtp_port = {port}
smtp_starttls = false
inside_the_organisation = true
"""


@dataclass
class Story:
    """What was sent by each way up to the end of each chapter, and what the sensor said."""

    settings: Settings
    cursor: str | None = None
    letters: list[str] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    keyed: int = 0
    decided: tuple[str, str] = ("", "")
    failed_checks: dict[str, list[str]] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    sent: dict[str, tuple[int, int]] = field(default_factory=dict)

    def make(self, day: str, assets: tuple[str, ...] = ()) -> None:
        """The monthly job, as `wres quality` runs it."""
        ran = running.run_job(
            self.settings,
            running.Asked(
                "ethnicity_data_quality", partitions.month_end(day), ["X01"], ["X01"], assets=assets
            ),
        )
        assert ran.success, ran.problem
        self.failed_checks[day] = [name for name, _, _ in ran.failed_checks]

    def tick(self, chapter: str, mail: list[str], web: alert_servers.Hook) -> None:
        """One evaluation of the sensor against the Dagster instance of the runs; an error keeps the cursor as it was."""
        resources = build_definitions(self.settings, organisations=["X01"]).resources or {}
        with dg.DagsterInstance.get() as instance:
            given = {"warehouse": resources["warehouse"], "scope": resources["scope"]}
            # the warehouse is a resource that is opened and closed again, so that the context is one as well
            with dg.build_sensor_context(instance=instance, cursor=self.cursor, resources=given) as context:
                try:
                    data = alerting.gap_alert_sensor.evaluate_tick(context)
                    self.cursor = data.cursor
                    self.said[chapter] = data.skip_message or ""
                except Exception as error:
                    self.said[chapter] = f"error: {error.__cause__ or error}"
        self.letters, self.bodies = mail, [body["text"] for body in web.bodies]
        self.sent[chapter] = len(self.letters), len(self.bodies)


def _key_the_corrections(story: Story) -> None:
    """April's staff list: March's, with what the people team keyed from the correction list."""
    # leavers stand on the list with nothing to key
    place = story.settings.output / "X01" / "restricted" / "2021-03" / "esr-corrections.csv"
    with place.open(encoding="utf-8-sig", newline="") as lines:
        keyed = {
            row["Employee Number"]: row["TRAC says"]
            for row in csv.DictReader(lines)
            if row["What to do"] == "Enter what TRAC holds"
        }
    story.keyed = len(keyed)
    folder = story.settings.extracts / "X01"
    with (folder / "esr_staff_list_2021-03-31.csv").open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        headings, rows = list(reader.fieldnames or []), list(reader)
    for row in rows:
        row["Ethnic Origin"] = keyed.get(row["Employee Number"], row["Ethnic Origin"])
    with (folder / "esr_staff_list_2021-04-30.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, headings)
        writer.writeheader()
        writer.writerows(rows)


def _links(story: Story, month: str) -> dict[str, dict[str, str]]:
    place = story.settings.output / "X01" / "restricted" / month / "trac-esr-links.csv"
    with place.open(encoding="utf-8-sig", newline="") as lines:
        return {row["application_id"]: row for row in csv.DictReader(lines)}


def _decide_a_pair(story: Story) -> None:
    first = next(row for row in _links(story, "2021-03").values() if row["state"] == "in_sync")
    story.decided = first["application_id"], first["employee_number"]
    place = story.settings.extracts / "X01" / "link-decisions.csv"
    place.write_text(
        f"application_id,employee_number,decision\n{','.join(story.decided)},different\nNOBODY,1,same\n",
        encoding="utf-8",
    )


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    place = tmp_path_factory.mktemp("alert")
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        port = reserved.getsockname()[1]
    (place / "wres.toml").write_text(SETTINGS.format(port=port), encoding="utf-8")
    made = Story(settings_of(copy_of_the_sample(place / "extracts", "X01"), place))
    with pytest.MonkeyPatch.context() as patch, alert_servers.hook() as web:
        for variable in ("WRES_EXTRACTS", "WRES_OUTPUT", "WRES_WAREHOUSE", "WRES_DAGSTER_HOME"):
            patch.delenv(variable, raising=False)
        patch.setenv("WRES_SETTINGS", str(place / "wres.toml"))
        patch.setenv("WRES_WEBHOOK_URL", f"http://127.0.0.1:{web.port}/secret-path")
        patch.setenv("DAGSTER_HOME", str(place / "dagster_home"))
        prepare_home(place / "dagster_home")
        made.tick("before anything", [], web)
        made.make("2021-03-01")
        made.tick("the mail server is down", [], web)
        with alert_servers.mailbox(port) as mail:
            made.tick("it is up again", mail.letters, web)
            made.tick("nothing has happened", mail.letters, web)
            made.make("2021-03-01", MONTHLY)
            made.tick("the month was made again", mail.letters, web)
            _key_the_corrections(made)
            _decide_a_pair(made)
            made.make("2021-04-01")
            made.tick("the corrections were keyed", mail.letters, web)
            made.tick("nothing more has happened", mail.letters, web)
            made.make("2020-12-01", MONTHLY)
            made.tick("an earlier month was made", mail.letters, web)
        yield made


def test_nothing_is_sent_before_the_gap_was_looked_at(story: Story) -> None:
    assert story.said["before anything"] == "The gap has not been looked at yet."
    assert story.sent["before anything"] == (0, 0)


def test_a_mail_server_that_is_down_is_an_error_and_the_webhook_is_told_all_the_same(story: Story) -> None:
    assert story.said["the mail server is down"].startswith(
        "error: X01 opened: email: the mail server did not take it"
    )
    assert story.sent["the mail server is down"] == (0, 1)


def test_what_was_not_delivered_is_sent_at_the_next_tick_and_nothing_twice(story: Story) -> None:
    assert story.said["it is up again"] == "Told: X01 opened, by email."
    assert story.sent["it is up again"] == (1, 1)


def test_nothing_more_is_sent_while_the_gap_stays_open(story: Story) -> None:
    assert story.said["nothing has happened"] == "Nothing new."
    assert story.said["the month was made again"] == "The gap is as it was."
    assert story.sent["the month was made again"] == (1, 1)


def test_the_closing_is_told_once_when_the_corrections_have_been_keyed(story: Story) -> None:
    assert story.said["the corrections were keyed"] == "Told: X01 closed, by email, X01 closed, by webhook."
    assert story.sent["the corrections were keyed"] == (2, 2)
    assert story.said["nothing more has happened"] == "Nothing new."
    assert story.sent["nothing more has happened"] == (2, 2)


def test_an_earlier_month_made_late_from_what_is_stored_is_no_news(story: Story) -> None:
    assert story.said["an earlier month was made"] == "The gap is as it was."
    assert story.sent["an earlier month was made"] == (2, 2)
    states = {row["state"] for row in _links(story, "2020-12").values()}
    assert {"in_sync", "internal_mover"} <= states


def test_an_application_whose_file_is_gone_still_counts_and_is_not_withdrawn(story: Story) -> None:
    march, april = _links(story, "2021-03"), _links(story, "2021-04")
    assert len(march) == 181
    assert april.keys() == march.keys()
    assert {key for key, row in april.items() if row["state"] == "withdrawn"} == {
        key for key, row in march.items() if row["state"] == "withdrawn"
    }


def test_a_reviewers_decision_is_read_back_and_wins(story: Story) -> None:
    application, employee = story.decided
    assert _links(story, "2021-03")[application]["employee_number"] == employee
    assert _links(story, "2021-04")[application]["employee_number"] != employee
    assert "every_file_could_be_read" not in story.failed_checks["2021-04-01"]


def test_the_messages_hold_the_month_and_the_counts_of_the_truth(story: Story) -> None:
    with (SAMPLE / "truth" / "X01" / "links_2021-03-31.csv").open(encoding="utf-8", newline="") as lines:
        states = [row["state"] for row in csv.DictReader(lines)]
    lost = states.count("missing_in_esr") + states.count("not_stated_in_esr")
    opened, closed = story.bodies
    assert "NHS Tamar and Moor: ethnicity declared in TRAC has stopped arriving in ESR" in opened
    assert "before November 2020" in opened
    assert f"{lost} applications declared an ethnicity in TRAC that ESR does not hold" in opened
    assert "X01/data-quality/2021-03/internal/index.html" in opened
    assert "is arriving in ESR again" in closed


def test_no_message_holds_a_person(story: Story) -> None:
    with (SAMPLE / "X01" / "esr_staff_list_2021-03-31.csv").open(encoding="utf-8", newline="") as lines:
        people = list(csv.DictReader(lines))
    columns = ("Employee Number", "NI Number", "Email", "Postcode", "Date Of Birth")
    particulars = {row[name] for row in people for name in columns if row[name]}
    particulars |= {f"{row['First Name']} {row['Last Name']}" for row in people}
    everything = "\n".join([*story.letters, *story.bodies])
    assert not [text for text in particulars if text in everything]


def test_both_months_are_passed_round_in_counts_to_the_nearest_five(story: Story) -> None:
    for day in ("2021-03", "2021-04"):
        figures = month_report.read_csv(story.settings.output / "X01" / "data-quality" / day / "figures.csv")
        people = [f.numerator for f in figures if f.section == "declaration" and f.unit == "people"]
        assert len(people) > 100
        assert {n % 5 for n in people if n is not None} == {0}


def test_next_months_report_says_what_was_put_right(story: Story) -> None:
    with connect(story.settings.warehouse) as con:
        april = month.read(con, "X01", date(2021, 4, 30))
    progress = {f.measure: f.numerator for f in april if f.section == "progress"}
    assert (progress["put_right"], progress["remaining"], progress["relapsed"]) == (story.keyed, 0, 0)
    assert 0 < story.keyed < 12, "some of the sample's twelve have left"
