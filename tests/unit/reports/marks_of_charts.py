"""Where the marks of a chart are drawn, read from its SVG, beside the places its page names for them."""

from __future__ import annotations

import re
from math import hypot
from pathlib import Path

from lxml import etree, html

NEAR = 0.6
"""Hundredths of a picture between a mark and its place: a sixth of the smallest mark."""
_SVG = "{http://www.w3.org/2000/svg}"


def misplaced(folder: Path) -> tuple[int, list[str]]:
    """How many places the pages of the folder name, and those that lie on no mark or in no row of the table beside them."""
    seen, wrong = 0, []
    for page in sorted(folder.glob("*.html")):
        for figure in html.parse(page).iterfind(".//figure"):
            (image,), rows = figure.xpath("./img"), figure.xpath(".//tbody/tr")
            drawn = _marks(folder / image.get("src"))
            for x, y, row in re.findall(r"\[([\d.-]+), ([\d.-]+), (\d+)\]", image.get("data-places", "")):
                seen += 1
                far = min(hypot(float(x) - a, float(y) - b) for a, b in drawn)
                if far > NEAR or int(row) >= len(rows):
                    wrong.append(
                        f"{page.name}, {image.get('src')}: {x}, {y}, row {row}: {far:.1f} from a mark"
                    )
    return seen, wrong


def _marks(file: Path) -> list[tuple[float, float]]:
    """Hundredths from the left and top of every mark, and of the middle of the end of every bar."""
    root = etree.parse(str(file)).getroot()
    _, _, width, height = (float(part) for part in root.get("viewBox").split())
    found = [(float(one.get("x")), float(one.get("y"))) for one in root.iter(f"{_SVG}use")]
    for path in root.iter(f"{_SVG}path"):
        corners = [
            (float(x), float(y)) for x, y in re.findall(r"[ML] ([\d.-]+) ([\d.-]+)", path.get("d", ""))
        ]
        if len(corners) == 4 and "z" in path.get("d", ""):
            found.append((max(x for x, _ in corners), sum(y for _, y in corners) / 4))
    return [(100 * x / width, 100 * y / height) for x, y in found]
