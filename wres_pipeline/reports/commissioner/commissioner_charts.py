"""Charts of the commissioner's pages: a funnel plot, and a series with its breaks.

As every chart: SVG with a title and a description inside, no colour that says anything alone,
nothing computed.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from wres_pipeline.commissioner.dashboard import FunnelChart
from wres_pipeline.commissioner.figure import CommissioningFigure
from wres_pipeline.indicators.figure import number_shown
from wres_pipeline.render.charts import Plot, Values, colours, described, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SIZE = (4.9, 4.2)
_GREY = "#4c6272"
_PALE = "#aeb7bd"
_TEXT = "#212b32"


def _limits(axes: Axes, chart: FunnelChart, sizes: Sequence[int]) -> None:
    """The lines within which 95% and 99.8% of bodies of a size lie."""
    for low, high, line in ((1, 2, (0, (4, 3))), (3, 4, "solid")):
        for which in (low, high):
            axes.plot(sizes, [one[which] for one in chart.curves], color=_GREY, linewidth=1.1, linestyle=line)
    for which, words in ((2, "95%"), (4, "99.8%")):
        axes.annotate(
            words,
            (sizes[-1], chart.curves[-1][which]),
            (5, 0),
            textcoords="offset points",
            fontsize=10,
            color=_GREY,
            va="center",
        )


def funnel_chart(chart: FunnelChart) -> bytes:
    """Every peer by its responses and percentage, the peers' average, and the limits of each size.

    Returns the SVG file's bytes. The organisation is the filled diamond.
    """
    title = f"{chart.title}: {chart.own_name} among its peers"
    shown = number_shown(chart.own[1], "percent")
    description = (
        f"Funnel plot of {len(chart.points) + 1} bodies ({chart.group}), survey of autumn {chart.survey_year}: "
        f"percentage by number of responses. {chart.own_name} is at {shown} of {chart.own[0]:,} responses; all "
        f"together are at {number_shown(chart.target, 'percent')}. The lines are the limits within which 95% and "
        "99.8% of bodies of a size lie by chance and by how much such bodies differ anyway. The table beside the "
        "chart gives the organisation's figures."
    )

    def draw(axes: Axes) -> None:
        dark, bright = colours()
        sizes = [one[0] for one in chart.curves]
        _limits(axes, chart, sizes)
        axes.axhline(chart.target, color=_GREY, linewidth=1.1, linestyle=(0, (1, 2)))
        axes.plot(
            [n for n, _ in chart.points],
            [p for _, p in chart.points],
            linestyle="none",
            marker="o",
            markersize=5,
            markerfacecolor="white",
            markeredgecolor=bright,
        )
        axes.plot(
            [chart.own[0]],
            [chart.own[1]],
            marker="D",
            markersize=10,
            color=dark,
            markeredgecolor="white",
            zorder=5,
        )
        axes.minorticks_off()
        low, high = sizes[0], sizes[-1]
        ticks = [t for t in (10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000) if low <= t <= high]
        axes.set_xticks(ticks, [f"{t:,}" for t in ticks])
        axes.set_xlabel("Responses (each step to the right is a larger body)", fontsize=11, color=_TEXT)

    return _drawn(_funnel_plot(chart), draw, title, description)


def _funnel_plot(chart: FunnelChart) -> Plot:
    sizes = [one[0] for one in chart.curves] + [n for n, _ in (*chart.points, chart.own)]
    top = max(p for _, p in (*chart.points, chart.own))
    across = (min(sizes) / 1.1, max(sizes) * 1.1)
    return Plot(
        0.14,
        0.15,
        0.74,
        0.78,
        across,
        (0, min(100.0, max(1.15 * top, 1.3 * chart.target, 5.0))),
        logarithmic=True,
    )


def funnel_values(chart: FunnelChart) -> Values:
    """The body's own place in the funnel; peers have no names on it."""
    shown = number_shown(chart.own[1], "percent")
    return Values(
        head=("Body", "Percentage", "Responses"),
        rows=(
            (chart.own_name, shown, f"{chart.own[0]:,}"),
            ("All together", number_shown(chart.target, "percent"), ""),
        ),
        places=((*_funnel_plot(chart).place(*chart.own), 0),),
    )


def series_chart(rows: Sequence[CommissioningFigure]) -> bytes:
    """One question's percentages by survey year, a new line after every break, breaks marked by a
    dotted upright.

    `rows` are one question's and one group's, in order. Returns the SVG file's bytes.
    """
    name = rows[0].subject_name
    drawn = [(one.about_year - 1, float(one.value)) for one in rows if one.value is not None]
    breaks = [one.about_year - 1 for one in rows if one.verdict == "break"]
    described_values = ", ".join(f"{one.about_year - 1}: {one.shown}" for one in rows)
    title = f"{name}, survey by survey"
    description = f"Percentage of staff by survey year. {described_values}."
    if breaks:
        years = ", ".join(str(year) for year in breaks)
        description += f" The series is broken before {years}: the lines are not joined there."

    def draw(axes: Axes) -> None:
        dark, _ = colours()
        for run in _runs(drawn, breaks):
            axes.plot(
                [year for year, _ in run],
                [value for _, value in run],
                color=dark,
                linewidth=2,
                marker="o",
                markersize=7,
            )
        for year in breaks:
            axes.axvline(year - 0.5, color=_GREY, linewidth=1.4, linestyle=(0, (2, 2)))
            axes.text(
                year - 0.45,
                0.97,
                "break",
                fontsize=10,
                color=_GREY,
                transform=axes.get_xaxis_transform(),
                va="top",
            )
        years = [one.about_year - 1 for one in rows]
        axes.set_xticks(years if len(years) < 8 else years[::2])
        axes.set_xlabel("Survey of autumn", fontsize=11, color=_TEXT)

    return _drawn(_series_plot(rows), draw, title, description)


def _series_plot(rows: Sequence[CommissioningFigure]) -> Plot:
    top = max([float(one.value) for one in rows if one.value is not None], default=10.0)
    years = [one.about_year - 1 for one in rows]
    return Plot(
        0.14, 0.15, 0.82, 0.78, (min(years) - 0.6, max(years) + 0.6), (0, min(100.0, max(1.25 * top, 5.0)))
    )


def series_values(rows: Sequence[CommissioningFigure]) -> Values:
    """The values of a series, a row a survey."""
    plot = _series_plot(rows)
    return Values(
        head=("Survey of autumn", "All staff"),
        rows=tuple((str(one.about_year - 1), one.shown) for one in rows),
        places=tuple(
            (*plot.place(one.about_year - 1, float(one.value)), row)
            for row, one in enumerate(rows)
            if one.value is not None
        ),
    )


def _runs(points: Sequence[tuple[int, float]], breaks: Sequence[int]) -> list[list[tuple[int, float]]]:
    runs: list[list[tuple[int, float]]] = []
    for point in points:
        if not runs or point[0] in breaks:
            runs.append([])
        runs[-1].append(point)
    return runs


def _drawn(plot: Plot, draw: Callable[[Axes], None], title: str, description: str) -> bytes:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib.figure import Figure as Canvas

    with matplotlib.rc_context(style(title)):
        canvas = Canvas(figsize=_SIZE, facecolor="white")
        axes = plot.axes(canvas)
        axes.tick_params(color=_PALE, labelcolor=_TEXT)
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}%")
        axes.grid(visible=True, axis="y", color="#d8dde0", linewidth=0.8)
        axes.set_axisbelow(True)
        draw(axes)
        out = io.StringIO()
        canvas.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return described(out.getvalue(), title, description)
