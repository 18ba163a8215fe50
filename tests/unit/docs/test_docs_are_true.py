"""What the documents name exists, and what exists is named: settings, commands, targets, files, assets, packages, links."""

from __future__ import annotations

import dataclasses
import importlib.util
import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import click
import pytest
import typer

from wres_pipeline import settings
from wres_pipeline.cli import app
from wres_pipeline.encryption import key
from wres_pipeline.extracts import contracts
from wres_pipeline.orchestration import assets_page
from wres_pipeline.reference import indicators, local

ROOT = Path(__file__).parents[3]
PACKAGE = ROOT / "wres_pipeline"
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
}
ALL = "\n".join(PAGES.values())
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
QUOTED = re.compile(r"`([^`\n]+)`")
ANNUAL_RUN, DECISIONS = PAGES["docs/annual-run.md"], PAGES["docs/decisions.md"]
OF_AN_ORGANISATION = {
    *(f"{name}.csv" for name in local.NAMES),
    "actions.yaml",
    "confirmations.yaml",
    "findings.csv",
    "residents.csv",
    "notes.yaml",
    "link-decisions.csv",
    "texts-not-shown.csv",
    "mappings/",
}
WRITTEN_BY_A_RUN = re.compile(
    r"(figures|link-review)\.csv$|restricted/|data-quality/|data/(extracts|output|warehouse|dagster_home)"
)


def _quoted(text: str) -> list[str]:
    return QUOTED.findall(FENCE.sub("", text))


def _section(text: str, title: str) -> str:
    return text.split(f"## {title}\n")[1].split("\n## ")[0]


# --- settings


def _settings_described() -> dict[tuple[str, str], str]:
    """(section, key) -> the default as the table of the annual run prints it."""
    found: dict[tuple[str, str], str] = {}
    section = ""
    for line in _section(ANNUAL_RUN, "Settings").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|") or cells[0] == "section" or set(cells[0]) == {"-"}:
            continue
        section = cells[0].strip("`") or section
        found |= {(section, key): cells[2].strip("`") for key in QUOTED.findall(cells[1])}
    return found


def _printed(section: str, value: object) -> str:
    if value is None and section.startswith("disclosure"):
        return "the year's"
    if isinstance(value, bool):
        return str(value).lower()
    return "none" if value in ("", (), None, {}) else str(value)


def _settings_known() -> dict[tuple[str, str], str]:
    found = {("folders", name): default for name, default in settings.FOLDERS.items()}
    kinds = {
        "targets": settings.Targets(),
        "disclosure": settings.DisclosurePolicy(),
        **{f"disclosure.{name}": kind() for name, kind in settings.STAKES.items()},
        "gap": settings.GapSettings(),
        "plausibility": settings.Plausibility(),
        "reports": settings.Reports(),
        "alerts": settings.Alerts(),
        "retention": settings.Retention(),
        "organisations.<ODS>": settings.Organisation(""),
        "systems.<code>": settings.System(""),
    }
    for section, kind in kinds.items():
        for field in dataclasses.fields(kind):
            if field.name not in {
                *settings.SECRETS,
                *(settings.STAKES if section == "disclosure" else ()),
                "code",
            }:
                found[section, field.name] = _printed(section, getattr(kind, field.name))
    return found


def test_every_setting_is_described_with_its_default_and_no_other() -> None:
    assert _settings_described() == _settings_known()


def test_the_settings_file_that_comes_with_the_project_sets_what_the_page_describes() -> None:
    given = tomllib.loads((ROOT / "wres.toml").read_text(encoding="utf-8"))
    organisations, systems = given.pop("organisations"), given.pop("systems")
    used = {(section, key) for section, keys in given.items() for key in keys}
    used |= {("organisations.<ODS>", key) for keys in organisations.values() for key in keys}
    used |= {("systems.<code>", key) for keys in systems.values() for key in keys}
    assert used <= set(_settings_described())


def test_the_documents_name_the_environment_variables_that_are_read_and_no_others() -> None:
    read = {
        "WRES_SETTINGS",
        "WRES_DOCUMENTATION",
        "WRES_LOOK_EVERY",
        *(f"WRES_{name.upper()}" for name in settings.FOLDERS),
        *settings.SECRETS.values(),
        key.VARIABLE,
        key.FILE_VARIABLE,
        indicators.FOLDERS_VARIABLE,
    }
    literal = {
        name
        for path in PACKAGE.rglob("*.py")
        for name in re.findall(r"\bWRES_[A-Z_]*[A-Z]\b", path.read_text(encoding="utf-8"))
    }
    assert literal <= read
    assert set(re.findall(r"\bWRES_[A-Z_]*[A-Z]\b", ALL)) == read
    assert set(re.findall(r"\bWRES_[A-Z_]*[A-Z]\b", ANNUAL_RUN)) == read


