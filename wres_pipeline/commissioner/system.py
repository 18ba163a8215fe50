"""The view over several organisations: an integrated care system's figures are those of its members
together.

Counts are added and everything else is worked out again from the sums, never averaged. The public
view is made from the members' public editions alone: a count of the system is shown exactly where
every member shows its own, and whatever rests on other counts is withheld. So a reader could have
added up everything the view says, and no member's withheld count can be worked out by taking the
other members from the whole, however many views there are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from wres_pipeline.disclosure import figure_cells
from wres_pipeline.disclosure.proof.cell_constraints import PRINTED
from wres_pipeline.disclosure.proof.cells import CellKey
from wres_pipeline.disclosure.rules import figure_ranges
from wres_pipeline.disclosure.rules.policy import Policy
from wres_pipeline.disclosure.suppression.apply_suppression import withheld_figure, without_bounds
from wres_pipeline.disclosure.suppression.rounding import rounded
from wres_pipeline.indicators import computation
from wres_pipeline.indicators.counts import (
    Answers,
    Board,
    Discipline,
    Groups,
    Happened,
    OrganisationCounts,
    Recruitment,
    Survey,
    Workforce,
)
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import indicators
from wres_pipeline.reference.indicators import IndicatorRule

if TYPE_CHECKING:
    from wres_pipeline.reference.years import ReportingYear

Part = TypeVar("Part")

SUMMED = "Sum of the members' counts."
PART_WORDS = {"discipline": "disciplinary cases", "survey": "staff survey answers"}
"""Parts of the counts that are called otherwise than their name."""
NOT_ADDED = "Percentages of different bodies cannot be added."


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
            events={
                rule.number: found
                for rule in indicators.REGISTRY
                if rule.events
                and (found := together(_event_words(rule), partial(_events_of, rule.number), _training))
            },
        ),
        lacking,
    )


def view(system_code: str, members: Sequence[OrganisationCounts], rules: ReportingYear) -> SystemView:
    """The system's figures, all nine indicators, from its members' counts."""
    counts, lacking = add(system_code, members)
    figures = computation.compute(counts, rules)
    noted = [replace(one, note=" ".join(filter(None, (one.note, _note(one, lacking))))) for one in figures]
    return SystemView(system_code, tuple(one.organisation_code for one in members), tuple(noted), lacking)


def public(
    found: SystemView, member_editions: Mapping[str, Sequence[Figure]], policy: Policy
) -> list[Figure]:
    """The view as it may be published, from its figures and each member's public edition of the
    year.

    `policy` is the one the editions were made with; under its rounding rule the view's counts are
    the sums of the rounded ones. Raises KeyError for a member without an edition.
    """
    # an edition holds the year before as well
    year = {one.reporting_year for one in found.figures}
    editions = [
        [one for one in member_editions[code] if one.reporting_year in year] for code in found.members
    ]
    shown = [{one.key[2:] for one in edition if _printed(one)} for edition in editions]
    counts = _sums(found, editions)
    made = [_edition(one, counts, shown, policy) for one in found.figures]
    return _with_ranges(found, made, member_editions, policy)


def _with_ranges(
    found: SystemView,
    made: Sequence[Figure],
    member_editions: Mapping[str, Sequence[Figure]],
    policy: Policy,
) -> list[Figure]:
    """What is withheld, with the range that a reader of every member's edition could work out: the sums of theirs."""
    wanted = [one for one in made if one.state == "withheld" and figure_ranges.is_whole(one)]
    keys = {key for one in wanted for key in (figure_cells.needs(one) or (figure_cells.key_of(one),))}
    of_members = {
        code: figure_ranges.known_ranges(member_editions[code], policy, {(code, *key[1:]) for key in keys})
        for code in found.members
    }
    box = {}
    for key in keys:
        ends = [known.get((code, *key[1:])) for code, known in of_members.items()]
        there = [each for each in ends if each is not None]
        if len(there) == len(ends):
            box[key] = (
                sum((low for low, _ in there), Fraction(0)),
                sum((high for _, high in there), Fraction(0)),
            )
    said = {one.key: figure_ranges.with_range(one, box) for one in wanted}
    return [said.get(one.key, one) for one in made]


def _events_of(number: str, one: OrganisationCounts) -> Happened | None:
    return one.events.get(number)


def _event_words(rule: IndicatorRule) -> str:
    return rule.supplied_by or rule.title


def _parts_of(number: str) -> list[str]:
    """The parts of the counts an indicator rests on, in words; the workforce first."""
    rule = indicators.rule(number)
    return [
        _event_words(rule) if part == "events" else PART_WORDS.get(part, part)
        for part in reversed(rule.counted_from)
    ]


def _note(one: Figure, lacking: Mapping[str, Sequence[str]]) -> str:
    if _printed(one):
        return SUMMED
    without = [
        f"{' and '.join(lacking[part])} brought no {part}"
        for part in _parts_of(one.indicator)
        if part in lacking
    ]
    if one.state != "not_collected" or not without:
        return ""
    return (
        f"Not summed: {'; '.join(without)}.{' ' + NOT_ADDED if one.indicator in figure_cells.SURVEY else ''}"
    )


