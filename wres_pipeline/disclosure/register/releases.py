"""What was released: the register's entries, and how they become part of what a reader knows.

A release is told as the counts it printed or withheld, the sums that tie them, and the true counts behind them, so that
a later edition can be tried against it wherever its files are. The true counts never leave the building: an entry
is internal, as the figures it was made from are [ours].
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from wres_pipeline.disclosure.proof.cells import CEILING, Arithmetic, Cell, CellKey
from wres_pipeline.disclosure.rules.policy import Policy
from wres_pipeline.disclosure.rules.stakes import stake_of

PRINTED, WITHHELD, IMPLIED, GAP = "printed", "withheld", "implied", "gap"
AVERAGED = "entered"


@dataclass(frozen=True, slots=True)
class Said:
    """What a release says of one count: lowest and highest, the true count, all in steps; `how` it says it.

    how: `printed` (exactly where low = high, else rounded), `withheld`, `implied` (in no table, but a reader can subtract
    their way to it) or `gap`.
    """

    low: int
    high: int
    true: int
    per: int = 1
    how: str = PRINTED

    @property
    def exact(self) -> bool:
        """Whether every reader has the count itself."""
        return self.how == PRINTED and self.low == self.high


@dataclass(frozen=True, slots=True)
class Release:
    """One edition or report that left the building.

    product: `annual`, `dashboard`, `data_quality` or `system`. audience: `public` or `circulated`. period: the
    reporting year or the month (`2021-03`). version: 1, 2 … of that product and period. dated: the date it carries. rule:
    the small-number rule in words. replaces: which version it replaces, and why, in words; "" for the first.
    counts, sums: what it says. averages: (organisation, year) whose indicator 3 is a two-year average. survey: responses
    behind each survey figure it prints, 0 where it withholds it. withdrawn: who took it off what readers know, when and
    why; "" for a release that stands. texts: files that a later report is compared with, by name, as they were.
    """

    organisation_code: str
    product: str
    audience: str
    period: str
    version: int = 1
    dated: str = ""
    rule: str = ""
    replaces: str = ""
    counts: Mapping[CellKey, Said] = field(default_factory=dict)
    sums: tuple[tuple[CellKey, tuple[CellKey, ...]], ...] = ()
    averages: frozenset[tuple[str, str]] = frozenset()
    survey: Mapping[tuple[str, ...], int] = field(default_factory=dict)
    withdrawn: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What tells it from every other release of the body."""
        return f"{self.product} {self.period} {self.version}"

    def says_the_same(self, other: Release) -> bool:
        """Whether a reader of both knows no more than one of either."""
        mine = (self.counts, frozenset(self.sums), self.averages, self.survey)
        return mine == (other.counts, frozenset(other.sums), other.averages, other.survey)


def said_by(
    whole: Arithmetic, bounds: Mapping[CellKey, tuple[float, float]], withheld: Iterable[CellKey]
) -> dict[CellKey, Said]:
    """The counts of an arithmetic as a release says them.

    bounds: what the release leaves open of a printed or withheld count, in steps; a count it does not name is exact.
    """
    hidden = set(withheld)
    found: dict[CellKey, Said] = {}
    for key, cell in whole.cells.items():
        if cell.kind == "released":
            continue
        if cell.kind != "printed":
            found[key] = Said(0, CEILING, cell.steps, cell.per, cell.kind)
            continue
        low, high = bounds.get(key, (cell.steps, cell.steps))
        found[key] = Said(
            int(low), int(min(high, CEILING)), cell.steps, cell.per, WITHHELD if key in hidden else PRINTED
        )
    return found


