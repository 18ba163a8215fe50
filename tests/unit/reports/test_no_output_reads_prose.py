"""Facts are fields: with every note, shown text and verdict's words replaced, tables name the same things in the same order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.reports.invented_desk import FIGURES, INPUTS
from tests.unit.reports.invented_month import PLACE, invented_month
from wres_pipeline.commissioner import dashboard, national_comparison
from wres_pipeline.indicators.figure import Figure
from wres_pipeline.quality.figure import QualityFigure
from wres_pipeline.quality.trac_to_esr import gap_figures
from wres_pipeline.reports.commissioner import provider_matrix
from wres_pipeline.reports.quality.month_tables import tables

OTHER = {"note": "Anders gesagt.", "shown": "etwas anderes"}


def share(cluster: str, band: str, group: str, value: float, **more: object) -> Figure:
    at = {"cluster": cluster, "band": band, "ethnic_group": group}
    return replace(Figure("X01", 2021, "1", "percentage", value=value, unit="percent", bound_low=value, bound_high=value), **at, **more)  # fmt: skip


def month() -> list[QualityFigure]:
    """The invented month, with a band of indicator 1 and the workforce's share in what the gap does."""
    esr = [share("clinical", "Band 5", "BME", 12.0), share("", "", "BME", 14.0)]
    closed = [replace(one, value=15.0) for one in esr]
    return [
        *invented_month(),
        *gap_figures.gap_closed(PLACE, esr, closed),
        *gap_figures.unknown_effect(PLACE, esr),
    ]


def named(figures: list[QualityFigure]) -> list[object]:
    return [
        (t.section, t.on_page, [(row[0] if isinstance(row[0], str) else "", [c.rounded for c in row if isinstance(c, QualityFigure)]) for row in t.rows])
        for t in tables(figures)
    ]  # fmt: skip


def test_another_wording_of_the_month_s_figures_names_the_same_rows_and_numbers() -> None:
    figures = month()
    assert named([replace(figure, **OTHER) for figure in figures]) == named(figures)


def test_a_row_of_the_month_is_named_by_its_indicator_grouping_band_and_group() -> None:
    [closed] = [t for t in tables(month()) if t.section == "gap_closed"]
    assert [row[0] for row in closed.rows] == ["4", "1, BME", "1, Clinical, Band 5, BME"]
    assert closed.on_page == 2  # bands are for the workbook only
    [states] = [t for t in tables(month()) if t.section == "gap"]
    assert states.rows[0][0] == "In sync"
    [aside] = [t for t in tables(month()) if t.section == "quarantine"]
    assert aside.texts() == [["Training", "no date", "2", "Give a date."]]


@pytest.mark.parametrize(
    ("value", "unit", "number"),
    [(1234.4, "people", 1234), (13.25, "percent", 13.3), (1.005, "ratio", 1.01), (None, "percent", None), (7, "months", None)],
)  # fmt: skip
def test_the_workbook_s_number_is_the_value_rounded_half_up(
    value: float | None, unit: str, number: float | None
) -> None:
    figure = PLACE.value("declaration", "percentage", value, unit)
    assert figure.rounded == number
    assert replace(figure, state="withheld").rounded is None


def test_precision_is_shown_and_written_with_three_decimals() -> None:
    figure = PLACE.value("linkage_card", "precision", 99.9547, "percent")
    assert (figure.shown, figure.rounded) == ("99.955%", 99.955)


def test_a_national_row_holds_the_own_figure_in_a_field() -> None:
    own = [
        replace(
            Figure("X01", 2021, "2", "relative_likelihood_white_over_bme", value=1.1, unit="ratio"),
            shown="1.10",
        )
    ]
    rows = {row.breakdown: row for row in national_comparison.figures("X01", 2021, own)}
    assert rows["2"].own_shown == "1.10" and rows["3"].own_shown == "not there"


def test_another_verdict_s_wording_moves_no_mark_of_the_matrix() -> None:
    made = dashboard.internal(INPUTS, FIGURES)
    other = replace(
        made, figures=tuple(replace(one, verdict="anders gesagt", note="") for one in made.figures)
    )
    assert provider_matrix.matrix(other) == provider_matrix.matrix(made)
