"""The charts that stand on an indicator's page, each with a title and the same figures in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from wres_pipeline.indicators.figure import Figure
from wres_pipeline.indicators.workforce import rows as workforce_rows
from wres_pipeline.reference import indicators
from wres_pipeline.render.charts import Mark, mark, percentage_chart, ratio_chart
from wres_pipeline.render.group_chart import PairMark, group_chart
from wres_pipeline.render.text import slug, typeset
from wres_pipeline.render.trend_chart import Line, line, trend_chart
from wres_pipeline.reports.figure_set import FigureSet, is_number
from wres_pipeline.reports.labels import BOARD, CLUSTERS, MEASURES, indicator_named
from wres_pipeline.reports.narrative_text import wordings
from wres_pipeline.reports.site.glance import groups_of, headline_of
from wres_pipeline.reports.site.narrative import RATIO_INDICATORS, SURVEY_INDICATORS

_INTERVALS = "Lines show the 95% confidence intervals."


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: the name of its file, its title, the words a reader who cannot see it gets, and how to draw
    it.
    """

    name: str
    title: str
    description: str
    caption: str
    draw: Callable[[], bytes]


def charts(number: str, figures: FigureSet) -> tuple[Chart, ...]:
    """The charts of one indicator; none where not a single figure could be drawn."""
    if number == "1":
        made = [
            _workforce_over_years(figures),
            *(_bands(cluster, figures) for cluster in CLUSTERS if cluster),
        ]
    elif number in RATIO_INDICATORS:
        made = [_groups(number, "likelihood", figures), _ratio(number, figures)]
    elif number in SURVEY_INDICATORS:
        made = [_groups(number, "percentage", figures) or _all_staff(number, figures)]
    elif number == "9":
        made = [_board_over_years(figures), _board(figures)]
    else:
        made = [_disparity(figures)]
    return tuple(chart for chart in made if chart is not None)


def _workforce_over_years(figures: FigureSet) -> Chart | None:
    """BME staff as a share of the workforce, where there is more than this year and the year before."""
    found = [figures.get("1", "percentage", group="BME", year=year) for year in figures.years]
    return _trend("Indicator 1: BME staff in the workforce", [line("BME", found)]) if len(found) > 2 else None


def _bands(cluster: str, figures: FigureSet) -> Chart | None:
    marks = []
    for in_cluster, band in workforce_rows():
        if in_cluster != cluster or not band:
            continue
        figure = figures.get("1", "percentage", cluster=cluster, band=band, group="BME")
        if figure.state != "not_calculable":  # a band that nobody is in has no percentage
            marks.append(mark(band, figure))
    workforce = mark("Workforce", figures.get("1", "percentage", group="BME"))
    return _percentages(
        f"{CLUSTERS[cluster]} staff: BME percentage by band, {figures.year}",
        marks,
        axis="BME staff in the band",
        across=workforce,
    )


def _ratio(number: str, figures: FigureSet) -> Chart | None:
    measure = indicators.rule(number).ratio or ""
    marks = [
        mark(str(year), figures.get(number, measure, year=year), paler=year != figures.year)
        for year in figures.years
        if year <= figures.year
    ]
    name = MEASURES[measure]
    return _ratios(f"{indicator_named(number)}: {name[0].lower()}{name[1:]}", marks, axis=name)


def _groups(number: str, measure: str, figures: FigureSet) -> Chart | None:
    """White and BME over every year there is."""
    lines = [
        line(group, [figures.get(number, measure, group=group, year=year) for year in figures.years])
        for group in ("White", "BME")
    ]
    return _trend(f"{indicator_named(number)}: {wordings()[number].short.lower()}, White and BME", lines)


def _all_staff(number: str, figures: FigureSet) -> Chart | None:
    whole = line("All staff", [figures.get(number, "percentage", year=year) for year in figures.years])
    return _trend(f"{indicator_named(number)}: {wordings()[number].short.lower()}, all staff", [whole])


def _board_over_years(figures: FigureSet) -> Chart | None:
    lines = [
        line(
            name,
            [figures.get("9", "percentage", band=band, group="BME", year=year) for year in figures.years],
            group=group,
        )
        for name, band, group in (("Board", "board", "BME"), ("Workforce", "workforce", ""))
    ]
    return _trend("Indicator 9: BME people on the board and in the workforce", lines)


def _trend(title: str, lines: Sequence[Line]) -> Chart | None:
    lines = [one for one in lines if one.points]
    if not lines:
        return None
    said = "; ".join(f"{one.name} {p.year}: {p.shown}" for one in lines for p in one.points)
    broken = any(len({p.basis for p in one.points}) > 1 for one in lines)
    about = f" {_INTERVALS}" + (
        " A line is broken where the definition changed: the two sides are not comparable." if broken else ""
    )
    return Chart(
        name=f"{slug(title)}.svg",
        title=title,
        description=f"{said}.{about}",
        caption=f"{title}.{about}",
        draw=partial(trend_chart, tuple(lines), title=title, description=f"{said}.{about}"),
    )