def add_releases(
    whole: Arithmetic,
    releases: Sequence[Release],
    policy: Policy,
    averages: frozenset[tuple[str, str]] = frozenset(),
) -> None:
    """Puts what was released into the arithmetic of an edition that is still to be decided.

    The same count stands in both once. A row of counts that differs from what was released is another set of people:
    both stand, and where a count that every reader has differs by a few people, the groups of the row are to be withheld
    and what is known of them is told no closer than the policy's range. averages: (organisation, year) whose indicator 3 is
    a two-year average in this edition: where a release has it on the other basis, twice the average less one year gives
    the other year, which is guarded.
    """
    now, first = dict(whole.cells), origins(releases)
    for release in releases:
        other_basis = release.averages ^ averages
        years = {year for year in other_basis if _has(now, release, year)}
        _add(whole, now, release, policy, years, first[release.name])


def origins(releases: Sequence[Release]) -> dict[str, dict[CellKey, str]]:
    """For each release, by its name, and each row of its counts, the first release that tells of the same people: their counts
    are one, also where this edition has others.
    """
    first: dict[CellKey, list[tuple[str, dict[CellKey, tuple[int, int]]]]] = defaultdict(list)
    found: dict[str, dict[CellKey, str]] = {}
    for release in releases:
        rows: dict[CellKey, dict[CellKey, tuple[int, int]]] = defaultdict(dict)
        for key, said in release.counts.items():
            rows[row_of(key)][key] = (said.true, said.per)
        mine = found[release.name] = {}
        for row, counts in rows.items():
            for name, known in first[row]:
                common = counts.keys() & known.keys()
                if common and all(counts[key] == known[key] for key in common):
                    known |= counts
                    mine[row] = name
                    break
            else:
                first[row].append((release.name, counts))
                mine[row] = release.name
    return found


def apart_name(key: CellKey, origin: Mapping[CellKey, str], release: Release) -> CellKey:
    """The name of a count that is another in this edition; origin: of `origins`."""
    return (*key, "released", origin.get(row_of(key), release.name))


def row_of(key: CellKey) -> CellKey:
    """The row of a table that a count stands in: its key without the ethnic group or state."""
    return key[:-1]


def restated_rows(now: Mapping[CellKey, Cell], counts: Mapping[CellKey, Said]) -> set[CellKey]:
    """The rows of counts that a release has with other numbers than they have now."""
    return {
        row_of(key)
        for key, said in counts.items()
        if said.how in (PRINTED, WITHHELD) and key in now and not _same(now[key], said)
    }


def rows_apart(whole: Arithmetic, releases: Sequence[Release]) -> dict[str, frozenset[CellKey]]:
    """The rows of each release, by its name, that have other numbers in the edition that is decided, and the single counts that
    neither prints and a reader subtracts their way to.
    """
    now = {key: cell for key, cell in whole.cells.items() if cell.kind == "printed"}

    def rests(release: Release) -> set[CellKey]:
        return {
            key
            for key, said in release.counts.items()
            if said.how == IMPLIED and key in now and not _same(now[key], said)
        }

    return {one.name: frozenset(restated_rows(now, one.counts) | rests(one)) for one in releases}


def _has(now: Mapping[CellKey, Cell], release: Release, year: tuple[str, str]) -> bool:
    def entered(keys: Iterable[CellKey]) -> bool:
        return any(key[:2] == year and key[2:3] == (AVERAGED,) for key in keys)

    return entered(now) and entered(release.counts)


def _add(
    whole: Arithmetic,
    now: Mapping[CellKey, Cell],
    release: Release,
    policy: Policy,
    other_basis: set[tuple[str, str]],
    origin: Mapping[CellKey, str],
) -> None:
    restated = restated_rows(now, release.counts)
    names: dict[CellKey, CellKey] = {}
    for key, said in release.counts.items():
        mine = now.get(key)
        if mine is not None and key[:2] in other_basis and key[2] == AVERAGED:
            restated.discard(row_of(key))
            _add_other_basis(whole, mine, said, is_average=key[:2] in release.averages)
            names[key] = (*key, "before")
            continue
        if mine is not None and row_of(key) not in restated and _same(mine, said):
            whole.cells[key] = _merged(whole.cells[key], said)
            names[key] = key
            continue
        other = key if mine is None else apart_name(key, origin, release)
        there = whole.cells.get(other)
        if there is not None and not _same(there, said):
            other = (*key, "released", release.name)
            there = None
        whole.cells[other] = _merged(there or _cell(other, said), said)
        names[key] = other
        if mine is not None and said.how == WITHHELD and mine.steps and not mine.kept:
            whole.cells[key] = replace(whole.cells[key], forced=True)
    have = {(each.total, each.parts) for each in whole.sums}
    for total, parts in release.sums:
        if not all(names.get(key) in whole.cells for key in (total, *parts)):
            continue
        total_now, parts_now = names[total], tuple(names[part] for part in parts)
        if (total_now, parts_now) not in have and _holds(whole, total_now, parts_now):
            whole.add_sum(total_now, parts_now)
            have.add((total_now, parts_now))
    for row in sorted(restated):
        _guard_small_changes(whole, row, release, policy)


