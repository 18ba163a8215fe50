"""The list of names people are known by."""

from __future__ import annotations

from tests import pinned
from wres_pipeline.reference.codes import known_as


def test_the_list_is_pinned() -> None:
    assert pinned.differences("known_as") == ""


def test_a_full_name_is_never_itself_a_known_as_name() -> None:
    names = known_as.full_names()
    assert not set(names) & set(names.values())


def test_names_are_capitals_without_accents() -> None:
    for pair in known_as.full_names().items():
        assert all(name.isascii() and name.isalpha() and name.isupper() for name in pair)
