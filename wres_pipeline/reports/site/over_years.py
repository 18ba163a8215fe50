"""The figures an indicator is followed by, over every year there is: those of the return, and of earlier years that were typed
or kept; in the public edition those that earlier public editions printed.

Nothing is worked out here, and years on two definitions are never one series: where the definition changed, the row says so.
"""

from __future__ import annotations

from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import indicators
from wres_pipeline.reports.figure_set import FigureSet
from wres_pipeline.reports.labels import MEASURES
from wres_pipeline.reports.site.indicator_tables import Table
from wres_pipeline.reports.site.shapes import groups_of, headline_of

FEWEST = 3
"""Years from which there is more to show than the return and the year before."""
NOTHING = ("not_collected", "not_required")
"""States of a year of which there is nothing that could be compared."""
INTERNAL = "Earlier years are those entered as counts, or kept from earlier returns, worked out by the rules of their own year."
PUBLIC = "Earlier years are as this organisation's own earlier publications printed them."
DEFINITION = "Where the definition changed, the years before and after are not comparable."


def meaning(*, internal: bool) -> tuple[str, str]:
    """Where the earlier years of an edition come from, and what may be compared."""
    return (INTERNAL if internal else PUBLIC, DEFINITION)


def years_of(figures: FigureSet) -> tuple[int, ...]:
    """Every year up to that of the return, oldest first."""
    return tuple(year for year in sorted(figures.years) if year <= figures.year)


def followed(number: str, figures: FigureSet) -> list[tuple[str, tuple[Figure, ...]]]:
    """(what it is, a figure a year) of the two groups and of the headline of an indicator."""
    years = years_of(figures)
    rule = indicators.rule(number)
    reference, focus = rule.grouping.compared
    if rule.shape == indicators.DIFFERENCE_OF_SHARES:
        named = [(f"Workforce, {focus}", 0), (f"Board, {focus}", 1)]
    elif rule.shape == indicators.TIER_RATIO:
        named = []
    else:
        named = [(reference, 0), (focus, 1)]
    rows = []
    for words, place in named:
        found = [groups_of(number, figures, year)[place] for year in years]
        rows.append((words, tuple(one for one in found if one is not None)))
    headline = [one for year in years if (one := headline_of(number, figures, year)) is not None]
    if headline:
        rows.append((MEASURES[headline[0].measure], tuple(headline)))
    return rows


def breaks(series: tuple[Figure, ...]) -> str:
    """Where the definition of a series changed, in words; a figure that is withheld has its definition all the same."""
    there = [one for one in series if one.state not in NOTHING]
    found = [
        f"another definition before {now.reporting_year}"
        for before, now in zip(there, there[1:], strict=False)
        if before.basis != now.basis
    ]
    return "; ".join(found) or "one definition"


def table(number: str, figures: FigureSet) -> Table | None:
    """The table of an indicator's page; None where there are only the return and the year before."""
    years = years_of(figures)
    rows = [
        (words, *(one.shown for one in series), breaks(series)) for words, series in followed(number, figures)
    ]
    if len(years) < FEWEST or not rows:
        return None
    return Table(
        caption=caption(years),
        head=("Figure", *map(str, years), "Comparable"),
        rows=tuple(rows),
        numeric=tuple(range(1, len(years) + 1)),
        wide=True,
    )


def caption(years: tuple[int, ...]) -> str:
    """The years that stand in a table; those between of which there is nothing are named."""
    missing = [str(one) for one in range(years[0], years[-1]) if one not in years]
    return f"Every year, {years[0]} to {years[-1]}" + (f", but not {' or '.join(missing)}" if missing else "")


def workbook_rows(figures: FigureSet) -> list[tuple[str, str, tuple[Figure, ...]]]:
    """(indicator, what it is, a figure a year) of every indicator; none where there is no year before the last two."""
    if len(years_of(figures)) < FEWEST:
        return []
    return [
        (number, words, series)
        for number in indicators.NUMBERS
        for words, series in followed(number, figures)
    ]