def _guard_small_changes(whole: Arithmetic, row: CellKey, release: Release, policy: Policy) -> None:
    """Where a count that readers have moves by a few people, nothing of the row by group is printed again."""
    keys = [key for key in whole.cells if row_of(key) == row and key in release.counts]
    moves = {
        key: abs(Fraction(whole.cells[key].steps, whole.cells[key].per) - Fraction(said.true, said.per))
        for key in keys
        if (said := release.counts[key]).exact
    }
    highest = policy.threshold(stake_of(row))
    if not any(0 < move <= highest for move in moves.values()):
        return
    for key in keys:
        cell, said = whole.cells[key], release.counts[key]
        if not by_group(key) or cell.kind != "printed" or cell.kept or not cell.steps:
            continue
        if said.exact:
            around = highest * cell.per
            before = said.true * cell.per // said.per
            low, high = max(1, before - around), before + around
            if not low <= cell.steps <= high:
                continue  # it moved by many, and may be printed
            cell = with_reader(cell, low, high)
        whole.cells[key] = replace(cell, forced=True, known=False)


def _add_other_basis(whole: Arithmetic, mine: Cell, said: Said, *, is_average: bool) -> None:
    key, now = mine.key, whole.cells[mine.key]
    then = _merged(replace(_cell((*key, "before"), said), kept=said.exact), said)
    average, single = (then, now) if is_average else (now, then)
    if average.steps >= single.steps and then.key not in whole.cells:
        whole.add(then)
        whole.add(Cell((*key, "other year"), average.steps - single.steps, kind=IMPLIED))
        whole.add_sum(average.key, (single.key, (*key, "other year")))


def with_reader(cell: Cell, low: int, high: int) -> Cell:
    """The cell, of which a reader knows these ends as well."""
    if cell.reader is not None:
        low, high = max(low, cell.reader[0]), min(high, cell.reader[1])
    return replace(cell, reader=(low, high))


def _merged(cell: Cell, said: Said) -> Cell:
    if cell.kind == GAP or said.how in (IMPLIED, GAP):
        return cell
    factor = cell.per // said.per if cell.per >= said.per else 1
    low, high = said.low * factor, min(said.high * factor, CEILING)
    if low > 0 or high < CEILING:
        cell = with_reader(cell, low, high)
    return replace(
        cell,
        known=cell.known or said.exact,
        forced=cell.forced or (said.how == WITHHELD and bool(cell.steps)),
        guarded=cell.guarded or said.how == WITHHELD,
    )


def _cell(key: CellKey, said: Said) -> Cell:
    kind = said.how if said.how in (IMPLIED, GAP) else "released"
    return Cell(key, said.true, said.per, kind=kind)


def _same(cell: Cell, said: Said) -> bool:
    return cell.steps * said.per == said.true * cell.per


def _holds(whole: Arithmetic, total: CellKey, parts: tuple[CellKey, ...]) -> bool:
    cells = [whole.cells[key] for key in (total, *parts)]
    return len({cell.per for cell in cells}) == 1 and cells[0].steps == sum(c.steps for c in cells[1:])


def by_group(key: CellKey) -> bool:
    """Whether the count is of one ethnic group or state of knowledge, not of all."""
    return key[-1] not in ("", "people")
