"""The proof: what a reader can work out from everything that is public, and nothing else.

The true figures are not looked at here. The reader has every edition and table, sees that zeros are printed,
so that a withheld count is at least 1, knows which count is a total of which and that headcounts are true,
and takes every printed percentage at its full precision.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wres_pipeline.disclosure.proof.cells import CellKey
from wres_pipeline.disclosure.proof.intruder import Contradiction
from wres_pipeline.disclosure.proof.published_information import PublishedInformation
from wres_pipeline.disclosure.register.previous_release import editions as _layers
from wres_pipeline.disclosure.register.releases import Release
from wres_pipeline.disclosure.rules.policy import Policy
from wres_pipeline.disclosure.tables import CountTable, ProtectedTable
from wres_pipeline.indicators.figure import Figure

#: what a body can do whose edition gives counts away beside what has left the building
REMEDY = (
    "Where it corrects an edition, the few people who moved show beside it. `wres policy` compares the rules that a body may "
    "choose; the method note can tell in words what was corrected."
)


@dataclass(frozen=True, slots=True)
class Breach:
    """A withheld count that a reader can place between `low` and `high`, closer than the policy allows."""

    key: CellKey
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Audit:
    """The result: `failed` means that the release must not be written.

    breaches: withheld counts that can be worked out too closely. leaks: figures printed though they rest on a
    withheld count. contradictions: years whose tables cannot all be true. already: withheld counts that the
    editions already published give away by themselves, and those that have not moved since one printed them. checked: withheld counts looked at.
    """

    breaches: tuple[Breach, ...] = ()
    leaks: tuple[tuple[str, ...], ...] = ()
    contradictions: tuple[str, ...] = ()
    already: tuple[Breach, ...] = ()
    checked: int = 0

    @property
    def failed(self) -> bool:
        """Whether anything stands against publishing."""
        return bool(self.breaches or self.leaks or self.contradictions)

    def words(self) -> str:
        """The result in one sentence, without any count that is withheld."""
        if not self.failed:
            return f"No reader can work out any of the {self.checked} withheld counts."
        close, leaks, years = len(self.breaches), len(self.leaks), len(self.contradictions)
        found = [
            f"{close} of {self.checked} withheld counts can be worked out too closely" if close else "",
            f"{leaks} figure{' rests' if leaks == 1 else 's rest'} on a withheld count" if leaks else "",
            f"{years} year{' contradicts itself' if years == 1 else 's contradict themselves'}"
            if years
            else "",
        ]
        said = f"Not safe to publish: {'; '.join(one for one in found if one)}."
        return f"{said} {REMEDY}" if close and not leaks and not years else said


def audit(
    public: Sequence[Figure],
    policy: Policy,
    *,
    earlier_public: Sequence[Figure] = (),
    releases: Sequence[Release] = (),
    apart: Mapping[str, frozenset[CellKey]] | None = None,
    told_first: Mapping[str, Mapping[CellKey, str]] | None = None,
    untied: frozenset[CellKey] = frozenset(),
    tables: Sequence[ProtectedTable] = (),
    shapes: Sequence[CountTable] = (),
) -> Audit:
    """What a reader of all these public tables can work out.

    public: the figures of this edition, as printed. earlier_public: those of editions before it. releases: what the
    register says was released before; the true counts in it are not read. apart: rows of counts that a release has with
    other numbers, by its name: the reader is held to guess right which rows moved. told_first: for each release,
    by its name, and row the first release that tells of the same people, which the reader guesses right as well. untied: bands of
    a report that for the same reason are no sum of the bands of this edition.
    tables, shapes: the other public tables, and what sums and links each obeys (the counts in `shapes` are
    not read).
    """
    shape_of = {shape.name: shape for shape in shapes}
    pairs = [(table, shape_of[table.name]) for table in tables]
    breaches, leaks, contradictions, checked = _read(
        public, earlier_public, pairs, policy, releases, apart, told_first, untied
    )
    already: set[CellKey] = set()
    if (breaches or leaks) and (earlier_public or releases):
        before = _read(earlier_public, (), (), policy, releases, apart, told_first, untied)
        already = {_plain(each.key) for each in before[0]}
        already |= {_plain(each.key) for each in breaches if _has_not_moved(each, releases)}
        leaks = [leak for leak in leaks if leak not in before[1]]
    return Audit(
        tuple(each for each in breaches if _plain(each.key) not in already),
        tuple(leaks),
        tuple(contradictions),
        tuple(each for each in breaches if _plain(each.key) in already),
        checked,
    )


def _has_not_moved(breach: Breach, releases: Sequence[Release]) -> bool:
    """Whether all that is worked out is that a count is what a release printed: no move is a nought, and noughts are printed."""
    key = _plain(breach.key)
    said = [release.counts[key] for release in releases if key in release.counts]
    return any(one.exact and one.per == 1 and one.low == breach.low == breach.high for one in said)


def _plain(key: CellKey) -> CellKey:
    """The count without the name of the release it is of."""
    return key[: key.index("released")] if "released" in key else key


def _read(
    public: Sequence[Figure],
    earlier: Sequence[Figure],
    tables: Sequence[tuple[ProtectedTable, CountTable]],
    policy: Policy,
    releases: Sequence[Release] = (),
    apart: Mapping[str, frozenset[CellKey]] | None = None,
    told_first: Mapping[str, Mapping[CellKey, str]] | None = None,
    untied: frozenset[CellKey] = frozenset(),
) -> tuple[list[Breach], list[tuple[str, ...]], list[str], int]:
    by_organisation: dict[str, list[PublishedInformation]] = defaultdict(list)
    for year, editions in _editions([public, *_layers(earlier)]).items():
        worlds: list[PublishedInformation] = []
        for edition in editions:
            # a year printed again with other numbers is another set of unknowns; the same numbers are one
            if not any(world.join(edition) for world in worlds):
                worlds.append(PublishedInformation(edition, policy))
        by_organisation[year[0]].extend(worlds)
    merged = [world for worlds in by_organisation.values() for world in worlds]
    if tables or releases:
        merged = [PublishedInformation.together(merged, policy)]
        for table, shape in tables:
            merged[0].add_table(table, shape)
    for world in merged:
        world.untied = untied
    breaches: list[Breach] = []
    for release in releases:
        rows, origin = (apart or {}).get(release.name, frozenset()), (told_first or {}).get(release.name, {})
        for key, move in merged[0].add_release(release, rows, origin):
            breaches.append(Breach((*key, "move since", release.name), float(move), float(move)))
    leaks: list[tuple[str, ...]] = []
    contradictions: list[str] = []
    checked = 0
    for world in merged:
        leaks += world.leaks()
        try:
            found = world.close_ranges()
        except Contradiction as error:
            contradictions.append(f"{world.name}: {error}")
            continue
        checked += len(world.withheld)
        breaches += [Breach(key, low, high) for key, low, high in found]
    return breaches, leaks, contradictions, checked


def _editions(layers: Iterable[Sequence[Figure]]) -> dict[tuple[str, int], list[list[Figure]]]:
    years: dict[tuple[str, int], list[list[Figure]]] = defaultdict(list)
    for layer in layers:
        here: dict[tuple[str, int], list[Figure]] = defaultdict(list)
        for figure in layer:
            here[figure.organisation_code, figure.reporting_year].append(figure)
        for year, figures in here.items():
            years[year].append(figures)
    return years
