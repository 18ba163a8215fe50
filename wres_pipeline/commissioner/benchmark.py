"""One organisation among its peers: rank, quartile, funnel plot, and when no rank can honestly be given.

Peers are bodies of the same kind in the same survey whose results were made the same way: weighted and
unweighted results are never put in one list [seen: they are not like for like]. A rank is withheld as "too
small to rank" when the organisation's own 95% interval covers the middle half of its peers, because then it
could stand anywhere [ours]; a rank that is given carries the ranks its interval allows, and a quartile only
when those lie in two neighbouring quarters at most.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wres_pipeline.commissioner.figure import CommissioningFigure, figure
from wres_pipeline.commissioner.funnel_plot import (
    LEVELS,
    Dispersion,
    Limits,
    dispersion,
    exact_limits,
    pooled,
    widened,
    wilson,
)
from wres_pipeline.commissioner.provider_survey import SurveyResult, adverse_when_high, only
from wres_pipeline.indicators.figure import half_up

FEWEST_PEERS = 8
"""Bodies a list needs, the organisation among them, before a rank or a funnel says anything [ours]."""

SIZE_RANGE = 2.0
"""Peers of like size have between 1/2 and 2 times the organisation's responses [ours]."""

WITHIN = "within what its size explains"
HIGHER = "higher than its size explains"
LOWER = "lower than its size explains"
RANKED = "ranked"
NO_QUARTER = "ranked, but its quarter cannot be told"
TOO_SMALL = "too small to rank"
TOO_FEW = "too few peers to rank"


