"""The table of ratios that compare like with like, on the internal page of indicators 2, 3 and 4."""

from __future__ import annotations

from collections.abc import Sequence

from wres_pipeline.indicators.figure import range_shown
from wres_pipeline.indicators.like_for_like import LikeForLike
from wres_pipeline.reference import indicators
from wres_pipeline.reports.context import ReturnContext
from wres_pipeline.reports.labels import CLUSTERS, band_words
from wres_pipeline.reports.site.indicator_tables import Table

HEAD = (
    "Which",
    "Compared",
    "White: happened of all",
    "BME: happened of all",
    "Times as likely",
    "95% confidence interval",
    "Strata that tell",
    "Verdict",
)
ON_A_PAGE = ("Which", "Compared", "White", "BME", "Times as likely (95% interval)", "Verdict")
"""The columns of the page's table: fewer than the sheet's, so that none is cut off."""
MEANING = (
    "A pooled ratio mixes posts of different competition, or staff of different work; within vacancies, or within pay bands, like is "
    "compared with like. A fair body with unequal competition can show a pooled ratio well away from 1.00."
)


def tables(number: str, context: ReturnContext) -> tuple[Table, ...]:
    """One table for an indicator that has such ratios, in the internal edition alone."""
    mine = [row for row in rows_of(context) if row.indicator == number]
    if not mine:
        return ()
    return (
        Table(
            caption=f"Like compared with like, {mine[0].reporting_year}: not for publication",
            head=ON_A_PAGE,
            rows=tuple(cells_of_page(row) for row in mine),
            stacked=True,
        ),
    )


def rows_of(context: ReturnContext) -> Sequence[LikeForLike]:
    """The rows an edition may print: none but the internal one, whatever its context holds."""
    return context.like_for_like if context.internal else ()


def cells(row: LikeForLike) -> tuple[str, ...]:
    """A row as texts, White before BME whichever stands above the line."""
    above = f"{row.numerator_above:,} of {row.trials_above:,}"
    below = f"{row.numerator_below:,} of {row.trials_below:,}"
    white_above = indicators.rule(row.indicator).direction == "white_over_bme"
    white, bme = (above, below) if white_above else (below, above)
    return (
        which(row.subset),
        row.compared,
        white,
        bme,
        row.shown,
        range_shown(row.interval_low, row.interval_high, "ratio") or "none",
        "not applicable" if row.telling is None else f"{row.telling:,}",
        row.verdict,
    )


def cells_of_page(row: LikeForLike) -> tuple[str, ...]:
    """A row as a page prints it: the strata beside what was compared, the interval beside its ratio."""
    which_ones, compared, white, bme, shown, interval, telling, verdict = cells(row)
    strata = "" if row.telling is None else f" (rests on {telling} of them)"
    return which_ones, compared + strata, white, bme, f"{shown} ({interval})", verdict


def which(subset: str) -> str:
    """The name of a subset as a reader knows it."""
    if not subset:
        return "all"
    return CLUSTERS.get(subset) or band_words(subset) or subset
