"""What an extracts folder holds, told from its file names alone: organisations, and the reporting years they serve."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from wres_pipeline.extracts.intake.refusal import RefusedFile
from wres_pipeline.extracts.naming import file_names

NOT_ORGANISATIONS = frozenset({"truth", "national", "mappings"})
SURVEY_KINDS = frozenset({"staff_survey", "staff_survey_respondents"})
NATIONAL_RESULTS = "staff_survey_organisations"
YEAR_END = (3, 31)


def organisations(extracts: Path) -> list[str]:
    """The ODS codes that have a folder in the extracts folder, in order."""
    if not extracts.is_dir():
        return []
    return sorted(
        entry.name
        for entry in extracts.iterdir()
        if entry.is_dir() and entry.name not in NOT_ORGANISATIONS and not entry.name.startswith((".", "_"))
    )


def reporting_years(extracts: Path, code: str) -> tuple[set[int], set[int]]:
    """Years with a staff list of 31 March, and all years any extract of the organisation serves.

    A survey serves the reporting year after it, a file of several years' national results each of theirs; an extract as at a day serves the year whose 31 March follows it.
    """
    with_staff, served = set(), set()
    folder = extracts / code
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if not file_names.is_extract(path.name):
            continue
        try:
            named = file_names.identify(path.name)
        except RefusedFile:
            continue
        if named.kinds[0] == NATIONAL_RESULTS:
            served |= {year + 1 for year in file_names.survey_years(path.name)}
        elif named.survey_year is not None and named.kinds[0] in SURVEY_KINDS:
            served.add(named.survey_year + 1)
        elif named.period is not None and named.survey_year is None:
            served.add(year_ending(named.period))
            if named.kinds[0] == "esr_staff_list" and (named.period.month, named.period.day) == YEAR_END:
                with_staff.add(named.period.year)
    return with_staff, served


def year_ending(day: date) -> int:
    """The reporting year a day belongs to: 1 April to 31 March, named by its end."""
    return day.year if (day.month, day.day) <= YEAR_END else day.year + 1


def latest_year(extracts: Path, codes: list[str]) -> int | None:
    """The latest year with a 31 March staff list at any of the organisations, else the latest any extract serves."""
    found = [reporting_years(extracts, code) for code in codes]
    with_staff = set().union(*(staff for staff, _ in found)) if found else set()
    served = set().union(*(every for _, every in found)) if found else set()
    return max(with_staff or served, default=None)


def latest_month(extracts: Path, codes: list[str], up_to: date | None = None) -> date | None:
    """The first day of the latest month that has a staff list at any of the organisations (up to a day)."""
    days = []
    for code in codes:
        place = extracts / code
        for path in place.iterdir() if place.is_dir() else ():
            if not file_names.is_extract(path.name):
                continue
            try:
                named = file_names.identify(path.name)
            except RefusedFile:
                continue
            if (
                named.kinds[0] == "esr_staff_list"
                and named.period
                and (up_to is None or named.period <= up_to)
            ):
                days.append(named.period)
    return max(days).replace(day=1) if days else None
