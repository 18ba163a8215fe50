"""Assignment categories and statuses: who is of the substantive workforce, and who is away or has left.

Bank, honorary, non-executive and other contracts are outside; people on leave or seconded out are inside
[ours, after national workforce statistics practice]. Staff of another payroll hosted here are told by the
payroll's name, a setting of the organisation, not by these lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from wres_pipeline.reference import tables
from wres_pipeline.reference.tables import fold

CATEGORIES = ("substantive", "bank", "honorary", "non_executive", "other_excluded")
STATUSES = ("in_post", "on_leave", "seconded_out", "left")
_NO_LABELS: Mapping[str, str] = {}


def category(text: str | None, extra: Mapping[str, str] = _NO_LABELS) -> str | None:
    """One of CATEGORIES, or None for a blank or a text no list knows."""
    return _look_up(_categories(), text, extra)


def status(text: str | None, extra: Mapping[str, str] = _NO_LABELS) -> str | None:
    """One of STATUSES, or None for a blank or a text no list knows."""
    return _look_up(_statuses(), text, extra)


def _look_up(known: Mapping[str, str], text: str | None, extra: Mapping[str, str]) -> str | None:
    if text is None:
        return None
    key = fold(text)
    return known.get(fold(extra[key]) if key in extra else key)


@lru_cache(maxsize=1)
def _categories() -> dict[str, str]:
    return tables.by_label("assignment_categories", lambda r: r["category"])


@lru_cache(maxsize=1)
def _statuses() -> dict[str, str]:
    return tables.by_label("assignment_statuses", lambda r: r["status"])
