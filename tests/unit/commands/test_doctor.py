"""What `wres doctor` finds of a sound installation, and of one fault at a time, each with a remedy."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import time
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import dagster as dg
import duckdb
import pytest
from dagster._daemon.types import DaemonHeartbeat

from tests import alert_servers
from wres_pipeline import warehouse
from wres_pipeline.commands import upkeep
from wres_pipeline.encryption import key
from wres_pipeline.governance import installation
from wres_pipeline.orchestration import health, recovery, telling
from wres_pipeline.orchestration.alerting import channels_of
from wres_pipeline.orchestration.home import prepare_home
from wres_pipeline.quality.alerts import AlertNotSentError
from wres_pipeline.quality.notices import Notice
from wres_pipeline.settings import Alerts, Settings


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    (tmp_path / "extracts" / "X01").mkdir(parents=True)
    (tmp_path / "extracts" / "X01" / "esr_staff_list_2021-03-31.csv").touch()
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DAGSTER_DISABLE_TELEMETRY", "1")
    prepare_home(tmp_path / "home")
    (tmp_path / "home").chmod(0o700)
    with warehouse.connect(tmp_path / "w" / "wres.duckdb"):
        pass
    return Settings(
        tmp_path / "extracts", tmp_path / "output", tmp_path / "w" / "wres.duckdb", tmp_path / "home"
    )


def wrong(found: list[installation.Found]) -> list[str]:
    assert all(one.remedy for one in found if one.grade != "well")
    return [one.words for one in found if one.grade == "wrong"]


def test_a_sound_installation_has_nothing_wrong_and_asks_about_the_disk_and_the_daemon(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert upkeep.examine(settings) in (0, 1)
    said = capsys.readouterr().out
    assert "WRONG" not in said
    assert "extracts: of every organisation (1)" in said and "warehouse: version" in said
    assert "daemon: has never run: nothing happens by itself" in said


def test_no_organisation_and_a_folder_that_cannot_be_made_are_wrong(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    bad = replace(settings, extracts=tmp_path / "nowhere", output=tmp_path / "file" / "output")
    assert len(wrong([*installation.folders(bad), *installation.written_to(bad)])) == 2


def test_an_organisation_without_extracts_is_told_with_the_command_that_takes_them(
    settings: Settings,
) -> None:
    (settings.extracts / "RJ8").mkdir()
    told = [(one.words, one.remedy) for one in installation.folders(settings) if one.grade == "look"]
    assert told[0] == (
        "extracts: 1 of 2 have no file that is named as an extract: RJ8",
        "wres add FILE… --organisation RJ8",
    )


def test_a_folder_others_may_look_into_is_told(settings: Settings) -> None:
    settings.warehouse.parent.chmod(0o755)
    told = [one.remedy for one in installation.written_to(settings) if one.grade == "look"]
    assert told == [f"chmod 700 {settings.warehouse.parent}"]


def test_too_little_room_for_the_warehouse_is_wrong(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert wrong(list(installation.disk(settings))) == []
    monkeypatch.setattr(installation, "LEAST_FREE", 10**18)
    assert len(wrong(list(installation.disk(settings)))) == 1


def test_a_file_that_is_no_warehouse_and_one_of_a_newer_version_are_wrong(settings: Settings) -> None:
    with duckdb.connect(str(settings.warehouse)) as con:
        con.execute("UPDATE schema_version SET version = 999")
    assert "version 999, this code knows" in wrong(list(installation.the_warehouse(settings)))[0]
    settings.warehouse.write_bytes(b"not a warehouse" * 1000)
    assert "cannot be opened" in wrong(list(installation.the_warehouse(settings)))[0]


def test_a_home_with_telemetry_on_is_wrong(settings: Settings) -> None:
    (settings.dagster_home / "dagster.yaml").write_text("telemetry:\n  enabled: true\n", encoding="utf-8")
    assert "telemetry is on" in wrong(list(health.the_home(settings)))[0]


def test_a_run_whose_process_is_gone_is_named_and_left_as_it_is(settings: Settings) -> None:
    @dg.job
    def annual_return() -> None:
        pass

    with dg.DagsterInstance.get() as instance:
        run_id = instance.create_run_for_job(annual_return, status=dg.DagsterRunStatus.STARTED).run_id
        place = settings.dagster_home / recovery.ALIVE / f"{run_id}.lock"
        place.parent.mkdir(exist_ok=True)
        place.touch()
        told = [one.words for one in health.the_home(settings)]
        assert f"runs whose process is gone: {run_id[:8]}" in told
        run = instance.get_run_by_id(run_id)
        assert run is not None and run.status == dg.DagsterRunStatus.STARTED


def test_a_way_of_telling_people_that_fails_is_wrong_when_it_is_tried(settings: Settings) -> None:
    nobody = list(health.channels(settings))
    assert [one.grade for one in nobody] == ["look"]
    told = replace(
        settings, alerts=Alerts(("a@example.nhs.uk",), "b@example.nhs.uk", "127.0.0.1", 9, "", False)
    )
    assert wrong(list(health.channels(told))) == []
    assert "channel email fails" in wrong(list(health.channels(told, send=True)))[0]


def test_a_way_that_was_put_right_is_well_after_the_trial_that_its_remedy_asks_for(
    settings: Settings,
) -> None:
    with alert_servers.mailbox() as mail:
        mail.refuse = True
        sender = Alerts(("a@example.nhs.uk",), "b@example.nhs.uk", "127.0.0.1", mail.port, "", False)
        told = replace(settings, alerts=sender)
        with dg.DagsterInstance.get() as instance, pytest.raises(AlertNotSentError):
            telling.tell(
                instance, channels_of(told), [Notice("late", "1", "X01: late")], True, date(2021, 3, 11)
            )
        assert "channel email fails: since" in wrong(list(health.channels(told)))[0]
        mail.refuse = False
        assert wrong(list(health.channels(told, send=True))) == []
        assert wrong(list(health.channels(told))) == []


def told_wrong(settings: Settings, capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    upkeep.examine(settings)
    said = capsys.readouterr().out.splitlines()
    return [line for line in said if line.startswith("WRONG")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("telemetry: [\n", "dagster.yaml cannot be used"),
        ("run_luncher: {}\ntelemetry: {enabled: false}\n", "dagster.yaml cannot be used"),
        (
            "storage: {postgres: {postgres_url: 'postgresql+none://wres:hush@127.0.0.1:9/wres'}}\n",
            "Dagster home: ",
        ),
        (
            "run_storage: {module: wres_not_there, class: Storage, config: {}}\n",
            "asks for the package wres-not-there, which is not installed",
        ),
        (
            "storage: {sqlite: {base_dir: {env: WRES_NOT_SET}}}\n",
            "asks for the variable WRES_NOT_SET, which is not set here",
        ),
    ],
    ids=[
        "no YAML",
        "a word Dagster does not know",
        "a storage without its driver",
        "a package",
        "a variable",
    ],
)
def test_a_home_whose_settings_cannot_be_used_is_one_thing_wrong_and_the_other_looks_go_on(
    settings: Settings, capsys: pytest.CaptureFixture[str], text: str, words: str
) -> None:
    (settings.dagster_home / "dagster.yaml").write_text(text, encoding="utf-8")
    (told,) = told_wrong(settings, capsys)
    assert words in told and "hush" not in told


def test_a_storage_of_another_dagster_and_a_damaged_one_are_told_apart(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with dg.DagsterInstance.get():
        pass
    runs = settings.dagster_home / "history" / "runs.db"
    with closing(sqlite3.connect(runs)) as con:
        con.execute("UPDATE alembic_version SET version_num = 'c9159e740d7e'")
        con.commit()
    (told,) = told_wrong(settings, capsys)
    assert "of another version of Dagster (SqliteRunStorage c9159e740d7e" in told
    runs.write_bytes(b"damaged " * 1000)
    [found] = [one for one in health.the_home(settings) if one.grade == "wrong"]
    assert "its record of runs cannot be used" in found.words
    subprocess.run(found.remedy.split("; ")[1], shell=True, check=True)  # exactly what it says
    assert told_wrong(settings, capsys) == []


def test_a_clock_that_is_behind_what_was_written_is_told_and_one_that_is_right_is_well_after_the_remedy(
    settings: Settings,
) -> None:
    ahead = time.time() + 86400
    os.utime(settings.warehouse, (ahead, ahead))
    (told,) = wrong(list(installation.clock(settings)))
    assert "wres.duckdb was written on" in told
    settings.warehouse.touch()
    assert wrong(list(installation.clock(settings))) == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is closed to this user")
def test_files_of_another_user_are_named_where_they_are_read_and_where_they_are_written(
    settings: Settings,
) -> None:
    settings.warehouse.chmod(0)
    next((settings.extracts / "X01").iterdir()).chmod(0)
    assert "wres.duckdb" in wrong(list(installation.written_to(settings)))[0]
    assert "1 cannot be read: esr_staff_list" in wrong(list(installation.folders(settings)))[0]


def test_a_daemon_of_which_one_part_hangs_is_wrong_though_the_others_beat(settings: Settings) -> None:
    with dg.DagsterInstance.get() as instance:
        for part in instance.get_required_daemon_types():
            ago = 600 if part == "SENSOR" else 10
            instance.add_daemon_heartbeat(DaemonHeartbeat(time.time() - ago, part, "of a test", []))
    assert wrong(list(health.the_home(settings))) == ["daemon: it is at work, but gives no sign of: sensor"]


def test_a_schedule_somebody_turned_off_is_named(settings: Settings) -> None:
    from dagster._core.remote_origin import (
        InProcessCodeLocationOrigin,
        RemoteInstigatorOrigin,
        RemoteRepositoryOrigin,
    )
    from dagster._core.scheduler.instigation import (
        InstigatorState,
        InstigatorStatus,
        InstigatorType,
        ScheduleInstigatorData,
    )
    from dagster._core.types.loadable_target_origin import LoadableTargetOrigin

    location = InProcessCodeLocationOrigin(LoadableTargetOrigin(module_name="wres_pipeline.definitions"))
    origin = RemoteInstigatorOrigin(RemoteRepositoryOrigin(location, "__repository__"), "monthly_report")
    state = InstigatorState(
        origin, InstigatorType.SCHEDULE, InstigatorStatus.STOPPED, ScheduleInstigatorData("0 3 * * *")
    )
    prepare_home(settings.dagster_home)
    with dg.DagsterInstance.get() as instance:
        instance.add_instigator_state(state)
    told = [one.words for one in health.the_home(settings)]
    assert "turned off in the web UI: monthly_report" in told


def test_it_says_what_the_key_encrypts_and_what_stands_open(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def said(of: Settings) -> str:
        return " ".join(one.words for one in installation.key_and_warehouse(of))

    for name in (key.VARIABLE, key.FILE_VARIABLE):
        monkeypatch.delenv(name, raising=False)
    assert "stored open and no backup can be made" in said(settings)
    monkeypatch.setenv(key.VARIABLE, "given for backups alone")
    assert "backups are encrypted, the warehouse is stored open" in said(settings)
    new = replace(settings, warehouse=tmp_path / "new.duckdb")
    assert "the first run makes a warehouse that is stored encrypted" in said(new)
    with warehouse.connect(new.warehouse):
        pass
    assert warehouse.is_sealed(new.warehouse)
    assert "stored encrypted with it, and so are backups" in said(new)
    monkeypatch.setenv(key.VARIABLE, "another key altogether")
    assert (
        "the key is not the one it was encrypted with" in wrong(list(installation.key_and_warehouse(new)))[0]
    )
