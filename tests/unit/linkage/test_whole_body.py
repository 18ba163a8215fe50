"""Links without NI number and date of birth: the body judged as one assignment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any

import numpy as np
import pytest

from wres_pipeline.linkage.assignment import Pairs, Weights, least_of, matching, sure_enough
from wres_pipeline.linkage.body_evidence import namesakes
from wres_pipeline.linkage.model import BodyRules, body_rules
from wres_pipeline.linkage.name_origins import fit
from wres_pipeline.linkage.never_compared import unfound

BARE = {"ni_number": None, "date_of_birth": None, "email": None, "postcode": None}
FIRST = ["Alan", "Brenda", "Colin", "Doreen", "Ernest", "Freda", "Gordon", "Hilda", "Ivan", "Joyce"]
LAST = [
    "Ashby",
    "Burton",
    "Clay",
    "Dunmore",
    "Eastwood",
    "Fenwick",
    "Garside",
    "Hulme",
    "Ibbotson",
    "Jessop",
    "Kellett",
    "Lomax",
    "Mayhew",
    "Nuttall",
    "Ogden",
]


def body(world: Any, people: int = 150) -> None:
    """Staff of as many different names, hired on as many different days."""
    for number, (last, first) in enumerate(product(LAST, FIRST)):
        if number < people:
            world.staff(
                f"{1000 + number}",
                **(BARE | {"first_name": first, "last_name": last}),
                hire_date=date(2020, 4, 1) + timedelta(days=number),
            )


def applicant(world: Any, application_id: str, first: str, last: str, start: date, **more: Any) -> None:
    world.application(
        application_id, **(BARE | {"first_name": first, "last_name": last, "start_date": start} | more)
    )


def by_hand(odds: dict[tuple[int, int], float], pair: tuple[int, int]) -> float:
    """The pair's share of all assignments, by writing every assignment down."""
    applicants = {a for a, _ in odds}
    choices = [[None, *[s for (x, s) in odds if x == a]] for a in sorted(applicants)]
    total = holding = 0.0
    for taken in product(*choices):
        used = [s for s in taken if s is not None]
        if len(used) != len(set(used)):
            continue
        weight = float(np.prod([odds[a, s] for a, s in enumerate(taken) if s is not None]))
        total += weight
        holding += weight if taken[pair[0]] == pair[1] else 0
    return holding / total


@pytest.mark.parametrize(
    "odds",
    [
        {(0, 0): 9.0},
        {(0, 0): 20.0, (0, 1): 5.0},
        {(0, 0): 50.0, (1, 0): 2.0},
        {(0, 0): 50.0, (1, 0): 20.0, (1, 1): 3.0, (2, 1): 8.0},
    ],
)
def test_the_probability_of_a_pair_is_its_share_of_all_assignments(
    odds: dict[tuple[int, int], float],
) -> None:
    applicants, slots = (np.array(side) for side in zip(*odds, strict=True))
    found = matching(applicants, slots, np.array(list(odds.values())), rounds=200)
    assert found == pytest.approx([by_hand(odds, pair) for pair in odds], abs=1e-4)


def test_links_are_automatic_as_far_down_as_their_estimated_wrong_share_allows() -> None:
    # 0.0001 + 0.0003 + 0.0011 = 0.0015 wrong of three is 0.0005; with the next 0.0115 of four is 0.0029
    sure = np.array([0.9989, 0.99, 0.9999, 0.9997])
    assert sure_enough(sure, 0.0005, 0.9) == 0.9989
    assert sure_enough(sure, 0.0005, 0.9995) == 0.9997
    assert sure_enough(np.array([0.99]), 0.0005, 0.9) > 1


def test_of_few_links_a_smaller_share_may_be_wrong() -> None:
    # 500 links, one of 0.8 and the rest certain: 0.0004 wrong; the limit of 0.0005 falls to 0.00025 at 750 and below
    links = np.array([1.0] * 499 + [0.8])
    assert sure_enough(links, 0.0005, 0.8) == 0.8
    assert sure_enough(links, 0.0005, 0.8, few=1500) == 1.0


