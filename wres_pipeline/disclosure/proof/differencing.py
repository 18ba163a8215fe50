"""What a reader of two periods' circulated tables can work out of the change between them.

The reader has both tables as printed: counts rounded, some withheld, the sums that hold within each, counts
that both print of one day, and exact counts of the public return where it prints the same. The change of a
count from one period to the next must stay as open as the policy keeps a withheld count: a change of one or
two people tells of them as a small count does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from wres_pipeline.disclosure.proof.audit import Breach
from wres_pipeline.disclosure.proof.cells import CEILING
from wres_pipeline.disclosure.proof.intruder_bounds import rounded_bounds
from wres_pipeline.disclosure.rules.policy import Policy
from wres_pipeline.disclosure.tables import RowKey


@dataclass(frozen=True, slots=True)
class Edition:
    """One period's table as its readers have it.

    printed: counts as printed, rounded. stakes: what is at stake in a count, where it has a rule of its own. withheld: keys of counts shown as withheld. sums: (total, parts) over
    any keys, printed or not. exact: counts that everybody has exactly from elsewhere.
    """

    printed: Mapping[RowKey, int]
    withheld: frozenset[RowKey] = frozenset()
    sums: tuple[tuple[RowKey, tuple[RowKey, ...]], ...] = ()
    exact: Mapping[RowKey, int] = field(default_factory=dict)
    stakes: Mapping[RowKey, str] = field(default_factory=dict)

    def every(self) -> list[RowKey]:
        """Every count there is, printed or only part of a sum."""
        tied = (key for total, parts in self.sums for key in (total, *parts))
        return list(dict.fromkeys([*self.printed, *sorted(self.withheld), *self.exact, *tied]))

    def bounds(self, key: RowKey, policy: Policy) -> tuple[float, float]:
        """What is known of a count before any sums."""
        if key in self.exact:
            return float(self.exact[key]), float(self.exact[key])
        if key in self.printed:
            return rounded_bounds(self.printed[key], 1, policy, self.stakes.get(key, ""))
        return (1.0 if key in self.withheld else 0.0), float(CEILING)


Target = tuple[str, RowKey]
"""`change`, `earlier` or `later`, and a key."""


def close_changes(
    earlier: Edition, later: Edition, policy: Policy, same: Iterable[tuple[RowKey, RowKey]] = ()
) -> list[Breach]:
    """The small changes, and the withheld counts of either table, that a reader of both can place too closely.

    same: (key of the earlier, key of the later table) of counts that are one count. A change is small when
    whatever it can be is a count that the policy withholds; no change at all is a nought, and noughts are
    printed. What the exact counts give away by themselves is not laid to the tables. A breach's key begins
    with `change`, `earlier` or `later`. Raises Contradiction when the tables cannot both be true.
    """
    one = {new: old for old, new in same}
    targets: list[Target] = [
        ("change", key)
        for key in sorted(earlier.printed.keys() & later.printed.keys())
        if one.get(key) != key
    ]
    targets += [("earlier", key) for key in sorted(earlier.withheld)]
    targets += [("later", key) for key in sorted(later.withheld)]
    found = _ranges(earlier, later, policy, one, targets)
    stakes = {**earlier.stakes, **later.stakes}
    close = [target for target, ends in found.items() if _too_close(target, ends, policy, stakes)]
    if close and (earlier.exact or later.exact):
        first, second = (replace(e, printed={}, withheld=frozenset()) for e in (earlier, later))
        already = _ranges(first, second, policy, one, close)
        close = [target for target in close if not _too_close(target, already[target], policy, stakes)]
    return [Breach((kind, *key), *found[kind, key]) for kind, key in close]


def _too_close(
    target: Target, ends: tuple[float, float], policy: Policy, stakes: Mapping[RowKey, str]
) -> bool:
    low, high = ends
    if high - low >= policy.width:
        return False
    return target[0] != "change" or (
        max(abs(low), abs(high)) <= policy.threshold(stakes.get(target[1], "")) and not low == high == 0
    )


def _ranges(
    earlier: Edition, later: Edition, policy: Policy, one: Mapping[RowKey, RowKey], targets: Iterable[Target]
) -> dict[Target, tuple[float, float]]:
    import numpy as np
    import scipy.sparse

    from wres_pipeline.disclosure.proof.intruder import ranges

    place: dict[tuple[str, RowKey], int] = {}
    low: list[float] = []
    high: list[float] = []

    def column(bottom: float, top: float) -> int:
        low.append(bottom)
        high.append(top)
        return len(low) - 1

    for key in earlier.every():
        place["earlier", key] = column(*earlier.bounds(key, policy))
    for key in later.every():
        bottom, top = later.bounds(key, policy)
        old = place.get(("earlier", one[key])) if key in one else None
        if old is not None:
            at = place["later", key] = old
            low[at], high[at] = max(low[at], bottom), min(high[at], top)
        else:
            place["later", key] = column(bottom, top)
    entries: list[tuple[int, int, float]] = []
    row = 0
    for name, edition in (("earlier", earlier), ("later", later)):
        for total, parts in edition.sums:
            entries.append((row, place[name, total], -1.0))
            entries += [(row, place[name, part], 1.0) for part in parts]
            row += 1
    columns: dict[Target, int] = {}
    for kind, key in targets:
        sides = [place.get((name, key)) for name in ("earlier", "later")]
        if kind != "change":
            at_once = sides[0] if kind == "earlier" else sides[1]
            columns[kind, key] = column(0.0, float(CEILING)) if at_once is None else at_once
            continue
        columns[kind, key] = change = column(-float(CEILING), float(CEILING))
        if sides[0] is not None and sides[1] is not None:
            entries += [(row, change, -1.0), (row, sides[1], 1.0), (row, sides[0], -1.0)]
            row += 1
    if not columns:
        return {}
    values = [value for _, _, value in entries]
    where = [r for r, _, _ in entries], [c for _, c, _ in entries]
    matrix = scipy.sparse.csr_matrix((values, where), shape=(row, len(low)))
    found = ranges(matrix, np.array(low), np.array(high), sorted(columns.values()), enough=policy.width + 1)
    return {target: (float(found.low[c]), float(found.high[c])) for target, c in columns.items()}
