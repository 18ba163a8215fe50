"""`wres init`: the first minute of a new user, and nothing of what is there already is changed."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from typer.testing import CliRunner

from wres_pipeline import cli, settings
from wres_pipeline.action_plan import plan

ASKED = ("init", "--code", "RJ8", "--name", 'Say "Yes" NHS Trust\\', "--area", "Cornwall, Isles of Scilly")


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("SETTINGS", "EXTRACTS", "OUTPUT", "WAREHOUSE", "DAGSTER_HOME"):
        monkeypatch.delenv(f"WRES_{name}", raising=False)


def test_the_settings_it_writes_are_read_back_as_they_were_said(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli.app, ASKED)
    assert done.exit_code == 0, done.output
    read = settings.load().organisations["RJ8"]
    assert (read.name, read.kind, read.residents_of) == (
        'Say "Yes" NHS Trust\\', "NHS trust", ("Cornwall", "Isles of Scilly"),
    )  # fmt: skip
    assert done.output.strip().splitlines()[-1].startswith("Next: wres add FILE… --organisation RJ8")
    assert (tmp_path / "data/extracts/RJ8/mappings").is_dir()


def test_the_plan_it_writes_is_one_that_can_be_read(tmp_path: Path) -> None:
    CliRunner().invoke(cli.app, ASKED)
    written = plan.load(tmp_path / "actions.example.yaml")
    assert written is not None
    assert [action.indicators for action in written.actions] == [("2",)]


def test_a_second_time_changes_nothing_and_a_second_organisation_is_added(tmp_path: Path) -> None:
    CliRunner().invoke(cli.app, ASKED)
    file, own = tmp_path / "wres.toml", tmp_path / "actions.example.yaml"
    own.write_text(own.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    before = file.read_bytes(), own.read_bytes()
    again = CliRunner().invoke(cli.app, ASKED)
    assert (file.read_bytes(), own.read_bytes()) == before and "left as it is" in again.output
    CliRunner().invoke(cli.app, ("init", "--code", "RK9", "--name", "Other NHS Trust"))
    assert set(settings.load().organisations) == {"RJ8", "RK9"}


@pytest.mark.parametrize("code", ["../evil", "rj8", "R", "", "RJ8/../.."])
def test_what_is_no_ods_code_makes_no_file(tmp_path: Path, code: str) -> None:
    done = CliRunner().invoke(cli.app, ("init", "--code", code, "--name", "A Trust"))
    assert done.exit_code == 2 and "ODS code" in done.output
    assert list(tmp_path.iterdir()) == []


def test_settings_that_cannot_be_read_are_named_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "wres.toml").write_text("[organisations\n", encoding="utf-8")
    done = CliRunner().invoke(cli.app, ASKED)
    assert done.exit_code != 0
    assert (tmp_path / "wres.toml").read_text(encoding="utf-8") == "[organisations\n"


def test_python_m_wres_pipeline_is_the_command_and_says_its_version(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["wres", "--version"])
    with pytest.raises(SystemExit, match="0"):
        runpy.run_module("wres_pipeline", run_name="__main__")
    assert capsys.readouterr().out.startswith("wres 0.")
