"""Which extracts are late on a day: every kind has its rhythm, and a body is expected to keep to what it has sent before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from wres_pipeline.extracts.intake import folder
from wres_pipeline.extracts.intake.refusal import RefusedFile
from wres_pipeline.extracts.naming import file_names

MONTHLY = "esr_staff_list"
DUE_DAY = 10
"""The day of the next month by which a month's staff list is expected; a setting may name another. [ours]"""
YEARLY_DUE = (4, 30)
"""The day by which a year's other extracts are expected: a month before the submission closes. [ours]"""
SILENT_AFTER = 6
"""Months without a staff list after which a body is taken to have stopped, and is no longer called late. [ours]"""


@dataclass(frozen=True, slots=True)
class Late:
    """An extract that is expected and not there. due: the day it was expected by."""

    organisation_code: str
    kind: str
    period: str
    due: date

    @property
    def key(self) -> str:
        """Names it for good."""
        return f"late/{self.organisation_code}/{self.kind}/{self.period}"

    @property
    def words(self) -> str:
        """It in a line."""
        what = self.kind.replace("_", " ")
        return f"{self.organisation_code}: no {what} for {self.period} by {self.due.day} {self.due:%B %Y}"


def late(extracts: Path, codes: Sequence[str], today: date, due_day: int = DUE_DAY) -> list[Late]:
    """What is late of these bodies, in order."""
    found = []
    for code in codes:
        monthly, yearly = _newest(extracts / code)
        month = _expected_month(today, due_day)
        if monthly and 0 < _months(monthly, month) <= SILENT_AFTER:
            due = (month + timedelta(days=1)).replace(day=due_day)
            found.append(Late(code, MONTHLY, f"{month:%B %Y}", due))
        year = today.year if (today.month, today.day) > YEARLY_DUE else today.year - 1
        for kind, newest in sorted(yearly.items()):
            if newest == year - 1:
                found.append(Late(code, kind, f"the reporting year {year}", date(year, *YEARLY_DUE)))
    return found


def _newest(place: Path) -> tuple[date | None, dict[str, int]]:
    """(the newest staff list's day, the newest reporting year of every other kind that was ever sent)."""
    monthly: date | None = None
    yearly: dict[str, int] = {}
    for path in sorted(place.iterdir()) if place.is_dir() else ():
        try:
            named = file_names.identify(path.name) if file_names.is_extract(path.name) else None
        except RefusedFile:
            continue
        if named is None or named.kinds[0] == folder.NATIONAL_RESULTS:
            continue
        kind = named.kinds[0]
        if kind == MONTHLY and named.period:
            monthly = max(monthly or named.period, named.period)
        elif named.survey_year is not None:
            yearly[kind] = max(yearly.get(kind, 0), named.survey_year + 1)
        elif named.period is not None:
            yearly[kind] = max(yearly.get(kind, 0), folder.year_ending(named.period))
    return monthly, yearly


def _expected_month(today: date, due_day: int) -> date:
    """The last day of the newest month whose staff list should be there."""
    last = today.replace(day=1) - timedelta(days=1)
    return last if today.day > due_day else last.replace(day=1) - timedelta(days=1)


def _months(earlier: date, later: date) -> int:
    return 12 * (later.year - earlier.year) + later.month - earlier.month
