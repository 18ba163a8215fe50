from __future__ import annotations

import re

import numpy as np
import pytest

from wres_pipeline.synthetic import catalogue, people, slips

# HMRC's published shape of a National Insurance number, and the prefixes it never allocates.
NI_SHAPE = re.compile(r"^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$")
TODAY = np.datetime64("2021-03-31")


def invented(n: int = 3000, seed: int = 5) -> people.People:
    rng = np.random.default_rng(seed)
    weights = catalogue.ethnicities().weights["trust"]
    return people.make(rng, rng.choice(len(weights), n, p=weights / weights.sum()), today=TODAY)


def test_the_same_seed_invents_the_same_people() -> None:
    one, two = invented(), invented()
    assert all((getattr(one, name) == getattr(two, name)).all() for name in one.__dataclass_fields__)


def test_an_ni_number_has_a_valid_shape_and_a_prefix_of_the_list() -> None:
    prefixes = {row["prefix"] for row in catalogue.rows("ni_prefixes.csv")}
    for number in invented().ni_number:
        assert NI_SHAPE.match(number)
        assert number[:2] in prefixes


def test_emails_end_in_the_reserved_domain_and_are_one_person_s_each() -> None:
    emails = invented().email.tolist()
    assert all(re.fullmatch(r"[a-z]+\.[a-z]+\d+@example\.nhs\.uk", email) for email in emails)
    assert len(set(emails)) == len(emails)


def test_postcodes_lie_in_an_area_that_is_not_in_use() -> None:
    assert all(re.fullmatch(r"ZZ\d{1,2} \d[A-Z]{2}", postcode) for postcode in invented().postcode)


def test_everybody_is_of_working_age() -> None:
    years = (TODAY - invented().date_of_birth).astype(int) / 365.25
    assert years.min() > 18 and years.max() < 68


def test_names_come_from_many_origins() -> None:
    made = invented(20_000)
    pairs = set(zip(made.first_name.tolist(), made.last_name.tolist(), strict=True))
    assert len(pairs) > 10_000
    assert {"von Münchhausen", "Patel", "Okafor", "Nguyen"} <= set(made.last_name.tolist())


def test_a_person_typed_again_keeps_most_of_what_identifies() -> None:
    made = invented()
    again = slips.typed_again(np.random.default_rng(1), made, people.Slips(), serial=10_000_000)
    assert (again.ethnicity == made.ethnicity).all()
    assert 0.97 < (again.date_of_birth == made.date_of_birth).mean() < 1
    assert 0.85 < (again.ni_number == made.ni_number).mean() < 0.93
    assert 0.70 < (again.email == made.email).mean() < 0.82


def test_people_of_bme_groups_are_mistyped_more_often() -> None:
    made = invented(30_000)
    only_typos = people.Slips(
        known_as=0,
        married_name=0,
        names_swapped=0,
        hyphen_or_accent_lost=0,
        name_typo=0.02,
        name_typo_bme=0.06,
    )
    again = slips.typed_again(np.random.default_rng(2), made, only_typos, serial=10_000_000)
    changed = (again.last_name != made.last_name) | (again.first_name != made.first_name)
    bme = catalogue.ethnicities().wres_group[made.ethnicity] == "BME"
    assert changed[bme].mean() > 2 * changed[~bme].mean()


@pytest.mark.parametrize(
    ("told", "swapped"),
    [("1980-03-07", "1980-07-03"), ("1980-03-12", "1980-12-03"), ("1980-03-13", "1980-03-13")],
)
def test_day_and_month_swap_only_where_both_orders_are_dates(told: str, swapped: str) -> None:
    dates = np.array([told], dtype="datetime64[D]")
    assert str(slips.swap_day_and_month(dates)[0]) == swapped


def test_a_temporary_number_is_made_of_birth_date_and_gender() -> None:
    assert slips.temporary_ni(np.datetime64("1990-01-09"), "Female") == "TN090190F"


@pytest.mark.parametrize(
    ("name", "plain"),
    [("Ní Bhriain", "Ni Bhriain"), ("Małgorzata", "Malgorzata"), ("Anne-Marie", "Anne Marie")],
)
def test_a_keyboard_without_accents_types_plain_letters(name: str, plain: str) -> None:
    assert slips.plain_letters(name) == plain
