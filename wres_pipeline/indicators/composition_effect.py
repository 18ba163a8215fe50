"""What of a change comes from other people being counted: a grown or shrunk workforce, another mix."""

from __future__ import annotations

from fractions import Fraction

from wres_pipeline.indicators.counts import Workforce
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import indicators

#: by how much the people behind a figure may grow or shrink and still be called the same population [ours]
SAME_POPULATION = Fraction(1, 4)


def same_population(before: int, now: int) -> bool:
    """Whether the people behind a figure grew or shrank by a quarter at most."""
    return bool(before) and abs(now - before) <= SAME_POPULATION * before


def make_up(
    figure: Figure, before: Workforce | None, now: Workforce | None
) -> tuple[Fraction | None, tuple[int, int] | None]:
    """How much of the change of a total's BME percentage comes from people standing in other bands than
    before.

    Also the number of people behind the figure in both years, where the workforce is behind it.
    """
    rule = indicators.rule(figure.indicator)
    if "workforce" not in rule.counted_from or before is None or now is None:
        return None, None
    people = (before.total.total, now.total.total)
    if rule.shape != indicators.HEADCOUNT_BY_BAND or figure.band or not all(people):
        return None, people
    cluster = figure.cluster or None
    sizes = (before.where(cluster).total, now.where(cluster).total)
    return (make_up_part(before, now, cluster) if all(sizes) else None), sizes


def make_up_part(before: Workforce, now: Workforce, cluster: str | None) -> Fraction:
    """The part of a change of the BME percentage (in points) that the mix of clusters and bands makes.

    Kitagawa's two parts: the change of each band's share of the workforce at the mean of its two BME
    percentages; what remains is the change of the bands' own percentages at the mean of their shares.
    A band that one year has nobody in takes the other year's percentage.
    """
    then, after = before.where(cluster).total, now.where(cluster).total
    part = Fraction(0)
    for place in sorted(set(before.cells) | set(now.cells)):
        if cluster is not None and place[0] != cluster:
            continue
        first, second = before.cells.get(place), now.cells.get(place)
        n1, n2 = (first.total if first else 0), (second.total if second else 0)
        if not n1 and not n2:
            continue
        own = [Fraction(people.bme, n) if people and n else None for people, n in ((first, n1), (second, n2))]
        rates = [rate for rate in own if rate is not None]
        mean = sum(rates, Fraction(0)) / len(rates)
        part += (Fraction(n2, after) - Fraction(n1, then)) * mean
    return 100 * part
