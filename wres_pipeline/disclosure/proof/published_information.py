"""One consistent set of unknown counts, and all that is public about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wres_pipeline.disclosure import figure_cells
from wres_pipeline.disclosure.proof.cells import CEILING, CellKey
from wres_pipeline.disclosure.proof.intruder import Contradiction, Ranges, ranges
from wres_pipeline.disclosure.proof.intruder_bounds import rounded_bounds
from wres_pipeline.disclosure.register.releases import GAP, IMPLIED, Release, Said, apart_name, by_group
from wres_pipeline.disclosure.register.releases import WITHHELD as RELEASE_WITHHELD
from wres_pipeline.disclosure.rules.policy import Policy
from wres_pipeline.disclosure.rules.stakes import stake_of
from wres_pipeline.disclosure.tables import CountTable, ProtectedTable
from wres_pipeline.indicators.figure import UNPLACED, WHOLE_BREAKDOWN, Figure

if TYPE_CHECKING:
    import numpy as np
    import scipy.sparse

#: how far a printed, unrounded percentage may be from the exact one (the digits a float carries)
_EXACT = 1e-7
_PRINTED = ("value", "zero")


@dataclass(slots=True)
class _Share:
    """value − half ≤ 100 × top ÷ bottom ≤ value + half."""

    top: CellKey
    bottom: CellKey
    value: float


class PublishedInformation:
    """What is public of the counts of one organisation and year (or of several that a table ties)."""

    def __init__(self, figures: Sequence[Figure], policy: Policy) -> None:
        self.policy = policy
        self.name = ""
        self.bounds: dict[CellKey, tuple[float, float]] = {}
        self.withheld: dict[CellKey, bool] = {}
        self.shares: list[_Share] = []
        self.not_all: set[CellKey] = set()
        self.table_sums: list[tuple[CellKey, tuple[CellKey, ...]]] = []
        self.figures: list[Figure] = []
        self.per: dict[CellKey, int] = {}
        self.untied: frozenset[CellKey] = frozenset()
        self.read(figures)

    @classmethod
    def together(cls, worlds: Iterable[PublishedInformation], policy: Policy) -> PublishedInformation:
        """Several worlds as one, each with its own counts (the first of a year keeps the year's names)."""
        one = cls((), policy)
        for number, world in enumerate(worlds):
            taken = set(world.bounds) & set(one.bounds)
            if not taken:
                one.merge(world)
            else:
                one.merge(world.renamed(f"edition {number}"))
        return one

    def merge(self, other: PublishedInformation) -> None:
        """Takes over what another world knows."""
        self.name = self.name or other.name
        self.bounds |= other.bounds
        self.withheld |= other.withheld
        self.shares += other.shares
        self.not_all |= other.not_all
        self.table_sums += other.table_sums
        self.figures += other.figures
        self.per |= other.per

    def renamed(self, suffix: str) -> PublishedInformation:
        """The same knowledge about other unknowns."""
        twin = PublishedInformation((), self.policy)

        def new(key: CellKey) -> CellKey:
            return (f"{key[0]} {suffix}", *key[1:])

        twin.name, twin.figures = self.name, []
        twin.bounds = {new(key): value for key, value in self.bounds.items()}
        twin.withheld = {new(key): value for key, value in self.withheld.items()}
        twin.shares = [_Share(new(s.top), new(s.bottom), s.value) for s in self.shares]
        twin.not_all = {new(key) for key in self.not_all}
        twin.per = {new(key): value for key, value in self.per.items()}
        return twin

    def join(self, figures: Sequence[Figure]) -> bool:
        """Takes in another edition of the year; False, and nothing taken, when its numbers are others."""
        other = PublishedInformation(figures, self.policy)
        shared = set(self.bounds) & set(other.bounds)
        for key in shared:
            if self.per.get(key, 1) != other.per.get(key, 1):
                return False
            mine, theirs = self.bounds[key], other.bounds[key]
            if max(mine[0], theirs[0]) > min(mine[1], theirs[1]):
                return False
        for key in shared:
            mine, theirs = self.bounds[key], other.bounds[key]
            other.bounds[key] = (max(mine[0], theirs[0]), min(mine[1], theirs[1]))
        self.merge(other)
        return True

    def read(self, figures: Sequence[Figure]) -> None:
        """Takes in the figures of one edition."""
        self.figures += figures
        for figure in figures:
            self.name = self.name or f"{figure.organisation_code} {figure.reporting_year}"
            if figure_cells.is_count(figure):
                self._read_count(figure)
        for figure in figures:
            if not figure_cells.is_count(figure) and figure.state in _PRINTED:
                keys = figure_cells.needs(figure)
                for key in keys:
                    if not self._there(key):
                        self.bounds.setdefault(key, (0.0, float(CEILING)))
                if figure.unit == "percent" and keys and figure.value is not None:
                    self.shares.append(_Share(keys[0], keys[1], float(figure.value)))
                    for key, count in zip(keys, (figure.numerator, figure.denominator), strict=True):
                        if count is not None:
                            self._know(key, *self._printed(float(count), key))

    def _read_count(self, figure: Figure) -> None:
        key = figure_cells.key_of(figure)
        self.per[key] = 2 if figure_cells.is_rolling(figure) else 1
        if figure.state in _PRINTED and figure.value is not None:
            self._know(key, *self._printed(float(figure.value), key))
        elif figure.state == "withheld":
            whole = figure.has(WHOLE_BREAKDOWN)
            self.withheld[key] = whole
            if figure.range_low is not None and figure.range_high is not None:
                self._know(key, figure.range_low * self.per[key], figure.range_high * self.per[key])
            else:
                self._know(key, 0.0 if whole else 1.0, float(CEILING))
        if figure.bound_low is not None and figure.bound_high is not None:
            self._know(key, figure.bound_low * self.per[key], figure.bound_low * self.per[key])
            unknown = (*key[:-1], "Unknown")
            more = (figure.bound_high - figure.bound_low) * self.per[key]
            self._know(unknown, more, more)
        if figure.has(UNPLACED):
            self.not_all.add(key)

    def _printed(self, count: float, key: CellKey) -> tuple[float, float]:
        per = self.per.get(key, 1)
        if self.policy.method == "round" and not figure_cells.is_decided(key, self.policy):
            return rounded_bounds(int(count), per, self.policy, stake_of(key))
        return count * per, count * per

    def _know(self, key: CellKey, low: float, high: float) -> None:
        mine = self.bounds.get(key, (0.0, float(CEILING)))
        self.bounds[key] = (max(low, mine[0]), min(high, mine[1]))

    def add_table(self, table: ProtectedTable, shape: CountTable) -> None:
        """Takes in a table of counts and the sums it obeys."""
        for row in shape.implied:
            self._know(shape.cell_key(row), 0.0, float(CEILING))
        for row, count in table.counts.items():
            key = shape.cell_key(row)
            if count is None:
                self.withheld[key] = self.withheld.get(key, False) or row in table.whole
                self._know(key, 0.0 if self.withheld[key] else 1.0, float(CEILING))
            elif row in shape.known:
                self._know(key, float(count), float(count))
            elif self.policy.method == "round" and self.bounds.get(key) == (count, count):
                continue  # printed as it is, because a release has it
            else:
                self._know(key, *self._printed(float(count), key))
        for total, parts in shape.sums:
            self.table_sums.append((shape.cell_key(total), tuple(shape.cell_key(part) for part in parts)))

    def add_release(
        self,
        release: Release,
        rows_apart: frozenset[CellKey] = frozenset(),
        origin: Mapping[CellKey, str] | None = None,
    ) -> list[tuple[CellKey, int]]:
        """Takes in what was released before; gives the counts whose small move both print, with the move.

        A row of counts that cannot be the same (other numbers, or withheld now where it was printed) is another set of
        people, and stands beside the row of this edition. rows_apart: rows that are known to be another set. origin: of a row,
        the first release that tells of the same people.
        """
        own = set(self.bounds)
        other = {key[:-1] for key, said in release.counts.items() if key in own and self._differs(key, said)}
        other |= rows_apart
        moved = []
        names: dict[CellKey, CellKey] = {}
        for key, said in release.counts.items():
            rest = said.how in (IMPLIED, GAP)
            apart = key[:-1] in other or (rest and bool(other))
            name = apart_name(key, origin or {}, release) if apart else key
            names[key] = name
            if rest:
                self._know(name, 0.0, float(CEILING))
                continue
            self.per.setdefault(name, said.per)
            factor = self.per[name] / said.per
            self._know(name, said.low * factor, min(said.high * factor, float(CEILING)))
            if said.how == RELEASE_WITHHELD:
                self.withheld.setdefault(name, said.low == 0)
            if apart and key in own and said.exact and by_group(key):
                low, high = self.bounds[key]
                move = round(low / self.per.get(key, 1) - said.low / said.per)
                least = self.policy.threshold(stake_of(key)) + 1
                if low == high and 0 < abs(move) < least and self._is_guarded(key):
                    moved.append((key, move))
        for total, parts in release.sums:
            self.table_sums.append((names[total], tuple(names[part] for part in parts)))
        return moved

    def _is_guarded(self, key: CellKey) -> bool:
        return not figure_cells.is_decided(key, self.policy) and self.policy.method != "none"

    def _differs(self, key: CellKey, said: Said) -> bool:
        if said.how in (IMPLIED, GAP):
            return False
        if said.exact and key in self.withheld:
            return True
        factor = self.per.get(key, 1) / said.per
        low, high = self.bounds[key]
        return max(low, said.low * factor) > min(high, said.high * factor)

    def leaks(self) -> list[tuple[str, ...]]:
        """Keys of the figures that are printed, or keep an interval or bounds, though a count under them is
        withheld.
        """
        found = []
        for figure in self.figures:
            hidden = [key for key in figure_cells.needs(figure) if key in self.withheld]
            if not hidden or figure.state == "withheld":
                continue
            # whether an extract was there is no count: such a state tells nothing of the counts withheld beside it
            follows = figure.state in ("not_calculable", "not_collected", "not_required") or (
                figure.unit == "percent"
                and figure.state == "zero"
                and hidden == [figure_cells.needs(figure)[1]]
            )
            ends = (figure.interval_low, figure.interval_high, figure.bound_low, figure.bound_high)
            numbers = (*ends, figure.denominator, figure.verdict or None, figure.detectable)
            if not follows or any(number is not None for number in numbers):
                found.append(tuple(str(part) for part in figure.key))
        return found

    def close_ranges(self) -> list[tuple[CellKey, float, float]]:
        """The withheld counts that can be placed more closely than the policy's width, with their ranges.

        Raises Contradiction when no counts at all could be behind what is printed.
        """
        found, keys, place = self._solved(list(self.withheld), self.policy.width + 1)
        return [
            (key, float(found.low[place[key]]), float(found.high[place[key]]))
            for key in keys
            if key in self.withheld
            and found.spread(place[key]) < self.policy.width
            # where a whole breakdown is withheld, a nought that shows through is what every other row prints
            and not (self.withheld[key] and not found.high[place[key]])
        ]

    def ranges_of(self, wanted: Iterable[CellKey]) -> dict[CellKey, tuple[float, float]]:
        """The lowest and highest that everything public leaves for some counts, in steps; also for tiers, which are sums of
        bands. Those that nothing is public about are left out.
        """
        wanted = [key for key in wanted if self._there(key)]
        found, _, place = self._solved(wanted, None)
        return {key: (float(found.low[place[key]]), float(found.high[place[key]])) for key in wanted}

    def _there(self, key: CellKey) -> bool:
        if key[2:3] != ("tier",):
            return key in self.bounds
        parts = figure_cells.tier_parts(key)
        if not key[3]:
            there = [self._there(part) for part in parts]
        else:
            there = [part in self.bounds for part in parts]
        if all(there):
            self.bounds.setdefault(key, (0.0, float(CEILING)))
        return all(there)

    def _solved(
        self, wanted: Sequence[CellKey], enough: int | None
    ) -> tuple[Ranges, list[CellKey], dict[CellKey, int]]:
        keys = list(self.bounds)
        place = {key: column for column, key in enumerate(keys)}
        rows = _Rows(place)
        low = [self.bounds[key][0] for key in keys]
        high = [self.bounds[key][1] for key in keys]

        def column(bottom: float, top: float) -> int:
            low.append(bottom)
            high.append(top)
            return len(low) - 1

        gaps = [(column(0, CEILING), *pair) for pair in figure_cells.limits(self._six(keys))]
        for tie in self._ties(keys):
            rest = [] if tie.whole and tie.total not in self.not_all else [column(0, CEILING)]
            rows.add(tie.total, tie.parts, rest)
        months = [tie for tie in figure_cells.month_ties(keys) if tie[0] not in self.untied]
        for total, parts in [*self.table_sums, *months]:
            rows.add(total, parts, [])
        for gap, larger, smaller in gaps:
            if self.per.get(larger, 1) == self.per.get(smaller, 1):
                rows.add(larger, (smaller,), [gap])
        import numpy as np

        lows, highs = np.array(low, dtype=float), np.array(high, dtype=float)
        targets = [place[key] for key in wanted]
        return self._solve(rows, lows, highs, targets, place, enough), keys, place

    def _solve(
        self,
        rows: _Rows,
        low: np.ndarray,
        high: np.ndarray,
        targets: list[int],
        place: dict[CellKey, int],
        enough: int | None,
    ) -> Ranges:
        if (low > high).any():
            raise Contradiction("one count stands in the tables with two values")
        matrix = rows.matrix(len(low))
        return ranges(
            matrix,
            low,
            high,
            targets,
            enough=enough,
            rows_at_most=self._share_rows(place, low, high),
        )

    def _share_rows(
        self, place: dict[CellKey, int], low: np.ndarray, high: np.ndarray
    ) -> tuple[scipy.sparse.csr_matrix, np.ndarray] | None:
        import numpy as np
        import scipy.sparse

        if self.policy.method == "round":
            return None  # every percentage is that of the rounded counts, which are known already
        entries: list[tuple[int, int, float]] = []
        for share in self.shares:
            top, bottom = place[share.top], place[share.bottom]
            if low[top] == high[top] and low[bottom] == high[bottom]:
                continue
            row = 2 * (len(entries) // 4)
            per = self.per.get(share.top, 1) / self.per.get(share.bottom, 1)
            entries += [
                (row, top, 100.0),
                (row, bottom, -(share.value + _EXACT) * per),
                (row + 1, top, -100.0),
                (row + 1, bottom, (share.value - _EXACT) * per),
            ]
        if not entries:
            return None
        at, columns, values = zip(*entries, strict=True)
        count = max(at) + 1
        matrix = scipy.sparse.csr_matrix((values, (at, columns)), shape=(count, len(low)))
        return matrix, np.zeros(count)

    def _ties(self, keys: list[CellKey]) -> list[figure_cells.Tie]:
        return figure_cells.ties(self._six(keys))

    @staticmethod
    def _six(keys: Iterable[CellKey]) -> list[CellKey]:
        return [key for key in keys if len(key) == 6 and key[0] != "table"]


class _Rows:
    def __init__(self, place: dict[CellKey, int]) -> None:
        self.place = place
        self.entries: list[tuple[int, int, float]] = []
        self.count = 0

    def add(self, total: CellKey, parts: Iterable[CellKey], further: list[int]) -> None:
        """total = the sum of parts and of further columns."""
        self.entries.append((self.count, self.place[total], -1.0))
        self.entries += [(self.count, self.place[part], 1.0) for part in parts]
        self.entries += [(self.count, column, 1.0) for column in further]
        self.count += 1

    def matrix(self, width: int) -> scipy.sparse.csr_matrix:
        """The sums as rows."""
        import scipy.sparse

        if not self.entries:
            return scipy.sparse.csr_matrix((0, width))
        rows, columns, values = zip(*self.entries, strict=True)
        return scipy.sparse.csr_matrix((values, (rows, columns)), shape=(self.count, width))
