"""The annual job on the sample, made once a session; and no second process for any other run."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.annual_run import sample_run  # noqa: F401


@pytest.fixture(scope="module", autouse=True)
def _no_second_process() -> Iterator[None]:
    """It would import for ten seconds what this process has imported, while the tests have no core to spare."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "cpu_count", lambda: 1)
        yield
