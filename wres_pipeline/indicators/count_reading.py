"""Counts of every organisation asked for, read from the core tables at once: SQL says which rows and how
many.

The rules of who is counted, and in which year, are in the SQL files of this room; see each file's first line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wres_pipeline import warehouse
from wres_pipeline.indicators import survey_counts, typed_counts
from wres_pipeline.indicators.counts import (
    Board,
    Discipline,
    Groups,
    Happened,
    LeftOut,
    OrganisationCounts,
    Recruitment,
    Timing,
    Workforce,
)
from wres_pipeline.reference import indicators
from wres_pipeline.reference.codes import pay_bands, recruitment
from wres_pipeline.schema import NamedRow, named_rows
from wres_pipeline.warehouse import sql

if TYPE_CHECKING:
    import duckdb

    from wres_pipeline.reference.years import ReportingYear

__all__ = ["OrganisationCounts", "read", "read_once"]

OUTSIDE = "known only as bank, honorary, non-executive or hosted staff"
NOT_IN_WORKFORCE = "trained, but not in the workforce at the snapshot"
EVENT_OUTSIDE = "happened to people not in the workforce at the snapshot"
APPOINTED_ONLY = "appointed without having been shortlisted"
NO_INVESTIGATION = "disciplinary case opened in the year without a formal investigation"
UNMAPPED_CASE = "case of a type that no list knows"
NO_VOTE = "board member not known to be voting or not"
NO_OFFICE = "board member not known to be executive or not"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A delivery that counts: its kind, the date its name gives, and its id."""

    kind: str
    period: date
    survey_year: int | None
    delivery_id: str


MOST_REMEMBERED = 1000
"""Organisations and years whose counts are remembered. [ours]"""
_remembered: dict[tuple[Path, str, ReportingYear], OrganisationCounts] = {}
_remembering = 0


@contextmanager
def remembering() -> Iterator[None]:
    """Have `read_once` read an organisation's year once within the block: a dozen steps of a run ask for it.

    Whoever changes core tables meanwhile says `forget`.
    """
    global _remembering
    forget()
    _remembering += 1
    try:
        yield
    finally:
        _remembering -= 1
        forget()


def forget() -> None:
    """Read all counts anew, since core tables were made again."""
    _remembered.clear()


def read_once(
    con: duckdb.DuckDBPyConnection, organisations: Sequence[str], rules: ReportingYear
) -> dict[str, OrganisationCounts]:
    """As `read`, of what the warehouse holds for good, and once within `remembering`.

    Not for who has changed rows in a transaction to see what would come of it.
    """
    wanted = list(dict.fromkeys(organisations))
    place = warehouse.place_of(con) if _remembering else None
    if place is None:
        return read(con, wanted, rules)
    known = {code: _remembered[place, code, rules] for code in wanted if (place, code, rules) in _remembered}
    if lacking := [code for code in wanted if code not in known]:
        known |= read(con, lacking, rules)
        if len(_remembered) + len(lacking) > MOST_REMEMBERED:
            forget()
        _remembered.update({(place, code, rules): known[code] for code in lacking})
    return {code: known[code] for code in wanted}


def read(
    con: duckdb.DuckDBPyConnection, organisations: Sequence[str], rules: ReportingYear
) -> dict[str, OrganisationCounts]:
    """What each organisation's figures of the year are worked out from, by its code, in the order asked for.

    A kind of extract that was not delivered for the year leaves its part None. Every organisation asked for
    is in the answer, one without any extract too (`OrganisationCounts.empty`).
    """
    wanted = list(dict.fromkeys(organisations))
    ledger = _ledger(con, wanted)
    left_out: dict[str, list[LeftOut]] = defaultdict(list)
    workforce = _workforce(con, ledger, rules, left_out)
    recruited = _recruitment(con, ledger, rules, left_out)
    discipline = _discipline(con, ledger, rules, left_out)
    trained = _training(con, ledger, rules, left_out)
    surveyed = survey_counts.read(
        con,
        {code: [d.delivery_id for d in _of_survey(files, rules)] for code, files in ledger.items()},
        rules.survey_year,
    )
    boards = _board(con, ledger, rules, left_out)
    happened = _events(con, ledger, rules, left_out)
    typed = typed_cells(con, wanted, rules.year)
    found = {
        code: OrganisationCounts(
            code,
            rules.year,
            workforce.get(code),
            recruited.get(code),
            discipline.get(code),
            trained.get(code),
            surveyed.get(code),
            boards.get(code),
            tuple(left_out.get(code, ())),
            happened.get(code, {}),
        )
        for code in wanted
    }
    return {
        code: typed_counts.filled(counts, typed[code].cells, rules, typed[code].deliveries)
        if code in typed
        else counts
        for code, counts in found.items()
    }


