"""Pins ethnic_labels.csv, and the ways of the look-up that no table shows."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import pinned
from wres_pipeline.reference import tables
from wres_pipeline.reference.codes import ethnicity
from wres_pipeline.reference.tables import fold


def test_the_list_of_labels_is_the_one_that_was_reviewed() -> None:
    assert len(tables.rows("ethnic_labels")) == 508
    assert pinned.differences("ethnic_labels") == ""


def test_a_label_has_the_group_and_the_state_of_its_code() -> None:
    for row in tables.rows("ethnic_labels"):
        if row["code"]:
            code = ethnicity.resolve(row["code"])
            assert (code.state, code.group) == (row["state"], row["group"]), row["label"]


def test_every_label_resolves_as_its_row_says_in_any_case_and_spacing() -> None:
    for row in tables.rows("ethnic_labels"):
        for text in (row["label"], row["label"].upper(), f"  {row['label'].lower()}\u00a0"):
            found = ethnicity.resolve(text)
            assert (found.state, found.group) == (row["state"], row["group"]), text


@pytest.mark.parametrize("code", list(string.ascii_uppercase))
def test_a_second_character_groups_with_the_first_where_a_list_holds_it_and_means_nothing_otherwise(
    code: str,
) -> None:
    listed = {row["code"] for row in tables.rows("ethnic_codes")}
    for second in string.ascii_uppercase + string.digits:
        found = ethnicity.resolve(code + second)
        if code + second in listed:
            assert (found.group, found.state) == (
                ethnicity.resolve(code).group,
                ethnicity.resolve(code).state,
            )
        else:
            assert found == ethnicity.UNMAPPED


@pytest.mark.parametrize("code", ["A1", "A9", "B1", "B2", "W1", "M1", "O9", "CZ", "A0"])
def test_codes_of_another_list_are_never_grouped_by_their_first_letter(code: str) -> None:
    assert ethnicity.resolve(code).state == "unmapped"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("British (A)", "A"), ("Indian (H)", "H"), ("African (N)", "N"), ("Irish (B)", "B"), ("Not Stated (Z)", "Z"),
        ("Any other Asian background (L)", "L"), ("White Cornish (CD)", "CD"), ("British (White)", "A"), ("Irish [White]", "B"),
        ("White (British)", "A"), ("Asian (Indian)", "H"), ("White British - A", "A"), ("(A) White British", "A"), ("H|Indian", "H"),
    ],
)  # fmt: skip
def test_a_code_or_a_group_in_brackets_counts_where_the_label_agrees(text: str, code: str) -> None:
    assert ethnicity.resolve(text).code == code


@pytest.mark.parametrize(
    "text", ["Indian (A)", "Indian - A", "Pakistani (H)", "Chinese (B)", "somebody (A)", "British (A1)"]
)
def test_a_code_in_brackets_that_contradicts_its_label_means_nothing(text: str) -> None:
    assert ethnicity.resolve(text).state == "unmapped"


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.text(max_size=40))
def test_any_text_at_all_gets_a_state_and_free_text_is_never_cut_to_a_code(text: str) -> None:
    found = ethnicity.resolve(text)
    assert found.state in ethnicity.STATES
    assert found.group in ethnicity.GROUPS
    if found.state == "declared" and fold(text) not in ethnicity.labels():
        assert len(text.strip()) <= 2 or " " in fold(text)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(
    st.sampled_from("ABCDEFGHJKLMNPRSZ"),
    st.text(alphabet=string.ascii_lowercase + " ", min_size=2, max_size=20),
)
def test_a_letter_in_front_of_unknown_words_means_nothing(letter: str, words: str) -> None:
    if fold(words) not in ethnicity.labels() and fold(letter + words) not in ethnicity.labels():
        own = {fold(r["label"]) for r in tables.rows("ethnic_codes")}
        if fold(words) not in own and fold(words):
            assert ethnicity.resolve(f"{letter} {words}").state == "unmapped"


def test_an_organisations_own_label_wins_over_the_national_lists() -> None:
    own = {"kernewek": "CD", "not stated": "99"}
    assert ethnicity.resolve("Kernewek", own).code == "CD"
    assert ethnicity.resolve("Not Stated", own).state == "not_recorded"
    assert ethnicity.resolve("Kernewek").state == "unmapped"