@dataclass(frozen=True, slots=True)
class PeerGroup:
    """The bodies one result is compared with, the organisation itself among them; `left_out` says who and
    why.
    """

    name: str
    results: tuple[SurveyResult, ...]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an organisation stands among its peers.

    `rank` 1 is the most favourable; bodies with the same percentage share a rank. `rank_low` to `rank_high`
    are the ranks the interval allows. `quartile` 1 is the most favourable quarter; what is None, `verdict`
    explains.
    """

    rank: int | None
    of: int
    rank_low: int | None
    rank_high: int | None
    quartile: int | None
    verdict: str


@dataclass(frozen=True, slots=True)
class Funnel:
    """The funnel of one peer group: target, over-dispersion, and the limits at one base."""

    target: float
    dispersion: Dispersion

    def limits(self, base: int, level: float = LEVELS[0]) -> Limits:
        """The limits for a body of `base` responses, widened where the peers differ more than chance
        explains.
        """
        return widened(exact_limits(self.target, base, level), self.target, self.dispersion.used)


def peers(
    results: Sequence[SurveyResult], own: SurveyResult, *, like_size: bool = False, region: bool = False
) -> PeerGroup:
    """The peers of `own` in its survey and question: same kind and same weighting, with results that may be
    shown.

    `like_size` keeps those with half to twice the responses; `region` those of the same region.
    """
    same_kind = [
        one
        for one in only(results, survey_year=own.survey_year, topic=own.topic)
        if one.benchmarking_group == own.benchmarking_group
    ]
    kept, otherwise_weighted, hidden = [], 0, 0
    for one in same_kind:
        if one.weighting != own.weighting:
            otherwise_weighted += 1
        elif not one.usable:
            hidden += 1
        elif not (like_size and not _like_size(one, own)) and not (region and one.region != own.region):
            kept.append(one)
    left_out = []
    if otherwise_weighted:
        left_out.append(f"{otherwise_weighted} whose results are not weighted the same way")
    if hidden:
        left_out.append(f"{hidden} with fewer than 11 responses or no result")
    name = own.benchmarking_group
    if like_size:
        name += ", of like size"
    if region:
        name += f", {own.region}"
    return PeerGroup(name, tuple(sorted(kept, key=lambda one: one.ods_code)), tuple(left_out))


def _like_size(one: SurveyResult, own: SurveyResult) -> bool:
    assert one.base is not None and own.base is not None
    return own.base / SIZE_RANGE <= one.base <= own.base * SIZE_RANGE


def funnel(group: PeerGroup) -> Funnel | None:
    """The funnel of a peer group around the percentage of all of them together; None with too few peers."""
    if len(group.results) < FEWEST_PEERS:
        return None
    percents, bases = _columns(group)
    target = pooled(percents, bases)
    return Funnel(target, dispersion(percents, bases, target))


def standing(group: PeerGroup, own: SurveyResult) -> Standing:
    """Rank, ranks the interval allows and quartile of `own`, or the words that say why there is none."""
    count = len(group.results)
    if not own.usable:
        return Standing(None, count, None, None, None, TOO_SMALL)
    if count < FEWEST_PEERS:
        return Standing(None, count, None, None, None, TOO_FEW)
    others = [one.percent for one in group.results if one.ods_code != own.ods_code]
    values = [value for value in others if value is not None]
    assert own.percent is not None and own.base is not None
    interval = wilson(own.percent, own.base)
    low, high = quarters(sorted([*values, own.percent]))
    if interval.low <= low and interval.high >= high:
        return Standing(None, count, None, None, None, TOO_SMALL)
    sign = 1 if adverse_when_high(own.topic) else -1
    best, worst = (interval.low, interval.high) if sign == 1 else (interval.high, interval.low)

    def place(percent: float) -> int:
        return 1 + sum(1 for value in values if sign * value < sign * percent)

    rank, first, last = place(own.percent), place(best), place(worst)

    def quarter(position: int) -> int:
        return math.ceil(4 * position / count)

    told = quarter(last) - quarter(first) <= 1
    return Standing(rank, count, first, last, quarter(rank) if told else None, RANKED if told else NO_QUARTER)


def quarters(ordered: Sequence[float]) -> tuple[float, float]:
    """The first and third quartile of ordered values, interpolated between neighbours (R's type 7)."""

    def at(share: float) -> float:
        position = share * (len(ordered) - 1)
        below = math.floor(position)
        above = min(below + 1, len(ordered) - 1)
        return ordered[below] + (position - below) * (ordered[above] - ordered[below])

    return at(0.25), at(0.75)


def funnel_verdict(shape: Funnel, own: SurveyResult) -> str:
    """Whether the organisation lies beyond the outer (99.8%) or inner (95%) limits of its size, in words."""
    assert own.percent is not None and own.base is not None
    for level in reversed(LEVELS):
        limits = shape.limits(own.base, level)
        if limits.beyond(own.percent):
            side = HIGHER if own.percent > limits.high else LOWER
            return f"{side} (beyond the {100 * level:g}% limits)"
    return WITHIN


def figures(
    organisation_code: str, reporting_year: int, results: Sequence[SurveyResult], own: SurveyResult
) -> list[CommissioningFigure]:
    """The benchmark of one result as rows: its own percentage, the peers together, its place among all
    peers of its kind, among those of like size and, where regions are given, among those of its region.

    `own` need not be the organisation whose publication it is: a provider is benchmarked the same way.
    """
    shared: dict[str, Any] = {
        "subject_name": own.organisation_name,
        "source": own.source,
        "about_year": own.survey_year + 1,
    }
    interval = wilson(own.percent, own.base) if own.usable and own.percent is not None and own.base else None
    own_row = figure(
        organisation_code,
        reporting_year,
        "benchmark",
        own.ods_code,
        own.topic,
        value=own.percent,
        state=own.state,
        denominator=own.base,
        interval_low=interval.low if interval else None,
        interval_high=interval.high if interval else None,
        note=f"All staff; {_weighting_words(own.weighting)}; survey of autumn {own.survey_year}.",
        **shared,
    )
    rows = [own_row]
    groups = [peers(results, own)]
    if own.usable:
        groups.append(peers(results, own, like_size=True))
        near = peers(results, own, region=True) if own.region not in ("", "-") else None
        if near is not None and len(near.results) >= FEWEST_PEERS:
            groups.append(near)
    for group in groups:
        rows.append(_place_row(organisation_code, reporting_year, own, group, shared))
        shape = funnel(group)
        if shape is not None and own.usable:
            rows.append(_target_row(organisation_code, reporting_year, own, group, shape, shared))
    return rows


def _place_row(
    organisation_code: str,
    reporting_year: int,
    own: SurveyResult,
    group: PeerGroup,
    shared: dict[str, Any],
) -> CommissioningFigure:
    place = standing(group, own)
    note = "; ".join(group.left_out)
    shown = place.verdict if place.rank is None else f"{place.rank} of {place.of}"
    return figure(
        organisation_code,
        reporting_year,
        "benchmark",
        own.ods_code,
        f"{own.topic}_rank",
        value=place.rank,
        unit="people",
        state="value" if place.rank is not None else "not_calculable",
        shown=shown,
        breakdown=group.name,
        interval_low=float(place.rank_low) if place.rank_low is not None else None,
        interval_high=float(place.rank_high) if place.rank_high is not None else None,
        rank=place.rank,
        of=place.of,
        quartile=place.quartile,
        verdict=place.verdict,
        note=note,
        **shared,
    )


def _target_row(
    organisation_code: str,
    reporting_year: int,
    own: SurveyResult,
    group: PeerGroup,
    shape: Funnel,
    shared: dict[str, Any],
) -> CommissioningFigure:
    assert own.base is not None
    limits = shape.limits(own.base)
    spread = shape.dispersion
    note = f"over-dispersion {half_up(spread.phi, 2)}" + (
        ", limits widened by it"
        if spread.used > 1
        else f", no more than chance explains (up to {half_up(spread.threshold, 2)})"
    )
    return figure(
        organisation_code,
        reporting_year,
        "benchmark",
        own.ods_code,
        f"{own.topic}_peers",
        value=shape.target,
        denominator=sum(one.base or 0 for one in group.results),
        breakdown=group.name,
        interval_low=limits.low,
        interval_high=limits.high,
        of=len(group.results),
        verdict=funnel_verdict(shape, own),
        note=note,
        **shared,
    )


def _weighting_words(weighting: str) -> str:
    return (
        "not weighted" if weighting == "Unweighted" else f"weighted by {weighting.lower() or 'the publisher'}"
    )


def _columns(group: PeerGroup) -> tuple[list[float], list[int]]:
    pairs = [
        (one.percent, one.base) for one in group.results if one.percent is not None and one.base is not None
    ]
    return [percent for percent, _ in pairs], [base for _, base in pairs]
