"""A chart as PNG, for slides and posts, with its title above it and its source below.

It is drawn from the SVG file of a page and from nothing else, so that it holds nothing which that does not. The letters are those
of a font that comes with matplotlib: the same bytes on every machine.
"""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import wrap
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

WIDTH = 1_600
"""Pixels: a slide's width and a half. [ours]"""
LARGEST = 2 << 20
_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"(\d{1,5}(?:\.\d{1,4})?)(?:pt|px)?")
_TITLE, _SOURCE, _LINE = 15, 8.5, 1.3
"""Sizes of letters in the chart's own units, and of a line in letters."""
_WIDE = 0.6
"""Width of a letter of that font to its size, in the mean of long sentences, with some room. [ours]"""


class PictureError(ValueError):
    """A chart that cannot be made a picture; says why."""


def png(svg: bytes, source: str) -> bytes:
    """The picture. source: where its figures come from, printed below. Raises PictureError for what is no chart of ours."""
    try:
        import resvg_py
    except ImportError:
        raise PictureError(
            "resvg-py is not installed; install it with: pip install 'wres-pipeline[pictures]'"
        ) from None
    drawn, fonts = framed(svg, source), _fonts()
    try:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=drawn, width=WIDTH, dpi=96.0, background="#ffffff", skip_system_fonts=True,
                font_files=fonts, font_family="DejaVu Sans", sans_serif_family="DejaVu Sans",
            )
        )  # fmt: skip
    except ValueError:
        raise PictureError("it cannot be drawn") from None


def framed(svg: bytes, source: str) -> str:
    """The chart with its title above and its source below, as one SVG."""
    chart = _chart(svg)
    width, height = (_size(chart, name) for name in ("width", "height"))
    title = chart.findtext(f"{_SVG}title") or ""
    lines = wrap(title, int(width / (_TITLE * _WIDE)) - 2)
    told = wrap(source, int(width / (_SOURCE * _WIDE)) - 2)
    above, below = (len(lines) * _LINE + 0.8) * _TITLE, (len(told) * _LINE + 1) * _SOURCE
    for name, value in (("x", 0.0), ("y", above), ("width", width), ("height", height)):
        chart.set(name, f"{value:g}")
    words = [
        *_lines(lines, _TITLE, _TITLE * 1.4, "bold", "#212b32"),
        *_lines(told, _SOURCE, above + height + _SOURCE * 1.2, "normal", "#4c6272"),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {above + height + below:g}" '
        f'width="{width:g}" height="{above + height + below:g}">{etree.tostring(chart, encoding="unicode")}{"".join(words)}</svg>'
    )


def _lines(lines: list[str], size: float, top: float, weight: str, colour: str) -> list[str]:
    return [
        f'<text x="12" y="{top + number * size * _LINE:g}" font-family="DejaVu Sans" font-size="{size}" font-weight="{weight}" '
        f'fill="{colour}">{escape(line)}</text>'
        for number, line in enumerate(lines)
    ]


def _chart(svg: bytes) -> Any:
    if len(svg) > LARGEST:
        raise PictureError("it is larger than any chart of ours")
    if b"<!ENTITY" in svg.upper():
        raise PictureError("it holds declarations that no chart of ours has")
    try:
        chart = etree.fromstring(
            svg, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        )
    except etree.XMLSyntaxError:
        raise PictureError("it is no SVG file") from None
    if (
        chart.tag != f"{_SVG}svg"
        or next(chart.iter(f"{_SVG}image", f"{_SVG}foreignObject"), None) is not None
    ):
        raise PictureError("it is no chart of ours")
    return chart


def _size(chart: Any, name: str) -> float:
    found = _NUMBER.fullmatch(chart.get(name, ""))
    if found is None or not 50 <= float(found[1]) <= 5_000:
        raise PictureError("it does not say how large it is")
    return float(found[1])


def _fonts() -> list[str]:
    import matplotlib

    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    return [str(folder / f"DejaVuSans{face}.ttf") for face in ("", "-Bold")]
