"""What editions already published say of the counts that this edition prints again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from wres_pipeline.disclosure import figure_cells
from wres_pipeline.disclosure.cells import CellKey
from wres_pipeline.disclosure.policy import Policy
from wres_pipeline.indicators.figure import Figure

_PRINTED = ("value", "zero")


@dataclass(frozen=True, slots=True)
class Earlier:
    """Counts that earlier editions printed or withheld.

    printed: counts every reader already has, exactly. withheld: counts that stay withheld.
    averages: of indicator 3, what an edition printed of the same year under the other basis, with whether it
    is the
        two-year average: (count, is the average).
    A year of which any count has changed since is another set of numbers: nothing of it is taken as known,
    but what was withheld of it stays withheld.
    """

    printed: Mapping[CellKey, Fraction] = field(default_factory=dict)
    withheld: frozenset[CellKey] = frozenset()
    averages: Mapping[CellKey, tuple[Fraction, bool]] = field(default_factory=dict)

    @classmethod
    def of(cls, figures: Sequence[Figure], earlier: Sequence[Figure], policy: Policy) -> Earlier:
        """What the earlier editions say of the counts of `figures`."""
        now = {figure_cells.key_of(f): f for f in figures if figure_cells.is_count(f) and f.state in _PRINTED}
        printed: dict[CellKey, Fraction] = {}
        withheld: set[CellKey] = set()
        averages: dict[CellKey, tuple[Fraction, bool]] = {}
        restated: set[CellKey] = set()
        for figure in earlier:
            key = figure_cells.key_of(figure)
            mine = now.get(key) if figure_cells.is_count(figure) else None
            if mine is None:
                continue
            count = Fraction(figure.value or 0)
            if figure.state == "withheld":
                withheld.add(key)
            elif figure.state not in _PRINTED:
                continue
            elif figure_cells.is_rolling(figure) != figure_cells.is_rolling(mine):
                averages[key] = (count, figure_cells.is_rolling(figure))
            elif policy.method == "round" and count == policy.rounded(Fraction(mine.value or 0)):
                continue  # a rounded count is no exact knowledge
            elif count == mine.value:
                printed[key] = count
            else:
                restated.add(key[:2])
        known = {
            key: count for key, count in printed.items() if key[:2] not in restated and key not in withheld
        }
        return cls(known, frozenset(withheld), averages)
