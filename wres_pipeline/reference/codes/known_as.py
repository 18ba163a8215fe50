"""Names people are known by, and other spellings of a name, with the full name each stands for.

[ours] common usage and spellings, none of it official: used only to compare two records of perhaps one
person, never to change a name. One step only: a full name is never itself a known-as.
"""

from __future__ import annotations

from functools import cache

from wres_pipeline.reference import tables


@cache
def full_names() -> dict[str, str]:
    """Known-as name → full name, both in capitals without accents."""
    return {row["known_as"]: row["full_name"] for row in tables.rows("known_as")}
