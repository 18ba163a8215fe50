"""A small line of all years for a table's cell: inline SVG, with what it shows in words for who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

_WIDTH, _HEIGHT, _EDGE = 96, 24, 4
BLUE = "#12436D"


def sparkline(points: Sequence[tuple[int, float]], words: str, *, equal: float | None = None) -> str:
    """The SVG of a series (year, value), years at their true distance; '' for fewer than two points.

    `equal` is a value to draw a dashed line at (1 for a ratio). `words` is the alternative text.
    """
    if len(points) < 2:
        return ""
    years = [year for year, _ in points]
    values = [value for _, value in points] + ([equal] if equal is not None else [])
    low, high = min(values), max(values)
    span = (high - low) or 1.0

    def x(year: int) -> float:
        return _EDGE + (year - years[0]) * (_WIDTH - 2 * _EDGE) / (years[-1] - years[0])

    def y(value: float) -> float:
        return _HEIGHT - _EDGE - (value - low) * (_HEIGHT - 2 * _EDGE) / span

    line = " ".join(f"{x(year):.1f},{y(value):.1f}" for year, value in points)
    across = (
        f'<line x1="0" x2="{_WIDTH}" y1="{y(equal):.1f}" y2="{y(equal):.1f}" stroke="#768692" stroke-dasharray="3 2"/>'
        if equal is not None
        else ""
    )
    last_year, last = points[-1]
    return (
        f'<svg class="wres-spark" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}" role="img" '
        f'aria-label="{escape(words, quote=True)}">{across}'
        f'<polyline points="{line}" fill="none" stroke="{BLUE}" stroke-width="2"/>'
        f'<circle cx="{x(last_year):.1f}" cy="{y(last):.1f}" r="3" fill="{BLUE}"/></svg>'
    )