def _board(figures: FigureSet) -> Chart | None:
    marks = [
        mark(words, figures.get("9", "percentage", band=band, group="BME"))
        for band, words in BOARD.items()
        if band in ("board", "voting", "executive")
    ]
    workforce = mark("Workforce", figures.get("9", "percentage", band="workforce", group="BME"))
    return _percentages(
        f"Indicator 9: BME percentage of the board and of the workforce, {figures.year}",
        marks,
        axis="BME members",
        across=workforce,
    )


def _disparity(figures: FigureSet) -> Chart | None:
    marks = [
        mark(
            f"{words}, {MEASURES[m.name].split(',')[0].lower()}",
            figures.get("race_disparity", m.name, cluster=cluster),
        )
        for cluster, words in (("", "All"), ("clinical", "Clinical"), ("non_clinical", "Non-clinical"))
        for m in indicators.rule("race_disparity").measures
    ]
    return _ratios(f"Race disparity ratios, {figures.year}", marks, axis="Ratio, White ÷ BME")


def _ratios(title: str, marks: Sequence[Mark], *, axis: str) -> Chart | None:
    if not any(m.value is not None for m in marks):
        return None
    description = f"{_spoken(marks)} At 1.0, White and BME people are equally likely. {_INTERVALS}"
    return Chart(
        name=f"{slug(title)}.svg",
        title=title,
        description=description,
        caption=f"{title}. {_INTERVALS}{_filled(marks)}",
        draw=partial(ratio_chart, tuple(marks), title=title, description=description, axis=axis),
    )


def _percentages(title: str, marks: Sequence[Mark], *, axis: str, across: Mark | None = None) -> Chart | None:
    if not any(m.value is not None for m in marks):
        return None
    said = (
        f" The dashed line is the workforce: {across.shown}."
        if across is not None and across.value is not None
        else ""
    )
    description = f"{_spoken(marks)}{said} {_INTERVALS}"
    return Chart(
        name=f"{slug(title)}.svg",
        title=title,
        description=description,
        caption=f"{title}. {_INTERVALS}{said}{_filled(marks)}",
        draw=partial(
            percentage_chart, tuple(marks), title=title, description=description, axis=axis, line=across
        ),
    )


def _spoken(marks: Sequence[Mark]) -> str:
    return "; ".join(f"{m.label}: {m.shown}" for m in marks) + "."


def _filled(marks: Sequence[Mark]) -> str:
    return " Filled marks: this year. Open marks: earlier years." if any(m.paler for m in marks) else ""


def overview_chart(figures: FigureSet) -> Chart | None:
    """The nine in one picture: White and BME on one scale, with the ratio where an indicator has one."""
    rows = []
    for number in (*RATIO_INDICATORS, *SURVEY_INDICATORS, "9"):
        white, bme = groups_of(number, figures)
        headline = headline_of(number, figures)
        if _drawn(white) is None and _drawn(bme) is None:
            continue  # the table beside the picture says why
        rows.append(
            PairMark(
                label=f"{number} {wordings()[number].short}",
                white=_drawn(white),
                bme=_drawn(bme),
                shown=_end(headline) if headline is not None else _pair(white, bme),
            )
        )
    if not rows:
        return None
    title = f"The indicators in one picture, {figures.year}"
    said = "; ".join(
        f"{row.label}: {row.shown}"
        + (f" ({_pair(*groups_of(row.label[0], figures))})" if row.label[0] in "2349" else "")
        for row in rows
    )
    description = f"{said}. In the last row the circle is the workforce and the diamond the board."
    return Chart(
        name=f"{slug(title)}.svg",
        title=title,
        description=description,
        caption=f"{title}. Circle: White people (in the last row BME people in the workforce). Diamond: BME people.",
        draw=partial(group_chart, tuple(rows), title=title, description=description),
    )


def _drawn(figure: Figure | None) -> float | None:
    return (
        float(figure.value) if figure is not None and is_number(figure) and figure.value is not None else None
    )


def _end(headline: Figure) -> str:
    if not is_number(headline):
        return ""
    shown = typeset(headline.shown)
    return f"ratio {shown}" if headline.unit == "ratio" else shown


def _pair(white: Figure | None, bme: Figure | None) -> str:
    if white is None or bme is None or not (is_number(white) and is_number(bme)):
        return ""
    return f"{white.shown}, {bme.shown}" if white.shown != bme.shown else white.shown
