"""Invented people, in bulk: names of several origins, dates of birth, NI numbers, emails, postcodes; and
how they are mistyped.

Nobody here exists. NI numbers have a valid shape but prefixes that, as far as is known, were never
allocated (`ni_prefixes.csv` [recalled]); emails end in the reserved domain `example.nhs.uk`; postcodes
lie in the area ZZ, which Royal Mail does not use.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from wres_pipeline.synthetic import catalogue
from wres_pipeline.synthetic.catalogue import Indexes, Texts

Dates = npt.NDArray[np.datetime64]
Random = np.random.Generator

_UNIT_LETTERS = np.array(list("ABDEFGHJLNPQRSTUWXYZ"), dtype=object)
_NI_SUFFIXES = np.array(list("ABCD"), dtype=object)
_DOMAIN = "@example.nhs.uk"


@dataclass(slots=True)
class People:
    """Identities, one element a person. `ethnicity` is a position in `catalogue.ethnicities()`; blank
    text = not known.
    """

    first_name: Texts
    last_name: Texts
    date_of_birth: Dates
    gender: Texts
    ni_number: Texts
    email: Texts
    postcode: Texts
    ethnicity: Indexes

    def __len__(self) -> int:
        return len(self.first_name)

    def take(self, which: npt.NDArray[Any]) -> People:
        """The people at these positions (or under this mask), copied."""
        return People(*(getattr(self, field.name)[which] for field in fields(self)))

    @staticmethod
    def together(parts: list[People]) -> People:
        """Several groups of people as one, in order."""
        return People(*(np.concatenate([getattr(p, field.name) for p in parts]) for field in fields(People)))


@dataclass(frozen=True, slots=True)
class Slips:
    """How often a second system holds something else for the same person: a share of people, each.

    `name_typo_bme` is the share for people whose WRES group is BME, because names unfamiliar to the
    person keying them are mistyped more often.
    """

    name_typo: float = 0.02
    name_typo_bme: float = 0.04
    known_as: float = 0.06
    married_name: float = 0.02
    names_swapped: float = 0.004
    hyphen_or_accent_lost: float = 0.5
    day_month_swapped: float = 0.006
    date_of_birth_missing: float = 0.01
    date_of_birth_typo: float = 0.004
    ni_missing: float = 0.08
    ni_typo: float = 0.006
    ni_temporary: float = 0.02
    email_other: float = 0.20
    email_missing: float = 0.02
    moved_house: float = 0.08


def make(
    rng: Random,
    ethnicity: Indexes,
    *,
    today: np.datetime64,
    serial: int = 0,
    districts: tuple[int, int] = (1, 98),
) -> People:
    """Invent one person for each element of `ethnicity`.

    `today` is the date at which they are 18 to 67; `serial` is added to the number in the emails, so that
    calls with disjoint ranges never give two people one email; `districts` bounds the ZZ districts they
    live in.
    """
    n = len(ethnicity)
    female = rng.random(n) < 0.74
    gender = np.where(female, "Female", "Male").astype(object)
    first, last = _names(rng, ethnicity, female)
    age_days = (18.2 + 48.5 * rng.beta(2.0, 2.4, n)) * 365.25
    born = (today - age_days.astype("timedelta64[D]")).astype("datetime64[D]")
    numbers = np.arange(serial, serial + n)
    return People(
        first,
        last,
        born,
        gender,
        ni_numbers(rng, n),
        emails(first, last, numbers),
        postcodes(rng, n, districts),
        ethnicity,
    )


def _names(rng: Random, ethnicity: Indexes, female: npt.NDArray[np.bool_]) -> tuple[Texts, Texts]:
    n = len(ethnicity)
    pools = catalogue.name_pools()
    names_of = list(pools)
    origin = np.zeros(n, dtype=np.int64)
    draw = rng.random(n)
    known = catalogue.ethnicities()
    for position in np.unique(ethnicity):
        members = np.flatnonzero(ethnicity == position)
        shares = known.origins[position]
        steps = np.cumsum([share for _, share in shares]) / sum(share for _, share in shares)
        place = np.minimum(np.searchsorted(steps, draw[members], side="right"), len(shares) - 1)
        origin[members] = np.array([names_of.index(name) for name, _ in shares])[place]
    first, last = np.empty(n, dtype=object), np.empty(n, dtype=object)
    # A cube of a uniform draw makes the names early in a list the common ones, as names are.
    first_draw, last_draw, kind_draw = rng.random(n) ** 1.6, rng.random(n) ** 1.6, rng.random(n)
    for number in np.unique(origin):
        pool = pools[names_of[number]]
        here = origin == number
        for chosen, names in ((here & female, pool.female), (here & ~female, pool.male)):
            first[chosen] = names[(first_draw[chosen] * len(names)).astype(np.int64)]
        composed_share = 0.0 if not len(pool.composed) else 1.0 if not len(pool.family) else 0.6
        composed = here & (kind_draw < composed_share)
        if composed.any():
            last[composed] = pool.composed[
                (rng.random(int(composed.sum())) * len(pool.composed)).astype(np.int64)
            ]
        common = here & ~composed
        if common.any():
            last[common] = pool.family[(last_draw[common] * len(pool.family)).astype(np.int64)]
    doubled = np.flatnonzero(rng.random(n) < 0.025)
    if len(doubled):
        partner = rng.permutation(doubled)
        last[doubled] = [
            f"{a}-{b}" if " " not in a + b else a for a, b in zip(last[doubled], last[partner], strict=True)
        ]
    return first, last


def ni_numbers(rng: Random, n: int) -> Texts:
    """NI numbers of valid shape with prefixes not known to have been allocated, e.g. `AC123456B`."""
    prefixes = catalogue.texts([row["prefix"] for row in catalogue.rows("ni_prefixes.csv")])
    prefix = prefixes[rng.integers(0, len(prefixes), n)].tolist()
    digits = rng.integers(0, 1_000_000, n).tolist()
    suffix = _NI_SUFFIXES[rng.integers(0, len(_NI_SUFFIXES), n)].tolist()
    return catalogue.texts([f"{p}{d:06d}{s}" for p, d, s in zip(prefix, digits, suffix, strict=True)])


def postcodes(rng: Random, n: int, districts: tuple[int, int] = (1, 98)) -> Texts:
    """Postcodes of the area ZZ, e.g. `ZZ9 4TR`."""
    district = rng.integers(districts[0], districts[1] + 1, n).tolist()
    sector = rng.integers(0, 10, n).tolist()
    one = _UNIT_LETTERS[rng.integers(0, 20, n)].tolist()
    two = _UNIT_LETTERS[rng.integers(0, 20, n)].tolist()
    return catalogue.texts(
        [f"ZZ{d} {s}{a}{b}" for d, s, a, b in zip(district, sector, one, two, strict=True)]
    )


def emails(first: Texts, last: Texts, numbers: npt.NDArray[Any]) -> Texts:
    """`first.last<number>@example.nhs.uk`, letters of ASCII only."""
    plain = {name: _ascii(name) for name in set(first.tolist()) | set(last.tolist())}
    return catalogue.texts(
        [
            f"{plain[a]}.{plain[b]}{number}{_DOMAIN}"
            for a, b, number in zip(first.tolist(), last.tolist(), numbers.tolist(), strict=True)
        ]
    )


@cache
def _ascii(name: str) -> str:
    folded = unicodedata.normalize(
        "NFKD", name.replace("ł", "l").replace("Ł", "L").replace("ø", "o").replace("ß", "ss")
    )
    return "".join(letter for letter in folded.lower() if "a" <= letter <= "z") or "x"
