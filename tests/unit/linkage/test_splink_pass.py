"""What Splink decides after the passes, and what it leaves to a person."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

OTHER = {
    "first_name": "Ola",
    "last_name": "Nowak",
    "date_of_birth": date(1991, 1, 2),
    "ni_number": "BC222222A",
    "email": "ola@example.nhs.uk",
    "postcode": "ZZ8 8ZZ",
}


def test_a_slip_in_number_and_name_is_linked_by_splink(world: Any) -> None:
    found = world.linked(
        ni_number="AC123457B", email=None, last_name="Okafor-Smyth", first_name="Kathrine", postcode="ZZ7 7GG"
    )
    assert found == ("100", "splink", "automatic")


def test_a_twin_is_never_an_automatic_link(world: Any) -> None:
    employee, method, band = world.linked(first_name="Olga", ni_number=None, start_date=date(2019, 2, 4))
    assert (method, band) == ("splink", "clerical")


def test_a_stranger_is_not_linked_and_the_nearest_is_kept_with_a_score(world: Any) -> None:
    world.staff("100")
    changes = OTHER | {"last_name": "Okafor-Smith", "start_date": date(2021, 1, 4)}
    world.application("A1", **(changes | {"date_of_birth": date(1980, 4, 9)}))
    world.link()
    employee, band, score = world.con.execute(
        "SELECT employee_number, band, score FROM linkage_links"
    ).fetchall()[0]
    assert (employee, band) == ("100", "none")
    assert 0 <= score < 0.5


def test_the_weights_of_a_link_are_explained_without_a_value(world: Any) -> None:
    world.linked(ni_number=None, email=None, last_name="Okafor-Smyth", postcode="ZZ7 7GG")
    text = world.con.execute("SELECT explanation FROM linkage_links").fetchall()[0][0]
    assert '"weights"' in text and '"names"' in text
    for secret in ("Okafor", "OKAFOR", "1980", "ZZ1", "123456", "100"):
        assert secret not in text


def test_ethnicity_is_never_compared(world: Any) -> None:
    first = world.linked(ni_number=None, email=None, last_name="Okafor-Smyth")
    world.con.execute(
        "UPDATE core_applications SET ethnic_code = 'N', wres_group = 'BME', ethnic_origin = 'N'"
    )
    assert world.link()["A1"] == first


def test_splink_leaves_no_table_in_the_warehouse(world: Any) -> None:
    world.linked(ni_number=None, email=None, last_name="Okafor-Smyth")
    names = {row[0] for row in world.con.execute("SHOW TABLES").fetchall()}
    assert not {name for name in names if "splink" in name or name.startswith("linkage_")} - {"linkage_links"}


def test_where_the_first_name_agrees_a_probability_of_four_in_five_is_enough(world: Any) -> None:
    # married and moved house, hired 40 days after the start TRAC holds: the last name and the postcode differ
    changes = {"ni_number": None, "email": None, "postcode": "ZZ7 7GG", "start_date": date(2020, 7, 29)}
    assert world.linked(**changes, last_name="Wright") == ("100", "splink", "automatic")
    [(score,)] = world.con.execute("SELECT score FROM linkage_links").fetchall()
    assert 0.8 <= score < 0.99


def test_where_only_the_last_name_agrees_it_goes_to_a_person(world: Any) -> None:
    changes = {"ni_number": None, "email": None, "postcode": "ZZ7 7GG", "start_date": date(2020, 7, 29)}
    assert world.linked(**changes, first_name="Olga")[1:] == ("splink", "clerical")


def test_a_twin_who_starts_in_the_same_week_goes_to_a_person(world: Any) -> None:
    # born on one day, of one home and last name, no number in TRAC: only the first name tells two people
    changes = {"ni_number": None, "email": None, "first_name": "Olga", "start_date": date(2020, 9, 7)}
    assert world.linked(**changes)[1:] == ("splink", "clerical")


@pytest.mark.parametrize(
    ("born", "inside", "band"),
    [
        (date(2001, 12, 30), False, "clerical"),
        (
            date(1983, 1, 9),
            False,
            "clerical",
        ),  # two signs differ, as those of one birthday in forty do by chance
        (date(1983, 1, 9), True, "automatic"),
    ],
)
def test_a_namesake_of_one_home_goes_to_a_person_however_near_the_births(
    world: Any, born: date, inside: bool, band: str
) -> None:
    changes = {
        "ni_number": None,
        "date_of_birth": born,
        "start_date": date(2021, 1, 11),
        "is_internal": inside,
    }
    assert world.linked(**changes)[1:] == ("splink", band)


def test_a_date_of_birth_typed_all_wrong_is_linked_where_the_day_of_starting_agrees(world: Any) -> None:
    changes = {"ni_number": None, "date_of_birth": date(2001, 12, 30), "start_date": date(2020, 9, 7)}
    assert world.linked(**changes) == ("100", "splink", "automatic")