def test_every_mapping_an_organisation_may_keep_is_named() -> None:
    named = set(QUOTED.findall(_section(ANNUAL_RUN, "Labels of your own")))
    assert {f"{name}.csv" for name in local.NAMES} <= named


# --- commands


def _commands() -> dict[str, click.Command]:
    group = typer.main.get_command(app)
    assert hasattr(group, "commands")
    return dict(group.commands)


def wres_lines() -> list[tuple[str, str]]:
    return [
        (page, line.split("#")[0].strip().removeprefix(".venv/bin/"))
        for page, text in PAGES.items()
        for _, body in FENCE.findall(text)
        for line in body.splitlines()
        if re.match(r"(\.venv/bin/)?wres ", line.strip())
    ]


@pytest.mark.parametrize(("page", "line"), wres_lines())
def test_a_line_that_runs_wres_is_one_the_command_understands(page: str, line: str) -> None:
    _, command, *arguments = shlex.split(line)
    _commands()[command].make_context(command, arguments)


def test_a_command_named_in_a_sentence_exists_with_its_options() -> None:
    known = _commands()
    for text in PAGES.values():
        for quoted in _quoted(text):
            if quoted.startswith("wres ") and not quoted.startswith("wres -"):
                _, command, *arguments = quoted.split()
                options = {name for one in known[command].params for name in one.opts}
                assert {word for word in arguments if word.startswith("--")} <= options, quoted
    every = {name for command in known.values() for one in command.params for name in one.opts}
    assert {quoted for quoted in _quoted(ALL) if re.fullmatch(r"--[a-z-]+", quoted)} <= every


def test_every_command_is_on_the_page_of_commands() -> None:
    shown = {line.split()[1] for page, line in wres_lines() if page == "docs/commands.md"}
    assert shown == set(_commands())


# --- make, modules, packages


def test_the_documents_name_every_target_of_make_and_no_other() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):.*##", makefile, re.M))
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.M)
    assert phony and set(phony[1].split()) == targets
    quoted = [text for text in QUOTED.findall(ALL) if text.startswith("make ")]
    lines = [line for _, body in FENCE.findall(ALL) for line in body.splitlines() if line.startswith("make ")]
    assert {text.split()[1] for text in quoted + lines} == targets


def test_every_module_that_is_to_be_run_with_python_exists() -> None:
    named = set(re.findall(r"python -m ([\w.]+)", ALL + (ROOT / "Makefile").read_text(encoding="utf-8")))
    assert [name for name in named - {"venv", "pip"} if importlib.util.find_spec(name) is None] == []


def test_every_dependency_has_its_reason_and_no_reason_is_left_behind() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [
        *project["project"]["dependencies"],
        *(one for extra in project["project"]["optional-dependencies"].values() for one in extra),
        *(one for group in project["dependency-groups"].values() for one in group),
    ]
    names = {match[0] for one in wanted if (match := re.match(r"[a-z0-9-]+", one))}
    rows = re.findall(r"^\| (`.*?) \|", _section(DECISIONS, "Dependencies"), re.M)
    other = re.search(
        r"^For tests and development:.*?\n\n", _section(DECISIONS, "Dependencies") + "\n\n", re.M | re.S
    )
    assert other
    assert set(QUOTED.findall("\n".join([*rows, other[0]]))) == names


# --- files, rooms, assets, links


def test_every_file_and_folder_named_exists() -> None:
    missing = []
    for page, text in PAGES.items():
        for quoted in _quoted(text):
            is_file = re.fullmatch(r"[\w./<>-]+\.(csv|yaml|py|sql|md|json|toml|lock)", quoted)
            is_folder = re.fullmatch(r"[\w./-]+/", quoted)
            if not (is_file or is_folder) or quoted in OF_AN_ORGANISATION or WRITTEN_BY_A_RUN.search(quoted):
                continue
            pattern = re.sub(r"<\w+>", "*", quoted).rstrip("/")
            if not any(
                list(base.glob(pattern))
                for base in (
                    ROOT,
                    ROOT / "docs",
                    PACKAGE,
                    PACKAGE / "reference",
                    PACKAGE / "reference/lists",
                    ROOT / "data/sample/X01",
                )
            ):
                missing.append(f"{page}: {quoted}")
    assert missing == []


