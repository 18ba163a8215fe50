"""The tables that stand on an indicator's page: rows of printed text, nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from wres_pipeline.indicators.figure import Figure
from wres_pipeline.indicators.verdicts import in_words, stated
from wres_pipeline.indicators.workforce import rows as workforce_rows
from wres_pipeline.reference import indicators
from wres_pipeline.reports.figure_set import GROUPS, FigureSet
from wres_pipeline.reports.labels import BOARD, CLUSTERS, MEASURES, indicator_named
from wres_pipeline.reports.site.narrative import RATIO_INDICATORS, SURVEY_INDICATORS


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a page. `numeric` are the columns set to the right; `wide` ones scroll in a box of their
    own.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    wide: bool = False


_GAP = "difference_from_workforce"


def tables(number: str, figures: FigureSet) -> tuple[Table, ...]:
    """The tables of one indicator, this year first."""
    if number == "1":
        return tuple(_bands(cluster, figures) for cluster in CLUSTERS if cluster) + (_clusters(figures),)
    if number in RATIO_INDICATORS:
        return (*(_counts(number, figures, year) for year in figures.this_and_last), _ratios(number, figures))
    if number in SURVEY_INDICATORS:
        return (_survey(number, figures),)
    if number == "9":
        return tuple(_board(figures, year) for year in figures.this_and_last)
    return (_disparity(figures),)


def _bands(cluster: str, figures: FigureSet) -> Table:
    bands = [band for in_cluster, band in workforce_rows() if in_cluster == cluster]
    return Table(
        caption=f"{CLUSTERS[cluster]} staff by band and ethnic group, {figures.year}",
        head=("Band", *GROUPS, "All", "BME %", "95% interval", *_last_year(figures), "Verdict"),
        rows=tuple(_band_row(cluster, band, band or "All bands", figures) for band in bands),
        numeric=tuple(range(1, 8 if _last_year(figures) else 7)),
        wide=True,
    )


def _clusters(figures: FigureSet) -> Table:
    rows = [_band_row(c, "", CLUSTERS[c], figures) for c in (*[c for c in CLUSTERS if c], "")]
    return Table(
        caption=f"The workforce by ethnic group, {figures.year}",
        head=("Workforce", *GROUPS, "All", "BME %", "95% interval", *_last_year(figures)),
        rows=tuple(row[: 7 + len(_last_year(figures))] for row in rows),
        numeric=tuple(range(1, 8 if _last_year(figures) else 7)),
        wide=True,
    )


def _last_year(figures: FigureSet) -> tuple[str, ...]:
    before = figures.year - 1
    return (f"BME % {before}",) if figures.has_year(before) else ()


def _band_row(cluster: str, band: str, name: str, figures: FigureSet) -> tuple[str, ...]:
    share = figures.get("1", "percentage", cluster=cluster, band=band, group="BME")
    counts = [figures.get("1", "headcount", cluster=cluster, band=band, group=g) for g in (*GROUPS, "")]
    before = figures.get("1", "percentage", cluster=cluster, band=band, group="BME", year=figures.year - 1)
    last = (before.shown,) if _last_year(figures) else ()
    return (
        name,
        *(f.shown for f in counts),
        share.shown,
        share.interval_shown or "none",
        *last,
        stated(share) or "none",
    )


def _counts(number: str, figures: FigureSet, year: int) -> Table:
    rows = []
    for measure in indicators.rule(number).measures[:3]:
        cells = [figures.get(number, measure.name, group=g, year=year) for g in GROUPS]
        unit = "" if measure.unit == "people" else " (%)"
        rows.append((f"{MEASURES[measure.name]}{unit}", *(f.shown for f in cells)))
    likelihoods = [figures.get(number, "likelihood", group=g, year=year) for g in GROUPS]
    rows.append(("95% confidence interval", *(f.interval_shown or "none" for f in likelihoods)))
    return Table(
        caption=f"{indicator_named(number)}: numbers and likelihoods by ethnic group, {year}",
        head=("Measure", *GROUPS),
        rows=tuple(rows),
        numeric=(1, 2, 3),
    )


def _ratios(number: str, figures: FigureSet) -> Table:
    measure = indicators.rule(number).ratio or ""
    found = [figures.get(number, measure, year=year) for year in figures.this_and_last]
    return Table(
        caption=f"{indicator_named(number)}: relative likelihood, {MEASURES[measure].split(', ')[1]}",
        head=(
            "Year",
            "Ratio",
            "95% confidence interval",
            "Range, whatever the ethnicity of those not known",
            "Verdict",
        ),
        rows=tuple(_judged(str(f.reporting_year), f) for f in found),
        numeric=(1,),
        wide=True,
    )


def _judged(name: str, figure: Figure) -> tuple[str, ...]:
    return (
        name,
        figure.shown,
        figure.interval_shown or "none",
        figure.bounds_shown or "none",
        in_words(figure) or "none",
    )


def _survey(number: str, figures: FigureSet) -> Table:
    rows = []
    for year in figures.this_and_last:
        for group, words in (("BME", "BME staff"), ("White", "White staff"), ("", "All staff")):
            figure = figures.get(number, "percentage", group=group, year=year)
            answered = f"{figure.denominator:,}" if figure.denominator else "not shown"
            rows.append(
                (
                    f"{words}, {year}",
                    figure.shown,
                    figure.interval_shown or "none",
                    answered,
                    in_words(figure) or "none",
                )
            )
    return Table(
        caption=f"{indicator_named(number)}: percentage of staff by ethnic group and year",
        head=("Group and year", "Percentage", "95% confidence interval", "Responses", "Verdict"),
        rows=tuple(rows),
        numeric=(1, 3),
        wide=True,
    )


def _board(figures: FigureSet, year: int) -> Table:
    rows = []
    for band, words in BOARD.items():
        counts = [figures.get("9", "headcount", band=band, group=g, year=year) for g in (*GROUPS, "")]
        share = figures.get("9", "percentage", band=band, group="BME", year=year)
        gap = figures.get("9", "difference_from_workforce", band=band, group="BME", year=year)
        given = any(f.measure == gap.measure and f.band == band for f in figures.of("9", year))
        shown = gap.shown if given else "not applicable"
        rows.append((words, *(f.shown for f in counts), share.shown, shown))
    return Table(
        caption=f"Board and workforce by ethnic group, {year}",
        head=("Part", *GROUPS, "All", "BME %", "Difference from the workforce, BME"),
        rows=tuple(rows),
        numeric=(1, 2, 3, 4, 5, 6),
        wide=True,
    )


def _disparity(figures: FigureSet) -> Table:
    rows = []
    for cluster, words in (
        ("", "Clinical and non-clinical"),
        ("clinical", "Clinical"),
        ("non_clinical", "Non-clinical"),
    ):
        for measure in indicators.rule("race_disparity").measures:
            for year in figures.this_and_last:
                figure = figures.get("race_disparity", measure.name, cluster=cluster, year=year)
                step = MEASURES[measure.name].split(",")[0].lower()
                rows.append((words, step, *_judged(str(year), figure)))
    return Table(
        caption="Race disparity ratios, White ÷ BME",
        head=(
            "Staff",
            "Tiers",
            "Year",
            "Ratio",
            "95% confidence interval",
            "Range, whatever the ethnicity of those not known",
            "Verdict",
        ),
        rows=tuple(rows),
        numeric=(3,),
        wide=True,
    )


def two_years(number: str, figures: FigureSet) -> Table:
    """The figures of one indicator this year and the year before, one a row: for the reporting template."""
    before = figures.year - 1
    rows = []
    for name, figure in _reported(number, figures):
        last = figures.get(
            number,
            figure.measure,
            cluster=figure.cluster,
            band=figure.band,
            group=figure.ethnic_group,
            year=before,
        )
        rows.append((name, figure.shown, last.shown))
    return Table(
        caption=f"{indicators.rule(number).title}, {figures.year} and {before}",
        head=("Figure", str(figures.year), str(before)),
        rows=tuple(rows),
        numeric=(1, 2),
    )


def _reported(number: str, figures: FigureSet) -> list[tuple[str, Figure]]:
    if number == "1":
        return [
            (
                f"{CLUSTERS[cluster]}, {band or 'all bands'}: BME %" if cluster else "Whole workforce: BME %",
                figures.get("1", "percentage", cluster=cluster, band=band, group="BME"),
            )
            for cluster, band in workforce_rows()
        ]
    if number in RATIO_INDICATORS:
        ratio = indicators.rule(number).ratio or ""
        found = [
            (f"{MEASURES[m.name]}, {group}", figures.get(number, m.name, group=group))
            for m in indicators.rule(number).measures[:3]
            for group in GROUPS
        ]
        return [*found, (MEASURES[ratio], figures.get(number, ratio))]
    if number in SURVEY_INDICATORS:
        return [
            (words, figures.get(number, "percentage", group=group))
            for group, words in (("White", "White staff"), ("BME", "BME staff"), ("", "All staff"))
        ]
    if number == "9":
        shares = [
            (f"{words}: BME %", figures.get("9", "percentage", band=band, group="BME"))
            for band, words in BOARD.items()
        ]
        gaps = [
            (
                f"{BOARD[band]}: difference from the workforce, BME",
                figures.get("9", _GAP, band=band, group="BME"),
            )
            for band in ("board", "voting", "executive")
        ]
        return shares + gaps
    return [
        (f"{words}, {MEASURES[m.name].split(',')[0].lower()}", figures.get(number, m.name, cluster=cluster))
        for cluster, words in (
            ("", "Clinical and non-clinical"),
            ("clinical", "Clinical"),
            ("non_clinical", "Non-clinical"),
        )
        for m in indicators.rule(number).measures
    ]
