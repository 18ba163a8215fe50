"""The settings of a reporting year: snapshot, period, survey, bases, calendar, and the rules nobody has
verified yet."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from wres_pipeline.reference import tables

BASES_3 = ("two_year_rolling", "single_year")
BASES_7 = ("excludes_dont_know", "includes_dont_know")
BASES_9 = ("voting_only", "total_voting_and_executive")
# In which parts of the work rules are written down; only those of a return are named in its method note.
AREAS = ("return", "calendar", "uncertainty", "disclosure", "gap", "commissioning")
AREAS_OF_A_RETURN = ("return", "calendar", "uncertainty", "disclosure")


PROJECTED = "projected_year"
"""The rule that says of a whole year that no guidance for it was read: told once, and of no figure apart."""


class UnknownYearError(KeyError):
    """There are no settings for this reporting year; names the file to add."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the standard as this project reads it.

    area: one of AREAS. tag: `seen`, `recalled` or `ours`. indicators: the numbers it touches, empty for the
    calendar and the layout. lives_in: where it is written down.
    """

    id: str
    area: str
    text: str
    tag: str
    indicators: tuple[str, ...]
    first_year: int | None
    last_year: int | None
    lives_in: str

    @property
    def mark(self) -> str:
        """Eight characters that name the rule as it is worded: others when it is worded otherwise."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:8]

    def applies_to(self, year: int) -> bool:
        return (self.first_year or year) <= year <= (self.last_year or year)


@dataclass(frozen=True, slots=True)
class DisclosureDefault:
    """The disclosure policy of an organisation that has set none [ours].

    Counts from threshold_low to threshold_high are withheld (`suppress`) or rounded (`round`); width is how
    far apart the ends of a withheld count's feasible range must be; survey results of fewer than
    survey_minimum responses are not shown [seen].
    """

    method: str
    threshold_low: int
    threshold_high: int
    width: int
    survey_minimum: int


@dataclass(frozen=True, slots=True)
class ReportingYear:
    """One WRES reporting year.

    unverified: rules [recalled] that apply in it, printed in the method note. decisions: rules [ours] that
    apply in it. projected: written before any guidance for the year was read.
    """

    year: int
    rule_version: str
    snapshot_date: date
    period_start: date
    period_end: date
    survey_year: int
    indicator_3_basis: str
    indicator_7_base: str
    indicator_9_basis: str
    wording: str
    required_indicators: tuple[str, ...]
    submission_opens: date
    submission_deadline: date
    publication_deadline: date
    projected: bool
    disclosure: DisclosureDefault
    unverified: tuple[Rule, ...]
    decisions: tuple[Rule, ...]

    @property
    def last_day_of_deliveries(self) -> date:
        """The day before the next snapshot: what is delivered from then on belongs to the next year alone."""
        return self.snapshot_date.replace(year=self.snapshot_date.year + 1) - timedelta(days=1)


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """Every rule of `rules.csv`, in file order."""
    return tuple(
        Rule(
            id=r["id"],
            area=r["area"],
            text=r["text"],
            tag=r["evidence"],
            indicators=tuple(r["indicators"].split()),
            first_year=int(r["first_year"]) if r["first_year"] else None,
            last_year=int(r["last_year"]) if r["last_year"] else None,
            lives_in=r["lives_in"],
        )
        for r in tables.rows("rules")
    )


def all_years() -> list[int]:
    """Every reporting year that has a settings file, in order."""
    return sorted(int(path.stem) for path in (tables.FOLDER / "years").glob("[0-9]*.yaml"))


@cache
def requirable() -> frozenset[str]:
    """The indicators that a year's settings can name as required."""
    return frozenset(tables.document(tables.FOLDER / "years" / "defaults.yaml")["required_indicators"])


@cache
def load(year: int) -> ReportingYear:
    """The settings of reporting year `year`.

    Raises UnknownYearError when there is no file for it, tables.ReferenceFileError when the file
    contradicts itself.
    """
    path = tables.FOLDER / "years" / f"{year}.yaml"
    if not path.is_file():
        raise UnknownYearError(f"no settings for reporting year {year}: add years/{year}.yaml")
    found = _settings(path, year)
    applying = [rule for rule in rules() if rule.area in AREAS_OF_A_RETURN and rule.applies_to(year)]
    found["required_indicators"] = tuple(found["required_indicators"])
    found["disclosure"] = DisclosureDefault(**found["disclosure"])
    settings = ReportingYear(
        **found,
        unverified=tuple(r for r in applying if r.tag == "recalled"),
        decisions=tuple(r for r in applying if r.tag == "ours"),
    )
    _check(path.name, settings)
    return settings


def _settings(path: Path, year: int) -> dict[str, Any]:
    """The year's differences laid over `defaults.yaml`, whose texts name the year."""
    defaults, own = tables.document(path.with_name("defaults.yaml")), dict(tables.document(path) or {})
    unknown = sorted(set(own) - set(defaults))
    if unknown:
        raise tables.ReferenceFileError(f"{path.name}: {', '.join(unknown)} is no setting of defaults.yaml")
    found: dict[str, Any] = {"year": year}
    for name, value in defaults.items():
        text = value.format(year=year, before=year - 1) if isinstance(value, str) else value
        given = own.get(name, text)
        if name.endswith(("_date", "_start", "_end", "_opens", "_deadline")) and isinstance(given, str):
            given = date.fromisoformat(given)
        found[name] = int(given) if name == "survey_year" else given
    return found


def _check(name: str, y: ReportingYear) -> None:
    for value, allowed in (
        (y.indicator_3_basis, BASES_3),
        (y.indicator_7_base, BASES_7),
        (y.indicator_9_basis, BASES_9),
    ):
        if value not in allowed:
            raise tables.ReferenceFileError(f"{name}: {value!r} is not one of {', '.join(allowed)}")
    in_order = y.period_start < y.period_end <= y.snapshot_date < y.submission_opens < y.submission_deadline
    if not (in_order and y.submission_deadline < y.publication_deadline and y.snapshot_date.year == y.year):
        raise tables.ReferenceFileError(f"{name}: its dates are not in order")
