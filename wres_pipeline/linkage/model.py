"""The kept linkage model: what was learnt once from generated data, and the rules that turn a score into a
link.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

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
    large, so that being few is no evidence.
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
