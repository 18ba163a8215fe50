"""White and BME side by side: one row an indicator, a circle for White and a diamond for BME, on one scale in per cent.

One colour and one mark for each group in every chart of the project, so that nobody has to look for a key twice.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from textwrap import wrap
from typing import TYPE_CHECKING

from wres_pipeline.render.charts import GREY, Plot, Values, colours, described, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WIDTH = 5.6  # inches: small enough that the text can be read on a telephone
_ROW = 0.52
_TOP, _BOTTOM = 0.6, 0.4
_LABEL = 22


@dataclass(frozen=True, slots=True)
class PairMark:
    """One row: its label, the two groups' percentages (None: not shown), what is printed at the right end,
    and as printed: the percentages, the ratio or difference.
    """

    label: str
    white: float | None
    bme: float | None
    shown: str
    printed: tuple[str, str, str] = ("", "", "")


def group_chart(rows: Sequence[PairMark], *, title: str, description: str, first: str = "White") -> bytes:
    """The SVG of the rows. `first` names the group of the circles, for a board set beside its workforce."""
    return _svg(tuple(rows), title, description, first)


@lru_cache(maxsize=16)
def _svg(rows: tuple[PairMark, ...], title: str, description: str, first: str) -> bytes:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib.figure import Figure as Canvas

    with matplotlib.rc_context(style(title)):
        height = _TOP + _BOTTOM + _ROW * max(len(rows), 1)
        canvas = Canvas(figsize=(_WIDTH, height), facecolor="white")
        axes = _plot(rows).axes(canvas)
        axes.set_yticks([])
        axes.xaxis.set_major_formatter(lambda x, _: f"{x:g}%")
        axes.locator_params(axis="x", nbins=5)
        axes.tick_params(axis="x", color="#aeb7bd", labelcolor="#212b32")
        axes.grid(visible=True, axis="x", color="#d8dde0", linewidth=0.8)
        axes.set_axisbelow(True)
        for place, row in enumerate(rows):
            _row(axes, place, row, len(rows))
        _key(axes, first, len(rows))
        out = io.StringIO()
        canvas.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return described(out.getvalue(), title, description)


def _plot(rows: Sequence[PairMark]) -> Plot:
    ends = [10.0, *(1.08 * x for row in rows for x in (row.white, row.bme) if x is not None)]
    height = _TOP + _BOTTOM + _ROW * max(len(rows), 1)
    plotted = _ROW * len(rows) / height
    return Plot(0.37, _BOTTOM / height, 0.38, plotted, (0, min(100.0, max(ends))), (len(rows) - 0.5, -0.5))


def group_values(rows: Sequence[PairMark], head: tuple[str, str, str, str]) -> Values:
    """The values of the rows. head: of the label, the two groups, and their ratio or difference."""
    plot = _plot(rows)
    return Values(
        head=head,
        rows=tuple((row.label, *row.printed) for row in rows),
        places=tuple(
            (*plot.place(value, place), place)
            for place, row in enumerate(rows)
            for value in (row.white, row.bme)
            if value is not None
        ),
    )


def _row(axes: Axes, place: int, row: PairMark, rows: int) -> None:
    white, bme = colours()
    lines = wrap(row.label, _LABEL)
    for number, line in enumerate(lines):
        axes.text(
            -0.04, place + (number - (len(lines) - 1) / 2) * 0.36, line, transform=axes.get_yaxis_transform(),
            ha="right", va="center", fontsize=11, color="#212b32",
        )  # fmt: skip
    axes.text(
        1.04, place, row.shown, transform=axes.get_yaxis_transform(), ha="left", va="center", fontsize=11,
        color="#212b32",
    )  # fmt: skip
    if row.white is not None and row.bme is not None:
        axes.plot((row.white, row.bme), (place, place), color="#aeb7bd", linewidth=3, zorder=1)
    if row.white is not None:
        axes.plot([row.white], [place], "o", color=white, markersize=10, clip_on=False, zorder=3)
    if row.bme is not None:
        axes.plot([row.bme], [place], "D", color=bme, markersize=9, clip_on=False, zorder=4)


def _key(axes: Axes, first: str, rows: int) -> None:
    white, bme = colours()
    top = -0.5 - 0.5
    for x, marker, colour, words in ((0.0, "o", white, first), (0.42, "D", bme, "BME")):
        axes.plot(
            [x], [top], marker, color=colour, markersize=9, transform=axes.get_yaxis_transform(), clip_on=False
        )  # fmt: skip
        axes.text(
            x + 0.05, top, words, transform=axes.get_yaxis_transform(), va="center", fontsize=11, color=GREY
        )
