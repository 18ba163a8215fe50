"""Every test is marked by the folder it stands in: unit, spec, integration, golden, browser or service."""

from __future__ import annotations

import contextvars
import functools
import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parent
SHARED_DATA = ROOT.parent.parent / "shared" / "data"


KINDS = ("service", "integration", "golden", "browser", "spec", "unit")
"""In the order they are run: what waits or takes long first, so that no core stands idle at the end."""

LONG = (
    "test_running_again.py",
    "test_release_and_sign_off.py",
    "test_missing_and_broken_extracts.py",
    "test_people_in_every_cell.py",
    "test_a_tenth_indicator.py",
    "test_publication_pages.py",
)
"""Files that take longest of their kind, which come first of it."""


IN_MEMORY = Path("/dev/shm")  # noqa: S108
"""Linux's file system in memory. Runs of the suite commit thousands of times to Dagster's event log and wait for the disk each."""
ROOM = 6_000_000_000
"""Bytes that must be free there; a session leaves one."""


def pytest_configure() -> None:
    if IN_MEMORY.is_dir() and os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def kind_of(item: pytest.Item) -> str:
        return item.path.relative_to(ROOT).parts[0]

    for item in items:
        if kind_of(item) in KINDS:
            item.add_marker(kind_of(item))

    def place(item: pytest.Item) -> tuple[int, bool]:
        kind = kind_of(item)
        return KINDS.index(kind) if kind in KINDS else len(KINDS), item.path.name not in LONG

    items.sort(key=place)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> None:
    """Run every test in a context of its own.

    Dagster keeps the storage of an instance in a context variable, and a tick's context lets go of it only when it is
    collected: what one test left would be the next one's storage, without its instance.
    """
    test, context = pyfuncitem.obj, contextvars.copy_context()

    @functools.wraps(test)
    def alone(**fixtures: object) -> None:
        context.run(test, **fixtures)

    pyfuncitem.obj = alone


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real published files; a test that needs it is skipped, with the reason, where it is absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the published files of ../shared/data are not on this machine")
    return SHARED_DATA
