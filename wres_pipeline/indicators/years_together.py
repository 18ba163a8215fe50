"""A likelihood and its ratio from the counts of several years added up: said where those of the year alone are withheld.

The figures stand among those of the newest of the years, and name all of them where others name a band.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from wres_pipeline.indicators.figure import Figure
from wres_pipeline.indicators.figure_builder import FigureBuilder, relative_likelihood
from wres_pipeline.indicators.shapes.likelihood_ratio import MEASURE
from wres_pipeline.statistics import intervals

if TYPE_CHECKING:
    from wres_pipeline.reference.indicators import IndicatorRule

FEWEST, MOST = 3, 5
BASIS = "years_together"
FLAG = "said_for_years_together"
"""Flag of a withheld figure of which a value of several years together is printed."""


def words(last: int, many: int) -> str:
    """What figures of `many` years together name in the place of a band: `2019 to 2021 together`."""
    return f"{last - many + 1} to {last} together"


def years_of(figure: Figure) -> range:
    """The years whose counts the figure adds up, oldest first; none of a figure of its reporting year alone."""
    return range(0) if figure.first_year is None else range(figure.first_year, figure.reporting_year + 1)


def is_of_several_years(figure: Figure) -> bool:
    """Whether the figure is of several years together."""
    return figure.first_year is not None


def figures(
    rule: IndicatorRule,
    place: tuple[str, int],
    many: int,
    counts: Mapping[str, tuple[int, int]],
    version: str,
) -> list[Figure]:
    """The counts, likelihoods and, where both groups are there, the ratio of the last `many` years.

    place: organisation and the newest year. counts: group -> (it happened to, it could happen to), of all the years.
    """
    band, first = words(place[1], many), place[1] - many + 1
    note = (
        f"The counts of the {many} years {first} to {place[1]} added up. A person who is counted in several of the "
        "years counts as often."
    )
    maker = FigureBuilder(*place, rule.number, version, basis=BASIS, note=note)
    base, event = rule.base_and_events
    made = [maker.people(base, of, group=group) for group, (_, of) in counts.items()]
    made += [maker.people(event, done, group=group) for group, (done, _) in counts.items()]
    made += [maker.share(MEASURE, done, of, group=group) for group, (done, of) in counts.items()]
    if set(counts) == set(rule.grouping.compared):
        above, below = (counts[group] for group in rule.above_and_below)
        value = relative_likelihood(above, below)
        made.append(maker.ratio(rule.ratio or "", value, intervals.koopman(above, below)))
    # nobody of Unknown ethnicity is looked at: how many there were is not said
    return [replace(one, band=band, first_year=first, bound_low=None, bound_high=None) for one in made]
