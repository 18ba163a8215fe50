"""Finding a figure by name. A figure that is not there is printed as not collected, never as a blank or a
0.
"""

from __future__ import annotations

from collections.abc import Iterable

from wres_pipeline.indicators.figure import STATES, Figure

GROUPS = ("White", "BME", "Unknown")


class FigureSet:
    """The figures of one organisation, by year and name.

    Raises ValueError when figures of more than one organisation are given: one report is about one
    organisation.
    """

    def __init__(self, figures: Iterable[Figure], organisation_code: str, year: int) -> None:
        self.organisation_code = organisation_code
        self.year = year
        self.figures = tuple(figures)
        others = {f.organisation_code for f in self.figures} - {organisation_code}
        if others:
            raise ValueError(f"figures of {sorted(others)} in a report of {organisation_code}")
        self._found = {f.key: f for f in self.figures}

    def get(
        self,
        indicator: str,
        measure: str,
        *,
        cluster: str = "",
        band: str = "",
        group: str = "",
        year: int | None = None,
    ) -> Figure:
        """The figure of that name, of this year unless told; one in state not_collected when there is
        none.
        """
        wanted = self.year if year is None else year
        key = (self.organisation_code, wanted, indicator, measure, cluster, band, group)
        found = self._found.get(key)
        if found is not None:
            return found
        state = "not_collected"
        return Figure(*key, unit="", state=state, shown=STATES[state])

    def same(self, figure: Figure, year: int) -> Figure:
        """The figure of that name in another year."""
        return self.get(
            figure.indicator,
            figure.measure,
            cluster=figure.cluster,
            band=figure.band,
            group=figure.ethnic_group,
            year=year,
        )

    def has_year(self, year: int) -> bool:
        """Whether any figure of that year is here."""
        return any(f.reporting_year == year for f in self.figures)

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the figures, newest first."""
        return tuple(sorted({f.reporting_year for f in self.figures}, reverse=True))

    @property
    def this_and_last(self) -> tuple[int, ...]:
        """This year, and the year before when there are figures of it."""
        before = self.year - 1
        return (self.year, before) if self.has_year(before) else (self.year,)

    def of(self, indicator: str, year: int | None = None) -> tuple[Figure, ...]:
        """Every figure of an indicator, of this year unless told, in the order of the table."""
        wanted = self.year if year is None else year
        return tuple(f for f in self.figures if f.indicator == indicator and f.reporting_year == wanted)


def is_number(figure: Figure) -> bool:
    """Whether the figure has a value that may be shown (a zero is one)."""
    return figure.state in ("value", "zero") and figure.value is not None


def cell(figure: Figure) -> int | float | str:
    """What a spreadsheet cell holds: the printed number, or the state in words."""
    return figure.shown if figure.rounded is None else figure.rounded
