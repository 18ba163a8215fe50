"""Residents of an area by ethnic group, to compare a workforce, its leadership and its board with.

`census_2021_population.csv`: one row an area and an age range. White counts as in the WRES (Gypsy or Irish
Traveller, Roma and Other White included); everybody else is BME: the census asks everybody, so there is no
Unknown [seen]. An organisation adds its own areas, or working ages, as rows. No working-age figures are
held yet: an age range that is not in the file is refused, never estimated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from wres_pipeline.reference import tables
from wres_pipeline.reference.labels import fold

FILE = "census_2021_population"
ALL_AGES = "all"


class UnknownAreaError(LookupError):
    """An area or an age range that no row of the census file holds; says which and where to add it."""


@dataclass(frozen=True, slots=True)
class Residents:
    """Usual residents of one or more areas: `residents` in all, of whom `white` are White and `bme` BME."""

    areas: tuple[str, ...]
    ages: str
    residents: int
    white: int
    source: str

    @property
    def bme(self) -> int:
        """Residents who are not White."""
        return self.residents - self.white


@cache
def rows() -> tuple[tuple[str, Residents], ...]:
    """Every row of the census file as (area code, residents).

    Raises ReferenceFileError for a row without a source or with more White residents than residents.
    """
    found = []
    for row in tables.rows(FILE):
        one = Residents((row["area"],), row["ages"], int(row["residents"]), int(row["white"]), row["source"])
        if not 0 <= one.white <= one.residents or not one.source:
            raise tables.ReferenceFileError(
                f"{FILE}.csv, {row['area']}: White residents must lie within all residents, with a source"
            )
        found.append((row["area_code"], one))
    return tuple(found)


def residents(areas: Sequence[str], ages: str = ALL_AGES) -> Residents:
    """The residents of the areas together; an area is named by its name or its ONS code.

    Raises UnknownAreaError for an area or an age range the file does not hold, and for no area at all. An
    area named twice counts once.
    """
    if not areas:
        raise UnknownAreaError("no area is chosen: name one or more in the settings (residents_of)")
    parts: dict[str, Residents] = {}
    for area in areas:
        wanted = fold(area)
        for code, one in rows():
            if one.ages == ages and wanted in (fold(code), fold(one.areas[0])):
                parts[code] = one
                break
        else:
            known = ", ".join(f"{one.areas[0]} ({one.ages} ages)" for _, one in rows())
            raise UnknownAreaError(
                f"area {area!r} with ages {ages!r} is not in reference/{FILE}.csv, which holds: {known}. "
                "Add a row with its source, or choose another area in the settings (residents_of)."
            )
    return Residents(
        tuple(one.areas[0] for one in parts.values()),
        ages,
        sum(one.residents for one in parts.values()),
        sum(one.white for one in parts.values()),
        "; ".join(dict.fromkeys(one.source for one in parts.values())),
    )
