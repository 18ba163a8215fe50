from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.core_rows import CoreRows


@pytest.fixture
def rows() -> Iterator[CoreRows]:
    made = CoreRows()
    yield made
    made.close()
