"""One outcome by ethnic group: the share of each, White and BME compared exactly, and what could have been
seen.

The one shape behind appraisals, the opportunities log and every step of the recruitment funnel. Test:
Fisher's exact, two-sided, at 5%: a fair organisation is called different in at most one comparison of
twenty [ours]. Nobody of Unknown ethnicity stands on either side of the comparison; their own row is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from wres_pipeline.commissioning.detectable import LEVEL, Detectable, smallest_difference
from wres_pipeline.commissioning.figure import CommissioningFigure, figure
from wres_pipeline.indicators.exact import fisher
from wres_pipeline.indicators.figure import half_up
from wres_pipeline.indicators.intervals import newcombe, wilson
from wres_pipeline.reference.ethnicity import GROUPS

Group = tuple[int, int]
"""(how many reached the outcome, how many could have)."""

EMPTY: Group = (0, 0)

CANNOT = "cannot be worked out"
TOO_FEW = "too few to say"
NO_EVIDENCE = "no evidence of a difference"
LESS = "less often among BME people"
MORE = "more often among BME people"


def shares(
    organisation_code: str,
    reporting_year: int,
    section: str,
    measure: str,
    groups: Mapping[str, Group],
    *,
    breakdown: str = "",
    **rest: Any,
) -> list[CommissioningFigure]:
    """The outcome of each group and of all together, and the difference BME − White in percentage points.

    Rows: `measure` for all ('') and each of White, BME, Unknown, as percentages with Wilson's interval;
    then `<measure>_difference` with Newcombe's interval, Fisher's verdict and, as its note, what could have
    been seen.
    """
    everyone = (
        sum(groups.get(g, EMPTY)[0] for g in GROUPS),
        sum(groups.get(g, EMPTY)[1] for g in GROUPS),
    )
    rows = [
        _share(organisation_code, reporting_year, section, measure, name, group, breakdown, rest)
        for name, group in (("", everyone), *((g, groups.get(g, EMPTY)) for g in GROUPS))
    ]
    white, bme = groups.get("White", EMPTY), groups.get("BME", EMPTY)
    low, high = newcombe(bme, white)
    gap = Fraction(*bme) - Fraction(*white) if white[1] and bme[1] else None
    rows.append(
        figure(
            organisation_code,
            reporting_year,
            section,
            organisation_code,
            f"{measure}_difference",
            value=None if gap is None else 100 * gap,
            unit="percentage_points",
            breakdown=breakdown,
            interval_low=None if low is None else 100 * low,
            interval_high=None if high is None else 100 * high,
            verdict=verdict(white, bme),
            note=what_could_be_seen(white, bme),
            **rest,
        )
    )
    return rows


def _share(
    organisation_code: str,
    reporting_year: int,
    section: str,
    measure: str,
    name: str,
    group: Group,
    breakdown: str,
    rest: Mapping[str, Any],
) -> CommissioningFigure:
    reached, people = group
    low, high = wilson(reached, people)
    return figure(
        organisation_code,
        reporting_year,
        section,
        organisation_code,
        measure,
        value=100 * Fraction(reached, people) if people else None,
        breakdown=breakdown,
        ethnic_group=name,
        numerator=reached,
        denominator=people,
        interval_low=None if low is None else 100 * low,
        interval_high=None if high is None else 100 * high,
        **rest,
    )


def verdict(white: Group, bme: Group) -> str:
    """Fisher's verdict in words; `too few to say` where no outcome at all could have been called a
    difference.
    """
    if not white[1] or not bme[1]:
        return CANNOT
    p = fisher(bme, white)
    if p <= LEVEL:
        return LESS if Fraction(*bme) < Fraction(*white) else MORE
    seen = smallest_difference(white, bme[1])
    return TOO_FEW if seen.below is None and seen.above is None else NO_EVIDENCE


def what_could_be_seen(white: Group, bme: Group) -> str:
    """A sentence: the smallest difference that would have been noticed in four years of five, and the
    p-value.
    """
    if not white[1] or not bme[1]:
        return "A group without people cannot be compared."
    return f"{detectable_words(smallest_difference(white, bme[1]))} Exact p {p_words(fisher(bme, white))}."


def detectable_words(seen: Detectable) -> str:
    """What could have been seen, as a sentence."""
    if seen.below is None and seen.above is None:
        return "With groups of this size no difference, however large, could have been seen."
    ends = [
        f"{half_up(points, 1)} points {side}"
        for points, side in ((seen.below, "lower"), (seen.above, "higher"))
        if points is not None
    ]
    about = "" if seen.exact else "about "
    return f"Only a BME share {about}{' or '.join(ends)} than White would be seen in four years of five."


def p_words(p: float) -> str:
    """A p-value as it is printed: `= 0.031`, `< 0.001`."""
    return "< 0.001" if p < 0.0005 else f"= {half_up(p, 3)}"
