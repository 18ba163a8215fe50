"""What is wrong with a log of published figures, row by row, before any of it counts.

The mistakes are those seen in real published returns (standard, "Checks on published figures"): a
ratio printed as a percentage, a ratio that does not follow from its percentages or is the wrong way
round, White and BME swapped, one figure with two values, a percentage of all staff that lies
outside those of its groups. They are the rules of `wres lint`, under its names, as far as a log of
percentages can break them; it holds no counts. A row that is refused does not count; a row that is
queried counts and is shown with the question.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wres_pipeline.commissioner.provider_survey import SURVEY_MINIMUM
from wres_pipeline.reference import indicators, ods_codes, survey, years
from wres_pipeline.reference.codes.ethnicity import GROUPS
from wres_pipeline.reference.shown_text import shown_of_a_written_file
from wres_pipeline.reference.tables import fold

NATIONAL = "ENGLAND"
"""The provider code of the national line of a log [ours]; also written `national`, `ENG` or `E92000001`."""

_NATIONAL_CODES = frozenset({"england", "national", "eng", "e92000001"})
_NUMBER = re.compile(r"(?:wres )?(?:indicator |metric )?([1-9])(?:\.0)?\Z")

LARGEST_RATIO = 10.0
"""A relative likelihood above this is read as a percentage printed by mistake [ours, after a
published 17.16%].
"""

SURVEY_INDICATORS = indicators.SURVEY
ROUNDING = 0.1
"""Points by which published percentages may disagree for being rounded."""


@dataclass(frozen=True, slots=True)
class LogRow:
    """One row of `provider_returns.csv` as typed; `percent` is the figure as published, a ratio
    where it is one.
    """

    row_number: int
    provider_code: str
    provider_name: str
    year: int | None
    indicator: str
    ethnic_group: str
    percent: float | None
    base: int | None
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Logged:
    """One published figure that counts. `unit` percent, ratio or percentage_points; `state` as of
    every figure.
    """

    row_number: int
    provider_code: str
    provider_name: str
    year: int
    indicator: str
    ethnic_group: str
    value: float | None
    unit: str
    base: int | None
    state: str
    source: str
    note: str

    @property
    def key(self) -> tuple[str, int, str, str]:
        """What the figure is: provider, year, indicator, group."""
        return self.provider_code, self.year, self.indicator, self.ethnic_group


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a row (or with several, then the first): the rule, and words the keeper
    can act on.
    """

    row_number: int
    provider_code: str
    year: int | None
    rule: str
    words: str
    refused: bool


@dataclass(frozen=True, slots=True)
class CheckedLog:
    """The figures that count, and every finding. Rows given = figures that count + rows refused."""

    figures: tuple[Logged, ...]
    findings: tuple[Finding, ...]

    @property
    def refused(self) -> int:
        """How many rows do not count."""
        return len({one.row_number for one in self.findings if one.refused})


def check(rows: Sequence[LogRow]) -> CheckedLog:
    """The figures of a log that count, and what is wrong with it."""
    findings: list[Finding] = []
    read: list[Logged] = []
    for row in rows:
        fault = _fault(row)
        if fault:
            findings.append(Finding(row.row_number, row.provider_code, row.year, *fault, refused=True))
        else:
            read.append(_logged(row))
        if not row.source.strip():
            findings.append(
                Finding(
                    row.row_number,
                    row.provider_code,
                    row.year,
                    "no source",
                    "The row does not say where the figure was published.",
                    refused=False,
                )
            )
    kept = _without_two_values(read, findings)
    kept = _without_wrong_ratios(kept, findings)
    _query_groups(kept, findings)
    return CheckedLog(tuple(kept), tuple(sorted(findings, key=lambda one: (one.row_number, one.rule))))


def indicator_number(text: str) -> str | None:
    """`1`…`9` from `5`, `Indicator 5`, `WRES 5`; None for anything else."""
    found = _NUMBER.match(fold(text))
    return found[1] if found else None


def group_of(text: str) -> str | None:
    """`White`, `BME`, `Unknown`, '' for all staff or a ratio, None for a text no list knows."""
    if not fold(text):
        return ""
    found = survey.ethnic_group(text, max(survey.survey_years()))
    return found if found in (*GROUPS, "") else None


def unit_of(number: str, group: str) -> str:
    """The unit of a published figure: of indicators 2–4 without a group a ratio, of 9 without one points."""
    if group:
        return "percent"
    units = {measure.unit for measure in indicators.rule(number).measures}
    for unit in ("ratio", "percentage_points"):
        if unit in units:
            return unit
    return "percent"


def _fault(row: LogRow) -> tuple[str, str] | None:
    """Why a row cannot count by itself: (rule, words)."""
    number, group = indicator_number(row.indicator), group_of(row.ethnic_group)
    if fold(row.provider_code) not in _NATIONAL_CODES and not ods_codes.is_code(
        row.provider_code.strip().upper()
    ):
        return "provider code", f"The provider's code is not an ODS code: one is {ods_codes.SHAPE}."
    if number is None:
        return "indicator", f"Indicator {shown_of_a_written_file(row.indicator)} is not one of 1 to 9."
    if group is None:
        return (
            "ethnic group",
            f"Ethnic group {shown_of_a_written_file(row.ethnic_group)} is known to no list: write White, BME or blank.",
        )
    if row.year not in years.all_years():
        return "year", f"Year {row.year} is not a reporting year from {years.all_years()[0]} on."
    if row.base is not None and row.base < 0:
        return "base", "A base cannot be below 0."
    if row.percent is None:
        if row.base is not None and row.base < SURVEY_MINIMUM:
            return None
        return "no figure", "The row holds no figure."
    unit = unit_of(number, group)
    if unit == "percent" and not 0 <= row.percent <= 100:
        return "percentage", "A percentage lies between 0 and 100."
    if unit == "percentage_points" and not -100 <= row.percent <= 100:
        return "percentage", "A difference of percentages lies between -100 and 100."
    if unit == "ratio" and row.percent > LARGEST_RATIO:
        return (
            "ratio as percentage",
            f"A relative likelihood of {row.percent:g} reads like a percentage: log the ratio, such as 1.25.",
        )
    if unit == "ratio" and row.percent < 0:
        return "ratio", "A relative likelihood is not below 0."
    return None


