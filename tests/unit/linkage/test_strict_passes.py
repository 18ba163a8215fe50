"""The strict passes: what links by itself, what must not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.unit.linkage.conftest import PERSON

UNLIKE = {"ni_number": None, "email": None, "postcode": None}

LINKED = [
    ("ni_and_date_of_birth", {}),
    ("ni_and_date_of_birth", {"ni_number": "ac 12 34 56"}),  # spaces, case, and no suffix
    (
        "ni_and_date_of_birth",
        {"first_name": "Amy", "last_name": "Jones"},
    ),  # other names, same number and birth
    (
        "email_and_date_of_birth",
        {"ni_number": "", "date_of_birth": date(1980, 9, 4)},
    ),  # day and month exchanged
    (
        "email_and_date_of_birth",
        {"ni_number": "TN090480F", "last_name": "Jones"},
    ),  # a temporary number is none
    ("date_of_birth_and_names", UNLIKE),
    ("date_of_birth_and_names", UNLIKE | {"first_name": "Kate", "last_name": "OKAFOR SMITH"}),  # known as
    ("date_of_birth_and_names", UNLIKE | {"last_name": "Okáfor Smith"}),  # an accent, and no hyphen
    (
        "date_of_birth_postcode_and_first_name",
        {"ni_number": None, "email": None, "last_name": "Jones"},
    ),  # married
    (
        "date_of_birth_postcode_and_last_name",
        {"ni_number": None, "email": None, "first_name": "K"},
    ),  # an initial
    ("whole_body", {"ni_number": None, "email": None, "date_of_birth": None}),
    (
        "names_and_postcode",
        {"ni_number": None, "email": None, "date_of_birth": date(1980, 4, 8)},
    ),  # one digit
]


@pytest.mark.parametrize(("method", "changes"), LINKED)
def test_a_person_is_found_by_the_pass(world: Any, method: str, changes: dict[str, Any]) -> None:
    assert world.linked(**changes) == ("100", method, "automatic")


NOT_BY_A_PASS = [
    UNLIKE | {"ni_number": "BC999999A"},  # same names and birth, another valid NI number
    {"ni_number": None, "email": None, "first_name": "Olga"},  # twin: birth, postcode, last name
    {"ni_number": None, "first_name": "Olga"},  # twin with the family's email
    {
        "ni_number": None,
        "email": None,
        "date_of_birth": date(1952, 11, 21),
    },  # father and daughter of one name
]


@pytest.mark.parametrize("changes", NOT_BY_A_PASS)
def test_a_relative_or_namesake_is_not_linked_by_a_pass(world: Any, changes: dict[str, Any]) -> None:
    _, method, band = world.linked(**(changes | {"start_date": date(2019, 2, 4)}))
    assert method in ("splink", "none")
    assert band != "automatic"


def test_swapped_names_are_found(world: Any) -> None:
    world.staff("100", first_name="Wei", last_name="Chan", **UNLIKE)
    world.application("A1", first_name="Chan", last_name="Wei", **UNLIKE)
    assert world.link()["A1"] == ("100", "date_of_birth_and_names", "automatic")


def test_two_people_on_one_key_link_nobody(world: Any) -> None:
    world.staff("100", ni_number=None, email=None, postcode=None)
    world.staff("101", ni_number=None, email=None, postcode=None)
    world.application("A1", ni_number=None, email=None, postcode=None)
    assert world.link()["A1"][2] != "automatic"


def test_a_person_with_two_numbers_is_linked_to_the_one_hired_nearest_the_start(world: Any) -> None:
    world.staff("100", hire_date=date(2012, 1, 3))
    world.staff("101", hire_date=date(2020, 9, 7))
    world.application("A1")
    assert world.link()["A1"] == ("101", "ni_and_date_of_birth", "automatic")


def test_one_person_may_have_several_applications(world: Any) -> None:
    world.staff("100")
    world.application("A1")
    world.application("A2", ni_number=None)
    assert {key: value[0] for key, value in world.link().items()} == {"A1": "100", "A2": "100"}


def test_an_application_that_trac_has_deleted_since_still_counts(world: Any) -> None:
    world.staff("100")
    world.application("A1", as_at=date(2020, 9, 30))
    world.application("A2", as_at=date(2021, 3, 31))
    assert set(world.link()) == {"A1", "A2"}


def test_one_appointed_once_stays_in_the_account_when_a_later_delivery_says_withdrawn(world: Any) -> None:
    world.application("A1", as_at=date(2020, 9, 30))
    world.application("A1", appointed=False, withdrawn=True)
    assert world.link() == {"A1": (None, "none", "none")}


def test_a_name_changed_between_two_staff_lists_is_known_under_both(world: Any) -> None:
    world.staff("100", snapshot_date=date(2020, 12, 31), ni_number=None, email=None, postcode=None)
    world.staff("100", last_name="Jones", ni_number=None, email=None, postcode=None)
    world.application("A1", ni_number=None, email=None, postcode=None)
    assert world.link()["A1"][:2] == ("100", "date_of_birth_and_names")


def test_staff_of_another_organisation_are_never_candidates(world: Any) -> None:
    world.staff("100", organisation_code="X02")
    world.application("A1")
    assert world.link() == {"A1": (None, "none", "none")}


def test_an_explanation_names_the_fields_that_agree_and_no_value(world: Any) -> None:
    world.staff("100")
    world.application("A1")
    world.link()
    text = world.con.execute("SELECT explanation FROM linkage_links").fetchall()[0][0]
    assert text == (
        '{"pass":"ni_and_date_of_birth","candidates":1,'
        '"agree":["ni_number","email","date_of_birth","names","postcode","start_date"]}'
    )


def test_linking_again_replaces_the_links_of_the_date(world: Any) -> None:
    world.staff("100")
    world.application("A1")
    world.link()
    assert len(world.link()) == 1
    assert world.con.execute("SELECT count(*) FROM linkage_links").fetchall() == [(1,)]


def test_splink_is_not_imported_when_the_passes_leave_nothing(
    world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "splink", None)  # importing it now would raise
    world.staff("100")
    world.application("A1")
    assert world.link()["A1"][2] == "automatic"


INVALID_NI = [
    "TN123456A",
    "BG123456A",
    "KN123456A",
    "ZZ123456A",
    "QQ123456C",
    "AO123456A",
    "AC12345",
    "DA123456A",
]


@pytest.mark.parametrize("number", INVALID_NI)
def test_a_number_that_is_no_ni_number_links_nobody(world: Any, number: str) -> None:
    world.staff("100", ni_number=number, first_name="Ada", last_name="Bo", email=None, postcode=None)
    world.application("A1", ni_number=number, email=None, postcode=None)
    assert world.link()["A1"][1] != "ni_and_date_of_birth"


def _with_sixty_namesakes(world: Any) -> None:
    for number in range(60):
        born = date(1950, 1, 1 + number % 28).replace(year=1950 + number // 28)
        world.staff(f"2{number:02}", **UNLIKE | {"date_of_birth": born})
    world.staff("100", hire_date=date(2015, 1, 5))


def test_a_common_name_and_a_date_of_birth_alone_do_not_link(world: Any) -> None:
    _with_sixty_namesakes(world)
    world.application("A1", **UNLIKE, start_date=date(2020, 9, 7))
    assert world.link()["A1"][1] != "date_of_birth_and_names"


def test_a_common_name_links_where_trac_says_that_the_person_was_on_the_staff_already(world: Any) -> None:
    _with_sixty_namesakes(world)
    world.application("A1", **UNLIKE, start_date=date(2020, 9, 7), is_internal=True)
    assert world.link()["A1"] == ("100", "date_of_birth_and_names", "automatic")


@pytest.mark.parametrize("postcode", ["ZZ99 3VZ", "zz993cz", "ZZ99 9ZZ"])
def test_a_postcode_that_stands_for_no_place_links_nobody(world: Any, postcode: str) -> None:
    """ZZ99 codes say "no fixed abode", "abroad" or "not known": two people who share one share nothing."""
    born = date(1985, 3, 2)
    world.staff("100", first_name="Maria", last_name="Silva", date_of_birth=born, postcode=postcode, ni_number=None,
                email=None, hire_date=date(2015, 1, 5))  # fmt: skip
    world.application("A1", first_name="Maria", last_name="Costa", date_of_birth=born, postcode=postcode,
                      ni_number=None, email=None)  # fmt: skip
    employee, _, band = world.link()["A1"]
    assert band == "none", employee


def test_who_starts_after_the_latest_hire_needs_more_than_names_and_a_date_of_birth(world: Any) -> None:
    alike = {"ni_number": None, "email": None, "postcode": None, "start_date": date(2021, 6, 1)}
    world.staff("100")
    world.application("A", **alike)
    world.application("B", **alike, is_internal=True)
    found = world.link()
    assert found["A"][1:] != ("date_of_birth_and_names", "automatic")
    assert found["B"] == ("100", "date_of_birth_and_names", "automatic")


PUT_IN = {
    "date_of_birth": date(1970, 1, 1),
    "ni_number": "AA000000A",
    "email": "noreply@jobs.example",
    "postcode": "ZZ1 9HH",
}


def test_what_is_put_in_for_many_tells_nobody_from_another(world: Any) -> None:
    """A namesake of the family name with the same date, number, mailbox and postcode, all four put in for want of true ones."""
    for number, letter in enumerate("BCDFGHJKLMNPRSTVWXYZQA"):
        names = {"first_name": f"{letter}ana", "last_name": f"Ib{letter.lower()}r"}
        world.staff(f"{900 + number}", **(PUT_IN | names), hire_date=date(2012, 4, 2))
    world.staff("100", **PUT_IN, hire_date=date(2012, 4, 2))
    world.application("A1", **(PUT_IN | {"first_name": "Kathe", "last_name": "Okafor"}))
    world.application("A2", **(PUT_IN | {"first_name": "Olga", "last_name": "Quartermaine"}))
    assert {found[2] for found in world.link().values()} <= {"none", "clerical"}


@pytest.mark.parametrize(
    ("kind", "sharing", "method"),
    [
        ("ni_number", 3, "ni_and_date_of_birth"),  # with the person herself three and four
        ("ni_number", 4, "date_of_birth_and_names"),
        ("email", 5, "email_and_date_of_birth"),
        ("email", 6, "date_of_birth_and_names"),
    ],
)
def test_a_number_or_mailbox_of_a_few_is_theirs_and_one_of_many_is_nobody_s(
    world: Any, kind: str, sharing: int, method: str
) -> None:
    """A mistyped number or a family's email stands under several names; every person here has a date of birth of their own."""
    for number in range(sharing - 1):
        names = {"first_name": "BCDFGHJKL"[number] + "ana", "last_name": "Ibar"}
        born = {"date_of_birth": date(1960 + number, 3, 4)}
        world.staff(f"{900 + number}", **(PERSON | UNLIKE | names | born | {kind: PERSON[kind]}))
    world.staff("100")
    world.application("A1", **(UNLIKE | {kind: PERSON[kind]}))
    assert world.link()["A1"] == ("100", method, "automatic")


@pytest.mark.parametrize(("sharing", "says_who"), [(20, True), (21, False)])
def test_a_postcode_of_a_street_is_evidence_and_that_of_the_hospital_is_none(
    world: Any, sharing: int, says_who: bool
) -> None:
    """Somebody married: the same date of birth, first name and postcode, another family name."""
    letters = "BCDFGHJKLMNPRSTVWXZ"
    for number in range(sharing - 1):
        names = {"first_name": f"{letters[number % 19]}ana", "last_name": f"Ib{letters[number // 19]}r"}
        born = {"date_of_birth": date(1950 + number, 3, 4)}
        world.staff(f"{900 + number}", **(PERSON | UNLIKE | names | born | {"postcode": PERSON["postcode"]}))
    world.staff("100")
    world.application("A1", ni_number=None, email=None, last_name="Jones")
    by_the_postcode = ("100", "date_of_birth_postcode_and_first_name", "automatic")
    assert (world.link()["A1"] == by_the_postcode) is says_who