def test_the_chance_of_a_namesake_follows_the_kind_of_name_and_not_the_whole_staff() -> None:
    # 40 people of one kind (2 first names x 2 last names), 960 of another (48 x 20): of the first kind a
    # quarter bear both names of any pair; of another person 19/40 x 19/40 of that kind, 9 in 1,000 of the staff
    small = [(f, s, 10) for f in range(2) for s in range(2)]
    large = [(2 + f, 2 + s, 1) for f in range(48) for s in range(20)]
    first, last, people = (np.array(part) for part in zip(*small, *large, strict=True))
    kinds = fit(first, last, people, kinds=8)
    chance = kinds.another(np.array([0, 1, 2]), np.array([0, 1, 2]), 1000)
    assert chance[:2] == pytest.approx([0.009, 0.009], rel=0.2)
    assert chance[2] == pytest.approx(0.001, rel=0.5)


def test_a_person_s_own_names_are_no_evidence_that_others_bear_them() -> None:
    # ten people of one kind: of five Anns and four Bells one is Ann Bell; nobody else is called Zoe or Quick
    first, last, people = np.array([0, 0, 1, 1, 2]), np.array([0, 1, 0, 1, 2]), np.array([1, 4, 3, 1, 1])
    kinds = fit(first, last, people, 1, smooth=0.0)
    assert kinds.another(np.array([0, 2]), np.array([0, 2]), 10) == pytest.approx([0.4 * 0.3, 0.05 * 0.05])


def test_bearers_seen_among_the_staff_and_what_kinds_of_names_say_are_weighed_together() -> None:
    # half a namesake expected, held by one bearer: none seen 0.5 × 1 / 1.5; two seen 0.5 × 3 / 1.5
    assert namesakes(np.array([0.5, 0.5]), np.array([0.0, 2.0]), 1.0) == pytest.approx([1 / 3, 1.0])


