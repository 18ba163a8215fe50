"""What the text of one cell means. Pure; meant for DISTINCT texts, so a column of millions costs little.

Nothing here guesses: a text that is no date, number or yes/no gives None, and its text stays in the raw
table.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from wres_pipeline.reference.shown_text import shape as shape

Proof = Literal["dmy", "mdy"]

EXCEL_EPOCH = date(1899, 12, 30)
SERIALS = range(10_000, 80_000)
"""Excel day numbers taken as dates: 18 May 1927 to 9 January 2119; a smaller number is a count, not a day.
[ours]"""
CENTURY_TURN = 50
"""Two-digit years below this are 20yy, from it on 19yy, unless `latest` says the day would be too late.
[ours]"""

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_YES = frozenset({"y", "yes", "true", "t", "1", "1.0", "x", "\u2713", "\u2714"})
_NO = frozenset({"n", "no", "false", "f", "0", "0.0"})
_TIME = re.compile(r"[T ]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[ap]m)?( ?(z|[+-]\d{2}:?\d{2}))?$", re.IGNORECASE)
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})", re.IGNORECASE)
_HERE = ZoneInfo("Europe/London")
_NUMBERS = re.compile(r"(\d{1,4})[/.\-](\d{1,2})[/.\-](\d{1,4})")
_NAMED = re.compile(
    r"(?:[a-z]+,? )?(\d{1,2})(?:st|nd|rd|th)?[ \-/.]?([a-z]{3,9})\.?[ \-/.,]*(\d{4}|\d{2})", re.IGNORECASE
)
_NAMED_FIRST = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", re.IGNORECASE)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{6})?(?:\.0)?")
_SPACES = re.compile(r"[\s\u00a0\u2007\u202f\u200b\ufeff]+")
_GROUPED = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")


REMEMBERED = 1 << 17
"""Texts whose meaning is kept: the same few thousand days stand in every file of every organisation."""


def tidy(text: str | None) -> str:
    """The text without surrounding or repeated blank space of any kind, and without Excel's `="…"` guard."""
    if not text:
        return ""
    found = _SPACES.sub(" ", text).strip()
    if found.startswith('="') and found.endswith('"') and len(found) > 2:
        return found[2:-1].strip()
    return found


@lru_cache(maxsize=REMEMBERED)
def parse_date(text: str | None, order: str = "dmy", *, latest: date | None = None) -> date | None:
    """The day a text names, or None.

    Reads dd-MON-yyyy, dd/mm/yyyy, dd/mm/yy (and the same with dots or dashes), ISO dates and times, yyyymmdd,
    and Excel day numbers. A time with its offset from UTC is an instant, and the day is the one in London. `order` says which of day and month stands first where both are numbers; the ledger
    holds it for each column (`date_orders`). `latest`: a two-digit year that would give a later day is a
    hundred years earlier (dates of birth).
    """
    whole = tidy(text).lstrip("'")
    if _INSTANT.fullmatch(whole):
        return _day_in_london(whole)
    found = _TIME.sub("", whole)
    if not found:
        return None
    if match := _SERIAL.fullmatch(found):
        number = int(match[1])
        return EXCEL_EPOCH + timedelta(days=number) if number in SERIALS else None
    if match := _COMPACT.fullmatch(found):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMBERS.fullmatch(found):
        first, second, third = match.groups()
        if len(first) == 4:
            return _day(int(first), int(second), int(third)) if len(third) <= 2 else None
        if len(first) == 3 or len(third) not in (2, 4):
            return None
        day, month = (int(second), int(first)) if order == "mdy" else (int(first), int(second))
        return _with_century(third, month, day, latest)
    if match := _NAMED.fullmatch(found):
        return _with_century(match[3], _MONTHS.get(match[2].lower(), 0), int(match[1]), latest)
    if match := _NAMED_FIRST.fullmatch(found):
        return _day(int(match[3]), _MONTHS.get(match[1].lower(), 0), int(match[2]))
    return None


@lru_cache(maxsize=REMEMBERED)
def day_month_proof(text: str | None) -> Proof | None:
    """What a text proves about the order of day and month: 31/03/2021 is `dmy`, 03/31/2021 `mdy`, 03/04/2021
    nothing."""
    match = _NUMBERS.fullmatch(_TIME.sub("", tidy(text).lstrip("'")))
    if match is None or len(match[1]) > 2 or len(match[3]) not in (2, 4):
        return None
    first, second = int(match[1]), int(match[2])
    proof: Proof = "dmy" if first > second else "mdy"
    # A day that is in neither calendar, such as 04/31/2021, is a slip and proves nothing.
    return proof if max(first, second) > 12 and parse_date(text, proof) is not None else None


@lru_cache(maxsize=REMEMBERED)
def depends_on_order(text: str | None) -> bool:
    """Whether day and month of the text are both numbers of at most two digits, so that their order
    matters."""
    match = _NUMBERS.fullmatch(_TIME.sub("", tidy(text).lstrip("'")))
    return match is not None and len(match[1]) <= 2 and len(match[3]) in (2, 4)


def parse_yes_no(text: str | None) -> bool | None:
    """True for Y, Yes, True, T, 1, X or a tick; False for N, No, False, F, 0; else None."""
    found = tidy(text).casefold().rstrip(".")
    if found in _YES:
        return True
    return False if found in _NO else None


def parse_yes_no_or_date(
    text: str | None, order: str = "dmy", *, latest: date | None = None
) -> tuple[bool | None, date | None]:
    """A flag that some exports give as a day: (whether, when). A day means yes on that day; None, None is not
    known."""
    flag = parse_yes_no(text)
    if flag is not None:
        return flag, None
    day = parse_date(text, order, latest=latest)
    return (True, day) if day is not None else (None, None)


def parse_number(text: str | None) -> float | None:
    """The number a text gives, thousand separators and a percent sign allowed; None for a dash, a star or
    words."""
    found = tidy(text).rstrip("%").strip().replace("\u2212", "-")
    if found.startswith("(") and found.endswith(")"):
        found = "-" + found[1:-1]
    if _GROUPED.fullmatch(found):
        found = found.replace(",", "")
    return float(found) if _PLAIN.fullmatch(found) else None


def split_name(text: str | None) -> tuple[str, str]:
    """(first, last) of both names in one cell: `Last, First` or `First … Last`; a single word is a last name.
    [ours]"""
    found = tidy(text)
    if "," in found:
        last, _, first = found.partition(",")
        return first.strip(), last.strip()
    first, _, last = found.rpartition(" ")
    return first, last


def _day_in_london(instant: str) -> date | None:
    try:
        return datetime.fromisoformat(instant.upper()).astimezone(_HERE).date()
    except (ValueError, OverflowError):
        return None


def _with_century(year: str, month: int, day: int, latest: date | None) -> date | None:
    if len(year) == 4:
        return _day(int(year), month, day)
    full = int(year) + (2000 if int(year) < CENTURY_TURN else 1900)
    found = _day(full, month, day)
    if found is not None and latest is not None and found > latest:
        return _day(full - 100, month, day)
    return found


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
