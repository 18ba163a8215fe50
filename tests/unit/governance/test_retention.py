"""Periods of one kind and of one column, and files a purge must not delete."""

from __future__ import annotations

import dataclasses
import subprocess
from datetime import date, datetime
from pathlib import Path

import pytest

from tests import small_extracts
from wres_pipeline import warehouse
from wres_pipeline.extracts.canonical import core
from wres_pipeline.extracts.intake import landing
from wres_pipeline.governance import purging, retention
from wres_pipeline.governance.committed_files import CommittedFilesError
from wres_pipeline.reference.local import LocalMappings
from wres_pipeline.settings import Retention, Settings, SettingsError, load

CODE, LATE = "X09", date(2024, 6, 1)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(
        tmp_path / "repository" / "extracts", tmp_path / "output", tmp_path / "w.duckdb", tmp_path / "home"
    )
    small_extracts.write(made.extracts / CODE)
    with warehouse.connect(made.warehouse) as con:
        landing.land_folder(
            con,
            made.extracts,
            None,
            now=datetime(2021, 5, 1),
            mappings=LocalMappings.load(None),  # noqa: DTZ001
        )
        core.build(con, [*core.CORE_TABLES, *core.IDENTITIES], [CODE], {})
    return made


def kept(settings: Settings, **more: object) -> Settings:
    return dataclasses.replace(settings, retention=dataclasses.replace(Retention(), **more))  # type: ignore[arg-type]


def due(settings: Settings, today: date) -> set[tuple[str, str]]:
    with warehouse.connect(settings.warehouse) as con:
        return {(one.kind, one.what) for one in retention.due(con, settings.retention, today)}


def held(settings: Settings, column: str) -> int:
    with warehouse.connect(settings.warehouse) as con:
        return int(con.execute(f"SELECT count({column}) FROM raw_esr_staff_list").fetchall()[0][0])  # noqa: S608


def test_a_kind_with_a_period_of_its_own_goes_by_it_and_the_others_by_theirs(settings: Settings) -> None:
    mine = kept(settings, kinds={"trac_applications": 30})
    assert due(mine, date(2021, 4, 30)) == set()
    assert due(mine, date(2021, 5, 1)) == {("trac_applications", "rows")}  # 31 days after 31 March
    purging.purge(mine, date(2021, 5, 1), really=True)
    with warehouse.connect(settings.warehouse) as con:
        assert con.execute("SELECT count(*) FROM raw_trac_applications").fetchall() == [(0,)]
        assert con.execute("SELECT count(*) FROM raw_esr_staff_list").fetchall() == [(30,)]


def test_a_column_with_a_period_of_its_own_goes_before_or_after_the_others(settings: Settings) -> None:
    mine = kept(settings, columns={"ni_number": 30, "last_name": 700})
    before = held(settings, "email")
    purging.purge(mine, date(2021, 5, 1), really=True)
    assert (held(settings, "ni_number"), held(settings, "email"), held(settings, "last_name")) == (
        0,
        before,
        30,
    )
    assert purging.purge(mine, date(2021, 5, 1), really=True) == []
    purging.purge(mine, date(2022, 6, 1), really=True)
    assert (held(settings, "email"), held(settings, "last_name")) == (0, 30)
    purging.purge(mine, date(2023, 4, 1), really=True)
    assert held(settings, "last_name") == 0


def committed(settings: Settings) -> Path:
    root = settings.extracts.parent
    for words in (["init", "-q"], ["add", "extracts"]):
        subprocess.run(["git", "-C", str(root), *words], check=True)
    return root


@pytest.mark.parametrize("really", [False, True])
def test_files_that_are_committed_to_a_git_checkout_stop_the_whole_purge(
    settings: Settings, really: bool
) -> None:
    committed(settings)
    before = sorted(settings.extracts.rglob("*")), settings.warehouse.read_bytes()
    with pytest.raises(CommittedFilesError, match="committed to the git checkout .* may_delete_in"):
        purging.purge(settings, LATE, really=really)
    assert (sorted(settings.extracts.rglob("*")), settings.warehouse.read_bytes()) == before


def test_a_folder_that_settings_name_may_be_emptied_and_files_git_does_not_hold_go(
    settings: Settings,
) -> None:
    root = committed(settings)
    subprocess.run(["git", "-C", str(root), "rm", "-r", "-q", "--cached", f"extracts/{CODE}"], check=True)
    assert purging.purge(settings, LATE, really=False), "ignored and untracked files may go"
    subprocess.run(["git", "-C", str(root), "add", "extracts"], check=True)
    assert purging.purge(kept(settings, may_delete_in=(str(settings.extracts),)), LATE, really=True)
    assert not (settings.extracts / CODE / "esr_staff_list_2021-03-31.csv").exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("columns = { ethnic_origin = 30 }", "ethnic_origin is not a setting"),
        ("kinds = { payroll = 30 }", "payroll is not a setting"),
        ("kinds = { training = 0 }", "a number of days, 1 or more"),
        ('columns = { email = "soon" }', "a number of days, 1 or more"),
    ],
)
def test_a_period_of_what_is_not_known_is_refused(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "wres.toml"
    file.write_text(f"[retention]\n{text}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=words):
        load(file)


def test_periods_and_folders_are_read_from_the_settings(tmp_path: Path) -> None:
    file = tmp_path / "wres.toml"
    file.write_text(
        '[retention]\nkinds = { training = 90 }\ncolumns = { email = 30 }\nmay_delete_in = ["data/sample"]\neach_month = true\n',
        encoding="utf-8",
    )
    found = load(file).retention
    assert found == Retention(
        400, 1096, True, (str(tmp_path / "data/sample"),), {"training": 90}, {"email": 30}
    )
