"""The rules of the house that a reader could otherwise only be asked to keep."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PACKAGE = ROOT / "wres_pipeline"
MODULES = sorted(PACKAGE.rglob("*.py"))


def test_the_arrows_between_the_rooms_point_one_way() -> None:
    """The contracts of pyproject.toml, held by import-linter: layers, no circles, Dagster in its room."""
    told = subprocess.run(
        [Path(sys.executable).parent / "lint-imports"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert told.returncode == 0, told.stdout[-3000:]


def test_every_room_is_one_the_contracts_know() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(each["layers"] for each in contracts if each["type"] == "layers")
    known = {name.strip("() ") for layer in layers for name in re.split("[|:]", layer)}
    rooms = {p.name for p in PACKAGE.iterdir() if p.is_dir() and not p.name.startswith("__")}
    assert rooms - known == set()


def test_no_module_is_named_for_everything_and_nothing() -> None:
    assert [p.name for p in MODULES if p.stem in {"utils", "helpers", "common", "misc"}] == []


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.sql")), ids=lambda p: p.name)
def test_the_first_line_of_an_sql_file_says_what_one_row_is(path: Path) -> None:
    assert re.match(r"-- one row (is|a) ", path.read_text(encoding="utf-8").splitlines()[0])


def test_a_lock_file_names_no_index_and_pins_every_package_by_hash() -> None:
    for name in ("requirements.lock", "requirements-server.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index-url" not in text.replace("--no-emit-index-url", "")
        packages = re.findall(r"(?m)^[a-z0-9][^=\s]*==[^\s;]+.*$", text)
        assert packages
        assert all(line.rstrip().endswith("\\") for line in packages)


def test_the_project_file_holds_no_block_that_would_outrank_the_workspace_file() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert "[tool.dagster]" not in text
    assert "[tool.dg" not in text


def test_no_day_is_written_in_a_way_that_windows_does_not_know() -> None:
    """`%-d` is a form of Linux and macOS: on Windows it ends the run."""
    sources = [*(ROOT / "wres_pipeline").rglob("*.py"), *(ROOT / "wres_pipeline").rglob("*.jinja")]
    assert [path.name for path in sources if re.search(r"%-[a-zA-Z]", path.read_text(encoding="utf-8"))] == []
