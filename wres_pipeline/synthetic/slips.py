"""The same person as a second system holds them: typed again, married, known by another name, moved
house.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from wres_pipeline.synthetic import catalogue, people
from wres_pipeline.synthetic.people import Dates, People, Random, Slips

Some = Callable[[float | npt.NDArray[np.float64]], npt.NDArray[np.int64]]
"""Draws the positions of some people: of the share given."""

_KEYS = "abcdefghijklmnopqrstuvwxyz"
_NEIGHBOURS = dict(zip(_KEYS, "svxfrdhjoklknmiowtayibezux", strict=True))


def typo(rng: Random, text: str) -> str:
    """One keying slip in a text of at least three letters: two letters swapped, one lost, doubled, or a
    neighbouring key.
    """
    if len(text) < 3:
        return text + text[-1:]
    place = int(rng.integers(1, len(text) - 1))
    kind = int(rng.integers(0, 4))
    if kind == 0:
        return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    if kind == 1:
        return text[:place] + text[place + 1 :]
    if kind == 2:
        return text[:place] + text[place] + text[place:]
    return text[:place] + _NEIGHBOURS.get(text[place].lower(), "e") + text[place + 1 :]


def swap_day_and_month(dates: Dates) -> Dates:
    """Day and month exchanged where that gives a date (day 12 or less); other dates as they are."""
    years = dates.astype("datetime64[Y]")
    months = dates.astype("datetime64[M]")
    month_number = (months - years).astype(np.int64) + 1
    day_number = (dates - months.astype("datetime64[D]")).astype(np.int64) + 1
    swapped = (years.astype("datetime64[M]") + (day_number - 1).astype("timedelta64[M]")).astype(
        "datetime64[D]"
    )
    swapped = swapped + (month_number - 1).astype("timedelta64[D]")
    return np.where(day_number <= 12, swapped, dates)


def plain_letters(name: str) -> str:
    """The name as a keyboard without accents types it, hyphens as spaces: `Ní Bhriain` -> `Ni Bhriain`."""
    swaps = {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ß": "ss", "-": " ", "’": "'"}
    text = "".join(swaps.get(letter, letter) for letter in name)
    return "".join(
        letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter)
    )


def temporary_ni(born: np.datetime64, gender: str) -> str:
    """The temporary number some payrolls enter: TN, date of birth as ddmmyy, F or M."""
    if np.isnat(born):
        return ""
    year, month, day = str(born).split("-")
    return f"TN{day}{month}{year[2:]}{gender[:1]}"


def typed_again(rng: Random, persons: People, slips: Slips, *, serial: int) -> People:
    """The same people as another system holds them, with slips at the given rates.

    `serial` starts the numbers of other email addresses, as in `people.make`. Ethnicity is handed on
    unchanged: what a person declares is not a slip.
    """
    n = len(persons)
    made = persons.take(np.arange(n))
    bme = catalogue.ethnicities().wres_group[persons.ethnicity] == "BME"

    def some(share: float | npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
        return np.flatnonzero(rng.random(n) < share)

    _names_again(rng, made, slips, bme, some)
    swapped = some(slips.day_month_swapped)
    made.date_of_birth[swapped] = swap_day_and_month(made.date_of_birth[swapped])
    wrong = some(slips.date_of_birth_typo)
    made.date_of_birth[wrong] = made.date_of_birth[wrong] + rng.choice([-1, 1, 10, -365], len(wrong)).astype(
        "timedelta64[D]"
    )
    for place in some(slips.ni_typo):
        digits = list(made.ni_number[place])
        spot = int(rng.integers(2, 8))
        digits[spot] = (
            str((int(digits[spot]) + int(rng.integers(1, 10))) % 10)
            if digits[spot].isdigit()
            else digits[spot]
        )
        made.ni_number[place] = "".join(digits)
    for place in some(slips.ni_temporary):
        made.ni_number[place] = temporary_ni(made.date_of_birth[place], made.gender[place])
    made.ni_number[some(slips.ni_missing)] = ""
    other = some(slips.email_other)
    made.email[other] = people.emails(
        made.first_name[other], made.last_name[other], np.arange(len(other)) + serial
    )
    made.email[some(slips.email_missing)] = ""
    moved = some(slips.moved_house)
    made.postcode[moved] = people.postcodes(rng, len(moved))
    made.date_of_birth[some(slips.date_of_birth_missing)] = np.datetime64("NaT")
    return made


def _names_again(rng: Random, made: People, slips: Slips, bme: npt.NDArray[np.bool_], some: Some) -> None:
    familiar = catalogue.known_as()
    for place in some(slips.known_as):
        made.first_name[place] = familiar.get(made.first_name[place], made.first_name[place])
    married = some(np.where(made.gender == "Female", slips.married_name, slips.married_name / 8))
    made.last_name[married] = rng.permutation(made.last_name)[married]
    for place in some(slips.hyphen_or_accent_lost):
        made.first_name[place] = plain_letters(made.first_name[place])
        made.last_name[place] = plain_letters(made.last_name[place])
    share = np.where(bme, slips.name_typo_bme, slips.name_typo)
    for names in (made.first_name, made.last_name):
        for place in some(share / 2):
            names[place] = typo(rng, names[place])
    swapped = some(slips.names_swapped)
    first = made.first_name[swapped].copy()
    made.first_name[swapped] = made.last_name[swapped]
    made.last_name[swapped] = first
