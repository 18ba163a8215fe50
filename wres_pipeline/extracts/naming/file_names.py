"""What a file's name says: which kind of extract, and of which period."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from wres_pipeline.extracts import contracts
from wres_pipeline.extracts.intake.refusal import RefusedFile
from wres_pipeline.reference import written_choice

SUFFIXES = frozenset(
    {".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".dat", ".htm", ".html"}
)
SURVEY_MONTH_DAY = (11, 30)
"""A survey's period is stored as 30 November of its year, the end of fieldwork. [ours]"""
_SHAPES_OF_SURVEY = ("staff_survey", "staff_survey_respondents", "staff_survey_organisations")
_DAY = re.compile(r"(?<!\d)(\d{4})[-_. ]?(\d{2})[-_. ]?(\d{2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_WORDS = re.compile(r"[^a-z0-9]+")
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Named:
    """kinds: what the file may be, the likeliest first (a survey file is known by its columns). period:
    snapshot or as-at day, 30 November for a survey, None where the kind has none. survey_year: surveys
    only."""

    kinds: tuple[str, ...]
    period: date | None
    survey_year: int | None


LINK_DECISIONS, LINK_REVIEW = "link-decisions.csv", "link-review.csv"
REVIEWERS = frozenset({LINK_DECISIONS, LINK_REVIEW})
"""Files of the reviewer of links, which stand beside the extracts and are read by the linkage."""


def is_extract(name: str) -> bool:
    """Whether a name is an extract's at all: by its ending, not hidden, no spreadsheet's lock file, no reviewer's, no
    form."""
    if name.lower() in REVIEWERS | written_choice.NAMES or is_decisions(name):
        return False
    return PurePath(name).suffix.lower() in SUFFIXES and not name.startswith((".", "~$"))


def may_be_meant(name: str) -> bool:
    """Whether a file of an ending that is not read has the name of an extract, as `training_2021-03-31.csv.gz`."""
    try:
        return identify(name.split(".")[0]).period is not None
    except RefusedFile:
        return False


def is_decisions(name: str) -> bool:
    """Whether a file holds a reviewer's decisions: `link-decisions.csv`, or one of several, as `link-decisions (1).csv`."""
    return name.lower().startswith("link-decisions") and name.lower().endswith(".csv")


def survey_years(name: str) -> set[int]:
    """The years of the surveys a file of results by organisation holds, from the first its name gives to the last."""
    named = [int(year) for year in _YEAR.findall(PurePath(name).stem)]
    return set(range(min(named), max(named) + 1)) if named else set()


def natural_order(name: str) -> tuple[object, ...]:
    """Sort key under which `… (2)` comes before `… (10)` and a plain name before both."""
    stem = PurePath(name).stem.lower()
    return (*[(1, int(p), "") if p.isdigit() else (0, 0, p) for p in _DIGITS.split(stem)], (0, 0, name))


def identify(name: str) -> Named:
    """Kind and period of the file `name`.

    The name begins with the kind (`esr_staff_list`, any case, spaces or dashes for underscores) and holds the
    day (`2021-03-31`, `20210331`; of two days, as of a period, the later) or, for a survey, the year; what follows (`_v2`, ` (1)`) only orders two
    files of one period. Raises RefusedFile when no kind can be told or the day is missing or impossible.
    """
    stem = _WORDS.sub("_", PurePath(name).stem.lower()).strip("_")
    by_name = sorted(
        ((prefix, kind) for kind in contracts.kinds() for prefix in contracts.load(kind).names),
        key=lambda pair: -len(pair[0]),
    )
    found = [(prefix, kind) for prefix, kind in by_name if stem == prefix or stem.startswith(prefix + "_")]
    if not found:
        known = ", ".join(contracts.load(kind).names[0] for kind in contracts.kinds())
        raise RefusedFile(
            name,
            "the name does not say what kind of extract this is.",
            f"Begin it with one of: {known}; or let wres add FILE --organisation CODE name it.",
        )
    prefix, kind = found[0]
    kinds = (kind,) if kind not in _SHAPES_OF_SURVEY else (kind, *(k for k in _SHAPES_OF_SURVEY if k != kind))
    rest = stem.removeprefix(prefix)
    period = contracts.load(kind).period
    if period == "none":
        return Named(kinds, None, None)
    if period.startswith("survey_year"):
        years = {int(year) for year in _YEAR.findall(rest)}
        if len(years) == 1:
            year = years.pop()
            return Named(kinds, date(year, *SURVEY_MONTH_DAY), year)
        if period == "survey_year_optional" or len(years) > 1:
            return Named(("staff_survey_organisations",), None, None)
        raise RefusedFile(
            name, "the name does not say which year's survey this is.", f"Name it like {kind}_2020.xlsx."
        )
    if period == "reporting_year":
        named = [int(year) for year in _YEAR.findall(rest)]
        if len(set(named)) != 1:
            raise RefusedFile(
                name,
                "the name does not say of which reporting year these counts are.",
                f"Name it like {kind}_2021.csv.",
            )
        return Named(kinds, date(named[0], 3, 31), None)
    matches = _DAY.findall(rest)
    example = f"{kind}_2021-03-31.csv"
    if not matches:
        raise RefusedFile(
            name,
            "the name does not say which day the extract shows.",
            f"Name it like {example}, or let wres add FILE --organisation CODE name it.",
        )
    try:
        return Named(kinds, max(date(*map(int, match)) for match in matches), None)
    except ValueError:
        raise RefusedFile(
            name, "the day in the name is not a day of the calendar.", f"Name it like {example}."
        ) from None
