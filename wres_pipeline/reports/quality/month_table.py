"""A table of the data-quality report, and the report's figures by what they are: for its page and its workbook alike.

A cell is a text or a figure; the page prints a figure as it is shown, the workbook as the shown number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wres_pipeline.indicators.figure import STATES
from wres_pipeline.quality.figure import SECTIONS, QualityFigure

Cell = str | QualityFigure
NONE = "none"


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its section, the tab and name it has in the workbook, title, words above it, headings and
    rows.

    `numeric` are the columns whose cells are numbers; the page shows the first `on_page` rows.
    """

    section: str
    tab: str
    name: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    words: tuple[str, ...] = ()
    numeric: tuple[int, ...] = ()
    on_page: int | None = None
    page_columns: tuple[int, ...] = ()

    def texts(self) -> list[list[str]]:
        """The rows as the page prints them (all, or the first `on_page`)."""
        return [[text(row[column]) for column in self._columns] for row in self.rows[: self.on_page]]

    @property
    def page_head(self) -> tuple[str, ...]:
        """The headings on the page, which has room for fewer columns."""
        return tuple(self.head[column] for column in self._columns)

    @property
    def page_numeric(self) -> tuple[int, ...]:
        """Columns of the page whose cells are numbers."""
        return tuple(place for place, column in enumerate(self._columns) if column in self.numeric)

    @property
    def _columns(self) -> tuple[int, ...]:
        return self.page_columns or tuple(range(len(self.head)))


def text(cell: Cell) -> str:
    """A cell as it is printed."""
    return cell.shown if isinstance(cell, QualityFigure) else cell


class Figures:
    """The report's figures, looked up by what they are."""

    def __init__(self, figures: Iterable[QualityFigure]) -> None:
        self.all = list(figures)
        self._by_key = {
            (f.section, f.measure, f.breakdown, f.breakdown_value, f.ethnicity_state): f for f in self.all
        }

    def of(self, section: str) -> list[QualityFigure]:
        """Every figure of a section, in order."""
        return [f for f in self.all if f.section == section]

    def get(
        self, section: str, measure: str, breakdown: str = "", value: str = "", state: str = ""
    ) -> QualityFigure | None:
        """One figure, or None. The break's figures are told by their measure alone."""
        if section == "break":
            return next((f for f in self.all if f.section == section and f.measure == measure), None)
        return self._by_key.get((section, measure, breakdown, value, state))

    def cell(self, section: str, measure: str, breakdown: str = "", value: str = "", state: str = "") -> Cell:
        """One figure, or the word for none."""
        return self.get(section, measure, breakdown, value, state) or NONE


def one_table(
    section: str,
    tab: str,
    head: tuple[str, ...],
    rows: Sequence[tuple[Cell, ...]],
    numeric: tuple[int, ...],
    words: tuple[str, ...] = (),
) -> list[Table]:
    """A list of the one table of a section, or of none where there are no rows."""
    if not rows:
        return []
    return [Table(section, tab, section, SECTIONS[section], head, tuple(rows), words, numeric)]


def values(figures: Iterable[QualityFigure]) -> list[str]:
    """The values of a breakdown, in order, once each."""
    return list(dict.fromkeys(f.breakdown_value for f in figures))


def number(count: int | None) -> str:
    """What a count is part of; the version for circulation holds none where it is not proved to be safe."""
    return STATES["withheld"] if count is None else f"{count:,}"
