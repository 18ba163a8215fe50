"""Pins ethnic_codes.csv: a change of what a code means shows here first."""

from __future__ import annotations

from collections import Counter

from tests import pinned
from wres_pipeline.reference import tables
from wres_pipeline.reference.codes import ethnicity


def test_the_list_of_codes_is_the_one_that_was_reviewed() -> None:
    assert len(tables.rows("ethnic_codes")) == 80
    assert pinned.differences("ethnic_codes") == ""


def test_every_code_stands_once() -> None:
    codes = [row["code"] for row in tables.rows("ethnic_codes")]
    assert len(codes) == len(set(codes))


def test_the_code_sets_have_their_published_sizes() -> None:
    # 2001: 16 categories and Z, 51 local codes of ESR and the default 99; 1991: 0 to 9; 2011: T alone.
    sets = Counter(row["code_set"] for row in tables.rows("ethnic_codes"))
    assert sets == {"2001": 69, "1991": 10, "2011": 1}


def test_a_local_code_never_differs_in_group_from_its_national_code() -> None:
    national = {row["code"]: row["group"] for row in tables.rows("ethnic_codes") if len(row["code"]) == 1}
    for row in tables.rows("ethnic_codes"):
        if len(row["code"]) == 2 and row["code"] != "99":
            assert row["national"] == row["code"][0]
            assert row["group"] == national[row["code"][0]], row["code"]


def test_groups_and_states_are_the_declared_ones() -> None:
    for row in tables.rows("ethnic_codes"):
        assert row["group"] in ethnicity.GROUPS
        assert row["state"] in ethnicity.STATES
        assert (row["state"] == "declared") == (row["group"] != "Unknown")


def test_every_code_followed_by_its_own_label_reads_as_the_code_alone() -> None:
    for row in tables.rows("ethnic_codes"):
        assert ethnicity.resolve(f"{row['code']} {row['label']}") == ethnicity.resolve(row["code"])