@dataclass(frozen=True, slots=True)
class TypedYear:
    """The typed counts of one organisation and year; `twice` are cells that stand in them with two values."""

    cells: dict[typed_counts.Cell, Fraction]
    deliveries: tuple[str, ...]
    twice: tuple[typed_counts.Cell, ...] = ()


def typed_cells(
    con: duckdb.DuckDBPyConnection, organisations: Sequence[str], year: int
) -> dict[str, TypedYear]:
    """The typed counts of each organisation that delivered any for the year."""
    cells: dict[str, dict[typed_counts.Cell, Fraction]] = defaultdict(dict)
    ids: dict[str, set[str]] = defaultdict(set)
    twice: dict[str, list[typed_counts.Cell]] = defaultdict(list)
    for row in _rows(con, "typed_counts.sql", organisations=list(organisations), year=year):
        code, value = row.organisation_code, Fraction(row.people)
        key = (row.indicator, row.measure, row.cluster, row.band, row.ethnic_group)
        if cells[code].setdefault(key, value) != value:
            twice[code].append(key)
        ids[code].add(row.delivery_id)
    return {
        code: TypedYear(found, tuple(sorted(ids[code])), tuple(twice[code])) for code, found in cells.items()
    }


def _rows(con: duckdb.DuckDBPyConnection, name: str, **bound: Any) -> list[NamedRow]:
    return list(named_rows(con.execute(sql(__package__, name), bound)))


def _number(table: str) -> str:
    """The indicator that counts the people of a table."""
    return indicators.counting(table)[0][0]


def _ledger(con: duckdb.DuckDBPyConnection, organisations: list[str]) -> dict[str, list[Delivery]]:
    found: dict[str, list[Delivery]] = {code: [] for code in organisations}
    for row in _rows(con, "deliveries_that_count.sql", organisations=organisations):
        found[row.organisation_code].append(Delivery(row.kind, row.period, row.survey_year, row.delivery_id))
    return found


def _of_kind(files: Iterable[Delivery], kind: str, after: date, until: date) -> list[Delivery]:
    return [d for d in files if d.kind == kind and d.period is not None and after < d.period <= until]


def _of_survey(files: Iterable[Delivery], rules: ReportingYear) -> list[Delivery]:
    return [d for d in files if d.kind.startswith("staff_survey") and d.survey_year == rules.survey_year]


