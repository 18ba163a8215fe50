"""Employee relations case types: indicator 3 counts disciplinary cases only."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from wres_pipeline.reference import tables
from wres_pipeline.reference.tables import fold

KINDS = ("disciplinary", "other")
_NO_LABELS: Mapping[str, str] = {}


def kind(text: str | None, extra: Mapping[str, str] = _NO_LABELS) -> str | None:
    """`disciplinary`, `other`, or None for a blank or a text no list knows."""
    if text is None:
        return None
    key = fold(text)
    return _kinds().get(fold(extra[key]) if key in extra else key)


@lru_cache(maxsize=1)
def _kinds() -> dict[str, str]:
    return tables.by_label("case_types", lambda r: r["kind"])
