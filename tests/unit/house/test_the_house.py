"""The rules of the house that a reader could otherwise only be asked to keep."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PACKAGE = ROOT / "wres_pipeline"
MODULES = sorted(PACKAGE.rglob("*.py"))

# Each room and the rooms it may import; schema, warehouse, whole_file and background stand below all, settings only beside the top.
MAY_IMPORT = {
    "schema": set(),
    "reference": set(),
    "statistics": set(),
    "extracts": {"reference"},
    "synthetic": {"reference", "extracts"},
    "linkage": {"reference", "extracts"},
    "indicators": {"reference", "statistics", "extracts"},
    "quality": {"reference", "statistics", "extracts", "linkage", "indicators"},
    "disclosure": {"reference", "statistics", "indicators"},
    "commissioner": {"reference", "statistics", "extracts", "indicators", "disclosure"},
    "action_plan": {"reference", "statistics", "extracts", "indicators"},
    "render": {"reference", "statistics", "indicators"},
    "lint": {"reference", "statistics", "indicators", "render"},
    "reports": {
        "reference", "statistics", "extracts", "linkage", "quality", "indicators", "disclosure", "commissioner",
        "action_plan", "render",
    },
    "governance": {"reference", "extracts", "linkage", "indicators", "quality", "disclosure", "reports", "settings"},
    "orchestration": {
        "reference", "statistics", "extracts", "linkage", "quality", "indicators", "disclosure", "commissioner",
        "action_plan", "render", "reports", "lint", "governance", "settings", "definitions",
    },
}  # fmt: skip


def imported(path: Path) -> set[str]:
    """Every module a file imports, wherever in the file it does so."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_dagster_is_imported_in_orchestration_and_definitions_only() -> None:
    elsewhere = [
        str(path.relative_to(ROOT))
        for path in MODULES
        if any(name.split(".")[0] == "dagster" for name in imported(path))
        and path.relative_to(PACKAGE).parts[0] not in {"orchestration", "definitions.py"}
    ]
    assert elsewhere == []


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_a_room_imports_only_the_rooms_before_it(room: str) -> None:
    allowed = MAY_IMPORT[room] | {room, "schema", "warehouse", "background", "whole_file", "__version__"}
    wrong = sorted(
        f"{path.relative_to(ROOT)} imports {name}"
        for path in (PACKAGE / room).rglob("*.py")
        for name in imported(path)
        if name.startswith("wres_pipeline.") and name.split(".")[1] not in allowed
    )
    assert wrong == []


def test_every_room_is_one_the_house_knows() -> None:
    rooms = {p.name for p in PACKAGE.iterdir() if p.is_dir() and not p.name.startswith("__")}
    assert rooms == set(MAY_IMPORT) | {"commands"}


def test_no_module_is_named_for_everything_and_nothing() -> None:
    assert [p.name for p in MODULES if p.stem in {"utils", "helpers", "common", "misc"}] == []


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.sql")), ids=lambda p: p.name)
def test_the_first_line_of_an_sql_file_says_what_one_row_is(path: Path) -> None:
    assert re.match(r"-- one row (is|a) ", path.read_text(encoding="utf-8").splitlines()[0])


def test_a_lock_file_names_no_index_and_pins_every_package_by_hash() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
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
