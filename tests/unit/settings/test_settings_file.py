"""What a run is told: every slip in the settings file is named, and nothing is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from wres_pipeline import settings
from wres_pipeline.settings import DisclosurePolicy, Organisation, SettingsError, Targets

VARIABLES = (
    "WRES_SETTINGS",
    "WRES_EXTRACTS",
    "WRES_OUTPUT",
    "WRES_WAREHOUSE",
    "WRES_DAGSTER_HOME",
    "WRES_SMTP_PASSWORD",
    "WRES_WEBHOOK_URL",
)


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


def written(folder: Path, text: str) -> Path:
    place = folder / "wres.toml"
    place.write_text(text, encoding="utf-8")
    return place


def test_without_a_file_the_folders_stand_where_the_command_is_given(tmp_path: Path) -> None:
    loaded = settings.load(base=tmp_path)
    assert loaded.extracts == tmp_path / "data/extracts"
    assert loaded.output == tmp_path / "data/output"
    assert loaded.warehouse == tmp_path / "data/warehouse/wres.duckdb"
    assert loaded.dagster_home == tmp_path / "data/dagster_home"
    assert (loaded.targets, loaded.disclosure) == (Targets(0.95, 1.0), DisclosurePolicy(None, None, None))
    assert loaded.organisation("X99") == Organisation("X99")
    assert loaded.organisation("X99").title == "X99"


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    loaded = settings.load(
        written(
            tmp_path,
            """
            [folders]
            extracts = "in"
            [targets]
            declaration = 1
            [disclosure]
            method = "round"
            width = 5
            [gap]
            normal_lag_days = 30
            [alerts]
            email_to = ["a@example.nhs.uk"]
            [organisations.X01]
            name = "A body"
            fictional = true
            residents_of = ["Cornwall", "Isles of Scilly"]
            """,
        )
    )
    body = loaded.organisation("X01")
    assert (body.code, body.title, body.fictional) == ("X01", "A body", True)
    assert body.residents_of == ("Cornwall", "Isles of Scilly")
    assert loaded.targets.declaration == 1.0
    assert loaded.disclosure == DisclosurePolicy("round", None, 5)
    assert loaded.gap.normal_lag_days == 30
    assert loaded.alerts.email_to == ("a@example.nhs.uk",)


def test_the_committed_settings_file_can_be_read() -> None:
    root = Path(__file__).parents[3]
    loaded = settings.load(root / "wres.toml")
    assert loaded.extracts == root / "data" / "extracts"
    assert loaded.organisation("X01").fictional and loaded.organisation("XTR").fictional
    assert not loaded.organisation("11N").fictional


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[target]\ndeclaration = 0.9", r"\[target\] is not a setting; known here: alerts, disclosure"),
        ("[targets]\ndeclared = 0.9", r"\[targets\] declared is not a setting; known here: ambition, declar"),
        ("[folders]\nextract = 'x'", r"\[folders\] extract is not a setting; known here: dagster_home, extr"),
        ("[organisations.X01]\nnam = 'A'", r"\[organisations.X01\] nam is not a setting; known here: author"),
        ("[organisations.X01]\ncode = 'X02'", r"\[organisations.X01\] code is not a setting"),
    ],
)
def test_an_unknown_key_is_named_with_the_keys_there_are(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        settings.load(written(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[targets]\ndeclaration = '95%'", r"\[targets\] declaration is '95%'; it must be a number"),
        ("[targets]\ndeclaration = true", r"\[targets\] declaration is True; it must be a number"),
        ("[targets]\ndeclaration = 95", r"\[targets\] declaration is 95.0; it must be a share from 0 to 1"),
        ("[gap]\nnormal_lag_days = 5.5", r"\[gap\] normal_lag_days is 5.5; it must be a whole number"),
        ("[gap]\nnormal_lag_days = -1", r"\[gap\] normal_lag_days is -1; it must not be negative"),
        ("[gap]\nuse_declared_in_trac = 1", r"\[gap\] use_declared_in_trac is 1; it must be true or false"),
        (
            "[disclosure]\nthreshold = 0",
            r"\[disclosure\] counts from 1 to 0 cannot .* threshold must be 1 or more",
        ),
        ("[disclosure]\nthreshold = 2", r"\[disclosure\] width is 2; .* it must be from 1 to 1"),
        ("[disclosure]\nwidth = 9", r"\[disclosure\] width is 9; .* it must be from 1 to 8"),
        ("[disclosure]\nwidth = 0", r"\[disclosure\] width is 0; .* it must be from 1 to 8"),
        ("[disclosure]\nmethod = 'round'\nthreshold = 1", r"\[disclosure\] width is 2"),
        ("[disclosure]\nthreshold = 'ten'", r"\[disclosure\] threshold is 'ten'; it must be a whole number"),
        (
            "[disclosure]\nboard = 'withheld'",
            r"line 2: board is 'withheld'; it must be a section of its own",
        ),
        (
            "[disclosure.events]\nthreshold = 4",
            r"line 1: \[disclosure.events\] is a decision of its own: say because",
        ),
        (
            "[disclosure.event]\nthreshold = 4",
            r"event is not a setting; known here: because, board, composition",
        ),
        (
            "[disclosure.events]\nzeros = 'shown'",
            r"line 2: \[disclosure.events\] zeros is not a setting; known here",
        ),
        (
            "[disclosure.events]\nthreshold = 2\nbecause = 'b'",
            r"line 1: \[disclosure.events\] threshold is 2; with a width of 2 it must be 3 or more, or 0",
        ),
        (
            "[disclosure.events]\nthreshold = 0\nbecause = 'b'",
            r"\[disclosure.events\] threshold is 0, .* record the dec",
        ),
        (
            "[disclosure]\nmethod = 'round'\n[disclosure.events]\nthreshold = 0\nbecause = 'b'",
            r"line 3: \[disclosure.events\] threshold is 0; under a rule that rounds",
        ),
        (
            "[disclosure.survey]\nminimum = 10\nbecause = 'b'",
            r"minimum is 10; the survey itself shows no result on few",
        ),
        (
            "[disclosure.board]\ncounts = 'none'\nbecause = 'b'",
            r"counts is 'none'; it must be released or withheld",
        ),
        ("[disclosure]\nmethod = 'hide'", r"\[disclosure\] method is 'hide'; it must be round or suppress"),
        ("[folders]\nextracts = 5", r"\[folders\] extracts is 5; it must be a path in quotes"),
        ("[folders]\nextracts = ''", r"\[folders\] extracts is ''; it must be a path in quotes"),
        ("targets = 5", r"targets is 5; it must be a section of its own"),
        ("[organisations]\nX01 = 'A body'", r"X01 is 'A body'; it must be a section of its own"),
        ("[organisations.X01]\nname = 7", r"\[organisations.X01\] name is 7; it must be text in quotes"),
        (
            "[organisations.X01]\nresidents_of = 'Cornwall'",
            r"residents_of is 'Cornwall'; it must be a list of texts",
        ),
        (
            "[systems.QX1]\nmembers = ['X01']",
            r"\[systems.QX1\] members is \['X01'\]; it must name two organisations or more",
        ),
        ("[systems.QX1]\nmembers = ['X01', 'X01']", "each once"),
        ("[organisations.QX1]\n[systems.QX1]\nmembers = ['X01', 'XTR']", "is an organisation already"),
        ("[organisations.X01]\nproviders = [1, 2]", r"providers is \[1, 2\]; it must be a list of texts"),
        ("[targets\ndeclaration = 1", "not a settings file that can be read"),
    ],
)
def test_a_value_of_the_wrong_type_is_named_with_what_is_allowed(
    tmp_path: Path, text: str, told: str
) -> None:
    place = written(tmp_path, text)
    with pytest.raises(SettingsError, match=told) as raised:
        settings.load(place)
    assert str(place) in str(raised.value)


def test_a_folder_of_the_environment_outranks_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = written(tmp_path, "[folders]\nextracts = 'of-the-file'\noutput = 'of-the-file-too'")
    monkeypatch.setenv("WRES_EXTRACTS", str(tmp_path / "of-the-environment"))
    monkeypatch.setenv("WRES_WAREHOUSE", "relative.duckdb")
    loaded = settings.load(place, base=tmp_path / "here")
    assert loaded.extracts == tmp_path / "of-the-environment"
    assert loaded.output == tmp_path / "of-the-file-too"
    assert loaded.warehouse == tmp_path / "here" / "relative.duckdb"


def test_a_settings_file_elsewhere_has_its_folders_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.setenv(
        "WRES_SETTINGS", str(written(tmp_path / "elsewhere", "[folders]\nextracts = 'extracts'"))
    )
    loaded = settings.load(base=tmp_path)
    assert loaded.extracts == tmp_path / "elsewhere" / "extracts"
    assert loaded.output == tmp_path / "data/output"


def test_a_settings_file_that_was_named_but_is_not_there_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WRES_SETTINGS", str(tmp_path / "none.toml"))
    with pytest.raises(SettingsError, match="none.toml: there is no such settings file"):
        settings.load()


def test_a_folder_named_as_the_settings_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="not a settings file that can be read"):
        settings.load(tmp_path)


def test_secrets_come_from_the_environment_and_are_never_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WRES_SMTP_PASSWORD", "correct horse")
    monkeypatch.setenv("WRES_WEBHOOK_URL", "https://hooks.example/battery")
    loaded = settings.load(written(tmp_path, "[alerts]\nsmtp_host = 'mail.example'"))
    assert (loaded.alerts.smtp_password, loaded.alerts.webhook_url) == (
        "correct horse",
        "https://hooks.example/battery",
    )
    assert "horse" not in repr(loaded) and "battery" not in repr(loaded)


@pytest.mark.parametrize("key", ["smtp_password", "webhook_url"])
def test_a_secret_in_the_file_is_refused_without_repeating_it(tmp_path: Path, key: str) -> None:
    with pytest.raises(SettingsError, match=f"{key} is a secret: set WRES_") as raised:
        settings.load(written(tmp_path, f"[alerts]\n{key} = 'correct horse'"))
    assert "horse" not in str(raised.value)


def test_every_fault_of_the_file_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    place = written(
        tmp_path,
        "[targets]\ndeclared = 0.9\nambition = 2\n\n[organisations.X01]\nname = 7  # a number\nproviders = ['not a code']\n"
        "[gap]\nown_lag = 'yes'\nreview_pairs = -1\n[reprots]\npdf = true\n",
    )
    with pytest.raises(SettingsError) as raised:
        settings.load(place)
    told = {problem.removeprefix(f"{place}: ")[:45] for problem in raised.value.problems}
    assert told == {
        "line 2: [targets] declared is not a setting; ",
        "line 3: [targets] ambition is 2.0; it must be",
        "line 6: [organisations.X01] name is 7; it mus",
        "line 7: [organisations.X01] providers names '",
        "line 9: [gap] own_lag is 'yes'; it must be tr",
        "line 10: [gap] review_pairs is -1; it must no",
        "line 11: [reprots] is not a setting; known he",
    }
    assert str(raised.value).count("\n") == 6


def test_what_is_faulty_is_left_at_its_default_where_the_rest_is_looked_at(tmp_path: Path) -> None:
    loaded, problems = settings.look(
        written(tmp_path, "[folders]\noutput = 'out'\n[targets]\nambition = 'all'\ndeclaration = 0.9\n")
    )
    assert (loaded.output, loaded.targets) == (tmp_path / "out", Targets(0.9, 1.0))
    assert len(problems) == 1


def test_a_path_of_windows_is_answered_with_how_to_write_it(tmp_path: Path) -> None:
    for path in (r"C:\Users\me", r"C:\data"):
        _, problems = settings.look(written(tmp_path, f'[folders]\noutput = "{path}"\n'))
        assert problems[0].endswith("write a path with / or between single quotation marks")