def not_the_sum(found: SystemView, member_figures: Mapping[str, Sequence[Figure]]) -> int:
    """How many counts of the view are not the sum of the members' own figures of the year.

    None are where the members' figures were worked out from what the view is worked out from. Others mean that a
    member's figures are older than its extracts: the view and its editions would not be of one state.
    """
    by_member = [
        {one.key[2:]: Fraction(one.value or 0) for one in of if figure_cells.is_count(one) and _printed(one)}
        for of in (member_figures[code] for code in found.members)
    ]
    different = 0
    for one in found.figures:
        if figure_cells.is_count(one) and _printed(one):
            parts = [of.get(one.key[2:]) for of in by_member]
            total = None if None in parts else sum((part for part in parts if part is not None), Fraction(0))
            different += total != Fraction(one.value or 0)
    return different


def gives_away(
    edition: Sequence[Figure], members: Sequence[str], member_editions: Mapping[str, Sequence[Figure]]
) -> tuple[tuple[str, ...], ...]:
    """The figures of a public view that rest on a count which not every member's edition prints; none when it is safe."""
    printed = [
        {
            figure_cells.key_of(one)[2:]
            for one in member_editions[code]
            if figure_cells.is_count(one) and _printed(one)
        }
        for code in members
    ]

    def public_already(keys: Sequence[CellKey]) -> bool:
        return all(
            public_already(figure_cells.tier_parts(key))
            if key[2] == "tier"
            else all(key[2:] in of for of in printed)
            for key in keys
        )

    found = []
    for one in edition:
        if one.indicator in figure_cells.SURVEY or one.state not in (*PRINTED, "not_calculable"):
            continue
        bounded = one.bound_low is not None or one.bound_high is not None
        needed = (figure_cells.key_of(one),) if figure_cells.is_count(one) else figure_cells.needs(one)
        if not public_already(needed) or (bounded and not public_already(_bounds_rest_on(one))):
            found.append(one.key[2:])
    return tuple(found)


def _sums(found: SystemView, editions: Sequence[Sequence[Figure]]) -> dict[CellKey, Fraction]:
    """Every count of the system that all members show, as the sum of what they show; tiers from
    their bands.
    """
    of_members = [
        {
            figure_cells.key_of(one)[2:]: Fraction(one.value or 0)
            for one in edition
            if figure_cells.is_count(one) and _printed(one)
        }
        for edition in editions
    ]
    counts: dict[CellKey, Fraction] = {}
    for one in found.figures:
        if figure_cells.is_count(one):
            key = figure_cells.key_of(one)
            if all(key[2:] in of_member for of_member in of_members):
                counts[key] = sum((of_member[key[2:]] for of_member in of_members), Fraction(0))
    for one in found.figures:
        for key in figure_cells.needs(one):
            if key[2] == "tier":
                _add_tier(counts, key)
    return counts


def _add_tier(counts: dict[CellKey, Fraction], key: CellKey) -> None:
    parts = figure_cells.tier_parts(key)
    if not key[3]:
        for part in parts:
            _add_tier(counts, part)
    if all(part in counts for part in parts):
        counts[key] = sum((counts[part] for part in parts), Fraction(0))


def _edition(
    one: Figure,
    counts: Mapping[CellKey, Fraction],
    shown: Sequence[Collection[tuple[str, ...]]],
    policy: Policy,
) -> Figure:
    if one.indicator in figure_cells.SURVEY:
        if not _printed(one):
            return one
        if all(one.key[2:] in of_member for of_member in shown):
            return without_bounds(one)
        return withheld_figure(one)
    if one.state not in (*PRINTED, "not_calculable"):
        return one
    needed = (figure_cells.key_of(one),) if figure_cells.is_count(one) else figure_cells.needs(one)
    if not all(key in counts for key in needed):
        return withheld_figure(one)
    if policy.method == "round":
        if figure_cells.is_count(one):
            one = replace(one, value=counts[figure_cells.key_of(one)])
        return rounded(one, counts, policy)
    if all(key in counts for key in _bounds_rest_on(one)):
        return one
    return without_bounds(one)


def _bounds_rest_on(one: Figure) -> tuple[CellKey, ...]:
    """The counts a figure's bounds give back: of a count that of Unknown ethnicity beside it."""
    return (
        ((*figure_cells.key_of(one)[:-1], "Unknown"),)
        if figure_cells.is_count(one)
        else figure_cells.bounds_need(one)
    )


def _printed(one: Figure) -> bool:
    return one.state in PRINTED


def _sum(parts: Sequence[Groups]) -> Groups:
    total = Groups()
    for one in parts:
        total = total.plus(one)
    return total


def _deliveries(
    parts: Sequence[Workforce | Recruitment | Discipline | Happened | Board | Survey],
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


def _training(parts: list[Happened]) -> Happened:
    ends = [one.up_to for one in parts if one.up_to is not None]
    return Happened(_sum([one.people for one in parts]), min(ends, default=None), _deliveries(parts))


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
