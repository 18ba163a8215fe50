"""Charts as PNG: drawn from the page's own SVG and from nothing else, with title and source inside."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image
from typer.testing import CliRunner

from wres_pipeline import cli
from wres_pipeline.render import picture

SVG = b"""<?xml version="1.0"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="400pt" height="200pt"
 viewBox="0 0 400 200"><title>Appointed &amp; not</title><desc>White 24.4%</desc>
<rect x="0" y="0" width="400" height="200" style="fill: #ff0000"/><text x="20" y="100">24.4%</text></svg>"""
SOURCE = "Source: Example NHS Trust <2026>, public edition."


def test_a_picture_is_the_chart_between_its_title_and_its_source_and_always_the_same() -> None:
    made = picture.png(SVG, SOURCE)
    shown = Image.open(io.BytesIO(made)).convert("RGB")
    # title: 1 line of 15 x 1.3 and 0.8 x 15; source: 1 line of 8.5 x 1.3 and 8.5 -> 31.5 + 200 + 19.55, at 4 pixels a unit
    assert shown.size == (1600, 1004)
    assert shown.getpixel((800, 400)) == shown.getpixel((800, 900)) == (255, 0, 0)
    for top, bottom in ((0, 120), (930, 1004)):
        assert shown.crop((0, top, 1600, bottom)).convert("L").getextrema()[0] < 130, (
            "no words are drawn here"
        )
    assert picture.png(SVG, SOURCE) == made


def test_a_picture_holds_no_word_that_the_chart_its_title_and_its_source_do_not() -> None:
    words = [one for one in etree.fromstring(picture.framed(SVG, SOURCE).encode()).itertext() if one.strip()]
    assert words == ["Appointed & not", "White 24.4%", "24.4%", "Appointed & not", SOURCE]


@pytest.mark.parametrize(
    ("svg", "told"),
    [
        (b"no chart", "no SVG file"),
        (SVG.replace(b"<rect", b'<image xlink:href="/etc/hostname"/><rect'), "no chart of ours"),
        (SVG.replace(b'svg11.dtd">', b'svg11.dtd" [<!ENTITY a "b">]>'), "declarations"),
        (SVG.replace(b'width="400pt"', b'width="40000pt"'), "how large"),
    ],
)
def test_what_is_no_chart_of_ours_is_not_drawn(svg: bytes, told: str) -> None:
    with pytest.raises(picture.PictureError, match=told):
        picture.png(svg, SOURCE)


def test_every_chart_of_a_publication_is_drawn_beside_the_return_and_not_into_what_was_signed(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "output" / "public" / "RJ8" / "2026"
    (folder / "charts").mkdir(parents=True)
    (folder / "charts" / "one.svg").write_bytes(SVG)
    (folder / "charts" / "two.svg").write_bytes(b"damaged")
    about = {
        "dc:title": "WRES 2026: Example NHS Trust",
        "dc:publisher": "Example NHS Trust",
        "dc:issued": "2026-10-30",
    }
    (folder / "figures.csv-metadata.json").write_text(json.dumps(about), encoding="utf-8")
    (folder / "index.html").write_text(
        '<section class="wres-markings"><p>Draft: not yet signed off.</p></section>', encoding="utf-8"
    )
    before = sorted(folder.rglob("*"))
    done = CliRunner().invoke(cli.app, ["pictures", str(folder)])
    assert done.exit_code == 1 and "two.svg: it is no SVG file" in done.output
    assert (
        "Source: WRES 2026: Example NHS Trust, 30 October 2026, public edition. Draft: not yet signed off."
        in done.output
    )
    assert [p.name for p in (tmp_path / "output/RJ8/2026/pictures").iterdir()] == ["one.png"]
    assert sorted(folder.rglob("*")) == before
    assert CliRunner().invoke(cli.app, ["pictures", str(tmp_path)]).exit_code == 2
