"""Where a value cannot be printed, something true can: what a reader of the edition could work out anyway.

The ends are worked out from what is printed and from nothing else, the true figures are not looked at: whoever prints
them gives nothing away that was not given already.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from wres_pipeline.disclosure import figure_cells
from wres_pipeline.disclosure.proof.cells import CEILING, CellKey
from wres_pipeline.disclosure.proof.published_information import PublishedInformation
from wres_pipeline.disclosure.rules.policy import Policy
from wres_pipeline.disclosure.rules.range_words import range_words, worth_saying
from wres_pipeline.indicators import merged_bands
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import indicators
from wres_pipeline.statistics import verdict_rule

Box = Mapping[CellKey, tuple[Fraction, Fraction]]
Ends = tuple[Fraction, Fraction]


def with_ranges(public: Sequence[Figure], policy: Policy) -> list[Figure]:
    """The figures, those that are withheld and speak of a whole body, or of several bands together, with the range that a
    reader could work out.
    """
    wanted = [
        one
        for one in public
        if one.state == "withheld"
        and one.range_low is None
        and (is_whole(one) or merged_bands.is_merged(one))
    ]
    if not wanted:
        return list(public)
    keys = {key for one in wanted for key in (figure_cells.needs(one) or (figure_cells.key_of(one),))}
    box = known_ranges(public, policy, keys)
    said = {one.key: with_range(one, box) for one in wanted}
    return [said.get(one.key, one) for one in public]


def known_ranges(public: Sequence[Figure], policy: Policy, keys: set[CellKey]) -> dict[CellKey, Ends]:
    """What a reader of one edition can work out of some counts, in people: lowest and highest.

    A count of which nothing is known, not even through sums, is left out.
    """
    found: dict[CellKey, Ends] = {}
    for year in sorted({key[:2] for key in keys}):
        mine = [one for one in public if (one.organisation_code, str(one.reporting_year)) == year]
        reader = PublishedInformation(mine, policy)
        for key, (low, high) in reader.ranges_of({key for key in keys if key[:2] == year}).items():
            per = reader.per.get(key, 1)
            if high < CEILING // 2:
                found[key] = Fraction(round(low), per), Fraction(round(high), per)
    return found


def narrowest(public: Sequence[Figure], policy: Policy) -> int | None:
    """How many whole numbers a reader can still think possible for the least open of the withheld counts."""
    keys = {
        figure_cells.key_of(one) for one in public if one.state == "withheld" and figure_cells.is_count(one)
    }
    reader = PublishedInformation(public, policy)
    ends = reader.ranges_of(keys).values()
    return min((int(high - low) + 1 for low, high in ends), default=None)


def with_range(figure: Figure, box: Box) -> Figure:
    """The withheld figure with its range, where one can be worked out and says something, and its verdict where every
    count within the ranges would have it.
    """
    ends = ends_of(figure, box)
    if ends is not None and figure.unit == "people":
        return figure if ends[0] <= 1 else _said(figure, ends)
    if ends is not None and worth_saying(*ends, figure.unit):
        figure = _said(figure, ends)
    return replace(figure, verdict=verdict_rule.TOO_FEW) if _too_few(figure, box) else figure


def _said(figure: Figure, ends: Ends) -> Figure:
    low, high = ends
    return replace(
        figure, range_low=float(low), range_high=float(high), shown=range_words(low, high, figure.unit)
    )


def ends_of(figure: Figure, box: Box) -> Ends | None:
    """The lowest and highest value that the counts behind a figure allow; None where they set no end."""
    keys = figure_cells.needs(figure) or (figure_cells.key_of(figure),)
    if any(key not in box for key in keys):
        return None
    if figure_cells.is_count(figure):
        return box[keys[0]]
    if figure.unit == "percent":
        return _share(box, keys[0], keys[1])
    if figure.unit == "percentage_points":
        board, staff = _share(box, keys[0], keys[1]), _share(box, keys[2], keys[3])
        return None if board is None or staff is None else (board[0] - staff[1], board[1] - staff[0])
    if figure.measure in figure_cells.TIERS_OF:
        low_white, low_bme, high_white, high_bme = (box[key] for key in keys)
        return _quotient(_quotient(high_white, low_white), _quotient(high_bme, low_bme))
    white, bme = _share(box, keys[0], keys[1]), _share(box, keys[2], keys[3])
    return _quotient(*figure_cells.on_top_first(figure, white, bme))


def _share(box: Box, top: CellKey, bottom: CellKey) -> Ends | None:
    ends = _quotient(box[top], box[bottom])
    part = top[2] in figure_cells.PART_OF or top[2] == bottom[2]
    return (
        None
        if ends is None
        else (100 * ends[0], min(100 * ends[1], Fraction(100)) if part else 100 * ends[1])
    )


def _quotient(top: Ends | None, bottom: Ends | None) -> Ends | None:
    if top is None or bottom is None or not bottom[0]:
        return None
    return Fraction(top[0]) / bottom[1], Fraction(top[1]) / bottom[0]


def _too_few(figure: Figure, box: Box) -> bool:
    """Whether a comparison of two groups is one that is never tested, whatever the counts within the ranges are."""
    keys = figure_cells.needs(figure)
    if (
        figure.unit != "ratio"
        or figure.indicator not in figure_cells.LIKELIHOODS
        or any(k not in box for k in keys)
    ):
        return False
    white_done, white_all, bme_done, bme_all = (int(box[key][1]) for key in keys)
    lowest = [box[key][0] for key in (keys[1], keys[3])]
    if not all(lowest) or not box[keys[0]][0] + box[keys[2]][0]:
        return False
    return (
        min(white_all, bme_all) < verdict_rule.MINIMUM_GROUP
        or white_done + bme_done < verdict_rule.MINIMUM_EVENTS
    )


def is_whole(figure: Figure) -> bool:
    """Whether the figure speaks of the whole body, not of a band or a group of bands."""
    shape = indicators.rule(figure.indicator).shape
    if shape == indicators.HEADCOUNT_BY_BAND:
        return not figure.band and not figure.cluster
    return shape != indicators.SURVEY_PERCENTAGE and not figure.cluster