@dataclass(frozen=True, slots=True)
class OfYear:
    """The deliveries of a kind that a year's figures come from, never empty, and what its calendar left out."""

    files: tuple[Delivery, ...]
    timing: Timing

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the deliveries."""
        return tuple(sorted(d.delivery_id for d in self.files))

    @property
    def until(self) -> date:
        """The day of the newest."""
        return max(d.period for d in self.files)


def _in_year(ledger: dict[str, list[Delivery]], kind: str, rules: ReportingYear) -> dict[str, OfYear]:
    """Deliveries of a kind that can hold something of the year: dated after it began, before its return was due.

    The day is remembered, so it moves no figure in silence: where nothing came in time the first delivery after it is
    taken, and said to be late; what came after it is told. The next year's snapshot and later belong to the next year.
    """
    chosen: dict[str, OfYear] = {}
    for code, files in ledger.items():
        in_time = _of_kind(files, kind, rules.period_start, rules.submission_deadline)
        after = sorted(
            _of_kind(files, kind, rules.submission_deadline, rules.last_day_of_deliveries),
            key=lambda d: (d.period, d.delivery_id),
        )
        used = in_time or after[:1]
        if used:
            left_out = tuple(d.period for d in after if d not in used)
            timing = Timing(rules.submission_deadline, left_out, used[0].period if not in_time else None)
            chosen[code] = OfYear(tuple(used), timing)
    return chosen


def asked_of_year(
    con: duckdb.DuckDBPyConnection, organisations: Sequence[str], kind: str, rules: ReportingYear
) -> dict[str, list[Any]]:
    """The organisations with a delivery of a kind for the year, and the day up to which those of each count."""
    return _asked(_in_year(_ledger(con, list(dict.fromkeys(organisations))), kind, rules))


def _asked(files: Mapping[str, OfYear]) -> dict[str, list[Any]]:
    """The organisations with the day up to which the deliveries of each count."""
    return {"organisations": list(files), "deadlines": [one.until for one in files.values()]}


def _ids(files: Iterable[Delivery]) -> tuple[str, ...]:
    return tuple(sorted(d.delivery_id for d in files))


def _workforce(
    con: duckdb.DuckDBPyConnection,
    ledger: dict[str, list[Delivery]],
    rules: ReportingYear,
    left_out: dict[str, list[LeftOut]],
) -> dict[str, Workforce]:
    lists = {
        code: [d for d in files if d.kind == "esr_staff_list" and d.period == rules.snapshot_date]
        for code, files in ledger.items()
    }
    lists = {code: files for code, files in lists.items() if files}
    asked = {"organisations": list(lists), "snapshot": rules.snapshot_date}
    cells: dict[str, dict[tuple[str, str], dict[str, int]]] = {code: {} for code in lists}
    senior: dict[str, dict[str, int]] = {code: {} for code in lists}
    consultants = (pay_bands.MEDICAL, pay_bands.BANDS_BY_CLUSTER[pay_bands.MEDICAL][0])
    for row in _rows(con, "workforce_cells.sql", **asked):
        place = (row.cluster, row.band)
        cells[row.organisation_code].setdefault(place, {})[row.wres_group] = row.people
        if place == consultants and row.senior:
            senior[row.organisation_code][row.wres_group] = row.senior
    for row in _rows(con, "workforce_left_out.sql", **asked):
        left_out[row.organisation_code].append(
            LeftOut(indicators.WORKFORCE, row.exclusion_reason, row.people)
        )
    for code, places in cells.items():
        known = {(c, b) for c, bands in pay_bands.BANDS_BY_CLUSTER.items() for b in bands}
        lost = sum(sum(groups.values()) for place, groups in places.items() if place not in known)
        if lost:
            left_out[code].append(
                LeftOut(
                    indicators.WORKFORCE, "staff group or pay scale that no list knows", lost, inside=True
                )
            )
    return {
        code: Workforce(
            {place: Groups.from_pairs(groups) for place, groups in places.items()},
            Groups.from_pairs(senior[code]),
            _ids(lists[code]),
        )
        for code, places in cells.items()
    }


def _recruitment(
    con: duckdb.DuckDBPyConnection,
    ledger: dict[str, list[Delivery]],
    rules: ReportingYear,
    left_out: dict[str, list[LeftOut]],
) -> dict[str, Recruitment]:
    files = _in_year(ledger, "trac_applications", rules)
    shortlisted: dict[str, dict[str, int]] = {code: {} for code in files}
    appointed: dict[str, dict[str, int]] = {code: {} for code in files}
    lost: dict[str, int] = defaultdict(int)
    for row in _rows(
        con,
        "applications.sql",
        **_asked(files),
        period_start=rules.period_start,
        period_end=rules.period_end,
    ):
        shortlisted[row.organisation_code][row.wres_group] = row.shortlisted
        appointed[row.organisation_code][row.wres_group] = row.appointed
        lost[row.organisation_code] += row.appointed_only
    for code in files:
        if lost[code]:
            left_out[code].append(LeftOut(_number("shortlisted"), APPOINTED_ONLY, lost[code]))
    found = {
        code: Recruitment(
            Groups.from_pairs(shortlisted[code]),
            Groups.from_pairs(appointed[code]),
            delivered.until,
            deliveries=delivered.ids,
            timing=delivered.timing,
        )
        for code, delivered in files.items()
    }
    reports = _in_year(ledger, "recruitment_summary", rules)
    return found | _summaries(con, {c: reports[c] for c in reports if c not in found}, rules)


def _summaries(
    con: duckdb.DuckDBPyConnection, reports: dict[str, OfYear], rules: ReportingYear
) -> dict[str, Recruitment]:
    """From the summary report nearest the end of the year; its stages count everybody who got that far."""
    nearest = {
        code: min(found.files, key=lambda d: (abs(d.period - rules.snapshot_date), d.period))
        for code, found in reports.items()
    }
    reached: dict[str, dict[str, dict[str, int]]] = {code: defaultdict(dict) for code in nearest}
    for row in _rows(
        con,
        "recruitment_summary.sql",
        organisations=list(nearest),
        dates=[d.period for d in nearest.values()],
    ):
        stage = recruitment.stage(row.stage)
        if stage is not None and not stage.ended:
            of_stage = reached[row.organisation_code][stage.reached]
            of_stage[row.wres_group] = of_stage.get(row.wres_group, 0) + (row.applications or 0)
    return {
        code: Recruitment(
            Groups.from_pairs(reached[code]["shortlisted"]),
            Groups.from_pairs(reached[code]["appointed"]),
            one.period,
            aggregate=True,
            deliveries=(one.delivery_id,),
            timing=reports[code].timing,
        )
        for code, one in nearest.items()
    }


def _discipline(
    con: duckdb.DuckDBPyConnection,
    ledger: dict[str, list[Delivery]],
    rules: ReportingYear,
    left_out: dict[str, list[LeftOut]],
) -> dict[str, Discipline]:
    files = _in_year(ledger, "employee_relations", rules)
    before = rules.period_start - timedelta(days=1)
    earlier_start = rules.period_start.replace(year=rules.period_start.year - 1)
    people: dict[tuple[str, bool], dict[str, int]] = defaultdict(dict)
    outside: dict[str, int] = defaultdict(int)
    year = {**_asked(files), "period_start": rules.period_start, "period_end": rules.period_end}
    for row in _rows(
        con,
        "disciplinary_people.sql",
        earlier_start=earlier_start,
        snapshot=rules.snapshot_date,
        **year,
    ):
        if row.substantive:
            of_year = people[row.organisation_code, row.this_year]
            of_year[row.wres_group] = of_year.get(row.wres_group, 0) + row.people
        elif row.this_year:
            outside[row.organisation_code] += row.people
    reaches_back = {
        code: any(before <= d.period < rules.snapshot_date for d in delivered.files)
        for code, delivered in files.items()
    }
    for row in _rows(con, "disciplinary_left_out.sql", **year):
        code = row.organisation_code
        reaches_back[code] = reaches_back[code] or row.reaches_back
        for reason, count in ((NO_INVESTIGATION, row.informal), (UNMAPPED_CASE, row.unmapped)):
            if count:
                left_out[code].append(LeftOut(_number("entered"), reason, count))
    for code, count in outside.items():
        if count:
            left_out[code].append(LeftOut(_number("entered"), OUTSIDE, count))
    return {
        code: Discipline(
            Groups.from_pairs(people[code, True]),
            Groups.from_pairs(people[code, False]),
            delivered.until,
            reaches_back[code],
            delivered.ids,
            delivered.timing,
        )
        for code, delivered in files.items()
    }


def _training(
    con: duckdb.DuckDBPyConnection,
    ledger: dict[str, list[Delivery]],
    rules: ReportingYear,
    left_out: dict[str, list[LeftOut]],
) -> dict[str, Happened]:
    files = _in_year(ledger, "training", rules)
    rows = _of_the_year(con, "training_people.sql", files, rules)
    return _happened(rows, files, left_out, LeftOut(_number("training"), NOT_IN_WORKFORCE, 0))


def _events(
    con: duckdb.DuckDBPyConnection,
    ledger: dict[str, list[Delivery]],
    rules: ReportingYear,
    left_out: dict[str, list[LeftOut]],
) -> dict[str, dict[str, Happened]]:
    """Organisation -> indicator -> its people, of the indicators whose events have an extract of their own."""
    found: dict[str, dict[str, Happened]] = defaultdict(dict)
    for rule in indicators.REGISTRY:
        if rule.events:
            files = _in_year(ledger, rule.events.kind, rules)
            rows = _of_the_year(con, "event_people.sql", files, rules, kind=rule.events.kind)
            about = LeftOut(rule.number, EVENT_OUTSIDE, 0)
            for code, people in _happened(rows, files, left_out, about).items():
                found[code][rule.number] = people
    return found


def _of_the_year(
    con: duckdb.DuckDBPyConnection, name: str, files: dict[str, OfYear], rules: ReportingYear, **bound: str
) -> list[NamedRow]:
    days = {
        "period_start": rules.period_start,
        "period_end": rules.period_end,
        "snapshot": rules.snapshot_date,
    }
    return _rows(con, name, **_asked(files), **days, **bound)


def _happened(
    rows: Iterable[NamedRow],
    files: dict[str, OfYear],
    left_out: dict[str, list[LeftOut]],
    about: LeftOut,
) -> dict[str, Happened]:
    """People by group of each organisation; those that are not in the workforce are left out, and told as `about` says."""
    people: dict[str, dict[str, int]] = {code: {} for code in files}
    for row in rows:
        if row.wres_group is None:
            left_out[row.organisation_code].append(replace(about, people=row.people))
        else:
            people[row.organisation_code][row.wres_group] = row.people
    return {
        code: Happened(Groups.from_pairs(people[code]), delivered.until, delivered.ids, delivered.timing)
        for code, delivered in files.items()
    }


def _board(
    con: duckdb.DuckDBPyConnection,
    ledger: dict[str, list[Delivery]],
    rules: ReportingYear,
    left_out: dict[str, list[LeftOut]],
) -> dict[str, Board]:
    """From the list of the snapshot itself, else the newest one of the year that was there when the return
    was due.
    """
    files = _in_year(ledger, "board", rules)
    chosen = {
        code: max(delivered.files, key=lambda d: (d.period == rules.snapshot_date, d.period))
        for code, delivered in files.items()
    }
    parts: dict[str, dict[str, dict[str, int]]] = {code: defaultdict(dict) for code in chosen}
    unsure: dict[tuple[str, str], int] = defaultdict(int)
    for row in _rows(
        con,
        "board_members.sql",
        organisations=list(chosen),
        dates=[d.period for d in chosen.values()],
        snapshot=rules.snapshot_date,
    ):
        names = ["board"]
        names += [] if row.is_voting is None else ["voting" if row.is_voting else "non_voting"]
        names += [] if row.is_executive is None else ["executive" if row.is_executive else "non_executive"]
        code = row.organisation_code
        for name in names:
            parts[code][name][row.wres_group] = parts[code][name].get(row.wres_group, 0) + row.people
        unsure[code, NO_VOTE] += row.people if row.is_voting is None else 0
        unsure[code, NO_OFFICE] += row.people if row.is_executive is None else 0
    for (code, reason), people in unsure.items():
        if people:
            left_out[code].append(LeftOut(indicators.BOARD, reason, people, inside=True))
    return {
        code: Board(
            {name: Groups.from_pairs(groups) for name, groups in found.items()},
            (chosen[code].delivery_id,),
            files[code].timing,
        )
        for code, found in parts.items()
    }
