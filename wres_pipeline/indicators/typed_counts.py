"""Counts that were typed or printed, in place of rows: a form, last year's workbook, a `figures.csv`.

A body that holds only counts gets its figures of indicators 1 to 4 and 9 from them, by the arithmetic that rows go
through; where rows are there too, rows win and the two are compared cell by cell. A cell is known by (indicator, measure,
cluster, band, ethnic group), as in the figures table. Rules [ours].
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from wres_pipeline.indicators.counts import (
    GROUPS,
    Board,
    Discipline,
    Groups,
    Happened,
    OrganisationCounts,
    Recruitment,
    Workforce,
)
from wres_pipeline.indicators.deliveries_of_year import rows_of
from wres_pipeline.indicators.shapes.likelihood_ratio import ROLLING
from wres_pipeline.reference import indicators
from wres_pipeline.reference.codes import pay_bands

if TYPE_CHECKING:
    import duckdb

    from wres_pipeline.indicators.figure import Figure
    from wres_pipeline.reference.years import ReportingYear

Cell = tuple[str, str, str, str, str]
"""(indicator, measure, cluster, band, ethnic group); the group is White, BME or Unknown."""
Typed = Mapping[Cell, Fraction]

UNPLACED = ("Unmapped", "Unmapped")
"""Where people stand of whom only the total tells."""
HEADCOUNT = (indicators.WORKFORCE, "headcount")
BOARD = (indicators.BOARD, "headcount")
PARTS_OF_BOARD = tuple(part for part in indicators.rule(indicators.BOARD).bands if part != "workforce")
WHERE_STAFF_STAND = (*((*one, "", "") for one in indicators.counting("staff")), (*BOARD, "", "workforce"))
"""(indicator, measure, cluster, band) of every cell that holds the whole workforce."""
MORE_THAN_POSSIBLE = {
    "appointed": "more {g} applicants appointed than shortlisted",
    "training": "more {g} staff with training than staff",
}
"""Table of counts → words where it holds more people than the table it is a part of."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that stands in typed counts and in rows with two values."""

    cell: Cell
    typed: Fraction
    from_rows: Fraction


def cells_of(figures: Iterable[Figure]) -> dict[Cell, Fraction]:
    """Every count of people that figures hold, by cell; withheld ones and totals of all groups are none."""
    return {
        (f.indicator, f.measure, f.cluster, f.band, f.ethnic_group): Fraction(f.value)
        for f in figures
        if f.unit == "people" and f.ethnic_group in GROUPS and f.value is not None
    }


def filled(
    counts: OrganisationCounts, typed: Typed, rules: ReportingYear, deliveries: tuple[str, ...]
) -> OrganisationCounts:
    """The counts with each part that no rows gave taken from the typed cells."""
    return replace(
        counts,
        workforce=counts.workforce or _workforce(typed, deliveries),
        recruitment=counts.recruitment or _recruitment(typed, deliveries),
        discipline=counts.discipline or _discipline(typed, rules, deliveries),
        training=counts.training or _training(typed, deliveries),
        board=counts.board or _board(typed, deliveries),
    )


def contradictions(typed: Typed) -> list[str]:
    """What the typed counts say against each other, a sentence each."""
    found = []
    for group in GROUPS:

        def of(
            indicator: str, measure: str, band: str = "", cluster: str = "", group: str = group
        ) -> Fraction | None:
            return typed.get((indicator, measure, cluster, band, group))

        for smaller, larger, words in (
            *_more_than_possible(typed, group),
            (
                of(*HEADCOUNT, pay_bands.SENIOR_MEDICAL_MANAGER, pay_bands.MEDICAL),
                of(*HEADCOUNT, "Consultants", pay_bands.MEDICAL),
                "more {g} senior medical managers than consultants, of whom they are part",
            ),
        ):
            if smaller is not None and larger is not None and smaller > larger:
                found.append(f"{words.format(g=group)}: {smaller} and {larger}")
        for parts in (("voting", "non_voting"), ("executive", "non_executive")):
            split = [of(*BOARD, part) for part in parts]
            board = of(*BOARD, "board")
            if board is not None and None not in split and sum(n for n in split if n is not None) != board:
                found.append(
                    f"{group} {parts[0]} and {parts[1].replace('_', '-')} board members are {split[0]} and {split[1]}, "
                    f"the board {board}"
                )
        totals = {name: n for name, n in _totals(typed, group).items() if n is not None}
        if len(set(totals.values())) > 1:
            said = ", ".join(f"{name} {n}" for name, n in totals.items())
            found.append(f"the {group} workforce has several values: {said}")
    return found


