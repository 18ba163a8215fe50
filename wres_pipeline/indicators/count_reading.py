"""Counts of every organisation asked for, read from the core tables at once: SQL says which rows and how
many.

The rules of who is counted, and in which year, are in the SQL files of this room; see each file's first line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
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
    Workforce,
)
from wres_pipeline.indicators.deliveries_of_year import (
    Delivery,
    OfYear,
    asked,
    ids,
    in_year,
    ledger,
    of_survey,
    rows_of,
)
from wres_pipeline.reference import indicators
from wres_pipeline.reference.codes import pay_bands, recruitment
from wres_pipeline.schema import NamedRow

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
    reader = _Reader(con, ledger(con, wanted), rules, defaultdict(list))
    workforce, recruited, discipline = reader.workforce(), reader.recruitment(), reader.discipline()
    trained, boards, happened = reader.training(), reader.board(), reader.events()
    surveyed = survey_counts.read(
        con,
        {code: [d.delivery_id for d in of_survey(files, rules)] for code, files in reader.ledger.items()},
        rules.survey_year,
    )
    typed = typed_counts.typed_cells(con, wanted, rules.year)
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
            tuple(reader.left_out.get(code, ())),
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


def _number(table: str) -> str:
    """The indicator that counts the people of a table."""
    return indicators.counting(table)[0][0]


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the counts of a year part by part; each gives what the organisations with a delivery for it counted, and puts whom it
    left out into `left_out`."""

    con: duckdb.DuckDBPyConnection
    ledger: dict[str, list[Delivery]]
    rules: ReportingYear
    left_out: dict[str, list[LeftOut]]

    def _rows(self, name: str, **bound: Any) -> list[NamedRow]:
        return rows_of(self.con, name, **bound)

    def _in_year(self, kind: str) -> dict[str, OfYear]:
        return in_year(self.ledger, kind, self.rules)

    def workforce(self) -> dict[str, Workforce]:
        lists = {
            code: [d for d in files if d.kind == "esr_staff_list" and d.period == self.rules.snapshot_date]
            for code, files in self.ledger.items()
        }
        lists = {code: files for code, files in lists.items() if files}
        asked = {"organisations": list(lists), "snapshot": self.rules.snapshot_date}
        cells: dict[str, dict[tuple[str, str], dict[str, int]]] = {code: {} for code in lists}
        senior: dict[str, dict[str, int]] = {code: {} for code in lists}
        consultants = (pay_bands.MEDICAL, pay_bands.BANDS_BY_CLUSTER[pay_bands.MEDICAL][0])
        for row in self._rows("workforce_cells.sql", **asked):
            place = (row.cluster, row.band)
            cells[row.organisation_code].setdefault(place, {})[row.wres_group] = row.people
            if place == consultants and row.senior:
                senior[row.organisation_code][row.wres_group] = row.senior
        for row in self._rows("workforce_left_out.sql", **asked):
            self.left_out[row.organisation_code].append(
                LeftOut(indicators.WORKFORCE, row.exclusion_reason, row.people)
            )
        for code, places in cells.items():
            known = {(c, b) for c, bands in pay_bands.BANDS_BY_CLUSTER.items() for b in bands}
            lost = sum(sum(groups.values()) for place, groups in places.items() if place not in known)
            if lost:
                self.left_out[code].append(
                    LeftOut(
                        indicators.WORKFORCE, "staff group or pay scale that no list knows", lost, inside=True
                    )
                )
        return {
            code: Workforce(
                {place: Groups.from_pairs(groups) for place, groups in places.items()},
                Groups.from_pairs(senior[code]),
                ids(lists[code]),
            )
            for code, places in cells.items()
        }

    def recruitment(self) -> dict[str, Recruitment]:
        files = self._in_year("trac_applications")
        shortlisted: dict[str, dict[str, int]] = {code: {} for code in files}
        appointed: dict[str, dict[str, int]] = {code: {} for code in files}
        lost: dict[str, int] = defaultdict(int)
        for row in self._rows(
            "applications.sql",
            **asked(files),
            period_start=self.rules.period_start,
            period_end=self.rules.period_end,
        ):
            shortlisted[row.organisation_code][row.wres_group] = row.shortlisted
            appointed[row.organisation_code][row.wres_group] = row.appointed
            lost[row.organisation_code] += row.appointed_only
        for code in files:
            if lost[code]:
                self.left_out[code].append(LeftOut(_number("shortlisted"), APPOINTED_ONLY, lost[code]))
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
        reports = self._in_year("recruitment_summary")
        return found | self._summaries({c: reports[c] for c in reports if c not in found})

    def _summaries(self, reports: dict[str, OfYear]) -> dict[str, Recruitment]:
        """From the summary report nearest the end of the year; its stages count everybody who got that far."""
        nearest = {
            code: min(found.files, key=lambda d: (abs(d.period - self.rules.snapshot_date), d.period))
            for code, found in reports.items()
        }
        reached: dict[str, dict[str, dict[str, int]]] = {code: defaultdict(dict) for code in nearest}
        for row in self._rows(
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

    def discipline(self) -> dict[str, Discipline]:
        files = self._in_year("employee_relations")
        before = self.rules.period_start - timedelta(days=1)
        earlier_start = self.rules.period_start.replace(year=self.rules.period_start.year - 1)
        people: dict[tuple[str, bool], dict[str, int]] = defaultdict(dict)
        outside: dict[str, int] = defaultdict(int)
        year = {**asked(files), "period_start": self.rules.period_start, "period_end": self.rules.period_end}
        for row in self._rows(
            "disciplinary_people.sql",
            earlier_start=earlier_start,
            snapshot=self.rules.snapshot_date,
            **year,
        ):
            if row.substantive:
                of_year = people[row.organisation_code, row.this_year]
                of_year[row.wres_group] = of_year.get(row.wres_group, 0) + row.people
            elif row.this_year:
                outside[row.organisation_code] += row.people
        reaches_back = {
            code: any(before <= d.period < self.rules.snapshot_date for d in delivered.files)
            for code, delivered in files.items()
        }
        for row in self._rows("disciplinary_left_out.sql", **year):
            code = row.organisation_code
            reaches_back[code] = reaches_back[code] or row.reaches_back
            for reason, count in ((NO_INVESTIGATION, row.informal), (UNMAPPED_CASE, row.unmapped)):
                if count:
                    self.left_out[code].append(LeftOut(_number("entered"), reason, count))
        for code, count in outside.items():
            if count:
                self.left_out[code].append(LeftOut(_number("entered"), OUTSIDE, count))
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

    def training(self) -> dict[str, Happened]:
        files = self._in_year("training")
        rows = self._of_the_year("training_people.sql", files)
        return self._happened(rows, files, LeftOut(_number("training"), NOT_IN_WORKFORCE, 0))

    def events(self) -> dict[str, dict[str, Happened]]:
        """Organisation -> indicator -> its people, of the indicators whose events have an extract of their own."""
        found: dict[str, dict[str, Happened]] = defaultdict(dict)
        for rule in indicators.REGISTRY:
            if rule.events:
                files = self._in_year(rule.events.kind)
                rows = self._of_the_year("event_people.sql", files, kind=rule.events.kind)
                about = LeftOut(rule.number, EVENT_OUTSIDE, 0)
                for code, people in self._happened(rows, files, about).items():
                    found[code][rule.number] = people
        return found

    def _of_the_year(self, name: str, files: dict[str, OfYear], **bound: str) -> list[NamedRow]:
        days = {
            "period_start": self.rules.period_start,
            "period_end": self.rules.period_end,
            "snapshot": self.rules.snapshot_date,
        }
        return self._rows(name, **asked(files), **days, **bound)

    def _happened(
        self, rows: Iterable[NamedRow], files: dict[str, OfYear], about: LeftOut
    ) -> dict[str, Happened]:
        """People by group of each organisation; those that are not in the workforce are left out, and told as `about` says."""
        people: dict[str, dict[str, int]] = {code: {} for code in files}
        for row in rows:
            if row.wres_group is None:
                self.left_out[row.organisation_code].append(replace(about, people=row.people))
            else:
                people[row.organisation_code][row.wres_group] = row.people
        return {
            code: Happened(Groups.from_pairs(people[code]), delivered.until, delivered.ids, delivered.timing)
            for code, delivered in files.items()
        }

    def board(self) -> dict[str, Board]:
        """From the list of the snapshot itself, else the newest one of the year that was there when the return
        was due.
        """
        files = self._in_year("board")
        chosen = {
            code: max(delivered.files, key=lambda d: (d.period == self.rules.snapshot_date, d.period))
            for code, delivered in files.items()
        }
        parts: dict[str, dict[str, dict[str, int]]] = {code: defaultdict(dict) for code in chosen}
        unsure: dict[tuple[str, str], int] = defaultdict(int)
        for row in self._rows(
            "board_members.sql",
            organisations=list(chosen),
            dates=[d.period for d in chosen.values()],
            snapshot=self.rules.snapshot_date,
        ):
            names = ["board"]
            names += [] if row.is_voting is None else ["voting" if row.is_voting else "non_voting"]
            names += (
                [] if row.is_executive is None else ["executive" if row.is_executive else "non_executive"]
            )
            code = row.organisation_code
            for name in names:
                parts[code][name][row.wres_group] = parts[code][name].get(row.wres_group, 0) + row.people
            unsure[code, NO_VOTE] += row.people if row.is_voting is None else 0
            unsure[code, NO_OFFICE] += row.people if row.is_executive is None else 0
        for (code, reason), people in unsure.items():
            if people:
                self.left_out[code].append(LeftOut(indicators.BOARD, reason, people, inside=True))
        return {
            code: Board(
                {name: Groups.from_pairs(groups) for name, groups in found.items()},
                (chosen[code].delivery_id,),
                files[code].timing,
            )
            for code, found in parts.items()
        }
