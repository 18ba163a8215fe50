"""Residents by ethnic group from the files the Office for National Statistics publishes of the 2021 Census, as published.

Two forms are read: a row an area with a column an ethnic group (Nomis bulk files, TS021), and a row an area and group, by
age too (filtered and custom tables of ons.gov.uk, TS021 and RM032). Areas are local authorities, integrated care boards,
or whatever the file is of. [seen: headings in public code that reads such files]
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from wres_pipeline.reference.population import ALL_AGES, ResidentsFileError
from wres_pipeline.reference.tables import fold

WORKING_AGE = "16 to 64"
_TOTAL, _WHITE = "ethnic group: total: all usual residents", "ethnic group: white"
_MEASURE = re.compile(r"; measures?: value$")
_GROUPS = re.compile(r"ethnic group \(\d+ categories\)")
_BAND = re.compile(r"(?:aged )?(\d+)(?: to (\d+))? years?(?: and (under|over))?")
_LOWEST, _HIGHEST = (16, 64)


@dataclass(frozen=True, slots=True)
class AreaCount:
    """An area's residents of one age range: all of them, and those of a White group."""

    code: str
    area: str
    ages: str
    residents: int
    white: int


def read(path: Path) -> list[AreaCount]:
    """Every area of the file, of all ages and, where its ages allow, of working age (16 to 64).

    Raises ResidentsFileError for a file of another form, a count that is no whole number, groups that do not add up to the
    total, or an area told twice.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ResidentsFileError(f"{path.name} cannot be read as UTF-8 text: {error}") from None
    lines = list(csv.reader(io.StringIO(text, newline="")))
    heads = [_MEASURE.sub("", " ".join(name.lower().split())) for name in (lines[0] if lines else [])]
    if _TOTAL in heads:
        found = _wide(path.name, heads, lines[1:])
    elif "observation" in heads and any(_GROUPS.fullmatch(name) for name in heads):
        found = _long(path.name, heads, lines[1:])
    else:
        raise ResidentsFileError(
            f"{path.name}, line 1: no table of ethnic group of the 2021 Census. It needs the columns 'geography', 'geography "
            "code', 'Ethnic group: Total: All usual residents' and 'Ethnic group: White' (Nomis), or an area with its code, "
            "'Ethnic group (20 categories)' and 'Observation' (ons.gov.uk)."
        )
    if not found:
        raise ResidentsFileError(f"{path.name} holds no area.")
    return found


def chosen(counts: Iterable[AreaCount], areas: Sequence[str], name: str) -> list[AreaCount]:
    """The rows of the areas, by name or code. Raises ResidentsFileError for one the file does not hold."""
    held = list(counts)
    found: list[AreaCount] = []
    for area in areas:
        mine = [one for one in held if fold(area) in (fold(one.code), fold(one.area))]
        if not mine:
            names = sorted({one.area for one in held})
            near = [one for one in names if fold(one).startswith(fold(area))] or get_close_matches(
                area, names, 5
            )
            hint = f"; near it: {', '.join(near[:5])}" if near else ""
            raise ResidentsFileError(f"{name} holds no area {area!r}{hint}.")
        found += [one for one in mine if one not in found]
    return found


def _wide(name: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[AreaCount]:
    at = {head: place for place, head in enumerate(heads)}
    if not {"geography", "geography code", _WHITE} <= at.keys():
        raise ResidentsFileError(
            f"{name}, line 1: needs 'geography', 'geography code' and 'Ethnic group: White' too."
        )
    # the five broad groups are told without a second colon: their sum proves the total
    broad = [p for head, p in at.items() if re.fullmatch(r"ethnic group: [^:]+", head)]
    found: dict[str, AreaCount] = {}
    for number, row in enumerate(rows, start=2):
        if not any(cell.strip() for cell in row):
            continue
        where = f"{name}, line {number}"
        if len(row) < len(heads):
            raise ResidentsFileError(f"{where}: fewer cells than headings.")
        total, white = (_count(row[at[head]], where) for head in (_TOTAL, _WHITE))
        if sum(_count(row[place], where) for place in broad) != total:
            raise ResidentsFileError(f"{where}: the ethnic groups do not add up to all usual residents.")
        code = row[at["geography code"]].strip()
        if code in found:
            raise ResidentsFileError(f"{where}: {code} is told twice.")
        found[code] = AreaCount(code, row[at["geography"]].strip(), ALL_AGES, total, white)
    return list(found.values())


def _long(name: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[AreaCount]:
    group, ages, code = _columns(name, heads)
    observation = heads.index("observation")
    area = (
        heads.index(heads[code].removesuffix(" code")) if heads[code].removesuffix(" code") in heads else code
    )
    held: dict[tuple[str, str], dict[tuple[str, str], int]] = {}
    for number, row in enumerate(rows, start=2):
        if not any(cell.strip() for cell in row):
            continue
        where = f"{name}, line {number}"
        if len(row) < len(heads):
            raise ResidentsFileError(f"{where}: fewer cells than headings.")
        words = " ".join(row[group].split())
        if words.lower() == "does not apply":
            continue
        key = (row[code].strip(), row[area].strip())
        part = (words, " ".join(row[ages].split()) if ages is not None else "")
        mine = held.setdefault(key, {})
        if ages is None and part in mine:
            raise ResidentsFileError(f"{where}: {key[1]}, {words} is told twice.")
        # a table by sex as well tells each group and age in several rows
        mine[part] = mine.get(part, 0) + _count(row[observation], where)
    found = []
    for (one, title), parts in held.items():
        found.append(_area(one, title, ALL_AGES, parts))
        if (working := _of_working_age(parts)) is not None:
            found.append(_area(one, title, WORKING_AGE, working))
    return found


def _columns(name: str, heads: Sequence[str]) -> tuple[int, int | None, int]:
    """Where the ethnic group, the age (None: of all ages) and the area's code stand."""
    group = next(p for p, head in enumerate(heads) if _GROUPS.fullmatch(head))
    ages = next(
        (p for p, head in enumerate(heads) if head.startswith("age (") and not head.endswith(" code")), None
    )
    first = next(
        (p for p, head in enumerate(heads) if head.endswith(" code") and "categories" not in head), None
    )
    if first is None:
        raise ResidentsFileError(
            f"{name}, line 1: no column of area codes, such as 'Lower tier local authorities Code'."
        )
    return group, ages, first


def _area(code: str, area: str, ages: str, parts: Mapping[tuple[str, str], int]) -> AreaCount:
    white = sum(n for (words, _), n in parts.items() if words.lower().partition(":")[0] == "white")
    return AreaCount(code, area, ages, sum(parts.values()), white)


def _of_working_age(parts: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], int] | None:
    """The parts from 16 to 64; None where there are no ages, or a band crosses either end."""
    kept = {}
    for key, n in parts.items():
        found = _BAND.fullmatch(key[1].lower())
        if found is None:
            return None
        low = int(found[1])
        high = int(found[2]) if found[2] else {"under": low, "over": 999}.get(found[3] or "", low)
        low = 0 if found[3] == "under" else low
        if low < _LOWEST <= high or low <= _HIGHEST < high:
            return None
        if low >= _LOWEST and high <= _HIGHEST:
            kept[key] = n
    return kept or None


def _count(cell: str, where: str) -> int:
    words = cell.strip().replace(",", "")
    if not words.isdecimal():
        raise ResidentsFileError(f"{where}: {cell.strip()[:20]!r} is no whole number of residents.")
    return int(words)
