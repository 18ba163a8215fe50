"""The states an appointed application can be in, and the numbers the quality report is made by.

`gap_states.csv` and `quality_rules.yaml`: [ours], after issue C of the project. `any_other.csv`: [recalled]
census counts, so that "any other" is judged against how often people choose it when nobody helps them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from wres_pipeline.reference import tables


@dataclass(frozen=True, slots=True)
class GapState:
    """One of the eleven states. arrived: True or False where an arrival could be judged, else None."""

    state: str
    title: str
    meaning: str
    arrived: bool | None
    correction: bool


@dataclass(frozen=True, slots=True)
class AnyOther:
    """An "any other" category: its code, the heading it closes, the heading's codes, its share of them in
    the census.
    """

    code: str
    heading: str
    codes: tuple[str, ...]
    census_share: float


@dataclass(frozen=True, slots=True)
class BreakRules:
    """When a fall in the arrival share counts as a break; see quality_rules.yaml."""

    least_months: int
    threshold: float
    alarm: float
    least_change: float
    coverage: float
    least_starters: int
    dip_factor: float
    estimated_dispersion: float
    least_drift_months: int
    drift_threshold: float
    drift_margin: float
    drift_most: float


@cache
def states() -> tuple[GapState, ...]:
    """The eleven states in the order they are shown."""
    truth = {"yes": True, "no": False, "": None}
    rows = sorted(tables.rows("gap_states"), key=lambda row: int(row["order"]))
    return tuple(
        GapState(
            row["state"], row["title"], row["meaning"], truth[row["arrived"]], row["correction"] == "yes"
        )
        for row in rows
    )


@cache
def any_others() -> tuple[AnyOther, ...]:
    """The "any other" categories of each heading."""
    return tuple(
        AnyOther(row["code"], row["heading"], tuple(row["codes"].split()), float(row["census_share"]))
        for row in tables.rows("any_other")
    )


@cache
def rules() -> dict[str, Any]:
    """quality_rules.yaml as it stands."""
    return tables.document(tables.FOLDER / "quality_rules.yaml")


@cache
def break_rules() -> BreakRules:
    """The rules of dating a break."""
    return BreakRules(**rules()["break_point"])


ETHNICITY = "ethnicity"
TITLES = {
    "disability": "Disability",
    "sex": "Sex",
    "religion_or_belief": "Religion or belief",
    "sexual_orientation": "Sexual orientation",
    "marital_status": "Marital status",
    "nationality": "Nationality",
    "date_of_birth": "Date of birth",
}
"""Characteristic -> its title, in the order they are shown."""

_SAYS_NOTHING = (
    r"(.* )?not (be )?(stated|declared|disclosed|known|specified|recorded|answered|given|provided|asked|applicable|available|supplied|entered|completed|obtained)( .*)?",
    r"(.* )?(prefer|prefers|preferred|rather|wish|wishes|choose|chose|chosen|want|willing)( not| to not)( .*)?",
    r"(.* )?(not|don t|dont|did not|didn t) (wish|want|prefer|choose|like|disclose|say)( .*)?",
    r"(.* )?(declined?|declines|refused?|withheld|undisclosed|undeclared|unspecified|unknown|unanswered|unstated|undefined|unrecorded)( .*)?",
    r"no (answer|response|information|data|value|entry|reply|record)( .*)?",
    r"(null|nil|na|n a|nan|blank|missing|tbc|z)?",
)
UNANSWERED = "|".join(f"({pattern})" for pattern in _SAYS_NOTHING)
"""Regular expression of a whole text in small letters, words parted by one blank, that holds no answer."""