def _logged(row: LogRow) -> Logged:
    number, group = indicator_number(row.indicator), group_of(row.ethnic_group)
    assert number is not None and group is not None and row.year is not None
    few = number in SURVEY_INDICATORS and row.base is not None and row.base < SURVEY_MINIMUM
    value = None if few else row.percent
    code = NATIONAL if fold(row.provider_code) in _NATIONAL_CODES else row.provider_code.strip().upper()
    state = "suppressed_at_source" if value is None else "value" if value else "zero"
    return Logged(
        row.row_number,
        code,
        row.provider_name.strip(),
        row.year,
        number,
        group,
        value,
        unit_of(number, group),
        row.base,
        state,
        row.source.strip(),
        row.note.strip(),
    )


def _without_two_values(read: Iterable[Logged], findings: list[Finding]) -> list[Logged]:
    by_key: dict[tuple[str, int, str, str], list[Logged]] = defaultdict(list)
    for one in read:
        by_key[one.key].append(one)
    kept = []
    for same in by_key.values():
        if len({(one.value, one.base) for one in same}) == 1:
            kept.append(same[0])
            findings += [
                _finding(one, "logged twice", "The same figure stands in an earlier row.") for one in same[1:]
            ]
        else:
            findings += [
                _finding(one, "two values", "The same figure stands in the log with two values.")
                for one in same
            ]
    return kept


def _without_wrong_ratios(read: list[Logged], findings: list[Finding]) -> list[Logged]:
    """Ratios that their own percentages contradict do not count."""
    values = {one.key: one.value for one in read}
    kept = []
    for one in read:
        white = values.get((*one.key[:3], "White"))
        bme = values.get((*one.key[:3], "BME"))
        words = ""
        if one.unit == "ratio" and one.value is not None and white and bme:
            top, bottom = (
                (white, bme) if indicators.rule(one.indicator).direction == "white_over_bme" else (bme, white)
            )
            if not _follows(one.value, top, bottom):
                words = (
                    f"The ratio is the wrong way round: {top:g}% divided by {bottom:g}% is asked for."
                    if _follows(one.value, bottom, top)
                    else f"The ratio does not follow from its percentages, {top:g}% and {bottom:g}%."
                )
        if words:
            rule = "wrong direction" if "wrong way" in words else "ratio does not follow"
            findings.append(_finding(one, rule, words))
        else:
            kept.append(one)
    return kept


def _follows(ratio: float, top: float, bottom: float) -> bool:
    """Whether a ratio printed to two decimals can be top ÷ bottom, both printed to one decimal."""
    half = ROUNDING / 2
    low = (top - half) / (bottom + half)
    high = (top + half) / max(bottom - half, half)
    return low - 0.005 <= ratio <= high + 0.005


def _query_groups(read: Sequence[Logged], findings: list[Finding]) -> None:
    """Queries that leave the rows standing: all staff outside their groups, and groups that look swapped."""
    by_key = {one.key: one for one in read}
    for one in read:
        if one.ethnic_group == "" and one.unit == "percent" and one.value is not None:
            sides = [
                other.value
                for group in ("White", "BME")
                if (other := by_key.get((*one.key[:3], group))) is not None and other.value is not None
            ]
            if len(sides) == 2 and not min(sides) - ROUNDING <= one.value <= max(sides) + ROUNDING:
                findings.append(
                    _finding(
                        one,
                        "outside its groups",
                        "The figure of all staff lies outside White and BME.",
                        refused=False,
                    )
                )
    for provider, number in sorted({(one.provider_code, one.indicator) for one in read}):
        _query_swapped(
            [one for one in read if (one.provider_code, one.indicator) == (provider, number)], findings
        )


def _query_swapped(rows: Sequence[Logged], findings: list[Finding]) -> None:
    larger: dict[int, str] = {}
    for year in sorted({one.year for one in rows}):
        bases = {one.ethnic_group: one.base for one in rows if one.year == year and one.base}
        if "White" in bases and "BME" in bases:
            larger[year] = "White" if (bases["White"] or 0) >= (bases["BME"] or 0) else "BME"
    usual = [side for side in larger.values() if side == "White"]
    for year, side in larger.items():
        odd = side == "BME" and len(usual) >= 2 * (len(larger) - len(usual))
        if odd:
            first = next(one for one in rows if one.year == year and one.ethnic_group == "White")
            findings.append(
                _finding(
                    first,
                    "swapped groups",
                    "More BME than White responses, unlike its other years: are the groups swapped?",
                    refused=False,
                )
            )


def _finding(one: Logged, rule: str, words: str, *, refused: bool = True) -> Finding:
    return Finding(one.row_number, one.provider_code, one.year, rule, words, refused)
