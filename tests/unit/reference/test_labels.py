"""The look-up key of labels."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wres_pipeline.reference.tables import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Maternity & Adoption", "maternity and adoption"),
        ("White – British", "WHITE - British"),
        ("White: British", "White British"),
        ("Nursing\u00a0and  Midwifery\nRegistered", "nursing and midwifery registered"),
        ("Gypsy / Romany", "gypsy/romany"),
        ("Don’t know", "Don't know"),
        ("employee_number", "Employee  Number"),
        ("\ufeffEmployee Number", "Employee Number"),
        ("Ｂａｎｄ ５", "band 5"),
        ("Not stated.", "Not Stated"),
        ("White Cypriot(non specific)", "White Cypriot ( non specific )"),
    ],
)
def test_two_spellings_of_one_label_have_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Band 8a", "Band 8b"), ("Not stated", "N"), ("No", "Not known")])
def test_two_labels_that_differ_in_a_word_have_two_keys(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_a_lone_dash_is_a_blank() -> None:
    assert fold(" – ") == fold("") == ""


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.text(max_size=60))
def test_the_key_of_a_key_is_the_key(text: str) -> None:
    assert fold(fold(text)) == fold(text)
