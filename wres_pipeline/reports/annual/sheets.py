"""The tables of the annual return's workbook, as plain rows: a sheet is a title, words above it and one
table.

Nothing here knows how a workbook is written; `annual_return` does. Every cell is text or a number, none is
empty (Analysis Function guidance on spreadsheets: one table a sheet, no blank cells, states in words).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from wres_pipeline.indicators.verdicts import in_words
from wres_pipeline.reference import indicators
from wres_pipeline.reference.submission import SubmissionItem, items
from wres_pipeline.reports.context import ReturnContext
from wres_pipeline.reports.figure_set import GROUPS, FigureSet, cell
from wres_pipeline.reports.labels import (
    CLUSTERS,
    MEASURES,
    UNITS,
    band_words,
    group_words,
    indicator_named,
)
from wres_pipeline.reports.site import over_years
from wres_pipeline.reports.site.like_for_like import HEAD as LIKE_FOR_LIKE_HEAD
from wres_pipeline.reports.site.like_for_like import MEANING as LIKE_FOR_LIKE_MEANING
from wres_pipeline.reports.site.like_for_like import cells as like_for_like_cells
from wres_pipeline.reports.site.like_for_like import rows_of as like_for_like_rows

Cell = int | float | str

NOT_APPLICABLE = "not applicable"
NO_NOTE = "no note"
_NUMBER_FORMATS = {"people": "#,##0", "percent": "0.0", "ratio": "0.00", "percentage_points": "0.0"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet: its tab, the name of its table, its title, lines above the table, headings and rows.

    `formats` gives a number format for the numbers of a row (counted from 0), `column_formats` for those of
    a column; `notes` puts a reference to a note on a
    heading.
    """

    tab: str
    name: str
    title: str
    words: tuple[str, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    formats: dict[int, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    numeric: tuple[str, ...] = ()
    column_formats: dict[str, str] = field(default_factory=dict)


def submission(figures: FigureSet, context: ReturnContext) -> Sheet:
    """Items 1 to 63 in the submission's order: White, BME and Unknown of the year before, then of this
    year.
    """
    before, now = figures.year - 1, figures.year
    head = ["Item", "Indicator", "Part of the submission", "What is asked for", "Unit"]
    head += [f"{group} {year}" for year in (before, now) for group in GROUPS]
    rows: list[tuple[Cell, ...]] = []
    formats: dict[int, str] = {}
    for number, item in enumerate(items()):
        cells = [_item_cell(figures, item, group, year) for year in (before, now) for group in GROUPS]
        note = _item_note(figures, item)
        rows.append((item.item, item.indicator, item.section, item.text, UNITS[item.unit], *cells, note))
        formats[number] = _NUMBER_FORMATS[item.unit]
    return Sheet(
        tab="Submission",
        name="submission",
        title=f"Data submission, items 1 to {len(items())}: {context.organisation_name}, {before} and {now}",
        words=(
            "Items stand in the order of the submission, as this project remembers it.",
            "Check the order against the form before submitting.",
            "Numbers are rounded once, as printed everywhere else.",
            "Where there is no number, the cell says why in words: the notes worksheet explains them.",
        ),
        head=(*head, "Note"),
        rows=tuple(rows),
        formats=formats,
        notes={"Unit": "rounding", "What is asked for": "direction"},
        numeric=tuple(f"{group} {year}" for year in (before, now) for group in GROUPS),
    )


def _item_cell(figures: FigureSet, item: SubmissionItem, group: str, year: int) -> Cell:
    kind = item.cell(group)
    if not kind:
        return NOT_APPLICABLE
    shown_for = group if kind == "group" else ""
    return cell(
        figures.get(
            item.indicator, item.measure, cluster=item.cluster, band=item.band, group=shown_for, year=year
        )
    )


def _item_note(figures: FigureSet, item: SubmissionItem) -> str:
    words = [item.note] if item.note else []
    for group in GROUPS:
        kind = item.cell(group)
        if kind:
            figure = figures.get(
                item.indicator,
                item.measure,
                cluster=item.cluster,
                band=item.band,
                group=group if kind == "group" else "",
            )
            if figure.remarks and figure.remarks not in words:
                words.append(figure.remarks)
    return " ".join(words) or NO_NOTE


def disparity(figures: FigureSet) -> Sheet:
    """The race disparity ratios of this year and the year before, with interval and verdict."""
    rows: list[tuple[Cell, ...]] = []
    for cluster in ("", "clinical", "non_clinical"):
        for measure in indicators.rule(indicators.DISPARITY).measures:
            for year in (figures.year, figures.year - 1):
                figure = figures.get(indicators.DISPARITY, measure.name, cluster=cluster, year=year)
                words = CLUSTERS[cluster] if cluster else "Clinical and non-clinical"
                rows.append(
                    (
                        words,
                        MEASURES[measure.name],
                        year,
                        cell(figure),
                        figure.interval_shown or "none",
                        in_words(figure) or "none",
                    )
                )
    return Sheet(
        tab="Race disparity",
        name=indicators.DISPARITY,
        title=f"Race disparity ratios, {figures.year} and {figures.year - 1}",
        words=(
            "1.00 means that White and BME staff are found in the higher tier in the same proportion.",
            "Above 1, White staff are found in the higher tier, rather than in the lower one, more than BME "
            "staff.",
            "Agenda for Change staff only.",
            "Lower: band 5 and below. Middle: bands 6 and 7. Upper: band 8a and above, and VSM.",
        ),
        head=("Workforce", "From tier to tier", "Year", "Ratio", "95% confidence interval", "Verdict"),
        rows=tuple(rows),
        formats=dict.fromkeys(range(len(rows)), "0.00"),
        notes={"Ratio": "direction", "95% confidence interval": "interval"},
        numeric=("Ratio",),
    )


def like_for_like(context: ReturnContext) -> Sheet | None:
    """Ratios that compare like with like, of the internal edition; None where there are none."""
    rows = [
        (f"Indicator {row.indicator}", *like_for_like_cells(row), row.note or NO_NOTE)
        for row in like_for_like_rows(context)
    ]
    if not rows:
        return None
    return Sheet(
        tab="Like for like",
        name="like_for_like",
        title=f"Like compared with like, {context.year.year}: not for publication",
        words=(LIKE_FOR_LIKE_MEANING, "These ratios have not been through disclosure control."),
        head=("Indicator", *LIKE_FOR_LIKE_HEAD, "Note"),
        rows=tuple(rows),
    )


def every_year(figures: FigureSet, *, internal: bool) -> Sheet | None:
    """The figures that indicators are followed by over every year; None where there are only this year and the year before."""
    found = over_years.workbook_rows(figures)
    if not found:
        return None
    years = [str(year) for year in over_years.years_of(figures)]
    return Sheet(
        tab="Every year",
        name="every_year",
        title=f"The figures over the years, {years[0]} to {years[-1]}",
        words=over_years.meaning(internal=internal),
        head=("Indicator", "Figure", *years, "Comparable"),
        rows=tuple(
            (indicator_named(number), words, *(cell(one) for one in series), over_years.breaks(series))
            for number, words, series in found
        ),
        formats={
            place: _NUMBER_FORMATS.get(next((one.unit for one in series if one.unit), ""), "0.0")
            for place, (_, _, series) in enumerate(found)
        },
        numeric=tuple(years),
    )


def all_figures(figures: FigureSet) -> Sheet:
    """Every figure of this year and the year before, with what is known about its certainty."""
    rows: list[tuple[Cell, ...]] = []
    formats: dict[int, str] = {}
    for figure in figures.figures:
        if figure.reporting_year not in (figures.year, figures.year - 1):
            continue
        formats[len(rows)] = _NUMBER_FORMATS[figure.unit]
        rows.append(
            (
                figure.reporting_year,
                figure.indicator.replace("_", " "),
                MEASURES.get(figure.measure, figure.measure),
                CLUSTERS[figure.cluster],
                band_words(figure.band),
                group_words(figure.ethnic_group),
                cell(figure),
                UNITS[figure.unit],
                figure.interval_shown or "none",
                figure.bounds_shown or "none",
                in_words(figure) or "none",
                figure.remarks or NO_NOTE,
            )
        )
    return Sheet(
        tab="All figures",
        name="all_figures",
        title=f"Every figure, {figures.year} and {figures.year - 1}",
        words=(
            "These are the figures of figures.csv, which holds the unrounded values.",
            "Where there is no number, the cell says why in words.",
        ),
        head=(
            "Year",
            "Indicator",
            "Measure",
            "Workforce",
            "Band or part of the board",
            "Ethnic group",
            "Figure",
            "Unit",
            "95% confidence interval",
            "Range if the ethnicity of everybody were known",
            "Verdict",
            "Note",
        ),
        rows=tuple(rows),
        formats=formats,
        notes={
            "Figure": "rounding",
            "95% confidence interval": "interval",
            "Range if the ethnicity of everybody were known": "bounds",
        },
        numeric=("Figure",),
    )
