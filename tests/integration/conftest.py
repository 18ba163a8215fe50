"""The annual job on the sample, made once a session; and one second process for all runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.annual_run import sample_run  # noqa: F401
from wres_pipeline import background


@pytest.fixture(scope="package", autouse=True)
def _one_second_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A command starts a second process of its own, which imports for six seconds what that of the test before had imported."""
    with background.process(tmp_path_factory.mktemp("second_process") / "wres.log"):
        yield
