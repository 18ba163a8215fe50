"""Residents of an area by ethnic group, to compare a workforce, its leadership and its board with.

`census_2021_population.csv`: one row an area and an age range. White counts as in the WRES (Gypsy or Irish
Traveller, Roma and Other White included); everybody else is BME: the census asks everybody, so there is no
Unknown [seen]. No working-age figures are held: an organisation that compares itself with residents of
working age, or with another area, adds rows in `residents.csv` beside its extracts (the same columns). An
age range that neither file holds is refused, never estimated.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from wres_pipeline.reference import tables
from wres_pipeline.reference.spreadsheets import as_written
from wres_pipeline.reference.tables import fold

FILE = "census_2021_population"
ALL_AGES = "all"
OWN_FILE = "residents.csv"
OWN_COLUMNS = ("area_code", "area", "ages", "residents", "white", "source")


class UnknownAreaError(LookupError):
    """An area or an age range that no row of the census file holds; says which and where to add it.

    for_readers: the same for those who cannot add it.
    """

    def __init__(self, words: str, for_readers: str) -> None:
        super().__init__(words)
        self.for_readers = for_readers


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


AreaResidents = tuple[str, Residents]
"""An area's code, and its residents of one age range."""


class ResidentsFileError(ValueError):
    """An organisation's own residents.csv cannot be used: names the line and what it needs."""


@cache
def rows() -> tuple[AreaResidents, ...]:
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


def own_rows(path: Path) -> tuple[AreaResidents, ...]:
    """The rows of an organisation's own file of residents; none when there is no file.

    Raises ResidentsFileError for another header, a blank cell, a count that is not a whole number, or more
    White residents than residents.
    """
    if not path.is_file():
        return ()
    found = []
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        if tuple(reader.fieldnames or ()) != OWN_COLUMNS:
            raise ResidentsFileError(f"{path.name}, line 1: needs the columns {','.join(OWN_COLUMNS)}")
        for row in reader:
            where = f"{path.name}, line {reader.line_num}"
            cells = [as_written((row[name] or "").strip()) for name in OWN_COLUMNS]
            if None in row or not all(cells):
                raise ResidentsFileError(f"{where}: needs a cell for each of {', '.join(OWN_COLUMNS)}")
            code, area, ages, everybody, white, source = cells
            if not (everybody.isdecimal() and white.isdecimal() and int(white) <= int(everybody)):
                raise ResidentsFileError(
                    f"{where}: residents and white must be whole numbers such as 570305, white not above residents"
                )
            found.append((code, Residents((area,), fold(ages), int(everybody), int(white), source)))
    return tuple(found)


def residents(areas: Sequence[str], ages: str = ALL_AGES, own: Iterable[AreaResidents] = ()) -> Residents:
    """The residents of the areas together; an area is named by its name or its ONS code.

    `own` are the organisation's own rows, which count before those of the census file.

    Raises UnknownAreaError for an area or an age range the file does not hold, and for no area at all. An
    area named twice counts once.
    """
    if not areas:
        raise UnknownAreaError(
            "no area is chosen: name one or more in the settings (residents_of)",
            "No area is named that the organisation serves.",
        )
    parts: dict[str, Residents] = {}
    held = (*own, *rows())
    for area in areas:
        wanted = fold(area)
        for code, one in held:
            if one.ages == fold(ages) and wanted in (fold(code), fold(one.areas[0])):
                parts[code] = one
                break
        else:
            known = ", ".join(f"{one.areas[0]} ({one.ages} ages)" for _, one in held)
            raise UnknownAreaError(
                f"area {area!r} with ages {ages!r} is not held; there are: {known}. Add a row with its source to "
                f"{OWN_FILE} beside the extracts, or choose others in the settings (residents_of, residents_ages).",
                f"How many people of which ethnic group live in {area} is not held here.",
            )
    return Residents(
        tuple(one.areas[0] for one in parts.values()),
        ages,
        sum(one.residents for one in parts.values()),
        sum(one.white for one in parts.values()),
        "; ".join(dict.fromkeys(one.source for one in parts.values())),
    )
