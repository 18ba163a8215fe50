"""Where what a provider published differs from its own return in the warehouse.

The return's public edition is compared, never its true counts: a letter to a provider may be read by others. A figure is compared
with as many decimals as were published.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from wres_pipeline.commissioner.log_checks import Logged
from wres_pipeline.indicators.figure import Figure, half_up, number_shown
from wres_pipeline.reference import indicators


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that is not the same in both places. published, own: as they are printed."""

    indicator: str
    title: str
    group: str
    published: str
    own: str


def differences(published: Iterable[Logged], own: Sequence[Figure]) -> tuple[Difference, ...]:
    """The figures of a provider's year that are not what its own return says; those that only one side has are left out.

    own: the public edition of its return for that year.
    """
    found = {
        (one.indicator, one.measure, one.ethnic_group): one
        for one in own
        if one.state in ("value", "zero") and one.value is not None and not (one.cluster or one.band)
    }
    told = []
    for one in published:
        if one.value is None or one.indicator not in indicators.NUMBERS:
            continue
        rule = indicators.rule(one.indicator)
        measure = rule.ratio if one.unit == "ratio" else "percentage" if one.unit == "percent" else None
        mine = found.get((one.indicator, measure or "", one.ethnic_group))
        if mine is None or mine.value is None:
            continue
        places = max(0, -int(Decimal(repr(one.value)).normalize().as_tuple().exponent))
        bases = one.base, mine.denominator if one.unit == "percent" else None
        apart = half_up(one.value, places) != half_up(mine.value, places)
        if apart or (None not in bases and bases[0] != bases[1]):
            told.append(
                Difference(
                    one.indicator, rule.title, one.ethnic_group or "all staff",
                    _shown(number_shown(one.value, one.unit), bases[0]), _shown(number_shown(mine.value, one.unit), bases[1]),
                )
            )  # fmt: skip
    return tuple(told)


def _shown(words: str, base: object) -> str:
    return f"{words} of {base:,}" if isinstance(base, int) else words