def _more_than_possible(typed: Typed, group: str) -> list[tuple[Fraction | None, Fraction | None, str]]:
    """(part, whole, words) of every likelihood whose people are among those it could happen to."""
    found = []
    for rule in map(indicators.rule, indicators.LIKELIHOODS):
        base, events = rule.base_and_events
        if rule.cells[events] in rule.part_of:
            part, whole = (typed.get((rule.number, measure, "", "", group)) for measure in (events, base))
            usual = f"more {{g}} people counted as {events.replace('_', ' ')} than there are"
            found.append((part, whole, MORE_THAN_POSSIBLE.get(rule.cells[events], usual)))
    return found


def differences(typed: Typed, figures: Iterable[Figure]) -> list[Difference]:
    """The cells that stand in both with two values, in the order of the figures."""
    return [
        Difference(cell, typed[cell], value)
        for cell, value in cells_of(figures).items()
        if cell in typed and typed[cell] != value
    ]


def _totals(typed: Typed, group: str) -> dict[str, Fraction | None]:
    """The workforce of a group wherever it stands."""
    bands = [
        n
        for (indicator, _, cluster, band, g), n in typed.items()
        if (indicator, g) == (HEADCOUNT[0], group)
        and cluster
        and band
        and band != pay_bands.SENIOR_MEDICAL_MANAGER
    ]
    return {
        **{f"of indicator {where[0]}": typed.get((*where, group)) for where in WHERE_STAFF_STAND},
        "by bands": sum(bands, Fraction(0)) if bands else None,
    }


def _groups(typed: Typed, indicator: str, measure: str, cluster: str = "", band: str = "") -> Groups | None:
    found = [typed.get((indicator, measure, cluster, band, group)) for group in GROUPS]
    if all(one is None for one in found) or (not cluster and _lacks(typed, indicator, measure, band)):
        return None
    return Groups(*(int(one or 0) for one in found))


def _lacks(typed: Typed, indicator: str, measure: str, band: str = "") -> list[str]:
    """The one of the groups compared that has no count where the other has one: it is withheld or not known, and not nobody."""
    compared = indicators.rule(indicator).grouping.compared
    missing = [group for group in compared if (indicator, measure, "", band, group) not in typed]
    return missing if len(missing) == 1 else []


def incomplete(typed: Typed) -> list[str]:
    """What is left out because a count beside it is missing, a sentence each."""
    found = []
    for indicator, measure, band in dict.fromkeys((i, m, b) for i, m, cluster, b, _ in typed if not cluster):
        what = " ".join(part.replace("_", " ") for part in (measure, band) if part)
        found += [
            f"indicator {indicator}, {what}, has no count of {group} people beside the others"
            for group in _lacks(typed, indicator, measure, band)
        ]
    for rule in map(indicators.rule, indicators.LIKELIHOODS):
        base, events = rule.base_and_events
        has = {
            measure: any((rule.number, measure) == cell[:2] for cell in typed) for measure in (base, events)
        }
        if (
            has[events]
            and not has[base]
            and rule.cells[events] in rule.part_of
            and not _total_given(typed, rule.number)
        ):
            found.append(
                f"indicator {rule.number} has {events.replace('_', ' ')} and no {base.replace('_', ' ')}"
            )
        if has[base] and not has[events] and base != "workforce":
            found.append(
                f"indicator {rule.number} has {base.replace('_', ' ')} and no {events.replace('_', ' ')}"
            )
    return found


