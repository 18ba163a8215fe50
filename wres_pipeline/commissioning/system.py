"""The view over several organisations: an integrated care system's figures are those of its members
together.

Counts are added and everything else is worked out again from the sums, never averaged. What the
public view may show is decided together with what the members' own public editions show: every sum
over the members is tied to their counts, so that no member's withheld count can be worked out by
taking the other members from the whole. A member's edition that is published already stays as it
is; the view gives way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from wres_pipeline.disclosure import links
from wres_pipeline.disclosure.arithmetic import CellKey
from wres_pipeline.disclosure.tables import CountTable, RowKey
from wres_pipeline.indicators import nine
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.indicators.tallies import (
    Answers,
    Board,
    Discipline,
    Groups,
    OrganisationCounts,
    Recruitment,
    Survey,
    Training,
    Workforce,
)

if TYPE_CHECKING:
    from wres_pipeline.disclosure.policy import Policy
    from wres_pipeline.disclosure.protect import Protected
    from wres_pipeline.reference.years import ReportingYear

Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class SystemView:
    """A system's figures of one year, and whose they are.

    `incomplete` names, for each part of the counts, the members that did not bring it: the part is
    then not summed, because a sum over some members is not the system's figure.
    """

    system_code: str
    members: tuple[str, ...]
    figures: tuple[Figure, ...]
    incomplete: Mapping[str, tuple[str, ...]]


def add(
    system_code: str, members: Sequence[OrganisationCounts]
) -> tuple[OrganisationCounts, dict[str, tuple[str, ...]]]:
    """The members' counts together, and who lacks which part.

    Published survey percentages cannot be added: a survey is summed only where every member has its
    respondents' answers. Raises ValueError without members, or with members of different years.
    """
    years = {one.reporting_year for one in members}
    if len(years) != 1:
        raise ValueError("a system's figures are of members of one and the same reporting year")
    lacking: dict[str, tuple[str, ...]] = {}

    def together(
        name: str, part: Callable[[OrganisationCounts], Part | None], plus: Callable[[list[Part]], Part]
    ) -> Part | None:
        there = [(one.organisation_code, part(one)) for one in members]
        without = tuple(code for code, found in there if found is None)
        if without:
            lacking[name] = without
            return None
        return plus([found for _, found in there if found is not None])

    return (
        OrganisationCounts(
            system_code,
            years.pop(),
            together("workforce", lambda one: one.workforce, _workforce),
            together("recruitment", lambda one: one.recruitment, _recruitment),
            together("disciplinary cases", lambda one: one.discipline, _discipline),
            together("training", lambda one: one.training, _training),
            together("staff survey answers", _answered, _survey),
            together("board", lambda one: one.board, _board),
        ),
        lacking,
    )


def view(system_code: str, members: Sequence[OrganisationCounts], rules: ReportingYear) -> SystemView:
    """The system's figures, all nine indicators, from its members' counts."""
    counts, lacking = add(system_code, members)
    figures = nine.compute(counts, rules)
    noted = [
        replace(one, note=" ".join(filter(None, (one.note, "Sum of the members' counts."))))
        if one.state in ("value", "zero")
        else one
        for one in figures
    ]
    return SystemView(system_code, tuple(one.organisation_code for one in members), tuple(noted), lacking)


def table(found: SystemView, member_figures: Mapping[str, Sequence[Figure]]) -> CountTable:
    """The additions of the view, for `disclosure.protect`: each count of the system is the sum of
    its members'.

    A count that some member's figures do not hold is not tied: it is then not in the sum either.
    """
    own = {one.key[2:]: one for one in found.figures if links.is_count(one) and _printed(one)}
    counts: dict[RowKey, int] = {}
    same: dict[RowKey, CellKey] = {}
    sums: list[tuple[RowKey, tuple[RowKey, ...]]] = []
    by_member = {
        code: {one.key[2:]: one for one in member_figures[code] if links.is_count(one) and _printed(one)}
        for code in found.members
    }
    for key, total in own.items():
        parts = [by_member[code].get(key) for code in found.members]
        there = [one for one in parts if one is not None]
        if len(there) != len(parts) or any(not _whole(one) for one in (total, *there)):
            continue
        rows = []
        for one in (total, *there):
            row = links.key_of(one)
            counts[row], same[row] = int(one.value or 0), links.key_of(one)
            rows.append(row)
        sums.append((rows[0], tuple(rows[1:])))
    year = found.figures[0].reporting_year if found.figures else 0
    return CountTable(f"system {found.system_code} {year}", counts, tuple(dict.fromkeys(sums)), same)


def public(
    found: SystemView,
    member_figures: Mapping[str, Sequence[Figure]],
    member_editions: Sequence[Figure],
    policy: Policy,
) -> Protected:
    """The view's public edition, decided with the members' counts and what their own public
    editions print.

    `member_figures` are the members' true figures of the year; `member_editions` the protected
    figures of their public editions. The result holds the system's figures only; it must not be
    written when its audit fails.
    """
    from wres_pipeline.disclosure.protect import protect

    everything = [*found.figures, *(one for code in found.members for one in member_figures[code])]
    whole = protect(
        everything, policy, earlier_public=member_editions, quality=[table(found, member_figures)]
    )
    mine = [one for one in whole.figures if one.organisation_code == found.system_code]
    why = [one for one in whole.withheld if one.key[0] == found.system_code]
    return replace(whole, figures=mine, withheld=why)


def _printed(one: Figure) -> bool:
    return one.state in ("value", "zero")


def _whole(one: Figure) -> bool:
    return one.value is not None and int(one.value) == one.value


def _sum(parts: Sequence[Groups]) -> Groups:
    total = Groups()
    for one in parts:
        total = total.plus(one)
    return total


def _deliveries(
    parts: Sequence[Workforce | Recruitment | Discipline | Training | Board | Survey],
) -> tuple[str, ...]:
    return tuple(sorted({delivery for one in parts for delivery in one.deliveries}))


def _workforce(parts: list[Workforce]) -> Workforce:
    cells: dict[tuple[str, str], Groups] = {}
    for one in parts:
        for key, people in one.cells.items():
            cells[key] = cells.get(key, Groups()).plus(people)
    return Workforce(cells, _sum([one.senior_medical for one in parts]), _deliveries(parts))


def _recruitment(parts: list[Recruitment]) -> Recruitment:
    ends = [one.up_to for one in parts if one.up_to is not None]
    return Recruitment(
        _sum([one.shortlisted for one in parts]),
        _sum([one.appointed for one in parts]),
        min(ends, default=None),
        any(one.aggregate for one in parts),
        _deliveries(parts),
    )


def _discipline(parts: list[Discipline]) -> Discipline:
    before = [one.year_before for one in parts if one.year_before is not None]
    ends = [one.up_to for one in parts if one.up_to is not None]
    return Discipline(
        _sum([one.this_year for one in parts]),
        _sum(before) if len(before) == len(parts) else None,
        min(ends, default=None),
        all(one.reaches_back for one in parts),
        _deliveries(parts),
    )


def _training(parts: list[Training]) -> Training:
    ends = [one.up_to for one in parts if one.up_to is not None]
    return Training(_sum([one.people for one in parts]), min(ends, default=None), _deliveries(parts))


def _answered(one: OrganisationCounts) -> Survey | None:
    return one.survey if one.survey is not None and one.survey.answers else None


def _survey(parts: list[Survey]) -> Survey:
    answers: dict[tuple[str, str], Answers] = {}
    for one in parts:
        for key, of_group in one.answers.items():
            answers[key] = answers.get(key, Answers()).plus(of_group)
    return Survey(parts[0].survey_year, answers, (), _deliveries(parts))


def _board(parts: list[Board]) -> Board:
    members: dict[str, Groups] = {}
    for one in parts:
        for part, people in one.members.items():
            members[part] = members.get(part, Groups()).plus(people)
    return Board(members, _deliveries(parts))
