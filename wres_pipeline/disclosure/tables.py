"""Tables of counts that are published beside the figures: the ethnicity data-quality report's and others of
its kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wres_pipeline.disclosure.arithmetic import CellKey

RowKey = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountTable:
    """A public table of counts.

    name: unique within a publication. counts: the number of people (or of records) at each key.
    sums: (key of a total, keys of its parts): only sums that hold for the counts given.
    same: key -> the count of the figures it is (`links.key_of` of that figure), such as the headcount of
        31 March or the staff of Unknown ethnicity.
    known: keys whose counts everybody has from elsewhere: they are printed whatever their size and the reader
    knows them. A table ties to another through `same`, or by sharing a name: the counts of one name and key
    are one count.
    """

    name: str
    counts: Mapping[RowKey, int]
    sums: tuple[tuple[RowKey, tuple[RowKey, ...]], ...] = ()
    same: Mapping[RowKey, CellKey] = field(default_factory=dict)
    known: frozenset[RowKey] = frozenset()

    def cell_key(self, key: RowKey) -> CellKey:
        """The count's place in the whole publication's arithmetic."""
        return self.same.get(key, ("table", self.name, *key))


@dataclass(frozen=True, slots=True)
class ProtectedTable:
    """The table as it may be published: None where a count is withheld (under the rounding rule: rounded)."""

    name: str
    counts: Mapping[RowKey, int | None]

    def shown(self, key: RowKey) -> str:
        """The text every output prints."""
        count = self.counts[key]
        return "withheld" if count is None else f"{count:,}"
