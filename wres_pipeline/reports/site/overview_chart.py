"""The nine in one picture."""

from __future__ import annotations

from functools import partial

from wres_pipeline.indicators.figure import Figure
from wres_pipeline.reference import indicators
from wres_pipeline.render.group_chart import PairMark, group_chart, group_values
from wres_pipeline.render.text import slug, typeset
from wres_pipeline.reports.figure_set import FigureSet, is_number
from wres_pipeline.reports.narrative_text import wordings
from wres_pipeline.reports.site.indicator_charts import Chart
from wres_pipeline.reports.site.shapes import groups_of, headline_of

_SHOWN = (indicators.LIKELIHOOD_RATIO, indicators.SURVEY_PERCENTAGE, indicators.DIFFERENCE_OF_SHARES)


def overview_chart(figures: FigureSet) -> Chart | None:
    """The nine in one picture: White and BME on one scale, with the ratio where an indicator has one."""
    rows, pairs = [], []
    for number in (number for shape in _SHOWN for number in indicators.of_shape(shape)):
        white, bme = groups_of(number, figures)
        headline = headline_of(number, figures)
        board = indicators.rule(number).shape == indicators.DIFFERENCE_OF_SHARES
        if _drawn(white) is None and _drawn(bme) is None:
            continue  # the table beside the picture says why
        pairs.append(f" ({_pair(white, bme)})" if headline is not None else "")
        rows.append(
            PairMark(
                label=f"{number} {wordings()[number].short}",
                white=_drawn(white),
                bme=_drawn(bme),
                shown=_end(headline) if headline is not None else _pair(white, bme),
                printed=(
                    _text(white, "workforce " if board else ""),
                    _text(bme, "board " if board else ""),
                    _text(headline),
                ),
            )
        )
    if not rows:
        return None
    title = f"The indicators in one picture, {figures.year}"
    said = "; ".join(f"{row.label}: {row.shown}{pair}" for row, pair in zip(rows, pairs, strict=True))
    description = f"{said}. In the last row the circle is the workforce and the diamond the board."
    return Chart(
        name=f"{slug(title)}.svg",
        title=title,
        description=description,
        caption=f"{title}. Circle: White people (in the last row BME people in the workforce). Diamond: BME people.",
        draw=partial(group_chart, tuple(rows), title=title, description=description),
        values=group_values(rows, ("Indicator", "White", "BME", "Ratio or difference")),
    )


def _drawn(figure: Figure | None) -> float | None:
    return (
        float(figure.value) if figure is not None and is_number(figure) and figure.value is not None else None
    )


def _text(figure: Figure | None, before: str = "") -> str:
    return f"{before}{typeset(figure.shown)}" if figure is not None else "–"


def _end(headline: Figure) -> str:
    if not is_number(headline):
        return ""
    shown = typeset(headline.shown)
    return f"ratio {shown}" if headline.unit == "ratio" else shown


def _pair(white: Figure | None, bme: Figure | None) -> str:
    if white is None or bme is None or not (is_number(white) and is_number(bme)):
        return ""
    return f"{white.shown}, {bme.shown}" if white.shown != bme.shown else white.shown
