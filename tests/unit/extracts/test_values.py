"""What the text of one cell means; expected values by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wres_pipeline.extracts.canonical import values


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31-MAR-2021", date(2021, 3, 31)),
        ("31-Mar-21", date(2021, 3, 31)),
        ("31 March 2021", date(2021, 3, 31)),
        ("31st March 2021", date(2021, 3, 31)),
        ("March 31, 2021", date(2021, 3, 31)),
        ("31/03/2021", date(2021, 3, 31)),
        ("31.03.2021", date(2021, 3, 31)),
        ("1/4/65", date(1965, 4, 1)),
        ("01/04/21", date(2021, 4, 1)),
        ("2021-03-31", date(2021, 3, 31)),
        ("2021-03-31T09:30:00Z", date(2021, 3, 31)),
        ("31/03/2021 00:00", date(2021, 3, 31)),
        ("20210331", date(2021, 3, 31)),
        ("20210331.0", date(2021, 3, 31)),
        ("44286", date(2021, 3, 31)),
        ("44286.0", date(2021, 3, 31)),
        ("\u00a031-MAR-2021 ", date(2021, 3, 31)),
        ("31-DEC-4712", date(4712, 12, 31)),
        ("29-FEB-2020", date(2020, 2, 29)),
    ],
)
def test_a_date_is_read_in_every_form_it_comes_in(text: str, day: date) -> None:
    assert values.parse_date(text) == day


@pytest.mark.parametrize(
    "text",
    ["", None, "TBC", "ongoing", "31/02/2021", "29-FEB-2021", "03/31/2021", "7", "1234", "123456", "2021", "soon", "1/2/3",
     "12/2021", "31-FOO-2021", "99999999"],
)  # fmt: skip
def test_what_is_no_date_is_none_and_never_guessed(text: str | None) -> None:
    assert values.parse_date(text) is None


def test_the_order_of_day_and_month_decides_a_text_that_could_be_either() -> None:
    assert values.parse_date("03/04/2021", "dmy") == date(2021, 4, 3)
    assert values.parse_date("03/04/2021", "mdy") == date(2021, 3, 4)
    assert values.parse_date("03/31/2021", "mdy") == date(2021, 3, 31)


def test_a_two_digit_birth_year_after_the_snapshot_is_a_hundred_years_earlier() -> None:
    assert values.parse_date("01/02/45") == date(2045, 2, 1)
    assert values.parse_date("01/02/45", latest=date(2021, 3, 31)) == date(1945, 2, 1)
    assert values.parse_date("01/02/04", latest=date(2021, 3, 31)) == date(2004, 2, 1)


@pytest.mark.parametrize(
    ("text", "proof"),
    [("31/03/2021", "dmy"), ("03/31/2021", "mdy"), ("03/04/2021", None), ("12/12/21", None), ("2021-03-31", None),
     ("31-MAR-2021", None), ("32/03/2021", None), ("04/31/2021", None), ("30/02/2021", None), ("00/13/2021", None), ("31/13/2021", None), ("", None)],
)  # fmt: skip
def test_a_date_proves_an_order_only_where_one_number_cannot_be_a_month(text: str, proof: str | None) -> None:
    assert values.day_month_proof(text) == proof


@pytest.mark.parametrize(
    ("text", "flag"),
    [("Y", True), ("yes", True), (" TRUE ", True), ("1", True), ("1.0", True), ("X", True), ("N", False), ("No", False),
     ("false", False), ("0", False), ("", None), (None, None), ("maybe", None), ("2", None)],
)  # fmt: skip
def test_yes_and_no_are_read_and_anything_else_is_none(text: str | None, flag: bool | None) -> None:
    assert values.parse_yes_no(text) is flag


def test_a_flag_given_as_a_day_means_yes_on_that_day() -> None:
    assert values.parse_yes_no_or_date("12-JAN-2021") == (True, date(2021, 1, 12))
    assert values.parse_yes_no_or_date("N") == (False, None)
    assert values.parse_yes_no_or_date("") == (None, None)
    assert values.parse_yes_no_or_date("TBC") == (None, None)


@pytest.mark.parametrize(
    ("text", "number"),
    [("1,234", 1234.0), ("12.5%", 12.5), ("0", 0.0), (" 7 ", 7.0), ("-", None), ("*", None), ("", None), (None, None),
     ("1,23", None), ("(5)", -5.0), ("\u22125", -5.0), ("1e3", 1000.0), ("twelve", None)],
)  # fmt: skip
def test_a_number_may_have_separators_and_a_percent_sign(text: str | None, number: float | None) -> None:
    assert values.parse_number(text) == number


def test_the_shape_of_a_value_keeps_nothing_of_it() -> None:
    assert values.shape("10949595-4") == "99999999-9"
    assert values.shape("Zoë O'Neill") == "Aaa A'Aaaaa"
    assert values.shape("  ") == "blank"
    assert len(values.shape("x" * 100)) == 24


def test_both_names_in_one_cell_are_told_apart() -> None:
    assert values.split_name("von Münchhausen, Zoë") == ("Zoë", "von Münchhausen")
    assert values.split_name("Zoë Jane Smith") == ("Zoë Jane", "Smith")
    assert values.split_name("Madonna") == ("", "Madonna")


def test_a_guarded_id_loses_its_guard_and_keeps_its_zeros() -> None:
    assert values.tidy('="00123"') == "00123"
    assert values.tidy("\u00a0 a \u200b b ") == "a b"


@settings(derandomize=True, max_examples=200)
@given(st.integers(0, 40_000))
def test_every_form_of_a_day_gives_that_day(number: int) -> None:
    day = date(1950, 1, 1) + timedelta(number)
    for text in (day.isoformat(), day.strftime("%d/%m/%Y"), day.strftime("%d-%b-%Y"), day.strftime("%Y%m%d")):
        assert values.parse_date(text) == day
    assert values.parse_date(str((day - values.EXCEL_EPOCH).days)) == day
    assert values.parse_date(day.strftime("%m/%d/%Y"), "mdy") == day


@settings(derandomize=True, max_examples=200)
@given(st.text(max_size=30))
def test_no_text_makes_a_parser_fail(text: str) -> None:
    values.parse_date(text)
    values.parse_number(text)
    values.parse_yes_no_or_date(text)
    values.split_name(text)
    assert not any(c.isdigit() and c != "9" for c in values.shape(text, 100))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020-03-31T23:00:00Z", date(2020, 4, 1)),  # summer time began on 29 March 2020: midnight in London
        ("2020-03-28T23:00:00Z", date(2020, 3, 28)),
        ("2020-12-31T23:59:59+00:00", date(2020, 12, 31)),
        ("2020-06-01T00:30:00+02:00", date(2020, 5, 31)),
        ("2020-06-01T23:30:00", date(2020, 6, 1)),
        ("2020-06-31T23:30:00Z", None),
    ],
)
def test_a_time_with_its_offset_is_an_instant_and_gives_the_day_in_london(
    text: str, day: date | None
) -> None:
    assert values.parse_date(text) == day
