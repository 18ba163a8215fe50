"""The kept linkage model: what was learnt once from generated data, and the rules that turn a score into a
link.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from wres_pipeline.reference import tables

MODEL_FILE = "linkage_model_v1.json"

PASSES = (
    "ni_and_date_of_birth",
    "email_and_date_of_birth",
    "date_of_birth_and_names",
    "date_of_birth_postcode_and_first_name",
    "date_of_birth_postcode_and_last_name",
    "names_and_postcode",
)


@dataclass(frozen=True, slots=True)
class Rules:
    """How sure is sure enough [ours], read from the model file.

    automatic: least probability of an automatic link; automatic_first_name: where first names and dates of
    birth agree or nearly do, so that neither a twin nor a namesake of the household is likely and the model
    is too careful. clerical: least probability that is shown to a person. margin: least difference in bits to the next person. alike: Jaro-Winkler similarity from which
    two first names count as one. start_days: how near hire date and start date must lie to support a link.
    common_names: bearers of one pair of names beyond which date of birth and names alone do not link.
    in_staff: expected share of the applications left by the passes whose person is in the staff list;
    internal_in_staff: of those that TRAC calls internal. least_staff: a smaller staff is taken as this
    large, so that being few is no evidence. shared_by: people beyond whom an NI number, email, postcode or date of birth is
    one put in for want of a true one (of dates and postcodes more in a body of more than `people_a_day` times as many).
    """

    automatic: float
    automatic_first_name: float
    clerical: float
    margin: float
    alike: float
    start_days: int
    common_names: int
    in_staff: float
    internal_in_staff: float
    least_staff: int
    shared_by: dict[str, int]


@dataclass(frozen=True, slots=True)
class BodyRules:
    """What links applicants without number and date of birth (`linkage_body_rules.yaml`) [ours].

    m: expected share of true pairs at each level of a comparison (`start`: by class of applicant: outside, inside, start
    ahead, withdrawn), held as strongly as by `held_by` people. in_staff: expected share of each class whose person is in
    the staff lists, held by `classes_held_by`. shared: people out of whom one shares an address with a stranger of the
    body. relatives: expected relatives at one address, by level of the names; relatives_email: of them, those who share an email. near_days: starts further apart are two; many_bearers: of a
    name borne by more, only those who started on the very day are paired; kinds_of_names: how many kinds of
    names are told apart; namesakes_held_by: bearers of two names that weigh as much as what the kinds of names say; among_given: chance that a first name stands among another person's given names; second_name: chance that a second given
    name agrees where the first does. most_explained: largest share of a month's starts taken to come of an application,
    months_held_by starts that do not. both_differ: of people whose names differ
    in the two systems, those of whom neither name is alike; unlike_anybody: of people whom no comparison brings near themselves, those whom it
    brings near nobody. wrong: largest estimated share of wrong
    links among the automatic ones, and down to half of it in proportion where a body has fewer links than `few`; least: no link below this probability; least_apart: nor below this one where the email is another, the applicant
    does not come from inside, and no start is near, or no address agrees and the start is not the very day or one of the names is another; least_alone: nor below this one where neither a start near nor an address agrees; review: shown to a person from here.
    """

    m: dict[str, Any]
    held_by: float
    in_staff: tuple[float, ...]
    classes_held_by: float
    shared: dict[str, float]
    relatives: tuple[float, ...]
    relatives_email: float
    second_name: float
    most_explained: float
    months_held_by: float
    kinds_of_names: int
    namesakes_held_by: float
    among_given: float
    last_alike: float
    near_days: int
    many_bearers: int
    rounds: int
    both_differ: float
    unlike_anybody: float
    wrong: float
    few: float
    least: float
    least_apart: float
    least_alone: float
    review: float


@cache
def body_rules() -> BodyRules:
    """The rules of links without number and date of birth. Raises TypeError naming what an edited file lacks."""
    held = tables.document(tables.FOLDER / "linkage_body_rules.yaml")
    return BodyRules(**held)


@dataclass(frozen=True, slots=True)
class Model:
    """A versioned model file: its version, how it was trained, the rules, and Splink's settings with m and
    u.
    """

    version: str
    trained: dict[str, Any]
    rules: Rules
    splink: dict[str, Any]


@cache
def load(name: str = MODEL_FILE) -> Model:
    """The model file of the reference room. Raises KeyError naming what an edited file lacks."""
    text = files("wres_pipeline.reference").joinpath(name).read_text(encoding="utf-8")
    held = json.loads(text)
    return Model(held["version"], held["trained"], Rules(**held["rules"]), held["splink"])
