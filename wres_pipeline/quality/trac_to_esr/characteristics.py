"""The protected characteristics besides ethnicity: do their answers arrive in ESR, and do they stop together?

From counts and months alone (`counted_gap`): of no answer but ethnicity is anything kept but that there is one. Breaks
within a month of each other are told as one: one fault has one cause. [ours]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from wres_pipeline.quality.figure import Place, QualityFigure
from wres_pipeline.quality.trac_to_esr import break_point, counted_gap
from wres_pipeline.quality.trac_to_esr.break_point import Break
from wres_pipeline.quality.trac_to_esr.gap import GapAccount
from wres_pipeline.reference.gap import ETHNICITY, TITLES


@dataclass(frozen=True, slots=True)
class Arriving:
    """One characteristic: what its months say of a break, its share of answers that arrived (0-1) before it and since, and
    counts behind it. before, since: of all months where nothing broke; None where nobody answered."""

    characteristic: str
    found: Break
    before: float | None
    since: float | None
    answered_in_trac: int
    known_in_esr: int

    @property
    def title(self) -> str:
        """As readers know it."""
        return TITLES.get(self.characteristic, "Ethnicity")


def arriving(account: GapAccount, ethnicity: Break) -> list[Arriving]:
    """Ethnicity first (its break as the account dates it), then every other characteristic both extracts hold."""
    if not account.others:
        return []
    made = [_one(ETHNICITY, account.counted, ethnicity)]
    return made + [
        _one(name, account.others[name], counted_gap.found_break(account.others[name]))
        for name in TITLES
        if name in account.others
    ]


def _one(name: str, months: Sequence[counted_gap.CountedMonth], found: Break) -> Arriving:
    since = [m for m in months if found.month is None or m.start_month >= found.month]
    before = [m for m in months if found.month is None or m.start_month < found.month]
    return Arriving(
        name,
        found,
        counted_gap.arrival(before).share,
        counted_gap.arrival(since).share,
        sum(m.trac_declared for m in months),
        sum(m.esr_declared for m in months),
    )


def in_words(held: Sequence[Arriving]) -> str:
    """What stopped and what did not, in a sentence or two; "" where there is nothing beside ethnicity to tell of."""
    broken = [one for one in held if one.found.open and one.found.month]
    if len(held) < 2:
        return ""
    well = [one.title for one in held if one.found.verdict in ("no_break", "repaired")]
    still = f" {_listed(well)} still {_verb(well, 'arrives', 'arrive')}." if well and broken else ""
    if not broken:
        return f"None of {_listed([one.title for one in held])} has stopped arriving." if well else ""
    told = []
    for group in _at_once(broken):
        names, when = [one.title for one in group], f"{group[0].found.month:%B %Y}"
        if len(names) > 1:
            told.append(f"{_listed(names)} stopped arriving together, in {when}: one break, with one cause.")
        else:
            alone = f"{names[0]} alone" if len(broken) == 1 else names[0]
            told.append(f"{alone} stopped arriving, in {when}.")
    return " ".join(told) + still


def _at_once(broken: Sequence[Arriving]) -> list[list[Arriving]]:
    """Breaks within a month of the first of their group, the earliest group first; ethnicity's month counts where it is in."""
    groups: list[list[Arriving]] = []
    for one in sorted(broken, key=lambda each: each.found.month or date.max):
        if groups and _apart(groups[-1][0].found.month, one.found.month) <= 1:
            groups[-1].append(one)
        else:
            groups.append([one])
    order = [ETHNICITY, *TITLES]
    return [sorted(group, key=lambda each: order.index(each.characteristic)) for group in groups]


def _apart(one: date | None, other: date | None) -> int:
    if one is None or other is None:
        return 99
    return abs((one.year - other.year) * 12 + one.month - other.month)


def _listed(names: Sequence[str]) -> str:
    lower = [name if i == 0 else name[0].lower() + name[1:] for i, name in enumerate(names)]
    return lower[0] if len(lower) == 1 else f"{', '.join(lower[:-1])} and {lower[-1]}"


def _verb(names: Sequence[str], one: str, several: str) -> str:
    return one if len(names) == 1 else several


def figures(place: Place, held: Sequence[Arriving]) -> list[QualityFigure]:
    """The share of each characteristic that arrived before and since its break, its month, and all of them in a sentence."""
    words = in_words(held)
    if not words:
        return []
    made = [replace(place.value("characteristics", "together", None, "percent"), shown=words)]
    for one in held:
        at = {"breakdown": "characteristic", "breakdown_value": one.title, "verdict": one.found.verdict}
        note = f"counted, not linked; {one.answered_in_trac:,} answered in TRAC, {one.known_in_esr:,} known in ESR"
        for measure, share in (("arrived_before", one.before), ("arrived_since", one.since)):
            if measure == "arrived_before" or one.found.month is not None:
                value = None if share is None else 100 * share
                made.append(place.value("characteristics", measure, value, "percent", **at, note=note))
        said = break_point.VERDICTS[one.found.verdict].replace("Ethnicity", "It")
        when = f"{said}: {one.found.month:%B %Y}" if one.found.month else said
        made.append(
            replace(place.value("characteristics", "month_of_break", None, "percent", **at), shown=when)
        )
    return made
