"""A column of bare codes is read by the one list its whole content proves, and by none where two fit."""

from __future__ import annotations

import pytest

from wres_pipeline.reference.codes import ethnic_lists


@pytest.mark.parametrize(
    ("texts", "lists"),
    [
        (["0", "4", "9", ""], ("1991",)),
        (["1", "2", "9"], ("1991", "2001", "survey")),
        (["1", "4", "12", "16"], ("2001", "survey")),
        (["01", "09", "18"], ("survey",)),
        (["01.0", "18.0"], ("survey",)),
        (["W1", "A1", "B2", "M9", "NS"], ("16+1",)),
        (["A1", "A"], ()),
        (["W1", "A White - British"], ()),
        (["0", "18"], ()),
        (["A White - British", "Z Not Stated"], ()),
        (["99", "Not known"], ()),
    ],
)
def test_the_lists_that_hold_a_whole_column(texts: list[str], lists: tuple[str, ...]) -> None:
    assert ethnic_lists.fitting(texts) == lists


def test_one_number_means_another_group_in_every_list() -> None:
    assert [ethnic_lists.meaning("4", name).group for name in ("1991", "2001", "survey")] == [
        "BME",
        "BME",
        "White",
    ]
    assert [ethnic_lists.meaning("1", name).group for name in ("1991", "2001", "survey")] == [
        "BME",
        "White",
        "White",
    ]
    assert ethnic_lists.meaning("B2", "16+1").group == "BME"
    assert ethnic_lists.meaning("B2", "").state == "unmapped"


def test_codes_of_esr_and_99_are_not_bare() -> None:
    assert [ethnic_lists.bare(text) for text in ("A", "CD", "C2", "99", "White", "7", "A1")] == [
        False, False, False, False, False, True, True,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("texts", "lists"),
    [
        (["a", "h", "n"], (ethnic_lists.SMALL,)),
        (["a", "h", "n", "Z Not Stated", ""], (ethnic_lists.SMALL,)),
        (["a", "cd", "99", "b"], (ethnic_lists.SMALL,)),
        (["a", "n"], ()),
        (["h", "n", "z"], ()),
        (["a", "h", "n", "A White - British"], ()),
        (["a", "h", "n", "perhaps"], ()),
        (["y", "n"], ()),
    ],
)
def test_a_column_of_small_letters_is_esrs_where_several_differ_and_a_is_among_them(
    texts: list[str], lists: tuple[str, ...]
) -> None:
    assert ethnic_lists.fitting(texts) == lists


def test_a_small_letter_means_something_only_in_such_a_column() -> None:
    assert ethnic_lists.explained("n", "") is None
    found = ethnic_lists.explained(" n", ethnic_lists.SMALL)
    assert found is not None and (found.code, found.group) == ("N", "BME")
    assert ethnic_lists.explained("A White - British", ethnic_lists.SMALL) is None
