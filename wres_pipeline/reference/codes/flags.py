"""Yes and no as a column's own words say it: `Not shortlisted`, `Non-mandatory`, `Voting`, `NED`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from wres_pipeline.reference import tables
from wres_pipeline.reference.tables import fold

ANSWERS: Mapping[str, bool | None] = {"yes": True, "no": False, "not known": None}
"""What an organisation's own word can mean (`flags.csv` of its mappings)."""
_NO_LABELS: Mapping[str, str] = {}


def known(column: str, text: str, extra: Mapping[str, str] = _NO_LABELS) -> bool:
    """Whether a list, or the organisation's own, says what `text` means in `column`."""
    key = fold(text)
    return key in extra or key in _words().get(column, {})


def meaning(column: str, text: str, extra: Mapping[str, str] = _NO_LABELS) -> bool | None:
    """True, False, or None for a text that no list of this column holds (or that means `not known`).

    extra: the organisation's own words (folded) and what each means, of ANSWERS; they win. A word means something in its own
    column only: `Shortlisted` in `appointed` is no yes.
    """
    key = fold(text)
    if key in extra:
        return ANSWERS[extra[key]]
    return _words().get(column, {}).get(key)


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, bool]]:
    columns: dict[str, list[tables.Row]] = {}
    for row in tables.rows("flag_words"):
        columns.setdefault(row["column"], []).append(row)
    return {
        column: tables.by_label("flag_words", lambda row: row["means"] == "yes", rows)
        for column, rows in columns.items()
    }
