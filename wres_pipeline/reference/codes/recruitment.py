"""How far an application got: TRAC's and NHS Jobs' stage labels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from wres_pipeline.reference import tables
from wres_pipeline.reference.tables import fold

REACHED = ("applied", "shortlisted", "interviewed", "offered", "appointed")
_NO_LABELS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Stage:
    """reached: the furthest step certain from the label, of REACHED; ended: how it stopped there, of
    ENDED."""

    reached: str
    ended: str


def stage(text: str | None, extra: Mapping[str, str] = _NO_LABELS) -> Stage | None:
    """The stage a label stands for, or None for a blank or a text no list knows.

    A label tells the least that happened: `Withdrawn` alone says only that the person applied. Where the
    extract has its own columns (shortlisted, offered, appointed) those say more and count first.
    """
    if text is None:
        return None
    key = fold(text)
    return _stages().get(fold(extra[key]) if key in extra else key)


@lru_cache(maxsize=1)
def _stages() -> dict[str, Stage]:
    return tables.by_label("recruitment_stages", lambda r: Stage(r["reached"], r["ended"]))
