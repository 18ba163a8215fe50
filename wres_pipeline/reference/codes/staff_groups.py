"""From a staff group to the cluster of indicator 1: clinical, non-clinical, medical and dental."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from wres_pipeline.reference import tables
from wres_pipeline.reference.tables import fold

CLUSTERS = ("non_clinical", "clinical", "medical_and_dental")
_NO_LABELS: Mapping[str, str] = {}


def resolve(text: str | None, extra: Mapping[str, str] = _NO_LABELS) -> str | None:
    """The cluster of a staff group label, or None. `Staff group|Role` (ESR Generic Outbound) is read by its
    group.

    The labels are [seen]; which cluster each belongs to is this project's reading [ours].
    """
    if text is None:
        return None
    key = fold(text)
    if extra and key in extra:
        key = fold(extra[key])
    known = _clusters()
    return known.get(key) or known.get(key.split("|")[0])


@lru_cache(maxsize=1)
def _clusters() -> dict[str, str]:
    return tables.by_label("staff_groups", lambda r: r["cluster"])
