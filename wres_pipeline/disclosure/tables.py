"""Tables of counts that are published beside the figures: the ethnicity data-quality report's and others of
its kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from wres_pipeline.disclosure.figure_cells import people_key
from wres_pipeline.disclosure.proof.cells import CellKey
from wres_pipeline.indicators.figure import STATES, Printed, printed

RowKey = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountTable:
    """A public table of counts.

    name: unique within a publication. counts: the number of people (or of records) at each key.
    sums: (key of a total, keys of its parts): only sums that hold for the counts given.
    same: key -> the count of the figures it is (`links.key_of` of that figure), such as the headcount of
        31 March or the staff of Unknown ethnicity.
    known: keys whose counts everybody has from elsewhere: they are printed whatever their size and the reader
    knows them. kept: keys that are printed whatever their size, rounded where the rule rounds. forced: keys that must be
    withheld, as a table already passed round withholds them.
    implied: keys that the table does not show, and a reader can subtract their way to: guarded where they are small.
    A table ties to another through `same`, or by sharing a name: the counts of one name and key
    are one count.
    """

    name: str
    counts: Mapping[RowKey, int]
    sums: tuple[tuple[RowKey, tuple[RowKey, ...]], ...] = ()
    same: Mapping[RowKey, CellKey] = field(default_factory=dict)
    known: frozenset[RowKey] = frozenset()
    kept: frozenset[RowKey] = frozenset()
    costs: Mapping[RowKey, float] = field(default_factory=dict)
    forced: frozenset[RowKey] = frozenset()
    implied: frozenset[RowKey] = frozenset()

    def cell_key(self, key: RowKey) -> CellKey:
        """The count's place in the whole publication's arithmetic."""
        return self.same.get(key, ("table", self.name, *key))


@dataclass(frozen=True, slots=True)
class ProtectedTable:
    """The table as it may be published: None where a count is withheld (under the rounding rule: rounded).

    whole: rows withheld with their whole breakdown, zeros too; readers are told of which tables that is so.
    """

    name: str
    counts: Mapping[RowKey, int | None]
    whole: frozenset[RowKey] = frozenset()

    def shown(self, key: RowKey) -> Printed:
        """The text every output prints."""
        count = self.counts[key]
        return Printed(STATES["withheld"]) if count is None else printed(count, "people")

    def share_shown(self, key: RowKey, of: RowKey) -> Printed:
        """The percentage of one count in another, as every output prints it: withheld where either count is."""
        top, bottom = self.counts[key], self.counts[of]
        if top is None or bottom is None:
            return Printed(STATES["withheld"])
        if not bottom:
            return Printed(STATES["not_calculable"])
        return printed(Fraction(100 * top, bottom), "percent")


#: keys of `declaration_table`
PEOPLE, UNKNOWN, RECORDED = ("people",), ("unknown",), ("recorded",)
DECLARED, DECLINED, NOT_RECORDED, UNMAPPED = (
    ("declared",),
    ("declined",),
    ("not_recorded",),
    ("unmapped",),
)
#: the two rates that every output has to show if it can
_COST_RATE = 40.0


def declaration_table(
    organisation_code: str, reporting_year: int, states: Mapping[str, int], name: str = "declaration"
) -> CountTable:
    """The workforce of 31 March by state of knowledge, tied to the headcount and the Unknown of the figures.

    states: people by ethnic state (`declared`, `declined`, `not_recorded`, `unmapped`; one left out has
    none). What the public edition says of recorded and declared is to be read from the protected table,
    because the headcount and a rate together give back how many are of Unknown ethnicity.
    """
    by_state: dict[RowKey, int] = {
        key: int(states.get(key[0], 0)) for key in (DECLARED, DECLINED, NOT_RECORDED, UNMAPPED)
    }
    unknown = (DECLINED, NOT_RECORDED, UNMAPPED)
    day = date(reporting_year, 3, 31)
    return CountTable(
        f"{name} {organisation_code} {reporting_year}",
        {
            **by_state,
            PEOPLE: sum(by_state.values()),
            UNKNOWN: sum(by_state[key] for key in unknown),
            RECORDED: by_state[DECLARED] + by_state[DECLINED],
        },
        sums=(
            (PEOPLE, (DECLARED, UNKNOWN)),
            (UNKNOWN, unknown),
            (RECORDED, (DECLARED, DECLINED)),
            (PEOPLE, (RECORDED, NOT_RECORDED, UNMAPPED)),
        ),
        same={
            key: people_key(organisation_code, day, "", "", key[0])
            for key in (*by_state, PEOPLE, UNKNOWN, RECORDED)
        },
        costs={DECLARED: _COST_RATE, RECORDED: _COST_RATE},
    )