def test_rare_names_and_the_day_of_starting_link_by_themselves(world: Any) -> None:
    body(world)
    for number in range(20):  # one applicant alone cannot show that the rule holds in this body
        day = date(2020, 4, 1) + timedelta(days=number)
        applicant(world, f"A{number}", FIRST[number % 10], LAST[number // 10], day)
    found = world.link()
    assert {found[f"A{n}"] for n in range(20)} == {
        (str(1000 + n), "whole_body", "automatic") for n in range(20)
    }


def test_names_alone_without_a_start_near_do_not_link_an_applicant_from_outside(world: Any) -> None:
    body(world)
    applicant(world, "A1", "Alan", "Ashby", date(2021, 3, 1), date_applied=date(2021, 1, 4))
    assert world.link()["A1"][2] != "automatic"


@pytest.mark.parametrize(("agrees", "band"), [("postcode", "clerical"), ("email", "automatic")])
def test_a_namesake_at_the_same_address_who_was_in_post_long_before_goes_to_a_person_unless_the_email_agrees(
    world: Any, agrees: str, band: str
) -> None:
    held = BARE | {"email": None, "postcode": None}
    addresses = {"email": "a.ashby@mail.example", "postcode": "ZZ1 2AB"}
    for number, (last, first) in enumerate(product(LAST, FIRST)):
        mine = held | {
            "first_name": first,
            "last_name": last,
            agrees: addresses[agrees] if not number else None,
        }
        world.staff(
            f"{1000 + number}",
            **mine,
            hire_date=date(2012, 4, 2) if not number else date(2020, 4, 1) + timedelta(days=number),
        )
    for number in range(1, 40):
        applicant(
            world,
            f"B{number}",
            FIRST[number % 10],
            LAST[number // 10],
            date(2020, 4, 1) + timedelta(days=number),
        )
    applicant(world, "A1", "Alan", "Ashby", date(2020, 9, 7), **{agrees: addresses[agrees]})
    assert world.link()["A1"] == ("1000", "whole_body", band)


@pytest.mark.parametrize(
    ("first", "last"), [("Dela Cruz", "Zenaida Rosario"), ("Zenaida Rosario", "Dela Cruz")]
)
def test_names_of_more_than_one_word_are_known_in_each_other_s_cell(
    world: Any, first: str, last: str
) -> None:
    body(world)
    others_found(world)
    world.staff(
        "2000",
        **(BARE | {"first_name": "Zenaida Rosario", "last_name": "dela Cruz"}),
        hire_date=date(2020, 9, 14),
    )
    applicant(world, "A1", first, last, date(2020, 9, 14))
    assert world.link()["A1"] == ("2000", "whole_body", "automatic")


@pytest.mark.parametrize(
    ("further", "band"), [("Chen", "automatic"), ("C", "automatic"), ("Min", "not automatic")]
)
def test_further_given_names_that_differ_are_two_people_however_well_the_others_agree(
    world: Any, further: str, band: str
) -> None:
    body(world)
    others_found(world)
    world.staff(
        "2000", **(BARE | {"first_name": "Huiyin Chen", "last_name": "Wang"}), hire_date=date(2020, 9, 14)
    )
    applicant(world, "A1", f"Huiyin {further}", "Wang", date(2020, 9, 24))
    found = world.link()["A1"]
    assert (found[2] == "automatic") == (band == "automatic")


def test_swapped_names_are_known_in_every_spelling_of_the_first(world: Any) -> None:
    # Zainab and Zaynab are one name, whichever cell it stands in
    body(world)
    others_found(world)
    world.staff(
        "2000", **(BARE | {"first_name": "Zaynab", "last_name": "Chaudhry"}), hire_date=date(2020, 9, 14)
    )
    applicant(world, "A1", "Chaudhry", "Zainab", date(2020, 9, 14))
    assert world.link()["A1"] == ("2000", "whole_body", "automatic")


SPELT_OTHERWISE = [
    # in ESR, in TRAC
    (("Meenakshi", "Sundaram"), ("Sundaram", "M")),  # an initial in the surname's cell
    (("Meenakshi", "Sundaram"), ("S", "Meenakshi")),  # the family name's in the first cell
    (("Alice Jane", "Quartermaine"), ("A", "Jane Quartermaine")),
    (("Yekaterina", "Quintavalova"), ("Ekaterina", "Quintavalov")),
    (("Guðrún", "Þórsdóttir"), ("Gudrun", "Thorsdottir")),
    (("Guð\u00adrún", "D‘Œuvrard"), ("Gudrun", "D'Oeuvrard")),  # a hyphen nobody sees
]


@pytest.mark.parametrize(("held", "written"), SPELT_OTHERWISE)
def test_a_name_spelt_otherwise_is_found_on_the_day_of_starting(
    world: Any, held: tuple[str, str], written: tuple[str, str]
) -> None:
    body(world)
    others_found(world)
    first, last = held
    world.staff("2000", **(BARE | {"first_name": first, "last_name": last}), hire_date=date(2020, 9, 14))
    applicant(world, "A1", *written, date(2020, 9, 14))
    assert world.link()["A1"] == ("2000", "whole_body", "automatic")


def test_slips_in_both_names_are_found_where_the_start_is_near(world: Any) -> None:
    body(world)
    others_found(world)
    world.staff(
        "2000", **(BARE | {"first_name": "Jincyana", "last_name": "Kurianath"}), hire_date=date(2020, 9, 14)
    )
    applicant(world, "A1", "Jncyana", "Kurinath", date(2020, 9, 17))
    assert world.link()["A1"][0] == "2000"


def test_of_those_from_inside_a_slip_in_the_last_name_is_looked_for_without_a_start_near(world: Any) -> None:
    body(world)
    others_found(world)
    world.staff(
        "2000", **(BARE | {"first_name": "Kwame", "last_name": "Sarpong"}), hire_date=date(2012, 4, 2)
    )
    applicant(world, "A1", "Kwame", "Sarpng", date(2020, 9, 14), is_internal=True)
    applicant(world, "A2", "Kwame", "Sarpng", date(2020, 9, 14))
    found = world.link()
    assert (found["A1"][0], found["A2"][0]) == ("2000", None)


def made_pairs(applicants: list[int], classes: list[int], **levels: list[int]) -> Pairs:
    """Pairs of as many applicants, each level -1 where it is not given."""
    n = len(applicants)
    held = {c: np.array(levels.get(c, [-1] * n)) for c in ("names", "start", "email", "postcode", "post")}
    return Pairs(
        np.array(applicants), np.arange(n), np.array(classes), held, {c: np.ones(n) for c in held}, np.zeros(n), 1000,
        np.full(n, -1), np.zeros(0), np.zeros(0),
    )  # fmt: skip


APART = [
    # applicant's class, start, email, postcode, names: how sure must the link be?
    (0, 1, 0, 1, 7, "least_apart"),  # no start near
    (0, 1, 0, 0, 7, "least_alone"),  # nor an address: names alone
    (0, -1, 0, -1, 7, "least_alone"),
    (0, -1, 0, 1, 7, "least_apart"),
    (0, 1, 1, 0, 7, "least"),  # but the email agrees
    (1, 1, 0, 0, 7, "least"),  # but from inside
    (0, 4, 0, 0, 7, "least_apart"),  # a start some days off, and no address
    (0, 4, 0, 1, 7, "least"),
    (0, 4, 1, 0, 7, "least"),
    (1, 4, 0, 0, 7, "least"),
    (0, 5, 0, 0, 7, "least"),  # the very day
    (0, 5, 0, 0, 1, "least_apart"),  # and only the first name
    (0, 5, -1, -1, 2, "least_apart"),  # and only the last, addresses not known
    (0, 5, 0, 1, 1, "least"),
]


def test_a_namesake_who_may_fit_as_well_must_be_surer_to_be_linked() -> None:
    classes, start, email, postcode, names, surer = (list(column) for column in zip(*APART, strict=True))
    pairs = made_pairs(
        list(range(len(APART))), classes, start=start, email=email, postcode=postcode, names=names
    )
    rules = body_rules()
    assert rules.least < rules.least_apart < rules.least_alone
    assert least_of(pairs, rules).tolist() == [getattr(rules, rule) for rule in surer]


def learnt(rules: BodyRules) -> Weights:
    """Of those from outside 10 in 100 have no start near, of 2 in 100 one name is unlike; 80 in 100 were found."""
    start = np.tile([0.05, 0.05, 0.0, 0.0, 0.2, 0.7], (4, 1))
    names = np.array([0.0, 0.01, 0.01, 0.0, 0.0, 0.0, 0.0, 0.98, 0.0])
    return Weights({"names": names, "start": start}, np.array([0.8, 0.8, 0.8, 0.8]), np.zeros(0))


def test_people_never_compared_are_shared_out_over_applicants_with_and_without_a_candidate() -> None:
    """100 with a candidate, of whom 80 are found, 10 without. Names differ of 8 in 100 of those found, of whom 5 in 100 share
    neither: 0.05 × 0.08 + 0.10 × 0.02 = 0.006 are never compared, of 80 / 0.994 people 0.4829. Like nobody are a quarter of them
    and 10 of the 30 not found: 0.8048 × 0.006 × 0.25 against 0.1952 / 3 is 0.01822. The rest, 0.4829 − 0.1822, is among the 20."""
    held = body_rules()
    rules = replace(held, both_differ=0.05, unlike_anybody=0.25, held_by=1e-9)
    names = [1] * 5 + [7] * 75 + [0] * 15 + [7] * 5
    found = np.array([1.28] * 5 + [73.6 / 75] * 75 + [0.0] * 20)  # 6.4 of 80 differ
    pairs = made_pairs(list(range(100)), [0] * 100, names=names)
    kinds = np.zeros(100, dtype=np.int64)
    left = unfound(pairs, learnt(rules), found, kinds, np.array([10, 0, 0, 0]), rules)
    assert left.nobody[0] == pytest.approx(0.01822, rel=1e-3)
    assert left.compared[99] == pytest.approx(0.01504, rel=1e-3)


def test_kinds_of_names_that_differ_oftener_are_missed_oftener() -> None:
    held = replace(body_rules(), held_by=1e-9)
    kinds = np.array([0] * 50 + [1] * 50)
    names = [1] * 5 + [7] * 45 + [1] * 20 + [7] * 30
    pairs = made_pairs(list(range(100)), [0] * 100, names=names)
    left = unfound(pairs, learnt(held), np.full(100, 0.8), kinds, np.zeros(4, dtype=np.int64), held)
    # both_differ × 0.1 + 0.002 against both_differ × 0.4 + 0.002
    expected = (held.both_differ * 0.4 + 0.002) / (held.both_differ * 0.1 + 0.002)
    assert left.compared[99] / left.compared[0] == pytest.approx(expected, rel=1e-6)


def others_found(world: Any) -> None:
    """Applicants enough to show that the rule holds in this body."""
    for number in range(40):
        day = date(2020, 4, 1) + timedelta(days=number)
        applicant(world, f"B{number}", FIRST[number % 10], LAST[number // 10], day)


def test_two_namesakes_hired_on_one_day_link_nobody(world: Any) -> None:
    body(world)
    world.staff("2000", **(BARE | {"first_name": "Alan", "last_name": "Ashby"}), hire_date=date(2020, 4, 1))
    applicant(world, "A1", "Alan", "Ashby", date(2020, 4, 1))
    assert world.link()["A1"][2] != "automatic"


def test_a_start_taken_by_a_surer_link_has_no_room_for_a_second_applicant(world: Any) -> None:
    world.staff("100", hire_date=date(2020, 9, 7))
    body(world)
    world.application("A1")
    applicant(world, "A2", "Katherine", "Okafor-Smith", date(2020, 9, 7))
    found = world.link()
    assert found["A1"][:2] == ("100", "ni_and_date_of_birth")
    assert found["A2"][2] != "automatic"


def test_a_reviewer_s_no_takes_the_pair_out(world: Any, tmp_path: Any) -> None:
    body(world)
    applicant(world, "A1", "Alan", "Ashby", date(2020, 4, 1))
    assert world.link()["A1"][0] == "1000"
    file = tmp_path / "link-decisions.csv"
    file.write_text("application_id,employee_number,decision\nA1,1000,different\n")
    assert world.link(decisions_path=file)["A1"][0] != "1000"


def test_the_evidence_holds_no_value_of_a_person(world: Any) -> None:
    body(world)
    applicant(world, "A1", "Alan", "Ashby", date(2020, 4, 1))
    world.link()
    [(text,)] = world.con.execute("SELECT explanation FROM linkage_links").fetchall()
    assert '"names"' in text and '"start_date"' in text
    assert not any(word in text for word in ("Alan", "ASHBY", "Ashby", "2020"))


def test_an_applicant_like_nobody_may_still_be_in_the_lists_and_an_internal_one_more_so(world: Any) -> None:
    body(world)
    for number in range(40):
        day = date(2020, 4, 1) + timedelta(days=number)
        applicant(world, f"A{number}", FIRST[number % 10], LAST[number // 10], day)
    applicant(world, "outside", "Zebedee", "Quartermaine", date(2020, 1, 6))
    applicant(world, "inside", "Zuleika", "Quennell", date(2020, 1, 6), is_internal=True)
    found = world.link()
    assert {found[name] for name in ("outside", "inside")} == {(None, "none", "none")}
    expected = dict(
        world.con.execute(
            "SELECT application_id, expected FROM linkage_links WHERE method = 'none'"
        ).fetchall()
    )
    assert 0 < expected["outside"] < 0.2 < expected["inside"] < 1