def _total_given(typed: Typed, indicator: str) -> bool:
    """Whether the people of an indicator of the workforce stand elsewhere in the form."""
    return indicators.rule(indicator).base_and_events[0] == "workforce" and any(
        cell[:4] == where for cell in typed for where in WHERE_STAFF_STAND
    )


def _of_table(typed: Typed, table: str) -> Groups | None:
    (where,) = indicators.counting(table)
    return _groups(typed, *where)


def _workforce(typed: Typed, deliveries: tuple[str, ...]) -> Workforce | None:
    cells = {}
    for cluster, bands in pay_bands.BANDS_BY_CLUSTER.items():
        for band in bands:
            people = _groups(typed, *HEADCOUNT, cluster, band)
            if people is not None:
                cells[cluster, band] = people
    placed, only_total = Workforce(cells).total, not cells
    total = next(
        (found for where in WHERE_STAFF_STAND if (found := _groups(typed, *where)) is not None),
        None,
    )
    if total is not None and total != placed:
        rest = Groups(*(max(0, a - b) for a, b in zip(total, placed, strict=True)))
        if rest.total:
            cells[UNPLACED] = rest
    if not cells:
        return None
    senior = _groups(typed, *HEADCOUNT, pay_bands.MEDICAL, pay_bands.SENIOR_MEDICAL_MANAGER)
    return Workforce(cells, senior or Groups(), deliveries, only_total)


def _recruitment(typed: Typed, deliveries: tuple[str, ...]) -> Recruitment | None:
    shortlisted, appointed = (_of_table(typed, table) for table in ("shortlisted", "appointed"))
    if (
        shortlisted is None
        or appointed is None
        or any(a > b for a, b in zip(appointed, shortlisted, strict=True))
    ):
        return None
    return Recruitment(shortlisted, appointed, deliveries=deliveries)


def _discipline(typed: Typed, rules: ReportingYear, deliveries: tuple[str, ...]) -> Discipline | None:
    (entered,) = indicators.counting("entered")
    found = [typed.get((*entered, "", "", group)) for group in GROUPS]
    if all(one is None for one in found) or _lacks(typed, *entered):
        return None
    if (
        rules.indicator_3_basis == ROLLING
    ):  # the form asks for the average of two years: halves are cases of one
        both = Groups(*(int(2 * (one or 0)) for one in found))
        return Discipline(both, Groups(), deliveries=deliveries)
    return Discipline(Groups(*(int(one or 0) for one in found)), deliveries=deliveries)


def _training(typed: Typed, deliveries: tuple[str, ...]) -> Happened | None:
    people = _of_table(typed, "training")
    return None if people is None else Happened(people, deliveries=deliveries)


def _board(typed: Typed, deliveries: tuple[str, ...]) -> Board | None:
    found = {
        part: people for part in PARTS_OF_BOARD if (people := _groups(typed, *BOARD, "", part)) is not None
    }
    return Board(found, deliveries) if found else None


@dataclass(frozen=True, slots=True)
class TypedYear:
    """The typed counts of one organisation and year; `twice` are cells that stand in them with two values."""

    cells: dict[Cell, Fraction]
    deliveries: tuple[str, ...]
    twice: tuple[Cell, ...] = ()


def typed_cells(
    con: duckdb.DuckDBPyConnection, organisations: Sequence[str], year: int
) -> dict[str, TypedYear]:
    """The typed counts of each organisation that delivered any for the year."""
    cells: dict[str, dict[Cell, Fraction]] = defaultdict(dict)
    ids: dict[str, set[str]] = defaultdict(set)
    twice: dict[str, list[Cell]] = defaultdict(list)
    for row in rows_of(con, "typed_counts.sql", organisations=list(organisations), year=year):
        code, value = row.organisation_code, Fraction(row.people)
        key = (row.indicator, row.measure, row.cluster, row.band, row.ethnic_group)
        if cells[code].setdefault(key, value) != value:
            twice[code].append(key)
        ids[code].add(row.delivery_id)
    return {
        code: TypedYear(found, tuple(sorted(ids[code])), tuple(twice[code])) for code, found in cells.items()
    }
