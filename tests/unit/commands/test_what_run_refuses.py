"""`wres run` says why there is nothing to run before anything is started; exit status 2."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from wres_pipeline import cli
from wres_pipeline.commands import run as command_run
from wres_pipeline.settings import Settings

NOT_MADE = 2


@pytest.fixture
def extracts(tmp_path: Path) -> Path:
    folder = tmp_path / "extracts"
    folder.mkdir()
    return folder


def holding(extracts: Path, *names: str) -> None:
    for name in names:
        (extracts / name).parent.mkdir(exist_ok=True)
        (extracts / name).write_text("nothing is read from it", encoding="utf-8")


def reason(
    extracts: Path,
    *,
    organisations: list[str] | None = None,
    year: int | None = None,
    reports_for: list[str] | None = None,
    dated: str = "",
) -> str:
    place = extracts.parent
    settings = Settings(extracts, place / "output", place / "warehouse.duckdb", place / "home")
    return command_run.refuse(settings, organisations or [], year, reports_for or [], dated)


def test_a_folder_that_is_not_there(extracts: Path) -> None:
    assert "There is no folder" in reason(extracts / "nowhere")
    assert "a folder for each organisation named by its ODS code" in reason(extracts / "nowhere")


def test_an_empty_folder(extracts: Path) -> None:
    assert "holds no organisation" in reason(extracts)


def test_files_outside_the_folder_of_an_organisation(extracts: Path) -> None:
    (extracts / "esr_staff_list_2021-03-31.csv").write_text("x", encoding="utf-8")
    assert "put the extracts into a folder named by the ODS code" in reason(extracts)


def test_an_organisation_whose_folder_is_empty(extracts: Path) -> None:
    (extracts / "X01").mkdir()
    assert "No file in" in reason(extracts)
    assert "esr_staff_list_2021-03-31.csv" in reason(extracts)


def test_files_whose_names_say_no_kind_or_no_day(extracts: Path) -> None:
    holding(extracts, "X01/staff.csv", "X01/training.csv", "X01/letter.docx")
    assert "No file in" in reason(extracts)


def test_an_organisation_there_is_no_folder_of(extracts: Path) -> None:
    holding(extracts, "X01/training_2021-03-31.csv", "X02/training_2021-03-31.csv")
    assert "holds no folder RRR; there are X01, X02." in reason(extracts, organisations=["RRR"])
    assert "holds no folder RRR" in reason(extracts, reports_for=["RRR"])


def test_a_year_with_nothing(extracts: Path) -> None:
    holding(extracts, "X01/training_2021-03-31.csv", "X01/staff_survey_2018.csv")
    assert reason(extracts, year=2020) == "The extracts of X01 hold nothing for 2020; they serve 2019, 2021."


def test_a_year_without_settings(extracts: Path) -> None:
    holding(extracts, "X01/training_2021-03-31.csv")
    assert "There are no settings for 1999; there are settings for 2016 to" in reason(extracts, year=1999)


def test_a_year_mistyped_in_a_file_name_is_not_taken_for_the_latest(extracts: Path) -> None:
    holding(extracts, "X01/esr_staff_list_2021-03-31.csv", "X01/esr_staff_list_2201-03-31.csv")
    assert "The latest extracts are for 2201, for which there are no settings" in reason(extracts)
    assert reason(extracts, year=2021) == ""


def test_a_folder_not_in_capitals(extracts: Path) -> None:
    holding(extracts, "x01/training_2021-03-31.csv")
    assert "ODS codes are written in capitals: rename the folder" in reason(extracts)


@pytest.mark.parametrize("dated", ["30/06/2021", "2021-6-30", "2021-06-31", "soon"])
def test_a_date_that_is_none(extracts: Path, dated: str) -> None:
    holding(extracts, "X01/training_2021-03-31.csv")
    assert reason(extracts, dated=dated) == f"{dated!r} is not a date: write it as 2021-06-30."


def test_nothing_is_refused_when_there_is_something_to_run(extracts: Path) -> None:
    holding(extracts, "X01/training_2021-03-31.csv", "X02/board_2020-03-31.csv")
    assert reason(extracts) == ""
    assert reason(extracts, organisations=["X02"], year=2020, dated="2021-06-30") == ""


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ([], "holds no organisation"),
        (["--organisation", "X01"], "holds no organisation"),
        (["--year", "2021"], "holds no organisation"),
    ],
)
def test_the_command_prints_the_reason_and_leaves_with_status_2(
    extracts: Path, monkeypatch: pytest.MonkeyPatch, given: list[str], told: str
) -> None:
    # the command hands its folders on in the environment: set here, so that they are taken back
    monkeypatch.setenv("WRES_EXTRACTS", "")
    monkeypatch.setenv("WRES_WAREHOUSE", "")
    places = ["--extracts", str(extracts), "--warehouse", str(extracts.parent / "w.duckdb")]
    answer = CliRunner().invoke(cli.app, ["run", *given, *places])
    assert answer.exit_code == NOT_MADE
    assert "Not made." in answer.stdout and told in answer.stdout
    assert not (extracts.parent / "w.duckdb").exists()


def test_a_slip_in_the_settings_is_one_line_and_status_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "wres.toml"
    place.write_text("[target]\n", encoding="utf-8")
    monkeypatch.setenv("WRES_SETTINGS", str(place))
    monkeypatch.setattr("sys.argv", ["wres", "run"])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == NOT_MADE
    said = capsys.readouterr().err
    assert said.startswith(f"wres: {place}: line 1: [target] is not a setting") and said.count("\n") == 1


def test_an_unknown_preset_of_the_sample_is_named_with_those_there_are(tmp_path: Path) -> None:
    answer = CliRunner().invoke(cli.app, ["sample", str(tmp_path / "s"), "--preset", "huge"])
    assert answer.exit_code == NOT_MADE
    assert "there is no preset 'huge'; there are " in answer.output
    assert not (tmp_path / "s").exists()


def test_the_dates_to_keep_are_written_for_an_organisation_that_has_no_extracts_yet(
    extracts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (extracts / "RJ8").mkdir()
    monkeypatch.chdir(extracts.parent)
    told = CliRunner().invoke(cli.app, ["calendar", "--extracts", "extracts", "--output", "output"])
    assert told.exit_code == 0, told.output
    assert (extracts.parent / "output" / "RJ8" / "deadlines" / "deadlines.ics").exists()
    unknown = CliRunner().invoke(cli.app, ["calendar", "--extracts", "extracts", "--organisation", "RJ9"])
    assert unknown.exit_code == NOT_MADE


@pytest.mark.parametrize("dated", ["9999-12-31", "0001-01-01", "2015-03-31"])
def test_a_day_on_which_no_report_of_the_standard_can_be_made(extracts: Path, dated: str) -> None:
    holding(extracts, "X01/training_2021-03-31.csv")
    assert reason(extracts, dated=dated).startswith(f"{dated} is no date of a report")
    assert reason(extracts, dated="2015-04-01") == ""


def test_a_code_in_small_letters_is_answered_with_the_folder_that_is_meant(extracts: Path) -> None:
    holding(extracts, "X01/esr_staff_list_2021-03-31.csv")
    assert reason(extracts, organisations=["x01"]).endswith("Did you mean X01?")


def test_check_names_a_folder_that_is_not_named_by_an_ods_code(
    extracts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(extracts.parent)
    holding(extracts, "my_trust/esr_staff_list_2021-03-31.csv")
    told = CliRunner().invoke(cli.app, ["check", str(extracts / "my_trust")])
    assert told.exit_code == NOT_MADE and "not named by an ODS code" in told.output


def test_a_command_that_is_to_be_pasted_holds_its_path_as_a_shell_takes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert command_run.pasted(tmp_path / "My extracts £") == "'My extracts £'"
    assert command_run.pasted(tmp_path / "extracts") == "extracts"
