"""Figures of what was found about the gap and its linkage: where it is broken, and how good the linkage is.

For the internal edition alone: they tell of small groups.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wres_pipeline.quality.figure import Place, QualityFigure
from wres_pipeline.quality.trac_to_esr import arrival_lag
from wres_pipeline.quality.trac_to_esr.arrival_lag import Followed
from wres_pipeline.quality.trac_to_esr.break_cause import Cause
from wres_pipeline.quality.trac_to_esr.linkage_card import Card, behind


def where(place: Place, cause: Cause | None) -> list[QualityFigure]:
    """Where it is broken: two sentences for the supplier, and the shares they rest on; nothing without a break."""
    if cause is None:
        return []
    first, second = cause.words()
    made = [
        replace(
            place.value("where", measure, None, "percent"), verdict=cause.split or "everybody", shown=words
        )
        for measure, words in (("since", first), ("concerned", second))
    ]
    named = (", ".join(cause.values) + (" excepted" if cause.others else "")) if cause.split else "everybody"
    at = {"breakdown": cause.split or "all", "breakdown_value": named}
    made.append(place.value("where", "arrived_before", 100 * cause.before, "percent", **at))
    made.append(place.value("where", "arrived_since", 100 * cause.after, "percent", **at))
    if cause.unaffected is not None:
        made.append(place.value("where", "others_since", 100 * cause.unaffected, "percent", **at))
    return made


def card(place: Place, cards: Sequence[Card]) -> list[QualityFigure]:
    """The card of the linkage: estimated precision and recall of every group with their intervals, then findings."""
    made = []
    held = cards if any(one.linked for one in cards) else [one for one in cards if one.breakdown == "all"]
    for one in held:
        at = {"breakdown": one.breakdown, "breakdown_value": one.value}
        made.append(
            place.count("linkage_card", "linked", one.linked, of=one.applications, unit="applications", **at)
        )
        for measure, share, ends in (
            ("precision", one.precision, one.precision_interval),
            ("recall", one.recall, one.recall_interval),
        ):
            figure = place.value(
                "linkage_card", measure, None if share is None else 100 * share, "percent", **at
            )
            if ends is not None:
                figure = replace(figure, interval_low=100 * ends[0], interval_high=100 * ends[1])
            made.append(figure)
    for number, words in enumerate(behind(cards), start=1):
        made.append(
            replace(
                place.value("linkage_card", "finding", None, "percent"),
                breakdown="finding",
                breakdown_value=str(number),
                verdict="a group is linked less often",
                shown=words,
            )
        )
    return made


def closed_range(
    place: Place, people: int, bme: int, unknown: int, white_left: int, bme_left: int
) -> list[QualityFigure]:
    """The BME share of staff as if the gap were closed for linked people, and the range those who could not be linked leave.

    They may all be among the staff of Unknown ethnicity, or none of them. white_left, bme_left: applicants who declared, are
    due and were not linked. Nothing without staff.
    """
    if not people:
        return []
    highest = bme + min(bme_left, unknown)
    share = replace(
        place.percentage("gap_closed", "bme_share_of_staff", bme, people),
        breakdown="linked_only",
        interval_low=100 * bme / people,
        interval_high=100 * highest / people,
        note=f"{white_left:,} White and {bme_left:,} BME applicants who declared could not be linked; {unknown:,} staff stay Unknown",
    )
    return [share]


def lag(place: Place, held: Sequence[Followed], own: int | None) -> list[QualityFigure]:
    """The share of starters with an answer so many days after the start, how many answers came with the record, and the lag
    that is the body's own; nothing where nobody is followed."""
    if not held:
        return []
    made = []
    for point in arrival_lag.curve(held):
        figure = place.value("lag", "with_answer", 100 * point.share, "percent")
        made.append(
            replace(
                figure,
                breakdown="days_since_start",
                breakdown_value=str(point.days),
                interval_low=100 * point.low,
                interval_high=100 * point.high,
                note=f"{point.at_risk:,} still followed then, of {len(held):,}",
            )
        )
    answered = [one for one in held if one.answered]
    made.append(
        place.percentage("lag", "with_the_record", sum(one.with_record for one in answered), len(answered))
    )
    words = "too few starters are followed" if own is None else f"{own} days"
    made.append(
        replace(
            place.value("lag", "own_lag", None, "percent"), verdict="" if own is None else "told", shown=words
        )
    )
    return made
