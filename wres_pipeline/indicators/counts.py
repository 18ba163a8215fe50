"""What the indicators are worked out from: counts of people, applications and answers, one set an
organisation and year.

Filled by `indicators.counts.read` from the core tables, or by hand in a test. None in place of a set means
that its kind of extract was not there; a set of zeros means that it was there and nobody was in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from wres_pipeline.reference.indicators import Grouping

WHITE, BME, UNKNOWN = "White", "BME", "Unknown"
GROUPS = (WHITE, BME, UNKNOWN)
ALL = ""


class Groups(NamedTuple):
    """How many of each group of a grouping, in its order: the one set against, the one the standard is about, and those
    not known. The fields have the names of the ethnic grouping.
    """

    white: int = 0
    bme: int = 0
    unknown: int = 0

    @property
    def total(self) -> int:
        """All three groups together."""
        return self.white + self.bme + self.unknown

    def of(self, group: str, grouping: Grouping | None = None) -> int:
        """The count of one group by its name in the grouping, the ethnic one unless told; of everybody for the blank name."""
        if group == ALL:
            return self.total
        return self[(grouping.groups if grouping else GROUPS).index(group)]

    def plus(self, other: Groups) -> Groups:
        """Both counts together, group by group."""
        return Groups(self.white + other.white, self.bme + other.bme, self.unknown + other.unknown)

    @classmethod
    def from_pairs(cls, pairs: Mapping[str, int]) -> Groups:
        """From a count per group name; a group that is not named has none."""
        return cls(*(pairs.get(name, 0) for name in GROUPS))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A count that a figure does not hold, and why: people outside the workforce, cases of bank staff, ….

    `indicator` is the first figure it would have touched. `reason` is plain words. `inside` is True for
    people who are counted in the totals though something about them is not known (a pay scale no list knows).
    """

    indicator: str
    reason: str
    people: int
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Workforce:
    """The substantive workforce at the snapshot: headcount by (cluster, band) as the core tables name them.

    `senior_medical` is the subset "of which Senior medical manager", counted in its band as well. `only_total` is True
    where nobody was told by band: the whole stands in one cell, and no band can be printed.
    """

    cells: Mapping[tuple[str, str], Groups]
    senior_medical: Groups = Groups()
    deliveries: tuple[str, ...] = ()
    only_total: bool = False

    @property
    def total(self) -> Groups:
        """The whole workforce, people of unmapped cluster or band included."""
        return self.where()

    def where(self, cluster: str | None = None, bands: frozenset[str] | None = None) -> Groups:
        """The people of one cluster (None: any) in some bands (None: any)."""
        white = bme = unknown = 0
        for (in_cluster, band), people in self.cells.items():
            if (cluster is None or in_cluster == cluster) and (bands is None or band in bands):
                white, bme, unknown = white + people[0], bme + people[1], unknown + people[2]
        return Groups(white, bme, unknown)


@dataclass(frozen=True, slots=True)
class Timing:
    """What the calendar of a year did to the deliveries of a kind.

    left_out: days of deliveries that came after the `deadline` and count for nothing in this year. late: the day of the
    delivery that was taken though it came after it, as none had come in time.
    """

    deadline: date
    left_out: tuple[date, ...] = ()
    late: date | None = None


@dataclass(frozen=True, slots=True)
class Recruitment:
    """Applications of the year. `appointed` are among the `shortlisted`. `up_to` is what the newest file
    covers.

    `aggregate` is True when the counts come from a summary report, not from applications.
    """

    shortlisted: Groups
    appointed: Groups
    up_to: date | None = None
    aggregate: bool = False
    deliveries: tuple[str, ...] = ()
    timing: Timing | None = None


@dataclass(frozen=True, slots=True)
class Discipline:
    """People who entered a formal disciplinary investigation, once each a year; two years for a rolling
    average.

    `year_before` is None where nothing covers it. `up_to` is what the newest file covers.
    `reaches_back` is False where nothing shows that the files go back beyond this year.
    """

    this_year: Groups
    year_before: Groups | None = None
    up_to: date | None = None
    reaches_back: bool = True
    deliveries: tuple[str, ...] = ()
    timing: Timing | None = None


@dataclass(frozen=True, slots=True)
class Happened:
    """People of the workforce to whom something happened in the period, each once: non-mandatory training completed, or the
    event of an indicator that has its own extract.
    """

    people: Groups
    up_to: date | None = None
    deliveries: tuple[str, ...] = ()
    timing: Timing | None = None


@dataclass(frozen=True, slots=True)
class SurveyPercent:
    """A percentage of a published survey table. `part` is `managers` or `colleagues` of indicator 6, else
    blank.

    `percent` is of those it happened to (or who said yes): a series printed as "did not experience" has been
    complemented, and `printed` is then what stands in the source. `percent` is None where the source shows a
    dash.
    """

    indicator: str
    part: str
    group: str
    percent: Fraction | None
    base: int | None = None
    question: str = ""
    printed: Fraction | None = None


class Answers(NamedTuple):
    """Respondents of one group to one question: how many said yes, no, and "don't know" where that is an
    answer.
    """

    yes: int = 0
    no: int = 0
    dont_know: int = 0

    def plus(self, other: Answers) -> Answers:
        """Both groups of respondents together."""
        return Answers(self.yes + other.yes, self.no + other.no, self.dont_know + other.dont_know)

    def base(self, includes_dont_know: bool) -> int:
        """How many the percentage is of."""
        return self.yes + self.no + (self.dont_know if includes_dont_know else 0)


@dataclass(frozen=True, slots=True)
class Survey:
    """The staff survey: `answers` by (indicator, group) counted from respondents, else published `percents`.

    Answers have the groups White, BME and Unknown; all staff are their sum.
    """

    survey_year: int
    answers: Mapping[tuple[str, str], Answers] = field(default_factory=dict)
    percents: tuple[SurveyPercent, ...] = ()
    deliveries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Board:
    """Board members in post at the snapshot by part: board, voting, non_voting, executive, non_executive."""

    members: Mapping[str, Groups]
    deliveries: tuple[str, ...] = ()
    timing: Timing | None = None


@dataclass(frozen=True, slots=True)
class OrganisationCounts:
    """Everything one organisation's figures of one year are worked out from."""

    organisation_code: str
    reporting_year: int
    workforce: Workforce | None = None
    recruitment: Recruitment | None = None
    discipline: Discipline | None = None
    training: Happened | None = None
    survey: Survey | None = None
    board: Board | None = None
    left_out: tuple[LeftOut, ...] = ()
    events: Mapping[str, Happened] = field(default_factory=dict)

    def part(self, name: str, indicator: str = "") -> Any:
        """The set of counts an indicator names in the registry; `events` are its own. None where its extract was not there."""
        return self.events.get(indicator) if name == "events" else getattr(self, name)

    @property
    def empty(self) -> bool:
        """Whether no kind of extract at all was there for the year: no return can be made."""
        return all(
            part is None
            for part in (
                self.workforce,
                self.recruitment,
                self.discipline,
                self.training,
                self.survey,
                self.board,
                *self.events.values(),
            )
        )
