"""The JSON schemas for editors say what the readers read: the same fields, and the project's own files are good by both."""

from __future__ import annotations

import dataclasses
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from wres_pipeline import settings
from wres_pipeline.action_plan import plan
from wres_pipeline.commissioner import comments
from wres_pipeline.quality import confirmations
from wres_pipeline.reference import indicators
from wres_pipeline.reference.written_file import WrittenFileError
from wres_pipeline.reports.annual import notes

ROOT = Path(__file__).parents[3]
SCHEMAS = ROOT / "wres_pipeline" / "reference" / "editor_schemas"


def schema(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    return loaded


def entry(name: str, field: str) -> set[str]:
    return set(schema(name)["properties"][field]["items"]["properties"])


def test_the_schemas_have_the_fields_of_the_readers_and_no_others() -> None:
    actions = schema("actions")["properties"]
    assert set(actions) == set(plan.PLAN_FIELDS)
    assert entry("actions", "actions") == set(plan.ACTION_FIELDS)
    target = actions["actions"]["items"]["properties"]["target"]["oneOf"][1]["properties"]
    assert set(target) == set(plan.TARGET_FIELDS)
    assert entry("provider_comments", "comments") == set(comments.FIELDS)
    assert entry("confirmations", "confirmations") == set(confirmations.FIELDS)
    assert entry("confirmations", "rules") == set(confirmations.RULE_FIELDS)
    sections = {notes.section_of(number) for number in indicators.NUMBERS}
    assert set(schema("notes")["properties"]) == sections | set(notes.QUESTIONS)
    one = schema("notes")["properties"]["indicator_2"]["oneOf"][1]["properties"]
    assert set(one) == {*notes.FIELDS, "draft"}


def test_the_schema_of_the_settings_has_their_sections_and_keys_and_no_secret() -> None:
    sections = schema("wres")["properties"]
    assert set(sections) == settings.SECTIONS
    assert set(sections["folders"]["properties"]) == set(settings.FOLDERS)
    loaded = settings.Settings(Path(), Path(), Path(), Path())
    for name in settings.SECTIONS - {"folders", "organisations", "systems"}:
        keys = {one.name for one in dataclasses.fields(getattr(loaded, name))}
        assert set(sections[name]["properties"]) == keys - set(settings.SECRETS), name
    for name, kind in (("organisations", settings.Organisation), ("systems", settings.System)):
        keys = {one.name for one in dataclasses.fields(kind)}
        assert set(sections[name]["additionalProperties"]["properties"]) == keys - {"code"}


@pytest.mark.parametrize(
    "text", ["[gap]\nreview_pairs = -1", "[disclosure]\nboard = 'all'", "[targets]\nambition = 2"]
)
def test_faulty_settings_are_faulty_by_schema_and_reader(text: str, tmp_path: Path) -> None:
    validators = pytest.importorskip("jsonschema")
    validator = validators.Draft202012Validator(schema("wres"))
    committed = tomllib.loads((ROOT / "wres.toml").read_text(encoding="utf-8"))
    assert not list(validator.iter_errors(committed))
    assert list(validator.iter_errors(tomllib.loads(text)))
    (tmp_path / "wres.toml").write_text(text)
    with pytest.raises(settings.SettingsError):
        settings.load(tmp_path / "wres.toml")


def told(name: str, text: str) -> list[str]:
    """What the schema says of a file; days as the texts they are written as."""
    validators = pytest.importorskip("jsonschema")
    document = json.loads(json.dumps(yaml.safe_load(text), default=str))
    return [str(e.message) for e in validators.Draft202012Validator(schema(name)).iter_errors(document)]


@pytest.mark.parametrize(("name", "parse"), [("actions", plan.parse), ("provider_comments", comments.parse)])
def test_the_samples_files_are_good_by_schema_and_reader(name: str, parse: Any) -> None:
    text = (ROOT / "data" / "sample" / "X01" / f"{name}.yaml").read_text(encoding="utf-8")
    parse(text, f"{name}.yaml")
    assert told(name, text) == []


@pytest.mark.parametrize(
    ("name", "parse", "text"),
    [
        (
            "actions",
            plan.parse,
            "organisation: X01\nplan: P\nadopted: 2021-01-01\nactions: [{id: A, titel: x}]",
        ),
        ("notes", notes.parse, "indicator_2: {txt: a}"),
        ("provider_comments", comments.parse, "comments: [{provider: XTR}]"),
        ("confirmations", confirmations.parse, "confirmations: [{finding: people_missing, mark: 3f2a9c1b}]"),
    ],
)
def test_a_faulty_file_is_faulty_by_schema_and_reader(name: str, parse: Any, text: str) -> None:
    assert told(name, text)
    with pytest.raises(WrittenFileError):
        parse(text, f"{name}.yaml")
