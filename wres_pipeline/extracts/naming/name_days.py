"""The day a file's name speaks of, however people write it: `31 Mar 2026`, `310321`, `2025-26`, `2020-04-01_2021-03-31`."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from wres_pipeline.reference import years

EARLIEST, LATEST = 2010, 2099
"""Years a name may mean. [ours]"""
_MONTHS = {
    name.lower(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_Read = Callable[[re.Match[str]], "NamedDay | None"]
_SEP = r"[-_./ ]"


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day a name speaks of: `how` says in words how it was read. sure: False where the text can mean another day."""

    day: date
    how: str
    place: int = 0
    sure: bool = True


def days(stem: str) -> list[NamedDay]:
    """Every day the name speaks of, in the order of the calendar; the last is the day a period ends.

    A month stands for its last day, a financial year (`2025-26`, `2025/26`) for its 31 March.
    """
    text = stem.lower()
    found: list[NamedDay] = []
    for pattern, read in _READINGS:
        for match in re.finditer(pattern, text):
            made = read(match)
            if made is not None and EARLIEST <= made.day.year <= LATEST:
                found.append(NamedDay(made.day, made.how, match.start(), made.sure))
                text = text[: match.start()] + "\x00" * len(match[0]) + text[match.end() :]
    return sorted(found, key=lambda one: (one.day, one.place))


def _day(year: str, month: int, day: str, how: str) -> NamedDay | None:
    full = int(year) if len(year) == 4 else 2000 + int(year)
    try:
        return NamedDay(date(full, month, int(day)), how)
    except ValueError:
        return None


def _month_end(year: int, month: int, how: str) -> NamedDay | None:
    if not 1 <= month <= 12:
        return None
    return NamedDay(date(year, month, calendar.monthrange(year, month)[1]), how)


def _iso(match: re.Match[str]) -> NamedDay | None:
    return _day(match[1], int(match[2]), match[3], "year, month, day")


def _day_first(match: re.Match[str]) -> NamedDay | None:
    return _day(match[3], int(match[2]), match[1], "day, month, year")


def _day_month_name(match: re.Match[str]) -> NamedDay | None:
    return _day(match[3], _MONTHS[match[2]], match[1], "day, month in words, year")


def _six(match: re.Match[str]) -> NamedDay | None:
    text = match[0]
    first = _day(text[4:], int(text[2:4]), text[:2], "six digits, day first")
    other = _day(text[:2], int(text[2:4]), text[4:], "six digits, year first")
    last_known = years.all_years()[-1]
    plausible = [one for one in (first, other) if one and EARLIEST <= one.day.year <= last_known]
    if not plausible:
        return None
    return NamedDay(plausible[0].day, plausible[0].how, sure=len({one.day for one in plausible}) == 1)


def _eight(match: re.Match[str]) -> NamedDay | None:
    text = match[0]
    if text.startswith(("19", "20")) and (
        found := _day(text[:4], int(text[4:6]), text[6:], "year, month, day")
    ):
        return found
    return _day(text[4:], int(text[2:4]), text[:2], "day, month, year")


def _month_name(match: re.Match[str]) -> NamedDay | None:
    year = int(match[2]) if len(match[2]) == 4 else 2000 + int(match[2])
    return _month_end(year, _MONTHS[match[1]], "the month, so its last day")


def _year_pair(match: re.Match[str]) -> NamedDay | None:
    first, second = int(match[1]), int(match[2][-2:])
    if (first + 1) % 100 == second:
        return NamedDay(date(first + 1, 3, 31), f"the financial year {match[0]}, so its 31 March")
    return _month_end(first, second, "the month, so its last day") if len(match[2]) == 2 else None


def _readings() -> Iterator[tuple[str, _Read]]:
    yield rf"(?<!\d)(20\d\d){_SEP}(\d\d){_SEP}(\d\d)(?!\d)", _iso
    yield rf"(?<!\d)(\d\d?){_SEP}(\d\d?){_SEP}(20\d\d|\d\d)(?!\d)", _day_first
    yield rf"(?<!\d)(\d\d?)(?:st|nd|rd|th)?[-_ ]?({_MONTH})[-_ ,]*(20\d\d|\d\d)(?!\d)", _day_month_name
    yield r"(?<!\d)\d{8}(?!\d)", _eight
    yield r"(?<!\d)\d{6}(?!\d)", _six
    yield rf"(?<![a-z])({_MONTH})[-_ ]*(20\d\d|\d\d)(?!\d)", _month_name
    yield r"(?<!\d)(20\d\d)[-_./ ](20\d\d|\d\d)(?!\d)", _year_pair


_READINGS: list[tuple[str, _Read]] = list(_readings())
