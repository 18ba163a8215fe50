"""How low and how high a figure can be, whichever group each person of a group not known belongs to.

Closed forms. A ratio of two likelihoods rises as successes come to the group above or leave the group below, and as
failures do the reverse; so it is highest with all unknown successes above and all unknown failures below, and lowest
the other way round. Where that split leaves a group with nobody in it, the splits one person away are looked at: no
other can be further out. [ours; held against every split of small tables in docs/evidence/extremes.md]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import product

Exact = Fraction | int
Range = tuple[Fraction | None, Fraction | None]
"""Lowest and highest, both attained. None for an end that is open: a split exists in which something other than 0
would be divided by 0. Both None also where no split at all gives a value."""

NOTHING: Range = (None, None)
_UNBOUNDED = object()


def likelihood(successes: Exact, trials: Exact, unknown: tuple[Exact, Exact], *, tied: bool = True) -> Range:
    """The share of a group that succeeded, successes ÷ trials, as a fraction.

    `unknown` is (successes, trials) of those not known. `tied`: the successes are among the trials, person for
    person; else they move by themselves (cases of people who have left).
    """
    more, failures = _movable(unknown, tied)

    def value(split: tuple[Exact, Exact]) -> object:
        top, bottom = _moved((successes, trials), split, tied)
        return Fraction(top) / bottom if bottom else None

    return _ends(_near(more, failures), value)


def ratio(
    above: tuple[Exact, Exact],
    below: tuple[Exact, Exact],
    unknown: tuple[Exact, Exact],
    *,
    tied: bool = True,
) -> Range:
    """The likelihood of the group above ÷ that of the group below; each argument is (successes, trials)."""
    more, failures = _movable(unknown, tied)

    def value(split: tuple[Exact, Exact]) -> object:
        s1, n1 = _moved(above, split, tied)
        s2, n2 = _moved(below, (more - split[0], failures - split[1]), tied)
        return _quotient(s1 * n2, n1 * s2) if n1 and n2 else None

    return _ends(_near(more, failures), value)


def odds_ratio(higher: tuple[Exact, Exact, Exact], lower: tuple[Exact, Exact, Exact]) -> Range:
    """(first higher ÷ first lower) ÷ (second higher ÷ second lower); each tier is (first, second, unknown)."""
    (a, b, u), (c, d, v) = higher, lower

    def value(split: tuple[Exact, Exact]) -> object:
        up, down = split
        return _quotient((a + up) * (d + v - down), (c + down) * (b + u - up))

    return _ends(_near(u, v), value)


def share(count: Exact, unknown: Exact, everybody: Exact) -> Range:
    """The share of a group in a total that counts those not known: none of them, and all."""
    if not everybody:
        return NOTHING
    return Fraction(count) / everybody, Fraction(count + unknown) / everybody


def difference(first: Range, second: Range) -> Range:
    """What first − second can be where the two are open independently of each other."""
    low1, high1 = first
    low2, high2 = second
    return (
        None if low1 is None or high2 is None else low1 - high2,
        None if high1 is None or low2 is None else high1 - low2,
    )


def _movable(unknown: tuple[Exact, Exact], tied: bool) -> tuple[Exact, Exact]:
    """How many successes, and how many failures (or, not tied, trials) can go to either group."""
    successes, trials = unknown
    return (successes, max(trials - successes, 0)) if tied else (successes, trials)


def _moved(group: tuple[Exact, Exact], split: tuple[Exact, Exact], tied: bool) -> tuple[Exact, Exact]:
    """(successes, trials) of a group with the part of the unknown that is taken to belong to it."""
    return group[0] + split[0], group[1] + split[1] + (split[0] if tied else 0)


def _near(first: Exact, second: Exact) -> Iterable[tuple[Exact, Exact]]:
    """The four corners of all splits, and the splits one away from each."""

    def edge(most: Exact) -> list[Exact]:
        return list(dict.fromkeys(one for one in (0, 1, most - 1, most) if 0 <= one <= most))

    return product(edge(first), edge(second))


def _quotient(top: Exact, bottom: Exact) -> object:
    if bottom:
        return Fraction(top) / bottom
    return _UNBOUNDED if top else None


def _ends(splits: Iterable[tuple[Exact, Exact]], value: Callable[[tuple[Exact, Exact]], object]) -> Range:
    found = [value(split) for split in splits]
    finite = [one for one in found if isinstance(one, Fraction)]
    if not finite:
        return NOTHING
    return min(finite), None if _UNBOUNDED in found else max(finite)
