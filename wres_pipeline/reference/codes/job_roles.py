"""Which job roles make a doctor or dentist a senior medical manager (a subset row of indicator 1)."""

from __future__ import annotations

from functools import lru_cache

from wres_pipeline.reference import tables
from wres_pipeline.reference.tables import fold


def is_senior_medical_manager(text: str | None) -> bool:
    """Whether a job role is one of a senior medical manager [ours; three of the roles recalled from ESR's
    list]."""
    return text is not None and fold(text) in _senior()


@lru_cache(maxsize=1)
def _senior() -> frozenset[str]:
    return frozenset(
        fold(r["label"]) for r in tables.rows("job_roles") if r["senior_medical_manager"] == "yes"
    )
