"""The annual job on the sample, made once a session; and one second process for all runs."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

import pytest

from tests.annual_run import sample_run  # noqa: F401
from wres_pipeline import background


@pytest.fixture(scope="session")
def _kept_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProcessPoolExecutor | None]:
    with background.process(tmp_path_factory.mktemp("second_process") / "wres.log"):
        kept, background._process = background._process, None
        yield kept
        background._process = kept


@pytest.fixture(scope="module", autouse=True)
def _one_second_process(_kept_process: ProcessPoolExecutor | None) -> Iterator[None]:
    """A command starts a second process of its own, which imports for six seconds what that of the test before had imported."""
    background._process = _kept_process
    yield
    background._process = None