def test_the_house_of_the_contributors_page_has_every_room_and_no_other() -> None:
    rows = re.findall(r"^\| `(\w+)/` \|", _section(PAGES["CONTRIBUTING.md"], "The house"), re.M)
    assert set(rows) == {path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name[0] != "_"}


def test_adding_an_indicator_takes_fifteen_lines_at_most_and_the_files_of_the_tenth() -> None:
    told = _section(PAGES["CONTRIBUTING.md"], "How to add an indicator")
    assert len([line for line in told.splitlines() if line.strip()]) <= 15
    tenth = {path.name for path in (ROOT / "tests/integration/tenth_indicator").iterdir()}
    named = {Path(name).name for name in re.findall(r"`([\w/]+\.(?:yaml|csv))`", told)}
    contract = f"{indicators.rules_in(ROOT / 'tests/integration/tenth_indicator')[0].extracts[0]}.csv"
    assert tenth == (named - {"submission_items.csv"}) | {contract}


def test_every_kind_of_test_of_the_contributors_page_has_a_folder() -> None:
    kinds = set(re.findall(r"`(unit|spec|integration|golden|browser|service)`", PAGES["CONTRIBUTING.md"]))
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    marked = {one.split(":")[0] for one in config["tool"]["pytest"]["ini_options"]["markers"]}
    assert kinds == marked == {name for name in marked if (ROOT / "tests" / name).is_dir()}


def test_every_extract_of_the_readme_is_of_a_kind_that_is_read() -> None:
    listed = FENCE.findall(_section(PAGES["README.md"], "Your own extracts"))[0][1]
    known = {name for kind in contracts.kinds() for name in contracts.load(kind).names}
    names = set(re.findall(r"\b([a-z]+(?:_[a-z]+)*)(?:_\d{4}(?:-\d\d-\d\d)?)?\.(?:csv|xlsx)\b", listed))
    assert len(names) > 5
    assert names <= known


def test_the_page_of_assets_equals_the_generated_one() -> None:
    assert PAGES["docs/assets.md"] == assets_page.assets_page(), (
        "run: python -m wres_pipeline.orchestration.assets_page"
    )


def test_every_job_and_table_named_in_the_annual_run_is_on_the_page_of_assets() -> None:
    known = set(QUOTED.findall(PAGES["docs/assets.md"]))
    by_shape = re.compile(
        r"(raw|core|report|quality|indicator)_[a-z_0-9]+|\w+_figures|[a-z]+_extracts|annual_return\w*"
    )
    for page in ("README.md", "CONTRIBUTING.md", "docs/annual-run.md", "docs/decisions.md"):
        assert {quoted for quoted in _quoted(PAGES[page]) if by_shape.fullmatch(quoted)} <= known


def test_every_page_is_reached_from_the_readme() -> None:
    linked = set(re.findall(r"\]\(([^)#]+)\)", PAGES["README.md"]))
    assert {page for page in PAGES if page != "README.md"} <= linked


def _anchor(title: str) -> str:
    return re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-")


def test_every_relative_link_leads_somewhere() -> None:
    broken = []
    evidence = {
        f"docs/evidence/{p.name}": p.read_text(encoding="utf-8")
        for p in (ROOT / "docs/evidence").glob("*.md")
    }
    for page, text in {**PAGES, **evidence}.items():
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            if "://" in target or target.startswith("mailto:"):
                continue
            place, _, anchor = target.partition("#")
            file = (ROOT / page).parent / place if place else ROOT / page
            titles = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), re.M) if anchor else []
            if not file.exists() or (anchor and anchor not in map(_anchor, titles)):
                broken.append(f"{page}: {target}")
    assert broken == []


def test_the_site_of_the_docs_has_every_page_and_no_page_that_is_not_there() -> None:
    import yaml

    def named(entries: list[Any]) -> list[str]:
        found = []
        for entry in entries:
            value = next(iter(entry.values())) if isinstance(entry, dict) else entry
            found += named(value) if isinstance(value, list) else [value]
        return found

    site = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    pages = named(site["nav"])
    assert sorted(pages) == sorted(path.name for path in (ROOT / "docs").glob("*.md"))
    assert site["theme"]["font"] is False  # fonts of the theme come from another host


def test_make_names_the_python_it_needs_before_it_begins() -> None:
    needs = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    version = needs.removeprefix(">=")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    check = makefile[: makefile.index("-m venv")]
    assert f"Python {version} or later" in check and str(tuple(map(int, version.split(".")))) in check
